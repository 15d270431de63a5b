"""What moves on the surface and is drawn anew in every frame: selection, handles, crosshair, tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from labeler.kit.canvas.handles import handle_points
from labeler.kit.canvas.looks import Paint
from labeler.kit.canvas.outlines import Place, draw_outlines, draw_path
from labeler.kit.canvas.shapes import Geometry, Shape, ShapeTable, corners_of
from labeler.kit.canvas.viewport import View
from labeler.kit.paint import draw_icon, draw_panel
from labeler.kit.theme import Theme, current_theme

__all__ = [
    "draw_band",
    "draw_crosshair",
    "draw_fill",
    "draw_fills",
    "draw_handles",
    "draw_lock",
    "draw_moved",
    "draw_shape",
    "handle_rects",
]

_LOCK = 22
_LINE_GROUND, _LINE = 90, 210
"""Opacity of the crosshair's ground and of its line, of 255."""


def polygons_of(shape: Shape, view: View) -> list[QPolygonF]:
    """The shape's outline in logical pixels."""
    if shape.geometry is None:
        return []
    rings = shape.rings or (corners_of(shape.geometry),)
    return [QPolygonF([QPointF(*view.to_screen(x, y)) for x, y in ring]) for ring in rings]


def draw_fill(painter: QPainter, shape: Shape, view: View, hue: QColor, opacity: float) -> None:
    """Tint the inside of a shape; ``opacity`` from 0 to 1."""
    colour = QColor(hue)
    colour.setAlphaF(opacity)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if shape.plain and shape.geometry is not None:
        left, top = view.to_screen(shape.geometry.x, shape.geometry.y)
        size = shape.geometry.width * view.zoom, shape.geometry.height * view.zoom
        painter.drawRect(QRectF(left, top, *size) & QRectF(0, 0, *view.room))
    else:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for polygon in polygons_of(shape, view):
            painter.drawPolygon(polygon)
    painter.restore()


def draw_fills(
    painter: QPainter,
    table: ShapeTable,
    rows: Sequence[int],
    view: View,
    paint_for: Callable[[int], Paint],
    part: QRect,
) -> None:
    """Tint the insides of very many shapes, by what bounds them."""
    share = current_theme().tokens.media.fill_selected
    seen = table.meeting(
        *view.to_image(part.left(), part.top()), *view.to_image(part.right(), part.bottom())
    )
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for row in np.intersect1d(seen, np.asarray(rows, np.intp)):
        left, top, right, bottom = table.bounds[row]
        x, y = view.to_screen(left, top)
        colour = QColor(paint_for(int(row)).hue)
        colour.setAlphaF(share)
        size = (right - left) * view.zoom, (bottom - top) * view.zoom
        painter.fillRect(QRectF(x, y, *size) & QRectF(part), colour)
    painter.restore()


def draw_shape(painter: QPainter, shape: Shape, view: View, paint: Paint) -> None:
    """Draw one shape's outline over whatever is there, exactly as it rests."""
    place = _place(view)
    painter.save()
    painter.scale(1 / view.dpr, 1 / view.dpr)
    if shape.plain:
        table = ShapeTable()
        table.set_all([shape._replace(look=0, proposed=False)])
        clip = QRect(0, 0, round(view.room[0] * view.dpr), round(view.room[1] * view.dpr))
        rows = table.meeting(-1e9, -1e9, 1e9, 1e9)
        draw_outlines(painter, table, rows, place, clip, [paint], paint, over=True)
    else:
        draw_path(painter, shape, place, paint)
    painter.restore()


def draw_moved(
    painter: QPainter,
    table: ShapeTable,
    moved: Mapping[str, Geometry],
    view: View,
    paint_for: Callable[[int], Paint],
) -> None:
    """Draw the outlines of very many shapes that were all moved by the same distance."""
    rows = np.asarray([table.rows[one] for one in moved], np.intp)
    ident, geometry = next(iter(moved.items()))
    old = table.shapes[table.rows[ident]].geometry
    if old is None:
        return
    place = _place(view)
    dx, dy = (geometry.x - old.x) * place.scale, (geometry.y - old.y) * place.scale
    shifted = place._replace(left=place.left + dx, top=place.top + dy)
    looks = {int(table.looks[row]): paint_for(int(row)) for row in rows}
    paints = [looks.get(number, next(iter(looks.values()))) for number in range(max(looks) + 1)]
    painter.save()
    painter.scale(1 / view.dpr, 1 / view.dpr)
    clip = QRect(0, 0, round(view.room[0] * view.dpr), round(view.room[1] * view.dpr))
    draw_outlines(painter, table, rows, shifted, clip, paints, paints[0], over=True)
    painter.restore()


def handle_rects(geometry: Geometry, view: View, side: int) -> list[QRect]:
    """The squares of a rectangle's handles in logical pixels."""
    found = []
    for x, y in handle_points(geometry, view.zoom).values():
        at = view.to_screen(x, y)
        found.append(QRect(round(at[0] - side / 2), round(at[1] - side / 2), side, side))
    return found


def draw_handles(painter: QPainter, theme: Theme, geometry: Geometry, view: View) -> None:
    """White squares with a dark rim."""
    tokens = theme.tokens
    for rect in handle_rects(geometry, view, tokens.sizes.handle):
        painter.fillRect(rect, tokens.media.handle_rim)
        painter.fillRect(rect.adjusted(1, 1, -1, -1), tokens.media.handle)


def draw_lock(painter: QPainter, theme: Theme, geometry: Geometry, view: View) -> None:
    """The glyph of a locked shape, in its top-right corner."""
    tokens = theme.tokens
    right = max(x for x, _ in corners_of(geometry))
    top = min(y for _, y in corners_of(geometry))
    x, y = (round(one) for one in view.to_screen(right, top))
    rect = QRect(x - _LOCK - 2, y + 2, _LOCK, _LOCK)
    radius = tokens.sizes.radius_small
    draw_panel(painter, rect, tokens.media.prediction_tag, tokens.media.prediction, radius)
    draw_icon(painter, theme, rect, "lock", tokens.media.prediction, 14)


def draw_crosshair(painter: QPainter, x: float, y: float, view: View, theme: Theme) -> None:
    """Two lines through a point, across the whole viewport, seen on light and on dark."""
    ground, line = QColor(theme.tokens.media.handle_rim), QColor(theme.tokens.media.handle)
    solid = theme.tokens.is_high_contrast
    ground.setAlpha(255 if solid else _LINE_GROUND)
    line.setAlpha(255 if solid else _LINE)
    left, top = round(x), round(y)
    wide, high = view.room
    for colour, width in ((ground, 3), (line, 1)):
        half = width // 2
        painter.fillRect(QRect(0, top - half, wide, width), colour)
        painter.fillRect(QRect(left - half, 0, width, high), colour)


def draw_band(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """The rubber band that selects what lies in it."""
    tokens = theme.tokens
    fill = QColor(tokens.accent)
    fill.setAlpha(40)
    painter.save()
    painter.setPen(QPen(tokens.media.handle_rim, 3))
    painter.drawRect(rect)
    painter.setPen(QPen(tokens.media.handle, 1))
    painter.setBrush(fill)
    painter.drawRect(rect)
    painter.restore()


def _place(view: View) -> Place:
    dpr = view.dpr
    return Place(view.zoom * dpr, round(view.left * dpr), round(view.top * dpr), dpr)
