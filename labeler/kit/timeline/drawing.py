"""Painting the parts of a timeline that do not move with the playhead: all of them, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from labeler.kit.paint import draw_label_line, draw_panel, draw_text, text_width
from labeler.kit.theme import Theme
from labeler.kit.timeline.axis import TimeAxis
from labeler.kit.timeline.direction import draw_in_its_direction, draw_name
from labeler.kit.timeline.marks import Lane, LaneMarks, TimeMark
from labeler.kit.timeline.rows import Rows
from labeler.kit.timeline.ticks import clock_text, decimals_of, step_for, ticks
from labeler.kit.timeline.wave import WaveCache, WaveSource

__all__ = ["GRIP", "Scene", "draw_playhead", "draw_scene", "visible_rect"]

GRIP = (8, 14)
"""Width and height of the grip of a chosen mark's edge."""
_NAME_EDGE, _SWATCH, _GAP = 12, 16, 8
_BOX_EDGE = 6
_TEXT_FROM = 24
_SPEAKER_LINE = 3
_TICK, _SMALL_TICK = 8, 5
_TICK_ROOM = 32
_HEAD = 12
_LEAST_BOX = 2
_LEAST_TO_SEE = 5
"""Pixels from which a box is drawn as a box."""


@dataclass(slots=True)
class Scene:
    """What is drawn: everything but the playhead and what a hand is just drawing."""

    theme: Theme
    axis: TimeAxis
    rows: Rows
    lanes: Sequence[Lane]
    marks: Mapping[str, LaneMarks]
    source: WaveSource | None
    wave: WaveCache
    gain: float
    chosen: TimeMark | None
    hovered: str
    wave_title: str
    note: str


def visible_rect(axis: TimeAxis, row: QRect, mark: TimeMark) -> QRect:
    """The columns of a mark in a row, at least two pixels wide, cut a little outside the row."""
    left = max(-8, min(row.width() + 8, axis.pixel_of(mark.start)))
    right = max(-8, min(row.width() + 8, axis.pixel_of(mark.end)))
    return QRect(row.x() + left, row.y(), max(_LEAST_BOX, right - left), row.height())


def draw_scene(painter: QPainter, scene: Scene, bounds: QRect) -> None:
    """Paint everything into ``bounds``."""
    tokens, rows = scene.theme.tokens, scene.rows
    painter.fillRect(bounds, tokens.surface)
    painter.save()
    painter.setClipRect(rows.time)
    _draw_band(painter, scene)
    _draw_wave(painter, scene)
    painter.setClipRect(rows.lanes_area)
    for lane, row in zip(scene.lanes, rows.lanes, strict=True):
        if row.intersects(rows.lanes_area):
            _draw_lane(painter, scene, lane, row)
    painter.setClipRect(rows.time)
    _draw_ruler(painter, scene)
    _draw_edges(painter, scene)
    painter.restore()
    _draw_names(painter, scene)
    for y in (rows.ruler.bottom(), rows.wave.bottom(), bounds.bottom()):
        painter.fillRect(QRect(bounds.x(), y, bounds.width(), 1), tokens.border)
    inner = rows.names.right() if rows.names.x() == bounds.x() else rows.names.x()
    painter.fillRect(QRect(inner, bounds.y(), 1, bounds.height()), tokens.border)


def _draw_band(painter: QPainter, scene: Scene) -> None:
    if scene.chosen is None or scene.chosen.start == scene.chosen.end:
        return
    rows = scene.rows
    band = visible_rect(scene.axis, rows.wave.united(rows.lanes_area), scene.chosen)
    painter.fillRect(band, scene.theme.tokens.accent_soft)


