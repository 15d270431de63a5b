"""A panel from outside in the real window: mouse and keys in, what is stored out; then it is gone."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from made_app import Running, make_project
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "example_panel"))

from installing import drop_into

from labeler.kit import ChoiceChip
from labeler.store import Project

Start = Callable[..., Running]

CONFIG = {
    "labels": [{"id": "grammar", "name": "Grammar"}],
    "questions": [
        {"kind": "scale", "id": "fluency", "scope": "part:sentence"},
        {
            "kind": "choice",
            "id": "same",
            "choices": [{"id": "yes", "key": "1"}, {"id": "no", "key": "2"}],
        },
    ],
}
PAIR = {
    "sentences": [
        {"id": "en", "language": "en", "tokens": ["The", "cat", "sat"]},
        {"id": "de", "language": "de", "tokens": ["Der", "Katze", "saß"]},
    ]
}


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """A project with two tasks of the example's panel."""
    other = {"sentences": [{"id": "fr", "tokens": ["Bonjour"]}]}
    config = json.dumps(CONFIG).encode()
    return make_project(tmp_path / "pairs.labeler", [PAIR, other], config=config, panel="tokens")


@pytest.fixture
def plugins(tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plugin folder with the example in it; ``start`` is asked for first, it sets its own."""
    folder = drop_into(tmp_path / "plugins")
    monkeypatch.setenv("LABELER_PLUGINS", str(folder))
    return folder


def chip(run: Running, word: str) -> ChoiceChip:
    """The chip of a token."""
    chips = run.editor.findChildren(ChoiceChip)
    return next(one for one in chips if one.text().removesuffix(" !") == word)


def click(run: Running, word: str) -> None:
    QTest.mouseClick(chip(run, word), Qt.MouseButton.LeftButton)


def regions(run: Running, task: str) -> list[dict[str, object]]:
    stored = run.stored(task)
    return [] if stored is None else stored["value"].get("regions", [])


def stored_bytes(path: Path, task: str) -> list[bytes]:
    project = Project.open(path)
    full = project.task(project.query.find(task))
    values = [one.value for one in full.annotations]
    project.close()
    return values


def test_it_labels_by_mouse_and_by_key_and_submits(
    start: Start, plugins: Path, pairs: Path
) -> None:
    run = start().open(pairs)
    click(run, "Der")
    assert chip(run, "Der").isChecked()
    run.press("b")  # its own command: how bad it is
    assert chip(run, "Der").text() == "Der !"
    run.press(Qt.Key.Key_Right)
    run.press("m")
    assert chip(run, "Katze").isChecked()
    run.ctrl(Qt.Key.Key_Z)
    assert not chip(run, "Katze").isChecked()
    assert chip(run, "Der").isChecked()
    run.ctrl(Qt.Key.Key_Z, shift=True)
    assert chip(run, "Katze").isChecked()
    run.press("1")  # the core's own question beside it
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t1"
    stored = run.stored("t0")
    assert stored is not None
    assert stored["status"] == "submitted"
    assert stored["value"]["answers"] == {"same": "yes"}
    first, second = regions(run, "t0")
    assert {**first, "id": ""} == {
        "type": "token_mark",
        "id": "",
        "on": "de",
        "token": 0,
        "severity": "major",
        "text": "Der",
    }
    assert (second["token"], second["text"]) == (1, "Katze")
    assert first["id"] != second["id"]


def test_what_the_panel_refuses_is_not_submitted(start: Start, plugins: Path, pairs: Path) -> None:
    run = start().open(pairs)
    click(run, "cat")
    (mark,) = run.editor.value.regions
    broken = type(mark)(id=mark.id, on="en", token=9)
    run.editor.change(run.editor.value.with_region(broken), "Break it")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t0"
    assert run.stored("t0") is None
    told = " ".join(str(problem) for problem in run.problems) + " ".join(run.said)
    assert "9" in told


def test_its_regions_stand_in_the_table_of_regions(
    start: Start, plugins: Path, pairs: Path
) -> None:
    run = start().open(pairs)
    click(run, "sat")
    run.context.commands.run("work.regions")
    table = run.work.inspector.table
    assert len(table.model.rows) == 1
    table.select_regions([run.editor.value.regions[0].id])
    table.delete_selected()
    assert run.editor.value.regions == ()
    assert not chip(run, "sat").isChecked()


def test_its_values_survive_work_in_the_app_without_it(
    start: Start, plugins: Path, pairs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run = start().open(pairs)
    click(run, "Der")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    run.window.close()
    run.app.end()
    (before,) = stored_bytes(pairs, "t0")
    assert b"token_mark" in before

    monkeypatch.setenv("LABELER_PLUGINS", str(tmp_path / "nothing here"))
    run = start(machine="other").open(pairs)
    assert run.work.stage.editor is None
    assert run.key == "t1"
    run.press("s")
    run.press(Qt.Key.Key_Return)
    run.settle()
    run.window.close()
    run.app.end()
    assert stored_bytes(pairs, "t0") == [before]
    assert len(stored_bytes(pairs, "t1")) == 1
