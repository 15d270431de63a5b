"""The timeline widget: wave and lanes on one time axis, with a playhead that moves over them.

Everything but the playhead is painted once into a picture and kept until it changes, so that playing
costs two narrow strips a frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.focus import keyboard_in_use
from labeler.kit.paint import draw_focus_inset, painter_for
from labeler.kit.theme import Themed
from labeler.kit.timeline.axis import TimeAxis
from labeler.kit.timeline.drawing import Scene, draw_playhead, draw_scene, visible_rect
from labeler.kit.timeline.marks import Lane, LaneMarks, TimeMark
from labeler.kit.timeline.pointer import Drawn, Pointer
from labeler.kit.timeline.rows import Rows, least_height, natural_height, rows_of
from labeler.kit.timeline.ticks import clock_text
from labeler.kit.timeline.wave import WaveCache, WaveSource

__all__ = ["Timeline"]

_HEAD_ROOM = 8
_GAINS = (0.25, 32.0)
_FAINTEST = 0.05
"""Nothing quieter is drawn as if it were loud: it would be noise."""


class Timeline(Themed, QWidget):
    """Shows a medium over time; see ``labeler.kit.timeline``.

    ``seeked`` carries the time of a click, ``chosen_changed`` the id of a clicked mark ("" for none),
    ``activated`` that of a double clicked one, ``drawn`` (start, end, lane) a new stretch, ``moved``
    (id, start, end) where an edge was dragged to. It changes no mark itself.
    """

    seeked = Signal(object)
    chosen_changed = Signal(str)
    activated = Signal(str)
    drawn = Signal(object, object, str)
    moved = Signal(str, object, object)

    def __init__(self, name: str, wave_title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.axis = TimeAxis(self)
        self.wave_title = wave_title
        self._lanes: tuple[Lane, ...] = ()
        self._marks: dict[str, LaneMarks] = {}
        self._by_id: dict[str, TimeMark] = {}
        self._source: WaveSource | None = None
        self._chosen = ""
        self._hovered = ""
        self._note = ""
        self._gain = 1.0
        self._level = 1.0
        self._playhead = 0
        self._pending: int | None = None
        self._gesture: Drawn | None = None
        self._moving = False
        self._scrolled = 0
        self._picture: QPixmap | None = None
        self._wave = WaveCache()
        self._rows: Rows | None = None
        self._editable = False
        self.two_clicks = False
        self._pointer = Pointer(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(name)
        self.init_theme()
        self.axis.changed.connect(self.refresh)

    # what is shown

    def set_source(self, source: WaveSource | None, note: str = "") -> None:
        """Show another wave; ``note`` is written over the middle where there is none yet."""
        self._source, self._note = source, note
        self.refresh_wave()

    def set_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show these lanes, from above."""
        if tuple(lanes) != self._lanes:
            self._lanes = tuple(lanes)
            self._rows = None
            self.updateGeometry()
            self._fit_axis()
            self.refresh()

    def set_marks(self, marks: Iterable[TimeMark]) -> None:
        """Show these marks in place of all others; those of unknown lanes are not drawn."""
        by_lane: dict[str, list[TimeMark]] = {}
        self._by_id = {}
        for mark in marks:
            by_lane.setdefault(mark.lane, []).append(mark)
            self._by_id[mark.id] = mark
        before, self._marks = self._marks, {}
        for lane, found in by_lane.items():
            known = before.get(lane)
            same = known is not None and known.holds(found)
            self._marks[lane] = known if known is not None and same else LaneMarks(found)
        self.refresh()

    def replace_mark(self, mark: TimeMark) -> None:
        """Show one mark with another text, its lane and times being the same."""
        old, marks = self._by_id.get(mark.id), self._marks.get(mark.lane)
        if old is not None and marks is not None and marks.replace(old, mark):
            self._by_id[mark.id] = mark
            self.refresh()

    def describe_playhead(self) -> None:
        """Tell screen readers where the playhead is: where it came to rest, not all it passes."""
        self.setAccessibleDescription(clock_text(self._playhead))

    def mark(self, ident: str) -> TimeMark | None:
        """The mark with this id, or None."""
        return self._by_id.get(ident)

    @property
    def marks(self) -> Mapping[str, TimeMark]:
        """All marks by id."""
        return self._by_id

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes, from above."""
        return self._lanes

    @property
    def chosen(self) -> TimeMark | None:
        """The chosen mark, or None."""
        return self._by_id.get(self._chosen)

    def set_chosen(self, ident: str, *, reveal: bool = False) -> None:
        """Choose a mark, or none; ``reveal`` brings it into view."""
        self._chosen = ident
        mark = self.chosen
        if mark is not None and reveal:
            self.axis.reveal(mark.start, mark.end)
            self._reveal_lane(mark.lane)
        self.refresh()

    @property
    def editable(self) -> bool:
        """Whether stretches may be drawn and edges dragged."""
        return self._editable

    def set_editable(self, editable: bool) -> None:
        """Let stretches be drawn and edges be dragged, or only let it be looked at."""
        self._editable = editable
        if not editable:
            self._pointer.let_go()
        self.refresh()

    @property
    def gain(self) -> float:
        """How many times higher than usual the person wants the wave."""
        return self._gain

    def set_gain(self, gain: float) -> None:
        """Draw the wave higher or lower."""
        self._gain = max(_GAINS[0], min(_GAINS[1], gain))
        self.refresh()

    def set_level(self, loudest: float) -> None:
        """Let the loudest sample (0 to 1) reach the edge, so that quiet recordings are seen too."""
        self._level = 1.0 / max(_FAINTEST, min(1.0, loudest)) if loudest > 0 else 1.0

    @property
    def scale(self) -> float:
        """How many times higher than its samples the wave is drawn, in all."""
        return self._gain * self._level

    @property
    def playhead(self) -> int:
        """Where the playhead is drawn."""
        return self._playhead

    def set_playhead(self, time: int) -> None:
        """Draw the playhead at a time; only the strips it leaves and enters are painted."""
        if time == self._playhead:
            return
        old, self._playhead = self._playhead, time
        if self._pending is not None:
            self.update(self._strip(min(old, self._pending), max(time, self._pending)))
        for one in (old, time):
            self.update(self._strip(one, one))

    def set_pending(self, start: int | None) -> None:
        """A stretch begins here and grows with the playhead; None when it is done or dropped."""
        self._pending = start
        self.update()

    @property
    def pending(self) -> int | None:
        """Where the stretch that grows with the playhead begins."""
        return self._pending

    @property
    def is_drawing(self) -> bool:
        """Whether a stretch is being drawn, or the first of two clicks was made."""
        return self._gesture is not None or self._pointer.anchor is not None

    def let_go(self) -> bool:
        """Drop a stretch being drawn, or the first of two clicks; whether there was one."""
        there = self.is_drawing
        self._pointer.let_go()
        return there

    def refresh_wave(self) -> None:
        """The source has something new: paint the wave anew too."""
        self._wave.forget()
        self.refresh()

    def refresh(self) -> None:
        """Paint everything anew at the next chance."""
        self._picture = None
        self.update()

    # where things are

    @property
    def rows(self) -> Rows:
        """Where the parts lie."""
        if self._rows is None:
            way = self.layoutDirection()
            self._rows = rows_of(
                self.theme, self.rect(), self._lanes, self.wave_title, way, self._scrolled
            )
        return self._rows

    def x_of(self, time: int) -> int:
        """The column of this widget that shows a time."""
        return self.rows.ruler.x() + self.axis.pixel_of(time)

    def mark_rect(self, ident: str) -> QRect:
        """Where a mark is drawn; empty for an unknown one."""
        mark = self._by_id.get(ident)
        for lane, row in zip(self._lanes, self.rows.lanes, strict=True):
            if mark is not None and lane.id == mark.lane:
                return visible_rect(self.axis, row, mark)
        return QRect()

    def lane_at(self, y: float) -> str:
        """The lane at a height, "" for none."""
        for lane, row in zip(self._lanes, self.rows.lanes, strict=True):
            if row.top() <= y <= row.bottom():
                return lane.id
        return ""

    def mark_at(self, place: QPointF) -> TimeMark | None:
        """The mark under a place of the lanes; of several the shortest."""
        marks = self._marks.get(self.lane_at(place.y()))
        if marks is None:
            return None
        x = place.x() - self.rows.ruler.x()
        reach = 6 * self.axis.per_pixel
        time = self.axis.start + (x + 0.5) * self.axis.per_pixel
        found = [
            mark
            for mark in marks.between(time - reach, time + reach)
            if mark.start <= time < mark.end or (mark.start == mark.end)
        ]
        return min(found, key=lambda mark: mark.end - mark.start, default=None)

    # what the pointer says

    def say_seek(self, time: int) -> None:
        """The playhead is wanted at a time."""
        self.seeked.emit(time)

    def say_chosen(self, mark: TimeMark | None, *, activated: bool = False) -> None:
        """A mark was clicked or double clicked."""
        ident = mark.id if mark is not None else ""
        self.chosen_changed.emit(ident)
        if activated and ident:
            self.activated.emit(ident)

    def say_drawn(self, drawn: Drawn) -> None:
        """A stretch was drawn to its end."""
        self.drawn.emit(drawn.start, drawn.end, drawn.lane)

    def say_moved(self, mark: TimeMark, start: int, end: int) -> None:
        """An edge was dragged to its end."""
        self.moved.emit(mark.id, start, end)

    def show_gesture(self, drawn: Drawn | None, *, moved: bool = False) -> None:
        """A stretch is being drawn, an edge moved, or nothing any more."""
        if drawn != self._gesture or moved != self._moving:
            self._gesture, self._moving = drawn, moved
            self.update()

    def show_cursor(self, shape: Qt.CursorShape) -> None:
        """What the pointer looks like here."""
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def hover(self, mark: TimeMark | None) -> None:
        """The mark under the pointer."""
        ident = mark.id if mark is not None else ""
        if ident != self._hovered:
            self._hovered = ident
            self.setToolTip(mark.text if mark is not None else "")
            self.refresh()

    def scroll_lanes(self, pixels: int) -> None:
        """Move the lanes that do not fit."""
        self._scrolled = max(0, min(self.rows.overflow, self._scrolled + pixels))
        self._rows = None
        self.refresh()

    def _reveal_lane(self, lane_id: str) -> None:
        area = self.rows.lanes_area
        for lane, row in zip(self._lanes, self.rows.lanes, strict=True):
            if lane.id == lane_id:
                above, below = area.top() - row.top(), row.bottom() - area.bottom()
                self.scroll_lanes(-above if above > 0 else max(0, below))

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(600, natural_height(self.theme, max(1, len(self._lanes))))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, least_height(self.theme))

    def theme_changed(self) -> None:
        super().theme_changed()
        self._rows = None
        self._fit_axis()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rows = None
        self._fit_axis()
        self.refresh()

    def _fit_axis(self) -> None:
        self.axis.set_width(self.rows.ruler.width())

    def _strip(self, first: int, last: int) -> QRect:
        left, right = self.x_of(first), self.x_of(last)
        return QRect(left - _HEAD_ROOM, 0, right - left + 2 * _HEAD_ROOM, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        scale = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != scale:
            self._picture = self._paint_picture(scale)
        painter = painter_for(self)
        source = QRect(event.rect())
        whole = QRect(
            round(source.x() * scale),
            round(source.y() * scale),
            round(source.width() * scale),
            round(source.height() * scale),
        )
        painter.drawPixmap(source, self._picture, whole)
        painter.save()
        painter.setClipRect(self.rows.time)
        self._paint_overlay(painter)
        painter.restore()
        if self.hasFocus() and keyboard_in_use(self):
            draw_focus_inset(painter, self.theme, self.rect())
        painter.end()

    def _paint_picture(self, scale: float) -> QPixmap:
        picture = QPixmap(round(self.width() * scale), round(self.height() * scale))
        picture.setDevicePixelRatio(scale)
        painter = QPainter(picture)
        painter.setLayoutDirection(self.layoutDirection())
        scene = Scene(
            theme=self.theme,
            axis=self.axis,
            rows=self.rows,
            lanes=self._lanes,
            marks=self._marks,
            source=self._source,
            wave=self._wave,
            gain=self.scale,
            chosen=self.chosen,
            hovered=self._hovered,
            wave_title=self.wave_title,
            note=self._note,
        )
        draw_scene(painter, scene, self.rect())
        painter.end()
        return picture

    def _paint_overlay(self, painter: QPainter) -> None:
        tokens, rows = self.theme.tokens, self.rows
        drawn = self._gesture
        if drawn is None and self._pending is not None:
            first, last = sorted((self._pending, self._playhead))
            drawn = Drawn(first, last)
        if drawn is not None:
            left, right = self.x_of(drawn.start), self.x_of(drawn.end)
            body = rows.wave.united(rows.lanes_area)
            band = QRect(left, body.y(), max(1, right - left), body.height())
            shade = tokens.accent
            painter.save()
            painter.setOpacity(0.16)
            painter.fillRect(band, shade)
            painter.restore()
            for x in (left, right):
                painter.fillRect(QRect(x - 1, body.y(), 2, body.height()), shade)
        x = self.axis.pixel_of(self._playhead)
        if -_HEAD_ROOM < x < rows.ruler.width() + _HEAD_ROOM:
            draw_playhead(painter, self.theme, rows, x)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._pointer.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.let_go():
            return
        super().keyPressEvent(event)
