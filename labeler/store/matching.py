"""A filter as facts and words of this project: one meaning for the scan and for the index.

All clauses must hold; a clause holds where one of its atoms does, or, negated, where none does. Names
a person knows (of queues, people, labels, choices) become what is stored here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from labeler.model.finding import Condition, Filter, Words
from labeler.model.problems import Refusal, nearest
from labeler.model.questions import ChoiceQuestion, ChoicesQuestion, Question, ScaleQuestion
from labeler.model.words import fact, fold, words
from labeler.store.documents import EVERY, Document
from labeler.store.file import ProjectFile
from labeler.store.rows import QueueRow

__all__ = ["Atom", "Clause", "Wanted", "holds", "match_expression", "matches", "wanted_of"]

_FIRST_YEAR = 1970


class Atom(NamedTuple):
    """Words in a row (``shape`` as of Words, or ``key``: within the key), or one ``fact``.

    Of a fact, whose only word is a hash, ``field`` and ``value`` say what it is about.
    """

    words: tuple[str, ...]
    shape: str
    field: str = ""
    value: str = ""


class Clause(NamedTuple):
    """One of the atoms is so; negated: none of them."""

    atoms: tuple[Atom, ...]
    negated: bool


Wanted = tuple[Clause, ...]


def wanted_of(
    asked: Filter, file: ProjectFile, read_queues: Callable[[], list[QueueRow]]
) -> Wanted:
    """What a filter means here. Raises Refusal for a queue or a person nobody knows."""
    found = [_words_clause(one) for one in asked.words]
    if asked.conditions:
        names = _Names(file, read_queues)
        found += [names.clause(one) for one in asked.conditions]
    return tuple(clause for clause in found if clause.atoms or not clause.negated)


def _words_clause(one: Words) -> Clause:
    return Clause((Atom(tuple(words(one.text)), one.shape),), one.negated)


class _Names:
    """What names mean in one project."""

    def __init__(self, file: ProjectFile, read_queues: Callable[[], list[QueueRow]]) -> None:
        self._file = file
        self._read_queues = read_queues
        self._queues: list[QueueRow] | None = None

    @property
    def queues(self) -> list[QueueRow]:
        if self._queues is None:
            self._queues = self._read_queues()
        return self._queues

    def clause(self, one: Condition) -> Clause:
        match one.field:
            case "people":
                return _people(one)
            case "changed":
                return _changed(one)
        atoms = tuple(atom for value in one.values for atom in self._atoms(one, value))
        return Clause(tuple(dict.fromkeys(atoms)), one.negated)

    def _atoms(self, one: Condition, value: str) -> Iterator[Atom]:
        match one.field:
            case "status" | "conflict" | "predicted":
                yield _fact(one.field, value)
            case "queue":
                yield self._queue(value)
            case "by":
                yield from self._people_called(value)
            case "label":
                for name in dict.fromkeys([value, *self._labels_called(value)]):
                    yield _fact("label", name)
            case "key":
                yield Atom(tuple(words(value)), "key")
            case field if field.startswith("meta."):
                yield _fact(f"meta.{fold(field.removeprefix('meta.'))}", fold(value))
            case field:
                asked = [
                    question
                    for queue in self.queues
                    if (question := queue.config.question(field)) is not None
                ]
                if asked:
                    yield from _answers(field, asked, one, value)
                else:
                    yield _fact(f"meta.{fold(field)}", fold(value))
                    yield Atom(tuple(words(f"{field} {value}")), "whole")

    def _queue(self, value: str) -> Atom:
        rows = self._file.rows("SELECT id, name FROM queue")
        titles = {one.name: one.title for one in self.queues}
        for ent, name in sorted(rows, key=lambda row: row[1] != value):
            if fold(value) in (fold(name), fold(titles.get(name, name))):
                return _fact("queue", str(ent))
        hint = nearest(value, [name for _, name in rows])
        raise Refusal.of("queue_unknown", self._file.where, queue=value, hint=hint)

    def _people_called(self, value: str) -> Iterator[Atom]:
        wanted = fold(value)
        rows = self._file.rows("SELECT id, handle, name FROM who")
        found = [row[0] for row in rows if wanted in (fold(row[1]), fold(row[2]))]
        if not found:
            raise Refusal.of("person_unknown", self._file.where, person=value)
        for row in found:
            yield _fact("by", str(row))

    def _labels_called(self, value: str) -> Iterator[str]:
        wanted = fold(value)
        for queue in self.queues:
            for label in queue.config.labels:
                if wanted in (fold(label.id), fold(label.title)):
                    yield label.id


def _fact(field: str, value: str) -> Atom:
    return Atom((fact(field, value),), "fact", field, value)


def _answers(field: str, asked: list[Question], one: Condition, value: str) -> Iterator[Atom]:
    if one.operator:
        yield from _points(field, asked, one.operator, value)
        return
    yield _fact(f"answer.{field}", fold(value))
    for question in asked:
        if isinstance(question, (ChoiceQuestion, ChoicesQuestion)):
            for choice in question.choices:
                if fold(choice.title) == fold(value):
                    yield _fact(f"answer.{field}", fold(choice.id))


def _points(field: str, asked: list[Question], operator: str, value: str) -> Iterator[Atom]:
    """The points of a scale that compare so with a number."""
    try:
        bound = float(value)
    except ValueError:
        raise Refusal.of("search_order", "", field=field, operator=operator) from None
    scales = [question for question in asked if isinstance(question, ScaleQuestion)]
    if not scales:
        raise Refusal.of("search_order", "", field=field, operator=operator)
    for scale in scales:
        for point in scale.points():
            if _compares(float(point), operator, bound):
                yield _fact(f"answer.{field}", fold(str(point)))


def _compares(left: float, operator: str, right: float) -> bool:
    match operator:
        case ">=":
            return left >= right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left < right


def _people(one: Condition) -> Clause:
    counts = [int(value) for value in one.values]
    negated = one.negated
    if one.operator:
        bound = counts[0]
        # Counts have no greatest: "at least" is "none of those below".
        counts = [*range(bound + (one.operator in (">", "<=")))]
        negated ^= one.operator in (">", ">=")
    return Clause(tuple(_fact("people", str(count)) for count in counts), negated)


def _changed(one: Condition) -> Clause:
    days = [_day(value) for value in one.values]
    if not one.operator:
        return Clause(tuple(_fact("changed", day) for day in days), one.negated)
    before = list(_before(days[0], including=one.operator in ("<=", ">")))
    if one.operator in ("<", "<="):
        return Clause(tuple(_fact("changed", name) for name in before), one.negated)
    never = [_fact("changed", "no")]
    return Clause((*never, *(_fact("changed", name) for name in before)), not one.negated)


def _day(value: str) -> str:
    now = time.time()
    match value:
        case "today":
            return time.strftime("%Y-%m-%d", time.localtime(now))
        case "yesterday":
            # Noon, so that a day of 23 or 25 hours is one day all the same.
            noon = time.mktime((*time.localtime(now)[:3], 12, 0, 0, 0, 0, -1))
            return time.strftime("%Y-%m-%d", time.localtime(noon - 24 * 3600))
        case _:
            return value


def _before(day: str, *, including: bool) -> Iterator[str]:
    """The years, months and days that make up the time before a year, a month or a day."""
    parts = [int(part) for part in day.split("-")]
    for year in range(_FIRST_YEAR, parts[0]):
        yield f"{year:04}"
    if len(parts) > 1:
        for month in range(1, parts[1]):
            yield f"{parts[0]:04}-{month:02}"
    if len(parts) > 2:
        for number in range(1, parts[2]):
            yield f"{parts[0]:04}-{parts[1]:02}-{number:02}"
    if including:
        yield day


# what a scan asks


def matches(wanted: Wanted, found: Document) -> bool:
    """Whether a task is one of those that are looked for."""
    return all(
        any(holds(atom, found) for atom in clause.atoms) != clause.negated for clause in wanted
    )


def holds(atom: Atom, found: Document) -> bool:
    """Whether an atom is so of a task, or of the part of it that was read."""
    if not atom.words:
        return False
    row = " ".join(atom.words)
    match atom.shape:
        case "fact":
            return f" {row} " in found.facts
        case "part":
            return row in found.body or row in found.key
        case "start":
            return f" {row}" in found.body or f" {row}" in found.key
        case "key":
            return f" {row}" in found.key
        case _:
            return f" {row} " in found.body or f" {row} " in found.key


# what the index is asked


def match_expression(wanted: Wanted, parts: dict[str, tuple[str, ...]]) -> str | None:
    """The same for FTS5. None: nothing can match.

    ``parts`` are the words each part (``*part*``) or beginning (``start*``) stands in, as far as
    they are known.
    """
    yes: list[str] = []
    no: list[str] = []
    for clause in wanted:
        atoms = [one for atom in clause.atoms if (one := _expression(atom, parts))]
        if clause.negated:
            no += atoms
        elif not atoms:
            return None
        else:
            yes.append(f"({' OR '.join(atoms)})")
    asked = " AND ".join(yes) or f'"{EVERY}"'
    return f"({asked}) NOT ({' OR '.join(no)})" if no else asked


def _expression(atom: Atom, parts: dict[str, tuple[str, ...]]) -> str:
    # A word is letters, digits, one symbol or a fact: never a quote, so nothing needs escaping.
    if not atom.words:
        return ""
    row = " ".join(atom.words)
    match atom.shape:
        case "part":
            return " OR ".join(f'"{word}"' for word in parts.get(f"*{row}*", ()))
        case "start" if f"{row}*" in parts:
            return " OR ".join(f'"{word}"' for word in parts[f"{row}*"])
        case "start":
            return f'"{row}" *'
        case "key":
            return f'key : "{row}" *'
        case _:
            return f'"{row}"'
