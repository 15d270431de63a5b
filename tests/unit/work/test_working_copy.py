"""A shared project worked on in a copy and merged back, whatever became of it meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from labeler.model.problems import Problem, Refusal
from labeler.model.queue import read_config
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.work.opening import approach, open_in_place
from labeler.work.places import Place, PlaceKind
from labeler.work.presence import presence_folder
from labeler.work.working_copy import (
    WorkingCopy,
    begin_copy,
    copy_at,
    copy_of,
    give_back,
    owing,
)

CONFIG = b'{"questions": [{"id": "note", "kind": "text"}]}'


def at(kind: PlaceKind) -> Place:
    return Place(kind, "/m", "x", Problem(f"place_{kind}", "/m", {"system": "x", "client": "x"}))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "made.labeler"
    project = Project.create(path, title="Pets", handle="anna")
    project.put_queue("texts", read_config(CONFIG), panel="sentiment", by="anna")
    contents = [b'{"text":"%d"}' % number for number in range(3)]
    project.bulk("texts", by="anna").tasks(
        [NewTask(f"k{n}", raw, content_fingerprint(raw)) for n, raw in enumerate(contents)]
    )
    project.close()
    return path


@pytest.fixture
def shared(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    path = folder / "pets.labeler"
    shutil.copyfile(made, path)
    return path


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "copies"


def says(path: Path, key: str, author: str, word: str) -> None:
    project = Project.open(path)
    value = json.dumps({"answers": {"note": word}}).encode()
    project.annotate(project.query.find(key), author=author, value=value)
    project.close()


def said(path: Path) -> set[tuple[str, str]]:
    """Who said what, of all tasks."""
    project = Project.open(path, read_only=True)
    try:
        return {
            (project.query.full(full.row).row.key, json.loads(one.value)["answers"]["note"])
            for page in project.pages()
            for full in page
            for one in full.annotations
        }
    finally:
        project.file.close()


def back(copy: WorkingCopy, kind: PlaceKind = "locks_off") -> None:
    give_back(copy, where=lambda _: at(kind))


@pytest.mark.parametrize("kind", ["locks_off", "synced", "network", "local"])
def test_work_in_a_copy_comes_back(shared: Path, copies: Path, kind: PlaceKind) -> None:
    copy = begin_copy(copies, shared)
    says(copy.path, "k0", "anna", "mine")
    assert said(shared) == set()
    back(copy, kind)
    assert said(shared) == {("k0", "mine")}
    assert sorted(one.name for one in shared.parent.iterdir()) == ["pets.labeler"]


def test_what_others_did_meanwhile_stays(shared: Path, copies: Path) -> None:
    copy = begin_copy(copies, shared)
    says(copy.path, "k0", "anna", "mine")
    says(shared, "k1", "ben", "theirs")
    back(copy)
    assert said(shared) == {("k0", "mine"), ("k1", "theirs")}


def test_a_file_that_changes_while_its_successor_is_made_loses_nothing(
    shared: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes to the shared file between the reading of it and its replacing."""
    copy = begin_copy(copies, shared)
    says(copy.path, "k0", "anna", "mine")
    words = ["first", "second"]
    merge = Project.merge

    def merging(project: Project, other: Path, progress: object = None) -> object:
        if words:
            says(shared, "k1", f"p{len(words)}", words.pop())
        return merge(project, other)

    monkeypatch.setattr(Project, "merge", merging)
    back(copy)
    assert said(shared) == {("k0", "mine"), ("k1", "first"), ("k1", "second")}


class _PutOff(Exception):
    """Whoever is asked how far it is has no time."""


