"""What a person did, kept by a second hand: an undo stack per task that knows nothing of the house.

A gesture is given as the lines gestures.py prints. The model is plain lists: an entry per step, a
place in them, entries of one group undone as one. After any number of gestures it says what a file
must hold: the value, its status, and every value an undo or a redo leads to.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["History", "Memory", "State", "Walk", "state_of"]


@dataclass(frozen=True)
class State:
    """A value as canonical JSON text, with the annotation's status and reason."""

    value: str
    status: str = "open"
    reason: str = ""


def state_of(value: Any, status: str, reason: str) -> State:
    """The state with this value (a JSON tree, or its bytes)."""
    tree = json.loads(value) if isinstance(value, (bytes, str)) else value
    return State(json.dumps(_told(tree), sort_keys=True), status, reason)


def _told(tree: Any) -> Any:
    """The tree without empty lists and tables: one left out says the same."""
    if isinstance(tree, dict):
        return {key: _told(one) for key, one in tree.items() if one not in ([], {})}
    return [_told(one) for one in tree] if isinstance(tree, list) else tree


EMPTY = state_of({}, "open", "")


@dataclass(frozen=True)
class _Entry:
    label: str
    group: tuple[str, int] | None
    state: State


@dataclass(frozen=True)
class Walk:
    """A draft walked from end to end: (label, state it leads to) for every undo and every redo."""

    now: State
    back: tuple[tuple[str, State], ...]
    forward: tuple[tuple[str, State], ...]
    published: State | None
    """What the annotation shows: the state last submitted, skipped, or taken back from that."""


@dataclass(frozen=True)
class History:
    """One task's gestures."""

    entries: tuple[_Entry, ...] = ()
    at: int = 0
    published: State | None = None

    @property
    def now(self) -> State:
        """The state at the cursor."""
        return self.entries[self.at - 1].state if self.at else EMPTY

    def done(self, label: str, group: tuple[str, int] | None, state: State) -> History:
        """After a new gesture; what was undone before it is gone."""
        entries = (*self.entries[: self.at], _Entry(label, group, state))
        return dataclasses.replace(self, entries=entries, at=self.at + 1)

    def _moved(self, at: int) -> History:
        moved = dataclasses.replace(self, at=at)
        if moved.now.status != self.now.status:
            moved = dataclasses.replace(moved, published=moved.now)
        return moved

    def _group(self, place: int) -> tuple[int, int]:
        """First and last+1 of the entries undone together with the one at this place."""
        group, start, end = self.entries[place].group, place, place + 1
        while group and start and self.entries[start - 1].group == group:
            start -= 1
        while group and end < len(self.entries) and self.entries[end].group == group:
            end += 1
        return start, end

    def undone(self) -> tuple[str, History] | None:
        """What an undo takes back, and the history after it."""
        if not self.at:
            return None
        start, _ = self._group(self.at - 1)
        return self.entries[start].label, self._moved(start)

    def redone(self) -> tuple[str, History] | None:
        """What a redo does again, and the history after it."""
        if self.at == len(self.entries):
            return None
        _, end = self._group(self.at)
        return self.entries[self.at].label, self._moved(end)

    def walk(self) -> Walk:
        """Every undo to the beginning and every redo to the end."""
        back, forward = [], []
        here = self
        while (step := here.undone()) is not None:
            label, here = step
            back.append((label, here.now))
        here = self
        while (step := here.redone()) is not None:
            label, here = step
            forward.append((label, here.now))
        return Walk(self.now, tuple(back), tuple(forward), self.published)


Tasks = Mapping[str, History]


PATIENCE_NS = 5_000_000_000
"""So long a disk may take to sync before its file is taken for one that nobody writes."""


