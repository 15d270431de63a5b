"""Draws the outlines of many regions at once: every bar, dash and dot is a filled rectangle.

A painter takes an array of rectangles in one call, so ten thousand outlines with their halos cost
what a handful of calls cost; a call for each of them would take ten times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from shiboken6 import wrapInstance

from labeler.kit.canvas.looks import Paint
from labeler.kit.canvas.shapes import Shape, ShapeTable, corners_of

__all__ = ["DOT", "Piece", "Place", "draw_outlines", "draw_path", "draw_piece", "outline_pieces"]

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Numbers = Ints | Floats
Rows = npt.NDArray[np.intp]
Piece = Callable[[QPainter], None]

DOT = 6
"""Logical pixels: a region smaller than this both ways is drawn as a dot of this size."""
_POINT = 10
_PATTERN_FROM = 16
"""Logical pixels a region must have one way for its label's pattern to be told from another."""
_TICK_EVERY, _TICK, _TICK_WIDE = 16, 4, 2
_BOXES, _PATHS = 512, 16
"""So many boxes, or shapes that take a pen, are drawn in one piece."""
_FAR = 20_000
"""Device pixels beyond which an edge is out of sight in any case."""


class Place(NamedTuple):
    """From picture to device pixels: ``device = picture * scale + (left, top)``; ``dpr`` of them are
    a logical pixel."""

    scale: float
    left: float
    top: float
    dpr: float = 1.0

    def px(self, logical: float) -> int:
        """A measure in device pixels, at least one."""
        return max(1, int(logical * self.dpr + 0.5))


def draw_outlines(
    painter: QPainter,
    table: ShapeTable,
    rows: Rows,
    place: Place,
    clip: QRect,
    paints: Sequence[Paint],
    proposed: Paint,
    *,
    over: bool = False,
) -> None:
    """Draw the outlines of these rows with a painter in device pixels, halos under all strokes.

    Only what touches ``clip`` is drawn. Pixels are replaced, so that halos do not add up; with
    ``over`` they are laid over what is there.
    """
    painter.save()
    for piece in outline_pieces(table, rows, place, clip, paints, proposed):
        draw_piece(painter, piece, over=over)
    painter.restore()


