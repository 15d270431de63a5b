"""The answer to a turns question: authored messages with roles, and branches where one was retried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.api import Json, fresh_region_id
from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.field import TextArea
from labeler.kit.controls.segmented import Part as Cell
from labeler.kit.controls.segmented import Segmented
from labeler.kit.controls.text import Text
from labeler.kit.form.control import Control
from labeler.kit.form.stack import Stack
from labeler.kit.form.words import role_name
from labeler.kit.form.writing import Writing
from labeler.model.questions import TurnsQuestion

__all__ = ["Message", "TurnsControl", "branch_path", "without_branch"]

_GAP = 4


@dataclass(frozen=True, slots=True)
class Message:
    """One authored message; ``parent`` is the id of the one it follows, None for a first one.

    ``extra`` is what another program stored beside it.
    """

    id: str
    parent: str | None
    role: str
    text: str
    extra: Mapping[str, Json] = field(default_factory=dict)


def branch_path(
    messages: Sequence[Message], chosen: Mapping[str | None, str]
) -> tuple[Message, ...]:
    """The conversation shown: from a first message on, at each branch the chosen or latest one."""
    path: list[Message] = []
    at: str | None = None
    while True:
        following = [one for one in messages if one.parent == at]
        if not following:
            return tuple(path)
        wanted = next((one for one in following if one.id == chosen.get(at)), following[-1])
        path.append(wanted)
        at = wanted.id


def without_branch(messages: Sequence[Message], message: str) -> tuple[Message, ...]:
    """The messages without this one and all that follow it. Parents stand before their children."""
    gone = {message}
    for one in messages:
        if one.parent in gone:
            gone.add(one.id)
    return tuple(one for one in messages if one.id not in gone)


class _Turn(QWidget):
    """One message: its role, its place among the branches, its text."""

    written = Signal(str, str)
    role_chosen = Signal(str, str)
    switched = Signal(str, int)
    branched = Signal(str)
    removed = Signal(str)
    left = Signal()

    def __init__(self, roles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.message = ""
        self._roles = tuple(roles)
        cells = [Cell(role, role_name(role)) for role in roles]
        self.role = Segmented(cells, name=self.tr("Who speaks"), compact=True)
        self.role.chosen_changed.connect(self._chose_role)
        self.back = IconButton("chevron-left", self.tr("Earlier version"))
        self.place = Text("", role="text_2")
        self.ahead = IconButton("chevron-right", self.tr("Later version"))
        self.branch = IconButton("git-branch", self.tr("Write another version from here"))
        self.bin = IconButton("trash-2", self.tr("Remove this message and what follows"))
        self.back.clicked.connect(self._back)
        self.ahead.clicked.connect(self._ahead)
        self.branch.clicked.connect(self._branch)
        self.bin.clicked.connect(self._remove)
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(self.role)
        head.addStretch(1)
        head.addWidget(self.branch)
        head.addWidget(self.bin)
        versions = QHBoxLayout()
        versions.setSpacing(_GAP)
        for widget in (self.back, self.place, self.ahead):
            versions.addWidget(widget)
        versions.addStretch(1)
        self.area = TextArea(name=self.tr("Message"), least=2)
        self.writing = Writing(self.area.edit)
        self.writing.changed.connect(self._wrote)
        self.writing.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addLayout(head)
        column.addWidget(self.area)
        column.addLayout(versions)

    def show_message(self, message: Message, at: int, count: int, read_only: bool) -> None:
        self.message = message.id
        # A message of a role that is not asked for any more shows none of them.
        self.role.set_chosen(message.role if message.role in self._roles else None)
        name = self.tr("Message by {role}").format(role=role_name(message.role))
        self.setAccessibleName(name)
        self.area.edit.setAccessibleName(name)
        self.writing.show(message.text)
        self.area.set_read_only(read_only)
        self.role.setEnabled(not read_only)
        for widget in (self.back, self.place, self.ahead):
            widget.setVisible(count > 1)
        self.place.setText(self.tr("{at} of {count}").format(at=at + 1, count=count))
        self.back.setEnabled(at > 0)
        self.ahead.setEnabled(at < count - 1)
        self.branch.setVisible(not read_only)
        self.bin.setVisible(not read_only)

    def _wrote(self, text: str) -> None:
        self.written.emit(self.message, text)

    def _chose_role(self, role: str) -> None:
        self.role_chosen.emit(self.message, role)

    def _back(self) -> None:
        self.switched.emit(self.message, -1)

    def _ahead(self) -> None:
        self.switched.emit(self.message, 1)

    def _branch(self) -> None:
        self.branched.emit(self.message)

    def _remove(self) -> None:
        self.removed.emit(self.message)


class TurnsControl(Control):
    """A conversation the person writes. Which branch is looked at is no part of the answer."""

    def __init__(self, question: TurnsQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question.name, parent)
        self._question = question
        self._messages: tuple[Message, ...] = ()
        self._chosen: dict[str | None, str] = {}
        self._read_only = False
        self.add = Button("", compact=True, icon="plus")
        self.add.clicked.connect(self._add)
        self._stack = Stack[_Turn](self, self.add)
        self._show()

    @property
    def turns(self) -> Sequence[_Turn]:
        """The messages on screen as widgets, first to last."""
        return self._stack.rows

    @property
    def path(self) -> tuple[Message, ...]:
        """The messages on screen, first to last."""
        return branch_path(self._messages, self._chosen)

    @property
    def progress(self) -> str:
        return QLocale().toString(len(self._messages)) if self._messages else ""

    def show_answer(self, answer: Json) -> None:
        self._messages = _messages(answer)
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show()

    def focus(self) -> None:
        if self.turns:
            self.turns[0].area.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        for turn in self.turns:
            turn.writing.finish()

    def _show(self) -> None:
        path = self.path
        changed = self._stack.fit(len(path), self._make_turn)
        for widget, message in zip(self.turns, path, strict=True):
            versions = self._versions(message)
            at = versions.index(message)
            widget.show_message(message, at, len(versions), self._read_only)
        self._stack.set_read_only(self._read_only)
        role = role_name(self._next_role(path))
        self.add.setText(self.tr("Add message by {role}").format(role=role))
        self.add.setAccessibleName(self.add.text())
        if changed:
            self.rebuilt.emit()

    def _make_turn(self, _number: int) -> _Turn:
        turn = _Turn(self._question.roles, self)
        turn.written.connect(self._written)
        turn.role_chosen.connect(self._set_role)
        turn.switched.connect(self._switch)
        turn.branched.connect(self._branch)
        turn.removed.connect(self._remove)
        turn.left.connect(self.left)
        return turn

    def _versions(self, message: Message) -> list[Message]:
        return [one for one in self._messages if one.parent == message.parent]

    def _next_role(self, path: Sequence[Message]) -> str:
        roles = self._question.roles
        if not path or path[-1].role not in roles:
            return roles[0]
        return roles[(roles.index(path[-1].role) + 1) % len(roles)]

    def _give(self, messages: Sequence[Message], key: str = "") -> None:
        self._messages = tuple(messages)
        self._show()
        answer = [
            {**one.extra, "id": one.id, "parent": one.parent, "role": one.role, "text": one.text}
            for one in self._messages
        ]
        self.answered.emit(answer or None, key)

    def _put(self, message: Message, key: str = "") -> None:
        put = [message if one.id == message.id else one for one in self._messages]
        self._give(put, key)

    def _message(self, message_id: str) -> Message:
        return next(one for one in self._messages if one.id == message_id)

    def _written(self, message_id: str, text: str) -> None:
        one = self._message(message_id)
        self._put(replace(one, text=text), message_id)

    def _set_role(self, message_id: str, role: str) -> None:
        one = self._message(message_id)
        self._put(replace(one, role=role))

    def _add(self) -> None:
        path = self.path
        parent = path[-1].id if path else None
        self._grow(Message(fresh_region_id(), parent, self._next_role(path), ""))

    def _branch(self, message_id: str) -> None:
        one = self._message(message_id)
        self._grow(Message(fresh_region_id(), one.parent, one.role, ""))

    def _grow(self, message: Message) -> None:
        self._chosen[message.parent] = message.id
        self._give([*self._messages, message])
        self._go_to(message.id)

    def _remove(self, message_id: str) -> None:
        parent = self._message(message_id).parent
        self._chosen.pop(parent, None)
        self._give(without_branch(self._messages, message_id))
        self.focus()

    def _switch(self, message_id: str, step: int) -> None:
        one = self._message(message_id)
        versions = self._versions(one)
        there = versions.index(one) + step
        if 0 <= there < len(versions):
            self._chosen[one.parent] = versions[there].id
            self._show()
            self._go_to(versions[there].id)

    def _go_to(self, message_id: str) -> None:
        for turn in self.turns:
            if turn.message == message_id:
                turn.area.edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _messages(answer: Json) -> tuple[Message, ...]:
    """The well-formed messages of an answer; one whose parent is not there before it is a first."""
    read: list[Message] = []
    seen: set[str] = set()
    for one in answer if isinstance(answer, list | tuple) else ():
        if not isinstance(one, Mapping) or not isinstance(one.get("id"), str) or one["id"] in seen:
            continue
        parent = one.get("parent")
        role, text = str(one.get("role", "")), str(one.get("text", ""))
        extra = {name: one[name] for name in one if name not in ("id", "parent", "role", "text")}
        read.append(Message(one["id"], parent if parent in seen else None, role, text, extra))
        seen.add(one["id"])
    return tuple(read)
