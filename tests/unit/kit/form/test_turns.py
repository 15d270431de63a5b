"""Conversations a person writes, and their branches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.api import Value
from labeler.kit.form.turns import Message, branch_path, without_branch
from labeler.model.questions import TurnsQuestion, answer_faults

Opener = Callable[..., Any]
LEFT = Qt.MouseButton.LeftButton
ATTACK = TurnsQuestion(id="t", title="Attack")
TALK = [
    {"id": "t1", "parent": None, "role": "user", "text": "Hello"},
    {"id": "t2", "parent": "t1", "role": "assistant", "text": "First try"},
    {"id": "t3", "parent": "t1", "role": "assistant", "text": "Second try"},
    {"id": "t4", "parent": "t2", "role": "user", "text": "More"},
]


def texts(page: Any) -> list[str]:
    return [turn.writing.text for turn in page.control("t").turns]


def test_the_path_follows_the_chosen_branch_and_else_the_latest() -> None:
    a, b, c = (
        Message("a", None, "user", ""),
        Message("b", "a", "x", ""),
        Message("c", "a", "x", ""),
    )
    assert branch_path((a, b, c), {}) == (a, c)
    assert branch_path((a, b, c), {"a": "b"}) == (a, b)


def test_removing_a_message_removes_all_that_follows_it() -> None:
    chain = (
        Message("a", None, "user", ""),
        Message("b", "a", "x", ""),
        Message("c", "b", "x", ""),
        Message("d", "a", "x", ""),
    )
    assert [one.id for one in without_branch(chain, "b")] == ["a", "d"]


def test_messages_are_added_in_turn_and_written(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ATTACK])
    control = page.control("t")
    qtbot.mouseClick(control.add, LEFT)
    qtbot.keyClicks(QApplication.focusWidget(), "Hi")
    assert control.add.text() == "Add message by Assistant"
    qtbot.mouseClick(control.add, LEFT)
    first, second = page.answers[-1]
    assert (first["role"], first["text"], first["parent"]) == ("user", "Hi", None)
    assert (second["role"], second["text"], second["parent"]) == ("assistant", "", first["id"])
    assert list(answer_faults(ATTACK, page.answers[-1])) == []


def test_branches_are_walked_without_changing_the_answer(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ATTACK], answers={"t": TALK})
    assert texts(page) == ["Hello", "Second try"]
    qtbot.mouseClick(page.control("t").turns[1].back, LEFT)
    assert texts(page) == ["Hello", "First try", "More"]
    assert page.given == []


def test_a_branch_is_another_version_of_the_same_turn(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ATTACK], answers={"t": TALK})
    qtbot.mouseClick(page.control("t").turns[1].branch, LEFT)
    new = page.answers[-1][-1]
    assert (new["parent"], new["role"], new["text"]) == ("t1", "assistant", "")
    assert page.control("t").turns[1].place.text() == "3 of 3"
    qtbot.keyClicks(QApplication.focusWidget(), "Third")
    assert texts(page) == ["Hello", "Third"]
    assert list(answer_faults(ATTACK, page.answers[-1])) == []


def test_a_role_is_changed_by_its_control(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ATTACK], answers={"t": TALK[:1]})
    role = page.control("t").turns[0].role
    qtbot.mouseClick(role.part_button("assistant"), LEFT)
    assert page.answers[-1][0]["role"] == "assistant"


def test_removing_the_only_message_takes_the_answer_away(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ATTACK], answers={"t": TALK})
    qtbot.mouseClick(page.control("t").turns[0].bin, LEFT)
    assert page.answers == [None]


def test_what_other_programs_wrote_beside_a_message_stays(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ATTACK], answers={"t": [{**TALK[0], "model": "m"}]})
    page.control("t").focus()
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    assert page.answers[-1][0]["model"] == "m"


def test_each_message_is_a_step_of_its_own(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ATTACK], answers={"t": TALK})
    for turn in page.control("t").turns:
        turn.area.edit.setFocus()
        qtbot.keyClicks(turn.area.edit, "ab")
    keys = [one.key for one in page.given]
    assert keys[0] == keys[1] != keys[2] == keys[3]


def test_a_value_from_outside_keeps_the_branch_looked_at(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([ATTACK], answers={"t": TALK})
    qtbot.mouseClick(page.control("t").turns[1].back, LEFT)
    page.form.set_value(Value((), {"t": [*TALK[:3], {**TALK[3], "text": "More!"}]}))
    assert texts(page) == ["Hello", "First try", "More!"]
