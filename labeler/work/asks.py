"""The way to the project from any thread: whoever has no Project in hand asks for a piece of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from labeler.store import Project

__all__ = ["Asks", "here"]

T = TypeVar("T")


class Asks(Protocol):
    """Runs a function of the project in the thread that owns it and returns what it returns.

    The runners work in any thread: they read and check there, and ask for one page or one
    transaction at a time, so that a person's gesture is never more than one of them late.
    """

    def __call__(self, work: Callable[[Project], T], /) -> T:
        """What ``work`` returns, or raises."""


def here(project: Project) -> Asks:
    """The way into a project that this very thread owns."""

    def ask(work: Callable[[Project], T], /) -> T:
        return work(project)

    return ask
