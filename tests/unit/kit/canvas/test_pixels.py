"""The picture is the contract: which pixels an outline, a halo, a dot, a dash and a fill take."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from labeler.kit.canvas import CanvasSurface, Geometry, Shape, make_picture
from labeler.kit.theme import Theme

ORANGE, PLAIN, DARK = "#e69f00", "#5a783c", (40, 40, 40)
"""Label 1 as the tokens have it, the picture's own colour, the most a halo leaves of it."""


def is_dark(colour: str) -> bool:
    return all(
        int(colour[at : at + 2], 16) < bound for at, bound in zip((1, 3, 5), DARK, strict=True)
    )


def test_a_box_is_drawn_at_its_pixels_with_its_stroke_centred_on_the_edge(made) -> None:
    hand = made(Shape("a", Geometry(100, 50, 80, 60), 1))
    shown = hand.pixels()
    # Edge at 100: one pixel of halo, one of stroke outside, one of stroke and one of halo inside.
    across = [shown.pixelColor(x, 80).name() for x in range(97, 104)]
    assert across[0] == PLAIN
    assert is_dark(across[1])
    assert across[2:4] == [ORANGE, ORANGE]
    assert is_dark(across[4])
    assert across[5:] == [PLAIN, PLAIN]
    # The right edge lies at 100 + 80, the lower one at 50 + 60.
    assert [shown.pixelColor(x, 80).name() for x in (179, 180)] == [ORANGE, ORANGE]
    assert [shown.pixelColor(120, y).name() for y in (49, 50)] == [ORANGE, ORANGE]
    assert [shown.pixelColor(120, y).name() for y in (109, 110)] == [ORANGE, ORANGE]
    assert shown.pixelColor(120, 80).name() == PLAIN, "no fill at rest"


def test_what_the_hand_draws_stands_where_it_was_drawn(made) -> None:
    hand = made(tool="draw")
    hand.drag((60, 40), (100, 90), (160, 140))
    assert hand.drawn == [Geometry(60, 40, 100, 100)]


def test_below_six_pixels_a_box_is_a_dot(made) -> None:
    hand = made(Shape("a", Geometry(100, 100, 3, 3), 1))
    shown = hand.pixels()
    # A disc of six pixels about (101.5, 101.5) with a halo of one.
    assert shown.pixelColor(101, 101).name() == ORANGE
    assert shown.pixelColor(99, 101).name() == ORANGE
    assert is_dark(shown.pixelColor(97, 101).name())
    assert shown.pixelColor(95, 101).name() == PLAIN


def test_a_dash_begins_at_the_upper_left_corner_and_leaves_the_halo_whole(made) -> None:
    # Label 3 is drawn dash-dot: 5, 1.5, 1.5, 1.5 pen widths of 2 pixels.
    hand = made(Shape("a", Geometry(50, 50, 200, 100), 2))
    shown = hand.pixels()
    line = [shown.pixelColor(x, 50).name() for x in range(50, 82)]
    green = "#009e73"
    wanted = ([green] * 10 + [""] * 3 + [green] * 3 + [""] * 3) * 2
    assert [one if one == green else "" for one in line] == wanted[: len(line)]
    assert all(is_dark(one) for one in line if one != green)
    assert all(is_dark(shown.pixelColor(x, 48).name()) for x in range(60, 240))


def test_a_proposal_is_dashed_white_whatever_its_label(made) -> None:
    hand = made(Shape("a", Geometry(50, 50, 200, 100), 1, proposed=True))
    shown = hand.pixels()
    line = [shown.pixelColor(x, 50).name() for x in range(50, 70)]
    assert [one == "#ffffff" for one in line] == ([True] * 6 + [False] * 4) * 2
    assert ORANGE not in line


def test_what_is_chosen_is_tinted_a_quarter_and_what_is_hovered_an_eighth(made) -> None:
    hand = made(Shape("a", Geometry(100, 100, 100, 100), 1))
    rest = hand.pixels().pixelColor(150, 130)
    QTest.mouseMove(hand.surface, QPoint(150, 150))
    hover = hand.pixels().pixelColor(150, 130)
    hand.surface.set_chosen(["a"])
    chosen = hand.pixels().pixelColor(150, 130)
    # Orange is #E69F00: red goes from 90 towards 230 by 12 and by 24 per cent.
    assert rest.red() == 90
    assert hover.red() == pytest.approx(90 + 0.12 * 140, abs=2)
    assert chosen.red() == pytest.approx(90 + 0.24 * 140, abs=2)


