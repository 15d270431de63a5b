"""Many rows in few statements: a step of SQLite costs as much as the row it writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any

__all__ = ["insert_many", "values_in"]

_ROWS = 200
"""Rows of a statement; SQLite takes 32,766 values in one, and more rows gain nothing."""


def insert_many(connection: sqlite3.Connection, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows; ``into`` is the statement up to ``VALUES``."""
    if not rows:
        return
    one = f"({values_in(rows[0])})"
    whole = f"{into} VALUES{','.join([one] * _ROWS)}"
    even = len(rows) - len(rows) % _ROWS
    for start in range(0, even, _ROWS):
        connection.execute(whole, list(chain.from_iterable(rows[start : start + _ROWS])))
    if even < len(rows):
        connection.executemany(f"{into} VALUES{one}", rows[even:])


def values_in(row: Sequence[Any]) -> str:
    """The marks for so many values: ``?,?,?``."""
    return ",".join("?" * len(row))
