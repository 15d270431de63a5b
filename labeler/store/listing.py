"""A listing: the tasks that match a filter, in order, found in slices and read by the page.

A table shows any number of rows while it knows only the page on screen. Without a filter nothing has
to be found first: a page is a jump in the index. With one the rows are found once, slice by slice, so
that whoever shares the thread never waits longer than one slice.
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from labeler.store.asked_columns import of_columns, teach
from labeler.store.damage import refuses_damage
from labeler.store.file import ProjectFile
from labeler.store.listed import ORDER, Listed
from labeler.store.many import values_in
from labeler.store.matching import Wanted
from labeler.store.sifting import Sieve

__all__ = ["Listing", "tallied"]

_FIRST, _LEAST, _MOST = 500, 200, 20_000
"""Tasks of a slice: the first, and between which bounds it is fitted to the time."""
_LONG, _SHORT = 0.010, 0.005
"""Seconds of a slice after which the next one is shorter, or longer."""
_MARKS = 500
_BY_KEY = ("task.key", "task.id")


class Listing(Listed):
    """The tasks of a project that match, in order of queue, priority and order, or of their keys.

    It shows what was so when it was made: make another after tasks came, went or changed. What is
    ``wanted`` besides a queue is looked for in every task there is.
    """

    def __init__(
        self,
        file: ProjectFile,
        queue: str | None = None,
        wanted: Wanted = (),
        *,
        by_key: bool = False,
        descending: bool = False,
    ) -> None:
        self.file = file
        self._queue = queue
        asked = of_columns(wanted)
        teach(file.connection)
        self._sieve = Sieve(file, asked.rest) if asked.rest else None
        self._where = f" AND {asked.where}" if asked.where else ""
        self._asked = asked.parameters
        self._place_in(by_key, descending)
        self._size = _FIRST
        self._last: tuple[Any, ...] | None = None
        self._marks: list[tuple[int, tuple[Any, ...] | None]] = [(0, None)]
        self.scanned = 0
        shown = tallied(file, queue)
        self.of = shown
        # Tasks that are not shown (joined, deleted) stand in the index too; jumps would miscount.
        jumps = not wanted and (queue is None or not by_key)
        whole = jumps and shown == self._indexed()
        self._found: array[int] | None = None if whole else array("q")
        self._count = shown if whole else 0
        self.complete = whole

    def _place_in(self, by_key: bool, descending: bool) -> None:
        """By which columns tasks are sorted, and the index that has them so."""
        self._index = "task_key" if by_key else "task_order"
        self._order = _BY_KEY if by_key else ORDER if self._queue is None else ORDER[1:]
        self._forward, self._backward = ("DESC", "ASC") if descending else ("ASC", "DESC")
        self._after, self._up_to = ("<", ">=") if descending else (">", "<=")

    @property
    def total(self) -> int:
        """How many tasks match, of those found so far."""
        return self._count

    @refuses_damage
    def find_more(self, seconds: float = 0.015) -> bool:
        """Look at more tasks, at least one slice, for about this long; returns ``complete``."""
        began = before = time.perf_counter()
        while not self.complete:
            self._slice()
            now = time.perf_counter()
            # Another one takes about as long as this one did.
            if now - began + (now - before) > seconds:
                break
            before = now
        return self.complete

    def file_rows(self, offset: int, limit: int) -> Sequence[int]:
        """The rows in the file of these tasks: what ``TaskRow.row`` says of each."""
        if self._found is not None:
            return self._found[offset : offset + limit]
        return self._jump(offset, limit)

    @refuses_damage
    def place_of(self, task: int) -> int | None:
        """Where the task in this row of the file stands among those found; None if it is not there."""
        if self._found is not None:
            try:
                return self._found.index(task)
            except ValueError:
                return None
        row = self.file.row(
            f"SELECT {', '.join(self._order)} FROM task WHERE {self._in_queue()}task.status>=0 "
            "AND task.id=?",
            (*self._queue_parameters(), task),
        )
        if row is None:
            return None
        before = self.file.row(
            f"SELECT count(*) - 1 {self._from()} {self._up(self._up_to)}",
            (*self._queue_parameters(), *row),
        )
        return int(before[0])

    # one slice, one jump

    def _from(self) -> str:
        return f"FROM task INDEXED BY {self._index} WHERE {self._in_queue()}"

    def _up(self, sign: str) -> str:
        """A comparison with a place in the order."""
        return f"({', '.join(self._order)}) {sign} ({values_in(self._order)})"

    def _sorted(self, way: str) -> str:
        return "ORDER BY " + ", ".join(f"{column} {way}" for column in self._order)

    def _slice(self) -> None:
        assert self._found is not None
        began = time.perf_counter()
        after = self._up(self._after) if self._last is not None else "1"
        bounds = [*self._queue_parameters(), *(self._last or ())]
        end = self.file.row(
            f"SELECT {', '.join(self._order)} {self._from()} {after} "
            f"{self._sorted(self._forward)} LIMIT 1 OFFSET ?",
            (*bounds, self._size - 1),
        )
        if end is not None:
            after += f" AND {self._up(self._up_to)}"
            bounds += end
        found = f"{self._in_queue()}{after} AND task.status>=0{self._where}"
        rows = self.file.rows(
            f"SELECT {Sieve.COLUMNS if self._sieve else 'task.id'} FROM task INDEXED BY "
            f"{self._index} {Sieve.JOINED if self._sieve else ''} WHERE {found} "
            f"{self._sorted(self._forward)}",
            (*bounds, *self._asked),
        )
        self._found.extend(self._sieve.sift(rows) if self._sieve else [row[0] for row in rows])
        self._count = len(self._found)
        self.complete = end is None
        self.scanned = self.of if end is None else min(self.of, self.scanned + self._size)
        self._last = end
        taken = time.perf_counter() - began
        if taken > _LONG:
            self._size = max(_LEAST, self._size // 2)
        elif taken < _SHORT:
            self._size = min(_MOST, self._size * 2)

    def _jump(self, offset: int, limit: int) -> list[int]:
        """Rows of a whole listing, from the nearest place that is known."""
        limit = min(limit, self._count - offset)
        if limit <= 0:
            return []
        columns = ", ".join(self._order)
        place = bisect_right(self._marks, offset, key=lambda mark: mark[0]) - 1
        known, key = self._marks[place]
        skip = offset - known
        from_end = self._count - offset - limit
        if from_end < skip:
            rows = self.file.rows(
                f"SELECT {columns} {self._from()} 1 {self._sorted(self._backward)} "
                "LIMIT ? OFFSET ?",
                (*self._queue_parameters(), limit, from_end),
            )[::-1]
        else:
            after = self._up(self._after) if key is not None else "1"
            rows = self.file.rows(
                f"SELECT {columns} {self._from()} {after} {self._sorted(self._forward)} "
                "LIMIT ? OFFSET ?",
                (*self._queue_parameters(), *(key or ()), limit, skip),
            )
        if rows:
            self._mark(offset + len(rows), tuple(rows[-1]))
        return [row[-1] for row in rows]

    def _mark(self, offset: int, key: tuple[Any, ...]) -> None:
        """Remember that ``offset`` tasks end with this key."""
        place = bisect_right(self._marks, offset, key=lambda mark: mark[0])
        if self._marks[place - 1][0] == offset:
            return
        self._marks.insert(place, (offset, key))
        if len(self._marks) > _MARKS:
            self._marks[1:] = self._marks[1::2]

    # counting

    def _in_queue(self) -> str:
        return "" if self._queue is None else "task.queue=(SELECT id FROM queue WHERE name=?) AND "

    def _queue_parameters(self) -> tuple[str, ...]:
        return () if self._queue is None else (self._queue,)

    def _indexed(self) -> int:
        where = "WHERE queue=(SELECT id FROM queue WHERE name=?)" if self._queue is not None else ""
        sql = f"SELECT count(*) FROM task INDEXED BY {self._index} {where}"
        return int(self.file.row(sql, self._queue_parameters())[0])


def tallied(file: ProjectFile, queue: str | None = None) -> int:
    """How many tasks a queue has, or the project."""
    clause = "queue<>0" if queue is None else "queue=(SELECT id FROM queue WHERE name=?)"
    sql = f"SELECT coalesce(sum(n), 0) FROM tally WHERE {clause}"
    return int(file.row(sql, () if queue is None else (queue,))[0])
