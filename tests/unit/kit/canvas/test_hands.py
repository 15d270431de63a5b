"""What hands do on the surface: every drag has a click path, every gesture an end that is told once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.kit.canvas import CanvasSurface, Geometry, Look, Shape

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
A = Shape("a", Geometry(50, 50, 100, 80), 1, "Car")
B = Shape("b", Geometry(80, 70, 30, 30), 2)


def test_a_box_is_drawn_by_two_clicks(made) -> None:
    hand = made(tool="draw")
    hand.click(60, 40)
    assert hand.surface.pointer.waits_for_corner
    assert hand.drawn == []
    hand.click(160, 120)
    assert hand.drawn == [Geometry(60, 40, 100, 80)]
    assert not hand.surface.pointer.busy


def test_a_box_drawn_from_any_corner_is_the_same(made) -> None:
    hand = made(tool="draw")
    for start, end in (((60, 40), (90, 70)), ((90, 70), (60, 40)), ((60, 70), (90, 40))):
        hand.drag(start, end)
    assert hand.drawn == [Geometry(60, 40, 30, 30)] * 3


def test_a_box_is_drawn_inside_another_and_ends_at_the_edge_of_the_picture(made) -> None:
    hand = made(A, tool="draw", picture=(400, 250))
    hand.drag((80, 70), (120, 100))
    assert hand.drawn == [Geometry(80, 70, 40, 30)]
    hand.drag((300, 200), (390, 270))
    # The picture is 250 high, in a room of 300.
    assert hand.drawn[1] == Geometry(300, 200, 90, 50)


def test_a_second_corner_can_be_dropped_with_a_cancel_and_by_a_finish(made) -> None:
    hand = made(tool="draw")
    hand.click(60, 40)
    assert hand.surface.pointer.cancel()
    hand.click(60, 40)
    hand.surface.pointer.finish()
    assert hand.drawn == []
    assert not hand.surface.pointer.busy


def test_a_finish_in_the_middle_of_a_drag_keeps_what_was_dragged(made) -> None:
    hand = made(tool="draw")
    QTest.mousePress(hand.surface, LEFT, pos=hand.at(20, 20))
    QTest.mouseMove(hand.surface, hand.at(60, 60))
    hand.surface.pointer.finish()
    assert hand.drawn == [Geometry(20, 20, 40, 40)]


def test_a_click_takes_the_smallest_and_again_the_next_below(made) -> None:
    hand = made(A, B)
    hand.click(90, 80)
    assert hand.surface.chosen == ("b",)
    hand.click(90, 80)
    assert hand.surface.chosen == ("a",)
    hand.click(90, 80)
    assert hand.surface.chosen == ("b",)
    hand.click(300, 200)
    assert hand.surface.chosen == ()
    assert hand.chosen == [("b",), ("a",), ("b",), ()]


def test_ctrl_adds_to_what_is_chosen_and_takes_out_of_it(made) -> None:
    hand = made(A, B)
    hand.click(60, 60)
    hand.click(90, 80, CTRL)
    assert hand.surface.chosen == ("a", "b")
    hand.click(90, 80, CTRL)
    assert hand.surface.chosen == ("a",)


def test_with_the_drawing_tool_an_outline_is_taken_by_a_click_and_an_inside_is_not(made) -> None:
    hand = made(A, tool="draw")
    hand.click(50, 100)
    assert hand.surface.chosen == ("a",)
    hand.surface.choose(())
    hand.click(100, 100)
    assert hand.surface.chosen == ()
    assert hand.surface.pointer.waits_for_corner


def test_a_tag_is_a_handle_on_its_box(made) -> None:
    hand = made(A, tool="draw")
    hand.pixels()
    tag = hand.surface.laid_tags()[0]
    assert tag.rect.bottom() < 50, "above the box"
    QTest.mouseClick(hand.surface, LEFT, pos=tag.rect.center())
    assert hand.surface.chosen == ("a",)


def test_a_rubber_band_chooses_what_lies_in_it(made) -> None:
    hand = made(A, B)
    hand.drag((20, 20), (120, 110))
    assert hand.surface.chosen == ("b",)
    hand.drag((10, 10), (200, 200))
    assert hand.surface.chosen == ("a", "b")


def test_a_drag_moves_what_is_chosen_and_keeps_it_in_the_picture(made) -> None:
    hand = made(A)
    hand.drag((60, 60), (80, 70), (100, 90))
    assert hand.edited == [({"a": Geometry(90, 80, 100, 80)}, "move")]
    hand.drag((100, 90), (-500, -500))
    assert hand.edited[1] == ({"a": Geometry(0, 0, 100, 80)}, "move")


def test_several_are_moved_together(made) -> None:
    hand = made(A, B)
    hand.surface.set_chosen(["a", "b"])
    hand.drag((60, 60), (70, 65))
    [(places, what)] = hand.edited
    assert what == "move"
    assert places == {"a": Geometry(60, 55, 100, 80), "b": Geometry(90, 75, 30, 30)}


def test_a_handle_is_pulled_and_its_pointer_says_so(made) -> None:
    hand = made(A)
    hand.surface.set_chosen(["a"])
    QTest.mouseMove(hand.surface, hand.at(150, 130))
    assert hand.surface.cursor().shape() == Qt.CursorShape.SizeFDiagCursor
    hand.drag((150, 130), (170, 150))
    assert hand.edited == [({"a": Geometry(50, 50, 120, 100)}, "resize")]


def test_the_pointer_shows_what_it_would_do(made) -> None:
    shapes = Qt.CursorShape
    hand = made(A)
    move, shape = QTest.mouseMove, hand.surface.cursor
    move(hand.surface, hand.at(300, 200))
    assert shape().shape() == shapes.ArrowCursor
    move(hand.surface, hand.at(90, 90))
    assert shape().shape() == shapes.PointingHandCursor
    hand.surface.set_chosen(["a"])
    move(hand.surface, hand.at(91, 91))
    assert shape().shape() == shapes.SizeAllCursor
    hand.surface.set_tool("draw")
    move(hand.surface, hand.at(300, 200))
    assert shape().shape() == shapes.CrossCursor


def test_locked_and_proposed_shapes_are_not_moved(made) -> None:
    locked, proposed = A._replace(locked=True), B._replace(proposed=True)
    hand = made(locked, proposed)
    hand.surface.set_chosen(["a"])
    hand.drag((60, 60), (80, 70))
    hand.surface.set_chosen(["b"])
    hand.drag((90, 80), (120, 90))
    assert hand.edited == []


def test_read_only_lets_choose_and_nothing_else(made) -> None:
    hand = made(A, tool="draw")
    hand.surface.set_read_only(True)
    hand.click(100, 100)
    assert hand.surface.chosen == ("a",)
    hand.drag((100, 100), (150, 150))
    hand.drag((200, 200), (250, 250))
    assert hand.edited == [] == hand.drawn


def test_the_middle_button_and_space_pan_even_while_a_corner_waits(made) -> None:
    hand = made(tool="draw", picture=(1600, 1200))
    surface = hand.surface
    surface.zoom_to(1.0, 0, 0)
    hand.click(60, 40)
    left = surface.view.left
    middle = Qt.MouseButton.MiddleButton
    QTest.mousePress(surface, middle, pos=QPoint(200, 200))
    QTest.mouseMove(surface, QPoint(150, 180))
    QTest.mouseRelease(surface, middle, pos=QPoint(150, 180))
    assert surface.view.left == left - 50
    assert surface.pointer.waits_for_corner
    QTest.keyPress(surface, Qt.Key.Key_Space)
    assert surface.cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.mousePress(surface, LEFT, pos=QPoint(150, 180))
    QTest.mouseMove(surface, QPoint(120, 170))
    QTest.mouseRelease(surface, LEFT, pos=QPoint(120, 170))
    QTest.keyRelease(surface, Qt.Key.Key_Space)
    assert surface.view.left == left - 80
    assert surface.pointer.waits_for_corner
    assert hand.drawn == []


def turn(surface: CanvasSurface, at: QPoint, angle: int, held: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(surface.mapToGlobal(at)),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(surface, event)


def test_the_wheel_zooms_to_the_pointer_and_with_shift_pans(made) -> None:
    hand = made(picture=(1600, 1200))
    surface = hand.surface
    at = QPoint(300, 100)
    before = surface.view.to_image(300, 100)
    turn(surface, at, 120, Qt.KeyboardModifier.NoModifier)
    assert surface.view.zoom == 0.25 * 1.2
    now = surface.view.to_image(300, 100)
    assert abs(now[0] - before[0]) < 2
    assert abs(now[1] - before[1]) < 2
    turn(surface, at, 1200, CTRL)
    left = surface.view.left
    turn(surface, at, -120, Qt.KeyboardModifier.ShiftModifier)
    assert surface.view.left == left - 60


def test_the_crosshair_moves_by_keys_and_sets_both_corners(made) -> None:
    hand = made(tool="draw")
    pointer = hand.surface.pointer
    pointer.move_crosshair(0, 0)
    assert hand.surface.crosshair == (200, 150), "in the middle of what is seen"
    pointer.set_corner()
    pointer.move_crosshair(40, 30)
    assert pointer.drafted == Geometry(200, 150, 40, 30)
    pointer.set_corner()
    assert hand.drawn == [Geometry(200, 150, 40, 30)]
    pointer.move_crosshair(9999, 9999)
    assert hand.surface.crosshair == (400, 300), "not beyond the picture"


def test_magnified_the_hand_aims_at_tenths(made) -> None:
    hand = made(tool="draw", picture=(40, 30))
    assert hand.surface.view.zoom == 10
    hand.drag((2.3, 1.7), (10.25, 8.9))
    [drawn] = hand.drawn
    for part in drawn[:4]:
        assert round(part * 10) == part * 10 or abs(part * 10 - round(part * 10)) < 1e-6


def test_tags_are_shown_from_48_pixels_and_all_of_them_on_demand(made) -> None:
    small = Shape("s", Geometry(10, 100, 47, 47), 1, "Small")
    hand = made(A, small)
    assert [tag.text for tag in hand.surface.laid_tags()] == ["Car"]
    hand.surface.set_all_tags(True)
    assert {tag.text for tag in hand.surface.laid_tags()} == {"Car", "Small"}


def test_a_tag_moves_inside_or_aside_where_there_is_no_room(made) -> None:
    top = Shape("t", Geometry(100, 2, 100, 60), 1, "Top")
    first, second = (Shape(n, Geometry(20, 150, 100, 60), 1, "Same") for n in "uv")
    hand = made(top, first, second)
    rects = {tag.id: tag.rect for tag in hand.surface.laid_tags()}
    assert rects["t"].top() > 2, "inside"
    assert not rects["u"].intersects(rects["v"])
    assert rects["u"].left() > 120, "at the right"


def test_another_theme_and_a_larger_text_are_worn_at_once(made, theme) -> None:
    hand = made(A)
    light, height = hand.pixels(), hand.surface.laid_tags()[0].rect.height()
    theme.set(choice="dark", text_scale=2.0)
    assert hand.pixels() != light
    assert hand.surface.laid_tags()[0].rect.height() > height


def test_ten_thousand_chosen_boxes_are_moved_together(made) -> None:
    shapes = [Shape(f"s{n}", Geometry(n % 100 * 4, n // 100 * 3, 3, 2), 1) for n in range(10_000)]
    hand = made(*shapes, picture=(500, 400), size=(500, 400))
    hand.surface.set_chosen([one.id for one in shapes])
    hand.drag((201, 150), (210, 160), (220, 170))
    [(places, _)] = hand.edited
    assert len(places) == 10_000
    assert places["s0"] == Geometry(19, 20, 3, 2)


@pytest.mark.parametrize(("labels", "shown"), [(24, False), (25, True)])
def test_tags_are_always_on_where_there_are_more_labels_than_patterns(
    made, labels: int, shown: bool
) -> None:
    looks = [Look(), *(Look(n, n) for n in range(1, labels + 1))]
    hand = made(Shape("s", Geometry(10, 100, 20, 20), 1, "Small"), looks=looks)
    assert bool(hand.surface.laid_tags()) == shown


LONG = "Donaudampfschifffahrtsgesellschaft"


def test_a_long_name_at_rest_is_hardly_wider_than_its_box_and_whole_when_chosen(made) -> None:
    wide, small = (
        Shape("w", Geometry(10, 100, 180, 60), 1, LONG),
        Shape("s", Geometry(220, 100, 60, 60), 1, LONG),
    )
    hand = made(wide, small)
    rects = {tag.id: tag.rect for tag in hand.surface.laid_tags()}
    assert abs(rects["w"].width() - 180) <= 4
    # 96 pixels tell most names apart, however narrow the box.
    assert rects["s"].width() == 96
    beside, above = (340, 90), (205, 90)
    before = hand.pixel(*above), hand.pixel(*beside)
    assert before[0] == before[1], "the picture, beside both tags"
    hand.surface.set_chosen(["w"])
    assert hand.pixel(*above) != before[0], "all of the name is read now"


def test_a_name_at_the_right_edge_stays_in_sight(made) -> None:
    hand = made(Shape("r", Geometry(345, 100, 50, 60), 1, LONG))
    [tag] = hand.surface.laid_tags()
    assert tag.rect.right() < 400
    assert tag.rect.left() < 345
