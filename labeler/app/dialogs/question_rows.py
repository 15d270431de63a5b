"""Rows of the question editor: the choices of a question, and the columns of one with rows.

Each row is a line of fields. Enter makes the next row, Alt with an arrow moves one, Ctrl+Delete
takes it out. The rows on screen follow the draft; they hold nothing of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from labeler.app.dialogs.label_edits import normal_key
from labeler.app.dialogs.question_drafts import ChoiceDraft, ColumnDraft, is_new, split_words
from labeler.app.dialogs.question_faults import Fault
from labeler.app.dialogs.question_words import column_kinds, fault_words
from labeler.kit import Button, CheckBox, Field, IconButton, Select, Text
from labeler.kit.controls.keycap import shown_key

__all__ = ["ChoiceRows", "ColumnRows"]

_KEY_WIDTH = 48
_ID_WIDTH = 104
_KIND_WIDTH = 148
_INSET = 12
_DELETE_WIDTH = 34

Draft = ChoiceDraft | ColumnDraft


class _Row(QWidget):
    """One line: fields, then what takes the row out; what is wrong stands below."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.line = QHBoxLayout()
        self.line.setSpacing(6)
        self.error = Text("", role="danger", wrap=True)
        self.error.hide()
        self.title = Field(name=self.tr("Title {number}").format(number=number + 1))
        self.ident = Field(name=self.tr("Id {number}").format(number=number + 1), mono=True)
        self.ident.setFixedWidth(_ID_WIDTH)
        self.delete = IconButton("x", self.tr("Delete"), key=shown_key("Ctrl+Del"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.line)
        column.addWidget(self.error)

    def say(self, words: str) -> None:
        """Say below the row what is wrong, empty for nothing."""
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [self.title.edit, self.ident.edit, self.delete]


class _ChoiceRow(_Row):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.key = Field(name=self.tr("Key {number}").format(number=number + 1))
        self.key.setFixedWidth(_KEY_WIDTH)
        for part, stretch in ((self.title, 1), (self.key, 0), (self.ident, 0), (self.delete, 0)):
            self.line.addWidget(part, stretch)

    def stops(self) -> list[QWidget]:
        return [self.title.edit, self.key.edit, self.ident.edit, self.delete]


class _ColumnRow(_Row):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.kind = Select(
            column_kinds(), name=self.tr("Kind of column {number}").format(number=number + 1)
        )
        self.kind.setFixedWidth(_KIND_WIDTH)
        self.needed = CheckBox(self.tr("Required"))
        for part, stretch in ((self.title, 1), (self.ident, 0), (self.delete, 0)):
            self.line.addWidget(part, stretch)
        second = QHBoxLayout()
        second.setContentsMargins(_INSET, 0, 0, 6)
        second.setSpacing(12)
        second.addWidget(self.kind)
        second.addWidget(self.needed)
        second.addStretch(1)
        self.words = Field(self.tr("To choose from, separated by commas"))
        self.words.setContentsMargins(_INSET, 0, 0, 6)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(1, second)
        layout.insertWidget(2, self.words)

    def stops(self) -> list[QWidget]:
        first = (self.title.edit, self.ident.edit, self.delete)
        return [*first, self.kind, self.needed, self.words.edit]


class _Rows(QWidget):
    """The rows of one field. ``changed`` carries the new drafts and a key for undo ("" for none)."""

    changed = Signal(tuple, str)
    delete_wanted = Signal(int)
    """Somebody wants a stored row gone: whoever knows the file says whether it can go."""

    def __init__(
        self, new: Callable[[], Draft], row: Callable[[int], _Row], *, keys: bool = False
    ) -> None:
        super().__init__()
        self._new, self._row = new, row
        self._drafts: tuple[Any, ...] = ()
        self.rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add = Button("", "quiet", icon="plus", compact=True)
        self.add.clicked.connect(self.add_row)
        self.none = Text("", role="danger")
        self.none.hide()
        self._column.addLayout(self._head(keys))
        self._column.addWidget(self.none)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def _head(self, keys: bool) -> QHBoxLayout:
        """The words above the fields, as wide as these."""
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Text(self.tr("Title"), role="text_2"), 1)
        if keys:
            key = Text(self.tr("Key"), role="text_2")
            key.setFixedWidth(_KEY_WIDTH)
            head.addWidget(key)
        ident = Text(self.tr("Id"), role="text_2")
        ident.setFixedWidth(_ID_WIDTH)
        head.addWidget(ident)
        head.addSpacing(_DELETE_WIDTH)
        return head

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Show these rows; the caret stays where it is."""
        self._drafts = tuple(drafts)
        while len(self.rows) > len(drafts):
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(drafts):
            row = self._row(len(self.rows))
            self._wire(row)
            self._column.insertWidget(len(self.rows) + 2, row)
            self.rows.append(row)
        for row, draft in zip(self.rows, drafts, strict=True):
            _put(row.title.edit, draft.title)
            _put(row.ident.edit, draft.ident if is_new(draft.ref) else draft.ref)
            row.ident.set_read_only(not is_new(draft.ref))
            row.ident.edit.setToolTip(
                "" if is_new(draft.ref) else self.tr("Answers are stored by this id; it stays")
            )
            self.fill(row, draft)

    def fill(self, row: _Row, draft: Draft) -> None:
        """Show what a draft has besides title and id."""

    def show_faults(self, field: str, faults: Sequence[Fault]) -> None:
        """Say what is wrong, each beside its row."""
        own = [fault for fault in faults if fault.field == field]
        self.none.setText(fault_words(own[0]) if own else "")
        self.none.setVisible(bool(own))
        for row in self.rows:
            start = f"{field}[{row.number}]"
            first = next((fault for fault in faults if fault.field.startswith(start)), None)
            row.say(fault_words(first) if first is not None else "")

    def show_idents(self, idents: dict[str, str]) -> None:
        """Show the ids that new rows would get."""
        for row, draft in zip(self.rows, self._drafts, strict=True):
            row.ident.edit.setPlaceholderText(idents.get(draft.ref, ""))

    def focus_fault(self, field: str, name: str) -> bool:
        """Put the caret where the fault with this field name is; False where it is not here."""
        for row in self.rows:
            start = f"{field}[{row.number}]."
            if name.startswith(start):
                target = getattr(row, name.removeprefix(start), row.title)
                (target if isinstance(target, Field) else row.title).edit.setFocus()
                return True
        if name == field:
            self.add.setFocus()
        return name == field

    # edits

    def add_row(self) -> None:
        """Add a row at the end and go to it."""
        self.changed.emit((*self._drafts, self._new()), "")
        self.rows[-1].title.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_row(self, number: int, by: int) -> None:
        """Move a row up (−1) or down (1), the caret with it."""
        target = number + by
        if not 0 <= target < len(self._drafts):
            return
        drafts = list(self._drafts)
        drafts.insert(target, drafts.pop(number))
        self.changed.emit(tuple(drafts), "")
        self.rows[target].title.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete_row(self, number: int) -> None:
        """Take a row out; of a stored one, ask whether it can go."""
        if not is_new(self._drafts[number].ref):
            self.delete_wanted.emit(number)
            return
        self.remove_row(number)

    def remove_row(self, number: int) -> None:
        """Take a row out."""
        self.changed.emit((*self._drafts[:number], *self._drafts[number + 1 :]), "")
        if self.rows:
            self.rows[min(number, len(self.rows) - 1)].title.edit.setFocus()

    def change_row(self, number: int, step: str = "", /, **fields: object) -> None:
        """Change fields of a row."""
        changed = msgspec.structs.replace(self._drafts[number], **fields)
        drafts = (*self._drafts[:number], changed, *self._drafts[number + 1 :])
        self.changed.emit(drafts, f"{number} {step}" if step else "")

    def _wire(self, row: _Row) -> None:
        number = row.number
        row.title.edit.textEdited.connect(_calls(self.change_row, number, "title"))
        row.ident.edit.textEdited.connect(_calls(self.change_row, number, "ident"))
        row.delete.clicked.connect(_deletes(self.delete_row, number))
        self.wire(row)
        for widget in row.stops():
            widget.installEventFilter(self)
            widget.setProperty("row", number)

    def wire(self, row: _Row) -> None:
        """Connect what a row has besides title and id."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        number = watched.property("row")
        if not isinstance(number, int) or not 0 <= number < len(self.rows):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Up if held == Qt.KeyboardModifier.AltModifier:
                self.move_row(number, -1)
            case Qt.Key.Key_Down if held == Qt.KeyboardModifier.AltModifier:
                self.move_row(number, 1)
            case Qt.Key.Key_Delete if held == Qt.KeyboardModifier.ControlModifier:
                self.delete_row(number)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if isinstance(watched, QLineEdit):
                if held or not watched.text().strip():
                    return False
                if number + 1 < len(self.rows):
                    self.rows[number + 1].title.edit.setFocus(Qt.FocusReason.TabFocusReason)
                else:
                    self.add_row()
            case _:
                return False
        return True


