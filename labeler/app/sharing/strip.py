"""The strip below the top bar that offers copies, says how far a merge is, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.sharing.merging import Outcome
from labeler.app.sharing.words import (
    added_words,
    aside_words,
    conflicts_words,
    known_words,
)
from labeler.app.words import number
from labeler.kit import Button, IconButton, IconMark, Plain, ProgressBar, Text
from labeler.store.siblings import Sibling

__all__ = ["Strip"]

_PAD_X, _GAP = 16, 8
_BAR = 160


class Strip(Plain):
    """One thing at a time: an offer, a merge on its way, or its result. Hidden where there is none.

    ``merge_wanted``, ``folder_wanted`` and ``put_off`` answer an offer; ``stop_wanted`` a merge;
    ``figure_wanted`` carries which figure of a result was pressed (``added``, ``known``,
    ``conflicts``, ``aside``).
    """

    merge_wanted = Signal()
    folder_wanted = Signal()
    put_off = Signal()
    stop_wanted = Signal()
    figure_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", edges="bottom", parent=parent)
        self.state = ""
        self._mark = IconMark("git-compare", "text_2", 16)
        self.words = Text("", wrap=True)
        self.bar = ProgressBar(width=_BAR)
        self._share = Text("", role="text_2")
        self.merge = Button(self.tr("Merge"), compact=True)
        self.folder = Button(self.tr("Show in folder"), "quiet", compact=True)
        self.later = Button(self.tr("Not now"), "quiet", compact=True)
        self.stop = Button(self.tr("Stop"), compact=True)
        self.figures = {
            name: Button("", "link", compact=True)
            for name in ("added", "known", "conflicts", "aside")
        }
        self.cross = IconButton("x", self.tr("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD_X, 6, 12, 7)
        row.setSpacing(_GAP)
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        for widget in (self.bar, self._share, *self.figures.values(), self.merge, self.folder):
            row.addWidget(widget)
        for widget in (self.later, self.stop, self.cross):
            row.addWidget(widget)
        self.merge.clicked.connect(self.merge_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.later.clicked.connect(self.put_off)
        self.stop.clicked.connect(self._stop)
        self.cross.clicked.connect(self.dismiss)
        for name, button in self.figures.items():
            button.setObjectName(name)
            button.clicked.connect(self._figure)
        self._turn("")

    def offer(self, siblings: Sequence[Sibling]) -> None:
        """Offer copies that lie beside the project."""
        names = ", ".join(one.path.name for one in siblings[:3])
        if len(siblings) == 1:
            words = self.tr("A copy of this project lies beside it: {names}")
        elif len(siblings) <= 3:
            words = self.tr("{count} copies of this project lie beside it: {names}")
        else:
            words = self.tr("{count} copies of this project lie beside it, {names} and others")
        self._say(words.format(count=number(len(siblings)), names=names), "git-branch")
        self._turn("offer")

    def begin(self, name: str) -> None:
        """A merge begins."""
        self._say(self.tr("Merging {name}").format(name=name), "git-branch")
        self.bar.setAccessibleName(self.words.text())
        self.stop.setEnabled(True)
        self.set_progress(0, 1)
        self._turn("running")

    def set_progress(self, done: int, total: int) -> None:
        """So far."""
        self.bar.set_progress(done, total)
        if total:
            percent = QLocale().toString(100 * min(done, total) // total)
            self._share.setText(self.tr("{percent} %").format(percent=percent))

    def tell(self, outcome: Outcome, failures: str) -> None:
        """Say what a merge came to; ``failures`` are files that could not be merged, and why."""
        name = outcome.names[-1] if outcome.names else ""
        if failures and not outcome.names:
            self._say(
                self.tr("Not merged: {reasons}").format(reasons=failures), "circle-x", "danger"
            )
            self._turn("refused")
            return
        if outcome.stopped:
            words = self.tr("Merging was stopped; what came in stays")
            self._say(words, "info")
        elif len(outcome.names) == 1:
            self._say(self.tr("{name} is merged").format(name=name), "circle-check", "ok")
        else:
            words = self.tr("{count} copies are merged").format(count=number(len(outcome.names)))
            self._say(words, "circle-check", "ok")
        more = [f"{self.words.text()}."] if failures or outcome.clocks else []
        if failures:
            more.append(self.tr("Not merged: {reasons}").format(reasons=failures))
            self._mark.set_icon("triangle-alert", "warn")
        if outcome.clocks:
            late = outcome.clocks[0]
            words = self.tr(
                "The clock of {device} ({person}) is {hours} hours ahead: its work was taken in,"
                " its time is not believed."
            )
            more.append(words.format(device=late.device, person=late.by, hours=number(late.hours)))
        if more:
            self._say(" ".join(more), "triangle-alert", "warn")
        self._show_figures(outcome)
        self._turn("result")

    def _show_figures(self, outcome: Outcome) -> None:
        for name, words in (
            ("added", added_words(outcome.added)),
            ("known", known_words(outcome.known)),
            ("conflicts", conflicts_words(outcome.conflicts)),
            ("aside", aside_words(outcome.set_aside)),
        ):
            button = self.figures[name]
            button.setAccessibleName("")
            button.setText(words)

    def dismiss(self) -> None:
        """Go away."""
        self._turn("")

    def _say(self, words: str, icon: str, role: str = "text_2") -> None:
        self.words.setText(words)
        self._mark.set_icon(icon, role)
        self.setAccessibleName(words)

    def _turn(self, state: str) -> None:
        self.state = state
        for widget in (self.merge, self.folder, self.later):
            widget.setVisible(state == "offer")
        for running in (self.bar, self._share, self.stop):
            running.setVisible(state == "running")
        for figure in self.figures.values():
            figure.setVisible(state == "result")
        self.cross.setVisible(state in ("result", "refused"))
        self.setVisible(bool(state))

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._share.setText(self.tr("Stopping"))
        self.stop_wanted.emit()

    def _figure(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.figure_wanted.emit(sender.objectName())
