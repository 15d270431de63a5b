"""What the columns of a table mean: the text, the key, questions, spans; the rest is metadata."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from labeler.api import Question, QueueConfig, nearest
from labeler.panels.sentiment.task import PART

__all__ = ["OWN_COLUMNS", "Columns", "Plan"]

OWN_COLUMNS = ("id", "text", "spans", "content", "by", "layer", "status", "reason", "escaped")
"""Columns with a meaning of their own; questions come beside them under their ids."""


class Plan(NamedTuple):
    """What one set of columns means: the column's name for each meaning, None where it has none.

    ``answers`` are the columns of questions; ``plain`` says that there are no annotations in it, nor
    anything else that takes a second look.
    """

    text: str | None
    id: str | None
    spans: str | None
    content: str | None
    answers: tuple[tuple[str, Question], ...]
    plain: bool
    hint: str


class Columns:
    """Finds the meaning of columns by their names, for one queue's questions.

    Settings ``sentiment.text_column`` and ``sentiment.id_column`` overrule the names of these two.
    """

    def __init__(self, config: QueueConfig, settings: Mapping[str, Any]) -> None:
        self._text = str(settings.get("sentiment.text_column") or "")
        self._id = str(settings.get("sentiment.id_column") or "")
        asked = [one for one in config.questions if one.scope == "task" or one.part_kind == PART]
        self._questions: dict[str, Question] = {}
        for question in asked:
            self._questions.setdefault(_normal(question.title), question)
        for question in asked:
            self._questions[_normal(question.id)] = question

    @property
    def text_name(self) -> str:
        """The name the text's column is looked for under."""
        return self._text or "text"

    def plan(self, names: Sequence[str]) -> Plan:
        """What these columns mean; of two columns with one meaning the first has it."""
        text = _find(names, self._text, "text")
        ident = _find(names, self._id, "id")
        taken = {text, ident, *(name for name in names if name in OWN_COLUMNS)}
        answers: list[tuple[str, Question]] = []
        asked: set[str] = set()
        for name in names:
            question = None if name in taken else self._questions.get(_normal(name))
            if question is not None and question.id not in asked:
                asked.add(question.id)
                answers.append((name, question))
        known = {*taken, *(name for name, _ in answers)}
        hint = nearest(self.text_name, [name for name in names if name not in known])
        return Plan(
            text=text,
            id=ident,
            spans="spans" if "spans" in names else None,
            content="content" if "content" in names else None,
            answers=tuple(answers),
            plain=not answers and "spans" not in names and "content" not in names,
            hint=hint,
        )


def _find(names: Sequence[str], told: str, usual: str) -> str | None:
    wanted = told or usual
    if wanted in names:
        return wanted
    return next((name for name in names if _normal(name) == _normal(wanted)), None)


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()
