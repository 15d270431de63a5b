"""The status of every task, and how many tasks a queue has of each: worked out hundreds at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from labeler.model.value import LAYERS
from labeler.store.many import chunks, values_in
from labeler.store.task_status import task_status

__all__ = ["Statuses"]

_WORK = LAYERS.index("work")


class Statuses:
    """Keeps statuses and tallies up to date, within the open transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def statuses(self, tasks: Sequence[int]) -> None:
        """Work out the status of tasks, each of them named once, and keep the tallies of queues."""
        tallies: dict[tuple[int, int], int] = {}
        for part in chunks(tasks):
            marks = values_in(part)
            rows = self.connection.execute(
                "SELECT task.id, task.queue, task.status, task.done, task.flags, queue.need "
                f"FROM task LEFT JOIN queue ON queue.id=task.queue WHERE task.id IN ({marks})",
                part,
            ).fetchall()
            statuses: dict[int, list[int]] = {row[0]: [] for row in rows}
            for task, status in self.connection.execute(
                f"SELECT task, status FROM ann WHERE task IN ({marks}) AND layer=?",
                (*part, _WORK),
            ):
                if task in statuses:
                    statuses[task].append(status)
            changes: dict[tuple[int | None, int], list[int]] = {}
            for task, queue, before, done, flags, need in rows:
                work = statuses[task]
                status = task_status(work, need or 1, flags)
                if (status, len(work)) != (before, done):
                    what = (None if status == before else status, len(work))
                    changes.setdefault(what, []).append(task)
                if status != before:
                    tallies[queue, before] = tallies.get((queue, before), 0) - 1
                    tallies[queue, status] = tallies.get((queue, status), 0) + 1
            for what, those in changes.items():
                self._set(*what, those)
        for (queue, status), by in tallies.items():
            if by:
                self.tally(queue, status, by)

    def _set(self, status: int | None, done: int, tasks: Sequence[int]) -> None:
        """Write what tasks have in common; where the status stays (None), its index is left alone."""
        where = f"WHERE id IN ({values_in(tasks)})"
        if status is None:
            self.connection.execute(f"UPDATE task SET done=? {where}", (done, *tasks))
        else:
            sql = f"UPDATE task SET status=?, done=? {where}"
            self.connection.execute(sql, (status, done, *tasks))

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
