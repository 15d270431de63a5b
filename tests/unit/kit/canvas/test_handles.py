"""Handles: what is pulled moves, what is opposite stays, rotated or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from labeler.kit.canvas import Geometry, corners_of
from labeler.kit.canvas.handles import HANDLES, cursor_of, handle_at, handle_points, pulled

BOX = Geometry(10, 20, 100, 50)
OPPOSITE = {"nw": 2, "ne": 3, "se": 0, "sw": 1}
"""Each corner handle with the number of the corner across, from the upper left clockwise."""


def test_pulling_a_corner_moves_two_sides() -> None:
    assert pulled(BOX, "nw", 5, -3, 1) == Geometry(15, 17, 95, 53)
    assert pulled(BOX, "se", 5, -3, 1) == Geometry(10, 20, 105, 47)


def test_pulling_a_middle_moves_one_side() -> None:
    assert pulled(BOX, "e", 7, 30, 1) == Geometry(10, 20, 107, 50)
    assert pulled(BOX, "n", 7, 30, 1) == Geometry(10, 50, 100, 20)


def test_a_side_pulled_beyond_the_other_turns_over() -> None:
    assert pulled(BOX, "w", 130, 0, 1) == Geometry(110, 20, 30, 50)


def test_no_side_is_shorter_than_the_least() -> None:
    assert pulled(BOX, "e", -100, 0, 1) == Geometry(10, 20, 1, 50)


@given(st.sampled_from(sorted(OPPOSITE)), st.floats(-30, 30), st.floats(-20, 20), st.floats(0, 360))
def test_the_corner_across_stays_where_it_is_however_the_box_is_turned(
    handle: str, dx: float, dy: float, turn: float
) -> None:
    old = Geometry(10, 20, 200, 150, turn)
    new = pulled(old, handle, dx, dy, 1)
    across = OPPOSITE[handle]
    assert corners_of(new)[across] == pytest.approx(corners_of(old)[across], abs=1e-6)
    assert new.rotation == turn


@pytest.mark.parametrize("name", sorted(HANDLES))
def test_a_handle_is_taken_within_twelve_pixels_of_it(name: str) -> None:
    x, y = handle_points(BOX, 1.0)[name]
    assert handle_at(BOX, x, y, 1.0, 24) == name
    across, down = HANDLES[name]
    assert handle_at(BOX, x + 11 * across, y + 11 * down, 1.0, 24) == name
    assert handle_at(BOX, x + 13 * across, y + 13 * down, 1.0, 24) == ""


def test_a_small_box_can_be_taken_by_its_middle_and_has_no_middle_handles() -> None:
    small = Geometry(0, 0, 20, 20)
    assert handle_at(small, 10, 10, 1.0, 24) == ""
    assert set(handle_points(small, 1.0)) == {"nw", "ne", "se", "sw"}
    assert handle_at(small, 10, 10, 4.0, 24) == "", "80 pixels on screen, the middle is free"
    assert set(handle_points(small, 4.0)) == set(HANDLES)


def test_the_pointer_shows_the_way_a_turned_handle_goes() -> None:
    shapes = Qt.CursorShape
    assert cursor_of("e", 0) == shapes.SizeHorCursor
    assert cursor_of("se", 0) == shapes.SizeFDiagCursor
    assert cursor_of("e", 90) == shapes.SizeVerCursor
    assert cursor_of("n", 45) == shapes.SizeBDiagCursor
