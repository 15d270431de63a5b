"""Where the person is in a task and beside it, kept so that everything is where it was left.

What belongs to a task lies with its draft in the project file; tab, width and the like are settings
of this machine.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from labeler.api import Json
from labeler.app.context import AppContext
from labeler.app.work.flow import Flow
from labeler.app.work.inspector import TABS, Inspector
from labeler.app.work.stage import Stage
from labeler.work.desk import Seat

__all__ = ["Memory"]


class Memory(QObject):
    """Remembers and restores the editor's state, the inspector's, its tab and its width."""

    def __init__(self, context: AppContext, flow: Flow, stage: Stage, inspector: Inspector) -> None:
        super().__init__(flow)
        self._context = context
        self._flow = flow
        self._stage = stage
        self._inspector = inspector
        self._last: tuple[str, Json] = ("", None)

    def remember(self) -> None:
        """Keep where the person is with the draft, if it is another place than before."""
        seat, session = self._flow.seat, self._context.session
        if seat is None or session is None or not seat.draft.cursor:
            return
        state: Json = {"editor": self._stage.state(), "inspector": self._inspector.state()}
        if (seat.task.id, state) != self._last and isinstance(state, dict):
            self._last = (seat.task.id, state)
            session.desk.remember(state)

    def forget(self) -> None:
        """Another task is on the desk: what was remembered is of the last one."""
        self._last = ("", None)

    def restore(self, seat: Seat) -> None:
        """Go back to the panel's tab, and to where the person was in this task's questions."""
        editor, tab = self._stage.editor, self._context.settings.values.tabs.get(seat.queue.panel)
        if tab is None and editor is not None:
            tab = self._stage.ask("the first tab", editor.first_tab, None)
        self._inspector.lead_to(tab or TABS[0])
        state = seat.draft.row.state.get("inspector")
        if state is not None:
            self._inspector.restore_state(state)

    def width(self, panel: str) -> int:
        """How wide the inspector was beside this panel, in pixels."""
        usual = self._inspector.theme.tokens.sizes.inspector
        return self._context.settings.values.widths.get(panel, usual)

    def keep_width(self, width: int) -> None:
        """The person made the inspector so wide."""
        seat = self._flow.seat
        if seat is not None:
            widths = {**self._context.settings.values.widths, seat.queue.panel: width}
            self._context.settings.change(widths=widths)

    def keep_tab(self, tab: str) -> None:
        """The person turned to a tab: it is that of this panel from now on."""
        seat = self._flow.seat
        if seat is not None:
            tabs = {**self._context.settings.values.tabs, seat.queue.panel: tab}
            self._context.settings.change(tabs=tabs)