@pytest.mark.parametrize("kind", ["network", "locks_off"])
def test_a_copy_put_off_at_any_moment_owes_what_it_owed_and_comes_back_later(
    shared: Path, copies: Path, kind: PlaceKind
) -> None:
    copy = begin_copy(copies, shared)
    says(copy.path, "k0", "anna", "mine")
    for left in count():
        told: list[int] = []

        def passing(done: int, total: int, told: list[int] = told, left: int = left) -> None:
            assert 0 <= done <= total == 1000
            told.append(done)
            if len(told) > left:
                raise _PutOff

        try:
            give_back(copy, progress=passing, where=lambda _: at(kind))
            break
        except _PutOff:
            assert owing(copy)
            assert said(shared) in (set(), {("k0", "mine")})
            assert [one.name for one in shared.parent.iterdir()] == [shared.name]
    assert left >= 2, "it can be put off before it is merged and after"
    assert told == sorted(told)
    assert said(shared) == {("k0", "mine")}
    found = copy_of(copies, shared)
    assert found is not None
    assert not owing(found)


def test_what_a_killed_program_left_on_its_way_is_swept_and_what_lives_is_not(
    shared: Path, copies: Path
) -> None:
    copy = begin_copy(copies, shared)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    dead, alive = (copy.path.parent / f"back-{pid}-x" for pid in (ended.pid, os.getpid()))
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "pets.labeler").write_bytes(b"half")
    back(copy)
    assert (dead.exists(), alive.exists()) == (False, True)


