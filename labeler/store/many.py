"""Many rows in few statements: a step of SQLite costs as much as the row it writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

__all__ = ["Column", "add_entities", "insert_many", "values_in"]

_ROWS = 200
"""Rows of a statement; SQLite takes 32,766 values in one, and more rows gain nothing."""

Column = int | None | Sequence[Any]
"""What a column gets: one whole number or NULL in every row, or a value for each row."""


def insert_many(
    connection: sqlite3.Connection, table: str, columns: Mapping[str, Column], *, new: bool = True
) -> None:
    """Insert rows, by columns; with ``new`` false those that are there already are left as they are.

    A number that all rows share stands in the statement: a value that is not bound costs nothing.
    """
    varied = [one for one in columns.values() if not isinstance(one, int | None)]
    count = len(varied[0])
    cells = [
        ("NULL" if one is None else str(one)) if isinstance(one, int | None) else "?"
        for one in columns.values()
    ]
    into = f"INSERT {'' if new else 'OR IGNORE '}INTO {table}({','.join(columns)}) VALUES"
    row = f"({','.join(cells)})"
    whole = into + ",".join([row] * _ROWS)
    even = count - count % _ROWS
    for start in range(0, even, _ROWS):
        part = zip(*[one[start : start + _ROWS] for one in varied], strict=True)
        connection.execute(whole, list(chain.from_iterable(part)))
    if even < count:
        connection.executemany(into + row, zip(*[one[even:] for one in varied], strict=True))


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
    ids = list(range(first, first + len(uids)))
    in_order = sorted(zip(uids, ids, strict=True))
    before = connection.total_changes
    columns: dict[str, Column] = {
        "id": [row for _, row in in_order],
        "uid": [uid for uid, _ in in_order],
        "kind": kind,
    }
    insert_many(connection, "ent", columns, new=False)
    if connection.total_changes - before == len(uids):
        return ids, [True] * len(uids)
    made = connection.execute("SELECT id FROM ent WHERE id>=?", (first,)).fetchall()
    there = {row[0] for row in made}
    return ids, [row in there for row in ids]
