"""What a connection to anybody's file may do: bounds on sizes, a list of deeds, an end to waiting.

The schema white-list (``schema``) refuses what is not ours before anything runs. This is the second
wall: it holds for what SQLite itself would do on a file's behalf.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator

from labeler.store.schema import TABLES

__all__ = ["OPENING_S", "guard", "hurried"]

OPENING_S = 5.0
"""Seconds within which a file is looked at before it counts as open."""

_LIMITS = {
    # A body holds up to 128 MB before it is packed, and incompressible ones grow a little.
    sqlite3.SQLITE_LIMIT_LENGTH: 256 * 1024 * 1024,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 5,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 0,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 10_000,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}

_NEVER = frozenset(
    {
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_DETACH,
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
        sqlite3.SQLITE_CREATE_VIEW,
        sqlite3.SQLITE_CREATE_TEMP_VIEW,
        sqlite3.SQLITE_CREATE_VTABLE,
        sqlite3.SQLITE_DROP_VTABLE,
    }
)
_WRITES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
_SCHEMA = frozenset({"sqlite_master", "sqlite_schema"})
_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"})
_STEPS = 50_000
"""SQLite's own steps between two looks at the clock: some milliseconds."""


def guard(connection: sqlite3.Connection, *, making: bool = False) -> None:
    """Bound a new connection. Only one that is ``making`` a file may change which tables there are."""
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)

    def allowed(
        deed: int, first: str | None, second: str | None, _file: str | None, source: str | None
    ) -> int:
        """SQLite asks while it compiles a statement. ``source`` names the view, trigger or WITH that a
        part of it stands in: none of ours has the name of a table. Triggers have no depth to run in."""
        if deed in _NEVER or source in TABLES:
            return sqlite3.SQLITE_DENY
        if deed in _WRITES and first in _SCHEMA and not making:
            return sqlite3.SQLITE_DENY
        if deed == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS:
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    connection.set_authorizer(allowed)


@contextlib.contextmanager
def hurried(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Let nothing run longer than so many seconds in here; what does is interrupted."""
    end = time.monotonic() + seconds

    def late() -> int:
        return int(time.monotonic() > end)

    connection.set_progress_handler(late, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
