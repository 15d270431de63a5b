"""Imports: many tasks and annotations in batches, each batch complete in itself.

A kill in the middle leaves a sound file with the batches before it; running the import again adds
what is missing and nothing twice, for every uid is derived from what it names.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

import msgspec

from labeler.model.ids import Digester, annotation_uid, person_uid, task_uid
from labeler.model.json import equal_json
from labeler.store.bodies import AnnotationBody, TaskBody, encode, value_tree
from labeler.store.file import ProjectFile
from labeler.store.fold import OPEN, Fold
from labeler.store.heads import heads_of
from labeler.store.oplog import EntityKind, OpKind, OpLog, unpack_body

__all__ = [
    "AddedAnnotation",
    "AddedTask",
    "Bulk",
    "NewAnnotation",
    "NewTask",
    "content_fingerprint",
]


class NewTask(msgspec.Struct, frozen=True):
    """A task to be added: canonical content JSON (empty: not here yet) and its fingerprint.

    ``key`` None makes the key from the content and its number among equals in its file; ``part``
    numbers the files of an import.
    """

    key: str | None
    content: bytes
    fingerprint: bytes
    meta: bytes = b"{}"
    source: str = ""
    priority: int = 0
    part: int = 0


class AddedTask(msgspec.Struct, frozen=True):
    """What became of a task: its key and uid, whether it is new, whether its key names another too."""

    key: str
    uid: bytes
    new: bool
    double: bool = False


class NewAnnotation(msgspec.Struct, frozen=True):
    """An annotation to be added: value and context are JSON as stored (ids, not names)."""

    task: bytes
    layer: str
    author: str
    value: bytes
    status: str = "submitted"
    reason: str = ""
    round: int = 0
    context: bytes = b"{}"


class AddedAnnotation(msgspec.Struct, frozen=True):
    """What became of an annotation: ``added``, ``known`` (equal), or ``older_value``."""

    uid: bytes
    outcome: str


class Bulk:
    """Adds tasks and annotations to one queue of a project, a batch a transaction."""

    def __init__(
        self, file: ProjectFile, log: OpLog, project: bytes, queue: str, person: bytes
    ) -> None:
        self.file = file
        self.log = log
        self.project = project
        self.queue = queue
        self.person = person
        row = file.row(
            "SELECT coalesce(max(ord), -1) FROM task WHERE queue=(SELECT id FROM queue WHERE name=?)",
            (queue,),
        )
        self._order = row[0] + 1
        self._seen = bytearray()
        self._part = 0

    def tasks(self, batch: Sequence[NewTask]) -> list[AddedTask]:
        """Add a batch of tasks in one transaction; those known are left as they are."""
        if not batch:
            return []
        try:
            with self.file.writing() as connection:
                fold = Fold(connection, self.project)
                queue, _ = fold.queue_row(self.queue)
                keys, uids = self._names(batch)
                first = connection.execute("SELECT coalesce(max(id), 0) FROM ent").fetchone()[0] + 1
                kind = int(EntityKind.TASK)
                connection.executemany(
                    "INSERT OR IGNORE INTO ent(id, uid, kind) VALUES(?,?,?)",
                    [(first + number, uid, kind) for number, uid in enumerate(uids)],
                )
                fresh = {
                    row[0] for row in connection.execute("SELECT id FROM ent WHERE id>=?", (first,))
                }
                new = [number for number in range(len(batch)) if first + number in fresh]
                order = self._order
                bodies = [
                    encode(
                        TaskBody(
                            queue=self.queue,
                            key=keys[number],
                            content=msgspec.Raw(batch[number].content or b"null"),
                            meta=msgspec.Raw(batch[number].meta),
                            source=batch[number].source,
                            order=order + at,
                            priority=batch[number].priority,
                        )
                    )
                    for at, number in enumerate(new)
                ]
                op = self.log.append_new(
                    connection,
                    person=self.person,
                    kind=OpKind.IMPORT,
                    entity_kind=kind,
                    entities=[(first + number, uids[number]) for number in new],
                    bodies=bodies,
                )
                stubs = [first + n for n in new if not batch[n].content]
                doubles = self._doubles(queue, [keys[n] for n in new])
                connection.executemany(
                    "INSERT INTO task(id, queue, key, prio, ord, status, done, head, heads, flags) "
                    "VALUES(?,?,?,?,?,?,0,?,1,0)",
                    [
                        (
                            first + number,
                            queue,
                            keys[number],
                            batch[number].priority,
                            order + at,
                            OPEN,
                            op + at,
                        )
                        for at, number in enumerate(new)
                    ],
                )
                fold.tally(queue, OPEN, len(new))
                again = {keys[n] for n in new if keys[n] in doubles}
                slow = [first + n for n in new if keys[n] in again or first + n in set(stubs)]
                if slow:
                    fold.touch(slow)
                self._mark_seen(connection, batch, uids)
            self._order = order + len(new)
        except BaseException:
            self.log.forget()
            raise
        added = set(new)
        return [
            AddedTask(keys[n], uids[n], n in added, n in added and keys[n] in doubles)
            for n in range(len(batch))
        ]

    def find(self, batch: Sequence[NewTask]) -> list[tuple[str, bytes]]:
        """Keys and uids of tasks that are here already; nothing is written."""
        keys, uids = self._names(batch)
        self._mark_seen(self.file.connection, batch, uids)
        return list(zip(keys, uids, strict=True))

    def _doubles(self, queue: int, keys: Sequence[str]) -> set[str]:
        """Which of the keys of new tasks name another task of this queue too."""
        found = {key for key, count in Counter(keys).items() if count > 1}
        if not self.file.row("SELECT 1 FROM task WHERE queue=? LIMIT 1", (queue,)):
            return found
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            found |= {
                row[0]
                for row in self.file.rows(
                    f"SELECT key FROM task WHERE key IN ({marks}) AND +queue=?", (*part, queue)
                )
            }
        return found

    def _names(self, batch: Sequence[NewTask]) -> tuple[list[str], list[bytes]]:
        """Keys and uids of the tasks; a row without a key gets H(content) and its number."""
        keys, uids = [], []
        named = Digester("task", self.project, self.queue)
        equals: dict[bytes, int] = {}
        for task in batch:
            key = task.key
            if task.part != self._part:
                self._part = task.part
                self._seen.clear()
                equals.clear()
            if key is None:
                key = _key(task.fingerprint, self._number(task.fingerprint, equals))
            keys.append(key)
            uids.append(named(key.encode("utf-8", "surrogatepass"), task.fingerprint))
        return keys, uids

    def _number(self, fingerprint: bytes, batch: dict[bytes, int]) -> int:
        """How many equal rows without a key this import has had.

        Rows of earlier batches are marked by one bit each, so that memory hardly grows with a file.
        """
        number = batch.get(fingerprint, 0)
        while True:
            uid = task_uid(self.project, self.queue, _key(fingerprint, number), fingerprint)
            row = self.file.row("SELECT id FROM ent WHERE uid=?", (uid,))
            if row is None or not self._is_seen(row[0]):
                break
            number += 1
        batch[fingerprint] = number + 1
        return number

    def _is_seen(self, ent: int) -> bool:
        return ent >> 3 < len(self._seen) and bool(self._seen[ent >> 3] & (1 << (ent & 7)))

    def _mark_seen(
        self, connection: sqlite3.Connection, batch: Sequence[NewTask], uids: Sequence[bytes]
    ) -> None:
        keyless = [
            uids[number]
            for number, task in enumerate(batch)
            if task.key is None and task.part == self._part
        ]
        if not keyless:
            return
        last = connection.execute("SELECT coalesce(max(id), 0) FROM ent").fetchone()[0]
        if last >> 3 >= len(self._seen):
            self._seen.extend(bytes((last >> 3) + 1 - len(self._seen)))
        for uid in keyless:
            ent = connection.execute("SELECT id FROM ent WHERE uid=?", (uid,)).fetchone()[0]
            self._seen[ent >> 3] |= 1 << (ent & 7)

    def annotations(self, batch: Sequence[NewAnnotation]) -> list[AddedAnnotation]:
        """Add a batch of annotations in one transaction.

        One whose value its annotation has, or has had, adds nothing. A value for an annotation that
        is here with another value becomes a version beside it, and a conflict.
        """
        outcomes: list[AddedAnnotation] = []
        try:
            with self.file.writing() as connection:
                fold = Fold(connection, self.project)
                touched: list[int] = []
                for new in batch:
                    author = person_uid(self.project, new.author)
                    uid = annotation_uid(new.task, new.layer, author.hex(), new.round)
                    outcome = self._outcome(uid, new)
                    outcomes.append(AddedAnnotation(uid, outcome))
                    if outcome != "added":
                        continue
                    body = AnnotationBody(
                        task=new.task.hex(),
                        layer=new.layer,
                        author=author.hex(),
                        round=new.round,
                        status=new.status,
                        reason=new.reason,
                        value=msgspec.Raw(new.value),
                        context=msgspec.Raw(new.context),
                    )
                    ent, _ = self.log.append(
                        connection,
                        person=self.person,
                        kind=OpKind.IMPORT,
                        entity=uid,
                        entity_kind=EntityKind.ANNOTATION,
                        parents=(),
                        body=encode(body),
                    )
                    touched.append(ent)
                fold.touch(touched)
        except BaseException:
            self.log.forget()
            raise
        return outcomes

    def _outcome(self, uid: bytes, new: NewAnnotation) -> str:
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (uid,))
        if row is None:
            return "added"
        connection = self.file.connection
        value = value_tree(new.value)
        heads, _ = heads_of(connection, row[0], EntityKind.ANNOTATION)
        shown = {head.row for head in heads}
        outcome = "added"
        for op_row, enc, stored in self.file.rows(
            "SELECT id, enc, body FROM op WHERE ent=? AND kind IN (?,?)",
            (row[0], int(OpKind.PUT), int(OpKind.IMPORT)),
        ):
            raw = unpack_body(connection, enc, stored)
            if raw is None:
                continue
            body = msgspec.json.decode(raw, type=AnnotationBody)
            if equal_json(value_tree(bytes(body.value)), value) and body.status == new.status:
                if op_row in shown:
                    return "known"
                outcome = "older_value"
        return outcome

    def existing(self, key: str) -> list[bytes]:
        """Uids of the tasks of this queue that values for this key can be attached to.

        Where a task was once made for it without content, that one alone: the fold knows which task
        it is joined to, and values that came before have their uids from it.
        """
        stub = task_uid(self.project, self.queue, key, b"")
        if self.file.row("SELECT 1 FROM task JOIN ent ON ent.id=task.id WHERE ent.uid=?", (stub,)):
            return [stub]
        rows = self.file.rows(
            "SELECT ent.uid FROM task JOIN ent ON ent.id=task.id WHERE task.key=? AND "
            "task.queue=(SELECT id FROM queue WHERE name=?) AND task.status>=0 "
            "ORDER BY task.id",
            (key, self.queue),
        )
        return [row[0] for row in rows]

    def content_of(self, uid: bytes) -> bytes:
        """The content JSON of a task, or of the one it is joined to; empty where it is not here."""
        row = self.file.row(
            "SELECT op.enc, op.body FROM ent JOIN task ON task.id=ent.id "
            "JOIN task AS shown ON shown.id=coalesce(task.joined, task.id) "
            "JOIN op ON op.id=shown.head WHERE ent.uid=?",
            (uid,),
        )
        raw = unpack_body(self.file.connection, *row) if row else None
        content = bytes(msgspec.json.decode(raw, type=TaskBody).content) if raw else b"null"
        return b"" if content == b"null" else content


_content = Digester("content")


def content_fingerprint(canonical_content: bytes) -> bytes:
    """The fingerprint of inline content: H of its canonical JSON."""
    return _content(canonical_content)


def _key(fingerprint: bytes, number: int) -> str:
    """The key of a row that has none: H(content), with its number among equals from the second on."""
    return fingerprint.hex() + (f"#{number + 1}" if number else "")
