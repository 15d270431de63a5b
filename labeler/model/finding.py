"""Which tasks are looked for: a Filter, and the line of text a person writes it as.

``clean room -towel "took an hour" status:returned people:>=2`` is words that must be there (the last
one may go on), a word that must not, words in a row, and conditions on fields. Text and Filter are
two faces of one thing: ``read_filter(filter_text(it))`` is ``it``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from typing import Literal

import msgspec

from labeler.model.problems import Refusal, nearest
from labeler.model.statuses import STATUSES
from labeler.model.words import words

__all__ = [
    "FIELDS",
    "LEAST_PART",
    "MOST_PARTS",
    "ORDERED",
    "SORTED",
    "YES_NO",
    "Condition",
    "Filter",
    "Sort",
    "Words",
    "filter_text",
    "read_filter",
    "read_sort",
    "sort_text",
]

FIELDS = ("status", "queue", "by", "people", "label", "changed", "key", "conflict", "predicted")
"""Fields every task has; besides them questions, by their id, and ``meta.COLUMN``."""
ORDERED = ("people", "changed")
"""Those of them that can be compared with ``>=`` and the like."""
YES_NO = ("conflict", "predicted")
SORTED = ("key", "queue", "status", "people", "changed")
"""What tasks can be sorted by."""
MOST_PARTS = 64
"""Words and conditions of one filter."""
LEAST_PART = 3
"""Letters of a part of a word (``*part*``)."""
MOST_PEOPLE = 99

Shape = Literal["whole", "start", "part"]
Operator = Literal["", ">=", "<=", ">", "<"]
_OPERATORS: tuple[Operator, ...] = (">=", "<=", ">", "<")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|today|yesterday")
_SLIP = 0.8
_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words in a row that a text of the task holds, or with ``negated`` must not hold.

    ``whole`` words stand as they are, the last one of ``start`` may go on, ``part`` may stand in the
    middle of a word.
    """

    text: str
    shape: Shape = "whole"
    negated: bool = False


