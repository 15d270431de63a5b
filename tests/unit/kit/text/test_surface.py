from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QKeyEvent

from labeler.kit.text import Mark

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
FAMILY = "👨\u200d👩\u200d👧"


# drawing with the mouse


def test_a_drag_takes_whole_words_and_is_told_once(hands):
    hand = hands("We waited almost an hour for it.")
    hand.drag(hand.point("waited", 0.4), hand.point("hour", 0.3))
    assert hand.selected == "waited almost an hour"
    assert hand.drawn == [hand.find("waited almost an hour")]


def test_a_drag_with_alt_takes_single_letters(hands):
    hand = hands("We waited almost an hour for it.")
    hand.drag(hand.point("aited", 0.0), hand.point("hou", 1.0), ALT)
    assert hand.selected == "aited almost an hou"


def test_without_snapping_alt_takes_words(hands):
    hand = hands("We waited almost an hour for it.")
    hand.surface.snap_to_words = False
    hand.drag(hand.point("aited", 0.0), hand.point("almos", 1.0))
    assert hand.selected == "aited almos"
    hand.drag(hand.point("aited", 0.0), hand.point("almos", 1.0), ALT)
    assert hand.selected == "waited almost"


def test_a_drag_from_right_to_left_selects_the_same(hands):
    hand = hands("We waited almost an hour for it.")
    hand.drag(hand.point("hour", 0.6), hand.point("waited", 0.6))
    assert hand.selected == "waited almost an hour"
    assert hand.surface.caret == hand.find("waited")[0]


def test_offsets_behind_emoji_and_accents_are_code_points(hands):
    hand = hands(f"😊😊 {FAMILY} cafe\u0301 gut!")
    hand.drag(hand.point("gut", 0.2), hand.point("gut", 0.8))
    # 2 emoji, a space, 5 of the family, a space, 5 of the café, a space
    assert hand.drawn == [(15, 18)]
    assert hand.selected == "gut"


def test_a_letter_of_several_signs_is_taken_whole(hands):
    hand = hands(f"a{FAMILY}b e\u0301e")
    hand.surface.snap_to_words = False
    rect = hand.surface.range_rect(*hand.find(FAMILY))
    middle = rect.center().y()
    hand.drag(QPoint(rect.left() + 1, middle), QPoint(rect.right() + 1, middle))
    assert hand.selected == FAMILY


def test_words_from_right_to_left_are_drawn_where_they_stand(hands):
    hand = hands("الأكل لذيذ جدا، service بطيئة")
    first, last = hand.point("الأكل"), hand.point("لذيذ")
    assert first.x() > last.x()
    hand.drag(first, last)
    assert hand.selected == "الأكل لذيذ"
    hand.drag(hand.point("service", 0.2), hand.point("service", 0.9))
    assert hand.selected == "service"


def test_a_drag_over_lines_and_paragraphs_counts_the_line_end_as_it_is(hands):
    hand = hands("one two\r\nthree four\r\nfive")
    hand.drag(hand.point("two"), hand.point("five"))
    assert hand.selected == "two\r\nthree four\r\nfive"
    assert hand.drawn == [(4, 25)]


def test_two_clicks_select_a_word_three_a_sentence_four_a_paragraph(hands):
    hand = hands("It was late. The food was great! Yes.\nNext.")
    for count, words in (
        (2, "food"),
        (3, "The food was great!"),
        (4, "It was late. The food was great! Yes."),
    ):
        hand.drawn.clear()
        hand.click(hand.point("Next"))
        hand.clicks(hand.point("food"), count)
        assert hand.selected == words
        assert hand.drawn[-1] == hand.find(words)


def test_a_drag_after_two_clicks_goes_word_by_word(hands):
    hand = hands("It was late and dark.")
    hand.surface.snap_to_words = False
    hand.clicks(hand.point("was"), 1)
    hand.press_again(hand.point("was"))
    hand.move(hand.point("and", 0.3))
    hand.release(hand.point("and", 0.3))
    assert hand.selected == "was late and"
    assert hand.drawn == [hand.find("was late and")]


def test_shift_and_a_click_extend_from_the_caret(hands):
    hand = hands("one two three four")
    hand.click(hand.point("one", 0.0))
    hand.click(hand.point("three"), SHIFT)
    assert hand.selected == "one two three"


def test_a_click_beside_the_words_selects_nothing(hands):
    hand = hands("one two")
    hand.drag(hand.point("one"), hand.point("two"))
    hand.drawn.clear()
    hand.click(QPoint(700, 300))
    assert hand.selected == ""
    assert hand.drawn == []
    assert hand.surface.caret == 7


