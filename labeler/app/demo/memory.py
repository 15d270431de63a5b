"""What of a task must be there again after a kill: value, cursor, the whole undo stack."""

from __future__ import annotations

from PySide6.QtCore import Qt

from labeler.app.demo.notes import Compared, TaskMemory
from labeler.app.demo.robot import Robot, TourFailed
from labeler.work.draft import Draft

__all__ = ["compare", "remember"]


def remember(robot: Robot) -> TaskMemory:
    """The task on the desk, found on a twin of its draft: the draft itself is not touched."""
    seat = robot.seat
    draft = seat.draft
    return TaskMemory(
        seat.task.id,
        seat.task.key,
        seat.task.queue,
        draft.value_json().decode(),
        draft.status,
        draft.cursor,
        _walk(draft.twin()),
        draft.redo_label or "",
    )


def _walk(twin: Draft) -> tuple[tuple[str, str], ...]:
    undone = []
    while (label := twin.undo()) is not None:
        undone.append((label, twin.value_json().decode()))
    return tuple(undone)


def compare(robot: Robot, before: TaskMemory) -> Compared:
    """Press undo through all that was done and redo through all of it; say what agreed.

    TourFailed where the person is not back at the task, or an undo leads elsewhere.
    """
    seat = robot.seat
    draft = seat.draft
    if seat.task.id != before.task:
        raise TourFailed(f"came back to {seat.task.key}, the kill was on {before.key}")
    value = draft.value_json().decode() == before.value
    cursor = draft.cursor == before.cursor
    status = draft.status == before.status
    waiting = (draft.redo_label or "") == before.redo
    right = 0
    for label, after in before.undo:
        shown = draft.undo_label
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.settle()
        if robot.seat is not seat:
            raise TourFailed(f"undo of {label!r} went to {robot.seat.task.key}, not {before.key}")
        right += shown == label and draft.value_json().decode() == after
    at_base = draft.undo_label is None
    again = 0
    expected = [before.value, *(after for _, after in before.undo)]
    for wanted in reversed(expected[:-1]):
        robot.key(Qt.Key.Key_Z, "ctrl+shift")
        robot.settle()
        again += draft.value_json().decode() == wanted
    whole = len(before.undo)
    same = value and cursor and status and waiting and at_base and right == again == whole
    back = draft.cursor == before.cursor and (draft.redo_label or "") == before.redo
    return Compared(True, value, cursor, status, right, again, same and back)
