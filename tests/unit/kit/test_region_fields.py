"""The figures below the table of regions: typed, stepped with arrow keys, refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.api import Box, Label, Opaque, QueueConfig, Region, Value
from labeler.kit.controls.rows import RowRole
from labeler.kit.editor import RegionField
from labeler.kit.region_rows import RegionHands
from labeler.kit.region_table import RegionTable
from labeler.kit.theme import Theme

LABELS = QueueConfig(labels=(Label(id="car", name="Car"), Label(id="van", name="Van")))
FIELDS = (RegionField("x", "X", "Left edge"), RegionField("y", "Y", "Top edge", step=0))
A = Box(id="a", label="car", x=10, y=20, width=5, height=5)
B = Box(id="b", label="van", x=30, y=40, width=5, height=5)
OPAQUE = Opaque(id="o", kind="splat", raw=b'{"id":"o","type":"splat"}')


def texts(region: Region) -> tuple[str, ...]:
    assert isinstance(region, Box), "never asked about a region nobody knows"
    return f"{region.x:g}", f"{region.y:g}"


def edit(region: Region, key: str, text: str) -> Region | str:
    try:
        value = float(text)
    except ValueError:
        return f"{text} is no number"
    changed = msgspec.structs.replace(region, **{key: value})
    return region if changed == region else changed


Opened = Callable[..., RegionTable]


@pytest.fixture
def opened(theme: Theme, qtbot: QtBot) -> Opened:
    def make(*regions: Region, marks: dict[str, tuple[str, ...]] | None = None) -> RegionTable:
        said = marks if marks is not None else {}
        hands = RegionHands(FIELDS, texts, edit, lambda region: said.get(region.id, ()))
        table = RegionTable()
        qtbot.addWidget(table)
        table.set_editor(LABELS, (), lambda region: (), hands)
        table.show_value(Value(regions))
        table.resize(320, 600)
        table.show()
        table.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is table)
        return table

    return make


def listen(table: RegionTable) -> list[tuple[Value, str]]:
    told: list[tuple[Value, str]] = []
    table.changed.connect(lambda value, label: told.append((value, label)))
    return told


def write(qtbot: QtBot, line: Any, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_figures_show_for_the_one_region_that_is_selected(opened: Opened) -> None:
    table = opened(A, B, OPAQUE)
    assert not table.fields.isVisible()
    table.select_regions(("b",))
    assert [line.text() for line in table.fields.figures.values()] == ["30", "40"]
    table.select_regions(("a", "b"))
    assert not table.fields.isVisible()
    table.select_regions(("o",))
    assert not table.fields.isVisible()


def test_a_typed_figure_changes_this_region_and_keeps_the_others(
    opened: Opened, qtbot: QtBot
) -> None:
    table = opened(A, B)
    told = listen(table)
    table.select_regions(("a",))
    write(qtbot, table.fields.figures["x"], "12.5")
    [(value, label)] = told
    assert value.regions[0] == msgspec.structs.replace(A, x=12.5)
    assert value.regions[1] is B
    assert label == "Change Left edge"
    assert table.fields.figures["x"].text() == "12.5"


def test_a_figure_that_cannot_be_is_refused_in_words_and_nothing_changes(
    opened: Opened, qtbot: QtBot
) -> None:
    table = opened(A)
    told = listen(table)
    table.select_regions(("a",))
    line = table.fields.figures["x"]
    write(qtbot, line, "wide")
    assert told == []
    assert line.text() == "wide"
    assert line.accessibleDescription() == "wide is no number"
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "10"


def test_what_means_the_same_is_no_step(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A)
    told = listen(table)
    table.select_regions(("a",))
    write(qtbot, table.fields.figures["x"], "10.0")
    assert told == []
    assert table.fields.figures["x"].text() == "10"


def test_arrow_keys_step_a_figure_and_shift_makes_it_ten(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A)
    told = listen(table)
    table.select_regions(("a",))
    line = table.fields.figures["x"]
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Up)
    qtbot.keyClick(line, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    placed = [one.regions[0] for one, _ in told]
    assert [one.x for one in placed if isinstance(one, Box)] == [11, 21, 20]
    qtbot.keyClick(table.fields.figures["y"], Qt.Key.Key_Up)
    assert len(told) == 3, "a field without a step has none"


def test_a_locked_region_and_a_read_only_table_only_show_figures(
    opened: Opened, qtbot: QtBot
) -> None:
    table = opened(A, B, marks={"a": ("locked",)})
    told = listen(table)
    table.select_regions(("a",))
    write(qtbot, table.fields.figures["x"], "12")
    table.select_regions(("b",))
    table.set_read_only(True)
    write(qtbot, table.fields.figures["x"], "12")
    assert told == []


def test_marks_are_shown_and_spoken_and_looked_at_again_when_told(opened: Opened) -> None:
    said: dict[str, tuple[str, ...]] = {"a": ("locked", "hidden")}
    table = opened(A, B, marks=said)
    first = table.model.index(0, 0)
    assert first.data(RowRole.LOCKED)
    assert first.data(RowRole.HIDDEN)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "1, Car, locked, hidden"
    said.clear()
    changed: list[int] = []
    table.model.dataChanged.connect(lambda low, high: changed.append(high.row() - low.row() + 1))
    table.restate()
    assert changed == [2]
    assert not first.data(RowRole.HIDDEN)


def test_the_label_in_hand_is_shown_in_the_list_and_spoken(opened: Opened) -> None:
    table = opened(A)
    table.show_label("van")
    rows = [table.labels.model().index(row, 0) for row in range(2)]
    assert [bool(row.data(RowRole.CHOSEN)) for row in rows] == [False, True]
    assert rows[1].data(Qt.ItemDataRole.AccessibleTextRole) == "Van, in hand"
    table.show_label(None)
    assert not any(row.data(RowRole.CHOSEN) for row in rows)
