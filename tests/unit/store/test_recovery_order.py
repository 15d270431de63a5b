"""From the mildest damage to the worst each has its step: journal, caches, indexes, new file, backup."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from labeler.cli.main import command_group, run
from labeler.model.problems import Refusal
from labeler.store import Project

Copy = Callable[[str], Path]


def command(*words: object) -> int:
    """Run a command; its exit code."""
    return run(command_group({}, "info"), [str(word) for word in words])


def ops(path: Path) -> list[bytes]:
    """The hashes of all ops, in order, read off the table itself."""
    connection = sqlite3.connect(path)
    try:
        return [row[0] for row in connection.execute("SELECT h FROM op NOT INDEXED ORDER BY id")]
    finally:
        connection.close()


def with_work(path: Path) -> Path:
    """A project with an annotation on each task."""
    project = Project.open(path)
    for number in range(6):
        row = project.query.find(f"k{number}")
        project.annotate(row, author="anna", value=b'{"answers":{"sentiment":"positive"}}')
    project.close()
    return path


def altered(path: Path, *statements: str) -> Path:
    """The file after another hand was at it."""
    connection = sqlite3.connect(path)
    for sql in statements:
        connection.execute(sql)
    connection.commit()
    connection.close()
    return path


def with_another_index(path: Path) -> Path:
    """The file with an index whose entries are those of another column."""
    right = "CREATE INDEX op_ent ON op(ent)"
    wrong = "CREATE INDEX op_ent ON op(seq)"
    connection = sqlite3.connect(path)
    connection.execute("DROP INDEX op_ent")
    connection.execute(wrong)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE sqlite_schema SET sql=? WHERE name='op_ent'", (right,))
    connection.commit()
    connection.close()
    return path


def test_1_a_hot_journal_is_played_back_by_looking(copy: Copy, tmp_path: Path) -> None:
    path = with_work(copy("p.labeler"))
    before = ops(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA cache_size=1")
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE op SET body=zeroblob(5000)")  # it reaches the file before the commit
    left = tmp_path / "left.labeler"
    shutil.copyfile(path, left)
    shutil.copyfile(f"{path}-journal", f"{left}-journal")
    other.execute("ROLLBACK")
    other.close()
    assert command("check", left) == 0
    assert ops(left) == before
    assert not Path(f"{left}-journal").exists()


def test_2_caches_that_are_wrong_are_told_and_made_anew_in_place(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    path = altered(
        with_work(copy("p.labeler")),
        "UPDATE task SET status=0",
        "DELETE FROM ann WHERE id=(SELECT min(id) FROM ann)",
        "UPDATE tally SET n=n+3",
    )
    before = ops(path)
    assert command("check", path) == 1
    assert "the cache task differs from what the ops say" in capsys.readouterr().err
    assert command("repair", path) == 0
    assert capsys.readouterr().out == f"{path}: indexes and caches made anew; sound\n"
    assert command("check", path) == 0
    assert ops(path) == before


def test_3_an_index_that_is_wrong_is_told_and_made_anew_in_place(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_another_index(with_work(copy("p.labeler")))
    before = ops(path)
    assert command("check", path) == 1
    assert "index op_ent" in capsys.readouterr().err
    assert command("repair", path) == 0
    assert command("check", path) == 0
    assert ops(path) == before


def test_4_what_is_damaged_itself_is_not_written_to_but_made_anew_elsewhere(
    copy: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_work(copy("p.labeler"))
    raw = bytearray(path.read_bytes())
    connection = sqlite3.connect(path)
    (page,) = connection.execute("SELECT max(pageno) FROM dbstat WHERE name='ann'").fetchone()
    connection.close()
    raw[(page - 1) * 4096 : page * 4096] = b"\x5a" * 4096
    path.write_bytes(raw)
    assert command("check", path) in (1, 2)
    assert command("repair", path) == 2
    assert "name a new file to make of what can be proven" in capsys.readouterr().err
    assert path.read_bytes() == raw
    assert command("repair", path, tmp_path / "out.labeler") == 0
    assert path.read_bytes() == raw
    assert len(ops(tmp_path / "out.labeler")) == len(ops(copy("again.labeler"))) + 6


def test_5_what_cannot_be_proven_comes_from_the_last_good_backup(
    copy: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_work(copy("p.labeler"))
    assert command("backup", path, tmp_path / "backup.labeler") == 0
    whole = set(ops(path))
    altered(path, "UPDATE op SET body=X'7b7d' WHERE id=(SELECT max(id) FROM op)")
    assert command("repair", path) == 1
    assert "its hash does not match its content" in capsys.readouterr().err
    assert command("repair", path, tmp_path / "alone.labeler") == 1
    told = capsys.readouterr().err.replace("\u00a0", " ")
    assert "changes by Anna Brandt on" in told
    assert "are missing (1)" in told
    assert len(whole - set(ops(tmp_path / "alone.labeler"))) == 1
    out = tmp_path / "out.labeler"
    command("repair", path, out, "--backup", tmp_path / "backup.labeler")
    assert "more from the backup" in capsys.readouterr().out
    assert set(ops(out)) == whole


def test_a_backup_is_taken_into_a_new_file_only(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy("p.labeler")
    assert command("repair", path, "--backup", path) == 2
    assert "name a new file" in capsys.readouterr().err


def test_two_ops_where_an_index_allows_one_are_not_mended_in_place(copy: Copy) -> None:
    path = with_work(copy("p.labeler"))
    connection = sqlite3.connect(path)
    connection.execute("DROP INDEX op_dot")
    connection.execute("UPDATE op SET seq=1 WHERE seq=2")
    connection.execute("CREATE INDEX op_dot ON op(strand,seq)")
    connection.execute("PRAGMA writable_schema=ON")
    sql = "CREATE UNIQUE INDEX op_dot ON op(strand,seq)"
    connection.execute("UPDATE sqlite_schema SET sql=? WHERE name='op_dot'", (sql,))
    connection.commit()
    connection.close()
    before = path.read_bytes()
    project = Project.open(path)
    with pytest.raises(Refusal) as refused:
        project.mend()
    project.file.close()
    assert refused.value.problem.code == "repair_in_place"
    assert path.read_bytes() == before
