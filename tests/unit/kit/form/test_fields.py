"""Texts and numbers that are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.api import Part, Value
from labeler.kit.form.fields import read_number
from labeler.model.questions import NumberQuestion, TextQuestion

Opener = Callable[..., Any]
WHY = TextQuestion(id="why", title="Why?", minimum=5)
COUNT = NumberQuestion(id="n", title="How many", minimum=0, maximum=10, integer=True)


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(before)


def test_the_counter_counts_what_a_reader_sees(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([WHY])
    control = page.control("why")
    assert control.counter == "0 of at least 5"
    # A family of four in one glyph (seven code points), a flag (two), e with a combining acute (two).
    page.form.set_value(Value((), {"why": "👨‍👩‍👧‍👦🇩🇪e\u0301"}))
    assert control.counter == "3 of at least 5"
    page.form.set_value(Value((), {"why": "  enough  "}))
    assert control.counter == "6 of at least 5 ✓"


def test_too_long_is_said_at_the_counter(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([TextQuestion(id="t", maximum=3, multiline=False), COUNT])
    control = page.control("t")
    assert control.counter == "At most 3"
    control.focus()
    qtbot.keyClicks(control.field.edit, "abcd")
    assert control.counter == "4 of at most 3"
    qtbot.keyClick(control.field.edit, Qt.Key.Key_Tab)
    assert page.block("t").complaint == "Write at most 3 characters; 4 written"


def test_too_short_is_said_when_the_field_is_left_not_while_it_is_written(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([WHY, COUNT])
    page.control("why").focus()
    qtbot.keyClicks(page.control("why").field.edit, "abc")
    assert page.block("why").complaint == ""
    page.control("n").focus()
    assert page.block("why").complaint == "Write at least 5 characters; 3 written"
    page.control("why").focus()
    qtbot.keyClicks(page.control("why").field.edit, "de")
    assert page.block("why").complaint == ""


def test_a_change_from_outside_keeps_caret_selection_and_scroll(
    open_form: Opener, qtbot: QtBot
) -> None:
    text = "\n".join(f"line {number}" for number in range(60))
    page = open_form([WHY], answers={"why": text})
    edit = page.control("why").field.edit
    qtbot.waitUntil(lambda: edit.verticalScrollBar().maximum() > 0)
    cursor = edit.textCursor()
    cursor.setPosition(len(text) - 20)
    cursor.setPosition(len(text) - 15, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()
    scrolled = edit.verticalScrollBar().value()
    chosen = edit.textCursor().selectedText()
    assert scrolled > 0
    page.form.set_value(Value((), {"why": "🙂" + text}))
    assert edit.textCursor().selectedText() == chosen
    assert edit.verticalScrollBar().value() == scrolled
    assert page.given == []


def test_a_field_is_as_high_as_its_wrapped_text(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([WHY], answers={"why": "many words that wrap " * 12}, size=(600, 700))
    edit = page.control("why").field.edit
    qtbot.waitUntil(lambda: edit.verticalScrollBar().maximum() == 0)
    before = edit.height()
    page.resize(340, 700)
    qtbot.waitUntil(lambda: edit.height() > before)
    qtbot.waitUntil(lambda: edit.verticalScrollBar().maximum() == 0)


def test_a_single_line_keeps_its_caret_too(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([TextQuestion(id="t", multiline=False)], answers={"t": "one two"})
    edit = page.control("t").field.edit
    edit.setCursorPosition(3)
    page.form.set_value(Value((), {"t": "one 🙂 two"}))
    assert edit.cursorPosition() == 3
    page.form.set_value(Value((), {"t": "just one 🙂 two"}))
    assert edit.cursorPosition() == 8


def test_no_break_spaces_stay_and_shift_enter_is_a_line(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([WHY], answers={"why": "12\u00a0km"})
    edit = page.control("why").field.edit
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(edit, "x")
    assert page.answers[-1] == "12\u00a0km\nx"


def test_looking_at_a_text_with_other_line_ends_changes_nothing(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([WHY, COUNT], answers={"why": "a\r\nb"})
    page.control("why").focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert page.given == []
    assert page.form.value.answers == {"why": "a\r\nb"}


def test_a_rewrite_starts_from_the_text_of_its_part(open_form: Opener, qtbot: QtBot) -> None:
    rewrite = TextQuestion(id="rw", scope="part:response", prefill="part")
    page = open_form([rewrite], parts=(Part("r1", "response", text="Hello"),))
    control = page.control("rw")
    assert control.writing.text == "Hello"
    assert page.form.value.answers == {}
    control.focus()
    control.field.edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(control.field.edit, "!")
    assert page.form.value.answers == {"rw": {"per": {"r1": "Hello!"}}}


def test_an_emptied_text_is_no_answer(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([WHY], answers={"why": "x"})
    page.control("why").focus()
    edit = page.control("why").field.edit
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    assert page.form.value.answers == {}


def test_numbers_are_stored_as_numbers(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([COUNT])
    page.control("n").focus()
    qtbot.keyClicks(page.control("n").field.edit, "7")
    assert page.answers == [7]
    assert type(page.answers[0]) is int


def test_arrow_keys_step_a_number_within_its_bounds(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([COUNT], answers={"n": 9})
    page.control("n").focus()
    edit = page.control("n").field.edit
    for _ in range(3):
        qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert page.answers[-1] == 10
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert page.answers[-1] == 9


def test_what_is_no_number_is_no_answer_and_says_what_to_do(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([COUNT, WHY], answers={"n": 4})
    edit = page.control("n").field.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "a")
    assert page.form.value.answers == {}
    assert edit.text() == "4a"
    page.control("why").focus()
    assert page.control("n").field.error == "Enter a number, such as 3"
    assert edit.text() == "4a"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("11", "Enter a number from 0 to 10"), ("2.5", "Enter a whole number")],
)
def test_a_number_out_of_bounds_says_what_fits(
    open_form: Opener, qtbot: QtBot, typed: str, sentence: str
) -> None:
    page = open_form([COUNT, WHY])
    page.control("n").focus()
    qtbot.keyClicks(page.control("n").field.edit, typed)
    page.control("why").focus()
    assert page.block("n").complaint == sentence


def test_a_german_writes_a_comma_and_may_write_a_point(
    german: None, open_form: Opener, qtbot: QtBot
) -> None:
    assert read_number("3,5") == 3.5
    assert read_number("3.5") == 3.5
    page = open_form([NumberQuestion(id="n")], answers={"n": 2.25})
    assert page.control("n").field.edit.text() == "2,25"


@pytest.mark.parametrize("text", ["", "abc", "1_000", "nan", "inf", "1e999", "1,5"])
def test_these_are_no_numbers(text: str) -> None:
    assert read_number(text) is None


def test_a_minus_sign_of_the_typographers_is_a_minus() -> None:
    assert read_number("\u22123") == -3
