"""A person's hands on the real app in a process of their own: random keys, clicks and letters.

Run as ``app_hands.py PROJECT ROOT SEED GESTURES PANEL``. Makes so many gestures at the panel's queue
through real events, then says when the last one was made (monotonic nanoseconds) and, of every task
that was on the desk, what an undo and a redo would lead to; then only lets the app run, until it is
killed.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

import msgspec
from panel_hands import HANDS
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.app.demo.pages import be_in_queue
from labeler.app.demo.robot import Robot, TourFailed
from labeler.app.main import App
from labeler.model.steps import Change, ValueTree
from labeler.work.draft import Draft


def say(**told: object) -> None:
    """Write one line at once."""
    os.write(sys.stdout.fileno(), msgspec.json.encode(told) + b"\n")


Told = tuple[str, msgspec.Raw, str, str]
"""A label, and the value, status and reason it leads to."""


def _now(label: str, tree: ValueTree) -> Told:
    return label, msgspec.Raw(tree.json()), tree.status, tree.reason


def _runs(
    steps: Sequence[tuple[str, str, tuple[Change, ...]]], tree: ValueTree, *, oldest_first: bool
) -> list[Told]:
    """Apply steps (key, label, changes), those of one key together; what each run leads to.

    A run is called by what began it.
    """
    found: list[Told] = []
    before = ""
    for key, step_label, changes in steps:
        tree.apply_all(changes)
        label = step_label
        if key and key == before:
            begun = found.pop()[0]
            label = begun if oldest_first else step_label
        found.append(_now(label, tree))
        before = key
    return found


def walked(draft: Draft) -> dict[str, object]:
    """What undo and redo would lead to, without doing either."""
    back = [(step.key, step.label, step.inverse) for step in reversed(draft._path)]
    forward = [(step.key, step.label, step.forward) for step in draft._ahead]
    return {
        "now": _now("", draft.tree),
        "published": not draft.dirty,
        "back": _runs(back, draft.tree.copy(), oldest_first=False),
        "forward": _runs(forward, draft.tree.copy(), oldest_first=True),
    }


def main(project: str, root: str, seed: str, gestures: str, panel: str) -> None:
    app = QApplication(sys.argv[:1])
    whole = App(app, root=Path(root), language="en")
    whole.settings.set_person("anna", "Anna")
    robot = Robot(whole)
    whole.start(Path(project))
    robot.wait("the project is open", lambda: robot.context.session is not None)
    be_in_queue(robot, panel)
    hands = HANDS[panel](robot, int(seed))
    at = time.monotonic_ns()
    for _ in range(int(gestures)):
        robot.wait("the task is there", lambda: not robot.work.flow.busy)
        hands.gesture()
        at = time.monotonic_ns()
        QTest.qWait(hands.chance.randrange(15))
    robot.wait("the task is there", lambda: not robot.work.flow.busy)
    if robot.broken:
        sys.exit(robot.broken[0])
    say(at=at, drafts={task: walked(draft) for task, draft in hands.drafts.items()})
    app.exec()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (AssertionError, TourFailed):  # the app's own hook would put it into a log nobody reads
        sys.exit(traceback.format_exc())
