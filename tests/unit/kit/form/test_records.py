"""Rows of typed cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.api import Value
from labeler.model.questions import Choice, Column, RecordsQuestion, TextQuestion, answer_faults

Opener = Callable[..., Any]
LEFT = Qt.MouseButton.LeftButton
SOURCES = RecordsQuestion(
    id="src",
    title="Sources",
    maximum=3,
    columns=(
        Column("title", "Title", required=True),
        Column(
            "kind", "Kind", kind="choice", choices=(Choice("a", "First"), Choice("b", "Second"))
        ),
        Column("ok", "Checked", kind="check"),
        Column("page", "Page", kind="number"),
        Column("date", "Date", kind="date"),
        Column("many", "Many", kind="choice", choices=tuple(Choice(f"m{n}") for n in range(9))),
    ),
)


def test_a_row_is_added_and_its_first_cell_gets_the_caret(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([SOURCES])
    qtbot.mouseClick(page.control("src").add, LEFT)
    assert page.answers == [[{}]]
    qtbot.keyClicks(QApplication.focusWidget(), "Report")
    assert page.answers[-1] == [{"title": "Report"}]


def test_every_kind_of_cell_is_stored_in_its_type(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([SOURCES], answers={"src": [{"title": "T"}]})
    cells = page.control("src").rows[0].cells
    qtbot.mouseClick(cells["kind"].group.chips["b"], LEFT)
    qtbot.mouseClick(cells["ok"].box, LEFT)
    cells["page"].focus()
    qtbot.keyClicks(cells["page"].field.edit, "12")
    cells["date"].focus()
    qtbot.keyClicks(cells["date"].field.edit, "2026-05-14")
    cells["many"].focus()
    qtbot.keyClick(cells["many"].select, Qt.Key.Key_Down)
    assert page.answers[-1] == [
        {"title": "T", "kind": "b", "ok": True, "page": 12, "date": "2026-05-14", "many": "m0"}
    ]
    assert list(answer_faults(SOURCES, page.answers[-1])) == []
    qtbot.mouseClick(cells["ok"].box, LEFT)
    assert page.answers[-1][0]["ok"] is False


def test_rows_move_by_button_and_by_chord_and_keep_the_focus(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([SOURCES], answers={"src": [{"title": "1"}, {"title": "2"}, {"title": "3"}]})
    control = page.control("src")
    qtbot.mouseClick(control.rows[0].down, LEFT)
    assert [row["title"] for row in page.answers[-1]] == ["2", "1", "3"]
    control.rows[2].cells["title"].focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row["title"] for row in page.answers[-1]] == ["2", "3", "1"]
    assert control.rows[1].isAncestorOf(QApplication.focusWidget())
    assert not control.rows[0].up.isEnabled()
    assert not control.rows[2].down.isEnabled()


def test_removing_the_last_row_takes_the_answer_away(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([SOURCES], answers={"src": [{"title": "1"}, {"title": "2"}]})
    control = page.control("src")
    qtbot.mouseClick(control.rows[0].bin, LEFT)
    assert page.answers[-1] == [{"title": "2"}]
    assert QApplication.focusWidget() is control.rows[0].bin
    qtbot.mouseClick(control.rows[0].bin, LEFT)
    assert page.answers[-1] is None
    assert QApplication.focusWidget() is control.add


def test_no_more_rows_than_there_may_be(open_form: Opener) -> None:
    page = open_form([SOURCES], answers={"src": [{}, {}, {}]})
    add = page.control("src").add
    assert not add.isEnabled()
    assert add.toolTip() == "There are at most 3 rows"


def test_cells_of_other_programs_stay_in_their_rows(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([SOURCES], answers={"src": [{"title": "1", "theirs": [1]}, {"title": "2"}]})
    control = page.control("src")
    control.rows[0].cells["title"].focus()
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    qtbot.mouseClick(control.rows[0].down, LEFT)
    assert page.answers[-1][1]["theirs"] == (1,) or page.answers[-1][1]["theirs"] == [1]


def test_typing_in_one_cell_is_one_step_and_in_another_a_new_one(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([SOURCES], answers={"src": [{}]})
    cells = page.control("src").rows[0].cells
    cells["title"].focus()
    qtbot.keyClicks(QApplication.focusWidget(), "ab")
    cells["page"].focus()
    qtbot.keyClicks(QApplication.focusWidget(), "1")
    keys = [one.key for one in page.given]
    assert keys[0] == keys[1] != keys[2]
    assert all(keys)


@pytest.mark.parametrize(("text", "wrong"), [("2026-02-30", True), ("2026-02-28", False)])
def test_a_day_that_does_not_exist_is_said_when_left(
    open_form: Opener, qtbot: QtBot, text: str, wrong: bool
) -> None:
    page = open_form([SOURCES], answers={"src": [{"date": text}]})
    cells = page.control("src").rows[0].cells
    cells["date"].focus()
    cells["page"].focus()
    assert bool(cells["date"].field.error) is wrong


def test_undo_of_an_added_row_takes_its_widgets_away(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([SOURCES])
    qtbot.mouseClick(page.control("src").add, LEFT)
    page.form.set_value(Value())
    assert page.control("src").rows == []
    assert len(page.given) == 1


def test_tab_goes_through_a_new_row_then_to_the_add_button_then_on(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([SOURCES, TextQuestion(id="why", title="Why?")])
    control, why = page.control("src"), page.control("why")
    qtbot.mouseClick(control.add, LEFT)
    row = control.rows[0]
    qtbot.waitUntil(lambda: row.cells["title"].field.edit.hasFocus())
    qtbot.waitUntil(lambda: row.cells["many"].select.isVisible())
    page.form._column.order_tabs()
    walked = []
    while not why.field.edit.hasFocus():
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
        assert len(walked) < 40
    assert walked[-2] is control.add
    assert all(row.isAncestorOf(widget) for widget in walked[:-2])
    assert row.cells["many"].select in walked


def test_read_only_has_no_buttons(open_form: Opener) -> None:
    page = open_form([SOURCES], answers={"src": [{"title": "1"}]}, read_only=True)
    control = page.control("src")
    assert not control.add.isVisible()
    assert not control.rows[0].bin.isVisible()
    assert control.rows[0].cells["title"].field.edit.isReadOnly()
