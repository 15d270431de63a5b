"""A folder is tried out with what a project does there; where it lies is handed in."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from labeler.cli.commands.doctor import doctor
from labeler.model.problems import Problem, Refusal
from labeler.work.folder_trial import FolderReport, try_folder
from labeler.work.places import Place, PlaceKind

HONEST = [sys.executable, "-m", "labeler", "apart", "hold"]


def liar(said: str) -> list[str]:
    """A second process that says this of every lock, as on a share that sends none to anybody."""
    words = f"import sys; print({said!r}, flush=True); sys.stdin.read()"
    return [sys.executable, "-c", words]


def at(kind: PlaceKind) -> Place:
    return Place(kind, "/m", "x", Problem(f"place_{kind}", "/m", {"system": "x", "client": "x"}))


def tried(folder: Path, kind: PlaceKind = "local", said: str = "taken") -> FolderReport:
    return try_folder(folder, liar(said), where=lambda _: at(kind))


def bad(report: FolderReport) -> set[str]:
    return {one.name for one in report.checks if not one.ok}


def test_a_good_folder_is_good_for_work_and_left_as_it_was(tmp_path: Path) -> None:
    report = try_folder(tmp_path, HONEST, where=lambda _: at("local"))
    assert (bad(report), report.good_for) == (set(), "work")
    assert [one.name for one in report.checks] == [
        *("place", "writing", "renaming", "letters", "clock", "free space", "commits", "locks")
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_locks_keep_nobody_out_is_good_for_copies(tmp_path: Path) -> None:
    report = tried(tmp_path, said="held")
    assert (bad(report), report.good_for) == ({"locks"}, "copies")


def test_a_second_program_that_is_kept_out_for_ever_is_said(tmp_path: Path) -> None:
    report = tried(tmp_path, said="taken")
    assert "given back is not free" in {one.name: one.found for one in report.checks}["locks"]


@pytest.mark.parametrize(
    ("kind", "good_for"),
    [("network", "taking_turns"), ("locks_off", "copies"), ("synced", "copies")],
)
def test_where_a_folder_lies_decides_where_all_else_is_well(
    tmp_path: Path, kind: PlaceKind, good_for: str
) -> None:
    second = HONEST if kind == "network" else liar("taken")
    report = try_folder(tmp_path, second, where=lambda _: at(kind))
    assert report.good_for == good_for
    assert bad(report) == (set() if kind == "network" else {"place", "locks"})


@pytest.mark.skipif(sys.platform != "linux", reason="the folder is one of Linux's own")
def test_a_folder_nothing_can_be_made_in_is_good_for_reading() -> None:
    report = tried(Path("/proc/self"))
    assert (report.good_for, bad(report)) == ("reading", {"writing"})


def test_what_is_no_folder_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "none"):
        with pytest.raises(Refusal, match=path.name):
            tried(path)


def test_a_clock_that_is_ahead_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("labeler.work.folder_trial.time.time", lambda: 1_000_000.0)
    clock = {one.name: one for one in tried(tmp_path).checks}["clock"]
    assert not clock.ok
    assert "ahead of ours" in clock.found


def test_the_command_says_in_json_what_it_says_in_lines(tmp_path: Path) -> None:
    done = CliRunner().invoke(doctor, ["--folder", str(tmp_path), "--json"], standalone_mode=False)
    told = json.loads(done.stdout)
    assert told["good_for"] == "work"
    assert told["place"] == "local"
    found = {one["name"]: one["ok"] for one in told["checks"]}
    assert found["locks"] is True
    assert told["ok"] is all(found.values())
    assert list(tmp_path.iterdir()) == []
