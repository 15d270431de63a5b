"""A list whose rows are put in order with Alt and the arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from labeler.kit import RowList

__all__ = ["OrderedList"]


class OrderedList(RowList):
    """Leaves Alt with an arrow to the editor it is in, which moves the chosen row by it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in arrows and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
