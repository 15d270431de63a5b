"""Repair: whatever happens to a file, all that can be proven comes out, and what is missing is said."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from copies import dump
from made import text_task
from travellers import draft_of, put

from labeler.model.problems import Refusal
from labeler.store import Project
from labeler.store.health import SET_ASIDE
from labeler.store.media_rows import BlobPart, NewMedium, add_media
from labeler.store.repair import RepairReport, repair

PAGE = 4096
Copy = Callable[[str], Path]
PICTURE = os.urandom(2_500_000)
PICTURE_NAME = hashlib.blake2b(PICTURE, digest_size=32).digest()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, made: Path) -> Path:
    """A project of some size: annotations short and long, drafts, a medium, a merge, quarantine."""
    folder = tmp_path_factory.mktemp("sound")
    path = folder / "sound.labeler"
    shutil.copyfile(made, path)
    other = folder / "other.labeler"
    shutil.copyfile(made, other)
    project = Project.open(path)
    tasks = [text_task(f"n{number}", f"text number {number}") for number in range(120)]
    project.bulk("texts", by="anna").tasks(tasks)
    for number in range(120):
        note = "long " * (number * number)  # from plain to packed to a blob of its own
        value = {"answers": {"sentiment": "positive", "note": note + os.urandom(20).hex()}}
        if number % 40 in (7, 8):
            value["answers"]["note"] = os.urandom(40_000 if number % 40 == 7 else 6000).hex()
        project.annotate(
            project.query.find(f"n{number}"), author="anna", value=msgspec.json.encode(value)
        )
    bulk = project.bulk("texts", by="anna")
    with bulk._writing() as connection:
        new = NewMedium("pictures", "a.png", len(PICTURE), "image/png", b"f" * 16, PICTURE_NAME)
        add_media(connection, project.log, project.uid, bulk.person, [new])
    cut = [PICTURE[at : at + (1 << 20)] for at in range(0, len(PICTURE), 1 << 20)]
    project.media.put_parts([BlobPart(PICTURE_NAME, n, raw) for n, raw in enumerate(cut)])
    for key in ("n1", "n2", "k1"):
        for word in ("one", "two", "three"):
            draft = draft_of(project, key, "ben")
            draft.emit(draft.value.with_answer("sentiment", word), word)
            put(project, draft, key, "ben")
    draft = draft_of(project, "k1", "ben")  # more than a page of steps
    for number in range(150):
        draft.emit(draft.value.with_answer("sentiment", f"four {number}"), "Four")
    put(project, draft, "k1", "ben")
    theirs = Project.open(other)
    theirs.annotate(theirs.query.find("k3"), author="carla", value=b'{"answers":{"a":1}}')
    theirs.annotate(theirs.query.find("k4"), author="carla", value=b'{"answers":{"a":2}}')
    theirs.file.connection.execute("UPDATE op SET hlc=hlc+1 WHERE id=(SELECT max(id) FROM op)")
    theirs.file.close()
    project.merge(other)
    project.file.close()
    return path


def names(path: Path) -> set[bytes]:
    connection = sqlite3.connect(path)
    found = {row[0] for row in connection.execute("SELECT h FROM op")}
    connection.close()
    return found


def owners(path: Path) -> dict[int, str]:
    """Which table or index each page belongs to, as SQLite's own statistics say."""
    connection = sqlite3.connect(path)
    found = dict(connection.execute("SELECT pageno, name FROM dbstat"))
    connection.close()
    return found


def drafts(path: Path) -> list[tuple[str, bytes]]:
    project = Project.open(path)
    found = []
    for key in ("n1", "n2", "k1"):
        row = project.query.find(key)
        person = project.sign_in("ben")
        draft = draft_of(project, key, "ben") if person else None
        assert draft is not None
        found.append((row.key, draft.value_json()))
    project.file.close()
    return found


def told(report: RepairReport) -> set[str]:
    return {one.code for one in report.problems}


def test_a_sound_file_comes_out_as_it_went_in(sound: Path, tmp_path: Path) -> None:
    before = sound.read_bytes()
    out = tmp_path / "out.labeler"
    report = repair(sound, out)
    assert sound.read_bytes() == before
    assert report.recovered == len(names(sound))
    assert report.drafts == 3
    assert told(report) == {"repair_set_aside"}, "the op that was in quarantine still is"
    one, other = Project.open(sound), Project.open(out)
    assert dump(other) == dump(one)
    assert [row.src for row in other.merges()] == ["sound.labeler", "other.labeler"]
    assert other.media.here([PICTURE_NAME]) == {PICTURE_NAME}
    for project in (one, other):
        project.file.close()
    assert drafts(out) == drafts(sound)


