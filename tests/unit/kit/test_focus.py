"""The focus ring: seen after the keyboard, gone after the mouse, never under a neighbour."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from labeler.kit import Button, ChoiceChip, Plain, ScaleBar
from labeler.kit.focus import FocusRing
from labeler.kit.theme import Theme


@pytest.fixture
def pair(theme: Theme, qtbot: QtBot) -> tuple[Plain, Button, Button]:
    """Two buttons 8 px apart on a plain page, the first with the focus."""
    page = Plain("surface")
    row = QHBoxLayout(page)
    row.setContentsMargins(20, 20, 20, 20)
    row.setSpacing(8)
    first, second = Button("First"), Button("Second")
    row.addWidget(first)
    row.addWidget(second)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    first.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(first.hasFocus)
    return page, first, second


def beside(page: QWidget, control: QWidget, gap: int) -> QColor:
    """The pixel ``gap`` px left of the control, at half its height."""
    at = control.mapTo(page, QPoint(-gap, control.height() // 2))
    return page.grab().toImage().pixelColor(at)


def ringed(page: QWidget, control: QWidget, theme: Theme) -> bool:
    """2 px of ring after a gap of 2 px, and nothing of it in the gap."""
    focus, ground = theme.tokens.focus, theme.tokens.surface
    near = [beside(page, control, gap) for gap in (1, 2, 3, 4, 5)]
    return near == [ground, ground, focus, focus, ground]


def test_tab_shows_the_ring_after_its_gap(pair: tuple[Plain, Button, Button], theme: Theme) -> None:
    page, first, second = pair
    assert not ringed(page, first, theme)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert ringed(page, second, theme)
    assert not ringed(page, first, theme)


def test_a_click_shows_no_ring_and_takes_it_away(
    pair: tuple[Plain, Button, Button], theme: Theme
) -> None:
    page, first, second = pair
    QTest.keyClick(first, Qt.Key.Key_Tab)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not ringed(page, second, theme)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert first.hasFocus()
    assert not ringed(page, first, theme)


def test_the_first_key_after_a_click_brings_it_back(
    pair: tuple[Plain, Button, Button], theme: Theme
) -> None:
    page, first, _ = pair
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    QTest.keyClick(first, Qt.Key.Key_Shift)
    assert not ringed(page, first, theme)
    QTest.keyClick(first, Qt.Key.Key_F)
    assert ringed(page, first, theme)


def test_a_neighbour_that_touches_never_hides_it(theme: Theme, qtbot: QtBot) -> None:
    page = Plain("surface")
    row = QHBoxLayout(page)
    row.setContentsMargins(20, 20, 20, 20)
    row.setSpacing(0)
    first, second, third = (Button(w, "danger") for w in ("One", "Two", "Three"))
    for button in (first, second, third):
        row.addWidget(button)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert beside(page, second, 3) == theme.tokens.focus
    right = second.mapTo(page, QPoint(second.width() + 2, second.height() // 2))
    assert page.grab().toImage().pixelColor(right) == theme.tokens.focus


def test_a_neighbour_that_comes_later_does_not_hide_it(
    pair: tuple[Plain, Button, Button], theme: Theme
) -> None:
    page, first, second = pair
    QTest.keyClick(first, Qt.Key.Key_Tab)
    newcomer = Button("Newcomer", "danger")
    row = page.layout()
    assert isinstance(row, QHBoxLayout)
    row.setSpacing(0)
    row.insertWidget(1, newcomer)
    page.resize(400, page.height())
    QApplication.processEvents()
    assert newcomer.geometry().right() + 1 == second.x()
    assert beside(page, second, 3) == theme.tokens.focus


def test_it_follows_its_control_and_stays_inside_what_scrolls(theme: Theme, qtbot: QtBot) -> None:
    page = Plain("bg")
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 100, 0, 0)
    area = QScrollArea()
    whole.addWidget(area)
    inner = Plain("surface")
    column = QVBoxLayout(inner)
    chips = [ChoiceChip(str(i), key="1") for i in range(30)]
    for chip in chips:
        column.addWidget(chip)
    area.setWidget(inner)
    page.resize(200, 300)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    chips[0].setFocus()
    qtbot.waitUntil(chips[0].hasFocus)
    QTest.keyClick(chips[0], Qt.Key.Key_Tab)
    ring = next(r for r in page.findChildren(FocusRing) if r.isVisible())
    was = ring.geometry()
    area.verticalScrollBar().setValue(20)
    assert ring.geometry().top() == was.top() - 20
    # Half behind the header, then wholly, though still inside the window.
    area.verticalScrollBar().setValue(chips[1].y() + 10)
    assert ring.geometry().top() == 100
    assert ring.height() < was.height()
    area.verticalScrollBar().setValue(chips[1].y() + 60)
    assert not ring.isVisible()
    area.verticalScrollBar().setValue(0)
    assert ring.geometry() == was


def test_the_ring_of_a_scale_moves_with_the_chosen_point(theme: Theme, qtbot: QtBot) -> None:
    page = Plain("surface")
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 20, 20, 20)
    scale = ScaleBar(1, 5, name="Arousal")
    column.addWidget(scale)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    scale.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(scale.hasFocus)
    QTest.keyClick(scale, Qt.Key.Key_End)
    assert scale.chosen == 5
    ring = next(r for r in page.findChildren(FocusRing) if r.isVisible())
    cell = scale.cell_rect(5)
    middle = scale.mapTo(page, cell.center())
    assert ring.geometry().contains(middle)
    assert ring.width() == cell.width() + 8


def test_the_ring_of_a_deleted_control_goes_with_it(
    pair: tuple[Plain, Button, Button], theme: Theme, qtbot: QtBot
) -> None:
    page, first, second = pair
    QTest.keyClick(first, Qt.Key.Key_Tab)
    with qtbot.waitSignal(second.destroyed):
        second.deleteLater()
    QApplication.processEvents()
    assert not [r for r in page.findChildren(FocusRing) if r.isVisible()]
