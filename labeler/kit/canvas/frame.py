"""What rests on the surface, drawn once and kept: the picture, and the outlines of all regions.

Both are kept a little beyond the viewport, so that panning mostly shows another part of what is there
and now and then draws a strip ahead of the hand; an edited region costs the patch it lies in. All else
is drawn anew beside what is shown, as much at a time as a frame allows, and takes its place when it is
whole: until then a zoom gesture shows the outlines scaled, and another picture is shown without any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from ctypes import memmove
from time import perf_counter

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from labeler.kit.canvas.looks import Paint
from labeler.kit.canvas.outlines import Piece, Place, draw_piece, outline_pieces
from labeler.kit.canvas.picture import Picture
from labeler.kit.canvas.shapes import ShapeTable
from labeler.kit.canvas.viewport import View

__all__ = ["REACH", "Frame", "device_part"]

REACH = 12
"""Logical pixels that an outline, its halo and its ticks may reach beyond its region."""
_AHEAD = 64
"""Logical pixels that are drawn ahead of a hand that pans, and kept on each side."""
_BUDGET = 0.008
"""Seconds: half of what a frame may take, for what lies over it is drawn as well."""
_AT_ONCE = 400
"""So few outlines are drawn at once, and never seen to be missing."""


class Frame:
    """The layers of one viewport, in device pixels.

    ``_shown`` is picture and outlines as they are put on the surface, ``_outlines`` the outlines alone,
    which a zoom gesture scales. Of both the part ``_drawn`` is valid; ``_at`` is where the viewport
    begins in them. What they show is told with ``show``. ``_fresh`` is what takes their place once
    ``_work`` has drawn all of it; ``_spare`` are images it may be drawn on.
    """

    def __init__(self) -> None:
        self._shown = QImage()
        self._outlines = QImage()
        self._drawn = QRect()
        self._at = QPoint()
        self._place = Place(1.0, 0.0, 0.0)
        self._table = ShapeTable()
        self._picture: Picture | None = None
        self._paints: Sequence[Paint] = ()
        self._proposed: Paint | None = None
        self._ground = QColor()
        self._broken: list[QRect] = []
        self._lifted: frozenset[str] = frozenset()
        self._fresh: Frame | None = None
        self._work: Iterator[None] = iter(())
        self._few = True
        self._spare: tuple[QImage, QImage] | None = None
        self._current = False
        self.budget = _BUDGET
        """Seconds that one call of ``render_more`` may take."""
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
        """From now on show these; drawn with the next ``render_more`` or ``repair``."""
        self._table, self._picture = table, picture
        self._paints, self._proposed, self._ground = paints, proposed, ground

    def place_of(self, view: View) -> Place:
        """Where the view puts the picture, in device pixels."""
        dpr = view.dpr
        return Place(view.zoom * dpr, round(view.left * dpr), round(view.top * dpr), dpr)

    def forget(self) -> None:
        """Show nothing of what was drawn: it is another picture from now on."""
        self._fresh = None
        if not self._shown.isNull():
            self._spare = self._shown, self._outlines
        self._shown, self._outlines = QImage(), QImage()
        self._drawn, self._broken = QRect(), []

    def outdate(self) -> None:
        """What is drawn, and what is being drawn beside it, is to be drawn anew."""
        self._fresh = None
        self._current = False

    def leave_out(self, idents: Collection[str]) -> None:
        """Leave these shapes out of what is drawn from now on: something livelier draws them."""
        self._lifted = frozenset(idents)
        if self._fresh is not None:
            self._fresh._lifted = self._lifted

    @property
    def under_way(self) -> bool:
        """Whether everything is being drawn anew."""
        return self._fresh is not None

    def render_more(self, view: View) -> bool:
        """Draw everything in sight anew, as much of it as a frame has time for; True once it is shown.

        Until then what was drawn stays what it is. A view of another zoom begins again.
        """
        until = perf_counter() + self.budget
        fresh = self._fresh
        if fresh is None or not fresh._looks_at(view):
            fresh = self._fresh = self._begun(view)
        for _ in fresh._work:
            if not fresh._few and perf_counter() >= until:
                return False
        self._fresh = None
        # A hand may have gone on meanwhile, or an edit been made.
        if not fresh.follow(view):
            return False
        self._shown, self._outlines, self._spare = fresh._shown, fresh._outlines, None
        self._drawn, self._at, self._place = fresh._drawn, fresh._at, fresh._place
        self._broken, self._current = [], True
        self.renders += 1
        return True

    def _begun(self, view: View) -> Frame:
        """A frame of the same for this view, nothing drawn yet."""
        fresh = Frame()
        fresh._lifted = self._lifted
        fresh._table, fresh._picture, fresh._ground = self._table, self._picture, self._ground
        fresh._paints, fresh._proposed = self._paints, self._proposed
        size, ahead = _size_for(view), _ahead(view)
        fresh._put(self.place_of(view), QPoint(ahead, ahead))
        fresh._drawn = QRect(fresh._at, _room(view))
        fresh._few = len(fresh._rows(fresh._drawn)) <= _AT_ONCE
        if self._spare is not None and self._spare[0].size() == size:
            fresh._shown, fresh._outlines = self._spare
        elif fresh._few and self._shown.size() == size:
            # All of it is drawn before anything is shown.
            fresh._shown, fresh._outlines = self._shown, self._outlines
        else:
            fresh._shown = QImage(size, QImage.Format.Format_RGB32)
            fresh._outlines = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        fresh._work = fresh._steps(fresh._drawn)
        return fresh

    def _looks_at(self, view: View) -> bool:
        """Note where a view stands in what is being drawn; False where it is of another zoom."""
        place = self.place_of(view)
        if self._shown.size() != _size_for(view) or place.scale != self._place.scale:
            return False
        self._at = self._found(place)
        return True

    def _found(self, place: Place) -> QPoint:
        """Where a viewport that has the picture at ``place`` begins in the images."""
        return QPoint(round(self._place.left - place.left), round(self._place.top - place.top))

    def is_current(self, view: View) -> bool:
        """Whether all is shown as it is to be, sharp."""
        return self._current and self.fits(view)

    def fits(self, view: View) -> bool:
        """Whether what is drawn, be it out of date, is of this view's place and zoom."""
        place = self.place_of(view)
        there = place._replace(left=place.left + self._at.x(), top=place.top + self._at.y())
        return self._shown.size() == _size_for(view) and self._place == there

    def follow(self, view: View) -> bool:
        """Go to a view of the same zoom; False where everything has to be drawn anew."""
        if self._fresh is not None and not self._fresh._looks_at(view):
            self._fresh = None
        place = self.place_of(view)
        if self._shown.size() != _size_for(view) or place.scale != self._place.scale:
            return False
        self.mend()
        at = self._found(place)
        room = _room(view)
        if not QRect(at, room).intersects(self._drawn):
            return False
        shift = QPoint(
            _turned(at.x(), self._shown.width() - room.width()),
            _turned(at.y(), self._shown.height() - room.height()),
        )
        if not shift.isNull():
            for image in (self._shown, self._outlines):
                _shift(image, shift.x(), shift.y())
            self._drawn = self._drawn.translated(shift) & self._shown.rect()
        self._put(place, at + shift)
        self._draw_ahead(QRect(self._at, room), _ahead(view))
        return True

    def _put(self, place: Place, at: QPoint) -> None:
        """The viewport, where the picture is at ``place``, begins ``at`` in the images."""
        self._at = at
        self._place = place._replace(left=place.left + at.x(), top=place.top + at.y())

    def _draw_ahead(self, sight: QRect, ahead: int) -> None:
        """Draw what came into sight, and some more on that side."""
        whole = self._shown.rect()
        for side in ("left", "right", "top", "bottom"):
            drawn = QRect(self._drawn)
            if side == "left" and sight.left() < drawn.left():
                drawn.setLeft(max(whole.left(), sight.left() - ahead))
                strip = drawn.adjusted(0, 0, -self._drawn.width(), 0)
            elif side == "right" and sight.right() > drawn.right():
                drawn.setRight(min(whole.right(), sight.right() + ahead))
                strip = drawn.adjusted(self._drawn.width(), 0, 0, 0)
            elif side == "top" and sight.top() < drawn.top():
                drawn.setTop(max(whole.top(), sight.top() - ahead))
                strip = drawn.adjusted(0, 0, 0, -self._drawn.height())
            elif side == "bottom" and sight.bottom() > drawn.bottom():
                drawn.setBottom(min(whole.bottom(), sight.bottom() + ahead))
                strip = drawn.adjusted(0, self._drawn.height(), 0, 0)
            else:
                continue
            self._drawn = drawn
            self._draw(strip)

    def repair(self, part: QRect) -> None:
        """Draw a part of the viewport (device pixels) anew, with the next ``mend``."""
        if self._fresh is not None:
            # What is drawn beside it shows all as it was when that began.
            self._fresh.repair(part)
        part = part.translated(self._at) & self._drawn
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
            self._draw(part)

    def draw(self, painter: QPainter, part: QRect, view: View) -> None:
        """Put a part of the viewport (logical pixels) on the surface; scaled where not sharp yet."""
        if self.fits(view):
            dpr = view.dpr
            source = QRectF(part.x() * dpr, part.y() * dpr, part.width() * dpr, part.height() * dpr)
            painter.drawImage(QRectF(part), self._shown, source.translated(self._at))
            return
        painter.fillRect(part, self._ground)
        if self._picture is not None:
            painter.save()
            painter.scale(1 / view.dpr, 1 / view.dpr)
            now = self.place_of(view)
            whole = QRect(0, 0, round(view.room[0] * view.dpr), round(view.room[1] * view.dpr))
            self._picture.draw(painter, whole, now.scale, now.left, now.top)
            painter.restore()
        painter.drawImage(self._scaled(view), self._outlines, QRectF(self._drawn))

    def _scaled(self, view: View) -> QRectF:
        """Where the outlines as they were drawn lie in this view, in logical pixels."""
        old, now, dpr = self._place, self.place_of(view), view.dpr
        factor, drawn = now.scale / old.scale, self._drawn
        left = now.left + (drawn.x() - old.left) * factor
        top = now.top + (drawn.y() - old.top) * factor
        size = drawn.width() * factor / dpr, drawn.height() * factor / dpr
        return QRectF(left / dpr, top / dpr, *size)

    def _draw(self, part: QRect) -> None:
        for _ in self._steps(part):
            pass

    def _steps(self, part: QRect) -> Iterator[None]:
        """Draw a part of the images, a piece with each step; what it shows is settled by the first."""
        if part.isEmpty():
            return
        # On a window into the images, for a painter's clip costs each of its rectangles something.
        place = self._place._replace(
            left=self._place.left - part.x(), top=self._place.top - part.y()
        )
        here = QRect(QPoint(0, 0), part.size())
        outlines, shown = _window(self._outlines, part), _window(self._shown, part)
        pieces: Iterator[Piece] = iter(())
        if self._proposed is not None and len(self._table):
            rows = self._rows(part)
            pieces = outline_pieces(self._table, rows, place, here, self._paints, self._proposed)
        outlines.fill(Qt.GlobalColor.transparent)
        for piece in pieces:
            yield
            painter = QPainter(outlines)
            draw_piece(painter, piece)
            painter.end()
        painter = QPainter(shown)
        painter.fillRect(here, self._ground)
        if self._picture is not None:
            self._picture.draw(painter, here, place.scale, place.left, place.top)
        painter.drawImage(here.topLeft(), outlines)
        painter.end()

    def _rows(self, part: QRect) -> npt.NDArray[np.intp]:
        place, reach = self._place, self._place.px(REACH)
        found = self._table.meeting(
            (part.left() - reach - place.left) / place.scale,
            (part.top() - reach - place.top) / place.scale,
            (part.right() + reach - place.left) / place.scale,
            (part.bottom() + reach - place.top) / place.scale,
        )
        lifted = _rows_of(self._table, self._lifted)
        return found[~np.isin(found, lifted)] if lifted else found


def _room(view: View) -> QSize:
    """The viewport in device pixels."""
    return QSize(*(max(1, round(side * view.dpr)) for side in view.room))


def _ahead(view: View) -> int:
    return round(_AHEAD * view.dpr)


def _size_for(view: View) -> QSize:
    """What is kept of a viewport: it, and what lies ahead on each side."""
    more = 2 * _ahead(view)
    return _room(view) + QSize(more, more)


def _turned(at: int, free: int) -> int:
    """How far to move what is kept so that a viewport ``at`` finds all the free room ahead of it."""
    if at < 0:
        return free - at
    return -at if at > free else 0


def _area(part: QRect) -> int:
    return part.width() * part.height()


def _rows_of(table: ShapeTable, idents: Collection[str]) -> list[int]:
    return [table.rows[one] for one in idents if one in table.rows]


def _window(image: QImage, part: QRect) -> QImage:
    """An image that is a part of another of 32-bit pixels: what is drawn on it is drawn there."""
    stride = image.bytesPerLine()
    pixels = np.frombuffer(image.bits(), np.uint8)[part.y() * stride + 4 * part.x() :]
    return QImage(pixels.data, part.width(), part.height(), stride, image.format())


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
