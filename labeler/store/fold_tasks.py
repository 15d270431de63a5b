"""The fold of tasks and of what people did with them: hundreds at once, for there are millions.

What is new and has a single op goes in as it stands (``first_tasks``, ``first_annotations``), for there
are no heads to look for; everything else by its heads. Both ways lead to the same rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from labeler.model.ids import queue_uid
from labeler.model.value import LAYERS
from labeler.store.assigned import out_to, with_place
from labeler.store.bodies import AnnotationBody, TaskBody
from labeler.store.damage import Damaged, read_body
from labeler.store.heads import Head, heads_of_many
from labeler.store.label_uses import LabelUses
from labeler.store.many import Column, chunks, in_order, insert_many, values_in
from labeler.store.oplog import EntityKind, unpack_body
from labeler.store.rows import STATUSES
from labeler.store.statuses import Statuses
from labeler.store.stubs import chosen_of
from labeler.store.task_status import (
    FLAG_DOUBLE,
    FLAG_JOINED,
    FLAG_MISSING,
    MISSING,
    OPEN,
)

__all__ = ["FirstAnnotation", "FirstTask", "TaskFold"]

_WORK = LAYERS.index("work")

T = TypeVar("T")


class FirstAnnotation(msgspec.Struct, frozen=True, gc=False):
    """The only op of a new annotation: rows of its entity and op, the rest as its body says."""

    row: int
    task: bytes
    layer: str
    author: bytes
    round: int
    status: str
    op: int
    hlc: int


class FirstTask(msgspec.Struct, frozen=True, gc=False):
    """The only op of a new task: uid, rows of its entity and op, the rest as its body says."""

    uid: bytes
    row: int
    queue: str
    key: str
    priority: int
    order: int
    missing: bool
    op: int


class TaskFold(Statuses):
    """Brings tasks, annotations and their tallies up to date, within the open transaction."""

    def __init__(self, connection: sqlite3.Connection, project: bytes) -> None:
        super().__init__(connection)
        self.project = project
        self.labels = LabelUses(connection, project)
        self._queues: dict[str, tuple[int, int]] = {}
        self._people: dict[bytes, int] = {}

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

    def body(self, heads: list[Head], kind: type[T]) -> T | None:
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

    def conflicted(self, found: dict[int, bool]) -> None:
        """Note of entities whether they are in conflict."""
        for part in chunks(list(found)):
            there = {
                row[0]
                for row in self.connection.execute(
                    f"SELECT ent FROM conflict WHERE ent IN ({values_in(part)})", part
                )
            }
            for ent in part:
                if found[ent] and ent not in there:
                    self.connection.execute("INSERT INTO conflict(ent) VALUES(?)", (ent,))
                elif ent in there and not found[ent]:
                    self.connection.execute("DELETE FROM conflict WHERE ent=?", (ent,))

    # tasks

    def tasks(self, ents: Sequence[int]) -> dict[int, None]:
        """Fold tasks by their heads; returns those whose status is to be worked out."""
        touched: dict[int, None] = {}
        for part in chunks(ents):
            touched.update(self._tasks(part))
        return touched

    def _tasks(self, ents: Sequence[int]) -> dict[int, None]:
        found = heads_of_many(self.connection, ents, EntityKind.TASK)
        self.conflicted({ent: len(heads) > 1 for ent, heads in found.items()})
        marks = values_in(ents)
        known: dict[int, tuple[int, int]] = {
            row[0]: (row[1], row[2])
            for row in self.connection.execute(
                f"SELECT id, queue, status FROM task WHERE id IN ({marks})", ents
            ).fetchall()
        }
        touched: dict[int, None] = {}
        new: list[tuple[int, ...]] = []
        keys: list[tuple[int, str]] = []
        new_keys = []
        for ent in ents:
            heads = found[ent]
            body = self.body(heads, TaskBody)
            before = known.get(ent)
            if body is None:
                if before is not None:
                    keys.append(self._drop_task(ent, *before))
                continue
            queue, _ = self.queue_row(body.queue)
            flags = FLAG_MISSING if bytes(body.content) == b"null" else 0
            keys.append((queue, body.key))
            touched[ent] = None
            if before is None:
                head = heads[0].row
                new.append((ent, queue, body.priority, body.order, head, len(heads), flags))
                new_keys.append(body.key)
                continue
            if before[0] != queue:  # two versions name two queues
                self.tally(before[0], before[1], -1)
                self.connection.execute("UPDATE task SET status=-1 WHERE id=?", (ent,))
            self.connection.execute(
                "UPDATE task SET queue=?, key=?, prio=?, ord=?, head=?, heads=?, flags=? WHERE id=?",
                (
                    queue,
                    body.key,
                    body.priority,
                    body.order,
                    heads[0].row,
                    len(heads),
                    flags,
                    ent,
                ),
            )
        if new:
            names = ("id", "queue", "prio", "ord", "head", "heads", "flags")
            self._insert_tasks(dict(zip(names, zip(*new, strict=True), strict=True)), new_keys, -1)
        uids = self.connection.execute(
            f"SELECT uid, id FROM ent WHERE id IN ({marks})", ents
        ).fetchall()
        self.handed_out(dict(uids))
        touched.update(self._join(keys))
        self.labels.saw_tasks(list(touched))
        return touched

    def _drop_task(self, ent: int, queue: int, status: int) -> tuple[int, str]:
        """Take a task out that nothing is said of any more; its queue and key, for others may have it."""
        row = self.connection.execute(
            "DELETE FROM task WHERE id=? RETURNING key", (ent,)
        ).fetchone()
        self.tally(queue, status, -1)
        return queue, row[0]

    def first_tasks(self, new: Sequence[FirstTask]) -> None:
        """Fold tasks that have one op each, no other and nothing that was done with them before."""
        for part in chunks(new):
            self._first_tasks(part)

    def _first_tasks(self, new: Sequence[FirstTask]) -> None:
        queues = [self.queue_row(one.queue)[0] for one in new]
        status = [MISSING if one.missing else OPEN for one in new]
        columns: dict[str, Column] = {
            "id": in_order([one.row for one in new]),
            "queue": queues,
            "prio": [one.priority for one in new],
            "ord": [one.order for one in new],
            "head": in_order([one.op for one in new]),
            "heads": 1,
            "flags": [FLAG_MISSING if one.missing else 0 for one in new],
        }
        self._insert_tasks(columns, [one.key for one in new], status)
        tallies: dict[tuple[int, int], int] = {}
        for place in zip(queues, status, strict=True):
            tallies[place] = tallies.get(place, 0) + 1
        for (queue, what), number in tallies.items():
            self.tally(queue, what, number)
        self.handed_out({one.uid: one.row for one in new})
        names = [(queue, one.key) for queue, one in zip(queues, new, strict=True)]
        self.statuses(list(self._join(names)))

    def _insert_tasks(
        self, columns: dict[str, Column], keys: Sequence[str], status: int | Sequence[int]
    ) -> None:
        insert_many(self.connection, "task", {**columns, "key": keys, "status": status, "done": 0})

    def out(self, task: int) -> None:
        """Note who a task is handed out to."""
        person = out_to(self.connection, self.project, task)
        self.connection.execute(
            "UPDATE task SET out_to=? WHERE id=? AND out_to IS NOT ?", (person, task, person)
        )

    def handed_out(self, tasks: dict[bytes, int]) -> None:
        """Note of those tasks (uid: row) that have a place in a hand-out who holds them."""
        for uid in with_place(self.connection, list(tasks)):
            self.out(tasks[uid])

    def _join(self, keys: Iterable[tuple[int, str]]) -> dict[int, None]:
        """Join tasks made before their content to the only task of their key that has one."""
        wanted = dict.fromkeys(keys)
        by_key: dict[tuple[int, str], list[tuple[int, int, int | None]]] = {}
        for part in chunks(list(dict.fromkeys(key for _, key in wanted))):
            for ent, queue, key, flags, joined in self.connection.execute(
                f"SELECT id, queue, key, flags, joined FROM task WHERE key IN ({values_in(part)})",
                part,
            ):
                by_key.setdefault((queue, key), []).append((ent, flags, joined))
        touched: dict[int, None] = {}
        for place in wanted:
            rows = by_key.get(place, [])
            if len(rows) > 1 or any(joined for _, _, joined in rows):
                touched.update(self._join_one(rows))
        return touched

    def _join_one(self, rows: Sequence[tuple[int, int, int | None]]) -> dict[int, None]:
        real = [row[0] for row in rows if not row[1] & FLAG_MISSING]
        touched: dict[int, None] = {}
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
            self.conflicted({ent: bool(new & FLAG_DOUBLE)})
            moved = self.connection.execute(
                "SELECT id FROM ann WHERE task IN (?,?)", (ent, joined or ent)
            ).fetchall()
            touched.update(self.annotations([annotation for (annotation,) in moved]))
            touched.update(dict.fromkeys(one for one in (ent, target, joined) if one is not None))
        return touched

    # annotations

    def annotations(self, ents: Sequence[int]) -> dict[int, None]:
        """Fold annotations by their heads; returns the tasks whose status is to be worked out."""
        touched: dict[int, None] = {}
        for part in chunks(ents):
            touched.update(self._annotations(part))
        return touched

    def _annotations(self, ents: Sequence[int]) -> dict[int, None]:
        found = heads_of_many(self.connection, ents, EntityKind.ANNOTATION)
        self.conflicted({ent: len(heads) > 1 for ent, heads in found.items()})
        known: dict[int, tuple[int, int]] = {
            row[0]: (row[1], row[2])
            for row in self.connection.execute(
                f"SELECT id, task, layer FROM ann WHERE id IN ({values_in(ents)})", ents
            ).fetchall()
        }
        bodies = {ent: self.body(heads, AnnotationBody) for ent, heads in found.items()}
        uids = dict.fromkeys(bytes.fromhex(body.task) for body in bodies.values() if body)
        tasks = self._tasks_of(list(uids))
        touched: dict[int, None] = {}
        tallies: dict[int, int] = {}
        new: list[tuple[int, ...]] = []
        changed: list[tuple[int, ...]] = []
        for ent in ents:
            heads, body, before = found[ent], bodies[ent], known.get(ent)
            if before is not None:
                touched[before[0]] = None
            if body is None:
                if before is not None:
                    self.connection.execute("DELETE FROM ann WHERE id=?", (ent,))
                    tallies[before[1]] = tallies.get(before[1], 0) - 1
                continue
            shown = heads[0]
            task = tasks[bytes.fromhex(body.task)]
            touched[task] = None
            status = _status(body.status)
            if before is not None:
                changed.append((task, status, shown.row, len(heads), shown.hlc, ent))
                continue
            layer, person = _layer(body.layer), self._person_of(bytes.fromhex(body.author))
            tallies[layer] = tallies.get(layer, 0) + 1
            new.append(
                (ent, task, layer, person, body.round, status, shown.row, len(heads), shown.hlc)
            )
        self._insert_annotations(new)
        self.connection.executemany(
            "UPDATE ann SET task=?, status=?, head=?, heads=?, hlc=? WHERE id=?", changed
        )
        for layer, by in tallies.items():
            self.tally(0, layer, by)
        self.labels.saw(ents)
        return touched

    def _insert_annotations(self, new: Sequence[tuple[int, ...]]) -> None:
        if new:
            names = ("id", "task", "layer", "author", "round", "status", "head", "heads", "hlc")
            columns: dict[str, Column] = dict(
                zip(names, zip(*sorted(new), strict=True), strict=True)
            )
            insert_many(self.connection, "ann", columns)

    def first_annotations(self, new: Iterable[FirstAnnotation]) -> None:
        """Fold annotations that have one op each and no other: there are no heads to look for."""
        new = list(new)
        tasks = self._tasks_of(list(dict.fromkeys([one.task for one in new])))
        layers: dict[int, int] = {}
        worked_on: dict[int, None] = {}
        rows: list[tuple[int, ...]] = []
        for one in new:
            task, layer = tasks[one.task], _layer(one.layer)
            layers[layer] = layers.get(layer, 0) + 1
            if layer == _WORK:
                worked_on[task] = None
            person = self._person_of(one.author)
            status = _status(one.status)
            rows.append((one.row, task, layer, person, one.round, status, one.op, 1, one.hlc))
        self._insert_annotations(rows)
        for layer, number in layers.items():
            self.tally(0, layer, number)
        self.statuses(list(worked_on))
        self.labels.saw([one.row for one in new])
        self.labels.settle()

    def _tasks_of(self, uids: Sequence[bytes]) -> dict[bytes, int]:
        """The rows of the tasks with these uids, or of those they are joined to."""
        found: dict[bytes, int] = {}
        for part in chunks(uids):
            for uid, ent, joined in self.connection.execute(
                "SELECT ent.uid, ent.id, task.joined FROM ent LEFT JOIN task ON task.id=ent.id "
                f"WHERE ent.uid IN ({values_in(part)})",
                part,
            ):
                found[uid] = int(joined or ent)
        for uid in uids:
            if uid not in found:  # it was annotated, and itself is not here yet
                (found[uid],) = self.connection.execute(
                    "INSERT INTO ent(uid, kind) VALUES(?,?) RETURNING id",
                    (uid, int(EntityKind.TASK)),
                ).fetchone()
        return found

    def _person_of(self, uid: bytes) -> int:
        """The row of the person with this uid, made if it is not there."""
        known = self._people.get(uid)
        if known is None:
            self.connection.execute("INSERT OR IGNORE INTO person(uid) VALUES(?)", (uid,))
            row = self.connection.execute("SELECT id FROM person WHERE uid=?", (uid,)).fetchone()
            known = self._people[uid] = int(row[0])
        return known


def _layer(name: str) -> int:
    return LAYERS.index(name) if name in LAYERS else -1


def _status(name: str) -> int:
    return STATUSES.index(name) if name in STATUSES else OPEN
