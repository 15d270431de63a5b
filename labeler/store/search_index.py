"""A search index: one file of this machine for one project file, full text and facts in FTS5.

It holds words and facts of tasks in the order they are listed in, so that what matches comes out in
order and needs no task to be read, and when each was last worked at. Anybody may delete it at any
time; what is damaged, of another version or about another file is thrown away and made anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from labeler.store.documents import Document, Place
from labeler.store.matching import Wanted, match_expression
from labeler.store.schema import FOLD_VERSION

__all__ = ["ENDING", "FEW_WORDS", "GAP", "Moved", "SearchIndex", "tidy", "version"]

ENDING = ".search"
_VERSION = 3
_LONGEST_UNUSED = 60 * 24 * 3600
"""Seconds after which an index nobody asked is removed."""
_LIMIT = 8 << 30
"""Bytes of all indexes of this machine together; what was used longest ago goes first."""
_SLOT = 1 << 40
"""Rows of one queue; its first task is in the middle of them."""
GAP = 64
"""From one row to the next: what comes between two tasks later finds room there. The numbers of rows
are kept as differences, of which those below 128 take a byte."""
_MOST_SEEN = 200_000
_MOST_WORDS = 2000
FEW_WORDS = 64
_AFTER_ALL = "\U0010ffff"
_MARKS = 256
_MERGES = {"automerge": 0, "crisismerge": 1900}
"""FTS5 merges what it wrote when we say so: merges of its own take as long as they take."""
_MERGED = 64
"""Pages merged at a time: about 4 ms."""
_PRAGMAS = (
    "trusted_schema=OFF",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "secure_delete=ON",
    "cache_size=-8192",
    "temp_store=MEMORY",
    "journal_size_limit=16777216",
)
_TABLES = (
    "CREATE TABLE fact(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE slot(slot INTEGER PRIMARY KEY, queue INTEGER NOT NULL UNIQUE, "
    "need INTEGER NOT NULL) STRICT",
    "CREATE TABLE doc(id INTEGER PRIMARY KEY, task INTEGER NOT NULL UNIQUE, prio INTEGER NOT NULL, "
    "ord INTEGER NOT NULL, changed INTEGER, z BLOB) STRICT",
    # Either way what changed at one time comes in order of rows.
    "CREATE INDEX doc_changed ON doc(changed)",
    "CREATE INDEX doc_changed_back ON doc(changed DESC)",
    "CREATE TABLE mark(op INTEGER PRIMARY KEY, h BLOB NOT NULL) STRICT",
    "CREATE TABLE drafted(task INTEGER PRIMARY KEY) STRICT",
    "CREATE TABLE word(w TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE VIRTUAL TABLE f USING fts5(key, body, facts, content='', columnsize=0, "
    "tokenize=\"ascii tokenchars '_'\")",
)


class Moved(Exception):
    """What came later has no room where it belongs: the index is to be made anew."""


def version() -> str:
    """What an index depends on besides the project: another one is made anew."""
    # Days are those of this machine's calendar, words those of this Python's Unicode.
    zone = [time.tzname, *(time.localtime(n * 15_778_800).tm_gmtoff for n in range(112))]
    return f"{_VERSION} {FOLD_VERSION} {unicodedata.unidata_version} {zone}"


class SearchIndex:
    """One index file, open. Raises sqlite3.Error; used in one thread."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            # What people wrote is for the eyes of who may read the project.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self.path = path
        self.connection = sqlite3.connect(
            path, timeout=0.2, isolation_level=None, check_same_thread=False
        )
        self._seen: set[str] = set()
        self._last: dict[int, tuple[Place, int]] = {}
        self._slots: dict[int, int] = {}
        self._between = 0
        """The last row that was found between others."""
        try:
            for pragma in _PRAGMAS:
                self.connection.execute(f"PRAGMA {pragma}")
            if not self._rows("SELECT 1 FROM sqlite_schema LIMIT 1"):
                with self.writing():
                    for statement in _TABLES:
                        self.connection.execute(statement)
                    for name, value in _MERGES.items():
                        self._set(name, value)
                    self.tell("version", version())
            with contextlib.suppress(OSError):
                os.utime(path)
        except BaseException:
            self.connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def discard(self) -> None:
        """Close the file and remove it."""
        self.connection.close()
        remove(self.path)

    def _rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        return self.connection.execute(sql, parameters).fetchall()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it or none."""
        self.connection.execute("BEGIN IMMEDIATE")
        # Another process may have written since.
        self._last.clear()
        self._slots.clear()
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            self._seen.clear()
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    # what it knows of itself

    def told(self, name: str) -> Any:
        """A fact about the index, or None."""
        rows = self._rows("SELECT v FROM fact WHERE k=?", (name,))
        return json.loads(rows[0][0]) if rows else None

    def tell(self, name: str, value: Any) -> None:
        """Keep a fact about the index; within ``writing``."""
        self.connection.execute(
            "INSERT OR REPLACE INTO fact VALUES(?,?)", (name, json.dumps(value))
        )

    def marks(self) -> list[tuple[int, bytes]]:
        """Ops (row, hash) that stood in the project file when it was indexed."""
        return self._rows("SELECT op, h FROM mark ORDER BY op")

    def mark(self, ops: Iterable[tuple[int, bytes]]) -> None:
        """Note ops by which the file is known again; within ``writing``."""
        self.connection.executemany("INSERT OR REPLACE INTO mark VALUES(?,?)", ops)
        rows = [row[0] for row in self._rows("SELECT op FROM mark ORDER BY op")]
        if len(rows) > 2 * _MARKS:
            thin = [(row,) for row in rows[1:-1:2]]
            self.connection.executemany("DELETE FROM mark WHERE op=?", thin)

    def drafted(self) -> set[int]:
        """Tasks that are indexed as drafted."""
        return {row[0] for row in self._rows("SELECT task FROM drafted")}

    def need(self, queue: int) -> int | None:
        """How many people a task of this queue needed when it was indexed; None: it has no tasks."""
        rows = self._rows("SELECT need FROM slot WHERE queue=?", (queue,))
        return rows[0][0] if rows else None

    def needs(self, queue: int, need: int) -> None:
        """Note how many people a task of this queue needs now; within ``writing``."""
        self.connection.execute("UPDATE slot SET need=? WHERE queue=?", (need, queue))

    def _set(self, name: str, value: int) -> None:
        self.connection.execute("INSERT INTO f(f, rank) VALUES(?,?)", (name, value))

    def merge(self) -> None:
        """Bring some of what was written together, so that questions stay quick."""
        self._set("merge", _MERGED)

    # what is put in

    def put(
        self, found: Iterable[tuple[Place, bool, int, Document]], needs: dict[int, int]
    ) -> None:
        """Take tasks in (place, drafted, last change, words) or anew; in ``writing``. Raises Moved.

        ``needs`` says how many people a task of each queue needs.
        """
        new: set[str] = set()
        rows = []
        drafts = []
        for place, has_draft, changed, told in found:
            z = zlib.compress("\0".join(told).encode(), 1)
            row = self._row_of(place, changed, z, needs)
            if row is None:
                continue
            rows.append((row, *told))
            # At once: the next one may belong beside it.
            doc = (row, place.task, place.priority, place.order, changed, z)
            self.connection.execute("INSERT OR REPLACE INTO doc VALUES(?,?,?,?,?,?)", doc)
            drafts.append((place.task, has_draft))
            new.update(told.key.split(), told.body.split())
        self.connection.executemany("INSERT INTO f(rowid, key, body, facts) VALUES(?,?,?,?)", rows)
        for task, has_draft in drafts:
            sql = "INSERT OR IGNORE INTO drafted VALUES(?)"
            self.connection.execute(
                sql if has_draft else "DELETE FROM drafted WHERE task=?", (task,)
            )
        new -= self._seen
        self.connection.executemany(
            "INSERT OR IGNORE INTO word VALUES(?)", [(word,) for word in sorted(new)]
        )
        if len(self._seen) > _MOST_SEEN:
            self._seen.clear()
        self._seen |= new

    def _row_of(self, place: Place, changed: int, z: bytes, needs: dict[int, int]) -> int | None:
        """The row a task gets or has, its old words taken out; None where it says what it said.

        Raises Moved.
        """
        known = self._rows("SELECT id, prio, ord, changed, z FROM doc WHERE task=?", (place.task,))
        slot = self._slot(place.queue, needs)
        if known:
            row, priority, order, last, before = known[0]
            stays = (row // _SLOT, priority, order) == (slot, place.priority, place.order)
            if stays and before == z:
                if changed != last:
                    self.connection.execute("UPDATE doc SET changed=? WHERE id=?", (changed, row))
                return None
            self._take_out(row, before)
            if stays:
                return int(row)
            self.connection.execute("DELETE FROM doc WHERE id=?", (row,))
            self._last.pop(row // _SLOT, None)
        return self._new_row(slot, place)

    def _new_row(self, slot: int, place: Place) -> int:
        """A row behind all those of the queue, or between those it belongs between."""
        last = self._last.get(slot)
        if last is None:
            rows = self._rows(
                "SELECT prio, ord, task, id FROM doc WHERE id>=? AND id<? ORDER BY id DESC LIMIT 1",
                (slot * _SLOT, (slot + 1) * _SLOT),
            )
            first = Place(place.queue, -(2**63), 0, 0), slot * _SLOT + _SLOT // 2
            last = (Place(place.queue, *rows[0][:3]), rows[0][3]) if rows else first
        if last[0] < place:
            self._last[slot] = (place, last[1] + GAP)
            return last[1] + GAP
        self._last[slot] = last
        before, after = self._neighbours(slot, place)
        if before is None:
            return after - GAP
        if after - before < 2:
            raise Moved
        # What comes one behind the other is likely to go on.
        part = 8 if before == self._between else 2
        self._between = before + max(1, (after - before) // part)
        return self._between

    def _neighbours(self, slot: int, place: Place) -> tuple[int | None, int]:
        """The rows of a queue a place lies between; None where it comes before all of them."""
        low, high = slot * _SLOT, (slot + 1) * _SLOT
        before: int | None = None
        while low < high:
            middle = (low + high) // 2
            sql = "SELECT id, prio, ord, task FROM doc WHERE id>=? AND id<? ORDER BY id LIMIT 1"
            rows = self._rows(sql, (middle, high))
            if not rows or place < Place(place.queue, *rows[0][1:]):
                high = middle
            else:
                before = int(rows[0][0])
                low = before + 1
        sql = "SELECT min(id) FROM doc WHERE id>=? AND id<?"
        return before, int(self._rows(sql, (low, (slot + 1) * _SLOT))[0][0])

    def _slot(self, queue: int, needs: dict[int, int]) -> int:
        slot = self._slots.get(queue)
        if slot is None:
            rows = self._rows("SELECT slot FROM slot WHERE queue=?", (queue,))
            if rows:
                slot = rows[0][0]
            else:
                later = self._rows("SELECT max(slot), max(queue) FROM slot")[0]
                if later[1] is not None and later[1] > queue:
                    raise Moved
                slot = (later[0] or 0) + 1
                self.connection.execute(
                    "INSERT INTO slot VALUES(?,?,?)", (slot, queue, needs.get(queue, 1))
                )
            self._slots[queue] = slot
        return int(slot)

    def _take_out(self, row: int, z: bytes | None) -> None:
        if z is not None:
            told = zlib.decompress(z).decode().split("\0")
            self.connection.execute(
                "INSERT INTO f(f, rowid, key, body, facts) VALUES('delete',?,?,?,?)", (row, *told)
            )

    def remove(self, tasks: Iterable[int]) -> None:
        """Take tasks out that are no longer shown; their places stay theirs; within ``writing``."""
        for task in tasks:
            for row, z in self._rows("SELECT id, z FROM doc WHERE task=?", (task,)):
                self._take_out(row, z)
                self.connection.execute("UPDATE doc SET changed=NULL, z=NULL WHERE id=?", (row,))
                self.connection.execute("DELETE FROM drafted WHERE task=?", (task,))

    # what is asked

    def expression(self, wanted: Wanted) -> str | None:
        """What FTS5 is asked for a filter: "" where nothing can match, None where it cannot be asked.

        It cannot where a part of a word stands in more words than can be asked for at once.
        """
        parts: dict[str, tuple[str, ...]] = {}
        for atom in {atom for clause in wanted for atom in clause.atoms}:
            if atom.shape == "part":
                part = atom.words[0]
                found = self._words("instr(w, ?)", (part,), _MOST_WORDS)
                if found is None:
                    return None
                parts[f"*{part}*"] = found
            elif atom.shape == "start" and len(atom.words) == 1:
                start = atom.words[0]
                # A few words asked for at once are found in half the time of a beginning.
                found = self._words("w>=? AND w<?", (start, start + _AFTER_ALL), FEW_WORDS)
                if found is not None:
                    parts[f"{start}*"] = found
        return match_expression(wanted, parts) or ""

    def _words(self, which: str, values: Sequence[str], most: int) -> tuple[str, ...] | None:
        """The words of the index that are so, None where there are more than that."""
        found = self._rows(f"SELECT w FROM word WHERE {which} LIMIT ?", (*values, most + 1))
        return tuple(row[0] for row in found) if len(found) <= most else None


def remove(path: Path) -> None:
    """Remove an index with what SQLite keeps beside it; one that another process has open stays."""
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink()


def tidy(folder: Path, now: float, keep: Path | None = None) -> None:
    """Remove indexes nobody used for two months, and the oldest until the rest fits."""
    found = []
    for path in folder.glob(f"*{ENDING}"):
        with contextlib.suppress(OSError):
            told = path.stat()
            found.append((told.st_mtime, told.st_size, path))
    total = sum(size for _, size, _ in found)
    for used, size, path in sorted(found):
        if path != keep and (now - used > _LONGEST_UNUSED or total > _LIMIT):
            remove(path)
            total -= size
