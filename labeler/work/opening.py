"""How a project is opened where it lies: in place, only to be read, or not before somebody chose.

The command line and the app ask here, so that both know the same of a folder.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from labeler.model.problems import Problem, Refusal
from labeler.store import Project
from labeler.store.file import leave_wal, look
from labeler.work.places import Place, place_of

__all__ = ["Approach", "approach", "open_in_place"]

Progress = Callable[[int, int], None]


class Approach(msgspec.Struct, frozen=True):
    """What is known of a project before it is opened.

    ``problem`` says why it should not be edited in place, None where it may.
    """

    path: Path
    place: Place
    problem: Problem | None = None

    @property
    def only_reading(self) -> bool:
        """Whether it lies on a medium nobody writes to: it is opened to be read without asking."""
        return self.place.kind == "read_only" and self.problem is None


def approach(path: Path, where: Callable[[Path], Place] = place_of) -> Approach:
    """Look at a file and where it lies; opens nothing. Raises Refusal for what is no project."""
    place = where(path)
    with _way_out(path):
        look(path, wal=True)
    if place.kind in ("locks_off", "synced"):
        return Approach(path, place, place.why)
    if place.kind != "local":
        try:
            look(path)
        except Refusal as refusal:  # left in WAL where its locks cannot work
            return Approach(path, place, refusal.problem)
    return Approach(path, place)


def open_in_place(
    path: Path,
    *,
    read_only: bool = False,
    bring_up: bool = True,
    where: Callable[[Path], Place] = place_of,
    note: Callable[[Problem], None] = lambda _: None,
    progress: Progress | None = None,
) -> Project:
    """Open a project. Raises Refusal in one line.

    One that another program set to WAL is set back where it lies on a disk of this machine, and
    ``note`` is told so. One of an older format is brought up to ours, unless ``bring_up`` says that it
    is only looked at; ``progress`` is told how far that is, and what it raises ends it. Hand-outs that a
    killed program left without their file are taken back where there is work to be done, and ``note``
    is told of each.
    """
    with _way_out(path):
        try:
            project = Project.open(path, read_only=read_only, bring_up=bring_up, progress=progress)
        except Refusal as refusal:
            if refusal.problem.code != "file_wal" or read_only or where(path).kind != "local":
                raise
            leave_wal(path)
            note(Problem("file_wal_left", str(path)))
            project = Project.open(path, bring_up=bring_up, progress=progress)
    if bring_up and not project.read_only:
        for one in project.end_begun_handouts():
            note(one)
    return project


@contextlib.contextmanager
def _way_out(path: Path) -> Iterator[None]:
    """A damaged project that is to be opened is refused with what can be done about it."""
    try:
        yield
    except Refusal as refusal:
        if refusal.problem.code == "file_damaged":
            reason = refusal.problem.params["reason"]
            raise Refusal.of("file_damaged_open", str(path), reason=reason) from None
        raise
