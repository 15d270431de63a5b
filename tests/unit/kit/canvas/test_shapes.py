"""Shapes in arrays: what is under a point, on an outline, in a band; rows put in and taken out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeler.kit.canvas import Geometry, Shape, ShapeTable, bounds_of, corners_of
from labeler.kit.canvas.shapes import differing


def box(name: str, x: float, y: float, w: float, h: float, turn: float = 0.0, **how: bool) -> Shape:
    return Shape(name, Geometry(x, y, w, h, turn), **how)  # type: ignore[arg-type]


def table_of(*shapes: Shape) -> ShapeTable:
    table = ShapeTable()
    table.set_all(shapes)
    return table


def names(table: ShapeTable, rows: list[int]) -> list[str]:
    return [table.shapes[row].id for row in rows]


def test_the_smallest_under_a_point_comes_first_and_of_equals_the_upper() -> None:
    table = table_of(
        box("large", 0, 0, 100, 100), box("small", 40, 40, 20, 20), box("twin", 40, 40, 20, 20)
    )
    assert names(table, table.under(50, 50)) == ["twin", "small", "large"]
    assert names(table, table.under(5, 5)) == ["large"]
    assert table.under(200, 5) == []


def test_a_rotated_shape_is_met_in_its_own_axes() -> None:
    # A bar of 100 × 10 about (50, 50), turned upright: it covers x 45–55, y 0–100.
    table = table_of(box("bar", 0, 45, 100, 10, 90))
    assert table.under(50, 5) == [0]
    assert table.under(5, 50) == []
    assert bounds_of(Geometry(0, 45, 100, 10, 90)) == pytest.approx((45, 0, 55, 100))


def test_corners_turn_clockwise_from_the_own_upper_left() -> None:
    # The y axis points down: a quarter turn clockwise takes the upper left corner to the upper right.
    found = corners_of(Geometry(0, 0, 20, 10, 90))
    for corner, wanted in zip(found, [(15, -5), (15, 15), (5, 15), (5, -5)], strict=True):
        assert corner == pytest.approx(wanted)


def test_an_outline_is_met_within_reach_of_it_and_not_in_its_middle() -> None:
    table = table_of(box("a", 10, 10, 100, 100))
    assert table.on_outline(12, 50, 3) == [0]
    assert table.on_outline(8, 50, 3) == [0]
    assert table.on_outline(60, 60, 3) == []


def test_locked_hidden_and_placeless_shapes_are_not_met() -> None:
    table = table_of(
        box("locked", 0, 0, 10, 10, locked=True),
        box("hidden", 0, 0, 10, 10, hidden=True),
        Shape("nowhere", None),
    )
    assert table.under(5, 5) == []
    assert [int(row) for row in table.meeting(0, 0, 10, 10)] == [0]
    assert table.locked_in(0, 0, 10, 10) == [0]
    assert table.within(-1, -1, 20, 20) == []


def test_a_band_takes_what_lies_wholly_in_it() -> None:
    table = table_of(box("in", 10, 10, 10, 10), box("half", 15, 15, 50, 5))
    assert names(table, table.within(5, 5, 30, 30)) == ["in"]


steps = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 4)), max_size=12)


@settings(max_examples=60)
@given(steps)
def test_rows_replaced_again_and_again_are_those_of_a_list(
    changes: list[tuple[int, int, int]],
) -> None:
    draw = random.Random(7)
    table, wanted, made = ShapeTable(), list[Shape](), 0
    for first, second, count in changes:
        start, end = sorted((min(first, len(wanted)), min(second, len(wanted))))
        new = []
        for _ in range(count):
            made += 1
            new.append(box(f"s{made}", draw.randint(0, 90), draw.randint(0, 90), 5, 5))
        table.replace(start, end, new)
        wanted[start:end] = new
    assert table.shapes == wanted
    assert table.rows == {shape.id: row for row, shape in enumerate(wanted)}
    assert [tuple(row) for row in table.geometry.tolist()] == [one.geometry for one in wanted]
    assert [tuple(row) for row in table.bounds.tolist()] == [
        bounds_of(one.geometry) for one in wanted if one.geometry is not None
    ]


def test_what_differs_is_found_by_id_unless_the_order_is_another() -> None:
    a, b, c, d = (box(ident, 1, 2, 3, 4) for ident in "abcd")
    wide = box("b", 1, 2, 9, 4)
    assert differing([a, b, c], [a, box("b", 1, 2, 3, 4), c]) == ([], [])
    assert differing([a, b, c], [a, wide, c]) == ([1], [1])
    assert differing([a, b, c], [a, c]) == ([1], [])
    assert differing([a, b, c], [d, a, wide, c]) == ([1], [0, 2])
    assert differing([a, b, c], [a, d, c]) == ([1], [1])
    assert differing([a, b, c], [b, a, c]) == ([0, 1, 2], [0, 1, 2])


def test_shapes_that_change_places_are_found_where_they_went() -> None:
    table = ShapeTable()
    table.set_all([box("a", 1, 1, 5, 5), box("b", 2, 2, 5, 5)])
    table.replace(0, 1, [box("b", 2, 2, 5, 5)])
    table.replace(1, 2, [box("a", 1, 1, 5, 5)])
    assert table.rows == {"b": 0, "a": 1}
