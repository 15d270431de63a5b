"""What the store hands out: frozen rows, with uids as 32 hexadecimal digits."""

from __future__ import annotations

from typing import Any

import msgspec

from labeler.model.names import shown
from labeler.model.queue import QueueConfig
from labeler.model.statuses import STATUSES
from labeler.model.steps import Change

__all__ = [
    "STATUSES",
    "AnnotationRow",
    "ConflictRow",
    "DraftRow",
    "HistoryRow",
    "ListedTask",
    "MergeReport",
    "NewStep",
    "Person",
    "QueueRow",
    "StepRow",
    "TaskFull",
    "TaskPage",
    "TaskRow",
    "Version",
]


class Person(msgspec.Struct, frozen=True):
    """A person of the project; ``kind`` is ``person`` or ``model``. Without a role one annotates."""

    uid: str
    handle: str
    name: str
    roles: tuple[str, ...] = ()
    kind: str = "person"

    @property
    def title(self) -> str:
        """What is shown: the name, or the handle where there is none."""
        return shown(self.name or self.handle)

    @property
    def sees_gold(self) -> bool:
        """Whether it may be shown which tasks have gold: who is measured by it must not know."""
        return bool({"reviewer", "coordinator"}.intersection(self.roles))


class QueueRow(msgspec.Struct, frozen=True):
    """A queue with its configuration and how far it is; ``statuses`` counts tasks by status.

    ``versions`` are op hashes (hex) of queue, labels and guideline, for an annotation's context.
    ``conflict`` is true where two copies changed the queue, its label set or its guideline.
    """

    uid: str
    name: str
    title: str
    panel: str
    config: QueueConfig
    tasks: int
    done: int
    statuses: dict[str, int]
    versions: dict[str, str]
    conflict: bool = False


class TaskRow(msgspec.Struct, frozen=True):
    """A task without its content.

    ``order`` sorts within a queue, ``annotations`` counts people's work.
    """

    id: str
    key: str
    queue: str
    status: str
    annotations: int
    priority: int
    order: int
    row: int
    """The row in this file: good for paging, never to be kept."""


class AnnotationRow(msgspec.Struct, frozen=True):
    """One author's value on a task.

    ``heads`` > 1 is a conflict; ``value`` and ``context`` are JSON of the head with the greatest
    clock; ``head`` is its op hash (hex), ``hlc`` its hybrid clock. ``about`` is the annotation it says
    something about (hex), empty but for reviews.
    """

    id: str
    task: str
    layer: str
    author: str
    round: int
    status: str
    reason: str
    value: bytes
    context: bytes
    head: str
    heads: int
    hlc: int
    about: str = ""


class TaskFull(msgspec.Struct, frozen=True):
    """A task with everything: content JSON (empty where missing), metadata, annotations.

    ``fingerprint`` (hex) is that of the medium it is known by, empty where it is of the content.
    """

    row: TaskRow
    content: bytes
    meta: dict[str, Any]
    source: str
    annotations: tuple[AnnotationRow, ...]
    fingerprint: str = ""


class ListedTask(msgspec.Struct, frozen=True):
    """A task as a table shows it.

    ``content`` is its JSON (empty where missing), ``people`` how many worked on it, ``last_by`` the
    name of who did last and ``changed`` when, in milliseconds since the epoch (0: nobody did).
    """

    task: TaskRow
    content: bytes
    people: int
    last_by: str
    changed: int
    gold: bool
    predicted: bool
    conflict: bool


class TaskPage(msgspec.Struct, frozen=True):
    """A stretch of the task list; ``total`` counts all that match, −1 where it was not asked for."""

    rows: tuple[TaskRow, ...]
    total: int = -1


class NewStep(msgspec.Struct, frozen=True):
    """A step to be written: its number in the draft, its parent, what it did and takes back.

    ``tree`` is the value after it where a checkpoint is due (every ``CHECKPOINT_EVERY`` steps).
    """

    number: int
    parent: int
    label: str
    key: str
    forward: bytes
    inverse: bytes
    tree: bytes = b""
    status: str = "open"
    reason: str = ""


class StepRow(msgspec.Struct, frozen=True):
    """One step of a draft: ``number`` counts from 1 in the draft, ``parent`` is 0 for the base."""

    number: int
    parent: int
    label: str
    key: str
    hlc: int
    forward: tuple[Change, ...]
    inverse: tuple[Change, ...]


class DraftRow(msgspec.Struct, frozen=True):
    """A draft as it lies in the file.

    ``base`` is the op hash (hex) it started from, or empty; ``cursor`` the step the value is at,
    ``saved`` the step whose value the last annotation op has (0: the base). ``tree`` is the value
    at ``tree_at`` (a checkpoint or the base). ``path`` are the steps from there to the cursor,
    ``ahead`` those a redo would do, nearest first. ``head`` is what the file shows now; it differs
    from ``base`` where another process or a merge wrote. ``holder`` is the living process that
    writes the draft (``host:pid``), empty where it is this one or nobody. ``layer`` and ``about`` (hex)
    are those of the annotation that is made of it.
    """

    task: str
    person: str
    round: int
    base: str
    base_status: str
    cursor: int
    saved: int
    last: int
    tree: bytes
    tree_status: str
    tree_reason: str
    tree_at: int
    path: tuple[StepRow, ...]
    ahead: tuple[StepRow, ...]
    state: dict[str, Any]
    holder: str
    head: str
    head_value: bytes
    head_status: str
    head_reason: str
    layer: str = "work"
    about: str = ""


class Version(msgspec.Struct, frozen=True):
    """One side of a conflict: who (handle, name), when (hybrid clock) and the body's JSON tree.

    ``value`` is None where it is ``deleted`` or cannot be read. ``status`` and ``reason`` are those of
    an annotation, ``device`` names the machine it was written on, ``comment`` is why a conflict was
    settled so. ``uses`` says that nobody wrote it: somebody needs it so, by what they use.
    """

    by: str
    hlc: int
    op: str
    value: Any
    name: str = ""
    status: str = ""
    reason: str = ""
    device: str = ""
    comment: str = ""
    deleted: bool = False
    uses: bool = False

    @property
    def title(self) -> str:
        """Who it is, as shown: the name, or the handle where there is none."""
        return shown(self.name or self.by)

    @property
    def when(self) -> int:
        """When it was written, in milliseconds since the epoch."""
        return self.hlc >> 16


class ConflictRow(msgspec.Struct, frozen=True):
    """An entity with more than one unreplaced op whose values differ."""

    entity: str
    kind: str
    task: str | None
    versions: tuple[Version, ...]


class HistoryRow(msgspec.Struct, frozen=True):
    """An op of one entity: what it did (``put``, ``delete``, ``draft``, ``import`` …), who and where.

    ``when`` is in milliseconds since the epoch. ``replaced`` counts the versions it replaced: more than
    one settled a conflict. ``restored`` says that it brought an earlier op back.
    """

    op: str
    action: str
    by: str
    name: str
    when: int
    device: str
    status: str
    reason: str
    comment: str
    replaced: int
    restored: bool

    @property
    def title(self) -> str:
        """Who it is, as shown: the name, or the handle where there is none."""
        return shown(self.name or self.by)


class MergeReport(msgspec.Struct, frozen=True):
    """What a merge did: ops added, ops known before, entities in conflict now, ops quarantined."""

    added: int
    known: int
    conflicts: int
    quarantined: int
