"""What reads and writes project files: the version of SQLite at hand and of the file's format."""

from __future__ import annotations

import sqlite3

from labeler.store import schema
from labeler.store.formats import format_name

__all__ = ["format_version", "sqlite_version"]


def sqlite_version() -> str:
    """The version of the SQLite library in use, not of the module that calls it."""
    return sqlite3.sqlite_version


def format_version() -> str:
    """The version of the project files this program makes, ``major.minor``."""
    return format_name(schema.FORMAT)
