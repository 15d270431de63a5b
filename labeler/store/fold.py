"""The fold: caches of a project file from its ops. The only place that knows how.

It runs no plugin code and looks at the entities that a write touched, in the write's own transaction;
at the whole only when the fold's version changed or a repair asks for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from labeler.model.ids import queue_uid
from labeler.model.value import LAYERS
from labeler.store.assigned import out_to, tasks_of
from labeler.store.bodies import (
    AnnotationBody,
    PersonBody,
    PolicyBody,
    QueueBody,
    TaskBody,
)
from labeler.store.damage import Damaged, read_body
from labeler.store.heads import Head, heads_of
from labeler.store.many import Column, insert_many, values_in
from labeler.store.media_versions import media_versions, shown_of
from labeler.store.oplog import EntityKind, unpack_body
from labeler.store.rows import STATUSES
from labeler.store.stubs import chosen_of
from labeler.store.task_status import (
    DONE,
    FLAG_DELETED,
    FLAG_DOUBLE,
    FLAG_JOINED,
    FLAG_MISSING,
    OPEN,
    task_status,
)

__all__ = ["CACHES", "DONE", "OPEN", "FirstAnnotation", "Fold"]

CACHES = ("who", "queue", "task", "ann", "tally", "conflict", "media")
"""Tables that are folded from ops, in the order they may be emptied."""

_WORK = LAYERS.index("work")
_ASKED = 500
T = TypeVar("T")


class FirstAnnotation(NamedTuple):
    """The only op of a new annotation: rows of its entity and op, the rest as its body says."""

    row: int
    task: bytes
    layer: str
    author: bytes
    round: int
    status: str
    op: int
    hlc: int


class Fold:
    """Brings the caches of one file up to date with its ops."""

    def __init__(self, connection: sqlite3.Connection, project: bytes) -> None:
        self.connection = connection
        self.project = project
        self._queues: dict[str, tuple[int, int]] = {}

    def touch(self, entities: Iterable[int]) -> None:
        """Fold these entities (rows of ``ent``) anew, within the open transaction."""
        rows = []
        for ent in entities:
            kind = self.connection.execute("SELECT kind FROM ent WHERE id=?", (ent,)).fetchone()[0]
            rows.append((kind, ent))
        touched_tasks: dict[int, None] = {}
        for kind, ent in sorted(rows):
            match kind:
                case EntityKind.PERSON:
                    self._person(ent)
                case EntityKind.QUEUE:
                    self._queue(ent)
                case EntityKind.LABELS | EntityKind.GUIDELINE:
                    self._conflicted(ent, len(heads_of(self.connection, ent, kind)[0]) > 1)
                case EntityKind.TASK:
                    touched_tasks.update(dict.fromkeys(self._task(ent)))
                case EntityKind.ANNOTATION:
                    touched_tasks.update(dict.fromkeys(self._annotation(ent)))
                case EntityKind.MEDIA:
                    self._media(ent)
                case EntityKind.ASSIGN:
                    for task in tasks_of(self.connection, ent):
                        self._out(task)
                case _:
                    pass
        self._statuses(list(touched_tasks))

    def whole(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Empty the caches and fold every entity, within the open transaction."""
        for table in CACHES:
            self.connection.execute(f"DELETE FROM {table}")
        self._queues.clear()
        total = self.connection.execute("SELECT count(*) FROM ent").fetchone()[0]
        done = 0
        for kind in (*EntityKind,):
            last = 0
            while True:
                page = [
                    row[0]
                    for row in self.connection.execute(
                        "SELECT id FROM ent WHERE kind=? AND id>? ORDER BY id LIMIT 5000",
                        (int(kind), last),
                    ).fetchall()
                ]
                if not page:
                    break
                last = page[-1]
                self.touch(page)
                done += len(page)
                if progress is not None:
                    progress(done, total)

    def _body(self, heads: list[Head], kind: type[T]) -> T | None:
        """What the shown head says; None where it says nothing: redacted, or damaged past reading.

        What a damaged op did is not folded: a check names it, and the rest of the file stays whole.
        """
        if not heads:
            return None
        try:
            raw = unpack_body(self.connection, heads[0].enc, heads[0].stored)
            return None if raw is None else read_body(raw, kind)
        except Damaged:
            return None

    def _conflicted(self, ent: int, conflicted: bool) -> None:
        if conflicted:
            self.connection.execute("INSERT OR IGNORE INTO conflict(ent) VALUES(?)", (ent,))
        else:
            self.connection.execute("DELETE FROM conflict WHERE ent=?", (ent,))

    def _person(self, ent: int) -> None:
        heads, _ = heads_of(self.connection, ent, EntityKind.PERSON)
        uid = self.connection.execute("SELECT uid FROM ent WHERE id=?", (ent,)).fetchone()[0]
        self.connection.execute("INSERT OR IGNORE INTO person(uid) VALUES(?)", (uid,))
        row = self.connection.execute("SELECT id FROM person WHERE uid=?", (uid,)).fetchone()[0]
        body = self._body(heads, PersonBody)
        if body is None:
            self.connection.execute("DELETE FROM who WHERE id=?", (row,))
            return
        self.connection.execute(
            "INSERT INTO who(id, handle, name, kind, roles) VALUES(?,?,?,?,?) ON CONFLICT(id) DO "
            "UPDATE SET handle=excluded.handle, name=excluded.name, kind=excluded.kind, "
            "roles=excluded.roles",
            (row, body.handle, body.name, body.kind, msgspec.json.encode(body.roles).decode()),
        )

    def _queue(self, ent: int) -> None:
        heads, _ = heads_of(self.connection, ent, EntityKind.QUEUE)
        self._conflicted(ent, len(heads) > 1)
        body = self._body(heads, QueueBody)
        if body is None:
            self.connection.execute("UPDATE queue SET deleted=1 WHERE id=?", (ent,))
            return
        try:
            need = max(1, read_body(bytes(body.policy), PolicyBody).overlap)
        except Damaged:
            need = 1
        before = self.connection.execute("SELECT need FROM queue WHERE id=?", (ent,)).fetchone()
        self.connection.execute(
            "INSERT INTO queue(id, name, need, ord, deleted) VALUES(?,?,?,?,0) ON CONFLICT(id) DO "
            "UPDATE SET name=excluded.name, need=excluded.need, ord=excluded.ord, deleted=0",
            (ent, body.id, need, body.order),
        )
        self._queues.clear()
        if before is not None and before[0] != need:
            self._recount(ent)

    def _recount(self, queue: int) -> None:
        """Work out anew the status of every task of a queue that somebody worked on."""
        rows = self.connection.execute(
            "SELECT DISTINCT task.id FROM task JOIN ann ON ann.task=task.id WHERE task.queue=?",
            (queue,),
        ).fetchall()
        self._statuses([task for (task,) in rows])

    def queue_row(self, name: str) -> tuple[int, int]:
        """Row and wanted people per task of a queue by its id; made in the cache if unknown."""
        known = self._queues.get(name)
        if known is None:
            uid = queue_uid(self.project, name)
            row = self.connection.execute(
                "SELECT ent.id, queue.need FROM ent LEFT JOIN queue ON queue.id=ent.id "
                "WHERE ent.uid=?",
                (uid,),
            ).fetchone()
            if row is None:
                row = self.connection.execute(
                    "INSERT INTO ent(uid, kind) VALUES(?,?) RETURNING id, NULL",
                    (uid, int(EntityKind.QUEUE)),
                ).fetchone()
            known = (row[0], row[1] or 1)
            self._queues[name] = known
        return known

    def _task(self, ent: int) -> list[int]:
        heads, _ = heads_of(self.connection, ent, EntityKind.TASK)
        self._conflicted(ent, len(heads) > 1)
        body = self._body(heads, TaskBody)
        if body is None:
            self.connection.execute("UPDATE task SET flags=flags|? WHERE id=?", (FLAG_DELETED, ent))
            return self._known(ent)
        queue, _ = self.queue_row(body.queue)
        missing = FLAG_MISSING if bytes(body.content) == b"null" else 0
        before = self.connection.execute(
            "SELECT queue, status FROM task WHERE id=? AND queue<>?", (ent, queue)
        ).fetchone()
        if before is not None:  # two versions name two queues
            self.tally(before[0], before[1], -1)
            self.connection.execute("UPDATE task SET status=-1 WHERE id=?", (ent,))
        self.connection.execute(
            "INSERT INTO task(id, queue, key, prio, ord, status, done, head, heads, flags) "
            "VALUES(?,?,?,?,?,-1,0,?,?,?) ON CONFLICT(id) DO UPDATE SET queue=excluded.queue, "
            "key=excluded.key, prio=excluded.prio, ord=excluded.ord, head=excluded.head, "
            "heads=excluded.heads, flags=excluded.flags",
            (
                ent,
                queue,
                body.key,
                body.priority,
                body.order,
                heads[0].row,
                len(heads),
                missing,
            ),
        )
        self._out(ent)
        return [ent, *self._join(queue, body.key)]

    def _out(self, task: int) -> None:
        person = out_to(self.connection, self.project, task)
        self.connection.execute(
            "UPDATE task SET out_to=? WHERE id=? AND out_to IS NOT ?", (person, task, person)
        )

    def _known(self, task: int) -> list[int]:
        row = self.connection.execute("SELECT 1 FROM task WHERE id=?", (task,)).fetchone()
        return [task] if row else []

    def _join(self, queue: int, key: str) -> list[int]:
        """Join a task made before its content to the only task of its key that has one."""
        rows = self.connection.execute(
            "SELECT id, flags, joined FROM task WHERE key=? AND queue=?", (key, queue)
        ).fetchall()
        if len(rows) < 2:
            return []
        real = [row[0] for row in rows if not row[1] & FLAG_MISSING]
        touched = []
        for ent, flags, joined in rows:
            if not flags & FLAG_MISSING:
                continue
            target = real[0] if len(real) == 1 else chosen_of(self.connection, ent, real)
            new = flags & ~(FLAG_JOINED | FLAG_DOUBLE)
            if target is not None:
                new |= FLAG_JOINED
            elif len(real) > 1:
                new |= FLAG_DOUBLE
            if (new, target) == (flags, joined):
                continue
            self.connection.execute(
                "UPDATE task SET flags=?, joined=? WHERE id=?", (new, target, ent)
            )
            self._conflicted(ent, bool(new & FLAG_DOUBLE))
            for (annotation,) in self.connection.execute(
                "SELECT id FROM ann WHERE task IN (?,?)", (ent, joined or ent)
            ).fetchall():
                self._annotation(annotation)
            touched += [one for one in (ent, target, joined) if one is not None]
        return touched

    def _annotation(self, ent: int) -> list[int]:
        heads, _ = heads_of(self.connection, ent, EntityKind.ANNOTATION)
        self._conflicted(ent, len(heads) > 1)
        if not heads:
            row = self.connection.execute(
                "DELETE FROM ann WHERE id=? RETURNING task, layer", (ent,)
            ).fetchone()
            if row is None:
                return []
            self.tally(0, row[1], -1)
            return [row[0]]
        shown = heads[0]
        body = self._body(heads, AnnotationBody)
        if body is None:
            self.connection.execute(
                "UPDATE ann SET head=?, heads=?, hlc=? WHERE id=?",
                (shown.row, len(heads), shown.hlc, ent),
            )
            row = self.connection.execute("SELECT task FROM ann WHERE id=?", (ent,)).fetchone()
            return [row[0]] if row else []
        task = self._task_of(bytes.fromhex(body.task))
        person = self._person_of(bytes.fromhex(body.author))
        layer, status = _layer(body.layer), _status(body.status)
        before = self.connection.execute("SELECT task FROM ann WHERE id=?", (ent,)).fetchone()
        if before is None:
            self.tally(0, layer, 1)
        self.connection.execute(
            "INSERT INTO ann(id, task, layer, author, round, status, head, heads, deleted, hlc) "
            "VALUES(?,?,?,?,?,?,?,?,0,?) ON CONFLICT(id) DO UPDATE SET task=excluded.task, "
            "status=excluded.status, head=excluded.head, heads=excluded.heads, hlc=excluded.hlc",
            (ent, task, layer, person, body.round, status, shown.row, len(heads), shown.hlc),
        )
        return [task] if before is None or before[0] == task else [task, before[0]]

    def first_annotations(self, new: Iterable[FirstAnnotation]) -> None:
        """Fold annotations that have one op each and no other: there are no heads to look for."""
        new = list(new)
        people: dict[bytes, int] = {}
        tasks = self._tasks_of(list(dict.fromkeys([one.task for one in new])))
        layers: dict[int, int] = {}
        worked_on: dict[int, None] = {}
        rows = []
        for one in new:
            if one.author not in people:
                people[one.author] = self._person_of(one.author)
            task = tasks[one.task]
            layer = _layer(one.layer)
            layers[layer] = layers.get(layer, 0) + 1
            if layer == _WORK:
                worked_on[task] = None
            person = people[one.author]
            status = _status(one.status)
            rows.append((one.row, task, layer, person, one.round, status, one.op, one.hlc))
        rows.sort()
        if rows:
            names = ("id", "task", "layer", "author", "round", "status", "head", "hlc")
            columns: dict[str, Column] = dict(zip(names, zip(*rows, strict=True), strict=True))
            insert_many(self.connection, "ann", {**columns, "heads": 1, "deleted": 0})
        for layer, number in layers.items():
            self.tally(0, layer, number)
        self._statuses(list(worked_on))

    def _tasks_of(self, uids: Sequence[bytes]) -> dict[bytes, int]:
        """``_task_of`` for many."""
        found: dict[bytes, int] = {}
        for part in _chunks(uids):
            for uid, ent, joined in self.connection.execute(
                "SELECT ent.uid, ent.id, task.joined FROM ent LEFT JOIN task ON task.id=ent.id "
                f"WHERE ent.uid IN ({values_in(part)})",
                part,
            ):
                found[uid] = int(joined or ent)
        for uid in uids:
            if uid not in found:
                found[uid] = self._task_of(uid)
        return found

    def _person_of(self, uid: bytes) -> int:
        """The row of the person with this uid, made if it is not there."""
        self.connection.execute("INSERT OR IGNORE INTO person(uid) VALUES(?)", (uid,))
        row = self.connection.execute("SELECT id FROM person WHERE uid=?", (uid,)).fetchone()
        return int(row[0])

    def _task_of(self, uid: bytes) -> int:
        """The row of the task with this uid, or of the one it is joined to."""
        row = self.connection.execute(
            "SELECT ent.id, task.joined FROM ent LEFT JOIN task ON task.id=ent.id WHERE ent.uid=?",
            (uid,),
        ).fetchone()
        if row is None:
            row = self.connection.execute(
                "INSERT INTO ent(uid, kind) VALUES(?,?) RETURNING id, NULL",
                (uid, int(EntityKind.TASK)),
            ).fetchone()
        return int(row[1] or row[0])

    def _media(self, ent: int) -> None:
        versions = media_versions(self.connection, ent)
        # One file taken in here and referred to there is no conflict, two files of one name are.
        files = {(body.fingerprint, body.hash) for body in versions if body.hash}
        self._conflicted(ent, len(files) > 1)
        body = shown_of(versions)
        if body is None:
            self.connection.execute("UPDATE media SET deleted=1 WHERE id=?", (ent,))
            return
        self.connection.execute(
            "INSERT OR REPLACE INTO media(id, root, path, size, mime, hash, deleted) "
            "VALUES(?,?,?,?,?,?,0)",
            (ent, body.root, body.path, body.size, body.mime, bytes.fromhex(body.hash) or None),
        )

    def _statuses(self, tasks: Sequence[int]) -> None:
        """Work out the status of tasks, each of them named once, and keep the tallies of queues."""
        tallies: dict[tuple[int, int], int] = {}
        for part in _chunks(tasks):
            marks = values_in(part)
            rows = self.connection.execute(
                "SELECT task.id, task.queue, task.status, task.flags, queue.need FROM task "
                f"LEFT JOIN queue ON queue.id=task.queue WHERE task.id IN ({marks})",
                part,
            ).fetchall()
            statuses: dict[int, list[int]] = {row[0]: [] for row in rows}
            for task, status in self.connection.execute(
                f"SELECT task, status FROM ann WHERE task IN ({marks}) AND layer=? AND deleted=0",
                (*part, _WORK),
            ):
                if task in statuses:
                    statuses[task].append(status)
            changes = []
            for task, queue, before, flags, need in rows:
                work = statuses[task]
                status = task_status(work, need or 1, flags)
                changes.append((status, len(work), task))
                if status != before:
                    tallies[queue, before] = tallies.get((queue, before), 0) - 1
                    tallies[queue, status] = tallies.get((queue, status), 0) + 1
            self.connection.executemany("UPDATE task SET status=?, done=? WHERE id=?", changes)
        for (queue, status), by in tallies.items():
            if by:
                self.tally(queue, status, by)

    def tally(self, queue: int, status: int, by: int) -> None:
        """Count tasks of a queue by status; a status below 0 is not counted.

        Queue 0 counts annotations by layer.
        """
        if status >= 0:
            self.connection.execute(
                "INSERT INTO tally(queue, status, n) VALUES(?,?,?) ON CONFLICT(queue, status) DO "
                "UPDATE SET n=n+excluded.n",
                (queue, status, by),
            )


def _chunks(many: Sequence[T]) -> Iterator[Sequence[T]]:
    """Some hundreds at a time: as many as one statement is asked about."""
    for start in range(0, len(many), _ASKED):
        yield many[start : start + _ASKED]


def _layer(name: str) -> int:
    return LAYERS.index(name) if name in LAYERS else -1


def _status(name: str) -> int:
    return STATUSES.index(name) if name in STATUSES else OPEN
