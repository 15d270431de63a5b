"""A piece of exchange on its way: how far it is, and Cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.exchange.needs import Asks
from labeler.kit import Button, ProgressBar, Text
from labeler.store import Project

__all__ = ["ErrandRow", "Run", "lane_asks"]

T = TypeVar("T")


def lane_asks(context: AppContext) -> Asks:
    """The way into the open project from a worker: one page or transaction at a time, patiently."""
    session = context.session
    if session is None:
        raise RuntimeError("no project is open")
    lane = session.lane

    def ask(work: Callable[[Project], T], /) -> T:
        return lane.post(work, urgent=False).result()

    return ask


class Run(QObject):
    """One piece of work in a worker thread that can be asked to stop.

    ``told`` carries how far it is: (done, of how many).
    """

    told = Signal(int, int)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop; safe from any thread."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask it to stop at its next safe place."""
        self._stop.set()

    def begin(
        self,
        work: Callable[[Callable[[int, int], None], Callable[[], bool]], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run ``work(progress, cancelled)``; the outcome comes on the UI thread.

        The runners ask whether they are to stop; nothing is raised into a guest's reader.
        """

        def run(tell: Callable[[int, int | None], None]) -> T:
            def progress(count: int, total: int) -> None:
                if not self.stopped:
                    tell(count, total)

            return work(progress, lambda: self.stopped)

        self._context.background(run, done, failed, progress=self._tell, receiver=self)

    def _tell(self, done: int, total: int | None) -> None:
        self.told.emit(done, total or 0)


class ErrandRow(QWidget):
    """What is going on, a bar, the share done, and a way to stop it (``cancelled``), whose word is
    ``stop``, else Cancel."""

    cancelled = Signal()

    def __init__(self, stop: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Text("", "ui_strong")
        self._share = Text("", role="text_2")
        self.bar = ProgressBar(width=400)
        self.cancel = Button(stop or self.tr("Cancel"), key="Esc")
        self.cancel.setObjectName("cancel_run")
        self.cancel.clicked.connect(self._cancel)
        head = QHBoxLayout()
        head.addWidget(self._words)
        head.addStretch(1)
        head.addWidget(self._share)
        row = QHBoxLayout()
        row.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        column.addLayout(row)

    def begin(self, words: str) -> None:
        """Something begins."""
        self._words.setText(words)
        self._share.setText("")
        self.bar.setAccessibleName(words)
        self.bar.set_progress(0, 1)
        self.cancel.setEnabled(True)

    def set_progress(self, done: int, total: int) -> None:
        """So far."""
        self.bar.set_progress(done, total)
        if total:
            percent = 100 * min(done, total) // total
            self._share.setText(self.tr("{percent} %").format(percent=percent))

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._share.setText(self.tr("Stopping"))
        self.cancelled.emit()
