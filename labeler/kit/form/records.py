"""The answer to a records question: rows of typed cells, added, taken away and put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from labeler.api import Json
from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.keycap import shown_key
from labeler.kit.controls.text import Text
from labeler.kit.form.cells import cell_control
from labeler.kit.form.control import Control
from labeler.kit.form.stack import Stack
from labeler.model.questions import RecordsQuestion

__all__ = ["RecordsControl"]

_GAP = 4


class _Row(QWidget):
    """The cells of one row below its number and buttons. Alt+Up and Alt+Down move it."""

    changed = Signal(int, str, object, str)
    moved = Signal(int, int)
    removed = Signal(int)
    left = Signal()

    def __init__(self, question: RecordsQuestion, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        title = self.tr("Row {number}").format(number=number + 1)
        self.setAccessibleName(title)
        self._title = Text(title, role="text_2")
        self.up = IconButton("arrow-up", self.tr("Move row up"), key=shown_key("Alt+Up"))
        self.down = IconButton("arrow-down", self.tr("Move row down"), key=shown_key("Alt+Down"))
        self.bin = IconButton("trash-2", self.tr("Remove row"))
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.bin.clicked.connect(self._remove)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addStretch(1)
        for button in (self.up, self.down, self.bin):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addLayout(head)
        self.cells: dict[str, Control] = {}
        for one in question.columns:
            control = cell_control(one)
            control.answered.connect(self._cell_changed)
            control.left.connect(self.left)
            if one.kind != "check":
                name = f"{one.name} *" if one.required else one.name
                column.addWidget(Text(name, role="text_2", wrap=True))
            column.addWidget(control)
            self.cells[one.id] = control

    def show_row(self, row: Json) -> None:
        for name, control in self.cells.items():
            control.show_answer(row.get(name) if isinstance(row, Mapping) else None)

    def set_state(self, read_only: bool, last: bool) -> None:
        for control in self.cells.values():
            control.set_read_only(read_only)
        for button in (self.up, self.down, self.bin):
            button.setVisible(not read_only)
        self.up.setEnabled(self.number > 0)
        self.down.setEnabled(not last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(self.number, step)
            return
        super().keyPressEvent(event)

    def _cell_changed(self, answer: Json, field: str) -> None:
        name = next(name for name, control in self.cells.items() if control is self.sender())
        self.changed.emit(self.number, name, answer, field)

    def _move_up(self) -> None:
        self.moved.emit(self.number, -1)

    def _move_down(self) -> None:
        self.moved.emit(self.number, 1)

    def _remove(self) -> None:
        self.removed.emit(self.number)


class RecordsControl(Control):
    """Rows one below the other; a row's cells keep what other programs put beside them."""

    def __init__(self, question: RecordsQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question.name, parent)
        self._question = question
        self._answer: list[dict[str, Json]] = []
        self._read_only = False
        self.add = Button(self.tr("Add row"), compact=True, icon="plus")
        self.add.clicked.connect(self._add)
        self._stack = Stack[_Row](self, self.add)

    @property
    def rows(self) -> Sequence[_Row]:
        """The rows on screen, first to last."""
        return self._stack.rows

    @property
    def progress(self) -> str:
        return QLocale().toString(len(self._answer)) if self._answer else ""

    def show_answer(self, answer: Json) -> None:
        rows = answer if isinstance(answer, list | tuple) else ()
        self._answer = [dict(row) if isinstance(row, Mapping) else {} for row in rows]
        changed = self._stack.fit(len(self._answer), self._make_row)
        for widget, cells in zip(self.rows, self._answer, strict=True):
            widget.show_row(cells)
        self._refresh()
        if changed:
            self.rebuilt.emit()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._refresh()

    def focus(self) -> None:
        if self.rows:
            next(iter(self.rows[0].cells.values())).focus()
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        for row in self.rows:
            for control in row.cells.values():
                control.finish()

    def _make_row(self, number: int) -> _Row:
        row = _Row(self._question, number, self)
        row.changed.connect(self._cell)
        row.moved.connect(self._move)
        row.removed.connect(self._remove)
        row.left.connect(self.left)
        return row

    def _refresh(self) -> None:
        for row in self.rows:
            row.set_state(self._read_only, row is self.rows[-1])
        self._stack.set_read_only(self._read_only)
        most = self._question.maximum
        self.add.setEnabled(most is None or len(self.rows) < most)
        full = self.tr("There are at most {count} rows").format(count=most)
        self.add.setToolTip("" if self.add.isEnabled() else full)

    def _give(self, rows: list[dict[str, Json]], field: str = "") -> None:
        self.show_answer(rows)
        self.answered.emit(rows or None, field)

    def _cell(self, number: int, column: str, answer: Json, field: str) -> None:
        rows = [dict(row) for row in self._answer]
        if answer is None:
            rows[number].pop(column, None)
        else:
            rows[number][column] = answer
        self._give(rows, f"{number}.{column}" if field else "")

    def _add(self) -> None:
        self._give([*self._answer, {}])
        next(iter(self.rows[-1].cells.values())).focus()

    def _move(self, number: int, step: int) -> None:
        there = number + step
        if self._read_only or not 0 <= there < len(self._answer):
            return
        rows = list(self._answer)
        rows[number], rows[there] = rows[there], rows[number]
        focus = QApplication.focusWidget()
        focused = next(
            (
                name
                for name, cell in self.rows[number].cells.items()
                if focus is not None and cell.isAncestorOf(focus)
            ),
            None,
        )
        self._give(rows)
        if focused is not None:
            self.rows[there].cells[focused].focus()

    def _remove(self, number: int) -> None:
        self._give([row for at, row in enumerate(self._answer) if at != number])
        if self.rows:
            self.rows[min(number, len(self.rows) - 1)].bin.setFocus()
        else:
            self.add.setFocus()
