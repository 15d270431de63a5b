"""How a search index follows its project file: made in slices, then op by op; and whether it may answer.

What the index says and what a scan would find is the same, or it is not asked: it answers only when it
has followed everything in the file, drafts too. It is known again by ops it has seen, so a file put in
the place of another, a hand-out as well, is never answered from the other's index.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from labeler.model.problems import Problem, Refusal
from labeler.store.documents import RawTask, document, drafted, read_raw
from labeler.store.file import ProjectFile
from labeler.store.index_answers import Matching
from labeler.store.many import values_in
from labeler.store.matching import Wanted
from labeler.store.oplog import EntityKind, OpKind
from labeler.store.search_index import ENDING, Moved, SearchIndex, remove, tidy, version

__all__ = ["IndexState", "Indexing", "index_folder", "index_path"]

_PATIENCE = 200
"""Ops an index may be behind and still be brought up to date before it answers."""
_FIRST, _MOST, _LEAST = 30, 500, 5
"""Tasks of a slice: the first, and between which bounds it is fitted to the time."""
_LONG, _SHORT = 0.012, 0.004
"""Seconds of a slice after which the next one is shorter, or longer."""
_MARKS = 200
_LOWEST = (-1, -(2**62), -(2**62), -1)


class IndexState(msgspec.Struct, frozen=True):
    """How far an index is: tasks taken in, of how many.

    ``ready`` says that it answers; ``problem`` why there is none, then scans answer.
    """

    done: int
    of: int
    ready: bool
    problem: Problem | None = None


def index_folder() -> Path:
    """Where this machine keeps search indexes: a folder that anybody may empty at any time."""
    from platformdirs import user_cache_path  # 12 ms to load

    from labeler.assets import brand

    return user_cache_path(brand().id, appauthor=False) / "search"


def index_path(folder: Path, file: ProjectFile) -> Path:
    """The index of a project file: of its project, its path and the hand-out it is, if it is one."""
    handout = file.meta("handout")
    hasher = blake2b(digest_size=16)
    for part in (file.meta("project"), str(file.path.resolve()).encode(errors="replace"), handout):
        raw = part if isinstance(part, bytes) else b""
        hasher.update(len(raw).to_bytes(4) + raw)
    return folder / f"{hasher.hexdigest()}{ENDING}"


class Indexing:
    """The index of one open project file. Used in the thread that owns the file.

    Nothing here fails loudly: where there can be no index, ``state`` says why and scans answer.
    """

    def __init__(self, file: ProjectFile, folder: Path) -> None:
        self.file = file
        self._folder = folder
        self._path = index_path(folder, file)
        self._index: SearchIndex | None = None
        self._problem: Problem | None = None
        self._size = _FIRST
        self._attached = False
        self._anew = False
        """Whether the index was thrown away: what is found in its place is not wanted."""

    @property
    def exists(self) -> bool:
        """Whether there is an index of this file, made or begun."""
        return self._path.exists()

    def close(self) -> None:
        """Close the index; it stays for the next opening."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def state(self) -> IndexState:
        """How far it is."""
        of = int(self.file.row("SELECT coalesce(sum(n), 0) FROM tally WHERE queue<>0")[0])
        with self._caring():
            index = self._open()
            if index is not None:
                begun = index.told("at") is not None
                walked = begun and index.told("walked") is None
                done = of if walked else min(of, index.told("done") or 0)
                return IndexState(done, of, self._behind(index) == 0, self._problem)
        return IndexState(0, of, False, self._problem)

    def step(self, seconds: float = 0.012) -> IndexState:
        """Do some more, for about this long; returns how far it is then."""
        until = time.perf_counter() + seconds
        with self._caring():
            while (index := self._open()) is not None and self._slice(index):
                if time.perf_counter() >= until:
                    break
        return self.state()

    def matching(self, wanted: Wanted) -> Matching | None:
        """The tasks that match, the first of them found, or None where only a scan can say."""
        with self._caring():
            index = self._open()
            if index is None or index.told("walked") is not None:
                return None
            if self._behind(index) > _PATIENCE:
                return None
            while self._follow(index):
                if index.told("walked") is not None:
                    return None
            expression = index.expression(wanted)
            if expression is not None:
                matching = Matching(index.connection, expression)
                matching.find_more()
                return matching
        return None

    def met(self, error: sqlite3.Error) -> None:
        """Somebody who read an answer met this: a damaged index answers no more."""
        # Without a code it is only closed: a newer one may answer.
        if hasattr(error, "sqlite_errorcode"):
            with self._caring():
                raise error

    def forget(self) -> None:
        """Throw the index away; the next step begins it anew."""
        if self._index is not None:
            self._index.discard()
            self._index = None
        else:
            remove(self._path)
        self._attached = False
        self._anew = True

    # opening

    @contextlib.contextmanager
    def _caring(self) -> Iterator[None]:
        """What goes wrong with the index is no reason to fail: it is made anew, or left alone."""
        try:
            yield
        except Moved:
            self.forget()
        except Refusal as refusal:
            # A scan meets the same in the project file, and says it.
            if refusal.problem.code != "file_locked":
                self._give_up(refusal.problem)
        except sqlite3.Error as error:
            code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_ABORT):
                return  # another process writes it, or what was read was taken back: later
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                self.forget()
                return
            reason = " ".join(str(error).split())
            self._give_up(Problem("search_index", str(self._path), {"reason": reason}))
        except OSError as error:
            reason = error.strerror or str(error)
            self._give_up(Problem("search_index", str(self._path), {"reason": reason}))

    def _give_up(self, problem: Problem) -> None:
        self._problem = problem
        self.close()

    def _open(self) -> SearchIndex | None:
        if self._problem is not None:
            return None
        if self._index is None:
            if not self._attached:
                tidy(self._folder, time.time(), self._path)
            self._index = SearchIndex(self._path)
        if not self._attached:
            if not self._anew and not self._is_of_this_file(self._index):
                self._index.discard()
                self._anew = True
                self._index = SearchIndex(self._path)
            if self._anew and self._index.told("at") is not None:
                raise OSError("another program has the old one open")
            self._anew = False
            self._attached = True
        return self._index

    def _is_of_this_file(self, index: SearchIndex) -> bool:
        if index.told("version") != version():
            return False
        marks = index.marks()
        for start in range(0, len(marks), _MARKS):
            part = marks[start : start + _MARKS]
            sql = f"SELECT id, h FROM op WHERE id IN ({values_in(part)})"
            if dict(self.file.rows(sql, [row for row, _ in part])) != dict(part):
                return False
        return True

    # following

    def _last_op(self) -> int:
        return int(self.file.row("SELECT coalesce(max(id), 0) FROM op")[0])

    def _behind(self, index: SearchIndex) -> int:
        """How many ops it has not followed; one more where drafts differ, or it is not made yet."""
        if index.told("walked") is not None or index.told("at") is None:
            return _PATIENCE + 1
        behind = self._last_op() - int(index.told("at"))
        return behind or int(drafted(self.file) != index.drafted())

    def _slice(self, index: SearchIndex) -> bool:
        """Do one slice; returns whether there may be more."""
        if index.told("at") is None:
            self._begin(index)
            return True
        if index.told("walked") is not None:
            self._walk(index)
            return True
        return self._follow(index)

    def _begin(self, index: SearchIndex) -> None:
        """Note what the file is known by; what comes later is followed once all was walked."""
        last = self._last_op()
        some = sorted({1 + (last - 1) * n // _MARKS for n in range(_MARKS + 1)}) if last else []
        sql = f"SELECT id, h FROM op WHERE id IN ({values_in(some)})"
        marks = self.file.rows(sql, some)
        with index.writing():
            index.mark(marks)
            index.tell("walked", list(_LOWEST))
            index.tell("done", 0)
            index.tell("at", last)

    def _walk(self, index: SearchIndex) -> None:
        began = time.perf_counter()
        rows = self.file.rows(
            "SELECT queue, prio, ord, id FROM task INDEXED BY task_order WHERE "
            "(queue, prio, ord, id) > (?,?,?,?) ORDER BY queue, prio, ord, id LIMIT ?",
            (*index.told("walked"), self._size),
        )
        found = read_raw(self.file, [row[3] for row in rows], self._drafts_of(rows))
        with index.writing():
            self._put(index, found)
            index.tell("done", index.told("done") + len(rows))
            index.tell("walked", list(rows[-1]) if len(rows) == self._size else None)
        index.merge()
        self._fit(time.perf_counter() - began)

    def _fit(self, taken: float) -> None:
        """Make the next slice longer or shorter, after one that took so many seconds."""
        if taken > _LONG:
            self._size = max(_LEAST, self._size // 2)
        elif taken < _SHORT:
            self._size = min(_MOST, self._size * 2)

    def _drafts_of(self, places: Sequence[tuple[int, int, int, int]]) -> set[int]:
        tasks = [place[3] for place in places]
        sql = f"SELECT task FROM draft WHERE cursor<>saved AND layer=0 AND task IN ({values_in(tasks)})"
        return {row[0] for row in self.file.rows(sql, tasks)}

    def _put(self, index: SearchIndex, found: Sequence[RawTask]) -> None:
        needs = dict(self.file.rows("SELECT id, need FROM queue"))
        index.put([(raw.place, raw.drafted, raw.changed, document(raw)) for raw in found], needs)

    def _follow(self, index: SearchIndex) -> bool:
        """Follow the next ops, then the drafts; returns whether there may be more. Raises Moved."""
        began = time.perf_counter()
        rows = self.file.rows(
            "SELECT op.id, op.h, op.kind, op.ent, ent.kind FROM op JOIN ent ON ent.id=op.ent "
            "WHERE op.id>? ORDER BY op.id LIMIT ?",
            (index.told("at"), self._size),
        )
        if not rows:
            return self._follow_drafts(index)
        tasks: dict[int, None] = {}
        needs: dict[int, int] = {}
        for _, _, kind, ent, entity in rows:
            if kind in (OpKind.DELETE, OpKind.REDACT):
                # Words that were taken back leave no trace: in a file made anew there is none.
                raise Moved
            if entity == EntityKind.QUEUE:
                needs |= self._other_need(index, ent)
            elif entity == EntityKind.TASK:
                sql = (
                    "SELECT b.id FROM task AS a JOIN task AS b ON b.key=a.key AND b.queue=a.queue "
                    "WHERE a.id=?"
                )
                tasks.update(dict.fromkeys(row[0] for row in self.file.rows(sql, (ent,))))
            elif entity == EntityKind.ANNOTATION:
                found = self.file.rows("SELECT task FROM ann WHERE id=?", (ent,))
                tasks.update(dict.fromkeys(row[0] for row in found))
        self._take(index, list(tasks), rows[-1][:2], needs)
        self._fit(time.perf_counter() - began)
        return True

    def _other_need(self, index: SearchIndex, queue: int) -> dict[int, int]:
        """How many people a task of this queue needs, if that is more or fewer than before."""
        need = self.file.row("SELECT need FROM queue WHERE id=?", (queue,))
        known = index.need(queue)
        is_other = need is not None and known is not None and need[0] != known
        return {queue: need[0]} if is_other else {}

    def _take(
        self,
        index: SearchIndex,
        tasks: Sequence[int],
        op: tuple[int, bytes] | None,
        needs: dict[int, int],
    ) -> None:
        found = read_raw(self.file, tasks, drafted(self.file)) if tasks else []
        shown = {raw.place.task for raw in found}
        with index.writing():
            self._put(index, found)
            index.remove(task for task in tasks if task not in shown)
            if op is not None:
                index.mark([op])
                index.tell("at", op[0])
            for queue, need in needs.items():
                index.needs(queue, need)
            if needs:
                # Every status there may be another one: walk again from there, and take what differs.
                index.tell("walked", [min(needs), *_LOWEST[1:]])
                index.tell("done", 0)
        index.merge()

    def _follow_drafts(self, index: SearchIndex) -> bool:
        differ = sorted(drafted(self.file) ^ index.drafted())[: self._size]
        if not differ:
            return False
        before = index.drafted()
        self._take(index, differ, None, {})
        # A draft of a task that is not shown changes nothing, and would be looked at for ever.
        return index.drafted() != before
