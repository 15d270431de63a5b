"""Which files a source means, in one order for every machine, and how far reading has come."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from labeler.api.formats import ReadOptions
from labeler.model.problems import Problem, Refusal

__all__ = ["Progress", "SourceFile", "opened"]


class SourceFile(NamedTuple):
    """One open file of a source; ``name`` is how places in it are told: its path below the source."""

    file: BinaryIO
    name: str


class Progress:
    """Adds up the bytes read over all files of a source and tells the caller."""

    def __init__(self, source: Path, extensions: Sequence[str], options: ReadOptions) -> None:
        self._told = options.told
        self._read = 0
        self._total = 0
        if self._told is not None:
            paths = [source] if source.is_file() else (p for p in _walk(source, extensions))
            self._total = sum(_size(path) for path in paths if isinstance(path, Path))

    def add(self, count: int) -> None:
        """So many bytes more were read."""
        if self._told is not None:
            self._read += count
            self._told(self._read, max(self._read, self._total))


def opened(source: Path, extensions: Sequence[str]) -> Iterator[SourceFile | Problem]:
    """The source if it is a file, else the files below it with these extensions, each opened once.

    Folders are walked by name. What cannot be read inside a folder is a Problem; a source that
    cannot be read at all, or holds no such file, is a Refusal.
    """
    if not source.is_dir():
        yield from _only(source)
        return
    found = False
    for path in _walk(source, extensions):
        if isinstance(path, Problem):
            yield path
            continue
        found = True
        name = path.relative_to(source).as_posix()
        try:
            file = path.open("rb")
        except OSError as error:
            yield _unreadable(error, name)
            continue
        with file:
            yield SourceFile(file, name)
    if not found:
        wanted = " ".join(f"*{extension}" for extension in extensions)
        raise Refusal.of("file_missing", str(source / wanted))


def _only(source: Path) -> Iterator[SourceFile]:
    try:
        if not source.exists():
            raise Refusal.of("file_missing", str(source))
        if not source.is_file():
            raise Refusal.of("file_unreadable", str(source), reason="it is no regular file")
        file = source.open("rb")
    except OSError as error:
        raise Refusal(_unreadable(error, str(source))) from None
    with file:
        yield SourceFile(file, source.name)


def _walk(folder: Path, extensions: Sequence[str]) -> Iterator[Path | Problem]:
    """Files in a folder and its folders, by name; folders that cannot be listed as problems."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(error, str(folder))
        return
    for entry in listed:
        # A link to a folder is not followed: it may lead back up.
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), extensions)
        elif entry.name.casefold().endswith(tuple(extensions)) and entry.is_file():
            yield Path(entry.path)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # only the bar is less exact; opening the file will say what is wrong


def _unreadable(error: OSError, where: str) -> Problem:
    reason = error.strerror or type(error).__name__
    code = "file_permission" if isinstance(error, PermissionError) else "file_unreadable"
    return Problem(code, where, {"reason": reason[:1].lower() + reason[1:]})
