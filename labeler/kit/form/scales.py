"""Answers on a scale: a rating, and which of two parts is better by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.api import Json, Part
from labeler.kit.controls.chip import Choice as Chip
from labeler.kit.controls.chip import ChoiceGroup
from labeler.kit.controls.scale import ScaleBar
from labeler.kit.controls.text import Text
from labeler.kit.form.control import Compared, Control
from labeler.kit.form.neither import NeitherButton
from labeler.kit.form.words import letter, number_text
from labeler.model.questions import PreferenceQuestion, ScaleQuestion

__all__ = ["PreferenceControl", "ScaleControl"]

_GAP = 8
_SHORT = 10


class _Ends(QWidget):
    """The names of a scale's two ends, each at its own end and wrapping where it must."""

    def __init__(self, low: str, high: str, parent: QWidget, role: str = "text_2") -> None:
        super().__init__(parent)
        self._low = Text(low, role=role, wrap=True)
        self._high = Text(high, role=role, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._low, 1)
        row.addWidget(self._high, 1)
        self._align()
        self.setVisible(bool(low or high))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._align()

    def _align(self) -> None:
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left, right = right, left
        up = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute
        self._low.setAlignment(left | up)
        self._high.setAlignment(right | up)

    def set_names(self, low: str, high: str) -> None:
        self._low.setText(low)
        self._high.setText(high)


class ScaleControl(Control):
    """Cells for the points of a ``scale`` question; its ends are named below, a point in words too.

    Points that are no neighbouring whole numbers are chips with their number.
    """

    MOST = 11
    """More points than these are asked for as a number (see ``fields.NumberControl``)."""

    def __init__(self, question: ScaleQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question.name, parent)
        self._question = question
        self._points = question.points()
        first, last = self._points[0], self._points[-1]
        self.bar: ScaleBar | None = None
        self.chips: ChoiceGroup | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP // 2)
        if isinstance(first, int) and last - first == len(self._points) - 1:
            self.bar = ScaleBar(first, int(last), name=question.name)
            self.bar.chosen_changed.connect(self._chosen)
            column.addWidget(self.bar)
        else:
            choices = [Chip(str(n), number_text(point)) for n, point in enumerate(self._points)]
            self.chips = ChoiceGroup(choices, name=question.name, column=False)
            self.chips.changed.connect(self._chip_chosen)
            column.addWidget(self.chips)
        column.addWidget(_Ends(question.low, question.high, self))
        self._words = Text("", "ui_strong", wrap=True, parent=self)
        self._words.setVisible(bool(question.anchors))
        column.addWidget(self._words)

    @property
    def words(self) -> str:
        """What the chosen point is called."""
        return self._words.text()

    def show_answer(self, answer: Json) -> None:
        known = answer is not None and not isinstance(answer, bool) and answer in self._points
        if self.bar is not None:
            _show(self.bar, int(answer) if known else None)
        if self.chips is not None:
            self.chips.set_chosen([str(self._points.index(answer))] if known else [])
        self._say(answer if known else None)

    def set_read_only(self, read_only: bool) -> None:
        for control in (self.bar, self.chips):
            if control is not None:
                control.set_read_only(read_only)

    def set_keys(self, keys: Sequence[str]) -> None:
        whole = keys if keys and all(keys) else ()
        if self.bar is not None:
            self.bar.set_keys(whole)
        if self.chips is not None:
            self.chips.set_keys(whole or [""] * len(self._points))

    def press(self, position: int) -> None:
        if self.bar is not None:
            self.bar.choose(self.bar.minimum() + position)
        if self.chips is not None:
            self.chips.choose(str(position))

    def focus(self) -> None:
        if self.bar is not None:
            self.bar.setFocus()
        if self.chips is not None:
            next(iter(self.chips.chips.values())).setFocus()

    def _chosen(self, point: int | None) -> None:
        self._say(point)
        self.answered.emit(point, "")

    def _chip_chosen(self, chosen: tuple[str, ...]) -> None:
        point = self._points[int(chosen[0])] if chosen else None
        self._say(point)
        self.answered.emit(point, "")

    def _say(self, point: float | None) -> None:
        words = "" if point is None else self._question.anchors.get(f"{point:g}", "")
        self._words.setText(words)
        if self.bar is not None and words:
            self.bar.setAccessibleDescription(words)


