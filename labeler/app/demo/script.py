"""What a panel brings to a tour: what the hands do before the kill and after it."""

from __future__ import annotations

from typing import Protocol

from labeler.app.demo.notes import Book
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.robot import Robot

__all__ = ["Script"]


class Script(Protocol):
    """One panel's part of the tour. Its queue is the sample's; all goes through the robot's hands."""

    def work(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """Work through tasks in every way the panel has."""

    def leave_half_done(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """Make several gestures on one more task and end with one that is not submitted."""

    def finish(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """Back from the kill: submit the task that was left, and a few more."""
