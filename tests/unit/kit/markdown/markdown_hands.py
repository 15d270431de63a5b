"""A hand that draws over words of Markdown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.kit.markdown import MarkdownSurface


def drag(surface: MarkdownSurface, start: int, end: int) -> None:
    """Draw over the shown letters from one raw position to another."""
    first, last = surface.range_rect(start, start + 1), surface.range_rect(end - 1, end)
    port = surface.viewport()
    down = QPoint(first.left() + 1, first.center().y())
    up = QPoint(last.right(), last.center().y())
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, down)
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
