"""The fold: caches of a project file from its ops. The only place that knows how.

It runs no plugin code and looks at the entities that a write touched, in the write's own transaction;
at the whole only when the fold's version changed or a repair asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from labeler.model.ids import labels_uid
from labeler.store.assigned import tasks_of
from labeler.store.bodies import PersonBody, PolicyBody, QueueBody
from labeler.store.damage import Damaged, read_body
from labeler.store.fold_tasks import FirstAnnotation, FirstTask, TaskFold
from labeler.store.heads import heads_of
from labeler.store.many import chunks, values_in
from labeler.store.media_versions import media_versions, shown_of
from labeler.store.oplog import EntityKind
from labeler.store.task_status import DONE, OPEN

__all__ = ["CACHES", "DONE", "OPEN", "FirstAnnotation", "FirstTask", "Fold"]

CACHES = ("who", "queue", "task", "ann", "tally", "conflict", "media")
"""Tables that are folded from ops, in the order they may be emptied."""


class Fold(TaskFold):
    """Brings the caches of one file up to date with its ops."""

    def touch(self, entities: Iterable[int]) -> None:
        """Fold these entities (rows of ``ent``) anew, within the open transaction."""
        by_kind: dict[int, list[int]] = {}
        for part in chunks(sorted(entities)):
            for ent, kind in self.connection.execute(
                f"SELECT id, kind FROM ent WHERE id IN ({values_in(part)}) ORDER BY id", part
            ).fetchall():
                by_kind.setdefault(kind, []).append(ent)
        touched: dict[int, None] = {}
        for kind, ents in sorted(by_kind.items()):
            match kind:
                case EntityKind.TASK:
                    touched.update(self.tasks(ents))
                case EntityKind.ANNOTATION:
                    touched.update(self.annotations(ents))
                case _:
                    for ent in ents:
                        self._one(kind, ent)
        self.statuses(list(touched))
        self.labels.settle()

    def _one(self, kind: int, ent: int) -> None:
        match kind:
            case EntityKind.PERSON:
                self._person(ent)
            case EntityKind.QUEUE:
                self._queue(ent)
            case EntityKind.LABELS:
                self.labels.changed(ent)
            case EntityKind.PROJECT | EntityKind.GUIDELINE:
                heads, _ = heads_of(self.connection, ent, kind)
                self.conflicted({ent: len(heads) > 1})
            case EntityKind.MEDIA:
                self._media(ent)
            case EntityKind.ASSIGN:
                for task in tasks_of(self.connection, ent):
                    self.out(task)
            case _:
                pass

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

    def _person(self, ent: int) -> None:
        heads, _ = heads_of(self.connection, ent, EntityKind.PERSON)
        uid = self.connection.execute("SELECT uid FROM ent WHERE id=?", (ent,)).fetchone()[0]
        self.connection.execute("INSERT OR IGNORE INTO person(uid) VALUES(?)", (uid,))
        row = self.connection.execute("SELECT id FROM person WHERE uid=?", (uid,)).fetchone()[0]
        body = self.body(heads, PersonBody)
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
        self.conflicted({ent: len(heads) > 1})
        body = self.body(heads, QueueBody)
        if body is None:
            self.connection.execute("DELETE FROM queue WHERE id=?", (ent,))
            self._queues.clear()
            return
        try:
            need = max(1, read_body(bytes(body.policy), PolicyBody).overlap)
        except Damaged:
            need = 1
        before = self.connection.execute("SELECT need FROM queue WHERE id=?", (ent,)).fetchone()
        self.connection.execute(
            "INSERT INTO queue(id, name, need, ord) VALUES(?,?,?,?) ON CONFLICT(id) DO "
            "UPDATE SET name=excluded.name, need=excluded.need, ord=excluded.ord",
            (ent, body.id, need, body.order),
        )
        self._queues.clear()
        labels = self.connection.execute(
            "SELECT id FROM ent WHERE uid=?", (labels_uid(self.project, body.id),)
        ).fetchone()
        if labels is not None:
            self.labels.changed(labels[0])
        if before is not None and before[0] != need:
            self._recount(ent)

    def _recount(self, queue: int) -> None:
        """Work out anew the status of every task of a queue that somebody worked on."""
        rows = self.connection.execute(
            "SELECT DISTINCT task.id FROM task JOIN ann ON ann.task=task.id WHERE task.queue=?",
            (queue,),
        ).fetchall()
        self.statuses([task for (task,) in rows])

    def _media(self, ent: int) -> None:
        versions = media_versions(self.connection, ent)
        # One file taken in here and referred to there is no conflict, two files of one name are.
        files = {(body.fingerprint, body.hash) for body in versions if body.hash}
        self.conflicted({ent: len(files) > 1})
        body = shown_of(versions)
        if body is None:
            self.connection.execute("DELETE FROM media WHERE id=?", (ent,))
            return
        self.connection.execute(
            "INSERT OR REPLACE INTO media(id, root, path, size, mime, hash) VALUES(?,?,?,?,?,?)",
            (ent, body.root, body.path, body.size, body.mime, bytes.fromhex(body.hash) or None),
        )
