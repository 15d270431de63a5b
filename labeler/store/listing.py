"""A listing: the tasks that match a filter, in order, found in slices and read by the page.

A table shows any number of rows while it knows only the page on screen. Without status and search
nothing has to be found first: a page is a jump in the index. With them the rows are found once,
slice by slice, so that whoever shares the thread never waits longer than one slice.
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from typing import Any

from labeler.model.problems import Refusal, nearest
from labeler.store.damage import refuses_damage
from labeler.store.documents import document, drafted, read_raw
from labeler.store.file import ProjectFile
from labeler.store.listed import HAS_DRAFT, KEEPS_ITS_STATUS, ORDER, Listed
from labeler.store.matching import Wanted, could_match, matches
from labeler.store.rows import STATUSES

__all__ = ["Listing", "tallied"]

_SLICE = 20_000
"""Rows of the index looked at between two looks at the clock: about 5 ms."""
_SEARCH_SLICE = 200
"""The same where each row's content is read too, and what people said of it."""
_MARKS = 500
_LOWEST = (-1, -(2**62), -(2**62), -1)


class Listing(Listed):
    """The tasks of a project that match, in order of queue, priority and order.

    It shows what was so when it was made: make another after tasks came, went or changed. What is
    ``wanted`` besides a queue and a status is looked for in every task there is.
    """

    def __init__(
        self,
        file: ProjectFile,
        queue: str | None = None,
        status: str | None = None,
        wanted: Wanted = (),
    ) -> None:
        if status is not None and status not in STATUSES:
            reason = f"there is no status {status!r}{nearest(status, STATUSES)}"
            raise Refusal.of("argument", file.where, reason=reason)
        self.file = file
        self._queue = queue
        self._wanted = wanted
        self._where, self._parameters = _condition(queue, status)
        self._order = ORDER if queue is None else ORDER[1:]
        self._last: tuple[int, ...] = _LOWEST[-len(self._order) :]
        self._marks: list[tuple[int, tuple[int, ...]]] = [(0, self._last)]
        self._drafts = drafted(file) if wanted else set()
        self.scanned = 0
        shown = tallied(file, queue)
        self.of = shown
        # Tasks that are not shown (joined, deleted) stand in the index too; jumps would miscount.
        whole = status is None and not wanted and shown == self._indexed()
        self._found: array[int] | None = None if whole else array("q")
        self._count = shown if whole else 0
        self.complete = whole

    @property
    def total(self) -> int:
        """How many tasks match, of those found so far."""
        return self._count

    @refuses_damage
    def find_more(self, seconds: float = 0.015) -> bool:
        """Look at more tasks, at least one slice, for about this long; returns ``complete``."""
        until = time.perf_counter() + seconds
        while not self.complete:
            self._slice()
            if time.perf_counter() >= until:
                break
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
        columns = ", ".join(self._order)
        row = self.file.row(
            f"SELECT {columns} FROM task WHERE {self._where} AND task.id=?",
            (*self._parameters, task),
        )
        if row is None:
            return None
        before = self.file.row(
            f"SELECT count(*) FROM task INDEXED BY task_order WHERE {self._in_queue()} "
            f"({columns}) < ({_marks(row)})",
            (*self._queue_parameters(), *row),
        )
        return int(before[0])

    # one slice, one jump

    def _slice(self) -> None:
        assert self._found is not None
        columns = ", ".join(self._order)
        after = f"({columns}) > ({_marks(self._order)})"
        size = _SEARCH_SLICE if self._wanted else _SLICE
        end = self.file.row(
            f"SELECT {columns} FROM task INDEXED BY task_order WHERE {self._in_queue()} {after} "
            f"ORDER BY {columns} LIMIT 1 OFFSET ?",
            (*self._queue_parameters(), *self._last, size - 1),
        )
        until = f" AND ({columns}) <= ({_marks(self._order)})" if end else ""
        bounds = (*self._last, *(end or ()))
        where = f"WHERE {self._where} AND {after}{until} ORDER BY {columns}"
        rows = self.file.rows(
            f"SELECT task.id FROM task INDEXED BY task_order {where}", (*self._parameters, *bounds)
        )
        tasks = [row[0] for row in rows]
        self._found.extend(self._matching(tasks) if self._wanted and tasks else tasks)
        self._count = len(self._found)
        self.scanned += size if end else len(rows)
        self.complete = end is None
        if end:
            self._last = tuple(end)

    def _matching(self, tasks: Sequence[int]) -> list[int]:
        shapes = {atom.shape for clause in self._wanted for atom in clause.atoms}
        look = partial(document, has_words=bool(shapes - {"fact"}), has_facts="fact" in shapes)
        return [
            raw.place.task
            for raw in read_raw(self.file, tasks, self._drafts)
            if could_match(self._wanted, raw) and matches(self._wanted, look(raw))
        ]

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
            backwards = ", ".join(f"{column} DESC" for column in self._order)
            condition = self._in_queue().removesuffix("AND ")
            rows = self.file.rows(
                f"SELECT {columns} FROM task INDEXED BY task_order "
                f"{'WHERE ' + condition if condition else ''} "
                f"ORDER BY {backwards} LIMIT ? OFFSET ?",
                (*self._queue_parameters(), limit, from_end),
            )[::-1]
        else:
            rows = self.file.rows(
                f"SELECT {columns} FROM task INDEXED BY task_order WHERE {self._in_queue()} "
                f"({columns}) > ({_marks(key)}) ORDER BY {columns} LIMIT ? OFFSET ?",
                (*self._queue_parameters(), *key, limit, skip),
            )
        if rows:
            self._mark(offset + len(rows), tuple(rows[-1]))
        return [row[-1] for row in rows]

    def _mark(self, offset: int, key: tuple[int, ...]) -> None:
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
        sql = f"SELECT count(*) FROM task INDEXED BY task_order {where}"
        return int(self.file.row(sql, self._queue_parameters())[0])


def tallied(file: ProjectFile, queue: str | None = None) -> int:
    """How many tasks a queue has, or the project."""
    clause = "queue<>0" if queue is None else "queue=(SELECT id FROM queue WHERE name=?)"
    sql = f"SELECT coalesce(sum(n), 0) FROM tally WHERE {clause}"
    return int(file.row(sql, () if queue is None else (queue,))[0])


def _condition(queue: str | None, status: str | None) -> tuple[str, tuple[Any, ...]]:
    where = "task.status>=0"
    parameters: list[Any] = []
    if queue is not None:
        where += " AND task.queue=(SELECT id FROM queue WHERE name=?)"
        parameters.append(queue)
    if status == "drafted":
        where += (
            " AND task.id IN (SELECT task FROM draft WHERE cursor<>saved AND layer=0)"
            " AND task.status NOT IN (?,?)"
        )
        parameters += [STATUSES.index(one) for one in KEEPS_ITS_STATUS]
    elif status is not None:
        where += " AND task.status=?"
        parameters.append(STATUSES.index(status))
        if status not in KEEPS_ITS_STATUS:
            where += f" AND NOT {HAS_DRAFT}"
    return where, tuple(parameters)


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