class PreferenceControl(Compared):
    """Which of two parts is better: a scale between them, and chips for the ties.

    Answers are in the order of the content: negative is its first part. Where the other one is shown
    first, the cells are turned, so that the left cell always speaks for the part at the left.

    Where only "better" is asked and not by how much (a criterion), it is ``compact``: one row of three
    cells with the letters in them and a button for the ties, and one key that goes through all answers.
    """

    TIES = ("tie_good", "tie_bad", "cannot_judge")

    def __init__(self, question: PreferenceQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question.name, parent)
        self._question = question
        self._turned = False
        self._read_only = False
        self._answer: Json = None
        self._keys: tuple[str, ...] = ()
        self._names = (letter(0), letter(1))
        self.bar = ScaleBar(-question.strongest, question.strongest, name=question.name)
        self.bar.chosen_changed.connect(self._preferred)
        self.compact = question.strongest == 1
        self._ends = _Ends(*self._names, self, role="text")
        self._words = Text("", "ui_strong", wrap=True, parent=self)
        self.ties = self._new_ties()
        self.ties.changed.connect(self._tied)
        self._warning = Text("", role="warn", wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP // 2)
        column.addWidget(self._ends)
        if self.compact:
            self._ends.hide()
            self._words.hide()
            self._name_cells()
            row = QHBoxLayout()
            row.setSpacing(_GAP // 2)
            row.addWidget(self.bar, 1)
            row.addWidget(self.ties)
            column.addLayout(row)
        else:
            for widget in (self.bar, self._words, self.ties):
                column.addWidget(widget)
        column.addWidget(self._warning)
        self._warning.hide()

    def _new_ties(self) -> ChoiceGroup | NeitherButton:
        ties = (
            ("tie_good", self.tr("Both good"), "smile"),
            ("tie_bad", self.tr("Both bad"), "frown"),
            ("cannot_judge", self.tr("Cannot judge"), "circle-help"),
        )
        name = self.tr("{question}: neither").format(question=self._question.name)
        if self.compact:
            return NeitherButton(ties, name=name)
        chips = [Chip(ident, title) for ident, title, _ in ties]
        return ChoiceGroup(chips, name=name, column=False)

    @property
    def words(self) -> str:
        """The chosen strength as a sentence."""
        return self._words.text()

    @property
    def warning(self) -> str:
        """Why nothing can be preferred here, empty where it can."""
        return self._warning.text()

    def set_parts(
        self, parts: Sequence[Part], shown: Sequence[Part], names: Mapping[str, str]
    ) -> None:
        wrong = self.tr("A preference is between two; this task has {count}")
        self._warning.setText("" if len(shown) == 2 else wrong.format(count=len(shown)))
        self._warning.setVisible(len(shown) != 2)
        if len(shown) != 2:
            return
        self._turned = shown[0].id != parts[0].id
        # Beside each other on screen and under their letters, they are called by them here, too.
        self._names = (
            names[shown[0].id] if shown[0].title else letter(0),
            names[shown[1].id] if shown[1].title else letter(1),
        )
        self._ends.set_names(*self._names)
        if self.compact:
            self._name_cells()
        self.show_answer(self._answer)

    def line_width(self) -> int:
        """How wide a criterion's answers are in a line, in pixels."""
        if not isinstance(self.ties, NeitherButton):
            return self.sizeHint().width()
        return self.bar.joined_width() + _GAP // 2 + self.ties.short_width()

    def set_line(self, line: bool) -> None:
        """Let a criterion's answers be small, as they stand in a line with its title."""
        if isinstance(self.ties, NeitherButton):
            self.bar.set_joined(line)
            self.ties.set_short(line)

    def _name_cells(self) -> None:
        """The letters, or their beginnings where parts have names of their own."""
        low, high = (
            name if len(name) <= _SHORT else f"{name[:_SHORT]}\u2026" for name in self._names
        )
        self.bar.set_texts([low, "=", high])

    def show_answer(self, answer: Json) -> None:
        self._answer = answer
        kind = answer.get("kind") if isinstance(answer, Mapping) else None
        strength = answer.get("strength") if isinstance(answer, Mapping) else None
        cell = None
        if kind == "prefer" and isinstance(strength, int) and not isinstance(strength, bool):
            if abs(strength) <= self._question.strongest:
                cell = -strength if self._turned else strength
        _show(self.bar, cell)
        # Kept even when empty, so that choosing moves nothing below it.
        self._words.setText("" if cell is None else self._sentence(cell))
        if cell is not None:
            self.bar.setAccessibleDescription(self._words.text())
        self.ties.set_chosen([kind] if kind in self.TIES else [])

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.bar.set_read_only(read_only)
        self.ties.set_read_only(read_only)

    def set_keys(self, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)
        if self.compact:
            return  # its one key stands in the heading
        self.bar.set_keys(self._scale_keys())
        if isinstance(self.ties, ChoiceGroup):
            self.ties.set_keys(self._keys[-len(self.TIES) :] or [""] * len(self.TIES))

    def _press_next(self) -> None:
        """What the one key of a criterion does: the first is better, about the same, the other …"""
        chosen = self.ties.chosen
        if chosen:
            at = self.TIES.index(chosen[0]) + 1
            if at < len(self.TIES):
                self.ties.choose(self.TIES[at])
            else:
                self._preferred(-1)
        elif self.bar.chosen == 1:
            self.ties.choose(self.TIES[0])
        else:
            self.bar.choose(-1 if self.bar.chosen is None else self.bar.chosen + 1)

    def press(self, position: int) -> None:
        strongest = self._question.strongest
        if self.compact:
            self._press_next()
            return
        if position <= 2 * strongest:
            self.bar.choose(position - strongest)
        else:
            self.ties.choose(self.TIES[position - 2 * strongest - 1])

    def focus(self) -> None:
        self.bar.setFocus()

    def _scale_keys(self) -> tuple[str, ...]:
        keys = self._keys[: 2 * self._question.strongest + 1]
        return keys if all(keys) else ()

    def _sentence(self, cell: int) -> str:
        strongest, strength = self._question.strongest, abs(cell)
        if cell == 0:
            return self.tr("About the same")
        if strength == 1 and strongest > 1:
            words = self.tr("{name} is slightly better")
        elif strength == strongest and strongest > 2:
            words = self.tr("{name} is much better")
        else:
            words = self.tr("{name} is better")
        return words.format(name=self._names[0 if cell < 0 else 1])

    def _preferred(self, cell: int | None) -> None:
        if cell is None:
            self._give(None)
        else:
            self._give({"kind": "prefer", "strength": -cell if self._turned else cell})

    def _tied(self, chosen: tuple[str, ...]) -> None:
        self._give({"kind": chosen[0]} if chosen else None)

    def _give(self, answer: Json) -> None:
        self.show_answer(answer)
        self.answered.emit(answer, "")


def _show(bar: ScaleBar, cell: int | None) -> None:
    """Show a cell as chosen. A slider tells of every move of its position, and none is meant here."""
    quiet = QSignalBlocker(bar)
    bar.set_chosen(cell)
    quiet.unblock()
    bar.focus_moved.emit()
