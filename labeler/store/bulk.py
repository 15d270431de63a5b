"""Imports: many tasks and annotations in batches, each batch complete in itself.

A kill in the middle leaves a sound file with the batches before it; running the import again adds
what is missing and nothing twice, for every uid is derived from what it names.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from labeler.model.ids import annotation_uid, joined_fields, person_uid
from labeler.store.file import ProjectFile
from labeler.store.fold import OPEN, FirstAnnotation, Fold
from labeler.store.known_tasks import KnownTasks
from labeler.store.many import Column, add_entities, in_order, insert_many
from labeler.store.media_rows import NewMedium, add_media
from labeler.store.new_annotations import (
    AddedAnnotation,
    NewAnnotation,
    annotation_body,
    outcome_of,
)
from labeler.store.numbering import Keyless, Numbering
from labeler.store.oplog import EntityKind, NewBodies, OpKind, OpLog, new_bodies
from labeler.store.ready import NewTask, ReadyTasks, task_bodies
from labeler.store.used_keys import UsedKeys

__all__ = [
    "AddedAnnotation",
    "AddedTask",
    "AddedTasks",
    "Bulk",
    "NewAnnotation",
    "NewTask",
    "content_fingerprint",
]


_AT_ONCE = 1000
"""Tasks whose ops are made and written together: each is gone through a dozen times, which costs half
as much while all of them are in the processor's cache."""


class AddedTask(msgspec.Struct, frozen=True):
    """What became of a task: its key and uid, whether it is new, whether its key had another before."""

    key: str
    uid: bytes
    new: bool
    double: bool = False


class AddedTasks(NamedTuple):
    """What became of a batch of tasks, by place in the batch; ``doubles`` are the places of those
    that are new under a key another task had before."""

    keys: list[str]
    uids: list[bytes]
    new: list[bool]
    doubles: set[int]


