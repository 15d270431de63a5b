"""A place to drop files and folders on, which can also be pressed to choose them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.controls.pressable import Pressable
from labeler.kit.paint import draw_icon, draw_panel, draw_text, painter_for, text_width

__all__ = ["DropZone", "dropped_files"]

_PAD, _GAP = 24, 12


def dropped_files(event: QDropEvent | QDragEnterEvent) -> list[Path]:
    """The files and folders of this machine that are being dropped."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


class DropZone(Pressable):
    """Takes files and folders that are dropped on it; a press asks for them (``clicked``)."""

    dropped = Signal(list)

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._words = title, text
        self._over = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def set_words(self, text: str) -> None:
        """Say what can be dropped."""
        self._words = text
        self.setAccessibleDescription(text)
        self.theme_changed()

    def sizeHint(self) -> QSize:
        theme = self.theme
        height = theme.icon_px(24) + theme.line("ui_strong") + 2 * theme.line() + 2 * _PAD + 20
        return QSize(280, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()
            self._over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.dropped.emit(dropped_files(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, box = self.theme, self.theme.tokens, self.rect()
        painter = painter_for(self)
        fill = t.accent_soft if self._over else self.hovered(t.surface, t.hover)
        if self.isDown():
            fill = t.pressed
        rim = t.accent if self._over else t.border_strong
        width = 2 if self._over else 1
        draw_panel(painter, box, fill, rim, t.sizes.radius_panel, width=width, dashed=True)
        side = theme.icon_px(24)
        middle = Qt.AlignmentFlag.AlignHCenter
        line = theme.line("ui_strong")
        room = box.width() - 2 * _GAP
        lines = 1 if text_width(theme, self._words) <= room else 2
        y = (box.height() - side - 12 - line - 4 - lines * theme.line()) // 2
        place = QRect(0, y, box.width(), side)
        draw_icon(painter, theme, place, "folder-down", "accent", side)
        y += side + 12
        inner = QRect(_GAP, y, room, line)
        draw_text(painter, theme, inner, self._title, t.text, "ui_strong", middle)
        y += line + 4
        inner = QRect(_GAP, y, room, lines * theme.line())
        top = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, inner, self._words, t.text_2, "ui", top, wrap=True)
        painter.end()
