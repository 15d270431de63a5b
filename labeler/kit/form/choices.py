"""Answers that are chosen: one chip of several, or any number of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.api import Json
from labeler.kit.controls.chip import Choice as Chip
from labeler.kit.controls.chip import ChoiceGroup
from labeler.kit.form.control import Control
from labeler.model.questions import ChoiceQuestion, ChoicesQuestion

__all__ = ["ChoicesControl"]


class ChoicesControl(Control):
    """Chips for a ``choice`` or a ``choices`` question; answers keep the order of the chips."""

    def __init__(
        self, question: ChoiceQuestion | ChoicesQuestion, parent: QWidget | None = None
    ) -> None:
        super().__init__(question.name, parent)
        self._several = isinstance(question, ChoicesQuestion)
        chips = [Chip(one.id, one.name, tooltip=one.help) for one in question.choices]
        self.group = ChoiceGroup(chips, multiple=self._several, name=question.name)
        self.group.changed.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.group)

    def show_answer(self, answer: Json) -> None:
        chosen = answer if self._several and isinstance(answer, list | tuple) else [answer]
        self.group.set_chosen([one for one in chosen if one in self.group.chips])

    def set_read_only(self, read_only: bool) -> None:
        self.group.set_read_only(read_only)

    def set_keys(self, keys: Sequence[str]) -> None:
        self.group.set_keys(keys or [""] * len(self.group.chips))

    def press(self, position: int) -> None:
        self.group.choose(list(self.group.chips)[position])

    def focus(self) -> None:
        chosen = self.group.chosen
        chips = self.group.chips
        chip = chips[chosen[0]] if chosen else next(iter(chips.values()))
        chip.setFocus()

    def _chosen(self, chosen: tuple[str, ...]) -> None:
        if self._several:
            self.answered.emit(list(chosen) or None, "")
        else:
            self.answered.emit(chosen[0] if chosen else None, "")
