"""Chips, scales, segmented controls and fields: worked by hand and by key, heard when answered."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from labeler.kit import (
    CheckBox,
    Choice,
    ChoiceChip,
    ChoiceGroup,
    Field,
    Part,
    RadioButton,
    ScaleBar,
    SearchField,
    Segmented,
    Select,
    TextArea,
    one_column,
)
from labeler.kit.theme import Theme

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


Show = Callable[..., QWidget]


def classes() -> list[Choice]:
    return [
        Choice("pos", "Positive", "1"),
        Choice("neu", "Neutral", "2"),
        Choice("neg", "Bad", "3"),
    ]


def test_one_click_answers_a_choice_and_the_next_replaces(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    group = ChoiceGroup(classes(), name="Sentiment")
    shown(group)
    with qtbot.waitSignal(group.changed) as heard:
        QTest.mouseClick(group.chips["neg"], LEFT)
    assert heard.args == [("neg",)]
    with qtbot.waitSignal(group.changed) as heard:
        QTest.mouseClick(group.chips["pos"], LEFT)
    assert heard.args == [("pos",)]
    assert not group.chips["neg"].isChecked()


def test_choosing_again_takes_the_answer_back(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    group = ChoiceGroup(classes())
    shown(group)
    group.choose("neu")
    with qtbot.waitSignal(group.changed) as heard:
        group.choose("neu")
    assert heard.args == [()]


def test_several_may_be_chosen_where_it_is_allowed(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    group = ChoiceGroup(classes(), multiple=True)
    shown(group)
    group.choose("neg")
    group.choose("pos")
    # In the order shown, not in the order chosen.
    assert group.chosen == ("pos", "neg")


def test_showing_an_answer_says_nothing(theme: Theme, qtbot: QtBot) -> None:
    group = ChoiceGroup(classes())
    qtbot.addWidget(group)
    with qtbot.assertNotEmitted(group.changed):
        group.set_chosen(["neu"])
    assert group.chosen == ("neu",)
    with pytest.raises(KeyError, match="nope"):
        group.set_chosen(["nope"])


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return])
def test_a_choice_is_made_from_the_keyboard(
    theme: Theme, qtbot: QtBot, shown: Show, key: Qt.Key
) -> None:
    group = ChoiceGroup(classes())
    shown(group)
    group.chips["pos"].setFocus()
    qtbot.waitUntil(group.chips["pos"].hasFocus)
    QTest.keyClick(group.chips["pos"], Key.Key_Down)
    assert group.chips["neu"].hasFocus()
    QTest.keyClick(group.chips["neu"], Key.Key_Up)
    QTest.keyClick(group.chips["pos"], Key.Key_Up)
    assert group.chips["neg"].hasFocus()
    with qtbot.waitSignal(group.changed) as heard:
        QTest.keyClick(group.chips["neg"], key)
    assert heard.args == [("neg",)]


def test_the_arrow_that_points_ahead_goes_ahead_from_right_to_left(
    theme: Theme, qtbot: QtBot, shown: Show, qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    group = ChoiceGroup(classes())
    shown(group)
    group.chips["pos"].setFocus()
    qtbot.waitUntil(group.chips["pos"].hasFocus)
    QTest.keyClick(group.chips["pos"], Key.Key_Left)
    assert group.chips["neu"].hasFocus()
    assert group.chips["neu"].x() < group.chips["pos"].x()


def test_a_read_only_answer_cannot_be_changed(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    group = ChoiceGroup(classes())
    shown(group)
    group.set_chosen(["neu"])
    group.set_read_only(True)
    with qtbot.assertNotEmitted(group.changed):
        group.choose("pos")
        QTest.mouseClick(group.childAt(group.chips["pos"].pos()) or group, LEFT)
    assert group.chosen == ("neu",)
    assert group.chips["neu"].focusPolicy() == Qt.FocusPolicy.NoFocus


def test_chips_stand_in_a_column_by_one_rule(theme: Theme) -> None:
    assert not one_column(["Positive", "Neutral", "Negative", "Mixed"])
    assert one_column(["One", "Two", "Three", "Four", "Five"])
    assert not one_column(["x" * 18])
    assert one_column(["x" * 19, "short"])


def test_a_long_choice_wraps_inside_its_chip(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    long = "The answer repeats what the question said without adding anything of its own to it"
    group = ChoiceGroup([Choice("a", "Short", "1"), Choice("b", long, "2")])
    shown(group, width=260)
    qtbot.waitUntil(lambda: group.chips["b"].width() > 200)
    assert group.chips["a"].height() == 28
    assert group.chips["b"].height() > 28 + theme.line("ui")
    assert group.chips["b"].geometry().bottom() < group.height()


def test_new_keys_appear_on_the_caps(theme: Theme, qtbot: QtBot) -> None:
    group = ChoiceGroup(classes())
    qtbot.addWidget(group)
    narrow = group.chips["pos"].sizeHint().width()
    group.set_keys(["Alt+1", "Alt+2", "Alt+3"])
    assert [chip.key for chip in group.chips.values()] == ["Alt+1", "Alt+2", "Alt+3"]
    assert group.chips["pos"].sizeHint().width() > narrow
    with pytest.raises(ValueError, match="shorter"):
        group.set_keys(["1"])


def outline(widget: QWidget) -> QColor:
    return widget.grab().toImage().pixelColor(widget.width() // 2, 0)


def test_a_chosen_chip_is_outlined_filled_and_medium(theme: Theme, qtbot: QtBot) -> None:
    chip = ChoiceChip("Positive", key="1")
    qtbot.addWidget(chip)
    chip.show()
    t = theme.tokens
    assert outline(chip) == t.border_strong
    width = chip.sizeHint().width()
    chip.setChecked(True)
    image = chip.grab().toImage()
    assert [image.pixelColor(40, y) for y in (0, 1, 2)] == [t.accent, t.accent, t.accent_soft]
    assert chip.sizeHint().width() == width


def test_a_scale_starts_with_nothing_chosen(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    scale = ScaleBar(name="Preference")
    shown(scale)
    assert scale.chosen is None
    with qtbot.waitSignal(scale.chosen_changed) as heard:
        QTest.mouseClick(scale, LEFT, pos=scale.cell_rect(2).center())
    assert heard.args == [2]
    with qtbot.assertNotEmitted(scale.chosen_changed):
        QTest.mouseClick(scale, LEFT, pos=scale.cell_rect(2).center())


def test_the_key_cap_below_a_point_is_part_of_its_target(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    scale = ScaleBar(1, 5, keys=tuple("12345"))
    shown(scale)
    cap = scale.cell_rect(4).center() + QPoint(0, 32)
    QTest.mouseClick(scale, LEFT, pos=cap)
    assert scale.chosen == 4


def test_arrow_keys_walk_a_scale_and_delete_clears_it(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    scale = ScaleBar(-3, 3)
    shown(scale)
    for key, expected in (
        (Key.Key_Right, -3),
        (Key.Key_Right, -2),
        (Key.Key_Up, -1),
        (Key.Key_Left, -2),
        (Key.Key_End, 3),
        (Key.Key_Right, 3),
        (Key.Key_Home, -3),
        (Key.Key_Delete, None),
        (Key.Key_Left, 3),
    ):
        QTest.keyClick(scale, key)
        assert scale.chosen == expected


def test_a_scale_is_mirrored_with_its_keys(
    theme: Theme, qtbot: QtBot, shown: Show, qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    scale = ScaleBar(1, 5)
    shown(scale)
    assert scale.cell_rect(1).left() > scale.cell_rect(5).left()
    scale.set_chosen(3)
    QTest.keyClick(scale, Key.Key_Left)
    assert scale.chosen == 4


def test_the_cells_of_a_scale_are_equal_and_fill_its_width(theme: Theme, qtbot: QtBot) -> None:
    scale = ScaleBar(-3, 3)
    scale.resize(290, 32)
    qtbot.addWidget(scale)
    cells = [scale.cell_rect(v) for v in range(-3, 4)]
    assert max(c.width() for c in cells) - min(c.width() for c in cells) <= 1
    assert (cells[0].left(), cells[-1].right()) == (0, 289)
    assert all(b.left() - a.right() - 1 == 4 for a, b in pairwise(cells))


def test_a_scale_is_a_slider_to_screen_readers(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    scale = ScaleBar(-3, 3, name="Preference", sentences={2: "B is better"})
    shown(scale)
    interface = QAccessible.queryAccessibleInterface(scale)
    assert interface.role() == QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Name) == "Preference"
    scale.choose(2)
    assert interface.text(QAccessible.Text.Description) == "B is better"
    assert interface.valueInterface().currentValue() == 2


def test_a_screen_reader_can_move_the_scale(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    scale = ScaleBar(1, 5)
    shown(scale)
    scale.set_chosen(2)
    with qtbot.waitSignal(scale.chosen_changed) as heard:
        scale.triggerAction(ScaleBar.SliderAction.SliderSingleStepAdd)
    assert heard.args == [3]


def test_a_scale_refuses_what_is_not_on_it(theme: Theme, qtbot: QtBot) -> None:
    scale = ScaleBar(1, 5)
    qtbot.addWidget(scale)
    with pytest.raises(ValueError, match="6 is not on the scale 1 to 5"):
        scale.set_chosen(6)
    with pytest.raises(ValueError, match="two points"):
        ScaleBar(1, 1)
    with pytest.raises(ValueError, match="2 keys for 5 points"):
        ScaleBar(1, 5, keys=("1", "2"))


def test_a_scale_that_only_shows_takes_no_answer(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    scale = ScaleBar(1, 5)
    shown(scale)
    scale.set_chosen(2)
    scale.set_read_only(True)
    with qtbot.assertNotEmitted(scale.chosen_changed):
        QTest.keyClick(scale, Key.Key_Right)
        QTest.mouseClick(scale, LEFT, pos=scale.cell_rect(5).center())
    assert scale.chosen == 2


def test_a_segmented_control_may_start_with_none_chosen(qapp: QApplication) -> None:
    parts = [Part("a", "Select"), Part("b", "Box")]
    control = Segmented(parts, name="Tool", chosen=None)
    buttons = [control.part_button(one.id) for one in parts]
    assert control.chosen == ""
    assert not any(one.isChecked() for one in buttons if isinstance(one, QAbstractButton))
    policies = [one.focusPolicy() for one in buttons]
    assert policies == [Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus], "Tab reaches it"
    heard: list[str] = []
    control.chosen_changed.connect(heard.append)
    control.choose_next()
    assert (heard, control.chosen) == (["a"], "a")
    control.set_chosen(None)
    assert (heard, control.chosen) == (["a"], ""), "showing is no choosing"


def tools() -> Segmented:
    return Segmented([Part("a", "Select"), Part("b", "Box"), Part("c", "Polygon")], name="Tool")


def test_a_segmented_control_always_has_one_part_chosen(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    control = tools()
    shown(control)
    assert control.chosen == "a"
    with qtbot.waitSignal(control.chosen_changed) as heard:
        QTest.mouseClick(control.part_button("c"), LEFT)
    assert heard.args == ["c"]
    with qtbot.assertNotEmitted(control.chosen_changed):
        QTest.mouseClick(control.part_button("c"), LEFT)
    assert control.chosen == "c"


def test_arrow_keys_skip_a_part_that_is_off(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    control = tools()
    shown(control)
    control.set_part_enabled("b", False, "Only on images")
    control.part_button("a").setFocus()
    qtbot.waitUntil(control.part_button("a").hasFocus)
    with qtbot.waitSignal(control.chosen_changed) as heard:
        QTest.keyClick(control.part_button("a"), Key.Key_Right)
    assert heard.args == ["c"]
    assert control.part_button("c").hasFocus()
    assert control.part_button("b").toolTip() == "Only on images"


def test_one_key_for_the_row_goes_round(theme: Theme, qtbot: QtBot) -> None:
    control = tools()
    qtbot.addWidget(control)
    seen = []
    for _ in range(4):
        control.choose_next()
        seen.append(control.chosen)
    assert seen == ["b", "c", "a", "b"]


def test_tab_stops_once_at_a_segmented_control(theme: Theme, qtbot: QtBot) -> None:
    control = tools()
    qtbot.addWidget(control)
    control.set_chosen("b")
    by_tab = Qt.FocusPolicy.TabFocus
    stops = [name for name in "abc" if control.part_button(name).focusPolicy() & by_tab == by_tab]
    assert stops == ["b"]


def test_a_field_says_below_what_is_wrong(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    field = Field("Label", "cta")
    shown(field)
    low = field.height()
    field.set_error("Not in the set. Car?")
    qtbot.waitUntil(lambda: field.height() > low)
    assert outline(field.edit) == theme.tokens.danger
    interface = QAccessible.queryAccessibleInterface(field.edit)
    assert interface.text(QAccessible.Text.Name) == "Label"
    assert interface.text(QAccessible.Text.Description) == "Not in the set. Car?"
    field.set_error("")
    field.edit.clearFocus()
    assert outline(field.edit) == theme.tokens.border_strong


def test_a_focused_field_has_a_border_of_2_px(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    field = Field("Label")
    shown(field)
    field.edit.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    image = field.edit.grab().toImage()
    t = theme.tokens
    assert [image.pixelColor(80, y) for y in (0, 1, 2)] == [t.accent, t.accent, t.surface]


def test_a_field_is_read_only_as_soon_as_it_is_told(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    field = Field("Key", "cam2")
    shown(field)
    area = TextArea("Reason", "Because")
    other = shown(area)
    field.set_read_only(True)
    area.set_read_only(True)
    QTest.keyClicks(field.edit, "x")
    assert field.text == "cam2"
    for edit in (field.edit, area.edit):
        edit.clearFocus()
        assert outline(edit) == theme.tokens.sunken
    field.set_read_only(False)
    assert outline(field.edit) == theme.tokens.border_strong
    assert other.isVisible()


def test_escape_clears_a_search_first_and_then_belongs_to_others(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    search = SearchField("Search texts", key="/")
    shown(search)
    QTest.keyClicks(search, "venison")
    with qtbot.waitSignal(search.cleared):
        QTest.keyClick(search, Key.Key_Escape)
    assert search.text() == ""
    with qtbot.assertNotEmitted(search.cleared):
        QTest.keyClick(search, Key.Key_Escape)


def test_a_text_area_counts_up_to_what_is_asked(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    area = TextArea("Reason")
    shown(area)
    area.set_counter(79, 80)
    assert area.counter == "79 of at least 80"
    area.set_counter(80, 80)
    assert area.counter == "80 of at least 80 ✓"
    area.set_counter(5)
    assert area.counter == "5"
    area.set_counter(None)
    assert area.counter == ""


def test_a_text_area_grows_and_then_scrolls(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    area = TextArea("Reason", least=2, most=5)
    shown(area)
    heights = []
    for lines in (1, 2, 4, 5, 30):
        area.set_text("\n".join(["line"] * lines))
        heights.append(area.edit.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_leaving_a_text_area_is_told(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    area, other = TextArea("Reason"), Field("Next")
    box = QWidget()
    column = QVBoxLayout(box)
    column.addWidget(area)
    column.addWidget(other)
    shown(box)
    area.edit.setFocus()
    qtbot.waitUntil(area.edit.hasFocus)
    with qtbot.waitSignal(area.left):
        QTest.keyClick(area.edit, Key.Key_Tab)
    assert other.edit.hasFocus()
    assert area.text == ""


def test_boxes_and_radio_buttons_are_worked_by_click_and_space(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    box, radio = CheckBox("Hide done"), RadioButton("One")
    both = QWidget()
    column = QVBoxLayout(both)
    column.addWidget(box)
    column.addWidget(radio)
    shown(both)
    QTest.mouseClick(box, LEFT)
    assert box.isChecked()
    assert box.grab().toImage().pixelColor(2, box.height() // 2) == theme.tokens.accent
    QTest.keyClick(box, Key.Key_Space)
    assert not box.isChecked()
    QTest.keyClick(radio, Key.Key_Space)
    assert radio.isChecked()


def test_a_drop_down_is_chosen_by_id(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    select = Select([("none", "Not occluded"), ("some", "Partly")], name="Occluded")
    shown(select)
    assert select.chosen == "none"
    QTest.keyClick(select, Key.Key_Down)
    assert select.chosen == "some"
    with pytest.raises(KeyError, match="all"):
        select.set_chosen("all")
