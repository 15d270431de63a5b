"""A new file takes its name in one step, never over another, and never beside another's journal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from labeler.model.problems import Refusal
from labeler.store import Project
from labeler.store.copying import copy_to, making
from labeler.store.placing import put_in_place

Copy = Callable[[str], Path]


def test_a_name_that_is_taken_meanwhile_is_not_taken_over(tmp_path: Path) -> None:
    made, target = tmp_path / "made", tmp_path / "target"
    made.write_text("ours")
    target.write_text("theirs")
    with pytest.raises(FileExistsError):
        put_in_place(made, target)
    assert (made.read_text(), target.read_text()) == ("ours", "theirs")
    target.unlink()
    put_in_place(made, target)
    assert target.read_text() == "ours"
    assert not made.exists()


def test_what_cannot_be_moved_leaves_nothing_at_the_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "none", tmp_path / "target")
    assert list(tmp_path.iterdir()) == []


def test_a_new_project_is_not_made_beside_the_journal_of_another(tmp_path: Path) -> None:
    """SQLite would play that journal back into the new file."""
    journal = tmp_path / "p.labeler-journal"
    journal.write_bytes(b"of another")
    with pytest.raises(Refusal) as refused:
        Project.create(tmp_path / "p.labeler", handle="anna")
    assert refused.value.problem.where == str(journal)
    assert [one.name for one in tmp_path.iterdir()] == [journal.name]


def test_a_backup_is_not_made_beside_the_journal_of_another(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "copy.labeler-journal").write_bytes(b"of another")
    with pytest.raises(Refusal) as refused:
        project.copy_to(tmp_path / "copy.labeler")
    assert refused.value.problem.code == "file_exists"
    assert not (tmp_path / "copy.labeler").exists()


def test_what_an_ended_program_left_under_the_working_name_is_not_taken_for_ours(
    tmp_path: Path,
) -> None:
    target = tmp_path / "p.labeler"
    with making(target) as made:
        pass_on = made
        made.write_text("x")
    target.unlink()
    pass_on.write_text("half of something")
    pass_on.with_name(f"{pass_on.name}-journal").write_text("its journal")
    with making(target) as made:
        assert made == pass_on
        assert list(tmp_path.iterdir()) == []
        made.write_text("whole")
    assert target.read_text() == "whole"


def test_what_killed_programs_left_is_swept_when_it_is_a_day_old(
    copy: Copy, tmp_path: Path
) -> None:
    path = copy("p.labeler")
    half = [
        *(".p.labeler.17.making", ".p.labeler.17.making-journal"),
        *("..p.labeler.17.making.17.making", "..p.labeler.17.making.17.making-journal"),
    ]
    kept = [".q.labeler.17.making", "p.labeler.17.making", ".p.labeler.x.making"]
    for name in (*half, *kept, ".p.labeler.18.making"):
        (tmp_path / name).write_bytes(b"half")
    yesterday = time.time() - 25 * 3600
    for name in (*half, *kept):
        os.utime(tmp_path / name, (yesterday, yesterday))
    Project.open(path).close()
    assert {one.name for one in tmp_path.iterdir()} == {*kept, ".p.labeler.18.making", path.name}


def test_a_refusal_about_the_file_being_made_names_the_one_that_was_asked_for(
    tmp_path: Path,
) -> None:
    target = tmp_path / "out.labeler"
    with pytest.raises(Refusal) as refused, making(target) as made:
        raise Refusal.of("disk_full", str(made))
    assert (refused.value.problem.code, refused.value.problem.where) == ("disk_full", str(target))
    with pytest.raises(Refusal) as other, making(target):
        raise Refusal.of("disk_full", "elsewhere")
    assert other.value.problem.where == "elsewhere"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of this kind")
def test_a_check_on_a_full_disk_says_what_the_disk_said(project: Project) -> None:
    """What ends a transaction by itself cannot be rolled back, and is what is to be told."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(Refusal) as refused:
            project.check()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refused.value.problem.code in ("disk_full", "disk_error")
    assert "rollback" not in str(refused.value)
    assert project.check() == []


def test_a_copy_that_reads_as_another_project_is_none(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "copy.labeler"
    with pytest.raises(Refusal) as refused:
        copy_to(project.file, b"\1" * 16, target)
    assert (refused.value.problem.code, refused.value.problem.where) == ("disk_error", str(target))
    assert [one.name for one in tmp_path.iterdir()] == [project.path.name]
