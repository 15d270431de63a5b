"""Files of media: found below their folder and nowhere else, opened only where they are plain files.

A project comes from anybody. What it calls a path may lead anywhere, by ``..``, by a drive, by a
link; and a folder may hold pipes and devices that wait for ever or do something when they are opened.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from labeler.model.ids import medium_fingerprint
from labeler.model.problems import Refusal

__all__ = ["WINDOW", "MediaFolder", "fingerprint_of", "leads_out", "refusal_of"]

WINDOW = 4096
"""Bytes of each of the three stretches a fingerprint looks at."""

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOINHERIT", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe that takes the file's place meanwhile is not waited for
    | getattr(os, "O_NOFOLLOW", 0)
)
_MOST_FOLDERS = 10_000
_PLAIN = re.compile(r"[^/\\:\0]+(?:/[^/\\:\0]+)*")
"""What is a path below its folder at first sight, on any system, where ``..`` is not in it."""


_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *([.:].*)?",
    re.IGNORECASE,
)
"""What Windows takes for a device in any folder, with any ending."""
_ON_WINDOWS = os.name == "nt"


def leads_out(path: str, *, on_windows: bool = _ON_WINDOWS) -> bool:
    """Whether a medium's path is anything but a plain path below its folder, on any system.

    On Windows a device, a stream of a file (``a.png:b``) and a name that ends with a dot or a space,
    which is another one there, is none either; elsewhere they are names as any other.
    """
    if on_windows and any(_is_other_on_windows(part) for part in re.split(r"[/\\]", path)):
        return True
    if _PLAIN.fullmatch(path) and ".." not in path:
        return False
    if not path or "\0" in path:
        return True
    posix, windows = PurePosixPath(path), PureWindowsPath(path)
    return bool(
        posix.is_absolute()
        or windows.drive
        or windows.root
        or ".." in posix.parts
        or ".." in windows.parts
        or not posix.parts
    )


def _is_other_on_windows(part: str) -> bool:
    if part in (".", ".."):
        return part == ".."
    return (
        ":" in part
        or part.endswith((".", " "))
        or any(ord(one) < 32 for one in part)
        or _DEVICE.fullmatch(part) is not None
    )


def refusal_of(error: OSError | ValueError, where: str) -> Refusal:
    """What the system's error about a file means to a person."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Refusal.of("file_missing", where)
    if isinstance(error, PermissionError):
        return Refusal.of("file_permission", where, reason=reason)
    return Refusal.of("file_unreadable", where, reason=reason)