def broken(sound: Path, tmp_path: Path, page: int) -> Path:
    """A copy with one page of noise."""
    path = tmp_path / f"broken{page}.labeler"
    raw = bytearray(sound.read_bytes())
    raw[(page - 1) * PAGE : page * PAGE] = random.Random(page).randbytes(PAGE)
    path.write_bytes(raw)
    return path


def pages_of(path: Path, *tables: str) -> list[int]:
    return [page for page, name in owners(path).items() if name in tables]


def test_a_lost_page_costs_no_op_unless_ops_lay_on_it(sound: Path, tmp_path: Path) -> None:
    """Schema, indexes, caches, entities, people, strands: what they say is said elsewhere too."""
    owner = owners(sound)
    wanted = names(sound)
    named = ("sqlite_schema", "ent", "person", "strand", "sqlite_autoindex_ent_1", "op_dot", "task")
    kinds = {name: min(page for page in owner if owner[page] == name) for name in named}
    for page in kinds.values():
        path, out = broken(sound, tmp_path, page), tmp_path / f"out{page}.labeler"
        report = repair(path, out)
        assert names(out) == wanted, owner[page]
        assert "repair_missing" not in told(report)
        path.unlink()
        out.unlink()


def test_a_lost_page_of_ops_costs_those_ops_and_names_whose_they_were(
    sound: Path, tmp_path: Path
) -> None:
    wanted = names(sound)
    connection = sqlite3.connect(sound)
    leaves = [
        row[0]
        for row in connection.execute(
            "SELECT pageno FROM dbstat WHERE name='op' AND pagetype='leaf' ORDER BY pageno"
        )
    ]
    connection.close()
    page = leaves[len(leaves) // 2]
    connection = sqlite3.connect(sound)
    cells = connection.execute("SELECT ncell FROM dbstat WHERE pageno=?", (page,)).fetchone()[0]
    connection.close()
    out = tmp_path / "out.labeler"
    report = repair(broken(sound, tmp_path, page), out)
    lost = wanted - names(out)
    assert len(lost) == cells > 0
    assert names(out) < wanted
    missing = [one for one in report.problems if one.code == "repair_missing"]
    assert sum(int(one.params["count"]) for one in missing) == cells
    assert {one.where for one in missing} == {str(out)}, "the name it was made under is nobody's"
    text = " ".join(str(one) for one in missing)
    assert "Anna Brandt" in text
    assert "UTC" in text
    again = Project.open(out)
    assert [one for one in again.check() if one.code != SET_ASIDE] == []
    again.file.close()
    healed = tmp_path / "healed.labeler"
    report = repair(broken(sound, tmp_path, page), healed, backup=sound)
    assert names(healed) >= wanted
    assert report.from_backup == cells + 3, "the drafts of the backup were lifted"
    again = Project.open(healed)
    assert [again.drafts_along(again.query.find(key)) for key in ("n1", "n2", "k1")] == [[], [], []]
    again.file.close()
    assert drafts(healed) == drafts(sound)
    assert "repair_missing" not in told(report)


def test_a_lost_page_of_a_body_costs_that_body(sound: Path, tmp_path: Path) -> None:
    wanted = names(sound)
    connection = sqlite3.connect(sound)
    page = connection.execute(
        "SELECT min(pageno) FROM dbstat WHERE name='op' AND pagetype='overflow'"
    ).fetchone()[0]
    connection.close()
    out = tmp_path / "out.labeler"
    report = repair(broken(sound, tmp_path, page), out)
    assert len(wanted - names(out)) == 1
    assert "repair_missing" in told(report)


def test_a_medium_whose_bytes_are_gone_is_named(sound: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(sound)
    pages = [
        row[0]
        for row in connection.execute(
            "SELECT pageno FROM dbstat WHERE name='blob' AND pagetype='overflow' ORDER BY pageno"
        )
    ]
    connection.close()
    out = tmp_path / "out.labeler"
    report = repair(broken(sound, tmp_path, pages[-1]), out)
    assert "medium_absent" in told(report)
    assert any("pictures/a.png" in str(one) for one in report.problems)
    healed = tmp_path / "healed.labeler"
    report = repair(broken(sound, tmp_path, pages[-1]), healed, backup=sound)
    assert "medium_absent" not in told(report)
    project = Project.open(healed)
    assert project.media.here([PICTURE_NAME]) == {PICTURE_NAME}
    project.file.close()


def test_steps_that_are_gone_are_set_aside_and_the_other_drafts_are_whole(
    sound: Path, tmp_path: Path
) -> None:
    path = tmp_path / "p.labeler"
    shutil.copyfile(sound, path)
    connection = sqlite3.connect(path)
    row = connection.execute(
        "SELECT task, person FROM draft JOIN ent ON ent.id=task ORDER BY task LIMIT 1"
    ).fetchone()
    connection.execute("DELETE FROM step WHERE task=? AND person=? AND n=1", row)
    connection.commit()
    connection.close()
    report = repair(path, tmp_path / "out.labeler")
    assert report.drafts == 2
    project = Project.open(tmp_path / "out.labeler")
    (aside,) = [one for one in project.quarantine() if "draft" in one.why]
    assert b"three" in project.quarantined_bytes(aside.id)
    assert [one for one in project.check() if one.code != SET_ASIDE] == []
    project.file.close()


def test_an_op_that_was_altered_is_not_accepted(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.labeler"
    shutil.copyfile(sound, path)
    connection = sqlite3.connect(path)
    (row,) = connection.execute(
        "SELECT op.id FROM op JOIN ann ON ann.head=op.id WHERE enc=0 LIMIT 1"
    ).fetchone()
    connection.execute(
        "UPDATE op SET body=CAST(replace(CAST(body AS TEXT), 'positive', 'negative') AS BLOB) "
        "WHERE id=?",
        (row,),
    )
    connection.commit()
    connection.close()
    out = tmp_path / "out.labeler"
    report = repair(path, out)
    assert report.recovered == len(names(sound)) - 1
    assert {"repair_missing", "repair_set_aside"} <= told(report)


@pytest.mark.parametrize("head", [bytes(100), bytes(16) + b"\x02\x00" + bytes(82), b"x" * 100])
def test_without_its_head_a_file_gives_all_it_has(sound: Path, tmp_path: Path, head: bytes) -> None:
    """Of zeros, with another size of pages (512) in it, of anything."""
    path = tmp_path / "p.labeler"
    path.write_bytes(head + sound.read_bytes()[100:])
    with pytest.raises(Refusal):
        Project.open(path)
    repair(path, tmp_path / "out.labeler")
    assert names(tmp_path / "out.labeler") == names(sound)


def test_a_file_cut_in_half_gives_what_its_half_has(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.labeler"
    raw = sound.read_bytes()
    path.write_bytes(raw[: len(raw) // 2 + 1000])
    report = repair(path, tmp_path / "out.labeler")
    found = names(tmp_path / "out.labeler")
    assert set() < found <= names(sound)
    assert report.recovered == len(found)


def test_without_the_page_that_names_the_project_a_backup_names_it(
    sound: Path, tmp_path: Path
) -> None:
    (page,) = pages_of(sound, "meta")
    path = broken(sound, tmp_path, page)
    with pytest.raises(Refusal) as caught:
        repair(path, tmp_path / "out.labeler")
    assert caught.value.problem.code == "repair_nothing"
    assert list(tmp_path.iterdir()) == [path]
    report = repair(path, tmp_path / "out.labeler", backup=sound)
    assert report.recovered == len(names(sound))


def test_a_backup_of_another_project_is_refused_and_nothing_is_left(
    sound: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.labeler"
    Project.create(other, handle="x").close()
    with pytest.raises(Refusal):
        repair(sound, tmp_path / "out.labeler", backup=other)
    assert list(tmp_path.iterdir()) == [other]


@pytest.mark.parametrize("content", [b"", b"Dear all", bytes(20_000), os.urandom(20_000)])
def test_what_was_never_a_project_gives_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.labeler"
    path.write_bytes(content)
    with pytest.raises(Refusal) as caught:
        repair(path, tmp_path / "out.labeler")
    assert caught.value.problem.code == "repair_nothing"
    assert str(path) in str(caught.value)
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_ever_overwritten(sound: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.labeler"
    out.write_bytes(b"mine")
    with pytest.raises(Refusal) as caught:
        repair(sound, out)
    assert caught.value.problem.code == "file_exists"
    assert out.read_bytes() == b"mine"
