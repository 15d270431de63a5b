"""What the Work page says when there is no task to show, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.app.commands import Commands
from labeler.app.session import ProjectSession
from labeler.app.words import number
from labeler.kit.controls.button import Button, ButtonKind
from labeler.kit.controls.notice import EmptyState
from labeler.store import QueueRow

__all__ = ["EmptyPage"]


class EmptyPage(QWidget):
    """One empty state at a time; its buttons run commands (``wanted``), Enter the first."""

    wanted = Signal(str)

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._first = ""
        self.facts = (-1, -1)
        """Tasks and those done when new ones were last looked for."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self.is_done = False
        """Whether it says that nothing of a queue is open."""
        self._state: EmptyState | None = None
        self._offered: list[Button] = []

    def show_none(self) -> None:
        """No project is open."""
        self._show(
            EmptyState(
                self.tr("No project is open"),
                self.tr("Open one, or begin a new one on the Home page."),
                icon="folder-open",
            )
        )
        self._offer(self.tr("Open project…"), "project.open", "primary")
        self._offer(self.tr("Go to Home"), "app.home")

    def show_empty(self, queue: QueueRow) -> None:
        """The queue has no tasks."""
        self._show(
            EmptyState(
                self.tr("No tasks in {queue} so far").format(queue=queue.title),
                self.tr("Import files to make tasks of them."),
                icon="download",
            )
        )
        self._offer(self.tr("Import…"), "data.import", "primary")
        self._offer(self.tr("Choose another queue"), "work.choose_queue")

    def show_done(self, queue: QueueRow, session: ProjectSession) -> None:
        """No task of the queue is open to this person."""
        self._show(EmptyState("", role="ok"))
        self.say_done(queue, session)
        self.is_done = True
        if _others(queue, session):
            self._offer(self.tr("Choose another queue"), "work.choose_queue", "primary")
            self._offer(self.tr("Look at the tasks"), "app.data")
        elif session.handed is not None:
            self._offer(self.tr("Hand back…"), "project.hand_back", "primary")
            self._offer(self.tr("Look at the tasks"), "app.data")
        else:
            self._offer(self.tr("Look at the tasks"), "app.data", "primary")
            self._offer(self.tr("Export…"), "data.export")

    def say_done(self, queue: QueueRow, session: ProjectSession) -> None:
        """Say how far the queue is, with its latest counts."""
        statuses = queue.statuses
        facts = [
            self.tr("{done} of {total} tasks are done.").format(
                done=number(queue.done), total=number(queue.tasks)
            )
        ]
        for status, words in (
            ("flagged", self.tr("{count} flagged.")),
            ("skipped", self.tr("{count} skipped.")),
            ("returned", self.tr("{count} came back from review.")),
            ("missing", self.tr("{count} wait for their content.")),
        ):
            if statuses.get(status):
                facts.append(words.format(count=number(statuses[status])))
        others = _others(queue, session)
        note = ""
        if others:
            note = self.tr("{queue} has {count} tasks open").format(
                queue=others[0].title, count=number(others[0].tasks - others[0].done)
            )
        if self._state is not None:
            title = self.tr("No tasks open to you in {queue}").format(queue=queue.title)
            self._state.set_words(title, " ".join(facts), note)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Enter goes the first way."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._first:
            self.wanted.emit(self._first)
            return True
        return False

    def _show(self, state: EmptyState) -> None:
        if self._state is not None:
            self._column.removeWidget(self._state)
            self._state.hide()
            self._state.deleteLater()
        self._state = state
        self.is_done = False
        self._first = ""
        self._offered = []
        self._column.addWidget(state)

    def _offer(self, text: str, command: str, kind: ButtonKind = "secondary") -> None:
        if self._state is None:
            return
        key = self._commands.key_text(command)
        if not self._first:
            self._first = command
            key = self.tr("Enter")
        button = self._state.add_button(text, kind, key=key)
        button.setProperty("command", command)
        button.clicked.connect(self._pressed)
        self._offered.append(button)

    def name_keys(self) -> None:
        """Show the keys in force; the first way has Enter, whatever its command's key is."""
        for button in self._offered[1:]:
            button.set_key(self._commands.key_text(str(button.property("command"))))

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(str(sender.property("command")))


def _others(queue: QueueRow, session: ProjectSession) -> list[QueueRow]:
    """The project's other queues with something to do."""
    return [one for one in session.queues if one.name != queue.name and one.done < one.tasks]
