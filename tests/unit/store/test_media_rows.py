"""Media in a project file: noted in bulk, their bytes whole or not there, carried by every copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import msgspec
import pytest

from labeler.model.problems import Refusal
from labeler.store import Project
from labeler.store.media_rows import BlobPart, NewMedium, PartsWriter

PART = 1 << 20
LARGE = bytes(range(256)) * 4096 * 2 + b"and a little"
"""Two parts and a little more."""


def name_of(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=32).digest()


def put(project: Project, raw: bytes) -> bytes:
    name = name_of(raw)
    parts = [BlobPart(name, at // PART, raw[at : at + PART]) for at in range(0, len(raw), PART)]
    project.media.put_parts([*parts[1:], *parts[:1]])
    return name


def note(project: Project, *media: NewMedium) -> None:
    project.bulk("texts", by="anna").add([_task()], media)


def _task() -> object:
    from made import text_task

    return text_task("k0", "text 0")


def medium(
    path: str, raw: bytes, name: bytes = b"", *, fingerprint: bytes = b"f" * 16
) -> NewMedium:
    return NewMedium("photos", path, len(raw), "image/png", fingerprint, name)


def whole(project: Project, name: bytes) -> bytes:
    return b"".join(
        project.media.part(name, number) for number in range(len(project.media.parts(name)))
    )


def codes(project: Project) -> list[str]:
    return [problem.code for problem in project.check()]


def test_media_are_noted_once(project: Project) -> None:
    note(project, medium("a.png", b"1"), medium("a.png", b"1"), medium("b.png", b"2"))
    note(project, medium("a.png", b"1"), medium("c.png", b"3"))
    assert project.media_roots() == [("photos", 3)]
    assert project.file.row(
        "SELECT count(*) FROM op JOIN ent ON ent.id=op.ent WHERE ent.kind=8"
    ) == (3,)
    found = project.media.find("photos", "b.png")
    assert found is not None
    assert (found.size, found.fingerprint, found.hash) == (1, b"f" * 16, b"")
    assert project.media.find("photos", "d.png") is None
    assert project.check() == []


def test_bytes_that_came_later_are_said_of_the_known_medium(project: Project) -> None:
    note(project, medium("a.png", LARGE))
    name = put(project, LARGE)
    note(project, medium("a.png", LARGE, name))
    note(project, medium("a.png", LARGE))
    found = project.media.find("photos", "a.png")
    assert found is not None
    assert found.hash == name
    assert whole(project, name) == LARGE
    assert project.check() == []
    project.refold()
    assert project.media.find("photos", "a.png") == found


def test_what_a_kill_left_half_written_is_not_here(project: Project) -> None:
    name = name_of(LARGE)
    project.media.put_parts([BlobPart(name, 1, LARGE[PART : 2 * PART])])
    assert project.media.here([name]) == set()
    assert project.media.parts(name) == []
    put(project, LARGE)
    assert project.media.here([name]) == {name}
    assert whole(project, name) == LARGE


def test_a_check_names_what_is_absent_and_what_is_damaged(project: Project) -> None:
    names = {raw: put(project, raw) for raw in (b"good", LARGE, b"gone", b"short")}
    note(project, *[medium(f"{number}.png", raw, names[raw]) for number, raw in enumerate(names)])
    assert project.check() == []
    connection = project.file.connection
    connection.execute(
        "UPDATE blob SET data=zeroblob(1048576) WHERE hash=? AND part=1", (names[LARGE],)
    )
    connection.execute("DELETE FROM blob WHERE hash=?", (names[b"gone"],))
    connection.execute("UPDATE blob SET data=? WHERE hash=?", (b"shor", names[b"short"]))
    found = {problem.params["path"]: problem.code for problem in project.check()}
    assert found == {
        "photos/1.png": "medium_damaged",
        "photos/2.png": "medium_absent",
        "photos/3.png": "medium_damaged",
    }


def test_a_part_that_is_missing_is_refused(project: Project) -> None:
    with pytest.raises(Refusal, match="missing"):
        project.media.part(b"n" * 32, 0)


def test_a_copy_carries_the_bytes(project: Project, tmp_path: Path) -> None:
    name = put(project, LARGE)
    note(project, medium("a.png", LARGE, name))
    project.copy_to(tmp_path / "copy.labeler")
    copy = Project.open(tmp_path / "copy.labeler")
    assert whole(copy, name) == LARGE
    assert copy.check() == []
    copy.close()


def test_a_damaged_medium_does_not_keep_a_copy_from_being_made(
    project: Project, tmp_path: Path
) -> None:
    name = put(project, LARGE)
    note(project, medium("a.png", LARGE, name))
    project.file.connection.execute("UPDATE blob SET data=x'00' WHERE part=1")
    project.copy_to(tmp_path / "copy.labeler")
    copy = Project.open(tmp_path / "copy.labeler")
    assert codes(copy) == ["medium_damaged"]
    copy.close()


# merging


@pytest.fixture
def other(copy: Callable[[str], Path]) -> Path:
    """Another copy, with a large and a small medium taken in."""
    path = copy("other.labeler")
    project = Project.open(path)
    note(
        project,
        medium("large.png", LARGE, put(project, LARGE)),
        medium("small.png", b"small", put(project, b"small")),
        medium("empty.png", b"", name_of(b"")),
    )
    project.media.put_parts([BlobPart(name_of(b""), 0, b"")])
    project.close()
    return path


def test_a_merge_brings_the_bytes(project: Project, other: Path) -> None:
    report = project.merge(other)
    assert report.quarantined == 0
    assert whole(project, name_of(LARGE)) == LARGE
    assert whole(project, name_of(b"small")) == b"small"
    assert project.check() == []
    assert project.merge(other).added == 0


def change(path: Path, sql: str, *parameters: object) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql, parameters)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE blob SET data=zeroblob(1048576) WHERE hash=? AND part=1",
        "UPDATE blob SET data=zeroblob(1048576) WHERE hash=? AND part=0",
        "UPDATE blob SET data=x'00' WHERE hash=? AND part=2",
        "DELETE FROM blob WHERE hash=? AND part=2",
    ],
)
def test_bytes_that_are_not_those_are_not_taken_and_it_is_said(
    project: Project, other: Path, sql: str
) -> None:
    change(other, sql, name_of(LARGE))
    assert project.merge(other).quarantined == 1
    assert project.media.here([name_of(LARGE), name_of(b"small")]) == {name_of(b"small")}
    assert project.file.row("SELECT count(*) FROM blob WHERE hash=?", (name_of(LARGE),)) == (0,)
    assert sorted(codes(project)) == ["change_set_aside", "medium_absent"]
    assert project.merge(other).quarantined == 0, "it is noted once"


def test_bytes_that_were_missing_come_with_a_later_merge(
    project: Project, other: Path, copy: Callable[[str], Path]
) -> None:
    third = copy("third.labeler")
    third.write_bytes(other.read_bytes())
    change(third, "DELETE FROM blob WHERE hash=?", name_of(LARGE))
    assert project.merge(third).quarantined == 0
    assert codes(project) == ["medium_absent"]
    assert project.merge(other).added == 0
    assert codes(project) == []
    assert whole(project, name_of(LARGE)) == LARGE


def test_one_copy_refers_and_the_other_took_in(project: Project, other: Path) -> None:
    """Nobody's bytes are lost because somebody else referred to the same file later."""
    note(project, medium("large.png", LARGE))
    project.merge(other)
    found = project.media.find("photos", "large.png")
    assert found is not None
    assert (found.hash, found.double) == (name_of(LARGE), False)
    assert project.conflicts() == []
    assert project.check() == []