def test_a_file_that_never_rests_is_refused_and_the_work_stays(
    shared: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = begin_copy(copies, shared)
    says(copy.path, "k0", "anna", "mine")
    merge = Project.merge

    def merging(project: Project, other: Path, progress: object = None) -> object:
        says(shared, "k1", "ben", str(shared.stat().st_mtime_ns))
        return merge(project, other)

    monkeypatch.setattr(Project, "merge", merging)
    with pytest.raises(Refusal, match="close it there"):
        back(copy)
    monkeypatch.undo()
    assert owing(copy)
    back(copy)
    assert ("k0", "mine") in said(shared)


def test_nothing_is_written_where_nothing_is_new(shared: Path, copies: Path) -> None:
    copy = begin_copy(copies, shared)
    before = shared.stat()
    assert give_back(copy, where=lambda _: at("synced")) is None
    says(copy.path, "k0", "anna", "mine")
    back(copy)
    found = copy_of(copies, shared)
    assert found is not None
    assert not owing(found)
    after = shared.stat()
    assert after.st_mtime_ns != before.st_mtime_ns
    assert give_back(found, where=lambda _: at("synced")) is None
    assert shared.stat() == after


def test_an_open_copy_is_given_back_as_often_as_it_has_something_new(
    shared: Path, copies: Path
) -> None:
    """Who has it open knows the copy as it was when it was opened."""
    copy = begin_copy(copies, shared)
    says(copy.path, "k0", "anna", "mine")
    project = Project.open(copy.path)
    assert give_back(copy, project.copy_to, where=lambda _: at("synced")) is not None
    before = shared.stat()
    assert give_back(copy, project.copy_to, where=lambda _: at("synced")) is None
    assert shared.stat() == before
    project.close()


def test_a_copy_is_taken_up_again_with_what_is_new(shared: Path, copies: Path) -> None:
    first = begin_copy(copies, shared)
    says(first.path, "k0", "anna", "mine")
    says(shared, "k1", "ben", "theirs")
    again = begin_copy(copies, shared)
    assert again.path == first.path
    assert said(again.path) == {("k0", "mine"), ("k1", "theirs")}
    assert owing(again)
    assert copy_at(again.path) == again
    assert copy_at(shared) is None


def test_a_copy_is_worked_on_while_the_shared_file_is_out_of_reach(
    shared: Path, copies: Path
) -> None:
    begin_copy(copies, shared)
    away = shared.rename(shared.with_name("away"))
    copy = begin_copy(copies, shared)
    says(copy.path, "k0", "anna", "mine")
    with pytest.raises(Refusal, match="no such file"):
        back(copy)
    assert owing(copy)
    away.rename(shared)
    back(copy)
    assert said(shared) == {("k0", "mine")}


def test_another_project_under_the_same_name_gets_a_copy_of_its_own(
    shared: Path, copies: Path
) -> None:
    first = begin_copy(copies, shared)
    says(first.path, "k0", "anna", "mine")
    shared.unlink()
    Project.create(shared, title="Other", handle="anna").close()
    second = begin_copy(copies, shared)
    assert second.project != first.project
    kept = [one for one in copies.rglob("pets.labeler") if one != second.path]
    assert [said(one) for one in kept] == [{("k0", "mine")}]


def test_a_file_somebody_edits_in_place_is_not_replaced(shared: Path, copies: Path) -> None:
    copy = begin_copy(copies, shared)
    says(copy.path, "k0", "anna", "mine")
    folder = presence_folder(shared)
    folder.mkdir()
    told = {"person": "Ben", "host": "PC-3", "pid": 1, "how": "edits"}
    (folder / "a.json").write_text(json.dumps(told))
    with pytest.raises(Refusal, match="Ben has it open on PC-3"):
        back(copy)
    (folder / "a.json").write_text(json.dumps({**told, "how": "copy"}))
    back(copy)
    assert said(shared) == {("k0", "mine")}


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_a_journal_beside_the_file_is_never_taken_for_anothers(
    shared: Path, copies: Path, ending: str
) -> None:
    copy = begin_copy(copies, shared)
    says(copy.path, "k0", "anna", "mine")
    before = shared.read_bytes()
    shared.with_name(shared.name + ending).write_bytes(b"not empty")
    with pytest.raises(Refusal):
        back(copy)
    assert shared.read_bytes() == before


# --------------------------------------------------------------------------------- WAL, left by others


def in_wal(path: Path) -> sqlite3.Connection:
    """Another program's connection, which set the file to WAL and wrote something there."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("UPDATE meta SET v=v WHERE k='made_by'")
    connection.commit()
    return connection


def journal_mode(path: Path) -> bytes:
    return path.read_bytes()[18:20]


def test_wal_on_a_disk_of_this_machine_is_set_back_and_said(shared: Path) -> None:
    says(shared, "k0", "anna", "kept")
    in_wal(shared).close()
    assert journal_mode(shared) == b"\x02\x02"
    told: list[Problem] = []
    open_in_place(shared, where=lambda _: at("local"), note=told.append).close()
    assert [one.code for one in told] == ["file_wal_left"]
    assert journal_mode(shared) == b"\x01\x01"
    assert said(shared) == {("k0", "kept")}


def test_wal_that_another_program_has_open_is_left_alone(shared: Path) -> None:
    other = in_wal(shared)
    with pytest.raises(Refusal, match="another program holds"):
        open_in_place(shared, where=lambda _: at("local"))
    assert journal_mode(shared) == b"\x02\x02"
    other.close()


@pytest.mark.parametrize("kind", ["network", "locks_off", "synced", "read_only"])
def test_wal_anywhere_else_is_not_touched_but_worked_on_in_a_copy(
    shared: Path, copies: Path, kind: PlaceKind
) -> None:
    says(shared, "k0", "ben", "theirs")
    other = in_wal(shared)  # still open: what it wrote is in the -wal beside the file
    before = shared.read_bytes()
    assert approach(shared, lambda _: at(kind)).problem is not None
    with pytest.raises(Refusal, match="WAL"):
        open_in_place(shared, where=lambda _: at(kind))
    copy = begin_copy(copies, shared)
    assert journal_mode(copy.path) == b"\x01\x01"
    assert said(copy.path) == {("k0", "theirs")}
    assert shared.read_bytes() == before
    other.close()


@pytest.mark.parametrize(
    ("kind", "asks", "reads"),
    [
        ("local", False, False),
        ("network", False, False),
        ("locks_off", True, False),
        ("synced", True, False),
        ("read_only", False, True),
    ],
)
def test_a_place_decides_whether_somebody_is_asked(
    shared: Path, kind: PlaceKind, asks: bool, reads: bool
) -> None:
    found = approach(shared, lambda _: at(kind))
    assert (found.problem is not None, found.only_reading) == (asks, reads)
