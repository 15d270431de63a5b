"""Saving elsewhere when the project's own file cannot be written: a copy, and what is owed to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from labeler.store import DraftRow, Person, Project, TaskRow
from labeler.work.desk import Desk, Seat
from labeler.work.draft import Batch
from labeler.work.lane import Lane

__all__ = ["Owed", "give_back", "save_elsewhere", "what_is_owed"]


@dataclass(frozen=True, slots=True)
class Owed:
    """What one seat owes to the file: its steps, and the annotation where the task was finished."""

    seat: Seat
    task: TaskRow
    draft: DraftRow
    batch: Batch
    finished: tuple[bytes, str, str, bytes] | None


def what_is_owed(desk: Desk) -> list[Owed]:
    """Take from the desk what could not be written. Give it back if it cannot be saved either."""
    owed = []
    for seat in desk.owing():
        draft = seat.draft
        annotate = draft.collect_failed()
        batch = draft.take_batch() or Batch((), draft.cursor, draft.saved)
        finished = None
        if annotate:
            finished = (draft.value_json(), draft.status, draft.tree.reason, b"{}")
        owed.append(Owed(seat, seat.task, draft.row, batch, finished))
    return owed


def give_back(owed: list[Owed]) -> None:
    """Put what was taken back on the desk."""
    for one in owed:
        one.seat.draft.failed.put((one.batch, one.finished is not None))


def save_elsewhere(lane: Lane, person: Person, owed: list[Owed], target: Path) -> None:
    """Copy the project to ``target`` and write there what is owed; waits. Raises Refusal.

    ``target`` must not exist. The copy is the whole project, drafts and steps included.
    """
    lane.call(lambda project: project.copy_to(target))
    copy = Project.open(target)
    try:
        for one in owed:
            row = copy.query.find(one.task.id)
            copy.open_draft(row, person, over=True)
            saved = one.batch.cursor if one.finished is not None else one.batch.saved
            copy.write_steps(
                row,
                person,
                one.draft,
                one.batch.steps,
                one.batch.cursor,
                saved,
                annotate=one.finished,
            )
    finally:
        copy.close()