class ChoiceRows(_Rows):
    """The choices of a question: title, key, id."""

    def __init__(self, new_ref: Callable[[], str]) -> None:
        super().__init__(lambda: ChoiceDraft(new_ref()), _ChoiceRow, keys=True)
        self.add.setText(self.tr("Add choice"))

    def fill(self, row: _Row, draft: Draft) -> None:
        """Show the key."""
        if isinstance(row, _ChoiceRow) and isinstance(draft, ChoiceDraft):
            _put(row.key.edit, draft.key)

    def wire(self, row: _Row) -> None:
        """Take one key: what is typed replaces what was there."""
        if isinstance(row, _ChoiceRow):
            row.key.edit.textEdited.connect(_calls(self._rekey, row.number, "key"))

    def _rekey(self, number: int, _step: str = "", /, **fields: str) -> None:
        typed = fields["key"].strip()
        self.change_row(number, key=normal_key(typed[-1:]) if typed else "")


class ColumnRows(_Rows):
    """The columns of a question with rows: title, kind, required, id, and what to choose from."""

    def __init__(self, new_ref: Callable[[], str]) -> None:
        super().__init__(lambda: ColumnDraft(new_ref()), _ColumnRow)
        self._new_ref = new_ref
        self.add.setText(self.tr("Add column"))

    def fill(self, row: _Row, draft: Draft) -> None:
        """Show kind, required and choices."""
        if isinstance(row, _ColumnRow) and isinstance(draft, ColumnDraft):
            row.kind.set_chosen(draft.kind)
            row.kind.setEnabled(is_new(draft.ref))
            row.needed.setChecked(draft.required)
            row.words.setVisible(draft.kind == "choice")
            titles = tuple(one.title for one in draft.choices)
            if split_words(row.words.text) != titles:
                row.words.set_text(", ".join(titles))

    def wire(self, row: _Row) -> None:
        """Connect kind, required and choices."""
        if isinstance(row, _ColumnRow):
            row.kind.activated.connect(_kinds(self, row))
            row.needed.clicked.connect(_ticks(self, row))
            row.words.edit.textEdited.connect(_calls(self._choices, row.number, "choices"))

    def _choices(self, number: int, step: str = "", /, **fields: str) -> None:
        before = self._drafts[number].choices
        self.change_row(
            number, step, choices=_same_choices(before, fields["choices"], self._new_ref)
        )