def outline_pieces(
    table: ShapeTable,
    rows: Rows,
    place: Place,
    clip: QRect,
    paints: Sequence[Paint],
    proposed: Paint,
) -> Iterator[Piece]:
    """What ``draw_outlines`` draws, in its order, in pieces of about half a millisecond.

    They show the table as it is now, however it changes before the last of them is drawn.
    """
    plain = table.plain[rows]
    least = place.px(DOT)
    groups = [
        (paint, *_by_size(_edges(table, group, place), least))
        for paint, group in _groups(table, rows[plain], paints, proposed)
    ]
    others = [table.shapes[row] for row in rows[~plain]]
    paths = [(one, proposed if one.proposed else paints[one.look]) for one in others]

    def drawn() -> Iterator[Piece]:
        for paint, small, large in groups:
            width = _halo_px(paint, place)
            for some in _some(large):
                yield partial(_fill, colour=paint.halo, rects=[_frame(some, width // 2, width)])
            for some in _some(small):
                yield partial(_fill, colour=paint.halo, rects=_dots(some, least + 2))
        for paint, small, large in groups:
            for some in _some(large):
                rects = _strokes(some, paint, place, clip)
                yield partial(_fill, colour=paint.hue, rects=rects)
            for some in _some(small):
                yield partial(_fill, colour=paint.hue, rects=_dots(some, least))
        for start in range(0, len(paths), _PATHS):
            yield partial(_paths, shapes=paths[start : start + _PATHS], place=place)

    return drawn()


def draw_piece(painter: QPainter, piece: Piece, *, over: bool = False) -> None:
    """Draw a piece of outlines; what the painter was set to before is lost."""
    modes = QPainter.CompositionMode
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setCompositionMode(
        modes.CompositionMode_SourceOver if over else modes.CompositionMode_Source
    )
    piece(painter)


def _paths(painter: QPainter, shapes: Sequence[tuple[Shape, Paint]], place: Place) -> None:
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    for shape, paint in shapes:
        draw_path(painter, shape, place, paint)


def _some(edges: Ints) -> Iterator[Ints]:
    """A group of boxes, a few hundred at a time; of one colour, no order among them is seen."""
    for start in range(0, len(edges), _BOXES):
        yield edges[start : start + _BOXES]


def draw_path(painter: QPainter, shape: Shape, place: Place, paint: Paint) -> None:
    """Draw one rotated rectangle, its rings or its dots, antialiased, with a pen."""
    geometry = shape.geometry
    if geometry is None:
        return
    if max(geometry.width, geometry.height) * place.scale < place.px(DOT) and not shape.dots:
        x = (geometry.x + geometry.width / 2) * place.scale + place.left
        y = (geometry.y + geometry.height / 2) * place.scale + place.top
        _disc(painter, x, y, place.px(DOT), place, paint, 2)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rings = shape.rings or (() if shape.dots else (corners_of(geometry),))
    polygons = [
        QPolygonF(
            [QPointF(x * place.scale + place.left, y * place.scale + place.top) for x, y in ring]
        )
        for ring in rings
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (_pen(paint.halo, _halo_px(paint, place)), _stroke_pen(paint, place)):
        painter.setPen(pen)
        for polygon in polygons:
            painter.drawPolygon(polygon)
    for x, y, visibility in shape.dots:
        left, top = x * place.scale + place.left, y * place.scale + place.top
        _disc(painter, left, top, place.px(_POINT), place, paint, visibility)
    painter.setPen(Qt.PenStyle.NoPen)


# ----------------------------------------------------------------------------------------- with pens


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _stroke_pen(paint: Paint, place: Place) -> QPen:
    pen = _pen(paint.hue, place.px(paint.stroke))
    if paint.dash:
        pen.setDashPattern([part / paint.stroke for part in paint.dash])
    elif paint.pattern == "ticked":
        pen.setDashPattern([_TICK_EVERY - _TICK, _TICK / 2])
    elif paint.pattern == "double":
        pen.setWidthF(max(1.0, place.dpr))
    return pen


def _disc(
    painter: QPainter, x: float, y: float, side: int, place: Place, paint: Paint, visibility: int
) -> None:
    """A disc, a ring for what is occluded, a cross for what is absent."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half, middle = side / 2, QPointF(x, y)
    for colour, more in ((paint.halo, place.px(1)), (paint.hue, 0)):
        if visibility == 0:
            painter.setPen(_pen(colour, place.px(2) + 2 * more))
            painter.drawLine(QPointF(x - half, y - half), QPointF(x + half, y + half))
            painter.drawLine(QPointF(x - half, y + half), QPointF(x + half, y - half))
        elif visibility == 1:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_pen(colour, place.px(2) + 2 * more))
            painter.drawEllipse(middle, half - 1, half - 1)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(middle, half + more, half + more)


# ----------------------------------------------------------------------------------- with rectangles


def _groups(
    table: ShapeTable,
    rows: npt.NDArray[np.intp],
    paints: Sequence[Paint],
    proposed: Paint,
) -> list[tuple[Paint, npt.NDArray[np.intp]]]:
    """Rows by how they are painted; a model's come last, above a person's."""
    guessed = table.proposed[rows]
    own = rows[~guessed]
    looks = table.looks[own]
    used = [int(look) for look in np.flatnonzero(np.bincount(looks))]
    groups = [(paints[look], own[looks == look]) for look in used]
    if guessed.any():
        groups.append((proposed, rows[guessed]))
    return groups


def _edges(table: ShapeTable, rows: npt.NDArray[np.intp], place: Place) -> Ints:
    """(n, 4) left, top, right, bottom of the rows' lines in device pixels."""
    found = table.bounds[rows] * place.scale
    found += (place.left, place.top, place.left, place.top)
    # To the nearest pixel, halves upwards: two boxes that share an edge share its pixels.
    np.floor(found + 0.5, out=found)
    return np.clip(found, -_FAR, _FAR).astype(np.int32)


def _by_size(edges: Ints, least: int) -> tuple[Ints, Ints]:
    small = np.maximum(edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1]) < least
    if not small.any():
        return edges[:0], edges
    return edges[small], edges[~small]


def _halo_px(paint: Paint, place: Place) -> int:
    return max(place.px(paint.halo_width), place.px(paint.stroke) + 2)


def _fill(painter: QPainter, colour: QColor, rects: Sequence[Ints]) -> None:
    """Fill (n, 4) rectangles of left, top, right, bottom, the last pixels included."""
    if not rects:
        return
    found = np.ascontiguousarray(np.concatenate(rects) if len(rects) > 1 else rects[0])
    if len(found):
        painter.setBrush(colour)
        # A QRect is four 32-bit integers, left, top, right, bottom: the array is read as it lies.
        first: QRect = wrapInstance(found.ctypes.data, QRect)  # type: ignore[assignment]
        painter.drawRects(first, len(found))


def _rects(left: Numbers, top: Numbers, right: Numbers, bottom: Numbers) -> Ints:
    """Rectangles with exclusive right and bottom, as a painter takes them."""
    found = np.empty((len(left), 4), np.int32)
    found[:, 0], found[:, 1] = left, top
    found[:, 2], found[:, 3] = right - 1, bottom - 1
    return found


def _frame(edges: Ints, outside: int, width: int) -> Ints:
    """Four bars for each box: a frame ``width`` wide that begins ``outside`` its lines."""
    count = len(edges)
    found = np.empty((4, count, 4), np.int32)
    # All four begin as the whole outer rectangle, and lose all but one side.
    found[..., :2] = edges[:, :2] - outside
    found[..., 2:] = edges[:, 2:] + (outside - 1)
    found[0, :, 3] = found[0, :, 1] + (width - 1)
    found[1, :, 1] = found[1, :, 3] - (width - 1)
    found[2, :, 2] = found[2, :, 0] + (width - 1)
    found[3, :, 0] = found[3, :, 2] - (width - 1)
    return found.reshape(-1, 4)


def _dots(edges: Ints, side: int) -> list[Ints]:
    """A small disc in the middle of each box, of three bars."""
    if not len(edges):
        return []
    left = (edges[:, 0] + edges[:, 2] - side) // 2
    top = (edges[:, 1] + edges[:, 3] - side) // 2
    cut = max(1, side // 5)
    return [
        _rects(left + cut, top, left + side - cut, top + cut),
        _rects(left, top + cut, left + side, top + side - cut),
        _rects(left + cut, top + side - cut, left + side - cut, top + side),
    ]


def _strokes(edges: Ints, paint: Paint, place: Place, clip: QRect) -> list[Ints]:
    if not len(edges):
        return []
    width = place.px(paint.stroke)
    half = width // 2
    if paint.dash and not paint.rim:
        # A pattern nobody could tell from another is not drawn, and costs more than the rest.
        tiny, edges = _by_size(edges, place.px(_PATTERN_FROM))
        if len(tiny):
            return [_frame(tiny, half, width), *_strokes(edges, paint, place, clip)]
    if paint.dash:
        return _dashes(edges, clip, [part * place.dpr for part in paint.dash], -half, width)
    if paint.pattern == "double":
        line = place.px(1)
        return [_frame(edges, half + line, line), _frame(edges, half - width, line)]
    if paint.pattern == "ticked":
        on, off = _TICK_WIDE * place.dpr, (_TICK_EVERY - _TICK_WIDE) * place.dpr
        tick = place.px(_TICK)
        ticks = _dashes(edges, clip, [on, off], -half - tick, tick)
        return [_frame(edges, half, width), *ticks]
    return [_frame(edges, half, width)]


def _dashes(edges: Ints, clip: QRect, dash: Sequence[float], across: int, width: int) -> list[Ints]:
    """The dashes along each box's lines, clockwise from its top-left corner.

    They begin ``across`` pixels from the line (negative is outwards) and are ``width`` wide.
    """
    left, top, right, bottom = (edges[:, n].astype(np.float64) for n in range(4))
    wide, high = right - left, bottom - top
    inner_x, inner_y = left + across, top + across
    far_x, far_y = right - across - width, bottom - across - width
    x0, x1 = clip.left() - width, clip.right() + 1 + width
    y0, y1 = clip.top() - width, clip.bottom() + 1 + width
    nothing = np.zeros_like(wide)
    # Along from and to, how far round the box it begins, beside; the last two run backwards.
    sides = (
        (left, right, nothing, inner_y),
        (top, bottom, wide, far_x),
        (left, right, wide + high, far_y),
        (top, bottom, 2 * wide + high, inner_x),
    )
    kept = []
    for number, (start, end, begins, beside) in enumerate(sides):
        upright, backwards = number % 2 == 1, number >= 2
        aside, along = ((x0, x1), (y0, y1)) if upright else ((y0, y1), (x0, x1))
        near = (beside + width >= aside[0]) & (beside <= aside[1])
        near &= (end >= along[0]) & (start <= along[1])
        if not near.any():
            continue
        start, end, begins, beside = start[near], end[near], begins[near], beside[near]
        low, far = np.maximum(start, along[0]), np.minimum(end, along[1])
        # Where a place along the side is round the box: base + sign * place.
        sign = np.full_like(start, -1.0 if backwards else 1.0)
        base = begins + end if backwards else begins - start
        first, last = (base - far, base - low) if backwards else (base + low, base + far)
        flag = np.full_like(start, float(upright))
        kept.append(np.stack((first, last, base, sign, beside, flag)))
    if not kept:
        return []
    first, last, base, sign, beside, flag = np.concatenate(kept, axis=1)
    which, begin, stop = _intervals(first, last, dash)
    ends = (np.stack((begin, stop)) - base[which]) * sign[which]
    a, b = np.floor(np.minimum(*ends) + 0.5), np.floor(np.maximum(*ends) + 0.5)
    c, upright_ = beside[which], flag[which] > 0
    lying = ~upright_
    return [
        _rects(a[lying], c[lying], b[lying], c[lying] + width),
        _rects(c[upright_], a[upright_], c[upright_] + width, b[upright_]),
    ]


def _intervals(
    first: Floats, last: Floats, dash: Sequence[float]
) -> tuple[npt.NDArray[np.intp], Floats, Floats]:
    """The drawn parts of a dashed line within [first, last]: whose line, begin, end."""
    period = sum(dash)
    begin = np.floor(first / period)
    count = np.maximum(np.ceil(last / period) - begin, 0).astype(np.intp)
    which = np.repeat(np.arange(len(first)), count)
    number = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    at = (begin[which] + number) * period
    whose, starts, ends = [], [], []
    offset = 0.0
    for on, off in zip(dash[::2], dash[1::2], strict=True):
        low = np.maximum(at + offset, first[which])
        high = np.minimum(at + offset + on, last[which])
        kept = high > low
        whose.append(which[kept])
        starts.append(low[kept])
        ends.append(high[kept])
        offset += on + off
    return np.concatenate(whose), np.concatenate(starts), np.concatenate(ends)
