"""The minimap: the whole medium in one strip, with the view framed; click or drag the frame to go."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.theme import Themed
from labeler.kit.timeline.axis import TimeAxis
from labeler.kit.timeline.wave import WaveSource, columns_image

__all__ = ["Minimap"]

_HEIGHT = 40
_LEAST_FRAME = 6


class Minimap(Themed, QWidget):
    """All of the medium; the frame is what the axis has in sight. ``moved`` fires after a drag.

    It takes no focus: the keys of the timeline do the same.
    """

    moved = Signal()

    def __init__(self, axis: TimeAxis, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = axis
        self._whole = TimeAxis(self)
        self._source: WaveSource | None = None
        self._gain = 1.0
        self._playhead = 0
        self._hold: float | None = None
        self._picture: QPixmap | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.init_theme()
        axis.changed.connect(self._axis_changed)

    def set_source(self, source: WaveSource | None) -> None:
        """Show another wave."""
        self._source = source
        self.refresh()

    def set_gain(self, gain: float) -> None:
        """Draw the wave higher or lower."""
        self._gain = gain
        self.refresh()

    def set_playhead(self, time: int) -> None:
        """Show where the playhead is."""
        old, self._playhead = self._whole.pixel_of(self._playhead), time
        new = self._whole.pixel_of(time)
        if new != old:
            for x in (old, new):
                self.update(QRect(x - 2, 0, 5, self.height()))

    def refresh(self) -> None:
        """Paint the wave anew at the next chance."""
        self._picture = None
        self.update()

    def frame_rect(self) -> QRect:
        """The frame round what is in sight."""
        left = self._whole.pixel_of(self._axis.start)
        right = max(left + _LEAST_FRAME, self._whole.pixel_of(self._axis.end))
        return QRect(left, 0, min(right, self.width()) - left, self.height())

    def _axis_changed(self) -> None:
        if (self._whole.duration, self._whole.rate) != (self._axis.duration, self._axis.rate):
            self._whole.set_medium(self._axis.duration, self._axis.rate)
            self._picture = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, _HEIGHT)

    def theme_changed(self) -> None:
        super().theme_changed()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._whole.set_width(self.width())
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.theme.tokens
        scale = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != scale:
            self._picture = self._paint_picture(scale)
        painter = painter_for(self)
        painter.drawPixmap(QPoint(0, 0), self._picture)
        frame = self.frame_rect()
        if self._axis.duration > 0:
            shade = tokens.accent
            painter.save()
            painter.setOpacity(0.12)
            painter.fillRect(frame, shade)
            painter.restore()
            draw_panel(painter, frame, None, shade, tokens.sizes.radius_small, width=2)
            x = self._whole.pixel_of(self._playhead)
            painter.fillRect(QRect(x, 0, 2, self.height()), tokens.playhead)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), tokens.border)
        painter.end()

    def _paint_picture(self, scale: float) -> QPixmap:
        tokens = self.theme.tokens
        picture = QPixmap(round(self.width() * scale), round(self.height() * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(tokens.sunken)
        if self._source is not None and self._axis.duration > 0:
            painter = QPainter(picture)
            place = self.rect().adjusted(0, 3, 0, -4)
            colours = (tokens.wave, tokens.wave_rms, tokens.wave)
            image = columns_image(place, self._source, self._whole, self._gain, colours, scale)
            painter.drawImage(place.topLeft(), image)
            painter.end()
        return picture

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._axis.duration > 0:
            frame = self.frame_rect()
            x = event.position().x()
            inside = frame.left() <= x <= frame.right()
            self._hold = x - frame.left() if inside else frame.width() / 2
            self._go(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hold is not None:
            self._go(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._hold is not None:
            self._hold = None
            self.moved.emit()

    def _go(self, x: float) -> None:
        assert self._hold is not None
        start = self._whole.start + (x - self._hold) * self._whole.per_pixel
        self._axis.set_view(start, self._axis.per_pixel)
