"""The whole picture in a corner, with a frame round what is in sight; a click goes there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from labeler.kit.canvas.surface import CanvasSurface
from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.theme import Themed

__all__ = ["Minimap"]

_LONGEST = 160
_LEAST = 48
_RIM = 1


class Minimap(Themed, QWidget):
    """Shown by whoever places it, where part of the picture is out of sight."""

    def __init__(self, surface: CanvasSurface, parent: QWidget) -> None:
        super().__init__(parent)
        self.init_theme()
        self._surface = surface
        self._thumbnail = QImage()
        self._of: object = None
        surface.view_changed.connect(self.update)
        self.setAccessibleName(self.tr("Overview of the picture"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def wanted(self) -> bool:
        """Whether part of the picture is out of sight."""
        view = self._surface.view
        return not view.empty and not view.shows_all and self._surface.picture is not None

    def sizeHint(self) -> QSize:
        view = self._surface.view
        if view.empty:
            return QSize(_LEAST, _LEAST)
        share = _LONGEST / max(view.width, view.height)
        wide = max(_LEAST, round(view.width * share))
        high = max(_LEAST, round(view.height * share))
        return QSize(wide + 2 * _RIM, high + 2 * _RIM)

    def frame_rect(self) -> QRectF:
        """The frame round what is in sight, in this widget's pixels."""
        view, room = self._surface.view, self._room()
        left, top, right, bottom = view.in_sight()
        across, down = room.width() / max(1, view.width), room.height() / max(1, view.height)
        seen = QRectF(
            room.x() + left * across,
            room.y() + top * down,
            (right - left) * across,
            (bottom - top) * down,
        )
        return seen & QRectF(room)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.theme.tokens
        painter = painter_for(self)
        draw_panel(painter, self.rect(), tokens.raised, tokens.border, tokens.sizes.radius_small)
        picture, room = self._surface.picture, self._room()
        if picture is not None:
            dpr = self.devicePixelRatioF()
            size = (round(room.width() * dpr), round(room.height() * dpr))
            if (
                self._of is not picture
                or (self._thumbnail.width(), self._thumbnail.height()) != size
            ):
                self._thumbnail, self._of = picture.thumbnail(*size), picture
            painter.drawImage(room, self._thumbnail)
            frame = self.frame_rect().adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(tokens.media.handle_rim, 3))
            painter.drawRect(frame)
            painter.setPen(QPen(tokens.media.handle, 1))
            painter.drawRect(frame)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _room(self) -> QRect:
        return self.rect().adjusted(_RIM, _RIM, -_RIM, -_RIM)

    def _go(self, at: QPointF) -> None:
        view, room = self._surface.view, self._room()
        x = (at.x() - room.x()) / max(1, room.width()) * view.width
        y = (at.y() - room.y()) / max(1, room.height()) * view.height
        self._surface.look_at(x, y)
