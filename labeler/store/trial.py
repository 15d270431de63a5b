"""What a folder does to a database: how long commits take there and whether locks hold."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from labeler.store.file import PRAGMAS, refusal_of

__all__ = ["commit_times", "holding"]


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def commit_times(path: Path, count: int) -> list[float]:
    """Make a database and commit so often, as a submit does; seconds each. Raises Refusal."""
    taken = []
    try:
        with contextlib.closing(_connect(path)) as connection:
            connection.execute("CREATE TABLE trial(id INTEGER PRIMARY KEY, body BLOB)")
            for _ in range(count):
                start = time.perf_counter()
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO trial(body) VALUES(zeroblob(400))")
                connection.execute("COMMIT")
                taken.append(time.perf_counter() - start)
    except sqlite3.Error as error:
        raise refusal_of(error, str(path)) from error
    return taken


@contextlib.contextmanager
def holding(path: Path) -> Iterator[bool]:
    """Hold the lock of writers on a database; False where another process has it. Raises Refusal."""
    try:
        with contextlib.closing(_connect(path)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                yield False
            else:
                yield True
                connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise refusal_of(error, str(path)) from error
