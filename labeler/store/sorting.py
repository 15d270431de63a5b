"""Tasks sorted by a column, on top of whatever finds them in order of the queues.

What has few values is a list for each value behind the other, found one by one: the first page is
there as soon as the first list has one. Where every task has a value of its own all are found first,
then sorted. Keys have an index in the project file.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Sequence
from typing import Protocol

from labeler.model.finding import Condition, Filter
from labeler.model.words import fold
from labeler.store.asked_columns import CHANGED, PEOPLE, STATUS
from labeler.store.damage import refuses_damage
from labeler.store.documents import MOST_PEOPLE
from labeler.store.file import ProjectFile
from labeler.store.indexed_listing import IndexedListing
from labeler.store.listed import Listed
from labeler.store.listing import Listing, tallied
from labeler.store.many import values_in
from labeler.store.rows import STATUSES, QueueRow

__all__ = ["OneByOne", "Ranked", "in_order"]

_FEW = 20_000
"""Tasks that are sorted by key in memory; more are found in order of their keys."""
_SLICE = 500
_BITS = 40
"""Of a place, and of a row in the file."""
_LAST = (1 << _BITS) - 1
_VALUES = {"key": "task.key", "status": STATUS, "people": PEOPLE, "changed": CHANGED}

Rank = int | str


class _Finds(Protocol):
    """What ``Query`` offers here."""

    file: ProjectFile

    def found(self, asked: Filter) -> Listed: ...
    def indexed(self, asked: Filter) -> IndexedListing | None: ...
    def scanned(self, asked: Filter, *, by_key: bool, descending: bool) -> Listing: ...
    def queues(self) -> list[QueueRow]: ...


def in_order(finds: _Finds, asked: Filter, column: str, *, descending: bool) -> Listed:
    """The tasks of a filter, sorted by one of ``finding.SORTED``. Raises Refusal."""
    if column == "queue":
        queues = sorted(finds.queues(), key=lambda one: fold(one.title))
        return _one_by_one(finds, asked, column, [one.name for one in queues], descending)
    if column == "key" and not asked.is_on:
        return finds.scanned(asked, by_key=True, descending=descending)
    indexed = finds.indexed(asked)
    are_many = indexed is not None and _are_many(indexed)
    if column == "key" and (indexed is None or are_many):
        return finds.scanned(asked, by_key=True, descending=descending)
    if indexed is not None and are_many:
        if column == "changed":
            return indexed.by_change(descending=descending)
        values = STATUSES if column == "status" else _counts(finds.file)
        return _one_by_one(finds, asked, column, values, descending)
    return Ranked(indexed or finds.found(asked), _VALUES[column], descending=descending)


def _are_many(found: IndexedListing) -> bool:
    """Whether more match than are sorted at once; no more are found than tell that."""
    while found.total <= _FEW and not found.complete:
        found.find_more(0.0)
    return found.total > _FEW


def _counts(file: ProjectFile) -> list[str]:
    """How many people a task may have."""
    most = min(MOST_PEOPLE, int(file.row("SELECT count(*) FROM who")[0]))
    return [str(count) for count in range(most + 1)]


def _one_by_one(
    finds: _Finds, asked: Filter, field: str, values: Sequence[str], descending: bool
) -> OneByOne:
    def list_of(value: str) -> Listed:
        only = Filter((), (Condition(field, (value,)),))
        return finds.found(asked.also(only))

    ordered = list(reversed(values)) if descending else list(values)
    return OneByOne(finds.file, tallied(finds.file), ordered, list_of)


class OneByOne(Listed):
    """A list for each value, one behind the other; each is begun when the one before is complete."""

    def __init__(
        self, file: ProjectFile, of: int, values: Sequence[str], list_of: Callable[[str], Listed]
    ) -> None:
        self.file = file
        self.of = of
        self._values = values
        self._list_of = list_of
        self._parts: list[Listed] = []
        self.scanned = 0
        self.complete = not values
        if not values:
            self.scanned = of

    @property
    def total(self) -> int:
        """How many tasks match, of those found so far."""
        return sum(part.total for part in self._parts)

    def find_more(self, seconds: float = 0.015) -> bool:
        """Go on with the list that is not complete, or begin the next; returns ``complete``."""
        until = time.perf_counter() + seconds
        while not self.complete:
            if self._parts and not self._parts[-1].complete:
                self._parts[-1].find_more(max(0.0, until - time.perf_counter()))
            elif len(self._parts) < len(self._values):
                self._parts.append(self._list_of(self._values[len(self._parts)]))
            else:
                self.complete = True
            if time.perf_counter() >= until:
                break
        done = sum(part.scanned / max(1, part.of) for part in self._parts)
        self.scanned = self.of if self.complete else int(self.of * done / len(self._values))
        return self.complete

    def file_rows(self, offset: int, limit: int) -> Sequence[int]:
        """The rows in the file of these tasks."""
        found: list[int] = []
        for part in self._parts:
            if offset < part.total and len(found) < limit:
                found += part.file_rows(offset, limit - len(found))
            offset = max(0, offset - part.total)
        return found

    def place_of(self, task: int) -> int | None:
        """Where the task in this row of the file stands among those found; None if it is not there."""
        before = 0
        for part in self._parts:
            place = part.place_of(task)
            if place is not None:
                return before + place
            before += part.total
        return None


class Ranked(Listed):
    """Tasks that are all found first, then sorted by a value of each (SQL over ``task``)."""

    def __init__(self, found: Listed, value: str, *, descending: bool) -> None:
        self.file = found.file
        self.of = found.of
        self.scanned = 0
        self.complete = False
        self._base = found
        self._value = value
        self._descending = descending
        self._read = 0
        self._runs: list[list[Rank]] = []
        """What was read so far, each sorted and at least twice as long as the next."""
        self._sorted: array[int] = array("q")

    @property
    def total(self) -> int:
        """How many tasks match: none before all are sorted."""
        return len(self._sorted)

    @refuses_damage
    def find_more(self, seconds: float = 0.015) -> bool:
        """Find more and read what they are sorted by, for about this long; returns ``complete``."""
        until = time.perf_counter() + seconds
        while not self.complete:
            ahead = self._base.total - self._read
            if ahead >= _SLICE or (ahead > 0 and self._base.complete):
                self._read_some()
            elif not self._base.complete:
                self._base.find_more(max(0.0, until - time.perf_counter()))
            elif len(self._runs) > 1:
                self._merge()
            else:
                self._sorted = self._placed()
                self.complete = True
            if time.perf_counter() >= until:
                break
        # To find them is half of the way.
        behind = min(1.0, self._read / max(1, self._base.total))
        self.scanned = self.of if self.complete else int(self._base.scanned * (1 + behind) / 2)
        return self.complete

    def _read_some(self) -> None:
        tasks = self._base.file_rows(self._read, _SLICE)
        sql = f"SELECT task.id, {self._value} FROM task WHERE task.id IN ({values_in(tasks)})"
        values: dict[int, Rank] = dict(self.file.rows(sql, tasks))
        run: list[Rank] = []
        for place, task in enumerate(tasks, self._read):
            # Backwards the last place comes first: what is equal is to stay as it was.
            behind = (_LAST - place if self._descending else place) << _BITS | task
            value = values.get(task)
            if value is None:
                continue  # it is gone since it was found
            if isinstance(value, str):
                run.append(f"{value}\0{behind:020x}")
            else:
                run.append(value << 2 * _BITS | behind)
        self._read += _SLICE
        run.sort(reverse=self._descending)
        self._runs.append(run)
        while len(self._runs) > 1 and len(self._runs[-2]) < 2 * len(self._runs[-1]):
            self._merge()

    def _merge(self) -> None:
        run = self._runs.pop()
        self._runs[-1] += run
        self._runs[-1].sort(reverse=self._descending)

    def _placed(self) -> array[int]:
        """Rows in the file, sorted."""
        ranks = self._runs.pop() if self._runs else []
        return array(
            "q", [(int(one[-20:], 16) if isinstance(one, str) else one) & _LAST for one in ranks]
        )

    def file_rows(self, offset: int, limit: int) -> Sequence[int]:
        """The rows in the file of these tasks."""
        return self._sorted[offset : offset + limit]

    def place_of(self, task: int) -> int | None:
        """Where the task in this row of the file stands; None if it is not there."""
        try:
            return self._sorted.index(task)
        except ValueError:
            return None
