"""Damage is told for what it is: what unpacks and what not, whose file it is, whose fault it is not."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from labeler.model.problems import Refusal
from labeler.store import Project, damage
from labeler.store.bodies import body_fault
from labeler.store.damage import Damaged, inflate, read_rows, refuses_damage
from labeler.store.oplog import BLOB, EntityKind, OpKind, unpack_body

VALUE = b'{"answers":{"sentiment":"positive"}}'
PACKED = zlib.compress(b"a body of some length " * 20)


@pytest.mark.parametrize(
    ("packed", "said"),
    [
        (PACKED[:-1], "it is cut off"),
        (PACKED[:20], "it is cut off"),
        (PACKED + b"x", "something follows its end"),
        (b"\0" + PACKED, "incorrect header check"),
        (b"", "it is cut off"),
    ],
)
def test_what_does_not_unpack_says_why(packed: bytes, said: str) -> None:
    assert inflate(PACKED) == b"a body of some length " * 20
    with pytest.raises(Damaged, match=said):
        inflate(packed)


def test_a_body_larger_than_any_is_not_unpacked_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damage, "LARGEST_BODY", 439)
    with pytest.raises(Damaged, match="it is too large"):
        inflate(PACKED)  # 440 bytes
    monkeypatch.setattr(damage, "LARGEST_BODY", 440)
    assert len(inflate(PACKED)) == 440


def test_a_large_body_of_which_the_bytes_are_gone_is_damage(project: Project) -> None:
    with pytest.raises(Damaged, match="the blob of a body is missing"):
        unpack_body(project.file.connection, BLOB, b"\1" * 32)


class Told:
    """What reads a file, and fails in a way of chance."""

    def __init__(self, file: object, error: Exception) -> None:
        self.file = file
        self.error = error

    @refuses_damage
    def read(self) -> None:
        raise self.error


class File:
    """A file of which SQLite says this."""

    where = "p.labeler"

    def __init__(self, *said: str) -> None:
        self.said = [(one,) for one in said]

    def rows(self, sql: str) -> list[tuple[str]]:
        assert sql.startswith("PRAGMA quick_check")
        return self.said


def test_an_error_of_the_program_is_no_damage_of_a_sound_file() -> None:
    with pytest.raises(TypeError, match="ours"):
        Told(File("ok"), TypeError("ours")).read()
    with pytest.raises(TypeError, match="ours"):
        Told(File(), TypeError("ours")).read()


def test_an_error_over_a_file_that_is_not_sound_is_its_damage_in_sqlites_words() -> None:
    with pytest.raises(Damaged, match="row 3 missing") as caught:
        Told(File("row 3 missing from index"), TypeError("ours")).read()
    assert caught.value.problem.where == "p.labeler"


@pytest.mark.parametrize(("where", "told"), [("", "p.labeler"), ("other", "other")])
def test_damage_names_the_file_it_was_found_in(where: str, told: str) -> None:
    with pytest.raises(Damaged, match="torn") as caught:
        Told(File("ok"), Damaged("torn", where)).read()
    assert caught.value.problem.where == told


def test_a_query_that_fails_names_the_file(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "p.labeler")
    with pytest.raises(Refusal) as caught:
        read_rows(connection, "SELECT * FROM nothing")
    connection.close()
    assert caught.value.problem.where == str((tmp_path / "p.labeler").resolve())


# ------------------------------------------------------------------------------ what an op may say


@pytest.fixture
def bodies(project: Project) -> dict[int, tuple[bytes, bytes]]:
    """The entity and the body of an op of every kind of entity there is."""
    row = project.query.find("k0")
    project.annotate(row, author="anna", value=VALUE)
    project.assign("texts", [row], to="ben", by="anna")
    connection = project.file.connection
    rows = connection.execute(
        "SELECT ent.kind, ent.uid, enc, body FROM op JOIN ent ON ent.id=op.ent WHERE op.kind IN (?,?)",
        (int(OpKind.PUT), int(OpKind.IMPORT)),
    ).fetchall()
    told = {kind: (uid, unpack_body(connection, enc, raw) or b"") for kind, uid, enc, raw in rows}
    assert told.keys() == set(EntityKind) - {EntityKind.MEDIA}
    return told


Change = Callable[[bytes], bytes]
CHANGES: dict[str, Change] = {
    "cut off": lambda body: body[:-1],
    "no table": lambda body: b"[" + body + b"]",
    "no UTF-8 in what only a newer version knows": lambda body: b'{"later":"\xff",' + body[1:],
}


@pytest.mark.parametrize("how", CHANGES)
def test_a_body_that_does_not_read_is_told_of_every_kind(
    project: Project, bodies: dict[int, tuple[bytes, bytes]], how: str
) -> None:
    for kind, (uid, body) in bodies.items():
        assert body_fault(project.uid, OpKind.PUT, uid, kind, body) == ""
        assert body_fault(project.uid, OpKind.PUT, uid, kind, CHANGES[how](body)) != "", kind


def test_a_body_about_another_entity_is_told_where_it_says_of_which(
    project: Project, bodies: dict[int, tuple[bytes, bytes]]
) -> None:
    silent = {EntityKind.TASK}  # its uid is of a source's key or of nothing
    for kind, (_, body) in bodies.items():
        fault = body_fault(project.uid, OpKind.PUT, b"\7" * 16, kind, body)
        assert fault == ("" if kind in silent else "its body is about another entity"), kind


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (EntityKind.TASK, "meta", [1]),
        (EntityKind.ANNOTATION, "context", [1]),
        (EntityKind.ANNOTATION, "value", 7),
        (EntityKind.QUEUE, "policy", {"overlap": "many"}),
        (EntityKind.QUEUE, "questions", [{"id": 7}]),
        (EntityKind.LABELS, "labels", [{"name": "no id"}]),
    ],
)
def test_what_is_read_only_later_is_looked_at_too(
    project: Project,
    bodies: dict[int, tuple[bytes, bytes]],
    kind: EntityKind,
    field: str,
    value: object,
) -> None:
    uid, body = bodies[kind]
    changed = msgspec.json.encode({**msgspec.json.decode(body), field: value})
    assert body_fault(project.uid, OpKind.PUT, uid, kind, changed) != ""


def test_what_a_newer_version_writes_may_say_what_it_likes(project: Project) -> None:
    assert body_fault(project.uid, 99, b"\7" * 16, EntityKind.TASK, b"\xff") == ""
    assert body_fault(project.uid, OpKind.PUT, b"\7" * 16, 99, b"[1]") == ""
