"""The palette: what is found, in which order, and what choosing it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_app import Running
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.app.cheat_sheet import CheatSheet
from labeler.app.palette import Palette
from labeler.app.palette_hits import Hit, letters_of, matched
from labeler.kit.controls.keycap import KeyCap
from labeler.kit.controls.text import Text

Start = Callable[..., Running]


@pytest.mark.parametrize(
    ("wanted", "text", "letters"),
    [
        ("oc", "Lock region", {1, 2}),
        ("OC", "Set occluded", {4, 5}),
        ("stn", "Skip to next", {0, 5, 8}),
        ("straße", "Große Straße", {6, 7, 8, 9, 10, 11}),
        ("", "Anything", set()),
    ],
)
def test_matched_letters_are_the_ones_written(wanted: str, text: str, letters: set[int]) -> None:
    found = letters_of(wanted, text)
    assert found is not None
    assert found[1] == letters


def test_letters_out_of_order_do_not_match() -> None:
    assert letters_of("col", "Lock") is None


def test_the_start_of_a_word_goes_first_and_what_cannot_be_run_last() -> None:
    hits = [
        Hit("command", "Lock region"),
        Hit("command", "Occluded", enabled=False),
        Hit("command", "Set occluded"),
    ]
    assert [hit.text for hit in matched("oc", hits, 9)] == [
        "Set occluded",
        "Lock region",
        "Occluded",
    ]


def opened(run: Running) -> Palette:
    run.ctrl(Qt.Key.Key_K)
    palette = run.window.findChild(Palette)
    assert isinstance(palette, Palette)
    return palette


def texts(palette: Palette) -> list[str]:
    return [hit.text for hit in palette._model.hits]


def test_a_command_is_run_by_its_letters_and_enter(start: Start, path: Path) -> None:
    run = start().open(path)
    opened(run)
    run.press("go to data")
    run.press(Qt.Key.Key_Return)
    assert run.window.rail.current == "data"


def test_escape_gives_the_focus_back_and_runs_nothing(start: Start, path: Path) -> None:
    run = start().open(path)
    before = QApplication.focusWidget()
    opened(run)
    run.press("home")
    run.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert run.window.rail.current == "work"


def test_rules_of_the_guideline_open_it_at_their_heading(start: Start, path: Path) -> None:
    run = start().open(path)
    palette = opened(run)
    run.press("marks")
    assert "2 Marks" in texts(palette)
    while palette.rows.currentIndex().data() != "2 Marks":
        run.press(Qt.Key.Key_Down)
    run.press(Qt.Key.Key_Return)
    assert run.work.inspector.tab == "guidelines"
    rule = run.work.inspector.guideline.rule
    assert rule is not None


def test_tasks_are_found_by_key_and_opened(start: Start, path: Path) -> None:
    run = start().open(path)
    palette = opened(run)
    run.press("t2")
    run.qtbot.waitUntil(lambda: "t2" in texts(palette))
    while palette.rows.currentIndex().data() != "t2":
        run.press(Qt.Key.Key_Down)
    run.press(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t2"


def test_what_cannot_be_run_says_why_and_stays(start: Start, path: Path) -> None:
    run = start().open(path)
    palette = opened(run)
    run.press("redo")
    hit = next(hit for hit in palette._model.hits if hit.text == "Redo")
    assert (hit.enabled, hit.note) == (False, "There is nothing to redo")
    run.press(Qt.Key.Key_Return)
    assert palette.isVisible()


def test_the_list_stays_inside_the_smallest_window(start: Start, path: Path) -> None:
    run = start().open(path)
    run.window.resize(1024, 700)
    palette = opened(run)
    QTest.qWait(1)
    assert run.window.rect().contains(palette.geometry())


def test_the_cheat_sheet_shows_what_works_here_with_its_keys_and_then_the_rest(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    run.press(Qt.Key.Key_F1)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, CheatSheet)

    def caps() -> set[str]:
        return {cap.accessibleName() or cap.key for cap in sheet.findChildren(KeyCap)}

    assert {"Ctrl+K", "Ctrl+Enter", "S", "M"} <= caps()
    headings = [text.text() for text in sheet.findChildren(Text)]
    at = [headings.index(one) for one in ("Work", "Data, on the Data page")]
    assert at == sorted(at), "what works here comes first"
    QTest.keyClicks(sheet.field, "skip")
    assert caps() >= {"S"}
    assert "Ctrl+K" not in caps()
    sheet.close()
