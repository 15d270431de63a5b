"""Copies of a project file that are sound, made beside their place and moved there whole."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from labeler.model.problems import Refusal
from labeler.store.beside import journal_of
from labeler.store.damage import one_line
from labeler.store.file import (
    SQL_ERRORS,
    ProjectFile,
    open_file,
    refusal_of,
    refuse_taken,
)
from labeler.store.media_rows import embedded_media, medium_fault
from labeler.store.placing import put_in_place

__all__ = ["copy_to", "making", "sweep"]

Progress = Callable[[int, int], None]
_PAGES = 2000
_TELL_EVERY = 20_000
"""Steps of SQLite's own machine: some milliseconds."""
_PATIENCE_S = 10.0
_DAY_S = 24 * 3600
_MOST_ENTRIES = 10_000
"""A folder with more is not looked through."""


@contextlib.contextmanager
def making(target: Path, *, over: bool = False) -> Iterator[Path]:
    """A name beside ``target`` to make a file under, which is moved there whole at the end.

    It is synced before and its folder after, so that a power cut leaves all of it or nothing. Never
    overwrites, unless ``over`` says that ``target`` is to be replaced. Raises Refusal, which names
    ``target`` where it was about the file being made; then, and on any exception, nothing is left.
    """
    where = str(target)
    if not over:
        refuse_taken(target)
    made = target.with_name(f".{target.name}.{os.getpid()}.making")
    sweep(target)
    try:
        for left in (made, journal_of(made)):
            left.unlink(missing_ok=True)
        made.touch(
            exist_ok=False
        )  # a folder that lets nobody write is not for SQLite to put in words
        made.unlink()
        yield made
        with made.open("rb+") as stream:
            os.fsync(stream.fileno())
        if over:
            made.replace(target)
        else:
            put_in_place(made, target)
        _sync_folder(target.parent)
    except Refusal as refusal:
        if Path(refusal.problem.where) not in (made, made.absolute()):
            raise
        raise Refusal(msgspec.structs.replace(refusal.problem, where=where)) from refusal
    except FileExistsError:
        raise Refusal.of("file_exists", where) from None
    except sqlite3.Error as error:
        raise refusal_of(error, where) from error
    except FileNotFoundError:
        raise Refusal.of("folder_missing", where) from None
    except PermissionError:
        raise Refusal.of("folder_forbidden", where) from None
    except OSError as error:
        raise Refusal.of("disk_error", where, reason=error.strerror or "") from None
    finally:
        for left in (made, journal_of(made)):
            with contextlib.suppress(OSError):  # the folder is gone, or never let us in
                left.unlink(missing_ok=True)


def sweep(target: Path) -> None:
    """Remove what killed programs left half made beside a name, once it is a day old.

    Younger ones may be somebody's at this moment, on another machine that shares the folder.
    """
    pattern = re.compile(
        r"\.{1,2}" + re.escape(target.name) + r"\.\d+\.making(\.\d+\.making)?(-journal)?"
    )
    with contextlib.suppress(OSError), os.scandir(target.parent) as entries:
        for entry in islice(entries, _MOST_ENTRIES):
            if pattern.fullmatch(entry.name):
                with contextlib.suppress(OSError):  # another program was quicker, or it is no file
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _DAY_S:
                        Path(entry.path).unlink()


def _sync_folder(folder: Path) -> None:
    """Make a new name last; where folders cannot be opened (Windows) the system does it itself."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(number)
    except OSError:
        return  # a file system that syncs no folders
    finally:
        os.close(number)


def copy_to(
    file: ProjectFile, project: bytes, target: Path, progress: Progress | None = None
) -> None:
    """A verified copy of the open file under another name; never overwrites. Raises Refusal.

    Made with SQLite's backup, closed, synced, opened anew and looked through before it counts.
    """
    with making(target) as made:
        connection = sqlite3.connect(made, isolation_level=None)
        try:
            file.connection.backup(connection, pages=_PAGES, progress=_Patience(file, progress))
            connection.execute("DELETE FROM lease")
        finally:
            connection.close()
        with _telling(progress) as told:
            _verify(file, project, made, target, told)


class _Patience:
    """Tells how far a copy is, and gives up where others keep the file from being read for long."""

    def __init__(self, file: ProjectFile, told: Progress | None) -> None:
        self._file = file
        self._told = told
        self._last = (-1, -1)
        self._since = time.monotonic()

    def __call__(self, _: int, left: int, total: int) -> None:
        if (left, total) != self._last:
            self._last, self._since = (left, total), time.monotonic()
        elif time.monotonic() - self._since > _PATIENCE_S:
            raise Refusal.of("file_locked", self._file.where)
        if self._told is not None:
            self._told(total - left, total)


class _Telling:
    """Tells now and then, while a copy is looked through, that it goes on; what that raises is kept
    until SQLite has stopped."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress
        self.raised: BaseException | None = None

    def __call__(self) -> int:
        if self.progress is not None:
            try:
                self.progress(1, 1)
            except BaseException as error:  # noqa: BLE001 - raised again once SQLite has stopped
                self.raised = error
                return 1
        return 0


@contextlib.contextmanager
def _telling(progress: Progress | None) -> Iterator[_Telling]:
    told = _Telling(progress)
    try:
        yield told
    except (Refusal, *SQL_ERRORS):
        if told.raised is None:
            raise
    if told.raised is not None:
        raise told.raised


def _verify(
    file: ProjectFile, project: bytes, made: Path, target: Path, told: Callable[[], int]
) -> None:
    """Open a copy as if it were a stranger's; raises Refusal where it is not what it is a copy of.

    ``told`` is called now and then; 1 ends it.
    """
    copy = open_file(made, read_only=True, older=True)
    try:
        copy.connection.set_progress_handler(told, _TELL_EVERY)
        found = copy.row("PRAGMA quick_check(1)")[0]
        if found != "ok":
            raise Refusal.of("file_damaged", file.where, reason=one_line(found))
        if copy.meta("project") != project:
            reason = "it was not written as it is"
            raise Refusal.of("disk_error", str(target), reason=reason)
        for path, size, name in embedded_media(copy.connection):
            if medium_fault(copy.connection, name, size) and not medium_fault(
                file.connection, name, size
            ):
                reason = f"the medium {path} was not written as it is"
                raise Refusal.of("disk_error", str(target), reason=reason)
    finally:
        copy.close()
