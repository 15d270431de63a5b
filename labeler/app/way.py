"""The way into a project: in place, only to be read, in a copy, or not before the person chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from labeler.app.errands import Told
from labeler.model.problems import Problem
from labeler.store import Project
from labeler.work.opening import Approach, approach, open_in_place
from labeler.work.places import Place
from labeler.work.presence import Here, people_at
from labeler.work.working_copy import WorkingCopy, begin_copy, copy_of

__all__ = ["Choice", "How", "Undecided", "Way", "find_way"]

How = Literal["ask", "edit", "read", "copy"]
"""``ask`` takes the way that is safe and asks where there is none; the others were chosen."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a project is opened: which file, where it lies, whether only to be read, as a copy of what.

    ``how`` is what was chosen, ``notes`` gets what a person should know of the opening. ``told`` is
    told how far an older project is brought up.
    """

    path: Path
    place: Place
    how: How = "ask"
    read_only: bool = False
    copy: WorkingCopy | None = None
    notes: list[Problem] = field(default_factory=list)
    told: Told | None = None

    def open(self) -> Project:
        """Open it; for the lane's thread. Raises Refusal."""
        return open_in_place(
            self.path, read_only=self.read_only, note=self.notes.append, progress=self.told
        )


class Undecided(Exception):
    """A project lies where it should not be edited in place: the person is to choose."""

    def __init__(self, approach: Approach, company: tuple[Here, ...]) -> None:
        super().__init__(str(approach.problem))
        self.approach = approach
        self.company = company


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice that is open: what is known, who else is there; ``take`` it, or ``leave`` it."""

    approach: Approach
    company: tuple[Here, ...]
    take: Callable[[How], None]
    leave: Callable[[], None]


def find_way(path: Path, how: How, copies: Path, where: Callable[[Path], Place]) -> Way:
    """The way into a project; not for the UI thread. Raises Refusal, and Undecided for ``ask``.

    A copy that is there is gone on with, also where the shared file is out of reach.
    """
    if how == "copy" or (how == "ask" and copy_of(copies, path) is not None):
        copy = begin_copy(copies, path)
        return Way(copy.path, where(copy.origin), copy=copy)
    found = approach(path, where)
    if how == "ask" and found.problem is not None:
        raise Undecided(found, tuple(people_at(path)))
    return Way(path, found.place, how, read_only=how == "read" or found.only_reading)
