"""What of a task must be there again after a kill: value, cursor, the whole undo stack."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt

from labeler.app.demo.hands import Hands, TourFailed

__all__ = ["TaskState", "of_task", "read_state", "write_state"]


class TaskState(msgspec.Struct, frozen=True):
    """One task on the desk: its value's JSON, its cursor, and what each undo leads back to.

    ``stack`` holds a pair (step's name, value's JSON before it), the newest first.
    """

    task: str
    key: str
    value: str
    status: str
    cursor: int
    stack: tuple[tuple[str, str], ...]


def of_task(hands: Hands) -> TaskState:
    """The state of the task on the desk, found by undoing all of it and doing it all again."""
    seat = hands.seat
    draft = seat.draft
    value, status, cursor = draft.value_json().decode(), draft.status, draft.cursor
    stack: list[tuple[str, str]] = []
    while (label := draft.undo_label) is not None:
        hands.key(Qt.Key.Key_Z, ctrl=True)
        hands.settle()
        if hands.seat is not seat:
            raise TourFailed("undo went to another task while this one had gestures")
        stack.append((label, draft.value_json().decode()))
    for _ in stack:
        if draft.cursor == cursor:
            break
        hands.key(Qt.Key.Key_Z, ctrl=True, shift=True)
        hands.settle()
    if (draft.value_json().decode(), draft.cursor) != (value, cursor):
        raise TourFailed("undoing everything and doing it again came to another value")
    return TaskState(seat.task.id, seat.task.key, value, status, cursor, tuple(stack))


def write_state(state: TaskState) -> bytes:
    """The state as JSON."""
    return msgspec.json.encode(state)


def read_state(raw: bytes) -> TaskState:
    """The state in this JSON."""
    return msgspec.json.decode(raw, type=TaskState)
