"""What the Qt-free half says of images and of regions on them; expected areas are done by hand."""

from __future__ import annotations

import math

import msgspec
import pytest

from labeler.api import (
    Box,
    Keypoint,
    Keypoints,
    Mask,
    MediaRef,
    Polygon,
    QueueConfig,
    Region,
    Value,
)
from labeler.panels.boxes.geometry import area_of, areas, box_corners
from labeler.panels.boxes.task import BoxesTask, ImageContent

TASK = BoxesTask()
IMAGE = ImageContent(image=MediaRef("a/b.jpg"), width=100, height=50)


def box(x: float, y: float, width: float, height: float, **more: object) -> Box:
    return msgspec.convert({"x": x, "y": y, "width": width, "height": height, **more}, Box)


def polygon(*rings: list[tuple[float, float]], **more: object) -> Polygon:
    return msgspec.convert({"rings": rings, **more}, Polygon)


def square(x: float, y: float, side: float) -> list[tuple[float, float]]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]


def distance(one: Region, other: Region) -> float:
    there, back = TASK.distance(IMAGE, one, other), TASK.distance(IMAGE, other, one)
    assert there == pytest.approx(back, abs=1e-12)
    return there


def codes(*regions: Region, content: ImageContent = IMAGE) -> list[tuple[str, str]]:
    found = TASK.check(content, Value(regions), QueueConfig())
    return [(problem.code, problem.where) for problem in found]


# ----------------------------------------------------------------------------------------- the words


def test_an_image_is_the_one_part_of_its_task():
    (part,) = IMAGE.parts()
    assert (part.id, part.kind, part.media) == ("image", "image", MediaRef("a/b.jpg"))


def test_the_summary_names_the_image_and_its_size():
    assert TASK.summary(IMAGE) == "a/b.jpg · 100 × 50"
    assert TASK.summary(ImageContent(image=MediaRef("two\nlines.png"))) == "two lines.png"


def test_the_summary_of_a_long_path_keeps_its_end():
    line = TASK.summary(ImageContent(image=MediaRef("d/" * 300 + "last.jpg"), width=1, height=1))
    assert len(line) == 200
    assert line.endswith("/last.jpg · 1 × 1")


# ------------------------------------------------------------------------------------------ distance


def test_boxes_are_one_minus_overlap_over_union_apart():
    # 10×10 and 10×10 shifted by 5: 50 shared, 150 in all.
    assert distance(box(0, 0, 10, 10), box(5, 0, 10, 10)) == pytest.approx(1 - 50 / 150)
    assert distance(box(0, 0, 10, 10), box(10, 0, 10, 10)) == 1.0
    assert distance(box(1, 2, 3, 4), box(1, 2, 3, 4)) == 0.0


def test_the_overlap_counts_half_under_another_label():
    one, other = box(0, 0, 10, 10, label="cat"), box(5, 0, 10, 10, label="dog")
    assert distance(one, other) == pytest.approx(1 - 50 / 150 / 2)


def test_a_box_turned_by_a_quarter_lies_on_its_side():
    # 10×2 about (5, 1), turned 90°, covers 4…6 × −4…6; it shares 2×2 with itself unturned: 4 of 36.
    assert distance(box(0, 0, 10, 2), box(0, 0, 10, 2, rotation=90)) == pytest.approx(1 - 4 / 36)
    assert distance(box(0, 0, 2, 2), box(0, 0, 2, 2, rotation=90)) == pytest.approx(0, abs=1e-12)


def test_a_square_and_itself_turned_by_an_eighth_share_an_octagon():
    # Unit half side: the octagon has 8(√2 − 1), both squares have 4.
    shared = 8 * (math.sqrt(2) - 1)
    expected = 1 - shared / (8 - shared)
    assert distance(box(0, 0, 2, 2), box(0, 0, 2, 2, rotation=45)) == pytest.approx(expected)


def test_rotation_is_clockwise_as_seen():
    # (0, 0)–(4, 2) about (2, 1): a quarter clockwise brings the upper left corner to the upper right.
    corners = box_corners(box(0, 0, 4, 2, rotation=90))
    assert corners[0] == pytest.approx((3, -1))
    assert corners[1] == pytest.approx((3, 3))


