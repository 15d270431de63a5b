"""A small file of a person's own: changed by one process at a time, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

__all__ = ["alone", "free_name", "stamp", "write_whole"]

_TRIES = 50
_WAIT = 0.02
"""Seconds between tries to put the file in place while another process reads it (Windows only)."""


def stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes whenever the file is another one; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def free_name(path: Path) -> Path:
    """A name beside a file under which a damaged one is kept."""
    number = 1
    while True:
        aside = path.with_suffix(f".broken-{number}.json")
        if not aside.exists():
            return aside
        number += 1


def write_whole(path: Path, text: str) -> None:
    """Put a file in place whole, in UTF-8; raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with beside.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        _put_in_place(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _put_in_place(made: Path, path: Path) -> None:
    if sys.platform == "win32":
        for _ in range(_TRIES):  # another process may be reading it
            try:
                made.replace(path)
            except PermissionError:
                time.sleep(_WAIT)
            else:
                return
    made.replace(path)


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock beside a file, waiting for whoever holds it; raises OSError.

    The system gives it back when a process dies, so none is ever left behind.
    """
    with path.with_name(f".{path.name}.lock").open("a+b") as lock:
        if sys.platform == "win32":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                lock.seek(0)
                msvcrt.locking(lock.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
