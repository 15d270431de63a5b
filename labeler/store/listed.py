"""Tasks as a table shows them: read by the page, whatever found them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from labeler.model.value import LAYERS
from labeler.store.bodies import TaskBody
from labeler.store.damage import Damaged, read_body, refuses_damage
from labeler.store.documents import KEEPS_ITS_STATUS
from labeler.store.file import ProjectFile
from labeler.store.oplog import unpack_body
from labeler.store.rows import STATUSES, ListedTask, TaskRow

__all__ = [
    "COLUMNS",
    "FROM",
    "HAS_DRAFT",
    "ORDER",
    "Listed",
    "status_word",
    "task_row",
]

HAS_DRAFT = (
    "EXISTS(SELECT 1 FROM draft WHERE draft.task=task.id AND draft.cursor<>draft.saved "
    "AND draft.layer=0)"
)
"""Whether somebody has begun work at a task that no annotation has yet."""

COLUMNS = (
    "task.id, ent.uid, task.key, queue.name, task.status, task.done, task.prio, task.ord, "
    + HAS_DRAFT
)
FROM = "FROM task JOIN ent ON ent.id=task.id JOIN queue ON queue.id=task.queue"
ORDER = ("task.queue", "task.prio", "task.ord", "task.id")
_ASKED = 500
_GOLD, _PREDICTION, _WORK = (LAYERS.index(name) for name in ("gold", "prediction", "work"))


def status_word(number: int) -> str:
    """The word for a task's status as stored. Raises Damaged."""
    try:
        return STATUSES[number]
    except IndexError:
        raise Damaged(f"there is no status {number}") from None


def task_row(row: Any) -> TaskRow:
    """The task in a row of COLUMNS."""
    status = status_word(row[4])
    if row[8] and status not in KEEPS_ITS_STATUS:
        status = "drafted"
    return TaskRow(
        id=row[1].hex(),
        key=row[2],
        queue=row[3],
        status=status,
        annotations=row[5],
        priority=row[6],
        order=row[7],
        row=row[0],
    )


class Listed(ABC):
    """Tasks that match something, in order of queue, priority and order.

    Made in the thread that owns the file and used there only.
    """

    file: ProjectFile
    of: int = 0
    """How many tasks were to be looked at: those of the queue, or of the project."""
    scanned: int = 0
    """How many of them were looked at so far."""
    complete: bool = False
    """Whether everything that matches was found."""

    @property
    @abstractmethod
    def total(self) -> int:
        """How many tasks match, of those found so far."""

    @abstractmethod
    def find_more(self, seconds: float = 0.015) -> bool:
        """Look at more tasks, at least one slice, for about this long; returns ``complete``."""

    @abstractmethod
    def file_rows(self, offset: int, limit: int) -> Sequence[int]:
        """The rows in the file of these tasks: what ``TaskRow.row`` says of each."""

    @abstractmethod
    def place_of(self, task: int) -> int | None:
        """Where the task in this row of the file stands among those found; None if it is not there."""

    @refuses_damage
    def tasks(self, offset: int, limit: int) -> list[TaskRow]:
        """The tasks from this place on, at most ``limit`` of those found so far."""
        ids = self.file_rows(offset, limit)
        if not ids:
            return []
        rows = self.file.rows(f"SELECT {COLUMNS} {FROM} WHERE task.id IN ({_marks(ids)})", ids)
        by_id = {row[0]: task_row(row) for row in rows}
        return [by_id[one] for one in ids if one in by_id]

    @refuses_damage
    def page(self, offset: int, limit: int) -> list[ListedTask]:
        """The same with what a table shows of each."""
        tasks = self.tasks(offset, limit)
        if not tasks:
            return []
        ids = [task.row for task in tasks]
        bodies = self.file.rows(
            "SELECT task.id, op.enc, op.body FROM task JOIN op ON op.id=task.head "
            f"WHERE task.id IN ({_marks(ids)})",
            ids,
        )
        contents = {row[0]: self._content(row[1], row[2]) for row in bodies}
        work: dict[int, list[tuple[int, int, str]]] = {}
        layers: dict[int, set[int]] = {}
        conflicts: set[int] = set()
        for task, layer, author, hlc, heads, name in self.file.rows(
            "SELECT ann.task, ann.layer, ann.author, ann.hlc, ann.heads, "
            "coalesce(nullif(who.name, ''), who.handle, '') FROM ann "
            "LEFT JOIN who ON who.id=ann.author "
            f"WHERE ann.task IN ({_marks(ids)})",
            ids,
        ):
            layers.setdefault(task, set()).add(layer)
            if layer == _WORK:
                work.setdefault(task, []).append((hlc, author, name))
            if heads > 1:
                conflicts.add(task)
        listed = []
        for task in tasks:
            done = work.get(task.row, [])
            last = max(done, default=(0, 0, ""))
            here = layers.get(task.row, set())
            listed.append(
                ListedTask(
                    task=task,
                    content=contents.get(task.row, b""),
                    people=len({author for _, author, _ in done}),
                    last_by=last[2],
                    changed=last[0] >> 16,
                    gold=_GOLD in here,
                    predicted=_PREDICTION in here,
                    conflict=task.row in conflicts,
                )
            )
        return listed

    @refuses_damage
    def selected(
        self, rows: AbstractSet[int], inverted: bool, most: int | None = None
    ) -> tuple[TaskRow, ...]:
        """These rows of the file in the listing's order, or all others; at most ``most``."""
        if not inverted:
            chosen: list[tuple[Any, ...]] = []
            ids = sorted(rows)
            for start in range(0, len(ids), _ASKED):
                part = ids[start : start + _ASKED]
                chosen += self.file.rows(
                    f"SELECT {', '.join(ORDER)}, {COLUMNS} {FROM} WHERE task.id IN ({_marks(part)})",
                    part,
                )
            return tuple(task_row(row[len(ORDER) :]) for row in sorted(chosen)[:most])
        found: list[TaskRow] = []
        for offset in range(0, self.total, _ASKED):
            found += [task for task in self.tasks(offset, _ASKED) if task.row not in rows]
            if most is not None and len(found) >= most:
                break
        return tuple(found[:most])

    def keys(self, rows: AbstractSet[int], inverted: bool, most: int) -> tuple[str, ...]:
        """Keys of what ``selected`` gives."""
        return tuple(task.key for task in self.selected(rows, inverted, most))

    def _content(self, enc: int, stored: bytes | None) -> bytes:
        raw = unpack_body(self.file.connection, enc, stored)
        content = bytes(read_body(raw, TaskBody).content) if raw is not None else b"null"
        return b"" if content == b"null" else content


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
