"""A surface of 400 × 300 pixels that shows a picture of one colour, and the pixels of what it drew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.kit.canvas import CanvasSurface, Geometry, Look, Shape, make_picture
from labeler.kit.theme import Theme

GREY = (90, 120, 60)


class Hand:
    """A surface, what it told, and a hand that acts at points of the picture."""

    def __init__(self, surface: CanvasSurface) -> None:
        self.surface = surface
        self.drawn: list[Geometry] = []
        self.edited: list[tuple[dict[str, Geometry], str]] = []
        self.chosen: list[tuple[str, ...]] = []
        surface.drawn.connect(self.drawn.append)
        surface.edited.connect(lambda places, what: self.edited.append((places, what)))
        surface.choice_made.connect(self.chosen.append)

    def at(self, x: float, y: float) -> QPoint:
        """Where a point of the picture lies on the surface."""
        return QPoint(*(round(one) for one in self.surface.view.to_screen(x, y)))

    def drag(self, *points: tuple[float, float], held: Qt.KeyboardModifier | None = None) -> None:
        """Press at the first point, go over the others, let go at the last."""
        modifiers = held or Qt.KeyboardModifier.NoModifier
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(self.surface, left, modifiers, self.at(*points[0]))
        for point in points:
            QTest.mouseMove(self.surface, self.at(*point))
        QTest.mouseRelease(self.surface, left, modifiers, self.at(*points[-1]))

    def click(self, x: float, y: float, held: Qt.KeyboardModifier | None = None) -> None:
        """Go there and click."""
        QTest.mouseMove(self.surface, self.at(x, y))
        modifiers = held or Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(self.surface, Qt.MouseButton.LeftButton, modifiers, self.at(x, y))

    def pixels(self) -> QImage:
        """What the surface shows now."""
        return self.surface.grab().toImage()

    def pixel(self, x: int, y: int) -> str:
        """The colour on the surface at one of its own pixels, ``#rrggbb``."""
        return self.pixels().pixelColor(x, y).name()


Made = Callable[..., Hand]


@pytest.fixture
def made(theme: Theme, qtbot: QtBot) -> Made:
    """Makes a surface with a picture, shapes and a tool; a picture of its size at 100 %."""

    def make(
        *shapes: Shape,
        tool: str = "select",
        size: tuple[int, int] = (400, 300),
        picture: tuple[int, int] = (400, 300),
        looks: Sequence[Look] = (Look(), Look(1, 1), Look(3, 3)),
    ) -> Hand:
        surface = CanvasSurface("Image")
        qtbot.addWidget(surface)
        surface.resize(*size)
        surface.set_looks(looks)
        pixels = np.full((picture[1], picture[0], 3), GREY, np.uint8)
        surface.set_picture(make_picture(pixels))
        surface.set_shapes(shapes)
        surface.set_tool("draw" if tool == "draw" else "select")
        surface.show()
        surface.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is surface)
        return Hand(surface)

    return make
