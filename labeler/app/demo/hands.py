"""What hands do in every panel: be where the queue led, find what is on the stage, end a task."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from labeler.app.demo.notes import Book, Wanted
from labeler.app.demo.robot import Robot, TourFailed

__all__ = ["PanelHands"]

W = TypeVar("W", bound=QWidget)


class PanelHands:
    """One person's hands in a panel; what they did is noted in the book, to be compared later."""

    def __init__(self, robot: Robot, book: Book) -> None:
        self.robot = robot
        self.book = book

    @property
    def key(self) -> str:
        """The key of the task on the desk."""
        return self.robot.seat.task.key

    def be_at(self, key: str) -> None:
        """The queue led to this task."""
        self.robot.check(f"the queue leads to {key}", self.key == key)

    def on_stage(self, kind: type[W], name: str = "") -> W:
        """The widget of a kind in the editor, the one of this name where one is given."""
        editor = self.robot.work.stage.editor
        if editor is None:
            raise TourFailed(f"no editor is on the stage, {self.robot.where()}")
        if name:
            return self.robot.child(editor, kind, name)
        found = editor.findChild(kind)
        if found is None:
            raise TourFailed(f"no {kind.__name__} is on the stage, {self.robot.where()}")
        return found

    def submit_as(self, wanted: Wanted) -> None:
        """Submit by its key what must be stored like this."""
        self.end(lambda: self.robot.key(Qt.Key.Key_Return, "ctrl"), wanted)

    def set_aside(self, key: str, status: str, reason: str, *labels: str) -> None:
        """Skip or flag the task with words of one's own; ``labels`` are those of its boxes."""

        def do() -> None:
            self.robot.key(key)
            self.robot.type(reason)
            self.robot.key(Qt.Key.Key_Return)

        self.end(do, Wanted(status, labels=labels, reason=reason))

    def end(self, do: Callable[[], None], wanted: Wanted) -> None:
        """Do what ends the task, see it end as wanted, and note it."""
        robot, seat = self.robot, self.robot.seat
        do()
        robot.wait("the task is left", lambda: robot.work.flow.seat is not seat)
        robot.settle()
        key = seat.task.key
        robot.check(f"{key} is {wanted.status}", seat.draft.status == wanted.status)
        self.book.note(key, wanted)
