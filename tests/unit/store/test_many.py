"""Many rows in few statements: they are the rows that a statement for each of them would write."""

from __future__ import annotations

import sqlite3

import pytest

from labeler.store.many import Column, add_entities, in_order, insert_many


@pytest.fixture
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute(
        "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c INTEGER, d INTEGER, e TEXT) STRICT"
    )
    made.execute("CREATE TABLE ent(id INTEGER PRIMARY KEY, uid BLOB UNIQUE, kind INTEGER)")
    return made


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 405])
def test_every_kind_of_column_is_written(connection: sqlite3.Connection, count: int) -> None:
    texts = [f"text {n}" for n in range(count)]
    columns: dict[str, Column] = {
        **{"a": range(10, 10 + count), "b": texts, "c": -7},
        **{"d": range(2**40, 2**40 + count), "e": None},
    }
    insert_many(connection, "t", columns)
    rows = connection.execute("SELECT * FROM t ORDER BY a").fetchall()
    assert rows == [(10 + n, texts[n], -7, 2**40 + n, None) for n in range(count)]


def test_numbers_with_steps_between_them_are_no_row_of_numbers(
    connection: sqlite3.Connection,
) -> None:
    insert_many(connection, "t", {"a": range(0, 30, 10), "c": range(5, 2, -1)})
    assert connection.execute("SELECT a, c FROM t").fetchall() == [(0, 5), (10, 4), (20, 3)]


def test_rows_that_are_there_are_left_alone(connection: sqlite3.Connection) -> None:
    insert_many(connection, "t", {"a": [2], "b": ["old"]})
    insert_many(connection, "t", {"a": range(1, 4), "b": ["new"] * 3}, new=False)
    assert connection.execute("SELECT b FROM t ORDER BY a").fetchall() == [
        *(("new",), ("old",), ("new",))
    ]


def test_numbers_are_a_range_only_where_each_follows_the_other() -> None:
    assert in_order([4, 5, 6]) == range(4, 7)
    assert in_order([9]) == range(9, 10)
    for numbers in ([4, 6], [4, 4, 6], [6, 5, 4], [4, 6, 5, 7]):
        assert in_order(numbers) is numbers


def test_an_entity_has_its_row_where_it_was_made(connection: sqlite3.Connection) -> None:
    ids, fresh = add_entities(connection, [b"c" * 16, b"a" * 16, b"b" * 16], 6)
    assert (ids, fresh) == ([1, 2, 3], [True] * 3)
    more, new = add_entities(connection, [b"d" * 16, b"a" * 16], 6)
    assert (more[0], new) == (4, [True, False])
    found = dict(connection.execute("SELECT uid, id FROM ent").fetchall())
    assert found == {b"c" * 16: 1, b"a" * 16: 2, b"b" * 16: 3, b"d" * 16: 4}