def test_a_drag_held_below_the_edge_scrolls_on(hands, qtbot):
    hand = hands("\n".join(f"line {n}" for n in range(200)))
    bar = hand.surface.verticalScrollBar()
    hand.press(hand.point("line 2"))
    hand.move(QPoint(100, 200))
    hand.move(QPoint(100, 460))
    qtbot.waitUntil(lambda: bar.value() > 300, timeout=5000)
    hand.release(QPoint(100, 460))
    assert hand.selected.startswith("line 2\n")
    assert hand.selected.count("\n") > 10


def test_letting_go_of_a_drag_keeps_the_selection_and_tells_nothing(hands):
    hand = hands("one two three")
    hand.press(hand.point("one"))
    hand.move(hand.point("two"))
    assert hand.surface.is_drawing
    hand.surface.let_go()
    assert not hand.surface.is_drawing
    hand.release(hand.point("two"))
    assert (hand.selected, hand.drawn) == ("one two", [])


# choosing marks


def test_a_click_on_a_mark_chooses_it_and_beside_drops_it(hands):
    hand = hands("the venison was good", Mark("v", 4, 11, "Food", 2))
    hand.click(hand.point("venison"))
    assert hand.surface.chosen == ("v",)
    hand.click(hand.point("good"))
    assert hand.surface.chosen == ()
    assert hand.chosen == [("v",), ()]


def test_clicking_again_goes_round_the_marks_that_lie_there(hands):
    hand = hands(
        "the perfectly pink venison",
        Mark("long", 0, 26, "", 1),
        Mark("short", 14, 18, "", 2),
        Mark("middle", 4, 18, "", 3),
    )
    point = hand.point("pink")
    seen = []
    for _ in range(4):
        hand.click(point)
        seen.append(hand.surface.chosen)
        # apart in time, else they are a double click
        hand.surface._pointer._last_press = -10_000
    assert seen == [("short",), ("middle",), ("long",), ("short",)]


def test_control_adds_a_mark_to_the_choice_and_takes_it_away(hands):
    hand = hands("one two three", Mark("a", 0, 3, "", 1), Mark("b", 8, 13, "", 2))
    hand.click(hand.point("one"))
    hand.click(hand.point("three"), CTRL)
    assert hand.surface.chosen == ("a", "b")
    hand.click(hand.point("one"), CTRL)
    assert hand.surface.chosen == ("b",)


def test_a_click_on_a_tag_chooses_its_mark(hands):
    hand = hands("one two three", Mark("a", 0, 3, "A long tag for a short word", 1))
    line = hand.surface.page.laid(0).lines[0]
    [tag] = line.tags
    place = hand.surface.origin() + tag.box.center()
    hand.click(place.toPoint())
    assert hand.surface.chosen == ("a",)


def test_marks_outside_the_text_are_left_out(hands):
    hand = hands("one", Mark("past", 2, 9, "", 1), Mark("none", 1, 1, "", 1))
    assert hand.surface.page.marks == {}


def test_a_choice_of_a_mark_that_is_gone_is_dropped(hands):
    hand = hands("one two", Mark("a", 0, 3), Mark("b", 4, 7))
    hand.surface.set_chosen(["a", "b", "unknown"])
    assert hand.surface.chosen == ("a", "b")
    hand.surface.set_marks([Mark("b", 4, 7)])
    assert hand.surface.chosen == ("b",)
    assert hand.chosen == []


# keys


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        ([(Key.Key_Right, SHIFT, 3)], "one"),
        ([(Key.Key_Right, SHIFT | CTRL, 2)], "one two "),
        ([(Key.Key_End, SHIFT, 1)], f"one two {FAMILY} end"),
        ([(Key.Key_End, SHIFT | CTRL, 1)], f"one two {FAMILY} end\r\nlast line"),
        ([(Key.Key_Down, SHIFT, 1)], f"one two {FAMILY} end\r\n"),
        ([(Key.Key_A, CTRL, 1)], f"one two {FAMILY} end\r\nlast line"),
        ([(Key.Key_Right, CTRL, 2), (Key.Key_Right, SHIFT, 1)], FAMILY),
        ([(Key.Key_End, Qt.KeyboardModifier.NoModifier, 1), (Key.Key_Right, SHIFT, 1)], "\r\n"),
        ([(Key.Key_End, CTRL, 1), (Key.Key_Home, SHIFT, 1)], "last line"),
        ([(Key.Key_End, CTRL, 1), (Key.Key_Left, SHIFT | CTRL, 1)], "line"),
        ([(Key.Key_End, CTRL, 1), (Key.Key_Up, SHIFT, 1), (Key.Key_Right, SHIFT, 99)], ""),
        ([(Key.Key_Right, SHIFT, 3), (Key.Key_Escape, Qt.KeyboardModifier.NoModifier, 1)], ""),
    ],
)
def test_keys_select_letters_words_lines_and_all(hands, keys, selected):
    hand = hands(f"one two {FAMILY} end\r\nlast line")
    for key, held, times in keys:
        hand.key(key, held, times)
    assert hand.selected == selected
    assert hand.drawn == []