def test_the_only_chosen_box_has_white_handles_with_a_dark_rim(made) -> None:
    hand = made(Shape("a", Geometry(100, 100, 100, 100), 1), Shape("b", Geometry(5, 5, 40, 40), 1))
    hand.surface.set_chosen(["a"])
    shown = hand.pixels()
    assert shown.pixelColor(100, 100).name() == "#ffffff"
    assert shown.pixelColor(150, 200).name() == "#ffffff"
    assert is_dark(shown.pixelColor(96, 96).name())
    hand.surface.set_chosen(["a", "b"])
    assert hand.pixels().pixelColor(150, 200).name() != "#ffffff", "two have none"


def test_a_hidden_box_is_not_drawn_and_a_locked_one_has_a_lock(made) -> None:
    plain = made(Shape("a", Geometry(100, 100, 100, 100), 1)).pixels()
    hidden = made(Shape("a", Geometry(100, 100, 100, 100), 1, hidden=True)).pixels()
    locked = made(Shape("a", Geometry(100, 100, 100, 100), 1, locked=True)).pixels()
    assert hidden.pixelColor(100, 150).name() == PLAIN
    corner = QPoint(187, 112)
    assert plain.pixelColor(corner).name() == PLAIN
    assert locked.pixelColor(corner).name() != PLAIN


def test_panning_shifts_what_is_drawn_and_draws_the_strip_that_came_in(made) -> None:
    shapes = [
        Shape(f"s{n}", Geometry(20 + 37 * n % 760, 10 + 53 * n % 560, 30, 24), 1 + n % 2, "tag")
        for n in range(120)
    ]
    hand = made(*shapes, picture=(800, 600))
    hand.surface.zoom_to(1.5, 0, 0)
    hand.surface.refresh()
    hand.pixels()
    renders = hand.surface.frame.renders
    for dx, dy in ((-70, 0), (0, -55), (-33, -21), (40, 17)):
        hand.surface.pan(dx, dy)
    shifted = hand.pixels()
    assert hand.surface.frame.renders == renders, "nothing was drawn anew"
    hand.surface.refresh()
    assert shifted == hand.pixels()


def test_a_zoom_gesture_shows_the_outlines_scaled_and_sharp_after_it(made, qtbot: QtBot) -> None:
    hand = made(Shape("a", Geometry(100, 100, 100, 100), 1), picture=(800, 600))
    surface = hand.surface
    hand.pixels()
    renders = surface.frame.renders
    surface.zoom_to(1.0, 75, 75)
    hand.pixels()
    assert surface.frame.renders == renders
    qtbot.waitUntil(lambda: surface.frame.fits(surface.view))
    left = round(surface.view.to_screen(100, 0)[0])
    middle = round(surface.view.to_screen(0, 150)[1])
    shown = hand.pixels()
    assert [shown.pixelColor(x, middle).name() for x in (left - 1, left)] == [ORANGE, ORANGE]


def test_an_edited_box_leaves_nothing_where_it_was(made) -> None:
    shapes = [
        Shape("a", Geometry(100, 100, 60, 40), 1, "Car"),
        Shape("b", Geometry(120, 90, 80, 80), 2),
    ]
    hand = made(*shapes)
    hand.pixels()
    moved = Shape("a", Geometry(250, 200, 60, 40), 1, "Car")
    renders = hand.surface.frame.renders
    hand.surface.replace_shapes(0, 1, [moved])
    mended = hand.pixels()
    assert hand.surface.frame.renders == renders, "a patch was mended, no more"
    assert mended == made(moved, shapes[1]).pixels()


def test_magnified_pixels_stay_squares(theme: Theme, qtbot: QtBot) -> None:
    pixels = np.zeros((4, 4, 3), np.uint8)
    pixels[1, 2] = (255, 0, 0)
    surface = CanvasSurface("Image")
    qtbot.addWidget(surface)
    surface.resize(256, 256)
    surface.set_picture(make_picture(pixels))
    surface.show()
    shown = surface.grab().toImage()
    assert surface.view.zoom == 64
    for x, y in ((128, 64), (191, 127), (150, 100)):
        assert shown.pixelColor(x, y).name() == "#ff0000"
    for x, y in ((127, 64), (192, 127), (128, 63), (128, 128)):
        assert shown.pixelColor(x, y).name() == "#000000"