class Memory:
    """What one child said: after each gesture, how every task then stands.

    ``tasks`` is how things stood in the file when the child began.
    """

    def __init__(self, tasks: Tasks, burst: int) -> None:
        self.states: list[Tasks] = [dict(tasks)]
        self.acknowledged: dict[int, int] = {}
        """Gesture by number to when it was done, in monotonic nanoseconds."""
        self.saved = 0
        """The last gesture the child was told is in the file."""
        self.posted: dict[int, int] = {}
        """The last gesture of a write to when it was handed to the disk, in monotonic nanoseconds."""
        self.burst = burst
        self.desk = ""
        self._told: dict[str, Any] = {}

    def hear(self, line: dict[str, Any]) -> None:
        """Take a line of the child in; asserts that what the child then shows is right."""
        if "saved" in line:
            self.saved = max(self.saved, line["saved"])
        elif "posted" in line:
            self.posted[line["posted"]] = line["when"]
        elif "do" in line:
            assert line["n"] == len(self.states)
            self._told = line
            self.states.append(self._after(line))
        else:
            assert "at" in line, line
            self._check(line)
            self.acknowledged[line["n"]] = line["at"]

    def _group(self, key: str) -> tuple[str, int] | None:
        return (key, self.burst) if key else None

    def _after(self, line: dict[str, Any]) -> Tasks:
        """How the tasks stand after what the child is about to do; an undo as if it were here."""
        tasks = dict(self.states[-1])
        task = line.get("task", self.desk)
        history = tasks.get(task, History())
        match line["do"]:
            case "sit":
                self.burst += 1
                self.desk = task
            case "end":
                self.burst += 1
            case "emit":
                state = state_of(line["value"], history.now.status, history.now.reason)
                if state != history.now:
                    history = history.done(line["label"], self._group(line["key"]), state)
            case "finish":
                state = State(history.now.value, line["status"], line["reason"])
                history = history.done(line["label"], self._group(line["key"]), state)
                history = dataclasses.replace(history, published=state)
            case "undo":
                history = (history.undone() or ("", history))[1]
            case "redo":
                history = (history.redone() or ("", history))[1]
        tasks[task] = history
        return tasks

    def _check(self, line: dict[str, Any]) -> None:
        """Compare what the child shows with the model, and correct the model's guess of where."""
        told = self._told
        before, after = self.states[-2], self.states[-1]
        task = line["task"]
        if told["do"] == "undo":
            # The newest gesture may lie on another task; the child says where it took one back.
            if line["did"] is None:
                after = before
            else:
                step = before.get(task, History()).undone()
                assert step is not None, f"undone on {task}, where nothing was done"
                assert step[0] == line["did"]
                after = {**before, task: step[1]}
        elif line["did"] is None and told["do"] in ("emit", "finish"):
            assert told["do"] == "finish" or after.get(task) == before.get(task)
            after = before
        if line["did"] is not None and told["do"] in ("undo", "redo", "finish"):
            self.burst += 1
        self.states[-1] = after
        self.desk = task
        history = after.get(task, History())
        shown = state_of(line["value"], line["status"], line["reason"])
        assert shown == history.now, (told, history.walk())
        assert line["undo"] == (history.undone() or (None,))[0]
        assert line["redo"] == (history.redone() or (None,))[0]

    def possible(self, killed_at: int, within_ns: int) -> list[tuple[int, Tasks]]:
        """How the file may stand, the newest first: (gestures in it, tasks).

        Every gesture acknowledged ``within_ns`` before the kill, or told to be saved, is in it; of
        the later ones the first few. The last may be one the child did not come to acknowledge.
        What was handed over in time and is still with the disk may be missing: a disk that others
        keep busy takes longer to sync, and no program is faster than that.
        """
        certain = self.saved
        for number, at in self.acknowledged.items():
            if at <= killed_at - within_ns and not self._is_with_the_disk(
                number, at + within_ns, killed_at
            ):
                certain = max(certain, number)
        found = [(n, self.states[n]) for n in range(len(self.states) - 1, certain - 1, -1)]
        last = len(self.states) - 1
        if last and last not in self.acknowledged and self._told["do"] == "undo":
            before = self.states[-2]
            for task, history in before.items():
                step = history.undone()
                if step is not None:
                    found.insert(0, (last, {**before, task: step[1]}))
        return found

    def _is_with_the_disk(self, number: int, due: int, killed_at: int) -> bool:
        """Whether a gesture was handed over by ``due``, and the disk has not been at it for long."""
        waits = [when for posted, when in self.posted.items() if posted > self.saved]
        handed = [when for posted, when in self.posted.items() if posted >= number > self.saved]
        return bool(handed) and min(handed) <= due and killed_at - min(waits) < PATIENCE_NS
