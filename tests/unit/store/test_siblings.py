"""Copies beside a project are found by what they are, and looking at them touches nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from labeler.store import Project
from labeler.store.siblings import is_copy

Copy = Callable[[str], Path]
VALUE = b'{"answers":{"sentiment":"positive"}}'

NAMES = [
    "p (1).labeler",
    "p-PC2.labeler",
    "p (Anna's conflicted copy 2026-11-20).labeler",
    "p.sync-conflict-20261120-101112-ABCDEFG.labeler",
    "p - Copy.labeler",
    "Copy of p.labeler",
    "p.labeler (1)",
    "p_conf(Nov-20-10-11-12).labeler",
    "P (case conflict).LABELER",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_found_under_the_names_that_programs_give(
    project: Project, copy: Copy, name: str
) -> None:
    path = copy(name)
    assert [one.path for one in project.siblings()] == [path]


def test_the_project_itself_is_no_sibling_and_is_not_opened(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    honest = Path.open

    def watched(self: Path, *args: object, **kwargs: object) -> object:
        opened.append(self)
        return honest(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watched)
    shutil.copyfile(project.path, project.path.with_name("p (1).labeler"))
    assert len(project.siblings()) == 1
    assert opened == [project.path.with_name("p (1).labeler")]


def test_what_is_no_copy_of_this_project_is_no_sibling(
    project: Project, copy: Copy, tmp_path: Path
) -> None:
    copy("other name.labeler")
    Project.create(tmp_path / "p of another.labeler", handle="x").close()
    (tmp_path / "p letter.labeler").write_text("Dear all")
    (tmp_path / "p empty.labeler").touch()
    (tmp_path / "p folder.labeler").mkdir()
    (tmp_path / ".p hidden.labeler").write_bytes(project.path.read_bytes())
    (tmp_path / "p.labeler-journal").write_bytes(b"x" * 600)
    foreign = sqlite3.connect(tmp_path / "p theirs.labeler")
    foreign.execute("CREATE TABLE t(x)")
    foreign.commit()
    foreign.close()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "p pipe.labeler")
    assert project.siblings() == []


def test_a_link_is_not_followed(project: Project, copy: Copy, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    target = copy("there.labeler").rename(away / "there.labeler")
    try:
        (tmp_path / "p link.labeler").symlink_to(target)
    except OSError:
        pytest.skip("links cannot be made here")
    assert project.siblings() == []


def test_a_damaged_copy_is_left_out(project: Project, copy: Copy) -> None:
    path = copy("p (1).labeler")
    raw = bytearray(path.read_bytes())
    raw[100:4096] = os.urandom(3996)  # the schema
    path.write_bytes(raw)
    assert project.siblings() == []


def test_looking_changes_nothing_and_needs_no_lock(project: Project, copy: Copy) -> None:
    path = copy("p (1).labeler")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert [one.path for one in project.siblings()] == [path]
    holder.execute("ROLLBACK")
    holder.close()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert sorted(path.parent.iterdir()) == sorted([path, project.path])


def test_a_copy_is_merged_when_all_it_holds_was_taken_in(project: Project, copy: Copy) -> None:
    path = copy("p (1).labeler")
    other = Project.open(path)
    other.annotate(other.query.find("k0"), author="anna", value=VALUE)
    other.file.close()
    (found,) = project.siblings()
    assert not found.merged
    project.merge(path)
    (found,) = project.siblings()
    assert found.merged
    other = Project.open(path)
    other.annotate(other.query.find("k1"), author="anna", value=VALUE)
    other.file.close()
    (found,) = project.siblings()
    assert not found.merged


def test_loose_steps_in_a_merged_copy_make_it_unmerged(project: Project, copy: Copy) -> None:
    from travellers import draft_of, put

    path = copy("p (1).labeler")
    project.merge(path)
    assert project.siblings()[0].merged
    other = Project.open(path)
    draft = draft_of(other, "k0", "anna")
    draft.emit(draft.value.with_answer("sentiment", "neutral"), "Neutral")
    put(other, draft, "k0", "anna")
    other.file.close()
    assert not project.siblings()[0].merged


def test_the_copy_changed_last_is_first(project: Project, copy: Copy) -> None:
    old, new = copy("p (1).labeler"), copy("p (2).labeler")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    os.utime(new, (1_700_000_000, 1_700_000_000))
    assert [one.path for one in project.siblings()] == [new, old]
    assert project.siblings()[0].changed == 1_700_000_000_000


def test_a_file_under_any_name_is_told_to_be_a_copy_and_the_project_itself_is_none(
    project: Project, copy: Copy, tmp_path: Path
) -> None:
    (tmp_path / "letter.labeler").write_text("Dear all")
    Project.create(tmp_path / "other.labeler", handle="x").close()
    told = {
        path.name: is_copy(path, project.path, project.uid)
        for path in (
            copy("back from sofia.labeler"),
            project.path,
            tmp_path / "letter.labeler",
            tmp_path / "other.labeler",
            tmp_path / "gone.labeler",
        )
    }
    assert [name for name, same in told.items() if same] == ["back from sofia.labeler"]
