"""What the mouse does on a timeline: seeks, chooses, draws new stretches, drags edges, zooms, pans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from labeler.kit.timeline.axis import TimeAxis
from labeler.kit.timeline.marks import TimeMark
from labeler.kit.timeline.rows import Rows

__all__ = ["Drawn", "Pointer", "Stage"]

_HIT = 12
"""Pixels at each side of an edge that take hold of it."""
_STILL = 4
"""Pixels a press may move and still be a click."""
_WHEEL = 1.0015
"""Zoom for each eighth of a degree of the wheel: 120 of them are a notch."""

Part = Literal["ruler", "wave", "lane", "names", ""]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stretch a hand is drawing, in a lane or ("") in the wave."""

    start: int
    end: int
    lane: str = ""


class Stage(Protocol):
    """The timeline, as far as the mouse needs it."""

    axis: TimeAxis

    @property
    def rows(self) -> Rows:
        """Where the parts lie."""

    @property
    def chosen(self) -> TimeMark | None:
        """The chosen mark."""

    @property
    def editable(self) -> bool:
        """Whether stretches may be drawn and edges dragged."""

    @property
    def two_clicks(self) -> bool:
        """Whether two clicks in the wave draw a stretch; a click there seeks otherwise."""

    def mark_at(self, place: QPointF) -> TimeMark | None:
        """The mark under a place."""

    def lane_at(self, y: float) -> str:
        """The lane at a height, "" for none."""

    def say_seek(self, time: int) -> None:
        """The playhead is wanted at a time."""

    def say_chosen(self, mark: TimeMark | None, *, activated: bool = False) -> None:
        """A mark was clicked, or double clicked."""

    def say_drawn(self, drawn: Drawn) -> None:
        """A stretch was drawn to its end."""

    def say_moved(self, mark: TimeMark, start: int, end: int) -> None:
        """An edge was dragged to its end."""

    def show_gesture(self, drawn: Drawn | None, *, moved: bool = False) -> None:
        """A stretch is being drawn, an edge ``moved``, or nothing any more."""

    def show_cursor(self, shape: Qt.CursorShape) -> None:
        """What the pointer looks like here."""

    def hover(self, mark: TimeMark | None) -> None:
        """The mark under the pointer."""

    def scroll_lanes(self, pixels: int) -> None:
        """Move the lanes that do not fit."""


