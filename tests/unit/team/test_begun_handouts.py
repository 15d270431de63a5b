"""A hand-out whose program was killed half way ends well by itself: nothing is held by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
import pytest

from labeler.model.content import MediaRef
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import read_config
from labeler.store import Project, begun_handouts, processes
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.store.handout_file import HandoutFile
from labeler.team import hand_out
from labeler.work.opening import open_in_place


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two tasks, k0 and k1."""
    opened = Project.create(tmp_path / "p.labeler", title="Pets", handle="anna", name="Anna")
    opened.put_queue("texts", read_config(b"{}"), panel="sentiment", by="anna")
    contents = [msgspec.json.encode({"text": f"text {number}"}) for number in range(2)]
    tasks = [NewTask(f"k{n}", raw, content_fingerprint(raw)) for n, raw in enumerate(contents)]
    opened.bulk("texts", by="anna").tasks(tasks)
    yield opened
    opened.file.close()


def nothing(_ref: MediaRef) -> BinaryIO:
    raise AssertionError("these tasks have no media")


def interrupted(project: Project, out: Path, monkeypatch: pytest.MonkeyPatch, *, at: str) -> None:
    """Hand a task out by a program that is killed ``at`` the making of the file, or behind it."""

    class Killed(BaseException):
        """Nothing is cleaned up behind it."""

    def killed(*_args: object, **_how: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Project, "recall", killed)
        patched.setattr(
            *{"making": (HandoutFile, "take"), "made": (Project, "handed_out")}[at], killed
        )
        patched.setattr(processes.os, "getpid", lambda: 2**22 + 1)  # no process has this number
        with pytest.raises(Killed):
            hand_out(project, out, to="ben", by="anna", queue="texts", count=1, opens=nothing)


def test_a_hand_out_whose_program_was_killed_before_the_file_is_taken_back(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "ben.labeler"
    interrupted(project, out, monkeypatch, at="making")
    assert [one.recalled for one in project.handouts()] == [0]
    (told,) = project.end_begun_handouts()
    assert (told.code, dict(told.params)) == ("handout_unmade", {"person": "ben", "file": str(out)})
    (row,) = project.handouts()
    assert row.recalled > 0
    assert project.end_begun_handouts() == []
    assert (
        hand_out(project, out, to="cleo", by="anna", queue="texts", count=1, opens=nothing).tasks
        == 1
    )
    assert project.end_begun_handouts() == []


def test_a_hand_out_whose_program_was_killed_behind_the_file_stands(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "ben.labeler"
    interrupted(project, out, monkeypatch, at="made")
    assert out.exists()
    assert project.end_begun_handouts() == []
    assert [one.recalled for one in project.handouts()] == [0]
    out.unlink()  # it went on its way: that it is not there says nothing any more
    assert project.end_begun_handouts() == []
    assert [one.recalled for one in project.handouts()] == [0]


def test_a_hand_out_that_is_being_made_is_left_alone(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By this process, or on another machine, of which nobody can know."""
    row = project.query.find("k0")
    project.assign("texts", [row], to="ben", by="anna", out=tmp_path / "ben.labeler")
    assert project.end_begun_handouts() == []
    monkeypatch.setattr(processes.platform, "node", lambda: "PC-9")
    assert project.end_begun_handouts() == []
    assert [one.recalled for one in project.handouts()] == [0]


def test_only_who_opens_to_work_takes_a_hand_out_back(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(project, tmp_path / "ben.labeler", monkeypatch, at="making")
    project.close()
    told: list[Problem] = []
    for how in ({"bring_up": False}, {"read_only": True}):
        open_in_place(project.path, note=told.append, **how).file.close()
    assert told == []
    open_in_place(project.path, note=told.append).file.close()
    assert [one.code for one in told] == ["handout_unmade"]


@pytest.mark.parametrize(
    "forged",
    [
        {"handout": "0f" * 16},
        {"out": r"\\far\share\ben.labeler"},
        {"out": "//far/share/ben.labeler"},
    ],
    ids=["no hand-out", "on a share", "on a share, as POSIX writes it"],
)
def test_what_a_stranger_says_of_a_hand_out_neither_stops_an_opening_nor_leads_to_a_share(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forged: dict[str, str]
) -> None:
    def asked(path: Path) -> None:
        assert "far" not in str(path)
        raise Refusal.of("file_missing", str(path))

    monkeypatch.setattr(begun_handouts, "open_unlocked", asked)
    interrupted(project, tmp_path / "ben.labeler", monkeypatch, at="making")
    (one,) = begun_handouts.begun(project.file)
    with project.file.writing() as connection:
        begun_handouts.end(connection, one.handout)
        told = msgspec.json.encode(msgspec.structs.replace(one, **forged)).decode()
        connection.execute("INSERT INTO meta(k, v) VALUES('handing:x', ?)", (told,))
    project.close()
    open_in_place(project.path, note=lambda _told: None).file.close()
