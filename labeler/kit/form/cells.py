"""The cells of a records row: each column as the control of a question of its kind."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.api import Json
from labeler.kit.controls.check import CheckBox
from labeler.kit.controls.select import Select
from labeler.kit.form.choices import ChoicesControl
from labeler.kit.form.control import Control
from labeler.kit.form.fields import NumberControl, TextControl
from labeler.model.questions import ChoiceQuestion, Column, NumberQuestion, TextQuestion

__all__ = ["cell_control"]

_CHIPS = 5


def cell_control(column: Column) -> Control:
    """A control for one cell; its answer is the cell, None where it is empty."""
    match column.kind:
        case "choice" if 0 < len(column.choices) <= _CHIPS:
            return ChoicesControl(
                ChoiceQuestion(id=column.id, title=column.name, choices=column.choices)
            )
        case "choice":
            return _SelectControl(column)
        case "check":
            return _CheckControl(column)
        case "number":
            return NumberControl(NumberQuestion(id=column.id, title=column.name))
        case "date":
            return _DateControl(column)
        case "url":
            return TextControl(TextQuestion(id=column.id, title=column.name, multiline=False))
        case "text":
            return TextControl(TextQuestion(id=column.id, title=column.name), least=1)


class _SelectControl(Control):
    """One of many choices; the empty one at the top takes the answer away."""

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(column.name, parent)
        options = [("", "\u2013"), *((one.id, one.name) for one in column.choices)]
        self.select = Select(options, name=column.name)
        self.select.activated.connect(self._chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.select)

    def show_answer(self, answer: Json) -> None:
        known = isinstance(answer, str) and self.select.findData(answer) >= 0
        self.select.set_chosen(answer if known else "")

    def set_read_only(self, read_only: bool) -> None:
        self.select.setEnabled(not read_only)

    def focus(self) -> None:
        self.select.setFocus()

    def _chosen(self, _index: int) -> None:
        self.answered.emit(self.select.chosen or None, "")


class _CheckControl(Control):
    """Done or not; an untouched box is no answer, an unticked one is false."""

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(column.name, parent)
        self.box = CheckBox(column.name)
        self.box.clicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)

    def show_answer(self, answer: Json) -> None:
        self.box.setChecked(answer is True)

    def set_read_only(self, read_only: bool) -> None:
        self.box.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, read_only)
        self.box.setFocusPolicy(Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus)

    def focus(self) -> None:
        self.box.setFocus()

    def _clicked(self, on: bool) -> None:
        self.answered.emit(on, "")


class _DateControl(TextControl):
    """A day, written year first (2026-05-14), so that it sorts and means the same everywhere."""

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        question = TextQuestion(id=column.id, title=column.name, multiline=False)
        super().__init__(question, parent=parent)
        self._example = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        self.field.edit.setPlaceholderText(self._example)
        self.writing.left.connect(self._check)
        self.writing.changed.connect(self._clear)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.field.edit.setPlaceholderText("" if read_only else self._example)

    def _clear(self) -> None:
        self.field.set_error("")

    def _check(self) -> None:
        text = self.writing.text.strip()
        try:
            if text:
                datetime.date.fromisoformat(text)
        except ValueError:
            self.field.set_error(self.tr("Write the day as year-month-day, such as 2026-05-14"))
