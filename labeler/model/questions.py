"""Questions: what is asked about content, a region or a part, and what counts as an answer.

A box attribute, a segment mark and a rating are the same thing. An answer is JSON typed by its
question: ``choice`` a choice id, ``choices`` a list of them, ``scale`` and ``number`` a number,
``text`` a string, ``preference`` ``{"kind", "strength"?}``, ``ranking`` ``{part id: rank}``,
``records`` a list of rows, ``turns`` a list of authored messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from labeler.model.problems import nearest

__all__ = [
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
]

Faults = Iterator[tuple[str, str]]
"""Pairs (path below the answer, what is wrong); the path begins with ``.`` or ``[`` or is empty."""


def graphemes(text: str) -> int:
    """How many characters a reader sees in the text, trimmed (extended grapheme clusters)."""
    stripped = text.strip()
    if stripped.isascii() and "\r" not in stripped:
        return len(stripped)
    import regex  # 30 ms to load, and most answers never need it

    return sum(1 for _ in regex.finditer(r"\X", stripped))


class Condition(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True
):
    """When a question is asked: a test on another answer, or ``all``, ``any``, ``not`` of such tests.

    Exactly one of ``question`` (with ``is``, ``in`` or ``answered``), ``all``, ``any``, ``not`` is given.
    """

    question: str | None = None
    is_: Any = msgspec.field(default=msgspec.UNSET, name="is")
    in_: tuple[Any, ...] | None = msgspec.field(default=None, name="in")
    answered: bool | None = None
    all_: tuple[Condition, ...] | None = msgspec.field(default=None, name="all")
    any_: tuple[Condition, ...] | None = msgspec.field(default=None, name="any")
    not_: Condition | None = msgspec.field(default=None, name="not")

    def __post_init__(self) -> None:
        forms = [self.question, self.all_, self.any_, self.not_]
        if sum(form is not None for form in forms) != 1:
            raise ValueError("a condition has exactly one of 'question', 'all', 'any', 'not'")
        tests = (self.is_ is not msgspec.UNSET) + (self.in_ is not None)
        tests += self.answered is not None
        if self.question is not None and tests != 1:
            raise ValueError("a test on a question has exactly one of 'is', 'in', 'answered'")

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the condition is met by these answers (question id → answer)."""
        if self.all_ is not None:
            return all(part.holds(answers) for part in self.all_)
        if self.any_ is not None:
            return any(part.holds(answers) for part in self.any_)
        if self.not_ is not None:
            return not self.not_.holds(answers)
        answer = answers.get(self.question or "")
        if self.answered is not None:
            return (answer is not None) == self.answered
        wanted = [self.is_] if self.in_ is None else list(self.in_)
        if isinstance(answer, (list, tuple)):
            return any(one in wanted for one in answer)
        return answer in wanted

    def questions(self) -> Iterator[str]:
        """Ids of the questions the condition looks at."""
        if self.question is not None:
            yield self.question
        for part in (*(self.all_ or ()), *(self.any_ or ()), *([self.not_] if self.not_ else ())):
            yield from part.questions()


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to choose; ``key`` is the single key that chooses it."""

    id: str
    title: str = ""
    key: str = ""
    help: str = ""

    @property
    def name(self) -> str:
        """What is shown: the title, or the id where there is none."""
        return self.title or self.id


class QuestionHead(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What every question has. ``scope`` is ``task``, ``region`` or ``part:KIND``.

    ``rule`` points to the guideline's heading that explains the question; ``types`` and ``labels``
    narrow a region-scope question to regions of these types or labels.
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

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a question needs an id")
        if self.scope not in ("task", "region") and not self.scope.startswith("part:"):
            raise ValueError(f"the scope {self.scope!r} is none of 'task', 'region', 'part:KIND'")

    @property
    def name(self) -> str:
        """What is shown: the title, or the id where there is none."""
        return self.title or self.id

    @property
    def part_kind(self) -> str | None:
        """The kind of part the question is asked about, or None."""
        return self.scope.removeprefix("part:") if self.scope.startswith("part:") else None


def _choice_fault(choice: Any, choices: Sequence[Choice]) -> str | None:
    known = [one.id for one in choices]
    if not isinstance(choice, str):
        return f"a choice is a text, not {_kind(choice)}"
    if choice not in known:
        return f"{choice!r} is none of the choices{nearest(choice, known)}"
    return None


def _kind(answer: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text"}
    if answer is None:
        return "null"
    if isinstance(answer, Mapping):
        return "a table"
    if isinstance(answer, (list, tuple)):
        return "a list"
    return names.get(type(answer), type(answer).__name__)


def _is_number(answer: Any) -> bool:
    return isinstance(answer, (int, float)) and not isinstance(answer, bool)


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
            yield "", f"the answer is a list of choices, not {_kind(answer)}"
            return
        for number, choice in enumerate(answer):
            fault = _choice_fault(choice, self.choices)
            if fault:
                yield f"[{number}]", fault
            elif choice in answer[:number]:
                yield f"[{number}]", f"{choice!r} is chosen twice"
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

    def points(self) -> tuple[float, ...]:
        """The values of the scale in order; whole numbers are ints."""
        count = int((self.maximum - self.minimum) / self.step + 1e-9) + 1
        raw = [round(self.minimum + self.step * n, 9) for n in range(count)]
        return tuple(int(value) if float(value).is_integer() else value for value in raw)

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not _is_number(answer):
            yield "", f"a point on the scale is a number, not {_kind(answer)}"
        elif answer not in self.points():
            yield "", f"{answer:g} is no point of the scale {self.minimum:g} to {self.maximum:g}"


class NumberQuestion(QuestionHead, tag="number", frozen=True, kw_only=True):
    """A number in ``unit``, within bounds where they are given."""

    minimum: float | None = None
    maximum: float | None = None
    integer: bool = False
    unit: str = ""

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not _is_number(answer):
            yield "", f"the answer is a number, not {_kind(answer)}"
            return
        if self.integer and not float(answer).is_integer():
            yield "", f"the answer is a whole number, not {answer:g}"
        if self.minimum is not None and answer < self.minimum:
            yield "", f"{answer:g} is below {self.minimum:g}"
        if self.maximum is not None and answer > self.maximum:
            yield "", f"{answer:g} is above {self.maximum:g}"


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
            yield "", f"the answer is a text, not {_kind(answer)}"
            return
        length = graphemes(answer) if self.minimum or self.maximum is not None else 0
        if length < self.minimum:
            yield "", f"write at least {self.minimum} characters, {length} written"
        if self.maximum is not None and length > self.maximum:
            yield "", f"write at most {self.maximum} characters, {length} written"


class PreferenceQuestion(QuestionHead, tag="preference", frozen=True, kw_only=True):
    """Which of exactly two parts is better, and by how much; negative is the first one.

    ``strength`` goes from −``strongest`` to ``strongest`` with ``prefer`` only; 0 is about the same.
    """

    strongest: int = 3
    part: str = "response"

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, Mapping):
            yield "", f"a preference is a table, not {_kind(answer)}"
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
                yield ".strength", f"the strength is a whole number, not {_kind(strength)}"
            elif abs(strength) > self.strongest:
                yield ".strength", f"{strength} is outside −{self.strongest} to {self.strongest}"
        elif strength is not None:
            yield ".strength", f"{kind!r} has no strength"


class RankingQuestion(QuestionHead, tag="ranking", frozen=True, kw_only=True):
    """An order of the parts of a kind: ranks from 1, dense; equal ranks are a tie."""

    part: str = "response"
    ties: bool = True

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, Mapping):
            yield "", f"a ranking is a table of parts and ranks, not {_kind(answer)}"
            return
        ranks = []
        for part, rank in answer.items():
            if not isinstance(rank, int) or isinstance(rank, bool) or rank < 1:
                yield f".{part}", "a rank is a whole number from 1"
            else:
                ranks.append(rank)
        if ranks and sorted(set(ranks)) != list(range(1, max(ranks) + 1)):
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
        return self.title or self.id

    def fault(self, cell: Any) -> str | None:
        """What is wrong with a cell, or None."""
        if self.kind == "choice":
            return _choice_fault(cell, self.choices)
        if self.kind == "number":
            return None if _is_number(cell) else f"the cell is a number, not {_kind(cell)}"
        if self.kind == "check":
            return (
                None if isinstance(cell, bool) else f"the cell is true or false, not {_kind(cell)}"
            )
        return None if isinstance(cell, str) else f"the cell is a text, not {_kind(cell)}"


class RecordsQuestion(QuestionHead, tag="records", frozen=True, kw_only=True):
    """Rows with typed columns: rubric notes, sources, checklists, verdicts."""

    columns: tuple[Column, ...]
    minimum: int = 0
    maximum: int | None = None

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, (list, tuple)):
            yield "", f"the answer is a list of rows, not {_kind(answer)}"
            return
        columns = {column.id: column for column in self.columns}
        for number, row in enumerate(answer):
            if not isinstance(row, Mapping):
                yield f"[{number}]", f"a row is a table, not {_kind(row)}"
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
            yield "", f"give at least {self.minimum} rows, {len(answer)} given"
        if self.maximum is not None and len(answer) > self.maximum:
            yield "", f"give at most {self.maximum} rows, {len(answer)} given"


class TurnsQuestion(QuestionHead, tag="turns", frozen=True, kw_only=True):
    """Authored messages ``[{id, parent, role, text}]``; their ids can be pointed at like parts."""

    roles: tuple[str, ...] = ("user", "assistant")
    minimum: int = 0

    def faults(self, answer: Any) -> Faults:
        """What is wrong with the answer."""
        if not isinstance(answer, (list, tuple)):
            yield "", f"the answer is a list of turns, not {_kind(answer)}"
            return
        seen: set[str] = set()
        for number, turn in enumerate(answer):
            if not isinstance(turn, Mapping):
                yield f"[{number}]", f"a turn is a table, not {_kind(turn)}"
                continue
            ident, parent = turn.get("id"), turn.get("parent")
            if not isinstance(ident, str) or not ident or ident in seen:
                yield f"[{number}].id", "a turn has an id of its own"
            if parent is not None and parent not in seen:
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


def answer_faults(question: Question, answer: Any) -> Faults:
    """What is wrong with one plain answer (not a ``per`` table) to the question."""
    check: Callable[[Any], Faults] = question.faults
    return check(answer)


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether the question is asked, given the answers of its own place (task, region or part)."""
    return question.when is None or question.when.holds(answers)
