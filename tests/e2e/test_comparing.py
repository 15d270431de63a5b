"""Comparing in the real program: letters agree, the order stays, what is meant is stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from made_app import Running, make_project
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from labeler.exchange.templates import template_named
from labeler.panels.comparison.editor import ComparisonEditor

Start = Callable[..., Running]

TEXTS = ["The **first** one.", "The *second* one.", "The `third` one."]


def content(count: int, number: int) -> dict[str, object]:
    """A prompt with so many responses; each knows the model that wrote it."""
    return {
        "turns": [{"id": "t1", "role": "user", "text": f"Question {number}?"}],
        "responses": [
            {"id": f"r{n}", "text": f"{TEXTS[n - 1]} ({number})"} for n in range(1, count + 1)
        ],
        "models": {f"r{n}": f"secret-{n}" for n in range(1, count + 1)},
    }


@pytest.fixture
def compare(start: Start, tmp_path: Path) -> Callable[..., Running]:
    """The program on a project of pairs, or of what ``count`` says, with the template's questions."""
    config = msgspec.json.encode(template_named("comparison").configs()["comparison"])

    def begin(*, count: int = 2, tasks: int = 6, machine: str = "machine") -> Running:
        path = tmp_path / "compare.labeler"
        if not path.exists():
            texts = [content(count, number) for number in range(tasks)]
            make_project(path, texts, config=config, panel="comparison", queues=("pairs",))
        return start(machine=machine).open(path)

    return begin


def editor_of(run: Running) -> ComparisonEditor:
    editor = run.editor
    assert isinstance(editor, ComparisonEditor)
    return editor


def shown(run: Running) -> list[str]:
    """The texts on screen, A first."""
    return [pane.surface.document.text for pane in editor_of(run).board.panes]


def first_is_r1(run: Running) -> bool:
    return shown(run)[0].startswith("The **first**")


def because(run: Running) -> None:
    """Write the reason, by the letter on its question."""
    block = next(
        one for one in run.work.inspector.form.asked_blocks if one.question.id == "justification"
    )
    run.press(block.keys[0].lower())
    QTest.keyClicks(
        QApplication.focusWidget(), "It answers what was asked, and the other does not."
    )


def answers(run: Running, key: str) -> Any:
    stored = run.stored(key)
    assert stored is not None
    value: Any = stored["value"]
    return value["answers"]


def test_the_side_is_the_persons_and_the_answer_is_the_contents(
    compare: Callable[..., Running],
) -> None:
    run = compare()
    for number in range(6):
        side = first_is_r1(run)
        run.press("1")  # the one shown as A is much better
        because(run)
        run.ctrl(Qt.Key.Key_Return)
        run.settle()
        strength = -3 if side else 3
        assert answers(run, f"t{number}")["preference"] == {"kind": "prefer", "strength": strength}


def test_the_letters_in_the_form_are_those_on_the_responses(
    compare: Callable[..., Running], qtbot: QtBot
) -> None:
    run = compare(count=3)
    rows = {}
    for block in run.work.inspector.form.asked_blocks:
        if block.question.id == "ranking":
            block.build()
            rows = {row.part: row.letter for row in block.control.list.rows}  # type: ignore[union-attr]
    letters = {pane.parts[0]: pane.letter for pane in editor_of(run).board.panes}
    assert rows == letters
    run.press("c")
    run.press("1")
    run.press("a")
    run.press("2")
    run.press("b")
    run.press("2")
    ranks = run.work.flow.value.answers["ranking"]
    by_letter = {letters[part]: rank for part, rank in ranks.items()}
    assert by_letter == {"C": 1, "A": 2, "B": 2}
    assert [pane.ranks.chosen for pane in editor_of(run).board.panes if pane.ranks is not None] == [
        2,
        2,
        1,
    ]


def test_the_same_order_is_shown_after_closing_and_opening_again(
    compare: Callable[..., Running],
) -> None:
    run = compare(count=3)
    orders = []
    for _ in range(4):
        orders.append(shown(run))
        run.ctrl(Qt.Key.Key_PageDown)
        run.settle()
    run.press("c")
    run.ctrl(Qt.Key.Key_PageUp)
    run.settle()
    run.window.close()
    again = compare(count=3, machine="another")
    again.press("g")
    QTest.keyClicks(QApplication.focusWidget(), "1")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    again.settle()
    assert again.key == "t0"
    for order in orders:
        assert shown(again) == order
        again.ctrl(Qt.Key.Key_PageDown)
        again.settle()


def test_the_order_shown_is_stored_beside_the_answer(compare: Callable[..., Running]) -> None:
    run = compare()
    order = [pane.parts[0] for pane in editor_of(run).board.panes]
    run.press("9")
    because(run)
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    session = run.context.session
    assert session is not None
    [stored] = session.lane.call(
        lambda project: [
            json.loads(one.context) for one in project.task(project.query.find("t0")).annotations
        ]
    )
    assert stored["order"] == order
    assert isinstance(stored["seed"], int)


def test_a_reason_too_short_keeps_the_task_and_the_caret_is_led_to_it(
    compare: Callable[..., Running],
) -> None:
    run = compare()
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t0"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Why?"


def test_a_mark_gets_its_severity_without_leaving_the_response(
    compare: Callable[..., Running],
) -> None:
    run = compare()
    run.press("a")
    run.press(Qt.Key.Key_Space)
    run.press("u")
    run.press("y")
    [mark] = run.work.flow.value.regions
    assert mark.attributes == {"severity": "major"}
    assert editor_of(run).board.panes[0].surface.hasFocus()
    run.ctrl(Qt.Key.Key_Z)
    run.ctrl(Qt.Key.Key_Z)
    assert run.work.flow.value.regions == ()


def test_a_model_is_named_nowhere_in_the_window(compare: Callable[..., Running]) -> None:
    run = compare(count=3)
    run.press("1")
    run.ctrl(Qt.Key.Key_2, shift=True)
    told = [run.window.windowTitle()]
    for widget in run.window.findChildren(QWidget):
        told += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        text = getattr(widget, "text", None)
        told.append(str(text()) if callable(text) else "")
    assert "Response A" in " ".join(told)
    assert "secret" not in " ".join(told)


def test_going_to_and_fro_between_pairs_and_rankings_asks_the_right_questions(
    compare: Callable[..., Running],
) -> None:
    run = compare()
    asked = [block.question.id for block in run.work.inspector.form.asked_blocks]
    assert asked[0] == "preference"
    assert "ranking" not in asked
