"""The timeline draws a sample at its pixel, and hands choose, draw and drag with real events."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.kit.theme import Theme
from labeler.kit.timeline import Columns, Lane, LaneMarks, Minimap, Timeline, TimeMark
from labeler.media.peaks import columns_of

SECOND = 1_000_000
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Samples:
    """A source that has every sample at hand."""

    def __init__(self, samples: np.ndarray) -> None:
        self.all = samples.astype(np.float32)

    def columns(self, edges: np.ndarray) -> Columns:
        first = max(0, int(edges[0]))
        return Columns(*columns_of(self.all[first : int(edges[-1])], first, edges))

    def samples(self, start: int, count: int) -> np.ndarray:
        return self.all[start : start + count]


@pytest.fixture
def made(theme: Theme, qtbot: QtBot) -> Iterator[Callable[..., Timeline]]:
    kept: list[Timeline] = []

    def make(seconds: float = 10, rate: int = 8_000, source: Samples | None = None) -> Timeline:
        timeline = Timeline("Timeline", "Wave")
        qtbot.addWidget(timeline)
        kept.append(timeline)
        timeline.set_lanes([Lane("a", "Anna", 1), Lane("b", "Ben", 2)])
        timeline.set_marks(
            [
                TimeMark("one", "a", 1 * SECOND, 2 * SECOND, "Hello"),
                TimeMark("two", "a", 4 * SECOND, 6 * SECOND, "There"),
                TimeMark("three", "b", 1_500_000, 3 * SECOND, "Yes"),
                TimeMark("moment", "b", 8 * SECOND, 8 * SECOND, "bang"),
            ]
        )
        timeline.resize(1092, 320)
        with qtbot.waitExposed(timeline):
            timeline.show()
        timeline.axis.set_medium(round(seconds * SECOND), rate)
        timeline.set_source(source)
        timeline.set_editable(True)
        timeline.set_playhead(round(seconds * SECOND))  # out of the way of what is looked at
        return timeline

    yield make
    kept.clear()


def in_wave(timeline: Timeline, time: int) -> QPoint:
    return QPoint(timeline.x_of(time), timeline.rows.wave.center().y() - 20)


def drag(timeline: Timeline, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(timeline, LEFT, NONE, start)
    for place in (start + (end - start) / 2, end):
        at = timeline.mapToGlobal(QPointF(place))
        move = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(place), at, Qt.MouseButton.NoButton, LEFT, NONE
        )
        QApplication.sendEvent(timeline, move)
    QTest.mouseRelease(timeline, LEFT, NONE, end)


def loud_columns(timeline: Timeline, ground: QColor) -> list[int]:
    """Columns of the wave that have another colour than the ground at a third of full scale."""
    picture = timeline.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wave, scale = timeline.rows.wave, timeline.devicePixelRatioF()
    high = round((wave.y() + wave.height() // 6) * scale)
    return [
        x
        for x in range(wave.x(), wave.right() - 8)
        if picture.pixelColor(round(x * scale), high) != ground
    ]


@pytest.mark.parametrize("rate", [8_000, 44_100])
@pytest.mark.parametrize("share", [1, 5, 50, 79])
def test_a_click_is_drawn_at_the_pixel_of_its_sample(
    made: Callable[..., Timeline], theme: Theme, rate: int, share: int
) -> None:
    samples = np.zeros(10 * rate)
    sample = 3 * rate + 1234
    samples[sample] = 1.0
    timeline = made(10, rate, Samples(samples))
    time = sample * SECOND / rate
    if share > 1:
        per_pixel = 10_000 / share
        timeline.axis.set_view(time - 412.3 * per_pixel, per_pixel)
    # By arithmetic alone: the pixel is the whole part of the distance from the left edge.
    wanted = timeline.rows.wave.x() + int((time - timeline.axis.start) / timeline.axis.per_pixel)
    assert loud_columns(timeline, theme.tokens.surface) == [wanted]


def test_single_samples_are_drawn_as_stems(made: Callable[..., Timeline], theme: Theme) -> None:
    rate = 8_000
    samples = np.zeros(10 * rate)
    samples[40_000] = 1.0
    timeline = made(10, rate, Samples(samples))
    timeline.axis.zoom(1e9, timeline.axis.x_of(5 * SECOND))
    x = timeline.x_of(5 * SECOND)
    stems = loud_columns(timeline, theme.tokens.surface)
    # Samples lie 24 pixels apart: the stem stands alone between the two slopes of the line.
    assert x in stems
    assert not {x - 4, x - 3, x + 4, x + 5} & set(stems)


def test_a_click_in_the_wave_is_the_time_of_the_sample_drawn_there(
    made: Callable[..., Timeline],
) -> None:
    rate = 8_000
    timeline = made(10, rate)
    timeline.axis.set_view(2 * SECOND, 50)  # 2.5 pixels a sample
    times: list[int] = []
    timeline.seeked.connect(times.append)
    sample = 16_100
    time = sample * SECOND // rate
    place = QPoint(timeline.x_of(time), timeline.rows.wave.center().y())
    QTest.mouseClick(timeline, LEFT, NONE, place)
    assert times == [time]


def test_dragging_over_the_wave_draws_a_stretch(made: Callable[..., Timeline]) -> None:
    timeline = made()
    drawn: list[tuple[int, int, str]] = []
    timeline.drawn.connect(lambda *what: drawn.append(what))
    drag(timeline, in_wave(timeline, 3 * SECOND), in_wave(timeline, 3_500_000))
    # To the microsecond: the samples nearest to the middles of the two pixels.
    per_pixel = 10_000
    first = round((3_000_000 + per_pixel / 2) / 125) * 125
    last = round((3_500_000 + per_pixel / 2) / 125) * 125
    assert drawn == [(first, last, "")]


def test_dragging_backwards_draws_the_same(made: Callable[..., Timeline]) -> None:
    timeline = made()
    drawn: list[tuple[int, int, str]] = []
    timeline.drawn.connect(lambda *what: drawn.append(what))
    drag(timeline, in_wave(timeline, 3_500_000), in_wave(timeline, 3 * SECOND))
    assert drawn[0][0] < drawn[0][1]


def test_a_stretch_drawn_in_a_lane_belongs_to_it(made: Callable[..., Timeline]) -> None:
    timeline = made()
    drawn: list[tuple[int, int, str]] = []
    timeline.drawn.connect(lambda *what: drawn.append(what))
    y = timeline.rows.lanes[1].center().y()
    drag(timeline, QPoint(timeline.x_of(5 * SECOND), y), QPoint(timeline.x_of(6 * SECOND), y))
    assert [lane for _, _, lane in drawn] == ["b"]


def test_two_clicks_draw_a_stretch_too(made: Callable[..., Timeline]) -> None:
    timeline = made()
    timeline.two_clicks = True
    drawn: list[tuple[int, int, str]] = []
    timeline.drawn.connect(lambda *what: drawn.append(what))
    QTest.mouseClick(timeline, LEFT, NONE, in_wave(timeline, 7 * SECOND))
    assert drawn == []
    QTest.mouseClick(timeline, LEFT, NONE, in_wave(timeline, 6 * SECOND))
    assert [(round(a / SECOND), round(b / SECOND)) for a, b, _ in drawn] == [(6, 7)]


def test_escape_drops_the_first_of_two_clicks(made: Callable[..., Timeline]) -> None:
    timeline = made()
    timeline.two_clicks = True
    drawn: list[object] = []
    timeline.drawn.connect(lambda *what: drawn.append(what))
    QTest.mouseClick(timeline, LEFT, NONE, in_wave(timeline, 7 * SECOND))
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    QTest.mouseClick(timeline, LEFT, NONE, in_wave(timeline, 6 * SECOND))
    assert drawn == []
    assert timeline.is_drawing


def test_a_click_on_a_box_chooses_it_and_on_nothing_lets_go(
    made: Callable[..., Timeline],
) -> None:
    timeline = made()
    chosen: list[str] = []
    timeline.chosen_changed.connect(chosen.append)
    QTest.mouseClick(timeline, LEFT, NONE, timeline.mark_rect("three").center())
    y = timeline.rows.lanes[0].center().y()
    QTest.mouseClick(timeline, LEFT, NONE, QPoint(timeline.x_of(9 * SECOND), y))
    assert chosen == ["three", ""]


def test_of_boxes_over_one_another_the_shortest_is_meant(made: Callable[..., Timeline]) -> None:
    timeline = made()
    timeline.set_marks(
        [TimeMark("long", "a", 0, 9 * SECOND), TimeMark("short", "a", 4 * SECOND, 5 * SECOND)]
    )
    place = QPointF(timeline.x_of(4_500_000), timeline.rows.lanes[0].center().y())
    found = timeline.mark_at(place)
    assert found is not None
    assert found.id == "short"


@pytest.mark.parametrize("off", [-12, -5, 0, 11])
def test_an_edge_is_held_within_twelve_pixels_of_it(
    made: Callable[..., Timeline], off: int
) -> None:
    timeline = made()
    timeline.set_chosen("two")
    moved: list[tuple[str, int, int]] = []
    timeline.moved.connect(lambda *what: moved.append(what))
    start = in_wave(timeline, 4 * SECOND) + QPoint(off, 0)
    drag(timeline, start, in_wave(timeline, 3 * SECOND))
    [(ident, first, last)] = moved
    assert (ident, round(first / SECOND, 1), last) == ("two", 3.0, 6 * SECOND)


def test_beyond_that_a_drag_draws(made: Callable[..., Timeline]) -> None:
    timeline = made()
    timeline.set_chosen("two")
    moved: list[object] = []
    timeline.moved.connect(lambda *what: moved.append(what))
    start = in_wave(timeline, 4 * SECOND) - QPoint(14, 0)
    drag(timeline, start, in_wave(timeline, 3 * SECOND))
    assert moved == []


def test_an_edge_does_not_pass_the_other_one(made: Callable[..., Timeline]) -> None:
    timeline = made()
    timeline.set_chosen("two")
    moved: list[tuple[str, int, int]] = []
    timeline.moved.connect(lambda *what: moved.append(what))
    drag(timeline, in_wave(timeline, 4 * SECOND), in_wave(timeline, 9 * SECOND))
    assert moved == [("two", 6 * SECOND - 125, 6 * SECOND)]  # a sample at 8 kHz is 125 µs


def test_what_may_not_be_edited_is_only_chosen_and_heard(made: Callable[..., Timeline]) -> None:
    timeline = made()
    timeline.set_editable(False)
    timeline.set_chosen("two")
    happened: list[object] = []
    timeline.moved.connect(lambda *what: happened.append(what))
    timeline.drawn.connect(lambda *what: happened.append(what))
    drag(timeline, in_wave(timeline, 4 * SECOND), in_wave(timeline, 5 * SECOND))
    drag(timeline, in_wave(timeline, 1 * SECOND), in_wave(timeline, 3 * SECOND))
    assert happened == []


def test_the_wheel_zooms_at_the_pointer_and_pans_with_shift(
    made: Callable[..., Timeline],
) -> None:
    timeline = made()
    place = QPointF(in_wave(timeline, 2 * SECOND))

    def wheel(down: int, held: Qt.KeyboardModifier = NONE) -> None:
        event = QWheelEvent(
            place,
            timeline.mapToGlobal(place),
            QPoint(),
            QPoint(0, down),
            Qt.MouseButton.NoButton,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(timeline, event)

    for _ in range(10):
        wheel(120)
    assert timeline.axis.per_pixel < 10_000 / 4
    assert abs(timeline.x_of(2 * SECOND) - place.x()) <= 1
    start = timeline.axis.start
    wheel(-120, Qt.KeyboardModifier.ShiftModifier)
    assert timeline.axis.start == pytest.approx(start + 120 * timeline.axis.per_pixel)


def test_the_playhead_is_drawn_at_its_pixel(made: Callable[..., Timeline], theme: Theme) -> None:
    timeline = made()
    timeline.set_playhead(9 * SECOND)
    before = timeline.grab().toImage()
    timeline.set_playhead(2_345_678)
    picture = timeline.grab().toImage()
    y = timeline.rows.wave.y() + 10
    changed = [x for x in range(timeline.width()) if picture.pixel(x, y) != before.pixel(x, y)]
    x = timeline.x_of(2_345_678)
    assert changed[0] == x
    assert picture.pixelColor(x, y) == theme.tokens.playhead
    assert picture.pixelColor(timeline.x_of(9 * SECOND), y) == theme.tokens.surface


def test_marks_of_a_lane_are_found_by_the_stretch_in_sight() -> None:
    lane = LaneMarks(
        [TimeMark("long", "a", 0, 100), *(TimeMark(f"{n}", "a", n, n + 1) for n in range(10, 90))]
    )
    assert [mark.id for mark in lane.between(50, 51)] == ["long", "49", "50", "51"]
    assert lane.between(200, 300) == []


def test_the_names_stand_where_reading_begins(made: Callable[..., Timeline]) -> None:
    timeline = made()
    assert timeline.rows.names.x() == 0
    timeline.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    timeline._rows = None
    assert timeline.rows.names.right() == timeline.width() - 1
    # Time runs to the right all the same.
    assert timeline.x_of(1 * SECOND) < timeline.x_of(2 * SECOND)


def test_many_lanes_scroll_and_the_chosen_one_is_revealed(
    made: Callable[..., Timeline],
) -> None:
    timeline = made()
    timeline.set_lanes([Lane(f"{n}", f"Speaker {n}", n) for n in range(1, 21)])
    timeline.set_marks([TimeMark("last", "20", SECOND, 2 * SECOND)])
    area = timeline.rows.lanes_area
    assert not area.intersects(timeline.rows.lanes[-1])
    timeline.set_chosen("last", reveal=True)
    assert area.contains(timeline.rows.lanes[-1])


def test_the_minimap_goes_where_it_is_clicked(made: Callable[..., Timeline], qtbot: QtBot) -> None:
    timeline = made()
    minimap = Minimap(timeline.axis, "Whole")
    qtbot.addWidget(minimap)
    minimap.resize(1000, 40)
    minimap.show()
    timeline.axis.set_view(0, 1_000)  # a tenth of it
    assert minimap.frame_rect().width() == 100
    QTest.mouseClick(minimap, LEFT, NONE, QPoint(700, 20))
    assert timeline.axis.start == pytest.approx(7 * SECOND - SECOND / 2, abs=10_000)
