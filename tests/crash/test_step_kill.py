"""A process killed while a person works loses no gesture older than 300 ms, nor any undo of one."""

from __future__ import annotations

import json
import random
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from history import History, Memory, Walk
from killing import Child, file_of, lines_of

from labeler.model.queue import read_config
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint

WITHIN_MS = 300
TASKS = 12
CONFIG = b"""{
 "labels": [{"id": "cat"}, {"id": "dog"}],
 "questions": [
  {"id": "sentiment", "kind": "choice", "required": true,
   "choices": [{"id": "positive"}, {"id": "neutral"}, {"id": "negative"}]},
  {"id": "note", "kind": "text"}]
}"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of twelve texts nobody has worked on."""
    path = tmp_path_factory.mktemp("made") / "made.labeler"
    project = Project.create(path, title="Pets", handle="anna")
    project.put_queue("texts", read_config(CONFIG), panel="sentiment", by="anna")
    tasks = []
    for number in range(TASKS):
        content = msgspec.json.encode({"text": f"text number {number}, long enough for spans"})
        tasks.append(NewTask(f"k{number}", content, content_fingerprint(content)))
    project.bulk("texts", by="anna").tasks(tasks)
    project.close()
    return path


def matching(
    found: dict[str, Walk], memory: Memory, killed_at: int
) -> tuple[int, dict[str, History]]:
    """The number of gestures the file holds; fails where it is not one it may hold."""
    fewest: dict[str, tuple[Walk, Walk]] = {}
    tried = []
    for count, tasks in memory.possible(killed_at, WITHIN_MS * 1_000_000):
        expected = {task: tasks.get(task, History()).walk() for task in found}
        different = {
            task: (expected[task], found[task]) for task in found if expected[task] != found[task]
        }
        if not different:
            return count, dict(tasks)
        if not fewest or len(different) < len(fewest):
            fewest = different
        tried.append(count)
    for task, (expected_walk, found_walk) in fewest.items():
        print(f"task {task}\n{lines_of(expected_walk)}\n--- in the file:\n{lines_of(found_walk)}")
    late = {n: round((killed_at - at) / 1e6) for n, at in memory.acknowledged.items()}
    pytest.fail(
        f"the file holds none of the states it may hold (after {tried} gestures); "
        f"saved: {memory.saved}; ms from gesture to kill: {late}"
    )


@pytest.fixture
def seeds() -> Iterator[int]:
    """Seeds for the children, the same in each run."""
    return iter(range(1, 1_000_000))


def test_a_kill_takes_no_gesture_older_than_300_ms_and_no_undo(
    made: Path, tmp_path: Path, kills: int, seeds: Iterator[int]
) -> None:
    chance = random.Random(20)
    path = tmp_path / "p.labeler"
    tasks: dict[str, History] = {}
    burst = gestures = lost = 0
    for number in range(kills):
        if number == 0 or chance.random() < 0.1:
            shutil.copyfile(made, path)
            tasks = {}
        memory = Memory(tasks, burst + 1)
        child = Child("gestures.py", path, next(seeds))
        try:
            child.wait_for(chance.randrange(1, 40))
            threading.Event().wait(chance.uniform(0, WITHIN_MS / 1000))
        finally:
            killed_at = child.kill()
        for line in child.heard:
            memory.hear(json.loads(line))
        found = file_of(path, close=chance.random() < 0.3)
        count, tasks = matching(found, memory, killed_at)
        burst = memory.burst
        gestures += count
        lost += len(memory.states) - 1 - count
    print(f"{kills} kills, {gestures} gestures, {lost} of the last {WITHIN_MS} ms not written")
