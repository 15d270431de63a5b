"""Writing a value anew: the editor on the stage and the inspector take what a person does, in memory."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from labeler.api import Value
from labeler.app.context import AppContext
from labeler.app.keys import is_of_controls, portable_key
from labeler.app.own_commands import panel_place
from labeler.app.review.sitting import Sitting
from labeler.app.review.staged import Writing, seat_of
from labeler.app.work.answers import Answers
from labeler.app.work.inspector import Inspector
from labeler.app.work.stage import Stage

__all__ = ["Anew"]

_WRITE_MS = 150
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Anew(QObject):
    """Begins and ends it; what is written is the sitting's decision a moment after each gesture."""

    def __init__(
        self,
        context: AppContext,
        sitting: Sitting,
        stage: Stage,
        inspector: Inspector,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._sitting = sitting
        self._stage = stage
        self._inspector = inspector
        self.on = False
        """Whether a value is being written."""
        self.writing = Writing(context, self)
        self.answers = Answers(self.writing, stage, inspector, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WRITE_MS)
        self._later.timeout.connect(self._tell)
        self.writing.written.connect(self._later.start)
        self.writing.value_changed.connect(self._value_changed)
        stage.played.connect(self._played)

    def begin(self) -> bool:
        """Begin from what is decided so far; False where the task cannot be shown."""
        session, case, body = self._context.session, self._sitting.case, self._sitting.body
        if session is None or case is None or body is None:
            return False
        seat = seat_of(session, case, body, None)
        if seat is None:
            return False
        seat.reopened = True
        self.writing.seat = seat
        self.on = True
        view = self._stage.show_seat(seat, keep=True)
        self._stage.set_read_only(False)
        editor, ask = self._stage.editor, self._stage.ask
        self._inspector.show_task(
            view,
            without=ask("questions", editor.shown_questions, frozenset()) if editor else (),
            columns=ask("columns", editor.region_columns, ()) if editor else (),
            describe=self.answers.describe,
            hands=self.answers.hands(),
            part=ask("where it is", editor.current_part, None) if editor else None,
        )
        self._inspector.set_read_only(False)
        self.answers.reserve_keys(seat.queue.config, self._context.commands)
        return True

    def finish(self) -> None:
        """End gestures, so that what is written is final."""
        if self.on:
            self._stage.finish_gesture()
            self._inspector.finish()
            if self._later.isActive():
                self._tell()

    def end(self) -> None:
        """End it; what was written stays decided."""
        self.finish()
        self.on = False
        self._later.stop()
        self.writing.seat = None

    def taken(self, value: Value, label: str, key: str) -> None:
        """A gesture of the editor."""
        self.answers.emitted(value, label, key, by_command=False)

    def handle_key(self, event: QKeyEvent) -> bool:
        """A key no command of the page has: of the panel's commands, else of a label or an answer."""
        commands = self._context.commands
        key = portable_key(Qt.Key(event.key()), event.modifiers() & ~_KEYPAD)
        entry = commands.for_key(key, "work")
        if entry is not None and entry.place == panel_place(commands.panel):
            focus = QApplication.focusWidget()
            inside = focus is not None and self._stage.isAncestorOf(focus)
            if (inside or not is_of_controls(key)) and commands.run(entry.command.id):
                return True
        return self.answers.handle_key(event) if self.on else self._stage.handle_key(event)

    def _tell(self) -> None:
        self._later.stop()
        if self.writing.seat is not None:
            self._sitting.write(self.writing.seat.draft.value_json())

    def _value_changed(self) -> None:
        self._stage.set_value(self.writing.value)
        self._inspector.set_value(self.writing.value)

    def _played(self) -> None:
        host = self._stage.host
        if host is not None:
            self.answers.follow(host)
