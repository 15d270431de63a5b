"""Keeps the saved chip true: saving, saved at, read-only, not saved and why; and tries again."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from labeler.api import Problem
from labeler.app.context import AppContext
from labeler.app.words import clock, short_reason
from labeler.kit.controls.saved import SavedChip

__all__ = ["SavedKeeper"]

_PATIENCE_MS = 400
_RETRY_MS = 3000


class SavedKeeper(QObject):
    """Listens to the context and speaks through the chip.

    ``failed`` fires when work could not be written for the first time; it is tried again every
    three seconds, and with every gesture, until it can.
    """

    failed = Signal(object)
    recovered = Signal()

    def __init__(self, context: AppContext, chip: SavedChip, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._chip = chip
        self.problem: Problem | None = None
        self.saved_at = 0.0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(chip.set_saving)
        self._again = QTimer(self)
        self._again.setInterval(_RETRY_MS)
        self._again.timeout.connect(self.retry)
        context.saved.connect(self._told)
        context.project_changed.connect(self._project_changed)
        self._project_changed()

    def touched(self) -> None:
        """A gesture is on its way to the file; nothing is said if it arrives soon."""
        if self.problem is None and not self._patience.isActive():
            self._patience.start()

    def retry(self) -> None:
        """Try to write what could not be written."""
        session = self._context.session
        if session is not None:
            session.desk.flush()

    def words(self) -> str:
        """Since when the work is in the file, or why it is not, as a sentence."""
        if self.problem is not None:
            from labeler.app.i18n import problem_text

            return self.tr("Not saved: {reason}").format(reason=problem_text(self.problem))
        if self.saved_at:
            return self.tr("Your draft is safe, saved {time}.").format(time=clock(self.saved_at))
        return self.tr("Your draft is safe.")

    def _project_changed(self) -> None:
        session = self._context.session
        self._patience.stop()
        self._again.stop()
        self.problem = None
        self.saved_at = 0.0
        self._chip.setVisible(session is not None)
        if session is None:
            return
        if session.read_only:
            self._chip.set_read_only()
        else:
            self.saved_at = time.time()
            self._chip.set_saved(clock(self.saved_at))

    def _told(self, what: object) -> None:
        session = self._context.session
        if session is None:
            return
        if isinstance(what, Problem):
            if what.code in ("draft_elsewhere", "draft_changed"):
                return  # the Work page says so
            self._patience.stop()
            self._chip.set_failed(short_reason(what))
            self._again.start()
            first = self.problem is None or self.problem.code != what.code
            self.problem = what
            if first:
                self.failed.emit(what)
        elif isinstance(what, float):
            if self.problem is not None and session.desk.owing():
                return  # something else was written; what failed is still to come
            self._patience.stop()
            self._again.stop()
            was, self.problem = self.problem, None
            self.saved_at = what
            if not session.read_only:
                self._chip.set_saved(clock(what))
            if was is not None:
                self.recovered.emit()