def fingerprint_of(descriptor: int, size: int) -> bytes:
    """The fingerprint of an open file of so many bytes; raises OSError, and EOFError where it is
    not of that size. See ``medium_fingerprint``."""
    if size <= 3 * WINDOW:
        raw = _pread(descriptor, size + 1, 0)
        if len(raw) != size:
            raise EOFError
        middle = max(0, (size - WINDOW) // 2)
        last = max(0, size - WINDOW)
        return medium_fingerprint(size, raw[:WINDOW], raw[middle : middle + WINDOW], raw[last:])
    parts = []
    for count, at in ((WINDOW, 0), (WINDOW, (size - WINDOW) >> 1), (WINDOW + 1, size - WINDOW)):
        part = _read_at(descriptor, count, at)
        if len(part) != WINDOW:
            part = _pread(descriptor, count, at)
            if len(part) != WINDOW:
                raise EOFError
        parts.append(part)
    return medium_fingerprint(size, *parts)


def _pread(descriptor: int, count: int, at: int) -> bytes:
    """So many bytes from there, fewer only at the end of the file."""
    raw = _read_at(descriptor, count, at)
    while raw and len(raw) < count:  # a signal, or a file system over a wire
        more = _read_at(descriptor, count - len(raw), at + len(raw))
        if not more:
            break
        raw += more
    return raw


if hasattr(os, "pread"):
    _read_at = os.pread
else:

    def _read_at(descriptor: int, count: int, at: int) -> bytes:
        os.lseek(descriptor, at, os.SEEK_SET)
        return os.read(descriptor, count)


_KINDS = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


def _refuse_special(mode: int, where: str) -> None:
    if not stat.S_ISREG(mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "special file")
        raise Refusal.of("medium_special", where, kind=kind)


def _identity(path: Path | None) -> tuple[int, int] | None:
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found is not None else None


class MediaFolder:
    """The folder of a media root. Any thread may use it.

    ``project`` is the project's own file, which is never opened here: closing it again would drop the
    locks SQLite has on it. It remembers which folders below it are really there, for imports that
    look at a hundred thousand files; make a new one where much time has passed.
    """

    def __init__(self, folder: Path, project: Path | None = None) -> None:
        self.path = folder
        self._never = _identity(project)
        self._text = str(folder)
        self._real = os.path.realpath(folder)
        self._below: dict[str, str] = {}

    def where(self, path: str) -> str:
        """The file's place as messages name it."""
        return os.path.join(self._text, path)  # noqa: PTH118 - for each of 100,000 files

    def open(self, path: str) -> tuple[int, int]:
        """Open a file by its relative POSIX path: its descriptor and its size in bytes.

        A link is followed where it stays below the folder. Raises Refusal: file_missing,
        file_permission, file_unreadable, medium_outside, medium_special.
        """
        if leads_out(path):
            raise Refusal.of("medium_outside", self.where(path))
        head, _slash, name = path.rpartition("/")
        try:
            parent = self._below.get(head) or self._folder(head, path)
            place = f"{parent}{os.sep}{name}" if name else parent
            found = os.lstat(place)
            if stat.S_ISLNK(found.st_mode):
                place = os.path.realpath(place)
                if not self._is_below(place):
                    raise Refusal.of("medium_outside", self.where(path))
                found = os.lstat(place)
            _refuse_special(found.st_mode, self.where(path))
            if (found.st_dev, found.st_ino) == self._never:
                raise Refusal.of("medium_special", self.where(path), kind="project")
            return os.open(place, _FLAGS), found.st_size
        except (OSError, ValueError) as error:
            raise refusal_of(error, self.where(path)) from None

    def _folder(self, head: str, path: str) -> str:
        real = os.path.realpath(os.path.join(self._real, head))  # noqa: PTH118 - as above
        if not self._is_below(real):
            raise Refusal.of("medium_outside", self.where(path))
        if len(self._below) >= _MOST_FOLDERS:
            self._below.clear()
        self._below[head] = real
        return real

    def _is_below(self, real: str) -> bool:
        return real == self._real or real.startswith(self._real.rstrip(os.sep) + os.sep)

    def fingerprint(self, path: str) -> tuple[int, bytes]:
        """Size in bytes and fingerprint of a file; raises Refusal."""
        descriptor, size = self.open(path)
        try:
            return size, fingerprint_of(descriptor, size)
        except EOFError:
            raise Refusal.of("medium_changed", self.where(path)) from None
        except OSError as error:
            raise refusal_of(error, self.where(path)) from None
        finally:
            os.close(descriptor)

    def stream(self, path: str) -> BinaryIO:
        """The file, open for reading from its start; raises Refusal."""
        descriptor, _ = self.open(path)
        try:
            _refuse_special(os.fstat(descriptor).st_mode, self.where(path))
            return os.fdopen(descriptor, "rb")
        except Refusal:
            os.close(descriptor)
            raise
        except OSError as error:
            os.close(descriptor)
            raise refusal_of(error, self.where(path)) from None

    def size(self, path: str) -> int:
        """The size in bytes of the plain file at this path, -1 where there is none. Opens nothing."""
        if leads_out(path):
            return -1
        try:
            place = os.path.realpath(os.path.join(self._real, path))  # noqa: PTH118 - one of many
            found = os.lstat(place)
        except (OSError, ValueError):
            return -1
        return found.st_size if self._is_below(place) and stat.S_ISREG(found.st_mode) else -1