def test_two_files_of_one_name_are_a_conflict(project: Project, other: Path) -> None:
    note(project, medium("small.png", b"mine", put(project, b"mine"), fingerprint=b"m" * 16))
    report = project.merge(other)
    assert report.conflicts == 1
    found = project.media.find("photos", "small.png")
    assert found is not None
    assert found.double
    assert [one.kind for one in project.conflicts()] == ["media"]
    assert project.check() == []


def test_merging_media_in_any_order_says_the_same(
    project: Project, other: Path, copy: Callable[[str], Path]
) -> None:
    note(project, medium("large.png", LARGE))
    there = Project.open(other)
    there.merge(project.path)
    project.merge(other)
    for path in ("large.png", "small.png", "empty.png"):
        ours, theirs = project.media.find("photos", path), there.media.find("photos", path)
        assert ours is not None
        assert theirs is not None
        assert msgspec.structs.replace(ours, row=theirs.row) == theirs
    assert there.check() == project.check() == []
    there.close()


def test_parts_are_written_some_megabytes_at_a_time() -> None:
    batches: list[list[int]] = []
    writer = PartsWriter(lambda parts: batches.append([part.number for part in parts]))
    for number in range(9):
        writer.add(BlobPart(b"n" * 32, number, bytes(PART)))
    assert batches == [[0, 1, 2, 3], [4, 5, 6, 7]]
    writer.flush()
    writer.flush()
    assert batches[2:] == [[8]]