class Condition(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field has one of these values; with an operator it is compared with the only one."""

    field: str
    values: tuple[str, ...]
    operator: Operator = ""
    negated: bool = False


class Sort(msgspec.Struct, frozen=True, omit_defaults=True):
    """By what tasks are sorted, one of SORTED; those that are equal stay in order of the queues."""

    column: str
    descending: bool = False


class Filter(msgspec.Struct, frozen=True, omit_defaults=True):
    """What must all be so of a task, and in which order they come; an empty one leaves nothing out.

    Without ``sort`` they come in order of the queues.
    """

    words: tuple[Words, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sort: Sort | None = None

    @property
    def is_on(self) -> bool:
        """Whether it may leave anything out."""
        return bool(self.words or self.conditions)

    def also(self, other: Filter) -> Filter:
        """What both let through, each condition once; sorted as the other, if it says how."""
        more = tuple(one for one in other.conditions if one not in self.conditions)
        return Filter(self.words + other.words, self.conditions + more, other.sort or self.sort)

    def sorted_by(self, sort: Sort | None) -> Filter:
        """The same tasks in this order."""
        return msgspec.structs.replace(self, sort=sort)

    def only(self, field: str) -> str:
        """The one value a field must have, or an empty text where the filter leaves it open."""
        for one in self.conditions:
            if one.field == field and len(one.values) == 1 and not (one.negated or one.operator):
                return one.values[0]
        return ""


# from text


class _Reader:
    """Reads one line from its start to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def next(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip_spaces(self) -> None:
        while self.next() and (self.next().isspace() or self.next() == "\0"):
            self.at += 1

    def quoted(self) -> str:
        """What stands between quotes, a doubled one being one of them; the end of the line ends it."""
        self.at += 1
        found = ""
        while self.next():
            if self.next() == '"':
                self.at += 1
                if self.next() != '"':
                    break
            found += self.next()
            self.at += 1
        return found

    def bare(self, ends: str) -> str:
        begin = self.at
        while self.next() and not self.next().isspace() and self.next() not in ends:
            self.at += 1
        return self.text[begin : self.at]

    def values(self) -> tuple[Operator, tuple[str, ...]]:
        """What stands behind a colon."""
        operator: Operator = ""
        for one in _OPERATORS:
            if self.text.startswith(one, self.at):
                operator = one
                self.at += len(one)
                break
        found = []
        while True:
            value = self.quoted() if self.next() == '"' else self.bare(",")
            if value:
                found.append(value)
            if self.next() != ",":
                break
            self.at += 1
        # A quote in the middle of a value belongs to it as any letter.
        rest = self.bare("")
        if rest and found:
            found[-1] += rest
        return operator, tuple(dict.fromkeys(found))


def read_filter(text: str, names: Collection[str] = ()) -> Filter:
    """The filter a person wrote; ``names`` are fields there are besides FIELDS (ids of questions).

    Raises Refusal that names the letter (from 1) where it cannot be understood. A quote that is not
    closed goes on to the end.
    """
    reader = _Reader(text)
    found: list[tuple[bool, Words]] = []
    conditions: list[Condition] = []
    sort: Sort | None = None
    while True:
        reader.skip_spaces()
        begin = reader.at
        if not reader.next():
            break
        negated = reader.next() == "-"
        reader.at += negated
        quoted = reader.next() == '"'
        word = reader.quoted() if quoted else reader.bare(':"')
        if word and reader.next() == ":" and not word.startswith("*"):
            reader.at += 1
            if word.lower() == "sort" and not (negated or quoted):
                sort = read_sort(reader.bare(""), begin)
                continue
            condition = _condition(word, reader, negated, names, begin, quoted)
            if condition is not None:
                conditions.append(condition)
                continue
            quoted = False
            word = text[begin + negated : reader.at]
        if not quoted and reader.next() and not reader.next().isspace():
            word += reader.bare("")
        goes_on = word.endswith("*")
        if quoted:
            goes_on = reader.next() == "*"
            reader.at += goes_on
        one = _words(word, quoted, goes_on, negated, begin)
        if one is not None:
            found.append((not quoted and "*" not in word, one))
    if len(found) + len(conditions) > MOST_PARTS:
        count = len(found) + len(conditions)
        raise Refusal.of("search_long", "", count=count, most=MOST_PARTS)
    return Filter(tuple(_last_goes_on(found)), tuple(dict.fromkeys(conditions)), sort)


def read_sort(text: str, begin: int = 0) -> Sort:
    """An order as a person writes it: ``changed`` or ``changed:desc``. Raises Refusal.

    ``begin`` is the letter it begins at, from 0.
    """
    column, _, way = text.strip().partition(":")
    if not column:
        raise Refusal.of("search_empty", "", field="sort", at=begin + 1)
    wrong, known = "", tuple[str, ...]()
    if column.lower() not in SORTED:
        wrong, known = column, SORTED
    elif way.lower() not in ("", "asc", "desc"):
        wrong, known = way, ("asc", "desc")
    if wrong:
        hint = nearest(wrong, known)
        raise Refusal.of("search_value", "", field="sort", value=wrong, hint=hint, at=begin + 1)
    return Sort(column.lower(), way.lower() == "desc")


def _words(word: str, quoted: bool, goes_on: bool, negated: bool, begin: int) -> Words | None:
    bare = word if quoted else word.strip("*")
    known = words(bare)
    if not known:
        return None
    if quoted or not word.startswith("*"):
        return Words(bare, "start" if goes_on else "whole", negated)
    if len(known) > 1 or (len(known[0]) == 1 and not known[0].isascii()):
        # In scripts without spaces whatever stands in a row is found anywhere as it is.
        return Words(bare, "whole", negated)
    if len(known[0]) < LEAST_PART:
        raise Refusal.of("search_part", "", word=known[0], least=LEAST_PART, at=begin + 1)
    return Words(known[0], "part", negated)


def _last_goes_on(found: list[tuple[bool, Words]]) -> Iterator[Words]:
    """A last word that is no more than written may be one that is still being typed."""
    for number, (bare, one) in enumerate(found):
        if bare and one.shape == "whole" and number == len(found) - 1:
            yield Words(one.text, "start", one.negated)
        else:
            yield one


def _condition(
    field: str, reader: _Reader, negated: bool, names: Collection[str], begin: int, quoted: bool
) -> Condition | None:
    """The condition behind ``FIELD:``, or None where the colon is no more than a letter."""
    after = reader.at
    operator, values = reader.values()
    known = field.lower()
    if known in FIELDS:
        field = known
    elif not (field in names or field.startswith("meta.")):
        # Nearly a field's name is a slip; further away it is a column, or no field at all.
        slip = not quoted and difflib.get_close_matches(known, FIELDS, 1, _SLIP)
        hint = nearest(known, FIELDS) if slip else ""
        if hint and values:
            raise Refusal.of("search_field", "", field=field, hint=hint, at=begin + 1)
        if not values or operator or field.isdigit():
            reader.at = after
            return None
    if not values:
        raise Refusal.of("search_empty", "", field=field, at=begin + 1)
    for value in values:
        _check(field, operator, value, len(values), after + 1)
    return Condition(field, values, operator, negated)


def _check(field: str, operator: Operator, value: str, count: int, at: int) -> None:
    if operator and (count > 1 or (field in FIELDS and field not in ORDERED)):
        raise Refusal.of("search_compare", "", field=field, operator=operator, at=at)
    hint = ""
    match field:
        case "status":
            wrong, hint = value not in STATUSES, nearest(value, STATUSES)
        case "people":
            wrong = not (value.isascii() and value.isdigit() and int(value[:9]) <= MOST_PEOPLE)
        case "changed":
            wrong = not is_day(value)
        case "conflict" | "predicted":
            wrong = value not in ("yes", "no")
        case _:
            wrong = False
    if wrong:
        raise Refusal.of("search_value", "", field=field, value=value, hint=hint, at=at)


def is_day(value: str) -> bool:
    """Whether this is ``2026``, ``2026-05``, ``2026-05-01``, ``today`` or ``yesterday``."""
    found = _DAY.fullmatch(value)
    if found is None or found[1] is None:
        return found is not None
    month = int(found[2] or 1)
    if not 1 <= month <= 12 or not 1970 <= int(found[1]) <= 9998:
        return False
    leap = int(found[1]) % 4 == 0 and (int(found[1]) % 100 != 0 or int(found[1]) % 400 == 0)
    days = 28 if month == 2 and not leap else _DAYS_IN[month - 1]
    return 1 <= int(found[3] or 1) <= days


# to text


def filter_text(wanted: Filter) -> str:
    """The filter as a person writes it, words first."""
    last = len(wanted.words) - 1
    parts = [_word_text(one, number == last) for number, one in enumerate(wanted.words)]
    order = [] if wanted.sort is None else [f"sort:{sort_text(wanted.sort)}"]
    return " ".join([*parts, *map(condition_text, wanted.conditions), *order])


def sort_text(sort: Sort) -> str:
    """An order as a person writes it."""
    return f"{sort.column}:desc" if sort.descending else sort.column


def condition_text(one: Condition) -> str:
    """A condition as a person writes it."""
    values = ",".join(_value_text(value) for value in one.values)
    is_plain = _PLAIN_NAME.fullmatch(one.field) and one.field.lower() != "sort"
    name = one.field if is_plain else _in_quotes(one.field)
    return f"{'-' if one.negated else ''}{name}:{one.operator}{values}"


_PLAIN = re.compile(r"[^\s\0\"*:,<>=-][^\s\0\"*:,]*")
_PLAIN_NAME = re.compile(r"[^\s\0\":*-][^\s\0\":]*")


def _word_text(one: Words, last: bool) -> str:
    sign = "-" if one.negated else ""
    if one.shape == "part":
        return f"{sign}*{one.text}*"
    if not _PLAIN.fullmatch(one.text):
        return f"{sign}{_in_quotes(one.text)}" + ("*" if one.shape == "start" else "")
    if one.shape == "start":
        return f"{sign}{one.text}" + ("" if last else "*")
    return sign + (_in_quotes(one.text) if last else one.text)


def _value_text(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else _in_quotes(value)


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
