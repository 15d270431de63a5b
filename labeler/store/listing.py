"""A listing: the tasks that match a filter, in order, found in slices and read by the page.

A table shows any number of rows while it knows only the page on screen. Without status and search
nothing has to be found first: a page is a jump in the index. With them the rows are found once,
slice by slice, so that whoever shares the thread never waits longer than one slice.
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from labeler.model.problems import Refusal, nearest
from labeler.model.value import LAYERS
from labeler.store.bodies import TaskBody
from labeler.store.damage import Damaged, read_body, refuses_damage
from labeler.store.file import ProjectFile
from labeler.store.oplog import unpack_body
from labeler.store.rows import STATUSES, ListedTask, TaskRow

__all__ = ["COLUMNS", "FROM", "Listing", "status_word", "task_row"]

COLUMNS = (
    "task.id, ent.uid, task.key, queue.name, task.status, task.done, task.prio, task.ord, "
    "EXISTS(SELECT 1 FROM draft WHERE draft.task=task.id AND draft.cursor<>draft.saved)"
)
FROM = "FROM task JOIN ent ON ent.id=task.id JOIN queue ON queue.id=task.queue"
_ORDER = ("task.queue", "task.prio", "task.ord", "task.id")
_SLICE = 20_000
"""Rows of the index looked at between two looks at the clock: about 5 ms."""
_SEARCH_SLICE = 1000
"""The same where each row's content is read too."""
_MARKS = 500
_LOWEST = (-1, -(2**62), -(2**62), -1)
_KEEPS_ITS_STATUS = ("accepted", "missing")
_HAS_DRAFT = "EXISTS(SELECT 1 FROM draft WHERE draft.task=task.id AND draft.cursor<>draft.saved)"
_GOLD, _PREDICTION, _WORK = (LAYERS.index(name) for name in ("gold", "prediction", "work"))


def status_word(number: int) -> str:
    """The word for a task's status as stored. Raises Damaged."""
    try:
        return STATUSES[number]
    except IndexError:
        raise Damaged(f"there is no status {number}") from None


def task_row(row: Any) -> TaskRow:
    """The task in a row of COLUMNS."""
    status = status_word(row[4])
    if row[8] and status not in _KEEPS_ITS_STATUS:
        status = "drafted"
    return TaskRow(
        id=row[1].hex(),
        key=row[2],
        queue=row[3],
        status=status,
        annotations=row[5],
        priority=row[6],
        order=row[7],
        row=row[0],
    )


