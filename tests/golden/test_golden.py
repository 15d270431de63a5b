"""Files of every released format, kept for ever: each build opens, merges and exports them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from labeler.api import Opaque, Value
from labeler.plugins import Plugins
from labeler.store import Project
from labeler.store.health import SET_ASIDE
from labeler.work.draft import Draft

HERE = Path(__file__).parent
FORMATS = sorted(path.stem for path in HERE.glob("*.labeler"))


@pytest.fixture(params=FORMATS)
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a golden file."""
    target = tmp_path / f"{request.param}.labeler"
    shutil.copyfile(HERE / f"{request.param}.labeler", target)
    return target


def native(path: Path, target: Path) -> list[dict[str, object]]:
    """The lines of the native export of a project."""
    done = subprocess.run(
        [sys.executable, "-m", "labeler", "export", path, target, "--format", "native"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode < 2, done.stderr  # 1: something was left out, and it says so
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_there_is_a_golden_file_of_the_present_format() -> None:
    from labeler.store.schema import FORMAT_NAME

    assert FORMAT_NAME in FORMATS


def test_a_golden_file_is_sound(golden: Path) -> None:
    """But for what was set aside in it, which makes no file unsound."""
    project = Project.open(golden)
    assert {one.code for one in project.check()} <= {SET_ASIDE}
    project.file.close()


def test_a_golden_file_exports_what_it_did_when_it_was_made(golden: Path, tmp_path: Path) -> None:
    told = (HERE / f"{golden.stem}.jsonl").read_text(encoding="utf-8").splitlines()
    head, *lines = native(golden, tmp_path / "out.jsonl")
    assert head == {"format": "native", "version": "1.0"}
    assert lines == [json.loads(line) for line in told[1:]]


def test_a_golden_file_merges_both_ways_with_a_copy_that_went_on(
    golden: Path, tmp_path: Path
) -> None:
    shutil.copyfile(golden, tmp_path / "other.labeler")
    ours, theirs = Project.open(golden), Project.open(tmp_path / "other.labeler")
    ours.annotate(ours.query.find("latin"), author="ben", value=b'{"answers":{"why":"ours"}}')
    theirs.annotate(theirs.query.find("crlf"), author="ben", value=b'{"answers":{"why":"theirs"}}')
    theirs.sign_in("cleo")
    assert ours.merge(theirs.path).added == 2
    assert theirs.merge(ours.path).added == 1
    for project in (ours, theirs):
        assert {one.code for one in project.check()} <= {SET_ASIDE}
    ours.close()
    theirs.close()
    assert native(golden, tmp_path / "a.jsonl") == native(theirs.path, tmp_path / "b.jsonl")


def test_a_draft_of_a_golden_file_undoes_and_redoes(golden: Path) -> None:
    """What tests/golden/make.py did: Negative, Add span, Type, and an undo of the last."""
    project = Project.open(golden)
    anna = project.person("anna")
    row = project.query.find("family")
    draft = Draft(project.open_draft(row, anna), Plugins.load().codec("sentiment"))
    assert draft.value.answers == {"sentiment": "negative"}
    assert [region.id for region in draft.value.regions] == ["s1"]
    assert draft.redo() == "Type"
    assert draft.value.answers["why"] == "slow " * 40
    assert [draft.undo() for _ in range(4)] == ["Type", "Add span", "Negative", None]
    assert draft.value == Value()
    project.file.close()


def test_a_region_nobody_knows_is_there_byte_for_byte(golden: Path) -> None:
    project = Project.open(golden)
    full = project.task(project.query.find("latin"))
    mine = next(one for one in full.annotations if one.layer == "work")
    assert b'{"type":"orb","id":"o1", "radius": 1.50,  "of":{"b":1,"a":[ ]}}' in mine.value
    value = Plugins.load().codec("sentiment").decode(mine.value)
    assert isinstance(value.regions[1], Opaque)
    project.file.close()


@pytest.mark.parametrize("version", FORMATS)
def test_a_native_export_of_every_version_comes_in_whole(version: str, tmp_path: Path) -> None:
    """Into a project of its own: all tasks, every author's word, and what reviews are about."""
    path = tmp_path / "p.labeler"
    Project.create(path, title="New", handle="zoe").close()
    source = HERE / f"{version}.jsonl"
    words = ("import", path, source, "--format", "native", "--by", "zoe")
    done = subprocess.run(
        [sys.executable, "-m", "labeler", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode < 2, done.stderr
    told = said_in(json.loads(line) for line in source.read_text(encoding="utf-8").splitlines())
    assert said_in(native(path, tmp_path / "again.jsonl")) == told


def said_in(lines: Iterable[dict[str, Any]]) -> list[str]:
    """Who said what of which task, without ids, which are others in another project.

    A deletion that stands against an edit does not come along: one version is what it says.
    """
    found = []
    for task in (line["task"] for line in lines if "task" in line):
        place = [task["queue"], task["key"], task.get("content")]
        found.append([*place, None])
        for one in task.get("annotations", ()):
            versions = one.pop("versions", [])
            alone = versions[0] if len(versions) == 1 else {"versions": versions}
            found.append([*place, {**one, **(alone if versions else {}), "id": ""}])
    return sorted(json.dumps(one, sort_keys=True) for one in found)
