"""What rests on the surface, drawn once and kept: the picture, and the outlines of all regions.

Panning shifts both and draws the strips that came into sight; a zoom gesture shows them scaled until
``render`` draws them sharp again; an edited region costs the patch it lies in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from ctypes import memmove

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from labeler.kit.canvas.looks import Paint
from labeler.kit.canvas.outlines import Place, draw_outlines
from labeler.kit.canvas.picture import Picture
from labeler.kit.canvas.shapes import ShapeTable
from labeler.kit.canvas.viewport import View

__all__ = ["REACH", "Frame", "device_part"]

REACH = 12
"""Logical pixels that an outline, its halo and its ticks may reach beyond its region."""


class Frame:
    """The two layers of one viewport, in device pixels.

    What they show is told with ``show``; ``lifted`` are ids of shapes left out because something
    livelier draws them.
    """

    def __init__(self) -> None:
        self._backdrop = QImage()
        self._outlines = QImage()
        self._place = Place(1.0, 0.0, 0.0)
        self._table = ShapeTable()
        self._picture: Picture | None = None
        self._paints: Sequence[Paint] = ()
        self._proposed: Paint | None = None
        self._ground = QColor()
        self._broken: list[QRect] = []
        self.lifted: frozenset[str] = frozenset()
        self.renders = 0
        """How often everything was drawn anew."""

    def show(
        self,
        table: ShapeTable,
        picture: Picture | None,
        paints: Sequence[Paint],
        proposed: Paint,
        ground: QColor,
    ) -> None:
        """From now on show these; drawn with the next ``render`` or ``repair``."""
        self._table, self._picture = table, picture
        self._paints, self._proposed, self._ground = paints, proposed, ground

    def place_of(self, view: View) -> Place:
        """Where the view puts the picture, in device pixels."""
        dpr = view.dpr
        return Place(view.zoom * dpr, round(view.left * dpr), round(view.top * dpr), dpr)

    def render(self, view: View) -> None:
        """Draw everything anew for this view."""
        width = max(1, round(view.room[0] * view.dpr))
        height = max(1, round(view.room[1] * view.dpr))
        if (self._backdrop.width(), self._backdrop.height()) != (width, height):
            self._backdrop = QImage(width, height, QImage.Format.Format_RGB32)
            self._outlines = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        self._place = self.place_of(view)
        self.renders += 1
        self._broken = []
        self._draw(QRect(0, 0, width, height), picture=True)

    def fits(self, view: View) -> bool:
        """Whether what is drawn is what this view shows, sharp."""
        return self._place == self.place_of(view) and self._right_size(view)

    def follow(self, view: View) -> bool:
        """Shift to a view of the same zoom; False where everything has to be drawn anew."""
        place = self.place_of(view)
        if not self._right_size(view) or place.scale != self._place.scale:
            return False
        self.mend()
        dx, dy = round(place.left - self._place.left), round(place.top - self._place.top)
        width, height = self._backdrop.width(), self._backdrop.height()
        if abs(dx) >= width or abs(dy) >= height:
            return False
        self._place = place
        if dx or dy:
            for image in (self._backdrop, self._outlines):
                _shift(image, dx, dy)
            if dy:
                self._draw(QRect(0, 0 if dy > 0 else height + dy, width, abs(dy)), picture=True)
            if dx:
                self._draw(QRect(0 if dx > 0 else width + dx, 0, abs(dx), height), picture=True)
        return True

    def repair(self, part: QRect) -> None:
        """Draw the outlines within a part (device pixels) anew, with the next ``mend``."""
        part = part & QRect(0, 0, self._outlines.width(), self._outlines.height())
        if part.isEmpty():
            return
        for number, other in enumerate(self._broken):
            both = other | part
            # What is edited lies where it lay: one patch costs less than two.
            if _area(both) <= 2 * (_area(other) + _area(part)):
                self._broken[number] = both
                return
        self._broken.append(part)

    def mend(self) -> None:
        """Draw what was asked to be repaired."""
        broken, self._broken = self._broken, []
        for part in broken:
            self._draw(part, picture=False)

    def draw(self, painter: QPainter, part: QRect, view: View) -> None:
        """Put a part of the viewport (logical pixels) on the surface; scaled where not sharp yet."""
        if self.fits(view):
            dpr = view.dpr
            source = QRectF(part.x() * dpr, part.y() * dpr, part.width() * dpr, part.height() * dpr)
            painter.drawImage(QRectF(part), self._backdrop, source)
            painter.drawImage(QRectF(part), self._outlines, source)
            return
        painter.fillRect(part, self._ground)
        if self._picture is not None:
            painter.save()
            painter.scale(1 / view.dpr, 1 / view.dpr)
            now = self.place_of(view)
            whole = QRect(0, 0, round(view.room[0] * view.dpr), round(view.room[1] * view.dpr))
            self._picture.draw(painter, whole, now.scale, now.left, now.top)
            painter.restore()
        painter.drawImage(self._scaled(view), self._outlines)

    def _scaled(self, view: View) -> QRectF:
        """Where the outlines as they were drawn lie in this view, in logical pixels."""
        old, now = self._place, self.place_of(view)
        factor = now.scale / old.scale
        left = now.left - old.left * factor
        top = now.top - old.top * factor
        dpr = view.dpr
        return QRectF(
            left / dpr,
            top / dpr,
            self._outlines.width() * factor / dpr,
            self._outlines.height() * factor / dpr,
        )

    def _right_size(self, view: View) -> bool:
        return (self._backdrop.width(), self._backdrop.height()) == (
            max(1, round(view.room[0] * view.dpr)),
            max(1, round(view.room[1] * view.dpr)),
        )

    def _draw(self, part: QRect, *, picture: bool) -> None:
        place = self._place
        if picture:
            painter = QPainter(self._backdrop)
            painter.fillRect(part, self._ground)
            if self._picture is not None:
                self._picture.draw(painter, part, place.scale, place.left, place.top)
            painter.end()
        painter = QPainter(self._outlines)
        painter.setClipRect(part)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(part, Qt.GlobalColor.transparent)
        if self._proposed is not None and len(self._table):
            rows = self._rows(part)
            draw_outlines(painter, self._table, rows, place, part, self._paints, self._proposed)
        painter.end()

    def _rows(self, part: QRect) -> npt.NDArray[np.intp]:
        place, reach = self._place, self._place.px(REACH)
        found = self._table.meeting(
            (part.left() - reach - place.left) / place.scale,
            (part.top() - reach - place.top) / place.scale,
            (part.right() + reach - place.left) / place.scale,
            (part.bottom() + reach - place.top) / place.scale,
        )
        lifted = _rows_of(self._table, self.lifted)
        return found[~np.isin(found, lifted)] if lifted else found


def _area(part: QRect) -> int:
    return part.width() * part.height()


def _rows_of(table: ShapeTable, idents: Collection[str]) -> list[int]:
    return [table.rows[one] for one in idents if one in table.rows]


def _shift(image: QImage, dx: int, dy: int) -> None:
    """Move what is in an image of 32-bit pixels; what comes in from outside is left as it falls.

    All rows are moved as one piece: what runs over the end of a row falls into the columns that came
    in, and those are drawn anew.
    """
    pixels = np.frombuffer(image.bits(), np.uint32)
    by = dy * (image.bytesPerLine() // 4) + dx
    start, size = pixels.ctypes.data, pixels.nbytes - 4 * abs(by)
    if by > 0:
        memmove(start + 4 * by, start, size)
    else:
        memmove(start, start - 4 * by, size)


def device_part(view: View, left: float, top: float, right: float, bottom: float) -> QRect:
    """The device pixels round a part of the picture, with room for halos and ticks."""
    reach = REACH
    corner = QPoint(*(int(one) for one in _device(view, left, top)))
    x1, y1 = _device(view, right, bottom)
    far = QPoint(int(x1) + 1, int(y1) + 1)
    pad = round(reach * view.dpr)
    return QRect(corner, far).adjusted(-pad, -pad, pad, pad)


def _device(view: View, x: float, y: float) -> tuple[float, float]:
    at = view.to_screen(x, y)
    limit = 1_000_000.0
    return (
        min(max(at[0] * view.dpr, -limit), limit),
        min(max(at[1] * view.dpr, -limit), limit),
    )
