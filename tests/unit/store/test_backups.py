"""Backups: sound before they count, never in another's way, and no more of them than are wanted."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from copies import dump

from labeler.model.problems import Refusal
from labeler.store import Project, copying
from labeler.store.rotation import backups_in, to_keep

Copy = Callable[[str], Path]
VALUE = b'{"answers":{"sentiment":"%d"}}'


def say(project: Project, number: int) -> None:
    project.annotate(project.query.find("k0"), author="anna", value=VALUE % number)


def test_a_backup_holds_what_the_project_holds_and_its_folder_nothing_else(
    project: Project, tmp_path: Path
) -> None:
    say(project, 1)
    target = tmp_path / "backups" / "b.labeler"
    target.parent.mkdir()
    project.copy_to(target)
    copy = Project.open(target)
    assert dump(copy) == dump(project)
    copy.file.close()
    assert list(target.parent.iterdir()) == [target]


def test_a_backup_that_was_written_badly_never_counts(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk says it wrote, and did not: what is opened anew is not what was copied."""
    honest = copying.open_file

    def worn(path: Path, **how: object) -> object:
        with path.open("r+b") as stream:
            stream.seek(4096 * 3 + 5)
            stream.write(os.urandom(3000))
        return honest(path, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "open_file", worn)
    target = tmp_path / "b.labeler"
    with pytest.raises(Refusal) as caught:
        project.copy_to(target)
    assert caught.value.problem.code == "file_damaged"
    assert sorted(tmp_path.iterdir()) == [project.path]


def test_file_and_folder_are_synced_before_the_backup_is_told_to_be_there(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.labeler"
    seen = []
    honest = os.fsync

    def watched(number: int) -> None:
        seen.append((Path(f"/proc/self/fd/{number}").readlink(), target.exists()))
        honest(number)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("what is synced can be seen on Linux only")
    monkeypatch.setattr(os, "fsync", watched)
    project.copy_to(target)
    assert [there for _, there in seen] == [False, True]
    assert seen[0][0].name.endswith(".making")
    assert seen[1][0] == tmp_path


def test_a_backup_is_made_while_another_process_writes(project: Project, tmp_path: Path) -> None:
    writer = Project.open(project.path)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            say(writer, number := number + 1)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            target = tmp_path / f"{number}.labeler"
            project.copy_to(target)
            copy = Project.open(target)
            assert copy.check() == []
            copy.file.close()
    finally:
        stop.set()
        thread.join()
        writer.file.close()


def test_nobody_elses_file_is_overwritten(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "b.labeler"
    target.write_bytes(b"mine")
    with pytest.raises(Refusal):
        project.copy_to(target)
    assert target.read_bytes() == b"mine"


# ----------------------------------------------------------------------------------------- rotation


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_three_days_and_four_weeks_are_kept() -> None:
    # 2026-11-21 is a Saturday; its week began on Monday the 16th
    last = date(2026, 11, 21)
    daily = [at(last - timedelta(days=n)) for n in range(60)]
    wanted = {
        *(at(date(2026, 11, day)) for day in (21, 20, 19)),
        *(at(date(2026, 11, day)) for day in (15, 8, 1)),
    }
    assert to_keep(daily) == wanted


def test_of_one_day_the_last_backup_is_kept() -> None:
    day = date(2026, 11, 18)
    assert to_keep([at(day, 9), at(day, 17), at(day, 12)]) == {at(day, 17)}


def test_what_was_kept_stays_kept_as_days_go_by() -> None:
    """Weekly backups come of daily ones: at any day there is one of each of the last weeks."""
    here: set[datetime] = set()
    for number in range(100):
        now = at(date(2026, 8, 3) + timedelta(days=number))
        here = to_keep({*here, now})
        weeks = {one.isocalendar()[:2] for one in here}
        assert len(weeks) == min(4, number // 7 + 1)
        assert len(here) <= 7


def test_a_rotation_makes_one_and_lets_the_old_go(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    day = at(date(2026, 11, 21))
    for number in range(10):
        say(project, number)
        made = project.rotate_backups(folder, day + timedelta(days=number))
        assert made is not None
        assert made.exists()
    names = sorted(path.name for path in folder.iterdir())
    uid = project.uid.hex()[:8]
    # the last three days (28th to 30th), the last of each week (22nd, 29th, 30th)
    days = ("20261122", "20261128", "20261129", "20261130")
    assert names == [f"p-{uid}-{one}-120000.labeler" for one in days]


def test_nothing_new_makes_no_backup_and_pushes_none_out(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    day = at(date(2026, 11, 21))
    first = project.rotate_backups(folder, day)
    for number in range(1, 40):
        assert project.rotate_backups(folder, day + timedelta(days=number)) is None
    assert list(folder.iterdir()) == [first]


def test_a_damaged_newest_backup_is_not_taken_for_one(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    day = at(date(2026, 11, 21))
    first = project.rotate_backups(folder, day)
    assert first is not None
    first.write_bytes(first.read_bytes()[:5000])
    assert project.rotate_backups(folder, day + timedelta(hours=1)) is not None


def test_files_of_others_in_the_folder_stay(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    uid = project.uid.hex()[:8]
    others = [
        *(folder / f"p-{uid}-2020{month:02}01-120000.labeler.bak" for month in range(1, 7)),
        folder / f"p-{uid}-20209999-999999.labeler",
        folder / "p-00000000-20200101-120000.labeler",
        folder / f"q-{uid}-20200101-120000.labeler",
        folder / "letter.txt",
    ]
    for path in others:
        path.write_bytes(b"mine")
    for number in range(12):
        say(project, number)
        project.rotate_backups(folder, at(date(2026, 11, 1)) + timedelta(days=number))
    assert all(path.read_bytes() == b"mine" for path in others)
    assert len(backups_in(folder, project.path, project.uid)) <= 7


def test_a_backup_that_cannot_be_made_removes_none(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    days = [at(date(2026, 11, 2) + timedelta(days=n)) for n in range(8)]
    for number, day in enumerate(days[:-1]):
        say(project, number)
        project.rotate_backups(folder, day)
    before = sorted(folder.iterdir())
    say(project, 99)

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("labeler.store.copying._verify", full)
    with pytest.raises(Refusal):
        project.rotate_backups(folder, days[-1] + timedelta(days=60))
    assert sorted(folder.iterdir()) == before


def test_a_file_that_another_program_holds_for_long_is_not_waited_for_without_end(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_PATIENCE_S", 0.2)
    path = copy("p.labeler")
    project = Project.open(path, timeout=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Refusal) as refused:
        project.copy_to(tmp_path / "copy.labeler")
    other.execute("ROLLBACK")
    other.close()
    assert refused.value.problem.code == "file_locked"
    assert not (tmp_path / "copy.labeler").exists()
    project.copy_to(tmp_path / "copy.labeler")
    project.file.close()