def test_arrows_go_where_they_point_in_both_directions_of_writing(hands):
    hand = hands("שלום\nabc")
    hand.key(Key.Key_Left)
    assert hand.surface.caret == 1
    hand.key(Key.Key_Right)
    assert hand.surface.caret == 0
    hand.key(Key.Key_End, CTRL)
    hand.key(Key.Key_Left)
    assert hand.surface.caret == 7


def test_going_down_and_up_keeps_the_column_over_a_short_line(hands):
    hand = hands("a long first line\nx\na long third line")
    hand.key(Key.Key_Right, times=10)
    hand.key(Key.Key_Down)
    assert hand.surface.caret == 19
    hand.key(Key.Key_Down)
    assert hand.surface.caret in (29, 30, 31)
    hand.key(Key.Key_Up, times=2)
    assert hand.surface.caret == 10


def test_selected_words_are_copied_as_they_are(hands):
    hand = hands("one\r\ntwo")
    hand.key(Key.Key_A, CTRL)
    hand.key(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "one\r\ntwo"


def test_keys_of_nobody_are_left_to_others(hands):
    hand = hands("one")
    for key in (Key.Key_P, Key.Key_1, Key.Key_Return, Key.Key_Tab):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "")
        hand.surface.keyPressEvent(event)
        assert not event.isAccepted()


def test_letters_are_commands_here_and_not_typed(hands):
    hand = hands("one")
    assert not hand.surface.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


# screen readers


def test_keys_and_choices_are_said_to_a_screen_reader_without_harm(hands):
    """There is no reader here to listen; what is sent must at least be well formed for Qt."""
    QAccessible.setActive(True)
    try:
        hand = hands(f"the {FAMILY} venison", Mark("v", 10, 17, "Food", 2))
        hand.key(Key.Key_Right, SHIFT | CTRL, 2)
        hand.surface.choose(["v"])
        assert QAccessible.isActive()
        found = QAccessible.queryAccessibleInterface(hand.surface)
        assert found.text(QAccessible.Text.Name) == "Text"
        assert FAMILY in found.text(QAccessible.Text.Description)
    finally:
        QAccessible.setActive(False)


def test_the_text_has_a_name_and_is_its_own_description(hands):
    hand = hands("the venison was good")
    assert hand.surface.accessibleName() == "Text"
    assert hand.surface.accessibleDescription() == "the venison was good"


# painting


def pixels(hand, rect: QRect) -> set[str]:
    image = hand.surface.viewport().grab(rect).toImage()
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_a_mark_is_underlined_in_its_labels_colour(hands, theme):
    hand = hands("the venison was good", Mark("v", 4, 11, "Food", 2))
    rect = hand.surface.mark_rect("v")
    line = QRect(rect.left() + 2, rect.bottom() - 1, rect.width() - 4, 1)
    colour = theme.tokens.label_colour(2).surface.name()
    assert pixels(hand, line) == {colour}
    before = QRect(rect.left() - 20, rect.bottom() - 1, 15, 1)
    assert pixels(hand, before) == {theme.tokens.surface.name()}


def test_a_models_mark_is_dashed(hands, theme):
    hand = hands("the venison was good", Mark("v", 4, 11, "Food", 2, dashed=True))
    rect = hand.surface.mark_rect("v")
    line = QRect(rect.left() + 2, rect.bottom() - 1, rect.width() - 4, 1)
    colour = theme.tokens.label_colour(2).surface.name()
    assert pixels(hand, line) >= {colour, theme.tokens.surface.name()}


def test_overlapping_marks_lie_two_pixels_apart(hands, theme):
    hand = hands("the venison was good", Mark("a", 4, 11, "", 2), Mark("b", 4, 11, "", 7))
    rect = hand.surface.mark_rect("a")
    image = hand.surface.viewport().grab().toImage()
    x = rect.center().x()
    column = [QColor(image.pixel(x, y)).name() for y in range(rect.bottom() - 2, rect.bottom() + 6)]
    first, second = (theme.tokens.label_colour(n).surface.name() for n in (2, 7))
    ground = theme.tokens.surface.name()
    assert column == [first] * 3 + [ground] * 2 + [second] * 3