class Pointer:
    """The mouse's gestures; one at a time."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._press: QPointF | None = None
        self._part: Part = ""
        self._edge: Literal["", "start", "end"] = ""
        self._mark: TimeMark | None = None
        self._gesture: Drawn | None = None
        self._panning: float | None = None
        self.anchor: tuple[int, str] | None = None
        """Where the first of two clicks was: its time and lane."""

    @property
    def busy(self) -> bool:
        """Whether a drag is under way."""
        return self._gesture is not None

    def let_go(self) -> None:
        """Drop what is under way without a result."""
        self._press, self._part, self._edge, self._gesture = None, "", "", None
        self._mark = self._panning = self.anchor = None
        self._stage.show_gesture(None)

    # mouse

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        place = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = place.x()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._press, self._part = place, self._part_at(place)
        self._edge = self._edge_at(place)
        self._mark = self._stage.chosen if self._edge else None
        if self._part == "ruler":
            self._stage.say_seek(self._time(place))

    def move(self, event: QMouseEvent) -> None:
        """The mouse moved, with or without a button held."""
        place = event.position()
        if self._panning is not None:
            self._stage.axis.scroll(self._panning - place.x())
            self._panning = place.x()
        elif self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(place)
        else:
            self._look(place)

    def release(self, event: QMouseEvent) -> None:
        """A button went up: what was under way is done."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = None
            return
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        gesture, mark, edge = self._gesture, self._mark, self._edge
        press, part = self._press, self._part
        self._press, self._part, self._edge = None, "", ""
        self._gesture, self._mark = None, None
        if gesture is not None:
            self._stage.show_gesture(None)
            if mark is not None and edge:
                self._stage.say_moved(mark, gesture.start, gesture.end)
            elif gesture.end > gesture.start:
                self.anchor = None
                self._stage.say_drawn(gesture)
        elif not edge or part == "ruler":
            self._click(press, part)

    def double_click(self, event: QMouseEvent) -> None:
        """Twice in a row on a mark."""
        mark = self._stage.mark_at(event.position())
        if mark is not None and self._part_at(event.position()) == "lane":
            self._stage.say_chosen(mark, activated=True)
        else:
            self.press(event)

    def wheel(self, event: QWheelEvent) -> None:
        """The wheel zooms at the pointer; with Shift, or sideways, it pans; over names it scrolls."""
        rows, axis = self._stage.rows, self._stage.axis
        delta, place = event.angleDelta(), event.position()
        if self._part_at(place) == "names":
            self._stage.scroll_lanes(-delta.y() // 2)
        elif delta.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            axis.scroll(-(delta.x() or delta.y()))
        elif delta.y():
            axis.zoom(_WHEEL ** delta.y(), place.x() - rows.ruler.x())
        event.accept()

    # what it means

    def _time(self, place: QPointF) -> int:
        # A click means the middle of its pixel.
        return self._stage.axis.sample_time(place.x() - self._stage.rows.ruler.x() + 0.5)

    def _part_at(self, place: QPointF) -> Part:
        rows, at = self._stage.rows, place.toPoint()
        parts: tuple[tuple[Part, QRect], ...] = (
            ("names", rows.names),
            ("ruler", rows.ruler),
            ("wave", rows.wave),
            ("lane", rows.lanes_area),
        )
        return next((name for name, rect in parts if rect.contains(at)), "")

    def _edge_at(self, place: QPointF) -> Literal["", "start", "end"]:
        chosen = self._stage.chosen
        if chosen is None or not self._stage.editable or chosen.start == chosen.end:
            return ""
        part = self._part_at(place)
        x = place.x() - self._stage.rows.ruler.x()
        if part not in ("wave", "lane"):
            # The upper end of a grip reaches into the ruler.
            grip = part == "ruler" and place.y() >= self._stage.rows.wave.y() - 4
            if not grip:
                return ""
        start = abs(self._stage.axis.x_of(chosen.start) - x)
        end = abs(self._stage.axis.x_of(chosen.end) - x)
        if min(start, end) > _HIT:
            return ""
        return "start" if start < end else "end"

    def _look(self, place: QPointF) -> None:
        stage, part = self._stage, self._part_at(place)
        if self._edge_at(place):
            stage.show_cursor(Qt.CursorShape.SizeHorCursor)
            stage.hover(None)
            return
        mark = stage.mark_at(place) if part == "lane" else None
        stage.hover(mark)
        if mark is not None:
            stage.show_cursor(Qt.CursorShape.PointingHandCursor)
        elif part == "wave" and stage.two_clicks and stage.editable:
            stage.show_cursor(Qt.CursorShape.CrossCursor)
        else:
            stage.show_cursor(Qt.CursorShape.ArrowCursor)
        if self.anchor is not None:
            self._stretch(self.anchor[0], self._time(place), self.anchor[1], held=False)

    def _drag(self, place: QPointF) -> None:
        stage = self._stage
        assert self._press is not None
        if self._part == "ruler" and not self._edge:
            stage.say_seek(self._time(place))
            return
        far = abs(place.x() - self._press.x()) >= _STILL
        if self._gesture is None and not far:
            return
        if self._mark is not None:
            self._drag_edge(place)
        elif stage.editable and self._part in ("wave", "lane"):
            on_mark = self._part == "lane" and stage.mark_at(self._press) is not None
            if self._gesture is not None or not on_mark:
                lane = stage.lane_at(self._press.y()) if self._part == "lane" else ""
                self._stretch(self._time(self._press), self._time(place), lane, held=True)

    def _drag_edge(self, place: QPointF) -> None:
        mark = self._mark
        assert mark is not None
        time = self._time(place)
        start, end = mark.start, mark.end
        # A step of a sample at least: an edge does not pass the other one.
        least = max(1, round(1_000_000 / self._stage.axis.rate))
        if self._edge == "start":
            start = min(time, end - least)
        else:
            end = max(time, start + least)
        self._gesture = Drawn(max(0, start), end, mark.lane)
        self._stage.show_gesture(self._gesture, moved=True)

    def _stretch(self, first: int, second: int, lane: str, *, held: bool) -> None:
        drawn = Drawn(min(first, second), max(first, second), lane)
        if held:
            self._gesture = drawn
        self._stage.show_gesture(drawn)

    def _click(self, place: QPointF, part: Part) -> None:
        stage = self._stage
        time = self._time(place)
        if part == "lane":
            mark = stage.mark_at(place)
            stage.say_chosen(mark)
            if mark is None:
                self._click_wave(time, stage.lane_at(place.y()))
        elif part == "wave":
            self._click_wave(time, "")

    def _click_wave(self, time: int, lane: str) -> None:
        stage = self._stage
        if not (stage.two_clicks and stage.editable):
            stage.say_seek(time)
            return
        if self.anchor is None:
            self.anchor = (time, lane)
            stage.say_seek(time)
            self._stretch(time, time, lane, held=False)
            return
        first, lane = self.anchor
        self.anchor = None
        stage.show_gesture(None)
        if first != time:
            stage.say_drawn(Drawn(min(first, time), max(first, time), lane))
