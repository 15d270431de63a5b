"""Many rows in few statements: a step of SQLite costs as much as the row it writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

__all__ = [
    "Column",
    "add_entities",
    "chunks",
    "in_order",
    "insert_many",
    "same_or_each",
    "values_in",
]

_ROWS = 100
"""Rows of a statement. Each batch compiles its statements anew, for whether foreign keys are looked up
is compiled in; twice the rows take nearly three times as long to compile, and gain nothing."""

_ASKED = 500
"""Values a statement asks about at once; more gain nothing."""

T = TypeVar("T")
Column = int | None | Sequence[Any]
"""What a column gets: one whole number or NULL in every row, or a value for each row."""


def insert_many(
    connection: sqlite3.Connection, table: str, columns: Mapping[str, Column], *, new: bool = True
) -> None:
    """Insert rows, by columns; with ``new`` false those that are there already are left as they are.

    A value that is not bound costs next to nothing: a number that all rows share stands in the
    statement, and of numbers that follow each other (a ``range``) only the first is bound.
    """
    cells: list[str] = []
    firsts: list[range] = []
    bound: list[Sequence[Any]] = []
    for one in columns.values():
        if one is None:
            cells.append("NULL")
        elif isinstance(one, int):
            cells.append(str(one))
        elif isinstance(one, range) and one.step == 1:
            cells.append(_FOLLOWS)
            firsts.append(one)
        else:
            cells.append(_BOUND)
            bound.append(one)
    count = len((*bound, *firsts)[0])
    verb = f"INSERT {'' if new else 'OR IGNORE '}INTO {table}({','.join(columns)}) VALUES"
    for start in range(0, count, _ROWS):
        rows = min(_ROWS, count - start)
        statement = _statement(verb, tuple(cells), rows)
        part = zip(*[one[start : start + rows] for one in bound], strict=True)
        values: list[Any] = [one[start] for one in firsts]
        values.extend(chain.from_iterable(part))
        connection.execute(statement, values)


_BOUND, _FOLLOWS = "?", "+"


@lru_cache(maxsize=64)
def _statement(verb: str, cells: tuple[str, ...], rows: int) -> str:
    """The statement for so many rows: first values of ranges are bound first, then row by row."""
    after = cells.count(_FOLLOWS)
    made = []
    for row in range(rows):
        first, told = 0, []
        for cell in cells:
            if cell == _FOLLOWS:
                first += 1
                told.append(f"?{first}+{row}")
            elif cell == _BOUND:
                after += 1
                told.append(f"?{after}")
            else:
                told.append(cell)
        made.append(f"({','.join(told)})")
    return verb + ",".join(made)


def in_order(numbers: list[int]) -> Sequence[int]:
    """Numbers (one at least), as a range where they follow each other."""
    whole = range(numbers[0], numbers[0] + len(numbers))
    return whole if numbers[-1] == whole[-1] and numbers == list(whole) else numbers


def same_or_each(numbers: list[int]) -> int | list[int]:
    """Numbers (one at least), as one where all are the same."""
    return numbers[0] if numbers.count(numbers[0]) == len(numbers) else numbers


def values_in(row: Sequence[Any]) -> str:
    """The marks for so many values: ``?,?,?``."""
    return ",".join("?" * len(row))


def chunks(many: Sequence[T]) -> Iterator[Sequence[T]]:
    """Some hundreds at a time: as many as one statement is asked about."""
    for start in range(0, len(many), _ASKED):
        yield many[start : start + _ASKED]


def add_entities(
    connection: sqlite3.Connection, uids: Sequence[bytes], kind: int
) -> tuple[list[int], list[bool]]:
    """Rows of entities, made where they are not there, and which of them were made.

    The row is that of the entity only where it was made. They are written in the order of their
    uids, which spares their index half of its way.
    """
    first = connection.execute("SELECT coalesce(max(id), 0) FROM ent").fetchone()[0] + 1
    ids = list(range(first, first + len(uids)))
    in_order = sorted(range(len(uids)), key=uids.__getitem__)
    before = connection.total_changes
    columns: dict[str, Column] = {
        "id": [first + number for number in in_order],
        "uid": [uids[number] for number in in_order],
        "kind": kind,
    }
    insert_many(connection, "ent", columns, new=False)
    if connection.total_changes - before == len(uids):
        return ids, [True] * len(uids)
    made = connection.execute("SELECT id FROM ent WHERE id>=?", (first,)).fetchall()
    there = {row[0] for row in made}
    return ids, [row in there for row in ids]
