"""Copies of a project that lie beside it: what a sync client, a mail or a careful person left there.

They are known by what they say in their first 100 bytes and by the project they name, not by a
pattern of names alone. Looking changes nothing, takes no lock and never opens the project's own file.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec

from labeler.model.problems import Refusal
from labeler.store.file import SQL_ERRORS, look, open_unlocked
from labeler.store.incoming import state_digest

__all__ = ["Sibling", "is_copy", "siblings_beside"]

_MOST_ENTRIES = 20_000
"""Names of a folder that are looked at."""
_MOST_FOUND = 50


class Sibling(msgspec.Struct, frozen=True):
    """Another copy of this project in its folder.

    ``changed`` in milliseconds since the epoch. ``merged`` says that all it holds was taken in by a
    merge before.
    """

    path: Path
    changed: int
    merged: bool


def siblings_beside(own: Path, project: bytes, merged: AbstractSet[bytes]) -> list[Sibling]:
    """The copies of a project beside its file, those changed last first; in any thread.

    ``merged`` are digests of copies that were merged. Whatever cannot be read is left out: it is not
    for this program to say what a stranger's file is.
    """
    found = []
    for path, changed in _candidates(own):
        state = _state(path, project)
        if state is not None:
            found.append(Sibling(path, changed, state in merged))
            if len(found) == _MOST_FOUND:
                break
    return sorted(found, key=lambda one: (-one.changed, one.path.name))


def _candidates(own: Path) -> Iterator[tuple[Path, int]]:
    """Plain files beside the project whose name holds its own (``NAME (1)``, ``NAME-PC2``,
    ``Copy of NAME``), and when they were changed."""
    try:
        mine = own.stat()
        with os.scandir(own.parent) as entries:
            for number, entry in enumerate(entries):
                if number == _MOST_ENTRIES:
                    return
                if not _is_named_after(entry.name, own) or not entry.is_file(follow_symlinks=False):
                    continue
                stat = os.stat(entry.path, follow_symlinks=False)  # noqa: PTH116 - as scandir names it
                if (stat.st_dev, stat.st_ino) == (mine.st_dev, mine.st_ino):
                    continue
                yield own.parent / entry.name, stat.st_mtime_ns // 1_000_000
    except OSError:
        return  # the folder cannot be listed: there is nothing to offer


def _is_named_after(name: str, own: Path) -> bool:
    """Whether a name holds the project's name, and its ending anywhere after it."""
    stem, ending = _plain(own.stem), _plain(own.suffix)
    told = _plain(name)
    at = told.find(stem)
    return (
        not told.startswith(".")
        and not told.endswith(("-journal", "-wal", "-shm"))
        and at >= 0
        and told.find(ending, at + len(stem)) >= 0
    )


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def is_copy(path: Path, own: Path, project: bytes) -> bool:
    """Whether a file is another copy of the project; the project's own file is none."""
    try:
        return not path.samefile(own) and _state(path, project) is not None
    except OSError:
        return False


def _state(path: Path, project: bytes) -> bytes | None:
    """What a copy of this project holds, or None where it is none."""
    try:
        look(path)
        file = open_unlocked(path)
    except Refusal:
        return None
    try:
        with file.hurried():  # nobody asked for it to be read: what lies there is anybody's
            return state_digest(file) if file.meta("project") == project else None
    except (Refusal, *SQL_ERRORS, TypeError, ValueError):
        return None
    finally:
        file.close()