class Bulk(KnownTasks):
    """Adds tasks and annotations to one queue of a project, a batch a transaction."""

    def __init__(
        self, file: ProjectFile, log: OpLog, project: bytes, queue: str, person: bytes
    ) -> None:
        super().__init__(file, project, queue)
        self.log = log
        self.person = person
        row = file.row(
            "SELECT coalesce(max(ord), -1) FROM task WHERE queue=(SELECT id FROM queue WHERE name=?)",
            (queue,),
        )
        self.order: int = row[0] + 1
        """How many tasks are before the next one."""
        self._numbering = Numbering(self._uid_of)
        self._used: UsedKeys | None = None
        self._handed_out = False
        """Whether anything of this project was ever handed out, as far as was looked."""
        self._looked = 0

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction in which SQLite does not look up what every row points to.

        It would cost a tenth of an import, and all of it is made in the very same transaction.
        """
        connection = self.file.connection
        connection.execute("PRAGMA foreign_keys=OFF")
        try:
            with self.file.writing():
                yield connection
        except BaseException:
            self.log.forget()
            self._used = None
            raise
        finally:
            connection.execute("PRAGMA foreign_keys=ON")

    def tasks(self, batch: Sequence[NewTask]) -> list[AddedTask]:
        """Add a batch of tasks in one transaction; those known are left as they are."""
        added = self.add(batch)
        return [
            AddedTask(key, uid, is_new, number in added.doubles)
            for number, (key, uid, is_new) in enumerate(zip(*added[:3], strict=True))
        ]

    def add(self, batch: Sequence[NewTask], media: Sequence[NewMedium] = ()) -> AddedTasks:
        """The same; what became of the batch is told by columns. ``media`` are noted with it."""
        if not batch:
            return AddedTasks([], [], [], set())
        keyless, keys, uids = self._names(batch)
        with self._writing() as connection:
            fold = Fold(connection, self.project)
            queue, used = self._begin(connection, fold)
            if media:
                add_media(connection, self.log, self.project, self.person, media)
            ids, fresh = add_entities(connection, uids, EntityKind.TASK)
            self._numbering.settle(connection, keyless, keys, uids, ids, fresh, make=True)
            new = [number for number in range(len(batch)) if fresh[number]]
            doubles, touched = self._same_key(used, batch, keys, new)
            self._write_all(connection, queue, batch, keys, ids, uids, new)
            self._made(connection, fold, queue, new, uids, ids)
            if touched:
                fold.touch([ids[number] for number in touched])
        self.order += len(new)
        return AddedTasks(keys, uids, fresh, doubles)

    def _look_for_places(self, connection: sqlite3.Connection) -> None:
        """See whether a task may have a place in a hand-out before it is here: then it is not free."""
        if not self._handed_out:
            sql = "SELECT 1 FROM ent WHERE id>? AND kind=? LIMIT 1"
            row = connection.execute(sql, (self._looked, int(EntityKind.ASSIGN))).fetchone()
            self._handed_out = row is not None

    def add_ready(self, parts: Sequence[ReadyTasks]) -> AddedTasks:
        """Add tasks that were made ready in one transaction, as ``add`` would.

        What was made of them is used where all are new, and their keys too.
        """
        keys = [key for part in parts for key in part.keys]
        uids = [uid for part in parts for uid in part.uids()]
        with self._writing() as connection:
            fold = Fold(connection, self.project)
            queue, used = self._begin(connection, fold)
            ids, fresh = add_entities(connection, uids, EntityKind.TASK)
            doubles: set[int] = set()
            touched: list[int] = []
            if all(fresh) and self._in_order(parts) and used.are_new(keys):
                new = list(range(len(keys)))
                start = 0
                for part in parts:
                    some = slice(start, start + len(part.keys))
                    order = range(part.order, part.order + len(part.keys))
                    entities = list(zip(ids[some], uids[some], strict=True))
                    self._write(connection, queue, entities, keys[some], part.bodies(), order, 0)
                    start = some.stop
            else:
                batch = [task for part in parts for task in part.tasks()]
                new = [number for number in range(len(batch)) if fresh[number]]
                doubles, touched = self._same_key(used, batch, keys, new)
                self._write_all(connection, queue, batch, keys, ids, uids, new)
            self._made(connection, fold, queue, new, uids, ids)
            if touched:
                fold.touch([ids[number] for number in touched])
        self.order += len(new)
        return AddedTasks(keys, uids, fresh, doubles)

    def _begin(self, connection: sqlite3.Connection, fold: Fold) -> tuple[int, UsedKeys]:
        """The queue's row, and the keys it has."""
        queue, _ = fold.queue_row(self.queue)
        self._look_for_places(connection)
        if self._used is None:
            self._used = UsedKeys(self.file, queue)
        return queue, self._used

    def _in_order(self, parts: Sequence[ReadyTasks]) -> bool:
        """Whether the tasks before these are as many as was thought when they were made ready."""
        order = self.order
        for part in parts:
            if part.order != order:
                return False
            order += len(part.keys)
        return True

    def _made(
        self,
        connection: sqlite3.Connection,
        fold: Fold,
        queue: int,
        new: Sequence[int],
        uids: Sequence[bytes],
        ids: Sequence[int],
    ) -> None:
        """Count new tasks, and keep those from others that have a place in a hand-out already."""
        fold.tally(queue, OPEN, len(new))
        self._looked = connection.execute("SELECT max(id) FROM ent").fetchone()[0]
        if self._handed_out:
            fold.handed_out({uids[number]: ids[number] for number in new})

    def _write_all(
        self,
        connection: sqlite3.Connection,
        queue: int,
        batch: Sequence[NewTask],
        keys: Sequence[str],
        ids: Sequence[int],
        uids: Sequence[bytes],
        new: Sequence[int],
    ) -> None:
        """Write the new ones of the batch, so few together that a processor has them at hand."""
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            order = range(self.order + start, self.order + start + len(some))
            tasks, names = [batch[number] for number in some], [keys[number] for number in some]
            entities = [(ids[number], uids[number]) for number in some]
            priorities = {one.priority for one in tasks}
            of_all = priorities.pop() if len(priorities) == 1 else [one.priority for one in tasks]
            bodies = task_bodies(self.queue, tasks, names, order)
            self._write(connection, queue, entities, names, bodies, order, of_all)

    def _write(
        self,
        connection: sqlite3.Connection,
        queue: int,
        entities: Sequence[tuple[int, bytes]],
        keys: Sequence[str],
        bodies: NewBodies,
        order: range,
        priority: Column,
    ) -> None:
        """Write new tasks: their ops, and what is folded from them."""
        op = self.log.append_new(
            connection,
            person=self.person,
            kind=OpKind.IMPORT,
            entity_kind=int(EntityKind.TASK),
            entities=entities,
            bodies=bodies,
        )
        insert_many(
            connection,
            "task",
            {
                "id": in_order([row for row, _ in entities]),
                "queue": queue,
                "key": keys,
                "prio": priority,
                "ord": order,
                "status": OPEN,
                "done": 0,
                "head": range(op, op + len(entities)),
                "heads": 1,
                "flags": 0,
            },
        )

    def find(self, batch: Sequence[NewTask]) -> list[tuple[str, bytes]]:
        """Keys and uids of tasks that are here already; nothing is written."""
        keyless, keys, uids = self._names(batch)
        ids, fresh = [0] * len(batch), [False] * len(batch)
        self._numbering.settle(self.file.connection, keyless, keys, uids, ids, fresh, make=False)
        return list(zip(keys, uids, strict=True))

    def _names(self, batch: Sequence[NewTask]) -> tuple[list[Keyless], list[str], list[bytes]]:
        keys = [task.key or "" for task in batch]
        if all(keys):
            return [], keys, [*map(self._uid_of, keys, [task.fingerprint for task in batch])]
        keyless = [
            (number, task.part, task.fingerprint)
            for number, task in enumerate(batch)
            if task.key is None
        ]
        for (number, _, _), key in zip(keyless, self._numbering.guess(keyless), strict=True):
            keys[number] = key
        return keyless, keys, [*map(self._uid_of, keys, [task.fingerprint for task in batch])]

    def _same_key(
        self, used: UsedKeys, batch: Sequence[NewTask], keys: list[str], new: Sequence[int]
    ) -> tuple[set[int], list[int]]:
        """New tasks whose key had another task before, and those that may be joined to one."""
        named = [number for number in new if batch[number].key is not None]
        here = [keys[number] for number in named]
        real, stubs = used.among(here)
        if not real and not stubs and len(set(here)) == len(here):
            if all(batch[number].content for number in named):
                return set(), []
        doubles: set[int] = set()
        touched: list[int] = []
        for number in named:
            key = keys[number]
            if not batch[number].content:
                self._stubs = True
                stubs.add(key)
                touched.append(number)
                continue
            if key in real:
                doubles.add(number)
            real.add(key)
            if key in stubs:
                touched.append(number)
        return doubles, touched

    def annotations(self, batch: Sequence[NewAnnotation]) -> list[AddedAnnotation]:
        """Add a batch of annotations in one transaction.

        One whose value its annotation has, or has had, adds nothing. A value for an annotation that
        is here with another value becomes a version beside it, and a conflict.
        """
        if not batch:
            return []
        with self._writing() as connection:
            fold = Fold(connection, self.project)
            names = self._named(batch)
            uids = [uid for uid, _, _ in names]
            ids, fresh = add_entities(connection, uids, EntityKind.ANNOTATION)
            first = [number for number in range(len(batch)) if fresh[number]]
            self._first_versions(connection, fold, batch, names, ids, first)
            outcomes = ["added"] * len(batch)
            touched: list[int] = []
            for number, new in enumerate(batch):
                if fresh[number]:
                    continue
                outcomes[number] = outcome_of(self.file, uids[number], new)
                if outcomes[number] == "added":
                    ent, _ = self.log.append(
                        connection,
                        person=self.person,
                        kind=OpKind.IMPORT,
                        entity=uids[number],
                        entity_kind=EntityKind.ANNOTATION,
                        parents=(),
                        body=annotation_body(new, *names[number][1:]),
                    )
                    touched.append(ent)
            fold.touch(touched)
        return [AddedAnnotation(*one) for one in zip(uids, outcomes, strict=True)]

    def _named(self, batch: Sequence[NewAnnotation]) -> list[tuple[bytes, bytes, str]]:
        """What ``NewAnnotation.named`` says of each; authors are few, and so are their hashes."""
        authors = {one: person_uid(self.project, one) for one in {n.author for n in batch}}
        return [
            (
                annotation_uid(new.task, new.layer, authors[new.author].hex(), new.round),
                authors[new.author],
                "",
            )
            if new.about is None
            else new.named(self.project)
            for new in batch
        ]

    def _first_versions(
        self,
        connection: sqlite3.Connection,
        fold: Fold,
        batch: Sequence[NewAnnotation],
        names: Sequence[tuple[bytes, bytes, str]],
        ids: Sequence[int],
        first: Sequence[int],
    ) -> None:
        """Write the ops of annotations that were not here, and fold them without a look at heads."""
        op = self.log.append_new(
            connection,
            person=self.person,
            kind=OpKind.IMPORT,
            entity_kind=int(EntityKind.ANNOTATION),
            entities=[(ids[number], names[number][0]) for number in first],
            bodies=new_bodies(
                [annotation_body(batch[number], *names[number][1:]) for number in first]
            ),
        )
        clocks = connection.execute("SELECT hlc FROM op WHERE id>=? ORDER BY id", (op,)).fetchall()
        fold.first_annotations(
            FirstAnnotation(
                row=ids[number],
                task=batch[number].task,
                layer=batch[number].layer,
                author=names[number][1],
                round=batch[number].round,
                status=batch[number].status,
                op=op + at,
                hlc=clocks[at][0],
            )
            for at, number in enumerate(first)
        )


_begun = blake2b(joined_fields("content"), digest_size=16)


def content_fingerprint(canonical_content: bytes) -> bytes:
    """The fingerprint of inline content: H of its canonical JSON."""
    hasher = _begun.copy()  # a Digester written out, for every row of every import
    hasher.update(len(canonical_content).to_bytes(8, "big") + canonical_content)
    return hasher.digest()
