"""New tasks made ready to be written: all of their ops that needs no file, in whatever process.

What many tasks need is kept together until each of them is written: what lies about singly has left
the processor's cache by then, which costs more than making it.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from labeler.model.ids import LENGTHS, joined_fields
from labeler.store.bodies import TaskBody, encode
from labeler.store.oplog import NewBodies, new_bodies

__all__ = ["NewTask", "ReadyTasks", "TaskUids", "ready_tasks", "task_bodies"]

_UID = 16


class NewTask(msgspec.Struct, frozen=True, gc=False):
    """A task to be added: canonical content JSON (empty: not here yet) and its fingerprint.

    ``key`` None makes the key from the content and its number among equals in its file; ``part``
    numbers the files of an import. ``of_medium`` says that the fingerprint is a medium's.
    """

    key: str | None
    content: bytes
    fingerprint: bytes
    meta: bytes = b"{}"
    source: str = ""
    priority: int = 0
    part: int = 0
    of_medium: bool = False


class TaskUids:
    """The uids of tasks of one queue; see ``task_uid``."""

    def __init__(self, project: bytes, queue: str) -> None:
        self._begun = blake2b(joined_fields("task", project, queue), digest_size=16)

    def of(self, key: str, fingerprint: bytes) -> bytes:
        """The uid of one task."""
        name = key.encode("utf-8", "surrogatepass")
        hasher = self._begun.copy()  # a Digester written out, for every row of every import
        size = len(name).to_bytes(8, "big")
        hasher.update(b"".join((size, name, LENGTHS[len(fingerprint)], fingerprint)))
        return hasher.digest()


def task_bodies(
    queue: str, tasks: Sequence[NewTask], keys: Sequence[str], order: range
) -> NewBodies:
    """The bodies of new tasks; ``order`` is how many tasks are before each in its queue."""
    raw = msgspec.Raw
    return new_bodies(
        [
            encode(
                TaskBody(
                    queue,
                    key,
                    raw(one.content or b"null"),
                    raw(one.meta),
                    one.source,
                    at,
                    one.priority,
                    one.fingerprint.hex() if one.of_medium else "",
                )
            )
            for one, key, at in zip(tasks, keys, order, strict=True)
        ]
    )


class ReadyTasks(NamedTuple):
    """Tasks with keys and content that follow each other, of which ``order`` are before the first.

    ``packed`` are their bodies as they are stored if that is so, ``told`` the tasks themselves.
    """

    keys: list[str]
    joined: bytes
    order: int
    packed: bytes
    told: bytes

    def uids(self) -> list[bytes]:
        """The uid of each."""
        return [self.joined[at : at + _UID] for at in range(0, len(self.joined), _UID)]

    def bodies(self) -> NewBodies:
        """The body of each."""
        bodies: NewBodies = pickle.loads(self.packed)
        return bodies

    def tasks(self) -> list[NewTask]:
        """The tasks."""
        tasks: list[NewTask] = pickle.loads(self.told)
        return tasks


def ready_tasks(uids: TaskUids, queue: str, tasks: Sequence[NewTask], order: int) -> ReadyTasks:
    """Make tasks ready, each of which has a key and content."""
    keys = [task.key or "" for task in tasks]
    made = task_bodies(queue, tasks, keys, range(order, order + len(tasks)))
    joined = b"".join(
        [uids.of(key, task.fingerprint) for key, task in zip(keys, tasks, strict=True)]
    )
    return ReadyTasks(keys, joined, order, pickle.dumps(made, 5), pickle.dumps(list(tasks), 5))
