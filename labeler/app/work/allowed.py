"""What may be done with the task on the desk, and if not, why not, in a sentence for a tooltip."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from labeler.app.session import ProjectSession
from labeler.kit.editor import CanRun
from labeler.work.desk import Seat

__all__ = ["Allowed"]


@dataclass(frozen=True, slots=True)
class Allowed:
    """The answers for one moment: the seat, the project, whether an older gesture could be undone."""

    seat: Seat | None
    session: ProjectSession | None
    more_to_undo: bool = False

    def edit(self) -> CanRun:
        """Whether the value may be changed."""
        tr = QCoreApplication.translate
        if self.seat is None or self.session is None:
            return CanRun(False, tr("Work", "No task is open"))
        if self.session.read_only:
            return CanRun(False, tr("Work", "The project is read-only"))
        if self.seat.holder:
            return CanRun(False, tr("Work", "Another window has this draft"))
        if self.seat.content is None:
            return CanRun(False, tr("Work", "The content cannot be shown"))
        if self.seat.out_of_reach:
            return CanRun(False, tr("Work", "The medium is not within reach"))
        if self.seat.read_only:
            return CanRun(False, tr("Work", "This task is finished; reopen it to change it"))
        return CanRun(True)

    def submit(self) -> CanRun:
        """Whether the value may be submitted, if nothing is missing."""
        return self.edit()

    def finish(self) -> CanRun:
        """Whether the task may be skipped or flagged: also where its content is not here."""
        can, seat = self.edit(), self.seat
        if can.ok or seat is None or self.session is None or self.session.read_only:
            return can
        if not seat.to_be_seen and not seat.holder and seat.draft.status in ("open", "returned"):
            return CanRun(True)
        return can

    def reopen(self) -> CanRun:
        """Whether the task is finished and may be changed again."""
        tr = QCoreApplication.translate
        seat, session = self.seat, self.session
        if seat is None or session is None or session.read_only or seat.holder:
            return CanRun(False, tr("Work", "There is nothing to reopen"))
        if not seat.to_be_seen or not seat.read_only:
            return CanRun(False, tr("Work", "This task is open already"))
        return CanRun(True)

    def take_over(self) -> CanRun:
        """Whether another window has the draft."""
        if self.seat is not None and self.seat.holder:
            return CanRun(True)
        return CanRun(False, QCoreApplication.translate("Work", "No other window has this draft"))

    def move(self) -> CanRun:
        """Whether there is a task to go on from."""
        if self.seat is not None:
            return CanRun(True)
        return CanRun(False, QCoreApplication.translate("Work", "No task is open"))

    def undo(self) -> CanRun:
        """Whether there is a gesture to take back, here or on another task."""
        if self.session is not None and not self.session.read_only:
            here = self.seat is not None and self.seat.draft.undo_label is not None
            if here or self.more_to_undo:
                return CanRun(True)
        return CanRun(False, QCoreApplication.translate("Work", "There is nothing to undo"))

    def redo(self) -> CanRun:
        """Whether something was taken back on this task."""
        seat = self.seat
        if seat is None or seat.holder or seat.draft.redo_label is None:
            return CanRun(False, QCoreApplication.translate("Work", "There is nothing to redo"))
        return CanRun(True)
