"""Questions: what is asked about content, a region or a part, and what counts as an answer.

A box attribute, a segment mark and a rating are the same thing. An answer is JSON typed by its
question: ``choice`` a choice id, ``choices`` a list of them, ``scale`` and ``number`` a number,
``text`` a string, ``preference`` ``{"kind", "strength"?}``, ``ranking`` ``{part id: rank}``,
``records`` a list of rows, ``turns`` a list of authored messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

import msgspec

from labeler.model.answer_words import figure, graphemes, is_number, kind_word
from labeler.model.conditions import Condition
from labeler.model.names import shown
from labeler.model.problems import counted, nearest

__all__ = [
    "QUESTION_KINDS",
    "Choice",
    "ChoiceQuestion",
    "ChoicesQuestion",
    "Column",
    "Condition",
    "NumberQuestion",
    "PreferenceQuestion",
    "Question",
    "QuestionHead",
    "RankingQuestion",
    "RecordsQuestion",
    "ScaleQuestion",
    "TextQuestion",
    "TurnsQuestion",
    "answer_faults",
    "graphemes",
    "is_asked",
    "is_asked_of",
]

MOST_POINTS = 1000
"""A scale with more steps than this is a number question."""

Faults = Iterator[tuple[str, str]]
"""Pairs (path below the answer, what is wrong); the path begins with ``.`` or ``[`` or is empty."""


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to choose; ``key`` is the single key that chooses it."""

    id: str
    title: str = ""
    key: str = ""
    help: str = ""

    @property
    def name(self) -> str:
        """What is shown: the title, or the id where there is none."""
        return shown(self.title or self.id)


class QuestionHead(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What every question has. ``scope`` is ``task``, ``region`` or ``part:KIND``.

    ``rule`` points to the guideline's heading that explains the question; ``types`` and ``labels``
    narrow a region-scope question to regions of these types or labels. A ``retired`` question is
    asked nowhere and kept for the answers it has.
    """

    id: str
    title: str = ""
    help: str = ""
    required: bool = False
    scope: str = "task"
    when: Condition | None = None
    rule: str = ""
    types: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    retired: bool = False

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a question needs an id")
        if self.scope not in ("task", "region") and not self.scope.startswith("part:"):
            raise ValueError(f"the scope {self.scope!r} is none of 'task', 'region', 'part:KIND'")

    @property
    def name(self) -> str:
        """What is shown: the title, or the id where there is none."""
        return shown(self.title or self.id)

    @property
    def part_kind(self) -> str | None:
        """The kind of part the question is asked about, or None."""
        return self.scope.removeprefix("part:") if self.scope.startswith("part:") else None


def _choice_fault(choice: Any, choices: Sequence[Choice]) -> str | None:
    known = [one.id for one in choices]
    if not isinstance(choice, str):
        return f"a choice is a text, not {kind_word(choice)}"
    if choice not in known:
        return f"{choice!r} is none of the choices{nearest(choice, known)}"
    return None


class _WithChoices(QuestionHead, frozen=True, kw_only=True):
    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        ids = [choice.id for choice in self.choices]
        if not ids:
            raise ValueError(f"the question {self.id!r} has no choices")
        for one in ids:
            if ids.count(one) > 1:
                raise ValueError(f"the question {self.id!r} has the choice {one!r} twice")


class ChoiceQuestion(_WithChoices, tag="choice", frozen=True, kw_only=True):
    """Exactly one of the choices."""

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        fault = _choice_fault(answer, self.choices)
        if fault:
            yield "", fault


class ChoicesQuestion(_WithChoices, tag="choices", frozen=True, kw_only=True):
    """Any number of the choices between ``minimum`` and ``maximum``."""

    minimum: int = 0
    maximum: int | None = None

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, (list, tuple)):
            yield "", f"the answer is a list of choices, not {kind_word(answer)}"
            return
        seen: set[str] = set()
        for number, choice in enumerate(answer):
            fault = _choice_fault(choice, self.choices)
            if fault:
                yield f"[{number}]", fault
                continue
            if choice in seen:
                yield f"[{number}]", f"{choice!r} is chosen twice"
            seen.add(choice)
        if len(answer) < self.minimum:
            yield "", f"choose at least {self.minimum}, {len(answer)} chosen"
        if self.maximum is not None and len(answer) > self.maximum:
            yield "", f"choose at most {self.maximum}, {len(answer)} chosen"


class ScaleQuestion(QuestionHead, tag="scale", frozen=True, kw_only=True):
    """A point on a scale from ``minimum`` to ``maximum`` in steps, its ends named.

    ``anchors`` names single points by their value as text (``{"-3": "very negative"}``).
    """

    minimum: float = 1
    maximum: float = 5
    step: float = 1
    low: str = ""
    high: str = ""
    anchors: dict[str, str] = {}

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.maximum > self.minimum or not self.step > 0:
            raise ValueError(f"the scale {self.id!r} has no points between its ends")
        if (self.maximum - self.minimum) / self.step > MOST_POINTS:
            raise ValueError(
                f"the scale {self.id!r} has more than {MOST_POINTS} points; ask for a number instead"
            )

    def points(self) -> tuple[float, ...]:
        """The values of the scale in order; whole numbers are ints."""
        count = int((self.maximum - self.minimum) / self.step + 1e-9) + 1
        raw = [round(self.minimum + self.step * n, 9) for n in range(count)]
        return tuple(int(value) if float(value).is_integer() else value for value in raw)

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not is_number(answer):
            yield "", f"a point on the scale is a number, not {kind_word(answer)}"
        elif answer not in self.points():
            yield (
                "",
                f"{figure(answer)} is no point of the scale {self.minimum:g} to {self.maximum:g}",
            )


class NumberQuestion(QuestionHead, tag="number", frozen=True, kw_only=True):
    """A number in ``unit``, within bounds where they are given."""

    minimum: float | None = None
    maximum: float | None = None
    integer: bool = False
    unit: str = ""

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not is_number(answer):
            yield "", f"the answer is a number, not {kind_word(answer)}"
            return
        if self.integer and isinstance(answer, float) and not answer.is_integer():
            yield "", f"the answer is a whole number, not {figure(answer)}"
        if self.minimum is not None and answer < self.minimum:
            yield "", f"{figure(answer)} is below {self.minimum:g}"
        if self.maximum is not None and answer > self.maximum:
            yield "", f"{figure(answer)} is above {self.maximum:g}"


class TextQuestion(QuestionHead, tag="text", frozen=True, kw_only=True):
    """A written answer of ``minimum`` to ``maximum`` graphemes (trimmed).

    ``prefill`` names where the text starts from: ``part`` for the text of the part asked about.
    """

    minimum: int = 0
    maximum: int | None = None
    multiline: bool = True
    prefill: Literal["", "part"] = ""

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, str):
            yield "", f"the answer is a text, not {kind_word(answer)}"
            return
        length = graphemes(answer) if self.minimum or self.maximum is not None else 0
        if length < self.minimum:
            yield "", f"write at least {counted(self.minimum, 'character')}, {length} written"
        if self.maximum is not None and length > self.maximum:
            yield "", f"write at most {counted(self.maximum, 'character')}, {length} written"


class _Compares(QuestionHead, frozen=True, kw_only=True):
    part: str = "response"
    fewest: int = 0
    most: int | None = None

    def has_parts(self, kinds: Iterable[str]) -> bool:
        """Whether a content with parts of these kinds has as many as the question is asked of."""
        count = sum(1 for kind in kinds if kind == self.part)
        return count >= self.fewest and (self.most is None or count <= self.most)


class PreferenceQuestion(_Compares, tag="preference", frozen=True, kw_only=True):
    """Which of exactly two parts is better, and by how much; negative is the first one.

    ``strength`` goes from −``strongest`` to ``strongest`` with ``prefer`` only; 0 is about the same.
    It is asked only of a content with ``fewest`` to ``most`` parts of the kind ``part``.
    """

    strongest: int = 3

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, Mapping):
            yield "", f"a preference is a table, not {kind_word(answer)}"
            return
        kinds = ("prefer", "tie_good", "tie_bad", "cannot_judge")
        kind = answer.get("kind")
        if kind not in kinds:
            yield ".kind", f"{kind!r} is none of {', '.join(kinds)}"
        for key in answer:
            if key not in ("kind", "strength"):
                yield f".{key}", "a preference has only a kind and a strength"
        strength = answer.get("strength")
        if kind == "prefer":
            if not isinstance(strength, int) or isinstance(strength, bool):
                yield ".strength", f"the strength is a whole number, not {kind_word(strength)}"
            elif abs(strength) > self.strongest:
                yield ".strength", f"{strength} is outside −{self.strongest} to {self.strongest}"
        elif strength is not None:
            yield ".strength", f"{kind!r} has no strength"


class RankingQuestion(_Compares, tag="ranking", frozen=True, kw_only=True):
    """An order of the parts of a kind: ranks from 1, dense; equal ranks are a tie.

    It is asked only of a content with ``fewest`` to ``most`` parts of the kind ``part``.
    """

    ties: bool = True

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, Mapping):
            yield "", f"a ranking is a table of parts and ranks, not {kind_word(answer)}"
            return
        ranks = []
        for part, rank in answer.items():
            if not isinstance(rank, int) or isinstance(rank, bool) or rank < 1:
                yield f".{part}", "a rank is a whole number from 1"
            else:
                ranks.append(rank)
        if ranks and max(ranks) != len(set(ranks)):
            yield "", "the ranks leave a gap; they count 1, 2, 3"
        if not self.ties and len(set(ranks)) != len(ranks):
            yield "", "two parts share a rank, and this ranking has no ties"


class Column(msgspec.Struct, frozen=True, omit_defaults=True):
    """One column of a records question, typed like a question."""

    id: str
    title: str = ""
    kind: Literal["choice", "text", "number", "check", "date", "url"] = "text"
    required: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        """What is shown: the title, or the id where there is none."""
        return shown(self.title or self.id)

    def fault(self, cell: Any) -> str | None:
        """What is wrong with a cell, or None."""
        if self.kind == "choice":
            return _choice_fault(cell, self.choices)
        if self.kind == "number":
            return None if is_number(cell) else f"the cell is a number, not {kind_word(cell)}"
        if self.kind == "check":
            return (
                None
                if isinstance(cell, bool)
                else f"the cell is true or false, not {kind_word(cell)}"
            )
        return None if isinstance(cell, str) else f"the cell is a text, not {kind_word(cell)}"


class RecordsQuestion(QuestionHead, tag="records", frozen=True, kw_only=True):
    """Rows with typed columns: rubric notes, sources, checklists, verdicts."""

    columns: tuple[Column, ...]
    minimum: int = 0
    maximum: int | None = None

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, (list, tuple)):
            yield "", f"the answer is a list of rows, not {kind_word(answer)}"
            return
        columns = {column.id: column for column in self.columns}
        for number, row in enumerate(answer):
            if not isinstance(row, Mapping):
                yield f"[{number}]", f"a row is a table, not {kind_word(row)}"
                continue
            for key, cell in row.items():
                if key not in columns:
                    yield f"[{number}].{key}", f"there is no column {key!r}{nearest(key, columns)}"
                elif fault := columns[key].fault(cell):
                    yield f"[{number}].{key}", fault
            for column in self.columns:
                if column.required and row.get(column.id) in (None, ""):
                    yield f"[{number}].{column.id}", f"the column {column.name!r} is empty"
        if len(answer) < self.minimum:
            yield "", f"give at least {counted(self.minimum, 'row')}, {len(answer)} given"
        if self.maximum is not None and len(answer) > self.maximum:
            yield "", f"give at most {counted(self.maximum, 'row')}, {len(answer)} given"


class TurnsQuestion(QuestionHead, tag="turns", frozen=True, kw_only=True):
    """Authored messages ``[{id, parent, role, text}]``; their ids can be pointed at like parts."""

    roles: tuple[str, ...] = ("user", "assistant")
    minimum: int = 0

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, (list, tuple)):
            yield "", f"the answer is a list of turns, not {kind_word(answer)}"
            return
        seen: set[str] = set()
        for number, turn in enumerate(answer):
            if not isinstance(turn, Mapping):
                yield f"[{number}]", f"a turn is a table, not {kind_word(turn)}"
                continue
            ident, parent = turn.get("id"), turn.get("parent")
            if not isinstance(ident, str) or not ident or ident in seen:
                yield f"[{number}].id", "a turn has an id of its own"
            if parent is not None and not (isinstance(parent, str) and parent in seen):
                yield f"[{number}].parent", f"{parent!r} is no earlier turn"
            if turn.get("role") not in self.roles:
                yield f"[{number}].role", f"{turn.get('role')!r} is none of {', '.join(self.roles)}"
            if not isinstance(turn.get("text"), str):
                yield f"[{number}].text", "a turn has a text"
            if isinstance(ident, str):
                seen.add(ident)
        if len(answer) < self.minimum:
            yield "", f"write at least {self.minimum} turns, {len(answer)} written"


Question = (
    ChoiceQuestion
    | ChoicesQuestion
    | ScaleQuestion
    | NumberQuestion
    | TextQuestion
    | PreferenceQuestion
    | RankingQuestion
    | RecordsQuestion
    | TurnsQuestion
)

QUESTION_KINDS: dict[str, type[QuestionHead]] = {
    str(cls.__struct_config__.tag): cls for cls in get_args(Question)
}
"""The kinds of question by the name they have in JSON."""


def answer_faults(question: Question, answer: Any) -> Faults:
    """What is wrong with one plain answer (not a ``per`` table) to the question."""
    check: Callable[[Any], Faults] = question.faults
    return check(answer)


def is_asked_of(question: Question, kinds: Iterable[str]) -> bool:
    """Whether the question is asked of a content with parts of these kinds."""
    return not isinstance(question, _Compares) or question.has_parts(kinds)


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether the question is asked, given the answers of its own place (task, region or part)."""
    if question.retired:
        return False
    return question.when is None or question.when.holds(answers)
