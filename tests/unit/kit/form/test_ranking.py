"""The ranking control, by keys, by mouse and by buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.api import Part, Value
from labeler.model.questions import RankingQuestion

Opener = Callable[..., Any]
PARTS = tuple(Part(f"r{number}", "response") for number in range(1, 5))
ORDER = RankingQuestion(id="o", title="Order, best first", required=True)
ALT = Qt.KeyboardModifier.AltModifier
LISTED = {"r1": 1, "r2": 2, "r3": 3, "r4": 4}


def press(qtbot: QtBot, page: Any, what: Any, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    view = page.control("o").list
    if not view.hasFocus():
        view.setFocus()
    qtbot.keyClick(view, what, held)


def drag(qtbot: QtBot, view: Any, part: str, to: QPoint) -> None:
    port = view.viewport()
    start = view.row_rect(part).center()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(port, left, pos=start)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(port, start + (to - start) * share)
    qtbot.mouseRelease(port, left, pos=to)


def test_the_order_shown_is_no_answer_until_it_is_confirmed(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([ORDER], parts=PARTS)
    assert page.given == []
    assert [row.rank for row in page.control("o").list.rows] == [None] * 4
    qtbot.mouseClick(page.control("o").keep, Qt.MouseButton.LeftButton)
    assert page.answers == [LISTED]
    assert not page.control("o").keep.isVisible()


def test_enter_confirms_the_order_shown(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ORDER], parts=PARTS, order=("r3", "r1", "r4", "r2"))
    press(qtbot, page, Qt.Key.Key_Return)
    assert page.answers == [{"r3": 1, "r1": 2, "r4": 3, "r2": 4}]
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    press(qtbot, page, Qt.Key.Key_Return)
    assert page.answers[1:] == [{"r1": 1, "r3": 2, "r4": 3, "r2": 4}], "an order given is not reset"


def test_alt_and_an_arrow_move_and_the_part_stays_current(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ORDER], parts=PARTS)
    press(qtbot, page, Qt.Key.Key_B)
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert page.answers == [{"r2": 1, "r1": 2, "r3": 3, "r4": 4}]
    assert page.control("o").list.current_part == "r2"
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert page.answers[-1] == {"r1": 1, "r3": 2, "r2": 3, "r4": 4}


def test_letters_go_to_a_part_and_digits_give_its_rank(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ORDER], parts=PARTS)
    press(qtbot, page, Qt.Key.Key_D)
    press(qtbot, page, Qt.Key.Key_1)
    # Those nobody gave a rank yet make room.
    assert page.answers == [{"r4": 1, "r1": 2, "r2": 3, "r3": 4}]
    press(qtbot, page, Qt.Key.Key_A)
    press(qtbot, page, Qt.Key.Key_1)
    # Both were given rank 1; people count on with 3.
    assert page.answers[-1] == {"r1": 1, "r4": 1, "r2": 2, "r3": 3}
    assert [row.rank for row in page.control("o").list.rows] == [1, 1, 3, 4]


def test_equals_ties_with_the_one_above_and_splits_again(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ORDER], parts=PARTS, answers={"o": LISTED})
    press(qtbot, page, Qt.Key.Key_B)
    press(qtbot, page, "=")
    assert page.answers == [{"r1": 1, "r2": 1, "r3": 2, "r4": 3}]
    assert page.control("o").tie.text() == "Split tie"
    press(qtbot, page, "=")
    assert page.answers[-1] == LISTED


def test_without_ties_a_digit_goes_to_that_place_and_there_is_no_tie_button(
    open_form: Opener, qtbot: QtBot
) -> None:
    strict = RankingQuestion(id="o", ties=False)
    page = open_form([strict], parts=PARTS)
    assert not page.control("o").tie.isVisible()
    press(qtbot, page, Qt.Key.Key_D)
    press(qtbot, page, Qt.Key.Key_1)
    assert page.answers == [{"r4": 1, "r1": 2, "r2": 3, "r3": 4}]
    press(qtbot, page, "=")
    assert len(page.answers) == 1


def test_dragging_goes_between_two_or_onto_one(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ORDER], parts=PARTS, answers={"o": LISTED})
    view = page.control("o").list
    top = view.row_rect("r1")
    drag(qtbot, view, "r4", QPoint(top.center().x(), top.top() + 2))
    assert page.answers[-1] == {"r4": 1, "r1": 2, "r2": 3, "r3": 4}
    drag(qtbot, view, "r2", view.row_rect("r1").center())
    assert page.answers[-1] == {"r4": 1, "r1": 2, "r2": 2, "r3": 3}
    bottom = view.row_rect("r3")
    drag(qtbot, view, "r4", QPoint(bottom.center().x(), bottom.bottom() - 8))
    assert page.answers[-1] == {"r1": 1, "r2": 1, "r3": 2, "r4": 3}


def test_escape_ends_a_drag_and_changes_nothing(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ORDER], parts=PARTS, answers={"o": LISTED})
    view = page.control("o").list
    port, start = view.viewport(), view.row_rect("r4").center()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(port, view.row_rect("r1").center())
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=view.row_rect("r1").center())
    assert page.given == []


def test_every_act_has_a_button(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ORDER], parts=PARTS, answers={"o": LISTED})
    control = page.control("o")
    control.list.go_to("r3")
    for button in (control.up, control.tie):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.answers == [
        {"r1": 1, "r3": 2, "r2": 3, "r4": 4},
        {"r1": 1, "r3": 1, "r2": 2, "r4": 3},
    ]
    control.list.go_to("r4")
    assert not control.down.isEnabled()


def test_a_part_an_import_left_unranked_stays_so_until_it_is_moved(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([ORDER], parts=PARTS, answers={"o": {"r1": 1, "r2": 2}})
    press(qtbot, page, Qt.Key.Key_B)
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert page.answers == [{"r2": 1, "r1": 2}]
    press(qtbot, page, Qt.Key.Key_D)
    press(qtbot, page, Qt.Key.Key_1)
    assert page.answers[-1] == {"r4": 1, "r2": 2, "r1": 3}


def test_rows_say_rank_and_ties_to_screen_readers(open_form: Opener) -> None:
    page = open_form([ORDER], parts=PARTS, answers={"o": {"r1": 1, "r2": 1, "r3": 2}})
    spoken = [row.spoken for row in page.control("o").list.rows]
    assert spoken == [
        "Response A, rank 1, tied with Response B",
        "Response B, rank 1, tied with Response A",
        "Response C, rank 3",
        "Response D, not ranked",
    ]


def test_read_only_takes_no_key_and_no_drag(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ORDER], parts=PARTS, answers={"o": LISTED}, read_only=True)
    view = page.control("o").list
    press(qtbot, page, Qt.Key.Key_4)
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    drag(qtbot, view, "r4", view.row_rect("r1").center())
    assert page.given == []
    assert not page.control("o").up.isEnabled()


def test_an_order_from_outside_is_shown_and_the_focus_stays(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([ORDER], parts=PARTS)
    press(qtbot, page, Qt.Key.Key_C)
    page.form.set_value(Value((), {"o": {"r4": 1, "r3": 2, "r2": 3, "r1": 4}}))
    view = page.control("o").list
    assert [row.part for row in view.rows] == ["r4", "r3", "r2", "r1"]
    assert view.current_part == "r3"
    assert QApplication.focusWidget() is view
    assert page.given == []


def test_long_names_wrap_instead_of_being_cut(open_form: Opener) -> None:
    name = "Eine sehr ausführliche Bezeichnung der Antwort, die nicht in eine Zeile passt"
    page = open_form([ORDER], parts=(Part("r1", "response", title=name), *PARTS[1:]))
    view = page.control("o").list
    assert view.row_rect("r1").height() > 1.5 * view.row_rect("r2").height()
