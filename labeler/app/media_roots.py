"""Locating media: is the folder a person chose the one a project's media lie in?

Where roots lie is kept by ``labeler.work.media_roots``; here their files are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from labeler.app.context import AppContext, Told
from labeler.exchange.needs import Asks
from labeler.store import Project
from labeler.work.media import MediaOpener
from labeler.work.media_files import MediaFolder

__all__ = [
    "Checked",
    "MediaRoot",
    "best_folder",
    "check_root",
    "folder_of",
    "missing_roots",
    "read_roots",
    "remember",
]

_SAMPLE = 20
_NAMED = 5
_CHILDREN = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a root's media in a folder: how many of how many, some that are missing."""

    folder: Path
    found: int
    total: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaRoot:
    """One named root of the open project; ``folder`` is None where nobody said where it is."""

    name: str
    count: int
    folder: Path | None
    there: bool
    """Whether its media are within reach now."""
    inside: bool = False
    """Whether the project has taken them in."""


def folder_of(context: AppContext, root: str) -> Path | None:
    """Where this root of the open project lies on this machine, as far as anybody said."""
    session = context.session
    return context.media_roots.folder(session.uid, root) if session is not None else None


def remember(context: AppContext, root: str, folder: Path | None) -> None:
    """Remember where a root of the open project lies; None forgets it. Raises OSError."""
    session = context.session
    if session is None:
        raise RuntimeError("no project is open")
    context.media_roots.tell(session.uid, root, folder)
    context.media_changed.emit()


def read_roots(ask: Asks, opener: MediaOpener, told: Mapping[str, Path]) -> tuple[MediaRoot, ...]:
    """The roots of a project; ``told`` maps names to folders. For a worker: it asks the disk."""
    return tuple(
        _root(ask, opener, name, count, told.get(name))
        for name, count in ask(lambda project: project.media_roots())
    )


def _root(ask: Asks, opener: MediaOpener, name: str, count: int, told: Path | None) -> MediaRoot:
    """A root that nobody placed may lie beside the project, or in it."""
    if told is not None and told.is_dir():
        return MediaRoot(name, count, told, True)
    some = [path for path, _ in ask(lambda project: project.media.some_under(name, 1))]
    for folder in opener.folders(name):
        if some and MediaFolder(folder).size(some[0]) >= 0:
            return MediaRoot(name, count, folder, True)
    inside = bool(some) and ask(lambda project: _has_bytes(project, name, some[0]))
    return MediaRoot(name, count, told, inside, inside)


def _has_bytes(project: Project, root: str, path: str) -> bool:
    known = project.media.find(root, path)
    return known is not None and bool(known.hash)


def _media(ask: Asks, root: str) -> Iterator[str]:
    after = 0
    while True:
        page = ask(_page(root, after))
        if not page:
            return
        after = page[-1][0]
        for _, path in page:
            yield path


def _page(root: str, after: int) -> Callable[[Project], list[tuple[int, str]]]:
    return lambda project: project.media_under(root, after)


def best_folder(ask: Asks, root: str, chosen: Path) -> Path:
    """The folder the media are relative to: the chosen one, or one just above or below it.

    People pick the folder they know, which is often one level off.
    """
    sample = list(islice(_media(ask, root), _SAMPLE))

    def hits(folder: Path) -> int:
        there = MediaFolder(folder)
        return sum(there.size(path) >= 0 for path in sample)

    best, most = chosen, hits(chosen)
    if most == len(sample):
        return best
    for folder in _near(chosen):
        count = hits(folder)
        if count > most:
            best, most = folder, count
    return best


def _near(chosen: Path) -> Iterator[Path]:
    yield chosen.parent
    try:
        children = sorted(islice((one for one in chosen.iterdir() if one.is_dir()), _CHILDREN))
    except OSError:
        return
    yield from children


def check_root(ask: Asks, root: str, chosen: Path, told: Told) -> Checked:
    """Look for every medium of a root in or near a folder; for a worker."""
    total = dict(ask(lambda project: project.media_roots())).get(root, 0)
    folder = best_folder(ask, root, chosen)
    there = MediaFolder(folder)
    found, seen = 0, 0
    missing: list[str] = []
    for path in _media(ask, root):
        seen += 1
        if there.size(path) >= 0:
            found += 1
        elif len(missing) < _NAMED:
            missing.append(path)
        told(seen, max(seen, total))
    return Checked(folder, found, seen, tuple(missing))


def missing_roots(roots: Sequence[MediaRoot]) -> tuple[MediaRoot, ...]:
    """Those whose folder is not known or not in reach."""
    return tuple(root for root in roots if not root.there)
