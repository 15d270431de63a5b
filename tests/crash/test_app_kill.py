"""The real app killed 300 ms after a random gesture: the gesture and the whole undo stack are back.

Every panel's gestures take turns: texts in two projects of their own, the others in the sample.
"""

from __future__ import annotations

import json
import random
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from history import State, Walk, state_of
from killing import Child, file_of, lines_of

from labeler.exchange.templates import sample_project
from labeler.model.queue import read_config
from labeler.plugins import Plugins
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint

AFTER_MS = 300
TASKS = 8
CONFIG: dict[str, Any] = {
    "labels": [
        {"id": "praise", "name": "Praise", "key": "P"},
        {"id": "blame", "name": "Blame", "key": "O"},
    ],
    "questions": [
        {
            "id": "sentiment",
            "kind": "choice",
            "required": True,
            "choices": [
                {"id": "positive", "key": "1"},
                {"id": "neutral", "key": "2"},
                {"id": "negative", "key": "3"},
            ],
        },
        {
            "id": "marks",
            "kind": "choices",
            "choices": [
                {"id": "sarcastic", "key": "Q"},
                {"id": "advertising", "key": "W"},
                {"id": "mixed", "key": "E"},
                {"id": "unclear", "key": "R"},
            ],
        },
        {"id": "note", "kind": "text"},
    ],
    "guideline": "# 1 Read the text",
}


PANELS = ("sentiment", "boxes", "transcription", "comparison")
PER_COPY = 4
"""Kills a project lives through before a fresh one takes its place."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Two projects of a few texts: one goes on by itself after a key, one waits for the submit.

    The third is the sample, with a queue for each panel.
    """
    paths = []
    for goes_on in (True, False):
        path = tmp_path_factory.mktemp("made") / "made.labeler"
        project = Project.create(path, title="Pets", handle="anna", name="Anna")
        config = {**CONFIG, "policy": {"auto_advance": goes_on}}
        read = read_config(msgspec.json.encode(config))
        project.put_queue("texts", read, panel="sentiment", by="anna")
        contents = [
            msgspec.json.encode(
                {"text": f"Number {n} was good, and bad, and good again.\nSo what?"}
            )
            for n in range(TASKS)
        ]
        project.bulk("texts", by="anna").tasks(
            [NewTask(f"k{n}", one, content_fingerprint(one)) for n, one in enumerate(contents)]
        )
        project.close()
        paths.append(path)
    sample = tmp_path_factory.mktemp("made") / "sample.labeler"
    sample_project(sample, Plugins.load(safe_mode=True), handle="anna", name="Anna").close()
    return paths[0], paths[1], sample


def _turn(number: int, made: tuple[Path, Path, Path]) -> tuple[str, Path]:
    """Whose turn it is at a kill: the panel, and the project to begin with."""
    panel = PANELS[number // PER_COPY % len(PANELS)]
    rounds = number // (PER_COPY * len(PANELS))
    return panel, made[rounds % 2] if panel == "sentiment" else made[2]


def _states(told: list[list[Any]]) -> tuple[tuple[str, State], ...]:
    return tuple((label, state_of(*rest)) for label, *rest in told)


def _shown(told: dict[str, Any], published: State | None) -> Walk:
    """What the app showed of a task; unfinished work does not tell what was submitted before it."""
    now = state_of(*told["now"][1:])
    finished = told["published"] and told["back"]
    return Walk(
        now, _states(told["back"]), _states(told["forward"]), now if finished else published
    )


def test_a_killed_app_comes_back_with_the_gesture_and_its_whole_undo_stack(
    made: tuple[Path, Path, Path], tmp_path: Path, kills: int
) -> None:
    chance = random.Random(7)
    path = tmp_path / "p.labeler"
    gestures = steps = 0
    for number in range(kills):
        panel, begun = _turn(number, made)
        if number % PER_COPY == 0:
            shutil.copyfile(begun, path)
        count = chance.randrange(1, 40)
        child = Child("app_hands.py", path, tmp_path / "machine", number, count, panel)
        try:
            child.wait_for(1)
            told = json.loads(child.heard[-1])
            left = AFTER_MS / 1000 - (time.monotonic_ns() - told["at"]) / 1e9
            threading.Event().wait(max(0.0, left))
        finally:
            child.kill()
        found = file_of(path, close=chance.random() < 0.3)
        for task, walk in told["drafts"].items():
            shown = _shown(walk, found[task].published)
            if shown != found[task]:
                print(f"{lines_of(shown)}\n--- in the file:\n{lines_of(found[task])}")
                pytest.fail(f"kill {number} ({panel}): task {task} is not what the app showed")
            steps += len(shown.back)
        gestures += count
    print(f"{kills} kills of the app after {gestures} gestures, {steps} undos compared")
