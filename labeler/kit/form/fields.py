"""Answers that are written: a text with a counter of what a reader sees, and a number."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.api import Json, graphemes
from labeler.kit.controls.field import Field, TextArea, mark_error
from labeler.kit.controls.text import Text
from labeler.kit.form.control import Control
from labeler.kit.form.words import number_text
from labeler.kit.form.writing import Writing
from labeler.model.questions import NumberQuestion, ScaleQuestion, TextQuestion

__all__ = ["NumberControl", "TextControl", "read_number"]

_GAP = 4
_FIELD = "text"
_LONG = 2_000
_COUNT_AFTER_MS = 150


class TextControl(Control):
    """A written answer. Below it stands how much of it there is where that matters.

    ``least`` is the number of lines it has when empty. ``set_prefill`` gives the text to start from;
    it is no answer until the person changes it.
    """

    def __init__(
        self, question: TextQuestion, *, least: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(question.name, parent)
        self._question = question
        self._prefill = ""
        self._answer: str | None = None
        self.field: Field | TextArea
        if question.multiline:
            self.field = TextArea(name=question.name, least=least)
        else:
            self.field = Field(name=question.name)
        self.writing = Writing(self.field.edit)
        self.writing.changed.connect(self._written)
        self.writing.left.connect(self.left)
        self._counter = Text("", role="text_2", wrap=True, parent=self)
        self._counted = question.minimum > 0 or question.maximum is not None
        self._counter.setVisible(self._counted)
        # Counting what a reader sees takes milliseconds in a long text that is not plain ASCII.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_COUNT_AFTER_MS)
        self._soon.timeout.connect(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self.field)
        column.addWidget(self._counter)
        self._count()

    @property
    def counter(self) -> str:
        """What is said about the amount written."""
        return self._counter.text()

    def set_prefill(self, text: str) -> None:
        """The text to start from where there is no answer yet."""
        self._prefill = text
        self.show_answer(self._answer)

    def show_answer(self, answer: Json) -> None:
        self._answer = answer if isinstance(answer, str) else None
        self.writing.show(self._prefill if self._answer is None else self._answer)
        self._count()

    def set_read_only(self, read_only: bool) -> None:
        self.field.set_read_only(read_only)

    def set_wrong(self, message: str) -> None:
        super().set_wrong(message)
        mark_error(self.field.edit, bool(message))
        self.field.edit.setAccessibleDescription(message or self._counter.text())

    def focus(self) -> None:
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, position: int) -> None:
        self.focus()

    def finish(self) -> None:
        self.writing.finish()

    def _written(self, text: str) -> None:
        self._answer = text or None
        if len(text) < _LONG or text.isascii():
            self._count()
        else:
            self._soon.start()
        self.answered.emit(self._answer, _FIELD)

    def _count(self) -> None:
        if not self._counted:
            return
        low, high = self._question.minimum, self._question.maximum
        count = graphemes(self.writing.text)
        locale = QLocale()
        shown = locale.toString(count)
        fits = count >= low and (high is None or count <= high)
        if count > 0 and high is not None and (count >= low or not low):
            words = self.tr("{count} of at most {wanted}").format(
                count=shown, wanted=locale.toString(high)
            )
        elif low:
            words = self.tr("{count} of at least {wanted}").format(
                count=shown, wanted=locale.toString(low)
            )
        else:
            words = self.tr("At most {wanted}").format(wanted=locale.toString(high or 0))
        self._counter.setText(f"{words} \u2713" if fits and count and low else words)
        self._counter.set_role("text_2" if fits or count < low else "danger")


class NumberControl(Control):
    """A number, typed; the arrow keys step it. Also a scale of too many points to show as cells."""

    def __init__(
        self, question: NumberQuestion | ScaleQuestion, parent: QWidget | None = None
    ) -> None:
        super().__init__(question.name, parent)
        self._low, self._high = question.minimum, question.maximum
        self._step = question.step if isinstance(question, ScaleQuestion) else 1.0
        self._whole = isinstance(question, NumberQuestion) and question.integer
        self.field = Field(name=question.name, mono=True)
        self.field.edit.installEventFilter(self)
        self.writing = Writing(self.field.edit)
        self.writing.changed.connect(self._written)
        self.writing.left.connect(self._left)
        row = QHBoxLayout()
        row.setSpacing(2 * _GAP)
        row.addWidget(self.field)
        unit = question.unit if isinstance(question, NumberQuestion) else ""
        if unit:
            row.addWidget(Text(unit, role="text_2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addLayout(row)
        self._note = Text("", role="text_2", wrap=True, parent=self)
        self._note.setText(self._bounds(question))
        self._note.setVisible(bool(self._note.text()))
        column.addWidget(self._note)

    def show_answer(self, answer: Json) -> None:
        number = _number(answer)
        if number is not None and read_number(self.writing.text) == number:
            return  # "1.50" on its way to "1.505" stays as it is typed
        self.writing.show("" if number is None else number_text(number))

    def set_read_only(self, read_only: bool) -> None:
        self.field.set_read_only(read_only)

    def set_wrong(self, message: str) -> None:
        super().set_wrong(message)
        mark_error(self.field.edit, bool(message) or bool(self.field.error))
        self.field.edit.setAccessibleDescription(message or self._note.text())

    def focus(self) -> None:
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        self.writing.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                if not self.field.edit.isReadOnly():
                    self._take_step(step)
                return True
        return False

    def _take_step(self, step: int) -> None:
        present = read_number(self.writing.text)
        low, high = self._low, self._high
        if present is None:
            number = (
                (low if low is not None else 0) if step > 0 else (high if high is not None else 0)
            )
        else:
            number = round(present + step * self._step, 9)
        if low is not None:
            number = max(low, number)
        if high is not None:
            number = min(high, number)
        self.writing.show(number_text(number))
        self._written(self.writing.text)

    def _written(self, text: str) -> None:
        # What cannot be read is no answer: never store 12 while "12a" is on screen.
        self.field.set_error("")
        self.answered.emit(read_number(text), _FIELD)

    def _left(self) -> None:
        text = self.writing.text
        if text.strip() and read_number(text) is None:
            example = number_text(3) if self._whole else number_text(3.5)
            self.field.set_error(
                self.tr("Enter a number, such as {example}").format(example=example)
            )
        self.left.emit()

    def _bounds(self, question: NumberQuestion | ScaleQuestion) -> str:
        low, high = question.minimum, question.maximum
        if isinstance(question, ScaleQuestion):
            lowest = f"{number_text(question.minimum)} {question.low}".strip()
            highest = f"{number_text(question.maximum)} {question.high}".strip()
            return self.tr("From {low} to {high}").format(low=lowest, high=highest)
        if low is not None and high is not None:
            return self.tr("From {low} to {high}").format(
                low=number_text(low), high=number_text(high)
            )
        if low is not None:
            return self.tr("{low} or more").format(low=number_text(low))
        if high is not None:
            return self.tr("{high} or less").format(high=number_text(high))
        return ""


def _number(answer: Any) -> float | None:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return None
    return answer


def read_number(text: str) -> float | None:
    """The number a person typed, with their decimal point or a plain one; None if it is none.

    Whole numbers are ints, so that 7 is stored as 7 and not as 7.0.
    """
    plain = text.strip().replace("\u2212", "-")
    point = QLocale().decimalPoint()
    if point != "." and "." not in plain:
        plain = plain.replace(point, ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    if "_" in plain or number in (float("inf"), float("-inf")) or number != number:
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
