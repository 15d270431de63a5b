"""What the Work page shows while no task is on the desk: why there is none, or the queues to choose."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.work.chooser import QueueChooser
from labeler.app.work.empty import EmptyPage
from labeler.app.work.flow import Flow

__all__ = ["Between"]


class Between:
    """Two pages, ``empty`` and ``chooser``, kept true as counts come in."""

    def __init__(self, context: AppContext, flow: Flow) -> None:
        self._context = context
        self._flow = flow
        self.empty = EmptyPage(context.commands)
        self.chooser = QueueChooser()

    def turn(self, state: str) -> QWidget:
        """The page for why there is no task (``Flow.unseated``), with what it says."""
        session, queue = self._context.session, self._flow.queue
        if session is None or state == "none":
            self.empty.show_none()
        elif state == "choose" or queue is None:
            icons = {one.id: one.manifest.icon for one in self._context.plugins.panels()}
            aside = self._flow.aside
            self.chooser.show_queues(
                session.queues, icons, aside.task.key if aside is not None else ""
            )
            return self.chooser
        elif state == "empty":
            self.empty.show_empty(queue)
        else:
            self.empty.show_done(queue, session)
        return self.empty

    def look_again(self) -> None:
        """Counts came in while there was no task: go to new ones, say how far the queue is."""
        flow, session = self._flow, self._context.session
        queue, empty = flow.queue, self.empty
        if session is None or queue is None:
            return
        if not flow.busy and queue.statuses.get("open"):
            # From an import, or another window.
            if empty.facts != (queue.tasks, queue.done):
                empty.facts = (queue.tasks, queue.done)
                flow.next_open()
        if empty.is_done:
            empty.say_done(queue, session)

    def handle_key(self, shown: QWidget | None, event: QKeyEvent) -> bool:
        """A key no command has, where one of the two is shown."""
        if shown is self.chooser:
            return self.chooser.handle_key(event)
        return shown is self.empty and self.empty.handle_key(event)