def _same_choices(
    before: Sequence[ChoiceDraft], text: str, new_ref: Callable[[], str]
) -> tuple[ChoiceDraft, ...]:
    """The choices in a line of words: a word that was there keeps its id, so does a changed one."""
    words = split_words(text)
    by_title = {one.title: one for one in before}
    found: list[ChoiceDraft] = []
    for number, word in enumerate(words):
        same = by_title.get(word)
        if same is None and len(words) == len(before) and before[number].title not in words:
            same = before[number]
        known = same is not None and all(one.ref != same.ref for one in found)
        ref = same.ref if same is not None and known else new_ref()
        found.append(ChoiceDraft(ref, word))
    return tuple(found)


def _calls(change: Callable[..., None], number: int, name: str) -> Callable[[str], None]:
    def call(text: str) -> None:
        change(number, name, **{name: text})

    return call


def _deletes(delete: Callable[[int], None], number: int) -> Callable[[], None]:
    def call() -> None:
        delete(number)

    return call


def _kinds(rows: _Rows, row: _ColumnRow) -> Callable[[int], None]:
    def call(_index: int) -> None:
        rows.change_row(row.number, kind=row.kind.chosen)

    return call


def _ticks(rows: _Rows, row: _ColumnRow) -> Callable[[bool], None]:
    def call(on: bool) -> None:
        rows.change_row(row.number, required=on)

    return call


def _put(edit: QLineEdit, text: str) -> None:
    """Put a text in where it is another, without moving the caret of who is typing it."""
    if edit.text() != text:
        edit.setText(text)