def _draw_wave(painter: QPainter, scene: Scene) -> None:
    tokens, place = scene.theme.tokens, scene.rows.wave
    colours = (tokens.wave, tokens.wave_rms, tokens.wave)
    if scene.source is None or scene.axis.duration <= 0:
        middle = place.y() + place.height() // 2
        painter.fillRect(QRect(place.x(), middle, place.width(), 1), tokens.border_strong)
    else:
        scene.wave.draw(painter, place, scene.source, scene.axis, scene.gain, colours)
    if scene.note:
        middle_ = Qt.AlignmentFlag.AlignHCenter
        lower = QRect(place.x(), place.center().y(), place.width(), place.height() // 2)
        draw_text(painter, scene.theme, lower, scene.note, tokens.text_2, "ui", middle_)


def _draw_ruler(painter: QPainter, scene: Scene) -> None:
    theme, tokens, axis, row = scene.theme, scene.theme.tokens, scene.axis, scene.rows.ruler
    painter.fillRect(row, tokens.surface)
    if axis.duration <= 0:
        return
    # A finer step has longer words, so the room is measured twice.
    room = text_width(theme, clock_text(axis.duration, 0), "mono") + _TICK_ROOM
    step = step_for(axis.per_pixel, room)
    words = clock_text(axis.duration, decimals_of(step))
    room = text_width(theme, words, "mono") + _TICK_ROOM
    base = row.bottom()
    for tick in ticks(axis.start, axis.end, axis.per_pixel, room):
        x = row.x() + axis.pixel_of(tick.time)
        tall = _TICK if tick.text else _SMALL_TICK
        painter.fillRect(QRect(x, base - tall, 1, tall), tokens.border_strong)
        if tick.text and tick.time <= axis.duration:
            place = QRect(x + 4, row.y(), room, row.height() - 4)
            draw_text(painter, theme, place, tick.text, tokens.text_2, "mono", _ABSOLUTE)


_ABSOLUTE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute


def _draw_lane(painter: QPainter, scene: Scene, lane: Lane, row: QRect) -> None:
    tokens = scene.theme.tokens
    painter.fillRect(QRect(row.x(), row.bottom(), row.width(), 1), tokens.border)
    marks = scene.marks.get(lane.id)
    if marks is None:
        return
    line = tokens.label_colour(lane.colour).surface if lane.colour is not None else tokens.text_2
    air = max(2, min(6, (row.height() - scene.theme.line("ui")) // 5))
    box = row.adjusted(0, air, 0, -air - 1)
    narrow, wide = marks.drawn(scene.axis, row.width(), _LEAST_TO_SEE)
    # Of boxes a few pixels wide their places are all that can be seen, in one go.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(line)
    tall = box.height() // 2
    painter.drawRects(
        [QRect(row.x() + left, box.y() + tall // 2, count, tall) for left, count in narrow]
    )
    time = scene.rows.time.x()
    for mark in wide:
        _draw_mark(painter, scene, visible_rect(scene.axis, box, mark), mark, line, time)
    chosen = scene.chosen
    if narrow and chosen is not None and chosen.lane == lane.id:
        _draw_mark(painter, scene, visible_rect(scene.axis, box, chosen), chosen, line, time)


def _draw_mark(
    painter: QPainter, scene: Scene, box: QRect, mark: TimeMark, line: QColor, time: int
) -> None:
    tokens = scene.theme.tokens
    chosen = scene.chosen is not None and scene.chosen.id == mark.id
    if mark.start == mark.end:
        _draw_moment(painter, scene, box, mark, line, chosen)
        return
    if mark.dashed:
        fill, rim = tokens.surface, tokens.prediction
    else:
        fill, rim = tokens.surface, tokens.border_strong
    if mark.id == scene.hovered:
        fill = tokens.hover
    if chosen:
        fill, rim = tokens.selection, tokens.accent
    if mark.warned and not chosen:
        rim = tokens.warn
    radius = tokens.sizes.radius_small if box.width() > 8 else 0
    draw_panel(painter, box, fill, rim, radius, width=2 if chosen else 1, dashed=mark.dashed)
    if not mark.dashed:
        under = QRect(box.x() + 1, box.bottom() - _SPEAKER_LINE + 1, box.width() - 2, 3)
        painter.fillRect(under, line)
    inner = box.adjusted(_BOX_EDGE, 0, -_BOX_EDGE, -_SPEAKER_LINE)
    left = max(inner.x(), time + _BOX_EDGE)
    inner.setLeft(min(left, inner.right()))
    if mark.warned and inner.width() >= _TEXT_FROM:
        ink = tokens.warn
        painter.fillRect(QRect(inner.x() - 2, box.y() + 4, 3, box.height() - 10), ink)
        inner.adjust(_BOX_EDGE, 0, 0, 0)
    if mark.text and box.width() >= _TEXT_FROM and inner.width() >= _TEXT_FROM // 2:
        ink = tokens.prediction if mark.dashed else tokens.text
        draw_in_its_direction(painter, scene.theme, inner, mark.text, ink)


def _draw_moment(
    painter: QPainter, scene: Scene, box: QRect, mark: TimeMark, line: QColor, chosen: bool
) -> None:
    """A point in time: a diamond on an upright, its text beside it."""
    tokens = scene.theme.tokens
    x, y, half = box.x() + 0.5, box.center().y() + 0.5, 6.5
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(tokens.accent if chosen else line, 2 if chosen else 1.5)
    if mark.dashed:
        pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, box.y()), QPointF(x, box.bottom()))
    painter.setBrush(tokens.selection if chosen else tokens.surface)
    diamond = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    painter.drawPolygon(QPolygonF([QPointF(*one) for one in diamond]))
    painter.restore()


def _draw_edges(painter: QPainter, scene: Scene) -> None:
    chosen = scene.chosen
    if chosen is None or chosen.start == chosen.end:
        return
    tokens, rows, axis = scene.theme.tokens, scene.rows, scene.axis
    width, height = GRIP
    for time in (chosen.start, chosen.end):
        x = axis.pixel_of(time)
        if not -width <= x <= axis.width + width:
            continue
        x += rows.ruler.x()
        bottom = rows.lanes_area.bottom()
        painter.fillRect(QRect(x - 1, rows.wave.y(), 2, bottom - rows.wave.y()), tokens.accent)
        grip = QRect(x - width // 2, rows.wave.y() - 2, width, height)
        draw_panel(painter, grip, tokens.accent, None, 2)


def _draw_names(painter: QPainter, scene: Scene) -> None:
    theme, tokens, rows = scene.theme, scene.theme.tokens, scene.rows
    painter.save()
    start = rows.names.x() + _NAME_EDGE
    width = rows.names.width() - 2 * _NAME_EDGE
    wave = QRect(start, rows.wave.y(), width, rows.wave.height())
    draw_text(painter, theme, wave, scene.wave_title, tokens.text_2)
    painter.setClipRect(
        QRect(rows.names.x(), rows.lanes_area.y(), rows.names.width(), rows.lanes_area.height())
    )
    for lane, row in zip(scene.lanes, rows.lanes, strict=True):
        title = QRect(start, row.y(), width, row.height())
        painter.fillRect(QRect(rows.names.x(), row.bottom(), rows.names.width(), 1), tokens.border)
        if lane.colour is not None:
            swatch = QRect(title.x(), title.y(), _SWATCH, title.height())
            if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                swatch.moveRight(title.right())
                title.adjust(0, 0, -_SWATCH - _GAP, 0)
            else:
                title.adjust(_SWATCH + _GAP, 0, 0, 0)
            draw_label_line(painter, swatch, tokens.label_colour(lane.colour))
        draw_name(painter, theme, title, lane.title, tokens.text, "ui_strong")
    painter.restore()


def draw_playhead(painter: QPainter, theme: Theme, rows: Rows, x: int) -> None:
    """The playhead whose moment is at pixel ``x`` of the axis: above everything."""
    ink = theme.tokens.playhead
    left = rows.ruler.x() + x
    base = rows.ruler.bottom()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bottom = rows.lanes_area.bottom() + 1
    painter.fillRect(QRectF(left, base, 1.5, bottom - base), ink)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    middle, half = left + 0.75, _HEAD / 2
    head = [
        (middle - half, base - _HEAD + 2),
        (middle + half, base - _HEAD + 2),
        (middle + half, base - half + 2),
        (middle, base + 2),
        (middle - half, base - half + 2),
    ]
    painter.drawPolygon(QPolygonF([QPointF(*one) for one in head]))
    painter.restore()
