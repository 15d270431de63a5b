"""Presence is advice: it is said, seen and taken back, and nothing wrong with it does any harm."""

from __future__ import annotations

import json
import os
import platform
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from labeler.work.presence import Here, Presence, people_at, presence_folder

STRAND = "ab" * 16


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.labeler"
    path.write_bytes(b"a project")
    return path


def put(project: Path, name: str, **told: object) -> Path:
    folder = presence_folder(project)
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(json.dumps({"person": "Ben", "host": "PC-3", "pid": 7, **told}))
    return path


def aged(path: Path, seconds: float) -> Path:
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_who_has_it_open_is_said_seen_by_others_and_taken_back(project: Path) -> None:
    told: queue.Queue[tuple[Here, ...]] = queue.Queue()
    anna = Presence(project, "Anna", STRAND)
    ben = Presence(project, "Ben", "cd" * 16, told.put)
    anna.beat()
    ben.start()
    (seen,) = told.get(timeout=10)
    assert (seen.person, seen.host, seen.pid) == ("Anna", platform.node(), os.getpid())
    assert [one.person for one in people_at(project, own=anna.name)] == ["Ben"]
    ben.stop()
    anna.start()
    anna.stop()
    assert list(project.parent.iterdir()) == [project]


def test_it_is_said_again_while_it_lasts(project: Path) -> None:
    """The second saying is seen by its removal between: nothing waits for a clock."""
    anna = Presence(project, "Anna", STRAND, every=0.01)
    anna.start()
    path = presence_folder(project) / anna.name
    for _ in range(2):
        end = time.monotonic() + 10
        while not path.exists():
            assert time.monotonic() < end
            threading.Event().wait(0.005)
        path.unlink()
    anna.stop()


def test_who_comes_and_goes_between_two_sayings_is_seen_at_once(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labeler.work.presence._LOOK_S", 0.01)
    told: queue.Queue[tuple[Here, ...]] = queue.Queue()
    ben = Presence(project, "Ben", "cd" * 16, told.put, every=3600)
    ben.start()
    anna = Presence(project, "Anna", STRAND, every=3600)
    anna.start()
    assert [one.person for one in told.get(timeout=10)] == ["Anna"]
    anna.stop()
    assert told.get(timeout=10) == ()
    ben.stop()


def test_a_dead_program_of_this_machine_is_ignored_at_once_and_swept_up(project: Path) -> None:
    left = put(project, "left.json", host=platform.node(), pid=dead_pid(), started="1.00")
    assert people_at(project) == []
    anna = Presence(project, "Anna", STRAND)
    anna.start()
    anna.stop()
    assert not left.exists()


def test_another_process_under_the_same_number_is_not_the_one_that_died(project: Path) -> None:
    put(project, "left.json", host=platform.node(), pid=os.getpid(), started="1.00")
    assert people_at(project) == []


def test_another_machine_is_believed_for_some_minutes(project: Path) -> None:
    path = put(project, "theirs.json")
    assert [one.person for one in people_at(project)] == ["Ben"]
    aged(path, 170)
    assert [one.person for one in people_at(project)] == ["Ben"]
    aged(path, 190)
    assert people_at(project) == []
    assert path.exists(), "it may come back; it is swept up after a day"
    aged(path, 90_000)
    anna = Presence(project, "Anna", STRAND)
    anna.start()
    anna.stop()
    assert not path.exists()


def test_a_server_whose_clock_is_off_makes_nobody_old(project: Path) -> None:
    """Both files were stamped by the server, an hour behind."""
    anna = Presence(project, "Anna", STRAND)
    anna.beat()
    aged(put(project, "theirs.json"), 3610)
    aged(presence_folder(project) / anna.name, 3600)
    assert [one.person for one in people_at(project, own=anna.name)] == ["Ben"]


@pytest.mark.usefixtures("modes_hold")
def test_a_folder_nobody_may_write_to_costs_the_advice_only(tmp_path: Path) -> None:
    project = tmp_path / "p.labeler"
    tmp_path.chmod(0o500)
    anna = Presence(project, "Anna", STRAND)
    anna.start()
    anna.stop()
    assert people_at(project) == []
    tmp_path.chmod(0o700)


HOSTILE = {
    "huge": b'{"person": "' + b"x" * 100_000 + b'", "host": "h", "pid": 1}',
    "not JSON": b"{",
    "not UTF-8": b'{"person": "\xff", "host": "h", "pid": 1}',
    "too deep": b"[" * 3000 + b"]" * 3000,
    "another type": b'{"person": 7, "host": [], "pid": "x"}',
    "nobody": b'{"person": "", "host": "h", "pid": 1}',
    "nothing": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_none_is_nobody(project: Path, name: str) -> None:
    put(project, "hostile.json").write_bytes(HOSTILE[name])
    assert people_at(project) == []


@pytest.mark.parametrize(
    "told",
    [
        {"pid": -1, "host": platform.node(), "started": "1"},
        {"pid": 2**62, "host": platform.node(), "started": "1"},
        {"pid": 0, "host": platform.node(), "started": ""},
    ],
)
def test_a_number_that_is_no_process_is_nobody(project: Path, told: dict[str, object]) -> None:
    put(project, "hostile.json", **told)
    assert people_at(project) == []


def test_a_name_is_shown_as_one_short_line(project: Path) -> None:
    put(project, "a.json", person="Ben\n\x1b[31m<b>\u202e" + "x" * 500, since=1e300)
    (ben,) = people_at(project)
    assert ben.person.isprintable()
    assert len(ben.person) <= 80
    assert ben.since == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there, pipes have names")
def test_links_and_pipes_are_neither_read_nor_written_through(
    project: Path, tmp_path: Path
) -> None:
    target = put(project, "real.json")
    outside = tmp_path / "outside"
    outside.mkdir()
    target.rename(outside / "real.json")
    folder = presence_folder(project)
    (folder / "link.json").symlink_to(outside / "real.json")
    os.mkfifo(folder / "pipe.json")
    assert people_at(project) == []
    for entry in folder.iterdir():
        entry.unlink()
    folder.rmdir()
    folder.symlink_to(outside)
    assert people_at(project) == []
    anna = Presence(project, "Anna", STRAND)
    anna.start()
    anna.stop()
    assert [one.name for one in outside.iterdir()] == ["real.json"]


def test_ten_thousand_files_cost_no_more_than_some_hundred(project: Path) -> None:
    folder = presence_folder(project)
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number}.json").touch()
    start = time.process_time()
    people_at(project)
    assert time.process_time() - start < 0.5
