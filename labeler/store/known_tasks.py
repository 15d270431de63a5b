"""The tasks a queue has already, as an import asks for them: by key, by stub, by content."""

from __future__ import annotations

from collections.abc import Sequence

from labeler.model.ids import task_uid
from labeler.store.bodies import TaskBody
from labeler.store.damage import read_body
from labeler.store.file import ProjectFile
from labeler.store.oplog import unpack_body
from labeler.store.ready import TaskUids

__all__ = ["KnownTasks"]


class KnownTasks:
    """The tasks of one queue; a stub is one that was made before its content."""

    def __init__(self, file: ProjectFile, project: bytes, queue: str) -> None:
        self.file = file
        self.project = project
        self.queue = queue
        self._uid_of = TaskUids(project, queue).of
        self._stubs: bool | None = None
        """Whether the queue has stubs; None: not looked yet."""

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

    def with_ending(self, key: str) -> list[str]:
        """Keys of the tasks of this queue that are this key with one ending more (``a.wav`` of ``a``)."""
        rows = self.file.rows(
            "SELECT DISTINCT key FROM task WHERE key>? AND key<? AND status>=0 AND "
            "queue=(SELECT id FROM queue WHERE name=?) ORDER BY key",
            (f"{key}.", f"{key}/", self.queue),  # the slash is what comes after the dot
        )
        start = len(key) + 1
        return [row[0] for row in rows if not {".", "/"} & set(row[0][start:])]

    def known_as(self, keys: Sequence[str], tasks: Sequence[bytes]) -> list[bytes]:
        """The uids that values on these tasks have theirs from.

        It is the task itself, or the one made before its content and joined to it: what came for
        that one is this one's, and the same value is not to be there twice.
        """
        if self._stubs is None:
            sql = "SELECT 1 FROM task WHERE flags & 1 AND queue=(SELECT id FROM queue WHERE name=?)"
            self._stubs = self.file.row(f"{sql} LIMIT 1", (self.queue,)) is not None
        if not self._stubs:
            return list(tasks)
        found = []
        for key, task in zip(keys, tasks, strict=True):
            stub = self._uid_of(key, b"")
            joined = self.file.row(
                "SELECT 1 FROM ent JOIN task ON task.id=ent.id JOIN ent AS whole "
                "ON whole.id=task.joined WHERE ent.uid=? AND whole.uid=?",
                (stub, task),
            )
            found.append(stub if joined else task)
        return found

    def content_of(self, uid: bytes) -> bytes:
        """The content JSON of a task, or of the one it is joined to; empty where it is not here."""
        row = self.file.row(
            "SELECT op.enc, op.body FROM ent JOIN task ON task.id=ent.id "
            "JOIN task AS shown ON shown.id=coalesce(task.joined, task.id) "
            "JOIN op ON op.id=shown.head WHERE ent.uid=?",
            (uid,),
        )
        raw = unpack_body(self.file.connection, *row) if row else None
        content = bytes(read_body(raw, TaskBody).content) if raw else b"null"
        return b"" if content == b"null" else content