def test_a_fifth_mark_is_counted_and_not_drawn(hands):
    marks = [Mark(str(n), 4, 11, "", n) for n in range(1, 7)]
    hand = hands("the venison was good", *marks)
    line = hand.surface.page.laid(0).lines[0]
    assert sum(1 for piece in line.pieces if piece.top is not None) == 4
    assert [count for _, count in line.more] == [2]


def test_the_chosen_mark_has_a_ground_and_the_others_none(hands, theme):
    hand = hands("the venison was good", Mark("v", 4, 11, "", 2), Mark("g", 16, 20, "", 2))
    hand.surface.set_chosen(["v"])
    selection = theme.tokens.selection.name()
    assert selection in pixels(hand, hand.surface.mark_rect("v"))
    assert selection not in pixels(hand, hand.surface.mark_rect("g"))


def test_a_line_with_tags_is_higher_and_one_without_is_not(hands, theme):
    plain = hands("the venison was good").surface.page.laid(0)
    tagged = hands("the venison was good", Mark("v", 4, 11, "Food", 2)).surface.page.laid(0)
    # LOOK.md: 32 a line, 60 when tags hang below
    assert (plain.height, tagged.height) == (32, 60)


def test_a_change_of_theme_and_text_size_is_followed(hands, theme):
    hand = hands("the venison was good", Mark("v", 4, 11, "Food", 2))
    before = hand.surface.mark_rect("v")
    theme.set(choice="dark", text_scale=2.0)
    assert hand.surface.mark_rect("v").width() > 1.8 * before.width()
    assert theme.tokens.surface.name() in pixels(hand, QRect(0, 0, 20, 20))


# long texts


def test_only_what_is_in_sight_is_laid_out(hands):
    hand = hands("\n".join(f"paragraph {n} with some words" for n in range(50_000)))
    hand.surface.viewport().grab()
    assert len(hand.surface.page._laid) < 40
    bar = hand.surface.verticalScrollBar()
    bar.setValue(bar.maximum())
    hand.surface.viewport().grab()
    assert len(hand.surface.page._laid) < 80


def test_the_end_is_reached_and_the_beginning_found_again(hands):
    hand = hands("\n".join(f"paragraph {n} " + "words " * (n % 90) for n in range(3000)))
    hand.key(Key.Key_End, CTRL)
    hand.surface.viewport().grab()
    rect = hand.surface.range_rect(*hand.find("paragraph 2999"))
    assert hand.surface.viewport().rect().contains(rect.topLeft())
    hand.key(Key.Key_Home, CTRL)
    hand.surface.viewport().grab()
    assert hand.surface.verticalScrollBar().value() == 0


def test_scrolling_up_over_unseen_paragraphs_does_not_jump(hands):
    hand = hands("\n".join(f"paragraph {n} " + "words " * (n % 90) for n in range(3000)))
    surface = hand.surface
    surface.scroll_to(hand.find("paragraph 2000 ")[0])
    surface.viewport().grab()
    bar = surface.verticalScrollBar()
    for _ in range(60):
        first = surface.first_in_sight()
        before = surface.range_rect(first, first + 1).top()
        value = bar.value()
        bar.setValue(value - 40)
        surface.viewport().grab()
        moved = surface.range_rect(first, first + 1).top() - before
        assert abs(moved - 40) <= 1


def test_the_place_read_stays_when_the_width_changes(hands):
    hand = hands("\n".join(f"paragraph {n} " + "words " * (n % 90) for n in range(3000)))
    start = hand.find("paragraph 1500 ")[0]
    hand.surface.scroll_to(start)
    hand.surface.viewport().grab()
    hand.surface.resize(500, 400)
    hand.surface.viewport().grab()
    assert hand.surface.first_in_sight() == start


def test_a_mark_far_below_is_brought_into_sight(hands):
    text = "\n".join(f"paragraph {n}" for n in range(3000))
    start = text.index("paragraph 2500")
    hand = hands(text, Mark("m", start, start + 9, "Here", 1))
    hand.surface.set_chosen(["m"], reveal=True)
    hand.surface.viewport().grab()
    rect = hand.surface.mark_rect("m")
    assert hand.surface.viewport().rect().contains(rect)


def test_one_paragraph_of_a_megabyte_can_be_read_and_marked(hands):
    text = "Das ist ein Satz. " * 60_000
    hand = hands(text, Mark("m", 900_000, 900_010, "x", 1))
    hand.surface.set_chosen(["m"], reveal=True)
    hand.surface.viewport().grab()
    assert hand.surface.viewport().rect().contains(hand.surface.mark_rect("m"))
    assert len(hand.surface.page._laid) < 10
