"""Where media lie on this machine: a project names roots, each machine says which folder that is.

A project says ``photos: cam2/0412.jpg`` and nothing of drives and home folders. Whoever opens it says
once where ``photos`` is; that is remembered per machine, in the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from labeler.app.context import AppContext, Told
from labeler.exchange.needs import Asks
from labeler.store import Project

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
    """Whether the folder is in reach now."""


def folder_of(context: AppContext, root: str) -> Path | None:
    """Where this root of the open project lies on this machine, as far as anybody said."""
    session = context.session
    if session is None:
        return None
    told = context.settings.values.roots.get(session.uid, {}).get(root, "")
    return Path(told) if told else None


def remember(context: AppContext, root: str, folder: Path | None) -> None:
    """Remember where a root of the open project lies; None forgets it."""
    session = context.session
    if session is None:
        raise RuntimeError("no project is open")
    roots = context.settings.values.roots
    mine = {name: path for name, path in roots.get(session.uid, {}).items() if name != root}
    if folder is not None:
        mine[root] = str(folder.absolute())
    context.settings.change(roots={**roots, session.uid: mine})


def read_roots(ask: Asks, told: dict[str, str]) -> tuple[MediaRoot, ...]:
    """The roots of a project; ``told`` maps names to folders. For a worker: it asks the disk."""
    roots = ask(lambda project: project.media_roots())
    return tuple(
        MediaRoot(
            name,
            count,
            Path(told[name]) if name in told else None,
            name in told and Path(told[name]).is_dir(),
        )
        for name, count in roots
    )


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
        return sum(_is_there(folder, path) for path in sample)

    best, most = chosen, hits(chosen)
    if most == len(sample):
        return best
    for folder in _near(chosen):
        count = hits(folder)
        if count > most:
            best, most = folder, count
    return best


def _is_there(folder: Path, path: str) -> bool:
    """Whether a medium is in the folder. A path that leads out of it never is."""
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and (folder / parts).is_file()


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
    found, seen = 0, 0
    missing: list[str] = []
    for path in _media(ask, root):
        seen += 1
        if _is_there(folder, path):
            found += 1
        elif len(missing) < _NAMED:
            missing.append(path)
        told(seen, max(seen, total))
    return Checked(folder, found, seen, tuple(missing))


def missing_roots(roots: Sequence[MediaRoot]) -> tuple[MediaRoot, ...]:
    """Those whose folder is not known or not in reach."""
    return tuple(root for root in roots if not root.there)
