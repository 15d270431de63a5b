"""The questions as a person will be asked them: the real form, over content that stands in."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.api import Part, Value
from labeler.kit import Text
from labeler.kit.editor import TaskView
from labeler.kit.form import GivenAnswer, QuestionForm
from labeler.model.questions import PreferenceQuestion, Question, RankingQuestion
from labeler.model.queue import QueueConfig
from labeler.model.regions import Box

__all__ = ["QuestionPreview"]

_REGION = "stand-in"
_STAND_INS = 2
"""Parts of each kind: what is compared needs two."""


class QuestionPreview(QWidget):
    """Answers can be given and are forgotten: conditions show what they do.

    ``reserved`` are single keys that mean something else on the page.
    """

    def __init__(self, reserved: Collection[str]) -> None:
        super().__init__()
        self._questions: tuple[Question, ...] = ()
        self._config = QueueConfig()
        self._value = Value((Box(id=_REGION, x=0, y=0, width=1, height=1),))
        self.form = QuestionForm(scopes=("task", "part", "region"))
        self.form.set_reserved_keys(reserved)
        self.form.answered.connect(self._answered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(self.tr("Preview"), "label"))
        column.addWidget(self.form, 1)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions shown."""
        return self._questions

    def show_questions(self, questions: tuple[Question, ...]) -> None:
        """Show these questions; answers given so far stay where their question does."""
        if questions == self._questions:
            return
        before = {one.id: one for one in self._questions}
        self._questions = questions
        wide = tuple(_anywhere(one) for one in questions)
        self._config = QueueConfig(questions=wide)
        kept = {
            one.id: self._value.answers[one.id]
            for one in questions
            if one.id in self._value.answers and _like(before.get(one.id), one)
        }
        self._value = Value((Box(id=_REGION, x=0, y=0, width=1, height=1),), kept)
        view = TaskView("", "", None, _parts(questions), self._config, self._value)
        scroll = self.form.state()
        self.form.show_task(view)
        self.form.set_regions((_REGION,))
        self.form.restore_state(scroll)

    def show_question(self, question_id: str) -> None:
        """Bring a question into view without taking the keyboard."""
        self.form.reveal(question_id)

    def _answered(self, given: object) -> None:
        if isinstance(given, GivenAnswer):
            self._value = given.applied_to(self._value, self._config)
            self.form.set_value(self._value)


def _anywhere(question: Question) -> Question:
    """The question as it is asked of what stands in: narrowing would hide it there."""
    wide = msgspec.structs.replace(question, types=(), labels=())
    if isinstance(wide, PreferenceQuestion | RankingQuestion):
        return msgspec.structs.replace(wide, fewest=0, most=None)
    return wide


def _like(before: Question | None, now: Question) -> bool:
    """Whether an answer to the one is an answer to the other."""
    if before is None or type(before) is not type(now) or before.scope != now.scope:
        return False
    inner = ("choices", "columns", "minimum", "maximum", "step", "roles", "strongest", "part")
    return all(getattr(before, name, None) == getattr(now, name, None) for name in inner)


def _parts(questions: tuple[Question, ...]) -> tuple[Part, ...]:
    kinds = [one.part_kind for one in questions if one.part_kind is not None]
    kinds += [
        one.part for one in questions if isinstance(one, PreferenceQuestion | RankingQuestion)
    ]
    return tuple(
        Part(f"{kind}-{number}", kind, None, None)
        for kind in dict.fromkeys(kinds)
        for number in range(_STAND_INS)
    )
