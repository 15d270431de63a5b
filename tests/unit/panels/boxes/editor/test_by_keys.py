"""Boxes by keys alone: drawn at the crosshair, stepped through, nudged, copied, locked, hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from labeler.api import Box
from labeler.kit.canvas import Geometry, bounds_of

KEY = Qt.Key
ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
A = Box(id="a", label="car", x=100, y=100, width=80, height=60)
B = Box(id="b", label="van", x=300, y=200, width=50, height=50)


def test_a_box_is_drawn_with_arrows_and_return(desk) -> None:
    one = desk()
    one.key(KEY.Key_Return)
    assert one.surface.crosshair == (300, 200), "in the middle of what is seen"
    one.key(KEY.Key_Return)
    # An arrow goes a fiftieth of the 600 pixels in sight, with Shift an eighth, with Alt two.
    one.key(KEY.Key_Right, KEY.Key_Right, KEY.Key_Down)
    one.key(KEY.Key_Right, held=SHIFT)
    one.key(KEY.Key_Down, KEY.Key_Down, held=ALT)
    one.key(KEY.Key_Return)
    assert one.boxes == [(300, 200, 2 * 12 + 75, 12 + 2 * 2, "car")]
    # The next one begins where the crosshair was left.
    one.key(KEY.Key_Return)
    assert one.surface.chosen == ()
    assert one.surface.crosshair == (399, 216)


def test_escape_drops_a_corner_then_the_choice(desk) -> None:
    one = desk(A)
    one.key(KEY.Key_Return, KEY.Key_Return, KEY.Key_Right)
    assert one.surface.pointer.waits_for_corner
    one.key(KEY.Key_Escape)
    assert not one.surface.pointer.busy
    one.key(KEY.Key_Tab)
    assert one.surface.chosen == ("a",)
    one.key(KEY.Key_Escape)
    assert one.surface.chosen == ()
    assert one.host.emitted == []


def test_tab_steps_through_regions_and_beyond_the_last_one_lets_go(desk) -> None:
    one = desk(A, B)
    one.key(KEY.Key_Tab)
    one.key(KEY.Key_Tab)
    assert one.host.selections == [("a",), ("b",)]
    assert not one.editor.run("boxes.next"), "Tab goes on to the next control"
    one.key(KEY.Key_Backtab, held=SHIFT)
    assert one.surface.chosen == ("a",)


def test_arrows_nudge_by_one_and_by_ten_and_are_undone_as_one(desk) -> None:
    one = desk(A, B)
    one.key(KEY.Key_Tab)
    one.key(KEY.Key_Right, KEY.Key_Up)
    one.key(KEY.Key_Left, held=SHIFT)
    assert one.boxes[0][:4] == (91, 99, 80, 60)
    assert {(emission.label, emission.key) for emission in one.host.emitted} == {("Move", "move:a")}


def test_a_nudge_ends_at_the_edge_of_the_picture(desk) -> None:
    one = desk(A)
    one.key(KEY.Key_Tab)
    for _ in range(12):
        one.key(KEY.Key_Left, held=SHIFT)
    assert one.boxes[0][0] == 0
    assert len(one.host.emitted) == 10, "what moves nothing is no step"


def test_alt_and_arrows_move_the_right_and_the_lower_side(desk) -> None:
    one = desk(A)
    one.key(KEY.Key_Tab)
    one.key(KEY.Key_Right, held=ALT)
    one.key(KEY.Key_Up, held=ALT)
    one.key(KEY.Key_Down, held=ALT | SHIFT)
    assert one.boxes[0][:4] == (100, 100, 81, 69)
    assert {emission.key for emission in one.host.emitted} == {"size:a"}


def test_a_rotated_box_is_made_wider_as_it_lies(desk) -> None:
    # Turned a quarter about (125, 115), its own right side is below: one pixel wider is one lower.
    turned = Box(id="t", label="car", x=100, y=100, width=50, height=30, rotation=90)
    one = desk(turned)
    one.key(KEY.Key_Tab)
    one.key(KEY.Key_Right, held=ALT)
    wider = one.editor.value.regions[0]
    assert isinstance(wider, Box)
    assert (wider.width, wider.height, wider.rotation) == (51, 30, 90)
    left, top, right, bottom = bounds_of(Geometry(wider.x, wider.y, 51, 30, 90))
    assert (left, top, right, bottom) == pytest.approx((110, 90, 140, 141))


def test_delete_takes_what_is_chosen_and_goes_on_to_the_next(desk) -> None:
    one = desk(A, B)
    one.key(KEY.Key_Tab, KEY.Key_Delete)
    assert one.surface.chosen == ("b",)
    one.key(KEY.Key_Backspace)
    assert one.boxes == []
    assert one.labels == ["Delete region", "Delete region"]


def test_copies_are_pasted_beside_and_on_another_picture_in_the_same_place(desk) -> None:
    one = desk(A)
    one.key(KEY.Key_Tab)
    one.key(KEY.Key_C, held=CTRL)
    one.key(KEY.Key_V, held=CTRL)
    one.key(KEY.Key_V, held=CTRL)
    assert [box[:2] for box in one.boxes] == [(100, 100), (110, 110), (120, 120)]
    ids = {region.id for region in one.editor.value.regions}
    assert len(ids) == 3
    # Another picture comes: what was copied lands where it was.
    one.surface.set_picture(None, 600, 400)
    one.key(KEY.Key_V, held=CTRL)
    assert one.boxes[3][:2] == (100, 100)


def test_a_duplicate_is_chosen_and_keeps_its_label_and_answers(desk) -> None:
    marked = Box(id="a", label="van", x=10, y=10, width=5, height=5, attributes={"occluded": "no"})
    one = desk(marked)
    one.key(KEY.Key_Tab)
    one.key(KEY.Key_D, held=CTRL)
    twin = one.editor.value.regions[1]
    assert (twin.label, twin.attributes) == ("van", {"occluded": "no"})
    assert one.surface.chosen == (twin.id,)


def test_a_locked_region_is_neither_moved_nor_labelled_nor_deleted(desk) -> None:
    one = desk(A)
    one.key(KEY.Key_Tab, "l")
    assert one.editor.region_marks(A) == ("locked",)
    assert one.host.restated == 1
    one.key(KEY.Key_Right, "2", KEY.Key_Delete)
    assert one.host.emitted == []
    assert one.editor.can_run("boxes.remove").reason == "What is selected is locked"
    one.key("l", KEY.Key_Right)
    assert one.boxes[0][0] == 101


def test_a_hidden_region_is_only_in_the_table(desk) -> None:
    one = desk(A, B)
    one.key(KEY.Key_Tab, "h")
    assert one.editor.region_marks(A) == ("hidden",)
    one.key(KEY.Key_Escape, KEY.Key_Tab)
    assert one.surface.chosen == ("b",), "Tab goes past it"
    one.key("h", held=SHIFT)
    assert one.editor.region_marks(B) == ("hidden",)
    one.key("h", held=SHIFT)
    assert one.editor.region_marks(B) == ()
    assert one.editor.region_marks(A) == ("hidden",)


def test_all_are_chosen_and_relabelled_in_one_step(desk) -> None:
    one = desk(A, B)
    one.key(KEY.Key_A, held=CTRL)
    one.key("2")
    assert [label for *_, label in one.boxes] == ["van", "van"]
    assert one.labels == ["Change label"]


@pytest.mark.parametrize(
    ("key", "held", "zoom"),
    [("+", None, 1.44), ("-", None, 1 / 1.44), ("0", ALT, 1.0), ("0", None, 1.0)],
)
def test_keys_zoom(desk, key: str, held: Qt.KeyboardModifier | None, zoom: float) -> None:
    one = desk()
    one.key(key, held=held)
    assert one.surface.view.zoom == pytest.approx(zoom)


def test_z_zooms_to_what_is_chosen_and_0_back_to_all(desk) -> None:
    one = desk(A)
    one.key(KEY.Key_Tab, "z")
    # 60 % of 400 pixels for 60, of 600 for 80: the smaller counts.
    assert one.surface.view.zoom == pytest.approx(4.0)
    assert one.surface.view.centre == pytest.approx((140, 130), abs=0.5)
    one.key("0")
    assert one.surface.view.shows_all


def test_arrows_pan_where_nothing_is_chosen_and_nothing_can_be_drawn(desk) -> None:
    one = desk(size=(2400, 1600))
    one.key("v")
    one.key("0", held=ALT)
    left = one.surface.view.left
    one.key(KEY.Key_Right)
    assert one.surface.view.left == left - 64


def test_tags_and_overview_are_a_key_away(desk) -> None:
    one = desk(A, size=(2400, 1600))
    one.key("t")
    assert one.surface.all_tags
    assert one.editor.tools.tags.isChecked()
    one.key("0", held=ALT)
    assert one.editor.minimap.isVisible()
    one.key("m")
    assert not one.editor.minimap.isVisible()
    one.key("m", "0")
    assert not one.editor.minimap.isVisible(), "nothing is out of sight"


def test_figures_are_typed(desk) -> None:
    one = desk(A)
    edit = one.editor.edit_field
    assert one.editor.field_texts(A) == ("100.0", "100.0", "80.0", "60.0", "0.0")
    turned = edit(A, "rotation", "390")
    assert isinstance(turned, Box)
    assert turned.rotation == 30
    half = edit(A, "x", "12,5")
    assert isinstance(half, Box)
    assert half.x == 12.5
    assert edit(A, "x", "100") is A
    assert edit(A, "width", "0") == "It must be more than 0"
    assert edit(A, "height", "tall") == "“tall” is no number"
    assert edit(A, "x", "nan") == "“nan” is no number"
    assert edit(A, "x", "601") == "The box would lie outside the image of 600 × 400"


def test_a_picture_shown_small_is_nudged_by_what_can_be_seen(desk) -> None:
    # 3,000 pixels in a room of 600: a fifth, so that five of its pixels are one on screen.
    one = desk(Box(id="b", label="car", x=1000, y=500, width=400, height=300), size=(3000, 2000))
    assert one.surface.view.zoom == 0.2
    one.editor.select_regions(["b"])
    one.key(KEY.Key_Right)
    assert one.boxes[0][:4] == (1005, 500, 400, 300)
    one.key(KEY.Key_Down, held=SHIFT)
    assert one.boxes[0][:4] == (1005, 550, 400, 300)
    one.key(KEY.Key_Left, held=ALT)
    assert one.boxes[0][:4] == (1005, 550, 395, 300)
    words = one.editor.frame.readout.accessibleDescription()
    assert "nudge 5 px" in words
    one.surface.zoom_to(1.0, 300, 200)
    assert "nudge 1 px" in one.editor.frame.readout.accessibleDescription()


def test_the_hints_say_the_key_of_what_comes_next(desk) -> None:
    one = desk()
    readout = one.editor.frame.readout
    one.key(KEY.Key_Return, KEY.Key_Return)
    assert "Return by keys" in readout.accessibleDescription(), "the other corner too"
    one.key(KEY.Key_Right, KEY.Key_Down, KEY.Key_Return)
    assert "Return draw on" in readout.accessibleDescription()
    one.editor.set_read_only(True)
    assert readout.accessibleDescription() == "Read only"