class Listing:
    """The tasks of a project that match, in order of queue, priority and order.

    Made in the thread that owns the file and used there only. It shows what was so when it was made:
    make another after tasks came, went or changed. ``search`` is looked for in keys, contents and
    metadata, ignoring case.
    """

    def __init__(
        self,
        file: ProjectFile,
        queue: str | None = None,
        status: str | None = None,
        search: str = "",
    ) -> None:
        if status is not None and status not in STATUSES:
            reason = f"there is no status {status!r}{nearest(status, STATUSES)}"
            raise Refusal.of("argument", file.where, reason=reason)
        self.file = file
        self._queue = queue
        self._needle = search.casefold()
        self._where, self._parameters = _condition(queue, status)
        self._order = _ORDER if queue is None else _ORDER[1:]
        self._last: tuple[int, ...] = _LOWEST[-len(self._order) :]
        self._marks: list[tuple[int, tuple[int, ...]]] = [(0, self._last)]
        self.scanned = 0
        """How many tasks were looked at so far."""
        shown = self._tallied()
        self.of = shown
        """How many tasks there are to look at: those of the queue, or of the project."""
        # Tasks that are not shown (joined, deleted) stand in the index too; jumps would miscount.
        whole = status is None and not search and shown == self._indexed()
        self._found: array[int] | None = None if whole else array("q")
        self._count = shown if whole else 0
        self.complete = whole
        """Whether everything that matches was found."""

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

    @refuses_damage
    def tasks(self, offset: int, limit: int) -> list[TaskRow]:
        """The tasks from this place on, at most ``limit`` of those found so far."""
        ids = self.file_rows(offset, limit)
        if not ids:
            return []
        rows = self.file.rows(f"SELECT {COLUMNS} {FROM} WHERE task.id IN ({_marks(ids)})", ids)
        by_id = {row[0]: task_row(row) for row in rows}
        return [by_id[one] for one in ids if one in by_id]

    def file_rows(self, offset: int, limit: int) -> Sequence[int]:
        """The rows in the file of these tasks: what ``TaskRow.row`` says of each."""
        if self._found is not None:
            return self._found[offset : offset + limit]
        return self._jump(offset, limit)

    @refuses_damage
    def page(self, offset: int, limit: int) -> list[ListedTask]:
        """The same with what a table shows of each."""
        tasks = self.tasks(offset, limit)
        if not tasks:
            return []
        ids = [task.row for task in tasks]
        bodies = self.file.rows(
            "SELECT task.id, op.enc, op.body FROM task JOIN op ON op.id=task.head "
            f"WHERE task.id IN ({_marks(ids)})",
            ids,
        )
        contents = {row[0]: self._content(row[1], row[2]) for row in bodies}
        work: dict[int, list[tuple[int, int, str]]] = {}
        layers: dict[int, set[int]] = {}
        conflicts: set[int] = set()
        for task, layer, author, hlc, heads, name in self.file.rows(
            "SELECT ann.task, ann.layer, ann.author, ann.hlc, ann.heads, "
            "coalesce(nullif(who.name, ''), who.handle, '') FROM ann "
            "LEFT JOIN who ON who.id=ann.author "
            f"WHERE ann.task IN ({_marks(ids)}) AND ann.deleted=0",
            ids,
        ):
            layers.setdefault(task, set()).add(layer)
            if layer == _WORK:
                work.setdefault(task, []).append((hlc, author, name))
            if heads > 1:
                conflicts.add(task)
        listed = []
        for task in tasks:
            done = work.get(task.row, [])
            last = max(done, default=(0, 0, ""))
            here = layers.get(task.row, set())
            listed.append(
                ListedTask(
                    task=task,
                    content=contents.get(task.row, b""),
                    people=len({author for _, author, _ in done}),
                    last_by=last[2],
                    changed=last[0] >> 16,
                    gold=_GOLD in here,
                    predicted=_PREDICTION in here,
                    conflict=task.row in conflicts,
                )
            )
        return listed

    def keys(self, rows: AbstractSet[int], inverted: bool, most: int) -> tuple[str, ...]:
        """Keys of these rows of the file in the listing's order, or of all others; at most ``most``."""
        if not inverted:
            chosen: list[tuple[Any, ...]] = []
            ids = sorted(rows)
            for start in range(0, len(ids), _MARKS):
                part = ids[start : start + _MARKS]
                chosen += self.file.rows(
                    f"SELECT {', '.join(_ORDER)}, task.key FROM task WHERE id IN ({_marks(part)})",
                    part,
                )
            return tuple(row[-1] for row in sorted(chosen)[:most])
        found: list[str] = []
        for offset in range(0, self.total, _MARKS):
            tasks = self.tasks(offset, _MARKS)
            found += [task.key for task in tasks if task.row not in rows]
            if len(found) >= most:
                break
        return tuple(found[:most])

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
        size = _SEARCH_SLICE if self._needle else _SLICE
        end = self.file.row(
            f"SELECT {columns} FROM task INDEXED BY task_order WHERE {self._in_queue()} {after} "
            f"ORDER BY {columns} LIMIT 1 OFFSET ?",
            (*self._queue_parameters(), *self._last, size - 1),
        )
        until = f" AND ({columns}) <= ({_marks(self._order)})" if end else ""
        bounds = (*self._last, *(end or ()))
        where = f"WHERE {self._where} AND {after}{until} ORDER BY {columns}"
        if self._needle:
            rows = self.file.rows(
                "SELECT task.id, task.key, op.enc, op.body FROM task INDEXED BY task_order "
                f"JOIN op ON op.id=task.head {where}",
                (*self._parameters, *bounds),
            )
            self._found.extend(row[0] for row in rows if self._matches(*row[1:]))
        else:
            rows = self.file.rows(
                f"SELECT task.id FROM task INDEXED BY task_order {where}",
                (*self._parameters, *bounds),
            )
            self._found.extend(row[0] for row in rows)
        self._count = len(self._found)
        self.scanned += size if end else len(rows)
        self.complete = end is None
        if end:
            self._last = tuple(end)

    def _matches(self, key: str, enc: int, stored: bytes | None) -> bool:
        needle = self._needle
        if needle in key.casefold():
            return True
        raw = unpack_body(self.file.connection, enc, stored)
        if raw is None:
            return False
        if raw.isascii() and b"\\" not in raw and needle.encode() not in raw.lower():
            # Most rows end here, before anything is decoded: ASCII folds to itself in lower case.
            return False
        body = read_body(raw, TaskBody)
        return any(
            needle in text.casefold()
            for part in (body.content, body.meta)
            for text in _strings(read_body(bytes(part), object))
        )

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

    def _content(self, enc: int, stored: bytes | None) -> bytes:
        raw = unpack_body(self.file.connection, enc, stored)
        content = bytes(read_body(raw, TaskBody).content) if raw is not None else b"null"
        return b"" if content == b"null" else content

    # counting

    def _in_queue(self) -> str:
        return "" if self._queue is None else "task.queue=(SELECT id FROM queue WHERE name=?) AND "

    def _queue_parameters(self) -> tuple[str, ...]:
        return () if self._queue is None else (self._queue,)

    def _tallied(self) -> int:
        queue = self._queue is not None
        clause = "queue=(SELECT id FROM queue WHERE name=?)" if queue else "queue<>0"
        sql = f"SELECT coalesce(sum(n), 0) FROM tally WHERE {clause}"
        return int(self.file.row(sql, self._queue_parameters())[0])

    def _indexed(self) -> int:
        where = "WHERE queue=(SELECT id FROM queue WHERE name=?)" if self._queue is not None else ""
        sql = f"SELECT count(*) FROM task INDEXED BY task_order {where}"
        return int(self.file.row(sql, self._queue_parameters())[0])


def _condition(queue: str | None, status: str | None) -> tuple[str, tuple[Any, ...]]:
    where = "task.status>=0"
    parameters: list[Any] = []
    if queue is not None:
        where += " AND task.queue=(SELECT id FROM queue WHERE name=?)"
        parameters.append(queue)
    if status == "drafted":
        where += (
            " AND task.id IN (SELECT task FROM draft WHERE cursor<>saved)"
            " AND task.status NOT IN (?,?)"
        )
        parameters += [STATUSES.index(one) for one in _KEEPS_ITS_STATUS]
    elif status is not None:
        where += " AND task.status=?"
        parameters.append(STATUSES.index(status))
        if status not in _KEEPS_ITS_STATUS:
            where += f" AND NOT {_HAS_DRAFT}"
    return where, tuple(parameters)


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


def _strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, (int, float)) and not isinstance(tree, bool):
        yield str(tree)
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from _strings(value)
    elif isinstance(tree, (list, tuple)):
        for value in tree:
            yield from _strings(value)
