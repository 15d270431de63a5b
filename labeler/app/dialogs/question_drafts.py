"""A question while it is being written: every field as typed, what is wrong with it, and the result.

A half-written question is no Question (a scale needs two ends, a choice something to choose), so
the editor works on drafts. A draft is known by its ``ref``: the id of what is stored, which never
changes, or a mark of its own until the set is done and the id comes from the title.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from labeler.model.conditions import Condition
from labeler.model.questions import (
    Choice,
    ChoiceQuestion,
    ChoicesQuestion,
    NumberQuestion,
    PreferenceQuestion,
    Question,
    RankingQuestion,
    RecordsQuestion,
    ScaleQuestion,
    TextQuestion,
    TurnsQuestion,
)

__all__ = [
    "FIELDS",
    "ChoiceDraft",
    "ColumnDraft",
    "QuestionDraft",
    "TestDraft",
    "WhenDraft",
    "draft_of",
    "free_id",
    "is_new",
    "number_of",
    "question_of",
    "split_words",
]

NEW = "\0"
TestKind = Literal["is", "is_not", "answered", "unanswered"]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "choice": ("choices",),
    "choices": ("choices", "minimum", "maximum"),
    "scale": ("minimum", "maximum", "step", "low", "high", "anchors"),
    "number": ("minimum", "maximum", "integer", "unit"),
    "text": ("minimum", "maximum", "multiline", "prefill"),
    "preference": ("strongest", "part", "fewest", "most"),
    "ranking": ("part", "ties", "fewest", "most"),
    "records": ("columns", "minimum", "maximum"),
    "turns": ("roles", "minimum"),
}
"""The fields each kind of question has besides those of every question, in the order shown."""


class ChoiceDraft(msgspec.Struct, frozen=True):
    """One choice: ``ident`` is the id somebody typed for a new one, empty to take it from the title."""

    ref: str
    title: str = ""
    key: str = ""
    help: str = ""
    ident: str = ""


class ColumnDraft(msgspec.Struct, frozen=True):
    """One column of a question with rows."""

    ref: str
    title: str = ""
    kind: str = "text"
    required: bool = False
    choices: tuple[ChoiceDraft, ...] = ()
    ident: str = ""


class TestDraft(msgspec.Struct, frozen=True):
    """One test of a condition: a question's ref and what its answer must be.

    ``values`` are refs of choices, or what was typed for questions without choices.
    """

    question: str = ""
    test: TestKind = "is"
    values: tuple[str, ...] = ()


class WhenDraft(msgspec.Struct, frozen=True):
    """A condition: tests of which all or any must hold.

    ``kept`` is a condition that has no such form (somebody wrote it by hand): it stays as it is.
    """

    join: Literal["all", "any"] = "all"
    tests: tuple[TestDraft, ...] = ()
    kept: Condition | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the question is always asked."""
        return not self.tests and self.kept is None


class QuestionDraft(msgspec.Struct, frozen=True):
    """One question, every number as it was typed. Fields of other kinds keep what they had."""

    ref: str
    kind: str = "choice"
    ident: str = ""
    title: str = ""
    help: str = ""
    required: bool = False
    place: Literal["task", "region", "part"] = "task"
    part_kind: str = "response"
    when: WhenDraft = WhenDraft()
    rule: str = ""
    types: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    retired: bool = False
    choices: tuple[ChoiceDraft, ...] = ()
    columns: tuple[ColumnDraft, ...] = ()
    minimum: str = ""
    maximum: str = ""
    step: str = "1"
    low: str = ""
    high: str = ""
    anchors: tuple[tuple[str, str], ...] = ()
    integer: bool = False
    unit: str = ""
    multiline: bool = True
    prefill: bool = False
    strongest: str = "3"
    part: str = "response"
    fewest: str = ""
    most: str = ""
    ties: bool = True
    roles: str = "user, assistant"

    @property
    def scope(self) -> str:
        """The scope as it is stored."""
        return f"part:{self.part_kind.strip()}" if self.place == "part" else self.place

    @property
    def name(self) -> str:
        """What the list shows: the title, else the id."""
        return self.title.strip() or self.ident or ("" if is_new(self.ref) else self.ref)


def is_new(ref: str) -> bool:
    """Whether a ref is of something that is not stored yet."""
    return ref.startswith(NEW)


