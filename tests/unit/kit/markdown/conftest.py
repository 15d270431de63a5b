"""A surface of Markdown on a page, and hands on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.kit.markdown import Formulas, MarkdownSurface, Section
from labeler.kit.theme import Theme

sys.path.insert(0, str(Path(__file__).parent))

DATA = Path(__file__).parents[5] / "shared" / "data" / "responses"
"""Real responses, where they lie beside the checkout."""

Show = Callable[..., MarkdownSurface]


@pytest.fixture(scope="session")
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the real responses are not beside the checkout")
    return DATA


@pytest.fixture
def formulas(qapp: QApplication) -> Iterator[Formulas]:
    drawn = Formulas()
    drawn.allow(60)
    yield drawn
    drawn.forget_wanted()


@pytest.fixture
def show(theme: Theme, formulas: Formulas, qtbot: QtBot) -> Iterator[Show]:
    """Shows a text on a surface of 560 × 480."""
    made: list[MarkdownSurface] = []

    def shown(text: str, *more: Section, width: int = 560, height: int = 480) -> MarkdownSurface:
        surface = MarkdownSurface("Response A", formulas)
        made.append(surface)
        qtbot.addWidget(surface)
        surface.resize(width, height)
        surface.show_sections([Section("r1", text), *more])
        surface.show()
        qtbot.waitExposed(surface)
        surface.activateWindow()
        surface.setFocus()
        surface.grab()
        return surface

    return shown


def drag(surface: MarkdownSurface, start: int, end: int) -> None:
    """Draw over the shown letters from one raw position to another."""
    first, last = surface.range_rect(start, start + 1), surface.range_rect(end - 1, end)
    port = surface.viewport()
    down = QPoint(first.left() + 1, first.center().y())
    up = QPoint(last.right(), last.center().y())
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, down)
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    for place in ((down + up) / 2, up):
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            port.mapToGlobal(QPointF(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(port, event)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, up)
