"""Undo and redo on the Work page: on the task at hand, or on the one the newest gesture was made on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from labeler.api import Refusal
from labeler.app.context import AppContext
from labeler.store import TaskRow
from labeler.work.desk import Loaded

if TYPE_CHECKING:
    from labeler.app.work.flow import Flow

__all__ = ["TakingBack"]


class TakingBack(QObject):
    """Takes gestures back and does them again; ``more`` is whether there may be one to take back."""

    undone = Signal(str, str)
    """What was taken back (its label), and on which task (its key) where it is another one."""

    def __init__(self, context: AppContext, flow: Flow) -> None:
        super().__init__(flow)
        self._context = context
        self._flow = flow
        self.more = False

    def look(self) -> None:
        """Look in the file whether the person has a gesture to take back."""
        session = self._context.session
        if session is None:
            return
        person = session.person

        def found(row: TaskRow | None) -> None:
            self.more = row is not None
            self._flow.state_changed.emit()

        self._context.run(lambda project: project.latest_gesture(person), found, receiver=self)

    def undo(self) -> None:
        """Take back the newest gesture, on this task or on the one it was made on."""
        flow = self._flow
        if flow.busy:
            return
        try:
            future = flow.desk.undo()
        except Refusal as refusal:
            self._context.notify(refusal.problem)
            return
        if future is None:
            self.more = False
            flow.state_changed.emit()
            self._context.toast(self.tr("There is nothing to undo"))
        else:
            flow.wait_for(future, self._was_undone)

    def _was_undone(self, outcome: tuple[str, Loaded | None]) -> None:
        flow, (label, loaded) = self._flow, outcome
        flow.touched.emit()
        if loaded is not None:
            flow.sit(loaded)
            self.undone.emit(label, loaded.full.row.key)
        elif flow.seat is None:
            # The queue was done; the gesture was made on the last task that was on the desk.
            flow.seat = flow.desk.seat
            flow.seated.emit(flow.seat, False)
        else:
            flow.value_changed.emit()
            self.undone.emit(label, "")
        self.look()
        flow.count_soon()
        flow.state_changed.emit()

    def redo(self) -> None:
        """Do again what was taken back on this task."""
        flow = self._flow
        if flow.busy or flow.desk.redo() is None:
            return
        self.more = True
        flow.touched.emit()
        flow.value_changed.emit()
        flow.count_soon()
        flow.state_changed.emit()
