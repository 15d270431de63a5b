"""How commands open a project, and who the person at the command line is."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Iterator
from pathlib import Path

from labeler.cli import streams
from labeler.cli.progress import Bar
from labeler.model.problems import Problem, Refusal
from labeler.store import Project
from labeler.work.asks import here
from labeler.work.media import MediaOpener
from labeler.work.media_roots import MediaRoots, roots_file
from labeler.work.opening import open_in_place
from labeler.work.places import place_of

__all__ = ["login_name", "media_of", "reading", "writing"]


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Project]:
    """A project that is only read. Raises Refusal.

    It is opened as for writing, so that what a killed process left half done is taken back; but
    nothing of anybody's is written on leaving. An older format stays as it is.
    """
    project = _opened(path, bring_up=False)
    try:
        yield project
    finally:
        project.file.close()


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Project]:
    """A project that is written to. Raises Refusal, also where nothing can be written to it.

    A line on stderr warns where another machine's writing would not be noticed.
    """
    project = _opened(path)
    place = place_of(path)
    if place.kind in ("locks_off", "synced"):
        streams.problems([Problem("place_risky", str(path), {"reason": place.why.message})])
    try:
        if project.read_only:
            raise Refusal.of("file_read_only", str(path))
        yield project
    finally:
        if project.read_only:
            project.file.close()
        else:
            project.close()


def _opened(path: Path, *, bring_up: bool = True) -> Project:
    with Bar("Bringing the project to the present format") as progress:
        return open_in_place(
            path,
            bring_up=bring_up,
            note=lambda told: streams.problems([told]),
            progress=progress,
        )


def media_of(project: Project) -> MediaOpener:
    """What opens the media of a project, from where they lie on this machine."""
    roots = MediaRoots(roots_file())
    return MediaOpener(here(project), project.uid.hex(), project.path, roots)


def login_name() -> str:
    """The name this person is logged in with; raises Refusal where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        reason = "nobody is logged in here; say who it is with --by"
        raise Refusal.of("argument", reason=reason) from None
