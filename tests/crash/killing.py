"""Processes that are killed, and what they leave: every draft in the file, walked from end to end."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from history import State, Walk, state_of

from labeler.model.codec import Codec
from labeler.model.regions import REGION_TYPES
from labeler.store import Person, Project, TaskFull
from labeler.work.draft import Draft

__all__ = ["Child", "file_of", "killed_at", "lines_of"]

_HERE = Path(__file__).parent


class Child:
    """A process that makes gestures, and what it said."""

    def __init__(self, script: str, *words: object) -> None:
        command = [sys.executable, str(_HERE / script), *map(str, words)]
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
                self._lines.put(line)  # it is the end for whoever listens next, too
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


def killed_at(process: subprocess.Popen[bytes], path: Path, size: int, later: float) -> bool:
    """Kill a process so many seconds after a file has come to this size; whether it still ran.

    What it does by then does not hang on how busy the machine is.
    """
    while process.poll() is None:
        if path.stat().st_size >= size:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=later)
                return False
            process.kill()
            process.communicate()
            return True
        time.sleep(0.002)
    process.communicate()
    return False


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


def lines_of(walk: Walk) -> str:
    """A walk as a person reads it, for the message of a failure."""
    lines = [f"  redo {label}: {state}" for label, state in reversed(walk.forward)]
    lines += [f"  now {walk.now}"]
    lines += [f"  undo {label}: {state}" for label, state in walk.back]
    return "\n".join([*lines, f"  published {walk.published}"])
