"""Ratings and preferences: cells, keys, words, and the sign of a reversed pair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from labeler.api import Part, Problem, Value
from labeler.kit.theme import Theme
from labeler.model.questions import PreferenceQuestion, ScaleQuestion

Opener = Callable[..., Any]
PAIR = (Part("r1", "response"), Part("r2", "response"))
PREFER = PreferenceQuestion(id="p", title="Which is better?")


def click(qtbot: QtBot, bar: Any, cell: int) -> None:
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.cell_rect(cell).center())


def test_a_click_on_a_cell_gives_its_point(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ScaleQuestion(id="s", minimum=-3, maximum=3)])
    click(qtbot, page.control("s").bar, -2)
    assert page.answers == [-2]
    assert type(page.answers[0]) is int


def test_points_that_are_no_whole_numbers_are_chips_with_their_number(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([ScaleQuestion(id="s", minimum=1, maximum=3, step=0.5)])
    chips = page.control("s").chips.chips
    assert [chip.text() for chip in chips.values()] == ["1", "1.5", "2", "2.5", "3"]
    qtbot.mouseClick(chips["3"], Qt.MouseButton.LeftButton)
    assert page.answers == [2.5]
    page.form.set_value(Value((), {"s": 1}))
    assert page.control("s").chips.chosen == ("0",)


def test_a_scale_of_a_hundred_points_is_asked_as_a_number(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ScaleQuestion(id="s", minimum=0, maximum=100, low="never", high="always")])
    edit = page.control("s").field.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "70")
    assert page.form.value.answers == {"s": 70}
    qtbot.keyClicks(edit, ".5")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert page.block("s").complaint == "Choose a point from 0 to 100 in steps of 1"


def test_a_named_point_is_said_in_words(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ScaleQuestion(id="s", anchors={"1": "not at all", "5": "wholly"})])
    click(qtbot, page.control("s").bar, 5)
    assert page.control("s").words == "wholly"
    assert page.control("s").bar.accessibleDescription() == "wholly"


def test_true_is_no_point_of_a_scale(open_form: Opener) -> None:
    page = open_form([ScaleQuestion(id="s")], answers={"s": True})
    assert page.control("s").bar.chosen is None


def test_the_first_response_is_negative(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([PREFER], parts=PAIR)
    click(qtbot, page.control("p").bar, -3)
    assert page.answers == [{"kind": "prefer", "strength": -3}]
    assert page.control("p").words == "A is much better"


def test_the_sign_is_turned_where_the_second_response_is_shown_first(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([PREFER], parts=PAIR, order=("r2", "r1"))
    # The left cell speaks for what stands at the left: r2, the second of the content.
    click(qtbot, page.control("p").bar, -3)
    assert page.answers == [{"kind": "prefer", "strength": 3}]
    assert page.control("p").words == "A is much better"
    page.form.set_value(Value((), {"p": {"kind": "prefer", "strength": -2}}))
    assert page.control("p").bar.chosen == 2
    assert page.control("p").words == "B is better"


def test_no_difference_has_no_sign(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([PREFER], parts=PAIR, order=("r2", "r1"))
    qtbot.keyClick(page.form, Qt.Key.Key_4)
    assert page.answers == [{"kind": "prefer", "strength": 0}]
    assert page.control("p").words == "About the same"


@pytest.mark.parametrize(
    ("pressed", "kind"),
    [(Qt.Key.Key_8, "tie_good"), (Qt.Key.Key_9, "tie_bad"), (Qt.Key.Key_0, "cannot_judge")],
)
def test_ties_have_keys_of_their_own_and_no_strength(
    open_form: Opener, qtbot: QtBot, pressed: Qt.Key, kind: str
) -> None:
    page = open_form([PREFER], parts=PAIR, answers={"p": {"kind": "prefer", "strength": 2}})
    qtbot.keyClick(page.form, pressed)
    assert page.answers == [{"kind": kind}]
    assert page.control("p").bar.chosen is None
    qtbot.keyClick(page.form, Qt.Key.Key_1)
    assert page.answers[-1] == {"kind": "prefer", "strength": -3}
    assert page.control("p").ties.chosen == ()


CRITERION = PreferenceQuestion(id="p", title="Accuracy", strongest=1)


def test_a_criterion_is_one_row_whose_last_cell_says_why_neither_is_better(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([CRITERION], parts=PAIR)
    control = page.control("p")
    assert control.ties.y() == control.bar.y()
    assert control.ties.text() == "Neither…", "which offers something and is no answer"
    assert control.ties.accessibleDescription() == ""
    wide = control.ties.sizeHint().width()
    menu = control.ties.menu()
    assert [one.text() for one in menu.actions()] == ["Both good", "Both bad", "Cannot judge"]
    menu.actions()[1].trigger()
    assert page.answers == [{"kind": "tie_bad"}]
    assert control.ties.text() == control.ties.accessibleDescription() == "Both bad"
    assert control.ties.sizeHint().width() == wide, "choosing moves nothing"
    menu.actions()[1].trigger()
    assert page.answers[-1] is None
    assert control.ties.text() == "Neither…"


def test_the_key_of_a_criterion_goes_through_all_six_answers(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([CRITERION], parts=PAIR)
    for _ in range(7):
        qtbot.keyClick(page.form, Qt.Key.Key_Q)
    prefer = [{"kind": "prefer", "strength": strength} for strength in (-1, 0, 1)]
    ties = [{"kind": kind} for kind in ("tie_good", "tie_bad", "cannot_judge")]
    assert page.answers == [*prefer, *ties, prefer[0]]
    assert page.control("p").ties.chosen == ()


def test_a_criterion_with_a_short_title_is_one_line_with_the_rest_in_its_menu(
    open_form: Opener, qtbot: QtBot
) -> None:
    asked = msgspec.structs.replace(CRITERION, help="Fewer wrong things", rule="2", required=True)
    page = open_form([asked], parts=PAIR)
    block, control = page.block("p"), page.control("p")
    qtbot.waitUntil(lambda: block.height() < 48)
    title = next(one for one in block.findChildren(QLabel) if one.text() == "Accuracy")
    assert title.toolTip() == "Fewer wrong things"
    middle = [one.mapTo(block, one.rect().center()).y() for one in (title, control.bar)]
    assert abs(middle[0] - middle[1]) <= 1
    about, *ties, way = [one for one in control.ties.menu().actions() if not one.isSeparator()]
    assert (about.text(), about.isEnabled()) == ("Fewer wrong things", False)
    assert [one.text() for one in ties] == ["Both good", "Both bad", "Cannot judge"]
    way.trigger()
    assert page.rules == ["2"]
    assert page.answers == []
    height = block.height()
    page.form.set_typing(True)
    QApplication.processEvents()
    assert block.height() == height, "the chord has its room at all times"
    page.form.show_problems([Problem("missing", "answers.p", {})])
    assert block.complaint
    qtbot.waitUntil(lambda: block.height() > height)


def test_a_criterion_whose_title_has_no_room_in_a_line_has_a_section(
    open_form: Opener, qtbot: QtBot
) -> None:
    long = "Following the task, all of it, and nothing that was not asked for"
    asked = msgspec.structs.replace(CRITERION, title=long, help="Fewer wrong things", rule="2")
    page = open_form([asked], parts=PAIR)
    block, control = page.block("p"), page.control("p")
    qtbot.waitUntil(lambda: control.width() > 250)
    words = next(one for one in block.findChildren(QLabel) if one.text() == "Fewer wrong things")
    assert words.isVisible()
    assert block.book.isVisible()
    assert not any(one.isVisible() for one in control.ties.menu().actions()[:2])
    page.resize(900, 700)
    qtbot.waitUntil(lambda: not words.isVisible())
    assert not block.book.isVisible()


def test_a_criterion_read_only_is_answered_by_no_hand(open_form: Opener) -> None:
    page = open_form([CRITERION], parts=PAIR, answers={"p": {"kind": "tie_good"}})
    page.form.set_read_only(True)
    control = page.control("p")
    assert control.ties.text() == "Both good"
    control.ties.choose("tie_bad")
    for action in control.ties.menu().actions():
        action.trigger()
    assert page.answers == []


def test_a_preference_between_three_says_so(open_form: Opener) -> None:
    page = open_form([PREFER], parts=(*PAIR, Part("r3", "response")))
    warning = page.control("p").warning
    assert warning == "A preference is between two; this task has 3"
    two = open_form([PREFER], parts=PAIR)
    assert two.control("p").warning == ""


def test_while_a_text_is_written_scale_caps_stay_and_alt_stands_in_the_heading(
    open_form: Opener, theme: Theme
) -> None:
    page = open_form([ScaleQuestion(id="s")])
    page.form.set_typing(True)
    assert page.block("s").shows_alt
    page.form.set_typing(False)
    assert not page.block("s").shows_alt
