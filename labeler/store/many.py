"""Many rows in few statements: a step of SQLite costs as much as the row it writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

__all__ = ["add_entities", "insert_many", "values_in"]

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


def add_entities(
    connection: sqlite3.Connection, uids: Sequence[bytes], kind: int
) -> tuple[list[int], list[bool]]:
    """Rows of entities, made where they are not there, and which of them were made.

    The row is that of the entity only where it was made. They are written in the order of their
    uids, which spares their index half of its way.
    """
    first = connection.execute("SELECT coalesce(max(id), 0) FROM ent").fetchone()[0] + 1
    rows = [(row, uid, kind) for row, uid in enumerate(uids, start=first)]
    rows.sort(key=itemgetter(1))
    before = connection.total_changes
    insert_many(connection, "INSERT OR IGNORE INTO ent(id, uid, kind)", rows)
    ids = list(range(first, first + len(uids)))
    if connection.total_changes - before == len(uids):
        return ids, [True] * len(uids)
    made = connection.execute("SELECT id FROM ent WHERE id>=?", (first,)).fetchall()
    there = {row[0] for row in made}
    return ids, [row in there for row in ids]
