"""What may be done with the conflict that is looked at, and if not, why not, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from labeler.app.review.anew import Anew
from labeler.app.review.sitting import Sitting
from labeler.kit.editor import CanRun
from labeler.work.desk import Seat

__all__ = ["Allowed"]


@dataclass(frozen=True, slots=True)
class Allowed:
    """The answers for one moment; ``seat`` is what the editor on the stage shows."""

    sitting: Sitting
    anew: Anew
    seat: Seat | None

    def keep(self, side: int) -> CanRun:
        """Whether there is such a side, counted from 0, to be kept."""
        tr = QCoreApplication.translate
        can, case = self.change(), self.sitting.case
        if can.ok and (case is None or side >= len(case.sides)):
            return CanRun(False, tr("ReviewPage", "There is no such version"))
        return can

    def keep_both(self) -> CanRun:
        """Whether regions can stay once for each side."""
        tr = QCoreApplication.translate
        can, decision = self.change(), self.sitting.decision
        if can.ok and (decision is None or not decision.can_keep_both):
            reason = tr("ReviewPage", "The versions do not differ about a region both have")
            return CanRun(False, reason)
        return can

    def move(self) -> CanRun:
        """Whether there is a conflict to go on from."""
        tr = QCoreApplication.translate
        there = self.sitting.case is not None
        return CanRun(True).where(there, tr("ReviewPage", "There is no conflict to decide"))

    def leave(self) -> CanRun:
        """Whether another open conflict follows; no key of the editor is one of the page's."""
        tr = QCoreApplication.translate
        if self.anew.on:
            return CanRun(False, tr("ReviewPage", "It is being written anew"))
        return CanRun(self.sitting.can_leave(), tr("ReviewPage", "No other conflict is open"))

    def compare(self) -> CanRun:
        """Whether texts are compared."""
        return CanRun(not self.anew.on and self.sitting.case is not None)

    def change(self) -> CanRun:
        """Whether something can be chosen."""
        tr = QCoreApplication.translate
        sitting = self.sitting
        if self.anew.on:
            return CanRun(False, tr("ReviewPage", "It is being written anew"))
        can = sitting.can_choose()
        if can.ok and sitting.case is not None and sitting.rows.is_decided(sitting.case.entity):
            return CanRun(False, tr("ReviewPage", "This conflict is decided"))
        return can

    def write(self) -> CanRun:
        """Whether the value can be written anew: its task can be shown in its editor."""
        tr = QCoreApplication.translate
        can, case, seat = self.change(), self.sitting.case, self.seat
        shown = case is not None and case.kind == "annotation"
        if can.ok and (not shown or seat is None or not seat.to_be_seen):
            return CanRun(False, tr("ReviewPage", "The content cannot be shown"))
        return can

    def undo(self) -> CanRun:
        """Whether there is something to take back: a gesture of what is written, or a decision."""
        writing = self.anew.writing.seat
        if self.anew.on and writing is not None and writing.draft.undo_label is not None:
            return CanRun(True)
        return self.sitting.can_undo()

    def redo(self) -> CanRun:
        """Whether something was taken back."""
        writing = self.anew.writing.seat
        if self.anew.on and writing is not None and writing.draft.redo_label is not None:
            return CanRun(True)
        return self.sitting.can_redo()