def test_grey_and_transparent_pictures_are_shown_as_they_are() -> None:
    grey = make_picture(np.full((3, 5), 77, np.uint8))
    assert (grey.width, grey.height) == (5, 3)
    assert grey.pixel(4, 2) == (77, 77, 77)
    clear = np.zeros((2, 2, 4), np.uint8)
    clear[0, 0] = (200, 100, 0, 255)
    clear[1, 1] = (200, 100, 0, 128)
    seen = make_picture(clear)
    assert seen.pixel(0, 0) == (200, 100, 0)
    assert seen.pixel(1, 0) == (255, 255, 255), "laid on white"
    # 200 · 128/255 + 255 · 127/255 = 227.4
    assert seen.pixel(1, 1) == (227, 177, 127)
    assert seen.pixel(2, 0) is None


def test_a_reduced_picture_stands_for_the_whole_one() -> None:
    reduced = make_picture(np.full((30, 40, 3), 9, np.uint8), 4000, 3000, final=False)
    assert (reduced.width, reduced.height) == (4000, 3000)
    assert not reduced.whole
    assert reduced.pixel(0, 0) is None


def test_a_picture_at_twice_the_scale_has_strokes_twice_as_wide(theme: Theme) -> None:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

    from labeler.kit.canvas.looks import Look, paint_of, proposed_paint
    from labeler.kit.canvas.outlines import Place, draw_outlines
    from labeler.kit.canvas.shapes import ShapeTable

    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    table = ShapeTable()
    table.set_all([Shape("a", Geometry(10, 10, 30, 30), 0)])
    painter = QPainter(image)
    paints = [paint_of(theme.tokens, Look(1, 1))]
    rows = table.meeting(0, 0, 100, 100)
    place = Place(2.0, 0, 0, 2.0)
    draw_outlines(
        painter, table, rows, place, QRect(0, 0, 100, 100), paints, proposed_paint(theme.tokens)
    )
    painter.end()
    colours = [image.pixelColor(x, 50).name() for x in range(16, 25)]
    assert colours.count(ORANGE) == 4, "two logical pixels are four"
    assert image.pixelColor(QPointF(16, 50).toPoint()).alpha() > 200
    assert image.pixelColor(15, 50).alpha() == 0


def crowd(count: int, width: int, height: int) -> list[Shape]:
    """Boxes all over a picture, of two labels and some of a model's."""
    draw = random.Random(11)
    return [
        Shape(
            f"s{n}",
            Geometry(draw.uniform(0, width - 40), draw.uniform(0, height - 40), 30, 20),
            n % 3,
            proposed=n % 7 == 0,
        )
        for n in range(count)
    ]


def shown_anew(surface: CanvasSurface) -> QImage:
    """All of it, drawn without a pause."""
    surface.frame.budget = float("inf")
    surface.refresh()
    return surface.grab().toImage()


def test_however_a_hand_pans_what_is_shown_is_what_is_there(made) -> None:
    draw = random.Random(4)
    hand = made(*crowd(400, 1600, 1200), picture=(1600, 1200))
    surface = hand.surface
    surface.zoom_to(1.0, 200, 150)
    shown_anew(surface)
    renders = surface.frame.renders
    for turn in range(60):
        # To and fro, a little and far, and over the edge of what was drawn ahead.
        surface.pan(draw.uniform(-90, 90), draw.uniform(-70, 70))
        if turn % 10 == 4:
            row = draw.randrange(400)
            ident = f"s{row}"
            surface.replace_shapes(
                row, row + 1, [Shape(ident, Geometry(*surface.view.centre, 9, 9), 1)]
            )
        panned = surface.grab().toImage()
        if turn % 6 == 5:
            assert surface.frame.renders == renders, "shifted, never drawn anew"
            assert panned == shown_anew(surface)
            renders = surface.frame.renders


def test_ten_thousand_outlines_are_sharpened_in_pieces_and_hands_act_between_them(
    made, qtbot: QtBot
) -> None:
    hand = made(*crowd(10_000, 1600, 1200), picture=(1600, 1200))
    surface = hand.surface
    shown_anew(surface)
    surface.frame.budget = 0.0
    surface.zoom_to(surface.view.zoom * 1.1, 200, 150)
    surface.grab()
    renders, pieces = surface.frame.renders, 0
    while not surface.frame.render_more(surface.view):
        pieces += 1
        assert not surface.frame.fits(surface.view), "scaled until all of it is sharp"
        if pieces == 2:
            # What changes meanwhile is not lost, and does not begin all of it again.
            surface.replace_shapes(0, 1, [Shape("s0", Geometry(*surface.view.centre, 300, 200), 1)])
    # Halos and strokes of 10,000 boxes, some 500 to a piece.
    assert pieces >= 2 * 10_000 // 600
    assert surface.frame.renders == renders + 1
    assert surface.grab().toImage() == shown_anew(surface)


