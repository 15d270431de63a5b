"""The tour as a person starts it who installed the wheel, looked at from outside when it is over."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

sys.path.insert(0, str(Path(__file__).parent))

from installation import install, run, start

from labeler.store import Project

HOUSE = Path(__file__).resolve().parent.parent.parent
LEAST_COLOURS = 40
"""A page has text in several greys, each with its smoothed edges; a blank one has one colour."""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an installed wheel."""
    return install(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("an installation"))


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder far from the checkout."""
    return tmp_path_factory.mktemp("away")


@pytest.fixture(scope="module")
def toured(programs: Path, away: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder a whole tour has gone through; its path is no easy one."""
    folder = tmp_path_factory.mktemp("on the way") / "Ümläute 旅"
    done = start(programs / "labeler", "demo", "--tour", folder, cwd=away)
    assert (done.returncode, done.stderr) == (0, "")
    assert str(folder / "report.json") in done.stdout
    return folder


@pytest.fixture(scope="module")
def report(toured: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((toured / "report.json").read_bytes())
    return found


def test_the_program_comes_from_the_wheel(programs: Path, away: Path) -> None:
    said = run(programs / "python", "-c", "import labeler; print(labeler.__file__)", cwd=away)
    assert Path(said.strip()).is_relative_to(programs.parent)


def test_the_report_has_its_four_parts_for_every_panel_of_the_sample(
    report: dict[str, Any],
) -> None:
    sample = json.loads((HOUSE / "projects" / "sample" / "sample.json").read_bytes())
    # A queue that is a template's own names the template, which is called like its panel.
    assert set(report) == {one.get("panel") or one["template"] for one in sample["queues"]}
    assert len(report) == 4
    for panel in report.values():
        assert list(panel) == ["gestures", "stored", "reopened", "exports"]
        assert panel["gestures"] > 150
    assert sum(panel["gestures"] for panel in report.values()) > 800


def test_stored_is_what_a_native_export_made_now_says(
    programs: Path, toured: Path, report: dict[str, Any], tmp_path: Path
) -> None:
    [project] = (toured / "machine" / "projects").glob("*.labeler")
    target = tmp_path / "native.jsonl"
    run(programs / "labeler", "export", project, target, "--format", "native", cwd=tmp_path)
    lines = target.read_bytes().splitlines(keepends=True)
    trees = [json.loads(line) for line in lines]
    for panel, told in report.items():
        queues = {
            tree["queue"]["name"]
            for tree in trees
            if "queue" in tree and tree["queue"]["panel"] == panel
        }
        tasks = [tree["task"] for tree in trees if tree.get("task", {}).get("queue") in queues]
        every = [one for task in tasks for one in task.get("annotations", [])]
        work = [one for one in every if one["layer"] == "work"]
        assert told["stored"] == {
            "tasks": len(tasks),
            "annotations": Counter(one["layer"] for one in every),
            "statuses": Counter(one["status"] for one in work),
            "regions": sum(len(one["value"].get("regions", [])) for one in work),
            "answers": sum(len(one["value"].get("answers", {})) for one in work),
            "sha256": hashlib.sha256(
                b"".join(
                    line
                    for line, tree in zip(lines, trees, strict=True)
                    if tree.get("task", {}).get("queue") in queues
                    or tree.get("queue", {}).get("name") in queues
                )
            ).hexdigest(),
        }


def test_what_was_done_by_hand_is_what_is_stored(toured: Path) -> None:
    """The tasks whose gestures are in the tour's script, spelled out here once more."""
    trees = [json.loads(line) for line in (toured / "native.jsonl").read_bytes().splitlines()]
    tasks = {tree["task"]["key"]: tree["task"] for tree in trees if "task" in tree}

    def stored(key: str) -> tuple[str, dict[str, Any], list[tuple[str, str]]]:
        [one] = [one for one in tasks[key]["annotations"] if one["layer"] == "work"]
        text = tasks[key]["content"]["text"]
        regions = sorted(one["value"].get("regions", []), key=lambda region: region["start"])
        marks = [(region["label"], text[region["start"] : region["end"]]) for region in regions]
        return one["status"], one["value"].get("answers", {}), marks

    assert stored("ar-restaurant") == (
        "submitted",
        {"sentiment": "positive"},
        [("positive", "لذيذ جدًا"), ("negative", "بطيئة")],
    )
    assert stored("es-flat") == ("submitted", {"sentiment": "neutral"}, []), "it was reopened"
    assert stored("hi-train")[0] == "skipped"
    assert stored("en-late-train")[0] == "flagged"
    assert stored("en-letter") == (
        "submitted",
        {"sentiment": "negative", "marks": ["mixed"], "valence": -2, "arousal": 2},
        [("positive", "fourth"), ("target", "damp"), ("target", "cot")],
    ), "begun before the kill, submitted after it"


def test_after_the_kill_the_value_the_cursor_and_every_undo_are_back(
    toured: Path, report: dict[str, Any]
) -> None:
    kill = json.loads((toured / "kill.json").read_bytes())
    assert list(kill) == list(report)
    for panel, back in kill.items():
        assert report[panel]["reopened"] == report[panel]["stored"]
        assert {name: back[name] for name in ("task", "value", "cursor", "status", "same")} == {
            "task": True,
            "value": True,
            "cursor": True,
            "status": True,
            "same": True,
        }
        assert back["undo"] == back["redo"] >= 5


def test_every_format_that_exports_was_exported_and_is_there(
    programs: Path, toured: Path, report: dict[str, Any]
) -> None:
    trees = [json.loads(line) for line in (toured / "native.jsonl").read_bytes().splitlines()]
    without_regions = {
        Path(tree["task"]["key"]).stem
        for tree in trees
        if "task" in tree
        and not any(
            one["value"].get("regions")
            for one in tree["task"].get("annotations", ())
            if one["layer"] == "work"
        )
    }
    offered: dict[str, set[str]] = {}
    for one in json.loads(run(programs / "labeler", "formats", "--json", cwd=toured)):
        if one["export"]:
            offered.setdefault(one["panel"], set()).add(one["id"])
    for name, panel in report.items():
        assert set(panel["exports"]) == offered[name] | {"native"}
        for format_id, told in panel["exports"].items():
            sizes = {file: (toured / "exports" / file).stat().st_size for file in told["files"]}
            assert any(sizes.values())
            empty = {Path(file).stem for file, size in sizes.items() if not size}
            assert empty <= without_regions, "only a task without regions makes an empty file"
            if format_id == "native":
                assert told["tasks"] == panel["stored"]["tasks"]
            else:
                assert told["tasks"] == panel["stored"]["statuses"]["submitted"]


def test_both_copies_are_in_the_merged_one_with_the_conflict_that_was_left(toured: Path) -> None:
    """The letter was settled as the second version, the teacup was left open; some went to Sofia."""
    [path] = (toured / "machine" / "elsewhere").glob("* at home.labeler")
    project = Project.open(path, read_only=True)
    try:
        said = {
            key: [
                (one.heads, json.loads(one.value)["answers"]["sentiment"])
                for one in project.task(project.query.find(key, "sentiment")).annotations
                if one.layer == "work"
            ]
            for key in ("en-letter", "ko-teacup", "pt-appointment")
        }
        [left] = project.conflicts()
        [merge] = project.merges()
        [handed] = project.handouts()
    finally:
        project.file.close()
    # Said in the project after the copy was saved, see above: the letter's class is its second version.
    assert said["en-letter"] == [(1, "negative")]
    assert [heads for heads, _ in said["ko-teacup"]] == [2]
    assert said["pt-appointment"] == [(1, "neutral")]
    assert left.kind == "annotation"
    assert (merge.conflicts, merge.quarantined, merge.whole) == (2, 0, True)
    assert (handed.person, handed.done) == ("sofia", 0)
    assert len(list(path.parent.glob("* for sofia.labeler"))) == 1


def test_each_picture_is_there_in_light_and_dark_and_shows_something(toured: Path) -> None:
    found: dict[str, set[str]] = {}
    for path in toured.glob("*.png"):
        name = re.fullmatch(r"\d\d-([a-z-]+)-(light|dark)", path.stem)
        assert name is not None, path.name
        found.setdefault(name[1], set()).add(name[2])
    pages = {"home", "work-sentiment", "data", "palette", "keys", "settings", "guidelines"}
    pages |= {
        "regions-sentiment",
        "import",
        "export",
        "new-project",
        "licences",
        "help",
        "who-i-am",
        "save-a-copy",
        "conflict",
        "conflict-decided",
        "hand-outs",
        "merge",
    }
    assert pages <= set(found)
    assert {name for name, themes in found.items() if themes != {"light", "dark"}} == set()
    for light in toured.glob("*-light.png"):
        pictures = [QImage(str(light)), QImage(str(light).replace("-light.png", "-dark.png"))]
        for picture in pictures:
            assert len(_colours(picture)) >= LEAST_COLOURS, light.name
        corner_of = [
            picture.pixelColor(picture.width() // 2, 4).lightness() for picture in pictures
        ]
        assert corner_of[0] > corner_of[1] + 60, light.name


def _colours(picture: QImage) -> set[int]:
    assert picture.width() >= 640
    pixels = memoryview(picture.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    return set(pixels[::7])


def test_nothing_that_no_tour_made_is_removed(programs: Path, tmp_path: Path) -> None:
    mine = tmp_path / "exports" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("work of a year")
    done = start(programs / "labeler", "demo", "--tour", tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "no tour made it" in done.stderr
    assert mine.read_text() == "work of a year"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports"]
