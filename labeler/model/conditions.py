"""When a question is asked: tests on other answers, and what they are joined by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from labeler.model.answer_words import is_number
from labeler.model.json import equal_json

__all__ = ["Condition"]


class Condition(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True
):
    """When a question is asked: a test on another answer, or ``all``, ``any``, ``not`` of such tests.

    Exactly one of ``question`` (with ``is``, ``in``, ``answered``, or for a number ``least``, ``most`` or
    both), ``all``, ``any``, ``not`` is given. ``least`` and ``most`` are met themselves.
    """

    question: str | None = None
    is_: Any = msgspec.field(default=msgspec.UNSET, name="is")
    in_: tuple[Any, ...] | None = msgspec.field(default=None, name="in")
    answered: bool | None = None
    least: float | None = None
    most: float | None = None
    all_: tuple[Condition, ...] | None = msgspec.field(default=None, name="all")
    any_: tuple[Condition, ...] | None = msgspec.field(default=None, name="any")
    not_: Condition | None = msgspec.field(default=None, name="not")

    def __post_init__(self) -> None:
        forms = [self.question, self.all_, self.any_, self.not_]
        if sum(form is not None for form in forms) != 1:
            raise ValueError("a condition has exactly one of 'question', 'all', 'any', 'not'")
        tests = (self.is_ is not msgspec.UNSET) + (self.in_ is not None)
        tests += self.answered is not None
        tests += self.least is not None or self.most is not None
        if tests != (self.question is not None):
            raise ValueError(
                "a test on a question has exactly one of 'is', 'in', 'answered' and a range of "
                "'least' and 'most', and nothing else has any"
            )

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the condition is met by these answers (question id → answer)."""
        if self.all_ is not None:
            return all(part.holds(answers) for part in self.all_)
        if self.any_ is not None:
            return any(part.holds(answers) for part in self.any_)
        if self.not_ is not None:
            return not self.not_.holds(answers)
        answer: Any = answers.get(self.question or "")
        if self.answered is not None:
            return (answer is not None) == self.answered
        if self.least is not None or self.most is not None:
            return is_number(answer) and (
                (self.least is None or answer >= self.least)
                and (self.most is None or answer <= self.most)
            )
        wanted = [self.is_] if self.in_ is None else list(self.in_)
        given = answer if isinstance(answer, (list, tuple)) else (answer,)
        return any(equal_json(one, other) for one in given for other in wanted)

    def questions(self) -> Iterator[str]:
        """Ids of the questions the condition looks at."""
        if self.question is not None:
            yield self.question
        for part in (*(self.all_ or ()), *(self.any_ or ()), *([self.not_] if self.not_ else ())):
            yield from part.questions()
