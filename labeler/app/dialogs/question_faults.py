"""What is wrong with a question that is being written, field by field, as far as it stands alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import msgspec

from labeler.app.dialogs.question_drafts import QuestionDraft, number_of, split_words
from labeler.model.questions import MOST_POINTS

__all__ = ["Fault", "bounds", "column_faults", "compared", "kind_faults", "value_faults"]

_MOST_STRENGTH = 9


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong: the field (``title``, ``choices[2].key``), a code, and its details."""

    field: str
    code: str
    details: dict[str, str] = {}


def value_faults(field: str, other: QuestionDraft, values: tuple[str, ...]) -> Iterator[Fault]:
    """What is wrong with the answers a condition names of another question."""
    if not any(value.strip() for value in values):
        yield Fault(field, "when_value")
    elif other.kind in ("choice", "choices"):
        known = {choice.ref for choice in other.choices}
        if not known.issuperset(values):
            yield Fault(field, "when_choice", {"owner": other.name})
    elif other.kind in ("scale", "number"):
        if any(_number(value) is None for value in values):
            yield Fault(field, "number")


def _number(text: str) -> float | None:
    try:
        return number_of(text)
    except ValueError:
        return None


def kind_faults(draft: QuestionDraft) -> Iterator[Fault]:
    """What is wrong with the fields that only this kind of question has."""
    match draft.kind:
        case "scale":
            yield from _scale_faults(draft)
        case "number":
            yield from bounds(draft, None, whole=draft.integer, negative=True)
        case "text" | "records" | "turns":
            yield from bounds(draft, None)
        case "preference":
            strongest = _number(draft.strongest)
            if strongest is None or strongest not in range(1, _MOST_STRENGTH + 1):
                yield Fault("strongest", "strength", {"most": str(_MOST_STRENGTH)})
    if draft.kind in ("preference", "ranking"):
        if not draft.part.strip():
            yield Fault("part", "part")
        yield from bounds(draft, None, ends=("fewest", "most"))
    if draft.kind == "turns":
        roles = split_words(draft.roles)
        if not roles or len(set(roles)) < len(roles):
            yield Fault("roles", "roles")


def _scale_faults(draft: QuestionDraft) -> Iterator[Fault]:
    low, high, step = (_number(getattr(draft, name)) for name in ("minimum", "maximum", "step"))
    for name, value in (("minimum", low), ("maximum", high), ("step", step)):
        if value is None:
            yield Fault(name, "number")
    if low is None or high is None or step is None:
        return
    if step <= 0:
        yield Fault("step", "step")
    elif high <= low:
        yield Fault("maximum", "order")
    elif (high - low) / step > MOST_POINTS:
        yield Fault("step", "points", {"most": str(MOST_POINTS)})


def bounds(
    draft: QuestionDraft,
    most: int | None,
    *,
    whole: bool = True,
    negative: bool = False,
    ends: tuple[str, str] = ("minimum", "maximum"),
) -> Iterator[Fault]:
    """What is wrong with least and most; ``most`` is how many there can be at all."""
    names = [name for name in ends if getattr(draft, name).strip()]
    if draft.kind in ("choice", "turns"):
        names = [name for name in names if draft.kind == "turns" and name == "minimum"]
    values: dict[str, float] = {}
    for name in names:
        value = _number(getattr(draft, name))
        if value is None:
            yield Fault(name, "number")
        elif whole and not float(value).is_integer():
            yield Fault(name, "whole")
        elif value < 0 and not negative:
            yield Fault(name, "negative")
        else:
            values[name] = value
    least, greatest = ends
    if len(values) == 2 and values[greatest] < values[least]:
        yield Fault(greatest, "order")
    if most is not None and values.get(least, 0) > most:
        yield Fault(least, "too_many")


def column_faults(draft: QuestionDraft) -> Iterator[Fault]:
    """What is wrong with the columns of a question with rows."""
    if not draft.columns:
        yield Fault("columns", "no_columns")
    titles = [compared(one.title) for one in draft.columns]
    for number, one in enumerate(draft.columns):
        field = f"columns[{number}]"
        if not titles[number]:
            yield Fault(f"{field}.title", "empty")
        elif titles.index(titles[number]) < number:
            yield Fault(f"{field}.title", "double")
        if one.kind == "choice":
            words = [compared(choice.title) for choice in one.choices]
            if not words:
                yield Fault(f"{field}.choices", "no_choices")
            elif len(set(words)) < len(words):
                yield Fault(f"{field}.choices", "double")


def compared(title: str) -> str:
    """The title as two of them are compared."""
    return unicodedata.normalize("NFC", title.strip()).casefold()
