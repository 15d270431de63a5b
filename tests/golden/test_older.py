"""A file of an older format is brought up to ours whole, or stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from labeler.model.problems import Refusal
from labeler.store import Project, migrate, schema
from labeler.store.file import look, open_file

HERE = Path(__file__).parent


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A copy of the golden file of format 0.1."""
    path = tmp_path / "pets.labeler"
    shutil.copyfile(HERE / "0.1.labeler", path)
    return path


def rows(path: Path, table: str) -> list[Any]:
    """Rows of a table as SQLite itself reads them."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)
    finally:
        connection.close()


KEPT = ("op", "strand", "ent", "person", "blob", "step", "checkpoint", "draft", "merge_log")
FOLDED = ("task", "ann", "who", "queue", "conflict", "media")


def of_work(row: Any) -> Any:
    """A row of a draft as it is now: of the layer ``work`` (0) and about nothing."""
    return (*row[:2], 0, row[2], 0, *row[3:])


NOW: dict[str, Callable[[Any], Any]] = {
    "step": of_work,
    "checkpoint": of_work,
    "draft": of_work,
    "strand": lambda row: row[:9],  # without signatures
    "ann": lambda row: (*row[:8], row[9]),  # without marks of deletion
    "queue": lambda row: row[:4],
    "media": lambda row: row[:6],
}
"""What becomes of a row of 0.1, by table."""


def test_an_older_file_is_brought_up_with_every_row_and_its_backup_beside_it(older: Path) -> None:
    before = older.read_bytes()
    was = {table: rows(older, table) for table in (*KEPT, *FOLDED)}
    project = Project.open(older)
    assert project.check() == []
    project.file.close()
    assert look(older) == schema.FORMAT
    for table in (*KEPT, *FOLDED):
        now = [NOW.get(table, tuple)(row) for row in was[table]]
        assert rows(older, table) == sorted(now, key=repr), table
    backup = older.with_name("pets.format-0.1.labeler")
    assert look(backup) == 1
    assert {table: rows(backup, table) for table in (*KEPT, *FOLDED)} == was
    assert sorted(one.name for one in older.parent.iterdir()) == [backup.name, older.name]
    assert before[:16] == older.read_bytes()[:16]


def test_a_file_brought_up_is_opened_as_it_is_the_next_time(older: Path) -> None:
    Project.open(older).file.close()
    raw = older.read_bytes()
    Project.open(older).file.close()
    assert older.read_bytes() == raw


def test_an_older_file_that_may_only_be_read_is_read_and_stays(older: Path) -> None:
    raw = older.read_bytes()
    project = Project.open(older, read_only=True)
    assert project.check() == []
    assert project.query.counts()["tasks"] == 8  # make.py: five texts, two that are equal, a stub
    assert project.path == older
    project.file.close()
    assert older.read_bytes() == raw
    assert [one.name for one in older.parent.iterdir()] == [older.name]


def test_a_command_that_only_reads_leaves_an_older_file_as_it_is(older: Path) -> None:
    from labeler.cli.opening import reading, writing

    raw = older.read_bytes()
    with reading(older) as project:
        assert project.title == "Golden 0.1"
    assert older.read_bytes() == raw
    with writing(older):
        pass
    assert look(older) == schema.FORMAT


def test_an_older_copy_is_merged_and_stays(older: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.labeler"
    shutil.copyfile(older, other)
    project = Project.open(other)
    project.sign_in("cleo")
    project.close()
    raw = other.read_bytes()
    project = Project.open(older)
    assert project.merge(other).added == 1
    assert project.check() == []
    project.close()
    assert other.read_bytes() == raw


def test_a_format_whose_tables_differ_comes_over_by_the_rule_that_is_given(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A made-up 0.1 whose drafts were counted from one and whose merges named no source."""
    connection = sqlite3.connect(older)
    drafts = connection.execute("SELECT cursor, saved FROM draft").fetchall()
    connection.execute("ALTER TABLE draft RENAME COLUMN cursor TO place")
    connection.execute("UPDATE draft SET place=place+1")
    connection.execute("ALTER TABLE merge_log DROP COLUMN src")
    connection.commit()
    tables = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type='table'"))
    connection.close()
    real = schema.OLDER[1]
    moved = {"draft": {**real.columns["draft"], "cursor": "place-1"}, "merge_log": {"src": "'?'"}}
    was = real._replace(tables=tables, columns={**real.columns, **moved})
    monkeypatch.setitem(schema.OLDER, 1, was)
    project = Project.open(older)
    assert project.check() == []
    assert project.file.rows("SELECT cursor, saved FROM draft") == drafts
    assert [one.src for one in project.merges()] == ["?"]
    project.file.close()


