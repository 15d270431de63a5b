"""Boxes by mouse: drawn, labelled, moved, chosen, and every gesture one step with a name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labeler.api import Box, Opaque, Polygon

A = Box(id="a", label="car", x=100, y=100, width=80, height=60)
B = Box(id="b", label="van", x=300, y=200, width=50, height=50, rotation=30)


def test_two_boxes_are_two_drags_and_nothing_asks_in_between(desk) -> None:
    one = desk()
    one.drag((10, 20), (60, 70))
    one.drag((100, 20), (160, 50))
    assert one.boxes == [(10, 20, 50, 50, "car"), (100, 20, 60, 30, "car")]
    assert one.labels == ["Draw box", "Draw box"]
    assert one.host.selections[-1] == (one.editor.value.regions[1].id,)


def test_a_label_is_given_after_drawing_and_repeats(desk) -> None:
    one = desk()
    one.drag((10, 20), (60, 70))
    one.key("2")
    one.drag((100, 20), (160, 50))
    assert [label for *_, label in one.boxes] == ["van", "van"]
    assert one.labels == ["Draw box", "Change label", "Draw box"]
    assert one.host.labels[-1] == "van"


def test_a_label_is_given_before_drawing_and_even_during_it(desk) -> None:
    one = desk()
    one.key("2")
    one.click(10, 20)
    one.key("1")
    one.click(60, 70)
    assert one.boxes == [(10, 20, 50, 50, "car")]
    assert one.labels == ["Draw box"]


def test_a_label_for_other_types_is_not_offered_for_boxes(desk) -> None:
    one = desk(A)
    one.surface.choose(["a"])
    one.key("3")
    assert one.boxes[0][4] == "car"
    assert one.host.emitted == []


def test_a_drag_on_an_outline_moves_and_keeps_the_others_the_same_objects(desk) -> None:
    one = desk(A, B)
    one.surface.choose(["a"])
    one.drag((100, 145), (90, 140), (80, 135))
    assert one.boxes[0][:4] == (80, 90, 80, 60)
    assert one.editor.value.regions[1] is B
    assert one.labels == ["Move"]


def test_a_handle_resizes(desk) -> None:
    one = desk(A)
    one.surface.choose(["a"])
    one.drag((180, 160), (200, 200))
    assert one.boxes[0][:4] == (100, 100, 100, 100)
    assert one.labels == ["Resize"]


def test_a_rotated_box_is_moved_and_stays_as_it_was_turned(desk) -> None:
    one = desk(B)
    one.key("v")
    one.drag((325, 225), (335, 235), (345, 240))
    moved = one.editor.value.regions[0]
    assert isinstance(moved, Box)
    assert (moved.x, moved.y, moved.width, moved.height, moved.rotation) == (320, 215, 50, 50, 30)


def test_a_polygon_is_drawn_chosen_and_moved_by_its_points(desk) -> None:
    ring = ((10.0, 10.0), (60.0, 10.0), (35.0, 50.0))
    one = desk(Polygon(id="p", label="car", rings=(ring,)))
    one.key("v")
    one.drag((35, 20), (45, 30), (55, 40))
    moved = one.editor.value.regions[0]
    assert isinstance(moved, Polygon)
    assert moved.rings == (((30.0, 30.0), (80.0, 30.0), (55.0, 70.0)),)


def test_what_nobody_knows_stays_and_is_not_drawn(desk) -> None:
    opaque = Opaque(id="o", kind="splat", raw=b'{"id":"o","type":"splat"}')
    one = desk(A, opaque)
    one.drag((200, 20), (260, 50))
    assert one.editor.value.regions[1] is opaque
    assert one.editor.value.regions[2].id == one.surface.chosen[0]


def test_clicks_choose_and_the_table_hears_of_it(desk) -> None:
    one = desk(A, B)
    one.key("v")
    one.click(120, 120)
    one.click(325, 225, Qt.KeyboardModifier.ControlModifier)
    assert one.host.selections == [("a",), ("a", "b")]
    one.editor.select_regions(("b",))
    assert one.surface.chosen == ("b",)
    assert len(one.host.selections) == 2, "the table is not told of its own selection"


def test_undo_from_outside_shows_and_tells_nothing(desk) -> None:
    one = desk(A)
    before = one.editor.value
    one.drag((200, 20), (260, 50))
    one.editor.set_value(before)
    assert [shape.id for shape in one.surface.table.shapes] == ["a"]
    assert len(one.host.emitted) == 1


def test_submitting_in_the_middle_of_a_drag_keeps_it_and_of_a_first_corner_drops_it(desk) -> None:
    one = desk()
    QTest.mousePress(one.surface, Qt.MouseButton.LeftButton, pos=one.at(10, 10))
    QTest.mouseMove(one.surface, one.at(60, 60))
    one.editor.finish_gesture()
    assert one.boxes == [(10, 10, 50, 50, "car")]
    one.click(200, 200)
    one.editor.finish_gesture()
    assert len(one.boxes) == 1


def test_a_read_only_task_is_looked_at_with_the_hand_that_selects(desk) -> None:
    one = desk(A, read_only=True)
    one.drag((10, 20), (60, 70))
    one.click(120, 120)
    one.key("2", Qt.Key.Key_Delete, Qt.Key.Key_Right)
    assert one.surface.chosen == ("a",)
    assert one.host.emitted == []
