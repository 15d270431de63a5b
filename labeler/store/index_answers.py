"""What a search index answers: tasks that match, found in stretches, so that nobody waits for all.

The first of them are there as soon as the first stretch is read, and whoever shares the thread never
waits longer than one stretch.
"""

from __future__ import annotations

import sqlite3
import time
from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left
from collections.abc import Iterable

from labeler.store.documents import EVERY
from labeler.store.many import values_in
from labeler.store.search_index import FEW_WORDS, GAP

__all__ = ["Answer", "ByChange", "Matching"]

_FIRST, _LEAST, _MOST = 10_000, 5_000, 50_000
"""Rows of a stretch: the first, and between which bounds it is fitted to the time."""
_LONG, _SHORT = 0.010, 0.005
"""Seconds of a stretch after which the next one is shorter, or longer."""
_STEP = 200


class Answer(ABC):
    """Tasks in an order, as rows of the index: those found so far. Raises sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.found: array[int] = array("q")
        """Rows of the index that were found."""
        self.looked = 0
        """About how many tasks were looked at."""
        self.complete = False
        self.size = _FIRST

    def find_more(self) -> None:
        """Read one more stretch, if there is one."""
        if self.complete:
            return
        began = time.perf_counter()
        self.found.extend(self._stretch())
        taken = time.perf_counter() - began
        if taken > _LONG:
            self.size = max(_LEAST, self.size // 2)
        elif taken < _SHORT:
            self.size = min(_MOST, self.size * 2)

    @abstractmethod
    def _stretch(self) -> Iterable[int]:
        """The rows of the next stretch; tells whether it is the last."""

    @abstractmethod
    def _place(self, row: int) -> int | None:
        """Where a row of the index stands among those found."""

    def tasks(self, offset: int, limit: int) -> list[int]:
        """Rows in the project file of the tasks from this place on, at most ``limit``."""
        rows = self.found[offset : offset + limit]
        tasks: dict[int, int] = {}
        for start in range(0, len(rows), _STEP):
            part = rows[start : start + _STEP]
            sql = f"SELECT id, task FROM doc WHERE id IN ({values_in(part)})"
            tasks.update(self.connection.execute(sql, part).fetchall())
        return [tasks[row] for row in rows if row in tasks]

    def place_of(self, task: int) -> int | None:
        """Where a task (row of the project file) stands among them; None if it is not there."""
        row = self.connection.execute("SELECT id FROM doc WHERE task=?", (task,)).fetchone()
        return None if row is None else self._place(row[0])


class Matching(Answer):
    """The tasks an expression matches, in order of their rows."""

    def __init__(self, connection: sqlite3.Connection, expression: str) -> None:
        super().__init__(connection)
        self._expression = expression
        self.complete = not expression
        self._last = -1
        self._cursor: sqlite3.Cursor | None = None
        self.is_everything = expression == f'"{EVERY}"'
        many = expression.count('"') > 2 * FEW_WORDS
        if many or '" *' in expression or ") NOT (" in expression:
            # Where many words are put together, or left out, to begin is most of the work.
            sql = "SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid"
            self._cursor = connection.execute(sql, (expression,))

    def _stretch(self) -> Iterable[int]:
        if self._cursor is not None:
            rows = self._cursor.fetchmany(self.size)
            self.looked += len(rows)
            self.complete = len(rows) < self.size
            return [row[0] for row in rows]
        # By the rows looked at, not by those found: where few match that takes as long.
        sql = "SELECT min(id), (SELECT max(id) FROM doc) FROM doc WHERE id>?"
        first, end = self.connection.execute(sql, (self._last,)).fetchone()
        if first is None:
            self.complete = True
            return []
        self._last = first + self.size * GAP - 1
        self.looked += self.size
        self.complete = self._last >= end
        sql = "SELECT rowid FROM f WHERE f MATCH ? AND rowid>=? AND rowid<=? ORDER BY rowid"
        bounds = (self._expression, first, self._last)
        return [row[0] for row in self.connection.execute(sql, bounds)]

    def _place(self, row: int) -> int | None:
        place = bisect_left(self.found, row)
        return place if place < len(self.found) and self.found[place] == row else None

    def keep(self, rows: Iterable[int]) -> list[int]:
        """Those of these rows that match, as far as they were found."""
        found, end = self.found, len(self.found)
        places = ((row, bisect_left(found, row)) for row in rows)
        return [row for row, place in places if place < end and found[place] == row]


class ByChange(Answer):
    """Tasks that match in order of the last work at them; what is equal stays in order of rows."""

    def __init__(self, matching: Matching, *, descending: bool) -> None:
        super().__init__(matching.connection)
        self._matching = matching
        self._index, self._way = ("doc_changed_back", "<") if descending else ("doc_changed", ">")
        self._order = "changed DESC, id" if descending else "changed, id"
        self._last: tuple[int, int] | None = None

    def _stretch(self) -> Iterable[int]:
        whole = self._matching.is_everything
        if not (whole or self._matching.complete):
            self._matching.find_more()
            # How long that took says nothing of a stretch of ours.
            self.size = _FIRST
            return []
        rows = self._next()
        self.looked += len(rows)
        self.complete = len(rows) < self.size
        if rows:
            self._last = rows[-1]
        found = [row for _, row in rows]
        return found if whole else self._matching.keep(found)

    def _next(self) -> list[tuple[int, int]]:
        """The next rows (change, row), whether they match or not."""
        read = f"SELECT changed, id FROM doc INDEXED BY {self._index} WHERE"
        order = f"ORDER BY {self._order} LIMIT ?"
        if self._last is None:
            sql = f"{read} changed IS NOT NULL {order}"
            return self.connection.execute(sql, (self.size,)).fetchall()
        changed, row = self._last
        sql = f"{read} changed=? AND id>? {order}"
        rows = self.connection.execute(sql, (changed, row, self.size)).fetchall()
        if len(rows) < self.size:
            sql = f"{read} changed{self._way}? {order}"
            rows += self.connection.execute(sql, (changed, self.size - len(rows))).fetchall()
        return rows

    def _place(self, row: int) -> int | None:
        try:
            return self.found.index(row)
        except ValueError:
            return None