def number_of(text: str) -> float | None:
    """The number that was typed, with a point or a comma; None for nothing, ValueError for no number."""
    plain = text.strip().replace("\u2212", "-").replace(",", ".")
    if not plain:
        return None
    number = float(plain)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(text)
    return int(number) if number.is_integer() else number


def split_words(text: str) -> tuple[str, ...]:
    """What stands between commas, trimmed, without empty ones."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def free_id(title: str, used: Iterable[str], empty: str = "question") -> str:
    """The id of something new: its title in small letters with ``_`` for gaps, numbered if taken.

    ``empty`` is what it is called while it has no title.
    """
    words = re.sub(r"[^\w]+", "_", unicodedata.normalize("NFC", title.strip()).lower())
    wanted, taken = words.strip("_") or empty, set(used)
    number, found = 2, wanted
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    return found


# ------------------------------------------------------------------------------- from what is stored


def _typed(number: float | None) -> str:
    return "" if number is None else f"{number:.12g}"


def _bound(number: float) -> str:
    """A bound of zero that is only the default is left empty."""
    return _typed(number) if number else ""


def _choice_drafts(choices: Iterable[Choice]) -> tuple[ChoiceDraft, ...]:
    return tuple(ChoiceDraft(one.id, one.title or one.id, one.key, one.help) for one in choices)


def draft_of(question: Question) -> QuestionDraft:
    """The draft of a stored question."""
    kind = str(question.__struct_config__.tag)
    fields: dict[str, Any] = {
        "title": question.title or question.id,
        "help": question.help,
        "required": question.required,
        "place": "part" if question.part_kind is not None else question.scope,
        "when": _when_draft(question.when),
        "rule": question.rule,
        "types": question.types,
        "labels": question.labels,
        "retired": question.retired,
    }
    if question.part_kind is not None:
        fields["part_kind"] = question.part_kind
    match question:
        case ChoiceQuestion():
            fields["choices"] = _choice_drafts(question.choices)
        case ChoicesQuestion():
            fields["choices"] = _choice_drafts(question.choices)
            fields |= {"minimum": _bound(question.minimum), "maximum": _typed(question.maximum)}
        case ScaleQuestion():
            fields |= {name: _typed(getattr(question, name)) for name in ("minimum", "maximum")}
            fields |= {"step": _typed(question.step), "low": question.low, "high": question.high}
            fields["anchors"] = tuple(question.anchors.items())
        case NumberQuestion():
            fields |= {name: _typed(getattr(question, name)) for name in ("minimum", "maximum")}
            fields |= {"integer": question.integer, "unit": question.unit}
        case TextQuestion():
            fields |= {"minimum": _bound(question.minimum), "maximum": _typed(question.maximum)}
            fields |= {"multiline": question.multiline, "prefill": question.prefill == "part"}
        case PreferenceQuestion():
            fields |= {"strongest": _typed(question.strongest), "part": question.part}
            fields |= {"fewest": _bound(question.fewest), "most": _typed(question.most)}
        case RankingQuestion():
            fields |= {"part": question.part, "ties": question.ties}
            fields |= {"fewest": _bound(question.fewest), "most": _typed(question.most)}
        case RecordsQuestion():
            fields |= {"minimum": _bound(question.minimum), "maximum": _typed(question.maximum)}
            fields["columns"] = tuple(
                ColumnDraft(
                    one.id, one.title or one.id, one.kind, one.required, _choice_drafts(one.choices)
                )
                for one in question.columns
            )
        case TurnsQuestion():
            fields |= {"roles": ", ".join(question.roles), "minimum": _bound(question.minimum)}
    return QuestionDraft(question.id, kind, **fields)


def _when_draft(when: Condition | None) -> WhenDraft:
    if when is None:
        return WhenDraft()
    join: Literal["all", "any"] = "any" if when.any_ is not None else "all"
    inner = when.all_ or when.any_ or (when,)
    tests = [_test_draft(one) for one in inner]
    if any(one is None for one in tests):
        return WhenDraft(kept=when)
    return WhenDraft(join, tuple(one for one in tests if one is not None))


def _test_draft(test: Condition) -> TestDraft | None:
    no = test.not_ is not None
    inner = test.not_ if test.not_ is not None else test
    if inner.question is None:
        return None
    if inner.answered is not None:
        return TestDraft(inner.question, "unanswered" if no == inner.answered else "answered")
    wanted = [inner.is_] if inner.in_ is None else list(inner.in_)
    if not all(isinstance(one, str | int | float) for one in wanted):
        return None
    if any(isinstance(one, bool) for one in wanted):
        return None
    values = tuple(one if isinstance(one, str) else _typed(one) for one in wanted)
    return TestDraft(inner.question, "is_not" if no else "is", values)


# --------------------------------------------------------------------------------- to what is stored


def question_of(
    draft: QuestionDraft,
    ident: str,
    idents: Mapping[str, str],
    choices: Mapping[str, Mapping[str, str]],
    kinds: Mapping[str, str],
) -> Question:
    """The question a draft stands for; ValueError where the schema refuses it.

    ``idents`` is the id of every question by its ref, ``choices`` the ids of the choices by question
    and choice ref, ``kinds`` the kind of every question by ref: conditions are written with them.
    """
    table: dict[str, Any] = {
        "kind": draft.kind,
        "id": ident,
        "title": "" if draft.title.strip() == ident else draft.title.strip(),
        "help": draft.help.strip(),
        "required": draft.required,
        "scope": draft.scope,
        "rule": draft.rule.strip(),
        "types": draft.types if draft.place == "region" else (),
        "labels": draft.labels if draft.place == "region" else (),
        "retired": draft.retired,
    }
    when = _condition(draft.when, idents, choices, kinds)
    if when is not None:
        table["when"] = msgspec.to_builtins(when)
    for name in FIELDS[draft.kind]:
        value = _field(draft, name, choices.get(draft.ref, {}))
        if value is not None:
            table[name] = value
    try:
        return msgspec.convert(table, Question, strict=False)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        raise ValueError(str(error).partition(" - at `")[0]) from None


def _field(draft: QuestionDraft, name: str, choices: Mapping[str, str]) -> Any:
    match name:
        case "choices":
            return [_choice(one, choices[one.ref]) for one in draft.choices]
        case "columns":
            return [_column(one, choices) for one in draft.columns]
        case "minimum" | "maximum" | "step" | "strongest" | "fewest" | "most":
            return number_of(getattr(draft, name))
        case "anchors":
            return {point: words.strip() for point, words in draft.anchors if words.strip()}
        case "prefill":
            return "part" if draft.prefill and draft.place == "part" else ""
        case "roles":
            return split_words(draft.roles)
        case "low" | "high" | "unit" | "part":
            return getattr(draft, name).strip()
    return getattr(draft, name)


def _choice(one: ChoiceDraft, ident: str) -> dict[str, str]:
    title = one.title.strip()
    table = {"id": ident, "title": "" if title == ident else title}
    return table | {"key": one.key, "help": one.help.strip()}


def _column(one: ColumnDraft, idents: Mapping[str, str]) -> dict[str, Any]:
    ident, title = idents[one.ref], one.title.strip()
    table: dict[str, Any] = {"id": ident, "title": "" if title == ident else title}
    table |= {"kind": one.kind, "required": one.required}
    if one.kind == "choice":
        used: set[str] = {choice.ref for choice in one.choices if not is_new(choice.ref)}
        table["choices"] = []
        for choice in one.choices:
            inner = choice.ref if not is_new(choice.ref) else free_id(choice.title, used, "choice")
            used.add(inner)
            table["choices"].append(_choice(choice, inner))
    return table


def _condition(
    when: WhenDraft,
    idents: Mapping[str, str],
    choices: Mapping[str, Mapping[str, str]],
    kinds: Mapping[str, str],
) -> Condition | None:
    if when.kept is not None:
        return when.kept
    tests = [_test(one, idents, choices, kinds) for one in when.tests if one.question in idents]
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]
    joined = tuple(tests)
    return Condition(all_=joined) if when.join == "all" else Condition(any_=joined)


def _test(
    test: TestDraft,
    idents: Mapping[str, str],
    choices: Mapping[str, Mapping[str, str]],
    kinds: Mapping[str, str],
) -> Condition:
    question = idents[test.question]
    if test.test in ("answered", "unanswered"):
        return Condition(question=question, answered=test.test == "answered")
    known = choices.get(test.question, {})
    is_number = kinds.get(test.question) in ("scale", "number")
    values = tuple(number_of(one) if is_number else known.get(one, one) for one in test.values)
    if len(values) == 1:
        found = Condition(question=question, is_=values[0])
    else:
        found = Condition(question=question, in_=values)
    return Condition(not_=found) if test.test == "is_not" else found
