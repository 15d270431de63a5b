"""Whose a strand is where the row of its person is lost: theirs who wrote what it brings."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from labeler.store import Project
from labeler.store.oplog import OpRow
from labeler.store.repair import repair

Copy = Callable[[str], Path]
LOST = 4711
"""A row no person has."""


@pytest.fixture
def theirs(copy: Copy) -> Path:
    """A copy in which Anna wrote in a strand of its own."""
    path = copy("theirs.labeler")
    project = Project.open(path)
    project.sign_in("carla")
    project.file.close()
    project = Project.open(path)
    value = b'{"answers":{"sentiment":"positive"}}'
    project.annotate(project.query.find("k0"), author="anna", value=value)
    project.file.close()
    return path


def belongs(path: Path, row: str) -> None:
    """Let the newest strand be the person's of this row (SQL)."""
    with sqlite3.connect(path) as connection:
        connection.execute(
            f"UPDATE strand SET person=({row}) WHERE id=(SELECT max(id) FROM strand)"
        )
    connection.close()


def newest_of(project: Project) -> str:
    """Whose the strand of the only annotation is."""
    (handle,) = project.file.row(
        "SELECT who.handle FROM op JOIN ent ON ent.id=op.ent AND ent.kind=7 "
        "JOIN strand ON strand.id=op.strand JOIN who ON who.id=strand.person"
    )
    return str(handle)


WHOSE = {
    "lost": (str(LOST), "anna"),
    "carla's": ("SELECT id FROM who WHERE handle='carla'", "carla"),
}


@pytest.mark.parametrize(("row", "handle"), WHOSE.values(), ids=WHOSE)
def test_a_merged_strand_is_its_persons_or_else_theirs_who_wrote_in_it(
    project: Project, theirs: Path, row: str, handle: str
) -> None:
    belongs(theirs, row)
    report = project.merge(theirs)
    assert report.quarantined == 0
    assert newest_of(project) == handle
    assert {len(uid) for (uid,) in project.file.rows("SELECT uid FROM person")} == {16}
    assert project.check() == []


@pytest.mark.parametrize(("row", "handle"), WHOSE.values(), ids=WHOSE)
def test_a_repaired_strand_is_its_persons_or_else_theirs_who_wrote_in_it(
    theirs: Path, tmp_path: Path, row: str, handle: str
) -> None:
    belongs(theirs, row)
    out = tmp_path / "out.labeler"
    repair(theirs, out)
    mended = Project.open(out)
    assert newest_of(mended) == handle
    assert mended.check() == []
    mended.file.close()


def test_an_op_about_what_is_lost_is_set_aside_with_who_wrote_it(
    project: Project, theirs: Path
) -> None:
    with sqlite3.connect(theirs) as connection:
        connection.execute("DELETE FROM ent WHERE kind=7")
    connection.close()
    assert project.merge(theirs).quarantined == 1
    (raw,) = project.file.row("SELECT raw FROM quarantine")
    op = msgspec.msgpack.decode(raw, type=OpRow)
    assert (op.person, op.entity) == (bytes.fromhex(project.person("anna").uid), b"")