def test_polygons_are_compared_exactly_holes_left_out():
    # 100 with a hole of 4 against the left half (50): the hole (x 4…6) lies half in it.
    holed = polygon(square(0, 0, 10), square(4, 4, 2))
    half = polygon([(0, 0), (5, 0), (5, 10), (0, 10)])
    assert area_of(holed) == pytest.approx(96)
    assert distance(holed, half) == pytest.approx(1 - 48 / (96 + 50 - 48))


def test_the_parts_of_a_polygon_beside_each_other_all_count():
    two = polygon(square(0, 0, 2), square(10, 0, 2))
    assert area_of(two) == pytest.approx(8)
    assert distance(two, box(10, 0, 2, 2)) == pytest.approx(1 - 4 / 8)


def test_a_ring_that_crosses_itself_has_the_area_one_sees():
    # An eight of two triangles, 2 wide and 1 high each way: 1 + 1.
    eight = polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert area_of(eight) == pytest.approx(2)
    assert codes(eight) == []


def test_triangles_that_cross_share_what_arithmetic_says():
    # (0,0)(4,0)(0,4) and (0,4)(4,4)(0,0): they share the triangle (0,0)(0,4)(2,2), 4 of 12.
    one, other = [(0, 0), (4, 0), (0, 4)], [(0, 4), (4, 4), (0, 0)]
    assert areas((one,), (other,)) == pytest.approx((8, 8, 4))


def test_masks_are_compared_pixel_by_pixel():
    # Rows of 4: 0110 / 0110 at (0, 0), and 11 / 11 at (2, 0): 2 shared, 4 + 4 − 2 in all.
    one = Mask(x=0, y=0, width=4, height=2, counts=(1, 2, 2, 2, 1))
    other = Mask(x=2, y=0, width=2, height=2, counts=(0, 4))
    assert distance(one, other) == pytest.approx(1 - 2 / 6)
    assert distance(one, box(1, 0, 2, 2)) == 0.0


def test_points_that_lie_together_are_alike_and_missing_ones_are_not():
    def pose(*points: tuple[str, float, float]) -> Keypoints:
        return Keypoints(points=tuple(Keypoint(*one) for one in points))

    one = pose(("a", 0, 0), ("b", 10, 10))
    assert distance(one, one) == 0.0
    assert distance(one, pose(("a", 0, 0))) == pytest.approx(0.5)
    # b is off by 1 of a size of 100 square pixels: exp(−1 ÷ (2 · 100 · 0.1²)) = exp(−1/2).
    off = pose(("a", 0, 0), ("b", 10, 9))
    assert distance(one, off) == pytest.approx(1 - (1 + math.exp(-0.5)) / 2)
    assert distance(one, box(0, 0, 10, 10)) == 1.0


# -------------------------------------------------------------------------------------------- checks


def test_a_region_may_stick_out_by_a_pixel_and_no_further():
    assert codes(box(-1, -1, 10, 10), box(90, 40, 11, 11)) == []
    assert codes(box(-1.5, 0, 10, 10), box(0, 0, 10, 51.5)) == [
        ("region_outside", "regions[0]"),
        ("region_outside", "regions[1]"),
    ]


def test_a_region_that_only_touches_the_image_is_outside():
    assert codes(box(100, 0, 1, 1)) == [("region_outside", "regions[0]")]


def test_of_a_rotated_box_the_middle_lies_in_the_image():
    # 80×4 about (40, 2), a quarter turned: 38…42 × −38…42. The same about (40, −2) is outside.
    assert codes(box(0, 0, 80, 4, rotation=90)) == []
    assert codes(box(0, -4, 80, 4, rotation=90)) == [("region_outside", "regions[0]")]


def test_what_covers_nothing_is_told():
    nothing = [
        box(1, 1, 0, 5),
        box(1, 1, 5, 0),
        polygon([(0, 0), (5, 5), (9, 9)]),
        Mask(width=2, height=1, counts=(2,)),
        Keypoints(points=(Keypoint("a", visibility=0),)),
    ]
    assert codes(*nothing) == [("region_empty", f"regions[{n}]") for n in range(5)]


def test_nothing_is_outside_an_image_of_unknown_size():
    assert codes(box(-50, -50, 9999, 9999), content=ImageContent(image=MediaRef("a"))) == []


def test_a_point_that_is_absent_lies_nowhere():
    pose = Keypoints(points=(Keypoint("a", -900, -900, 0), Keypoint("b", 5, 5)))
    assert codes(pose) == []