def test_a_zoom_comes_to_rest_sharp_by_itself_also_among_ten_thousand(made, qtbot: QtBot) -> None:
    hand = made(*crowd(10_000, 1600, 1200), picture=(1600, 1200))
    surface = hand.surface
    shown_anew(surface)
    surface.frame.budget = 0.0
    surface.zoom_to(surface.view.zoom * 1.1, 200, 150)
    # A hand that zooms on in the middle of it is followed.
    qtbot.waitUntil(lambda: surface._pieces.isActive())
    surface.zoom_to(surface.view.zoom * 1.1, 200, 150)
    qtbot.waitUntil(lambda: surface.all_shown)
    assert surface.grab().toImage() == shown_anew(surface)


def of_every_kind(count: int) -> list[Shape]:
    """A crowd with some that take a pen: turned, of rings, of points."""
    shapes = crowd(count, 1600, 1200)
    for number in range(0, count, 40):
        shape = shapes[number]
        x, y, width, height, _ = shape.geometry
        turned = shape._replace(geometry=Geometry(x, y, width, height, 30.0))
        ringed = shape._replace(rings=(((x, y), (x + width, y), (x, y + height)),))
        dotted = shape._replace(dots=((x, y, 2), (x + width, y + height, 1)))
        shapes[number] = (turned, ringed, dotted)[number // 40 % 3]
    return shapes


def test_what_is_shown_in_pieces_is_in_the_end_what_is_shown_at_once(made, qtbot: QtBot) -> None:
    hand = made(*of_every_kind(3000), picture=(1600, 1200))
    surface = hand.surface
    surface.frame.budget = 0.0
    for zoom in (None, 0.5):
        if zoom is not None:
            surface.zoom_to(zoom, 200, 150)
        surface.refresh()
        surface.grab()
        assert not surface.all_shown, "a first frame is short"
        qtbot.waitUntil(lambda: surface.all_shown)
        in_pieces = surface.grab().toImage()
        assert in_pieces == shown_anew(surface)
        surface.frame.budget = 0.0


def test_a_hand_may_pan_and_edit_while_all_of_it_is_drawn(made, qtbot: QtBot) -> None:
    hand = made(*crowd(3000, 1600, 1200), picture=(1600, 1200))
    surface = hand.surface
    surface.zoom_to(0.5, 200, 150)
    shown_anew(surface)
    surface.frame.budget = 0.0
    surface.set_shapes(of_every_kind(3000))
    surface.grab()
    renders, pieces = surface.frame.renders, 0
    while not surface.frame.render_more(surface.view):
        pieces += 1
        surface.pan(-3, 2)
        if pieces % 3 == 0:
            place = Geometry(*surface.view.centre, 20 + pieces, 30)
            surface.replace_shapes(9, 10, [Shape("s9", place, 1)])
    assert pieces > 6
    assert surface.frame.renders == renders + 1, "never begun again"
    assert surface.grab().toImage() == shown_anew(surface)


def test_another_picture_never_wears_the_outlines_of_the_last(made, qtbot: QtBot) -> None:
    hand = made(*crowd(3000, 400, 300))
    surface = hand.surface
    shown_anew(surface)
    surface.frame.budget = 0.0
    surface.set_shapes(crowd(1000, 400, 300))
    surface.set_picture(make_picture(np.full((300, 400, 3), (90, 120, 60), np.uint8)))
    first = surface.grab().toImage()
    assert {first.pixelColor(x, 150).name() for x in range(400)} == {PLAIN}
    qtbot.waitUntil(lambda: surface.all_shown)
    assert surface.grab().toImage() == shown_anew(surface)


def test_of_thousands_that_are_shown_again_only_those_that_changed_are_drawn(made) -> None:
    shapes = crowd(3000, 400, 300)
    hand = made(*shapes)
    surface = hand.surface
    shown_anew(surface)
    renders = surface.frame.renders
    for change in (
        [shapes[0]._replace(geometry=Geometry(5, 5, 90, 60)), *shapes[1:]],
        [*shapes[5:1500], Shape("new", Geometry(200, 90, 80, 70), 2), *shapes[1501:]],
        [*shapes[6:12], shapes[5], *shapes[12:]],
    ):
        surface.replace_shapes(0, len(surface.table), change)
        patched = hand.pixels()
        moved_up = change[6] is shapes[5]
        assert (surface.frame.renders == renders) != moved_up, "what lies above another became so"
        assert patched == shown_anew(surface)
        renders = surface.frame.renders
        assert surface.table.rows == {one.id: row for row, one in enumerate(change)}