def test_what_did_not_come_over_is_refused_and_the_older_file_stays(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = older.read_bytes()
    whole = migrate._copy_rows

    def loses_one(
        old: Any, connection: sqlite3.Connection, table: str, found: int, told: Any
    ) -> None:
        whole(old, connection, table, found, told)
        if table == "op":
            connection.execute("UPDATE op SET parents=NULL WHERE parents IS NOT NULL")

    monkeypatch.setattr(migrate, "_copy_rows", loses_one)
    with pytest.raises(Refusal) as refused:
        Project.open(older)
    assert "its ops did not come over" in str(refused.value)
    assert older.read_bytes() == raw
    backup = older.with_name("pets.format-0.1.labeler")
    assert sorted(one.name for one in older.parent.iterdir()) == [backup.name, older.name]


def test_a_backup_that_is_not_what_was_copied_stops_it(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = older.read_bytes()
    monkeypatch.setattr(migrate, "_backup_holds", lambda _path: None)
    with pytest.raises(Refusal, match="it was not written as it is"):
        Project.open(older)
    assert older.read_bytes() == raw


def test_heads_that_differ_are_seen_whatever_else_is_the_same(older: Path) -> None:
    """An op that replaces nothing any more leaves two versions where there was one."""
    connection = sqlite3.connect(older)
    before = migrate._heads(connection, 1)
    connection.execute("UPDATE op SET salt=NULL")
    assert migrate._heads(connection, 1) == before
    connection.execute(
        "UPDATE op SET parents=NULL WHERE id=(SELECT max(id) FROM op WHERE parents IS NOT NULL)"
    )
    assert migrate._heads(connection, 1) != before
    connection.close()


def test_a_second_try_takes_the_backup_that_is_there(older: Path) -> None:
    shutil.copyfile(older, older.with_name("pets.format-0.1.labeler"))
    stranger = older.with_name("cats.labeler")
    shutil.copyfile(older, stranger)
    shutil.copyfile(HERE / "0.1.jsonl", older.with_name("cats.format-0.1.labeler"))
    Project.open(older).file.close()
    Project.open(stranger).file.close()
    assert sorted(one.name for one in older.parent.glob("*.format*")) == [
        "cats.format-0.1.2.labeler",
        "cats.format-0.1.labeler",
        "pets.format-0.1.labeler",
    ]


def test_a_file_that_another_program_writes_is_not_brought_up(older: Path) -> None:
    other = sqlite3.connect(older, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refusal) as refused:
        Project.open(older, timeout=0.1)
    assert refused.value.problem.code == "file_locked"
    other.execute("ROLLBACK")
    other.close()
    assert look(older) == 1


def test_what_was_written_while_the_new_file_took_its_place_is_not_lost(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = migrate._first_bytes
    seen: list[bytes] = []

    def written_between(path: Path) -> bytes:
        if seen:
            connection = sqlite3.connect(path)
            connection.execute("DELETE FROM lease")
            connection.execute("UPDATE meta SET v=v WHERE k='fold'")
            connection.commit()
            connection.close()
        seen.append(first(path))
        return seen[-1]

    monkeypatch.setattr(migrate, "_first_bytes", written_between)
    with pytest.raises(Refusal) as refused:
        Project.open(older)
    assert refused.value.problem.code == "file_locked"
    assert look(older) == 1


def test_whoever_waits_is_told_how_far_it_is(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "_TELL_EVERY", 1)
    told: list[tuple[int, int]] = []
    Project.open(older, progress=lambda done, total: told.append((done, total))).file.close()
    dones = [done for done, _ in told]
    assert {total for _, total in told} == {1000}
    assert dones == sorted(dones)
    assert all(sum(at <= done < at + 250 for done in dones) > 1 for at in range(0, 1000, 250))
    told.clear()
    Project.open(older, progress=lambda done, total: told.append((done, total))).file.close()
    assert told == []  # it is one of ours now


@pytest.mark.parametrize("at", [0, 60, 320, 520, 820, 990])
def test_who_cancels_has_the_older_file_as_it_was(
    older: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """In every stage: counted, copied, rows taken over, folded, compared."""
    monkeypatch.setattr(migrate, "_TELL_EVERY", 1)
    raw = older.read_bytes()

    def enough(done: int, _total: int) -> None:
        if done >= at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Project.open(older, progress=enough)
    assert older.read_bytes() == raw
    backup = older.with_name("pets.format-0.1.labeler")
    assert {one.name for one in older.parent.iterdir()} <= {older.name, backup.name}
    Project.open(older).close()
    assert look(older) == schema.FORMAT


def test_the_store_opens_no_older_file_as_it_is_by_chance(older: Path) -> None:
    with pytest.raises(Refusal) as refused:
        open_file(older)
    assert refused.value.problem.code == "file_older"
