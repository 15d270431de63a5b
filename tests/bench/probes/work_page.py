"""One key after the other on the Work page of a project: ``work_page.py PROJECT ROOT KEYS``.

Each key answers, submits and goes on. Tells how long each took from the event to the next text on
screen, painted, and how long what it did on the UI thread held it at once.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from told import tell, words

from labeler.app.demo.robot import Robot
from labeler.app.main import App
from labeler.kit.text import TextSurface


class Painted(QObject):
    """Knows whether a surface was painted since the task on it changed."""

    def __init__(self, surface: TextSurface) -> None:
        super().__init__(surface)
        self.done = True
        surface.viewport().installEventFilter(self)

    def another(self) -> None:
        self.done = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.done = True
        return False


def main() -> None:
    project, root, count = words()
    app = QApplication(sys.argv[:1])
    whole = App(app, root=Path(root), language="en")
    whole.settings.set_person("anna", "Anna Brandt")
    robot = Robot(whole)
    begun = time.perf_counter()
    whole.start(Path(project))
    robot.wait("a task is there", lambda: robot.work.flow.seat is not None)
    opened = time.perf_counter() - begun
    robot.settle()
    editor = robot.work.stage.editor
    assert editor is not None
    surface = editor.findChild(TextSurface)
    assert surface is not None
    painted = Painted(surface)
    robot.work.flow.seated.connect(painted.another)
    shown, held = [], []
    for number in range(int(count)):
        robot.settle()  # the person reads: all is written, the next is there
        QTest.qWait(20)
        before = robot.seat
        start = time.perf_counter()
        QTest.keyClick(surface, Qt.Key.Key_1 if number % 2 else Qt.Key.Key_2)
        held.append(time.perf_counter() - start)
        while robot.work.flow.seat is before or not painted.done:
            app.processEvents()
        shown.append(time.perf_counter() - start)
    whole.window.close()
    whole.end()
    tell(shown=shown, held=held, opened=opened)


main()
