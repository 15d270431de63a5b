"""What the acts of a tour leave for one another and for its frame; no Qt in here."""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = ["AfterNote", "BeforeNote", "Book", "Compared", "TaskMemory", "Wanted"]


class Wanted(msgspec.Struct, frozen=True, omit_defaults=True):
    """What must be stored of one task in the end.

    ``marks`` are pairs (label, words) of the regions that mark words, in the order of the text, or
    (speaker, words) of segments, in order of time; ``labels`` those of all other regions, in the
    value's order.
    """

    status: str = "submitted"
    answers: dict[str, Any] = {}
    marks: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    labels: tuple[str, ...] = ()


class Book:
    """What the person did, task by task; a task done again stands as it was done last."""

    def __init__(self, pages: dict[str, Wanted] | None = None) -> None:
        self.pages: dict[str, Wanted] = dict(pages or {})

    def note(self, key: str, wanted: Wanted) -> None:
        """This must be stored of the task with this key."""
        self.pages[key] = wanted


class TaskMemory(msgspec.Struct, frozen=True):
    """One task on the desk before the kill.

    ``undo`` holds a pair (label of the step, value's JSON after it was undone), the newest first;
    ``redo`` is the label of what a redo would do, empty for nothing.
    """

    task: str
    key: str
    queue: str
    value: str
    status: str
    cursor: int
    undo: tuple[tuple[str, str], ...]
    redo: str = ""


class Compared(msgspec.Struct, frozen=True):
    """What was found again after the kill.

    Whether it was the same task, value, cursor and status; how many undos, and redos back, were
    pressed and led to the same value; ``same`` where all of it is, what a redo would do included.
    """

    task: bool
    value: bool
    cursor: bool
    status: bool
    undo: int
    redo: int
    same: bool


class BeforeNote(msgspec.Struct, frozen=True):
    """What the act that is killed leaves behind, written right before the kill."""

    gestures: int
    memory: TaskMemory
    pages: dict[str, Wanted]


class AfterNote(msgspec.Struct, frozen=True):
    """What the act that came back leaves behind, written as it ends."""

    gestures: int
    reopened: Compared
    exports: dict[str, dict[str, Any]]
    pages: dict[str, Wanted]
