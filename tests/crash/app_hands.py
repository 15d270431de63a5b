"""A person's hands on the real app in a process of their own: random keys, clicks and letters.

Run as ``app_hands.py PROJECT ROOT SEED GESTURES``. Makes so many gestures through real events, then
says when the last one was made (monotonic nanoseconds) and, of every task that was on the desk, what
an undo and a redo would lead to; then only lets the app run, until it is killed.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.app.demo.robot import Robot
from labeler.app.main import App
from labeler.kit.text import TextSurface
from labeler.model.steps import Change, ValueTree
from labeler.work.desk import Seat
from labeler.work.draft import Draft

CLASSES = "123"
MARKS = "qwer"
LABELS = "po"
NOTE = "note"


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


class Hands:
    """One random gesture after another on the Work page."""

    def __init__(self, robot: Robot, seed: int) -> None:
        self.robot = robot
        self.chance = random.Random(seed)
        self.drafts: dict[str, Draft] = {}
        robot.work.flow.seated.connect(self._seated)
        self._seated(robot.seat, False)

    def _seated(self, seat: Seat, _same: bool) -> None:
        self.drafts[seat.task.id] = seat.draft

    @property
    def surface(self) -> TextSurface:
        editor = self.robot.work.stage.editor
        assert editor is not None
        found = editor.findChild(TextSurface)
        assert found is not None
        return found

    def to_text(self) -> None:
        """Click beside the words, so that letters are commands again."""
        port = self.surface.viewport()
        self.robot.click(port, QPoint(port.width() // 2, port.height() - 4))

    def gesture(self) -> None:
        """Do something a person does; nothing where there is no task any more."""
        if self.robot.work.flow.seat is None:
            self.robot.key(Qt.Key.Key_Z, "ctrl")
            return
        moves = [self.undo] * 3 + [self.redo] * 2 + [self.step]
        if self.robot.seat.read_only:
            moves += [self.reopen] * 3
        else:
            moves += [self.answer, self.submit] + [self.mark, self.tick] * 3
            moves += [self.change, self.remove] * 2 + [self.write] * 4
        self.chance.choice(moves)()

    def answer(self) -> None:
        self.to_text()
        self.robot.key(self.chance.choice(CLASSES))

    def tick(self) -> None:
        self.to_text()
        self.robot.key(self.chance.choice(MARKS))

    def mark(self) -> None:
        """Select a word with the keyboard, press a label's key."""
        self.to_text()
        self.robot.key(Qt.Key.Key_Home, "ctrl")
        for _ in range(self.chance.randrange(12)):
            self.robot.key(Qt.Key.Key_Right)
        self.robot.key(Qt.Key.Key_Space)
        self.robot.key(self.chance.choice(LABELS))

    def _choose(self) -> None:
        self.to_text()
        self.robot.key(Qt.Key.Key_Home, "ctrl")
        spans = len(self.robot.value.regions)
        for _ in range(self.chance.randrange(1, spans + 1) if spans else 0):
            self.robot.key(Qt.Key.Key_Tab)

    def change(self) -> None:
        self._choose()
        if self.chance.random() < 0.5:
            self.robot.key(self.chance.choice(LABELS))
        else:
            for _ in range(self.chance.randrange(1, 4)):
                self.robot.key(Qt.Key.Key_Right, "alt+shift")

    def remove(self) -> None:
        self._choose()
        self.robot.key(Qt.Key.Key_Delete)

    def write(self) -> None:
        """Some letters into the note; sometimes the field is left then."""
        self.robot.work.inspector.form.show_question(NOTE)
        for _ in range(self.chance.randrange(1, 9)):
            self.robot.type(self.chance.choice("abc de fghi äö"))
            QTest.qWait(self.chance.randrange(30))
        if self.chance.random() < 0.4:
            self.to_text()

    def undo(self) -> None:
        self.robot.key(Qt.Key.Key_Z, "ctrl")

    def redo(self) -> None:
        self.robot.key(Qt.Key.Key_Z, "ctrl+shift")

    def submit(self) -> None:
        self.robot.key(Qt.Key.Key_Return, "ctrl")

    def reopen(self) -> None:
        self.robot.key(Qt.Key.Key_R, "ctrl")

    def step(self) -> None:
        key = self.chance.choice((Qt.Key.Key_PageDown, Qt.Key.Key_PageUp))
        self.robot.key(key, "ctrl")


def main(project: str, root: str, seed: str, gestures: str) -> None:
    app = QApplication(sys.argv[:1])
    whole = App(app, root=Path(root), language="en")
    whole.settings.set_person("anna", "Anna")
    robot = Robot(whole)
    whole.start(Path(project))
    robot.wait("the project is open", lambda: robot.context.session is not None)
    robot.wait("a task is there", lambda: robot.work.flow.seat is not None)
    hands = Hands(robot, int(seed))
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
    main(*sys.argv[1:])
