"""Loading ahead: while a task is looked at, the editor is told of those that will probably follow."""

from __future__ import annotations

from PySide6.QtCore import QObject

from labeler.api import Refusal
from labeler.app.context import AppContext
from labeler.app.work.flow import Flow
from labeler.app.work.stage import Stage
from labeler.work.desk import Seat

__all__ = ["Ahead"]

_TASKS = 2


class Ahead(QObject):
    """Reads the content of the next tasks and hands it to the editor on the stage."""

    def __init__(
        self, context: AppContext, flow: Flow, stage: Stage, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._flow = flow
        self._stage = stage
        flow.seated.connect(self._seated)

    def _seated(self, seat: Seat, same: bool) -> None:
        if same or self._context.session is None:
            return
        self._context.answer(
            self._flow.desk.upcoming(_TASKS),
            lambda contents: self._come(seat, contents),
            self._lost,
            receiver=self,
        )

    def _come(self, seat: Seat, contents: tuple[bytes, ...]) -> None:
        if self._flow.seat is not seat or self._stage.editor is None:
            return
        panel = seat.queue.panel
        for raw in contents:
            if not raw or raw == seat.full.content:
                continue
            try:
                content = self._context.plugins.content_decoder(panel)(raw)
            except Refusal:
                continue  # it is said when somebody comes to that task
            if content is not None:
                self._stage.prepare(content)

    def _lost(self, error: BaseException) -> None:
        """What cannot be read ahead is read again, and told of, when it is needed."""
