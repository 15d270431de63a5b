"""A text surface on a page, and hands that press, draw and click where the words are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.kit.text import Mark, TextSurface
from labeler.kit.theme import Theme

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """Mouse and keys on a surface, by the words they are meant for."""

    def __init__(self, surface: TextSurface) -> None:
        self.surface = surface
        self.drawn: list[tuple[int, int]] = []
        self.chosen: list[tuple[str, ...]] = []
        self._time = 10_000_000
        surface.range_drawn.connect(lambda start, end: self.drawn.append((start, end)))
        surface.choice_made.connect(self.chosen.append)

    @property
    def text(self) -> str:
        return self.surface.document.text

    @property
    def selected(self) -> str:
        selection = self.surface.selection
        return "" if selection is None else self.text[selection[0] : selection[1]]

    def find(self, words: str) -> tuple[int, int]:
        at = self.text.index(words)
        return at, at + len(words)

    def point(self, words: str, share: float = 0.5) -> QPoint:
        """A point on the words: ``share`` of their width from the left."""
        rect = self.surface.range_rect(*self.find(words))
        return QPoint(round(rect.left() + rect.width() * share), rect.center().y())

    def press(self, point: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.surface.viewport(), LEFT, held, point)

    def move(self, point: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        """With the left button down; QTest's own moves carry no button and no modifier."""
        port, place, none = self.surface.viewport(), QPointF(point), Qt.MouseButton.NoButton
        at = port.mapToGlobal(place)
        event = QMouseEvent(QEvent.Type.MouseMove, place, at, none, LEFT, held)
        QApplication.sendEvent(port, event)

    def release(self, point: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.surface.viewport(), LEFT, held, point)

    def press_again(self, point: QPoint) -> None:
        """The button goes down a second time, as a platform tells it."""
        QTest.mouseDClick(self.surface.viewport(), LEFT, NONE, point)

    def drag(self, first: QPoint, last: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        self.press(first, held)
        self.move(QPoint((first.x() + last.x()) // 2, (first.y() + last.y()) // 2), held)
        self.move(last, held)
        self.release(last, held)

    def click(self, point: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.surface.viewport(), LEFT, held, point)

    def clicks(self, point: QPoint, count: int) -> None:
        """So many clicks within a tenth of a second each: every second press is a double click's.

        QTest puts half a second between its own, so that they never add up.
        """
        port, place = self.surface.viewport(), QPointF(point)
        at, none = port.mapToGlobal(place), Qt.MouseButton.NoButton
        for number in range(count):
            double = number % 2
            kind = QEvent.Type.MouseButtonDblClick if double else QEvent.Type.MouseButtonPress
            self._time += 50
            down = QMouseEvent(kind, place, at, LEFT, LEFT, NONE)
            down.setTimestamp(self._time)
            QApplication.sendEvent(port, down)
            up = QMouseEvent(QEvent.Type.MouseButtonRelease, place, at, LEFT, none, NONE)
            up.setTimestamp(self._time + 10)
            QApplication.sendEvent(port, up)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.surface, key, held)


@pytest.fixture
def hands(theme: Theme, qtbot: QtBot) -> Iterator[Callable[..., Hands]]:
    # qtbot holds widgets weakly; what nobody holds may be collected while it is painted.
    made: list[Hands] = []

    def make(text: str, *marks: Mark, width: int = 800, height: int = 400) -> Hands:
        surface = TextSurface("Text")
        qtbot.addWidget(surface)
        surface.resize(width, height)
        surface.show_text(text)
        surface.set_marks(marks)
        surface.show()
        qtbot.waitExposed(surface)
        surface.setFocus()
        made.append(Hands(surface))
        return made[-1]

    yield make
    made.clear()
