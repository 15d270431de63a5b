"""The inspector: hidden and shown, made wider, its rules and the way back, all remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from made_app import Running
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.kit.controls.button import IconButton

Start = Callable[..., Running]


def test_f9_hides_it_and_the_next_run_remembers(start: Start, path: Path) -> None:
    run = start().open(path)
    assert not run.work.inspector.isHidden()
    run.press(Qt.Key.Key_F9)
    assert run.work.inspector.isHidden()
    assert run.work.strip.unfold.isVisible()
    run.window.close()
    again = start().open(path)
    assert again.work.inspector.isHidden()
    again.press("1")
    assert again.work.flow.value.answers == {"feel": "good"}, "keys answer all the same"
    QTest.mouseClick(again.work.strip.unfold, Qt.MouseButton.LeftButton)
    assert not again.work.inspector.isHidden()


def test_its_edge_is_dragged_within_bounds_and_remembered_for_the_panel(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    inspector = run.work.inspector
    run.settle()
    assert inspector.width() == 320
    grip, left = inspector.grip, Qt.MouseButton.LeftButton
    QTest.mousePress(grip, left, pos=QPoint(2, 300))
    QTest.mouseMove(grip, QPoint(2 - 100, 300))
    QTest.mouseRelease(grip, left, pos=QPoint(2, 300))
    run.qtbot.waitUntil(lambda: inspector.width() == 420)
    assert run.app.settings.values.widths == {"probe": 420}
    grip.setFocus()
    for _ in range(40):
        run.press(Qt.Key.Key_Right)
    run.qtbot.waitUntil(lambda: inspector.width() == 280)
    for _ in range(40):
        run.press(Qt.Key.Key_Left)
    run.qtbot.waitUntil(lambda: inspector.width() == 560)


def test_guidelines_open_wide_enough_to_be_read(start: Start, path: Path) -> None:
    run = start().open(path)
    run.ctrl(Qt.Key.Key_3, shift=True)
    assert run.work.inspector.tab == "guidelines"
    run.qtbot.waitUntil(lambda: run.work.inspector.width() == 440)
    run.ctrl(Qt.Key.Key_1, shift=True)
    run.qtbot.waitUntil(lambda: run.work.inspector.width() == 320)


def test_a_questions_book_opens_its_rule_and_the_way_back_leads_to_the_question(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    inspector = run.work.inspector
    inspector.form.rule_asked.emit("2")
    assert inspector.tab == "guidelines"
    assert inspector.guideline.rule is not None
    assert "Questions" in inspector.guideline.back.text()
    QTest.mouseClick(inspector.guideline.back, Qt.MouseButton.LeftButton)
    assert inspector.tab == "questions"


def test_a_rule_is_read_and_left_with_the_keys_its_caps_name(start: Start, path: Path) -> None:
    run = start().open(path)
    inspector = run.work.inspector
    for book in inspector.form.findChildren(IconButton):
        if book.isVisible():
            QTest.mouseClick(book, Qt.MouseButton.LeftButton)
            break
    assert QApplication.focusWidget() is inspector.guideline.page
    run.press(Qt.Key.Key_Escape)
    assert inspector.tab == "questions"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert run.editor.isAncestorOf(focus)


def test_the_content_keeps_three_fifths_of_the_smallest_window(start: Start, path: Path) -> None:
    run = start().open(path)
    run.window.resize(1024, 700)
    run.qtbot.waitUntil(lambda: run.window.width() == 1024)
    run.settle()
    area = run.work.stage.width() * run.work.stage.height()
    # LOOK.md asks for 60 % at 1440 × 900; at the least size the bars take their fixed share.
    assert run.work.stage.width() >= 0.6 * 1024
    run.window.resize(1440, 900)
    run.qtbot.waitUntil(lambda: run.work.stage.width() > 1000)
    area = run.work.stage.width() * run.work.stage.height()
    assert area >= 0.6 * 1440 * 900


def test_long_keys_are_shortened_in_their_middle_and_nothing_is_pushed_out(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    strip = run.work.strip
    run.window.resize(1024, 700)
    strip.key.set_text("cam2/2026-05-14/north/gate/" + "0412-" * 30 + ".jpg")
    run.settle()
    strip.layout().activate()
    for widget in (strip.next, strip.position, strip.go_to):
        assert strip.rect().contains(widget.geometry()), widget
    assert run.window.width() == 1024
