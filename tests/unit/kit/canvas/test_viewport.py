"""The view: zooming keeps what is under the pointer, panning ends, the picture's corner is on a pixel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeler.kit.canvas import MAX_ZOOM, MIN_ZOOM, View


def view_of(width: int, height: int, room: tuple[int, int] = (800, 600), dpr: float = 1.0) -> View:
    view = View()
    view.set_room(*room, dpr)
    view.set_picture(width, height)
    return view


def test_a_picture_is_fitted_and_centred() -> None:
    view = view_of(1600, 600)
    assert view.zoom == 0.5
    # 600 × 0.5 = 300 high in a room of 600: 150 above and below.
    assert (view.left, view.top) == (0, 150)
    assert view.shows_all
    assert view.to_image(400, 300) == (800, 300)


@pytest.mark.parametrize("zoom", [1.0, 2.0, 7.3, 64.0])
def test_zooming_keeps_the_point_under_the_pointer(zoom: float) -> None:
    view = view_of(4000, 3000)
    before = view.to_image(300, 200)
    view.zoom_to(zoom, 300, 200)
    after = view.to_image(300, 200)
    # The corner lies on a whole pixel, so the point may be off by half a screen pixel.
    assert after[0] == pytest.approx(before[0], abs=0.5 / zoom + 1e-9)
    assert after[1] == pytest.approx(before[1], abs=0.5 / zoom + 1e-9)


def test_zoom_ends_at_1_and_6400_per_cent() -> None:
    view = view_of(4000, 3000)
    view.zoom_to(1000, 1, 1)
    assert view.zoom == MAX_ZOOM == 64
    view.zoom_to(0.00001, 1, 1)
    assert view.zoom == MIN_ZOOM == 0.01


def test_panning_ends_where_the_edge_reaches_the_middle() -> None:
    view = view_of(4000, 3000)
    view.zoom_to(1.0, 0, 0)
    view.pan(10_000, 10_000)
    assert view.to_image(400, 300) == (0, 0)
    view.pan(-100_000, -100_000)
    assert view.to_image(400, 300) == (4000, 3000)


def test_a_fitted_picture_stays_fitted_when_the_room_changes() -> None:
    view = view_of(1600, 600)
    view.set_room(400, 600, 1.0)
    assert view.zoom == 0.25
    view.zoom_to(2.0, 200, 300)
    middle = view.centre
    view.set_room(900, 500, 1.0)
    assert view.zoom == 2.0
    assert view.centre == pytest.approx(middle, abs=0.5)


def test_a_region_is_brought_into_sight_with_the_least_panning() -> None:
    view = view_of(4000, 3000)
    view.zoom_to(1.0, 0, 0)
    assert not view.show_rect(100, 100, 200, 200)
    before = view.top
    assert view.show_rect(1000, 100, 1100, 200)
    assert view.to_screen(1100, 0)[0] == 800 - 16
    assert view.top == before


def test_what_fills_most_of_the_room_is_centred() -> None:
    view = view_of(4000, 3000)
    view.zoom_on(1000, 1000, 1100, 1050)
    assert view.centre == pytest.approx((1050, 1025), abs=0.5)
    # 60 % of 800 pixels for 100 of the picture.
    assert view.zoom == pytest.approx(4.8)


@given(
    st.floats(0.01, 64),
    st.floats(-500, 1500),
    st.floats(-500, 1500),
    st.sampled_from((1.0, 1.25, 1.5, 2.0)),
)
def test_there_and_back_is_the_same_and_the_corner_is_on_a_device_pixel(
    zoom: float, x: float, y: float, dpr: float
) -> None:
    view = view_of(1000, 700, dpr=dpr)
    view.zoom_to(zoom, x, y)
    there = view.to_screen(*view.to_image(x, y))
    assert there == pytest.approx((x, y), abs=1e-6)
    assert view.left * dpr == pytest.approx(round(view.left * dpr), abs=1e-6)
    assert view.top * dpr == pytest.approx(round(view.top * dpr), abs=1e-6)
