"""A key cap as a widget of its own, for hints such as "Enter open"; buttons paint theirs inside."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.paint import cap_size, draw_cap, painter_for
from labeler.kit.theme import Themed

__all__ = ["KeyCap", "shown_key"]


def shown_key(key: str) -> str:
    """A key in Qt's portable text as it is shown: in the language of the interface, Enter for Return."""
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return shown.replace("Return", "Enter")


class KeyCap(Themed, QWidget):
    """Shows one key or chord ("Esc", "Ctrl+Enter"); ``↵`` is drawn as a picture."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.init_theme()
        self.setAccessibleName(key)

    @property
    def key(self) -> str:
        """The key shown."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.setAccessibleName(key)
        self.theme_changed()

    def sizeHint(self) -> QSize:
        return cap_size(self.theme, self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        draw_cap(painter, self.theme, self.rect(), self._key)
        painter.end()
