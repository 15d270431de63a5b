"""The second wall: what a connection may do where the first one, the schema's white-list, had a hole."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labeler.store.file import ProjectFile, open_file
from labeler.store.guarding import guard, hurried

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i FROM n"
HOSTILE = f"""
CREATE TABLE secret(x); INSERT INTO secret VALUES(1);
CREATE VIEW op AS {ENDLESS};
CREATE TABLE task(id INTEGER PRIMARY KEY);
CREATE TRIGGER t AFTER INSERT ON task BEGIN DELETE FROM secret; END;
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A file whose view poses as a table and whose trigger deletes, past the white-list."""
    connection = sqlite3.connect(tmp_path / "hostile", isolation_level=None)
    connection.executescript(HOSTILE)
    guard(connection)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM op",
        "INSERT INTO task DEFAULT VALUES",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TEMP VIEW v AS SELECT 1",
        "CREATE TRIGGER u AFTER INSERT ON task BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE v USING fts5(x)",
        "CREATE TABLE more(x)",
        "DELETE FROM sqlite_schema",
        "UPDATE sqlite_master SET sql=''",
        "ATTACH ':memory:' AS other",
        "SELECT load_extension('x')",
    ],
)
def test_what_no_file_of_ours_needs_is_denied(hostile: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.Error) as refused, hurried(hostile, 2.0):
        hostile.execute(statement).fetchall()
    assert "interrupted" not in str(refused.value)
    assert hostile.execute("SELECT x FROM secret").fetchall() == [(1,)]


def test_what_never_ends_is_ended(hostile: sqlite3.Connection) -> None:
    start = time.process_time()
    with pytest.raises(sqlite3.OperationalError, match="interrupted"), hurried(hostile, 0.1):
        hostile.execute(f"SELECT count(*) FROM ({ENDLESS})").fetchall()
    assert time.process_time() - start < 2
    assert hostile.execute("SELECT x FROM secret").fetchall() == [(1,)]


@pytest.mark.parametrize(
    "statement",
    [
        f"SELECT {', '.join('?' * 10_001)}",
        f"SELECT {'x' * 100_000}",
        f"SELECT {'+'.join('1' * 60)}",
        " UNION ALL ".join(["SELECT 1"] * 6),
        "SELECT zeroblob(256*1024*1024 + 1)",
    ],
)
def test_what_is_too_large_is_refused(hostile: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.Error):
        hostile.execute(statement, [1] * statement.count("?")).fetchall()


def test_an_open_project_is_guarded(copy: Callable[..., Path]) -> None:
    file: ProjectFile = open_file(copy())
    try:
        for statement in ("CREATE TABLE more(x)", "ATTACH ':memory:' AS other"):
            with pytest.raises(sqlite3.Error):
                file.connection.execute(statement)
    finally:
        file.close()
