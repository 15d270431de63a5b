"""A process killed while a person works loses no gesture older than 300 ms, nor any undo of one."""

from __future__ import annotations

import json
import queue
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from history import History, Memory, State, Walk, state_of

from labeler.model.codec import Codec
from labeler.model.queue import read_config
from labeler.model.regions import REGION_TYPES
from labeler.store import Person, Project, TaskFull
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.work.draft import Draft

HERE = Path(__file__).parent
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


class Child:
    """A process that makes gestures, and what it said."""

    def __init__(self, path: Path, seed: int) -> None:
        command = [sys.executable, str(HERE / "gestures.py"), str(path), str(seed)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.heard: list[bytes] = []

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def wait_for(self, gestures: int) -> None:
        """Listen until so many gestures were acknowledged; fails if the child ends by itself."""
        done = 0
        while done < gestures:
            line = self._lines.get(timeout=60)
            if not line:
                assert self._process.stderr is not None
                pytest.fail(self._process.stderr.read().decode())
            self.heard.append(line)
            done += b'"at":' in line

    def kill(self) -> int:
        """Kill it as the system kills; returns when, in monotonic nanoseconds."""
        killed_at = time.monotonic_ns()
        self._process.kill()
        self._process.wait()
        self._reader.join()
        while line := self._lines.get():
            if line.endswith(b"\n"):  # the kill may have cut the last one
                self.heard.append(line)
        for pipe in (self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()
        return killed_at


def walk(project: Project, full: TaskFull, person: Person) -> Walk:
    """The draft as it lies in the file, undone to its beginning and redone to its end."""
    row = project.open_draft(full.row, person, take=False)
    codec = Codec(REGION_TYPES)

    def drafted() -> Draft:
        return Draft(row, codec, lambda number: project.steps_before(full.row, person, number))

    def now(draft: Draft) -> State:
        return state_of(draft.value_json(), draft.status, draft.tree.reason)

    draft = drafted()
    back, forward = [], []
    here = now(draft)
    while (label := draft.undo()) is not None:
        back.append((label, now(draft)))
    for _ in back:
        draft.redo()
    assert now(draft) == here
    draft = drafted()
    while (label := draft.redo()) is not None:
        forward.append((label, now(draft)))
    mine = [one for one in full.annotations if one.layer == "work" and one.author == person.handle]
    published = [state_of(one.value, one.status, one.reason) for one in mine]
    return Walk(here, tuple(back), tuple(forward), published[0] if published else None)


def file_of(path: Path, *, close: bool) -> dict[str, Walk]:
    """Every task's draft in the file, which must be sound; ``close`` leaves it as the app does."""
    project = Project.open(path)
    try:
        person = project.sign_in("anna")
        found = {
            full.row.id: walk(project, full, person) for page in project.pages() for full in page
        }
        assert project.check() == []
    finally:
        if close:
            project.close()
        else:
            project.file.close()
    return found


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
        print(f"task {task}\n{_lines(expected_walk)}\n--- in the file:\n{_lines(found_walk)}")
    late = {n: round((killed_at - at) / 1e6) for n, at in memory.acknowledged.items()}
    pytest.fail(
        f"the file holds none of the states it may hold (after {tried} gestures); "
        f"saved: {memory.saved}; ms from gesture to kill: {late}"
    )


def _lines(walk: Walk) -> str:
    lines = [f"  redo {label}: {state}" for label, state in reversed(walk.forward)]
    lines += [f"  now {walk.now}"]
    lines += [f"  undo {label}: {state}" for label, state in walk.back]
    return "\n".join([*lines, f"  published {walk.published}"])


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
        child = Child(path, next(seeds))
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
