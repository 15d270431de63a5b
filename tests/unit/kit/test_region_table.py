"""The table of regions: rows, labels, selection, keys, and what nobody here knows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QLocale, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from labeler.api import Box, Label, Opaque, QueueConfig, Region, Relation, Span, Value
from labeler.kit.controls.rows import RowRole
from labeler.kit.editor import Prediction, RegionColumn, RegionField
from labeler.kit.region_rows import RegionHands
from labeler.kit.region_table import RegionTable
from labeler.kit.theme import Theme

LABELS = QueueConfig(
    labels=(
        Label("car", "Car", key="c"),
        Label("van", "Van", key="v", colour="#0072B2"),
        Label("span", "Only spans", key="s", types=("span",)),
        Label("old", "Old", retired=True),
    )
)
A = Box(id="a", label="car", x=0, y=0, width=30, height=4)
B = Box(id="b", label="van", x=0, y=0, width=9, height=4)
C = Box(id="c", label="car", x=0, y=0, width=200, height=4)
OPAQUE = Opaque(id="o", kind="splat", raw=b'{"id":"o","type":"splat"}')
COLUMNS = (RegionColumn("size", "Size", numeric=True), RegionColumn("note", "Note", grows=True))


def describe(region: Region) -> tuple[str, ...]:
    assert isinstance(region, Box), "never called with a region nobody knows"
    return f"{region.width:g}", f"note {region.id}"


Opened = Callable[..., RegionTable]


@pytest.fixture
def opened(theme: Theme, qtbot: QtBot) -> Opened:
    def make(
        *regions: Region, predictions: tuple[Prediction, ...] = (), columns: Any = COLUMNS
    ) -> RegionTable:
        table = RegionTable()
        qtbot.addWidget(table)
        table.set_editor(LABELS, columns, describe)
        table.show_value(Value(regions), predictions)
        table.resize(320, 600)
        table.show()
        table.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is table)
        return table

    return make


def column(table: RegionTable, number: int, role: int = Qt.ItemDataRole.DisplayRole) -> list[Any]:
    model = table.model
    return [model.index(row, number).data(role) for row in range(model.rowCount())]


def click(qtbot: QtBot, table: RegionTable, row: int, held: Any = None) -> None:
    place = table.table.visualRect(table.model.index(row, 0)).center()
    qtbot.mouseClick(
        table.table.viewport(),
        Qt.MouseButton.LeftButton,
        held or Qt.KeyboardModifier.NoModifier,
        place,
    )


def test_each_region_is_a_row_with_its_number_label_and_the_editors_cells(opened: Opened) -> None:
    table = opened(A, B)
    assert column(table, 0) == ["Car", "Van"]
    assert column(table, 0, RowRole.LEADING) == ["1", "2"]
    assert column(table, 0, RowRole.SWATCH) == [1, "#0072B2"]
    assert column(table, 1) == ["30", "9"]
    assert column(table, 2) == ["note a", "note b"]
    headers = [table.model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)]
    assert headers == ["Label", "Size", "Note"]


def test_labels_are_counted_and_retired_ones_are_not_offered(opened: Opened) -> None:
    table = opened(A, B, C)
    entries = table.labels.model()
    shown = [
        (
            entries.index(row, 0).data(),
            entries.index(row, 0).data(RowRole.KEY),
            entries.index(row, 0).data(RowRole.TRAILING),
        )
        for row in range(entries.rowCount())
    ]
    assert shown == [("Car", "C", "2"), ("Van", "V", "1"), ("Only spans", "S", "")]


def test_what_nobody_here_knows_is_locked_and_says_so(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A, OPAQUE)
    locked = table.model.index(1, 0)
    assert locked.data() == "splat"
    assert locked.data(RowRole.LOCKED) is True
    assert locked.data(RowRole.SECONDARY) == "kept as it is"
    assert "splat" in locked.data(Qt.ItemDataRole.ToolTipRole)
    assert not locked.flags() & Qt.ItemFlag.ItemIsEditable
    given: list[Any] = []
    table.changed.connect(lambda value, words: given.append(value))
    click(qtbot, table, 1)
    assert table.chosen == ("o",)
    assert not table.bin.isEnabled()
    qtbot.keyClick(table.table, Qt.Key.Key_Delete)
    qtbot.keyClick(table.table, Qt.Key.Key_V)
    assert given == []


def test_deleting_with_a_locked_one_selected_keeps_the_locked_one(
    opened: Opened, qtbot: QtBot
) -> None:
    table = opened(A, OPAQUE)
    table.select_regions(("a", "o"))
    with qtbot.waitSignal(table.changed) as told:
        qtbot.keyClick(table.table, Qt.Key.Key_Delete)
    value, words = told.args
    assert value.regions == (OPAQUE,)
    assert value.regions[0] is OPAQUE
    assert words == "Delete region"
    assert table.chosen == ("o",)


def test_a_prediction_is_a_dashed_row_that_cannot_be_changed(opened: Opened, qtbot: QtBot) -> None:
    guess = Box(id="p", label="van", x=0, y=0, width=1, height=1, score=0.714)
    table = opened(A, predictions=(Prediction("detector", Value((guess,)), 0.9),))
    row = table.model.index(1, 0)
    assert row.data(RowRole.BADGE) == ("0.71", "prediction", "sparkles")
    english = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    try:
        assert row.data(RowRole.BADGE)[0] == "0,71", "as the tag on the picture has it"
    finally:
        QLocale.setDefault(english)
    assert row.data(RowRole.LEADING) is None
    assert not row.flags() & Qt.ItemFlag.ItemIsEditable
    click(qtbot, table, 1)
    assert table.chosen == ()
    assert "predicted by detector" in row.data(Qt.ItemDataRole.AccessibleTextRole)


def test_selecting_a_row_says_its_id_and_selecting_from_outside_says_nothing(
    opened: Opened, qtbot: QtBot
) -> None:
    table = opened(A, B, C)
    said: list[tuple[str, ...]] = []
    table.selected.connect(said.append)
    click(qtbot, table, 1)
    click(qtbot, table, 2, Qt.KeyboardModifier.ControlModifier)
    assert said == [("b",), ("b", "c")]
    table.select_regions(("a", "gone"))
    assert table.chosen == ("a",)
    assert [index.row() for index in table.table.selectionModel().selectedRows()] == [0]
    assert len(said) == 2


def test_arrow_keys_walk_the_rows(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A, B, C)
    table.table.setFocus()
    table.select_regions(("a",))
    qtbot.keyClick(table.table, Qt.Key.Key_Down)
    assert table.chosen == ("b",)


def test_a_labels_key_labels_what_is_selected_as_one_step(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A, B, C)
    table.select_regions(("a", "c"))
    given: list[tuple[Value, str]] = []
    table.changed.connect(lambda value, words: given.append((value, words)))
    qtbot.keyClick(table.table, Qt.Key.Key_V)
    [(value, words)] = given
    assert [region.label for region in value.regions] == ["van", "van", "van"]
    assert value.regions[1] is B
    assert words == "Label “Van”"
    assert table.chosen == ("a", "c")
    qtbot.keyClick(table.table, Qt.Key.Key_V)
    assert len(given) == 1


def test_a_label_that_is_not_for_this_type_changes_nothing(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A)
    table.select_regions(("a",))
    given: list[Any] = []
    table.changed.connect(lambda value, words: given.append(value))
    qtbot.keyClick(table.table, Qt.Key.Key_S)
    assert given == []


def test_a_label_picked_with_nothing_selected_is_for_the_next_region(
    opened: Opened, qtbot: QtBot
) -> None:
    table = opened(A)
    place = table.labels.visualRect(table.labels.model().index(1, 0)).center()
    with qtbot.waitSignal(table.label_picked) as told:
        qtbot.mouseClick(table.labels.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["van"]
    table.select_regions(("a",))
    with qtbot.waitSignal(table.changed) as changed:
        qtbot.mouseClick(table.labels.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert changed.args[0].regions[0].label == "van"


def test_f2_opens_the_label_set_over_the_row(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A, B)
    table.table.setFocus()
    table.select_regions(("b",))
    qtbot.keyClick(table.table, Qt.Key.Key_F2)
    combo = table.table.findChild(QComboBox)
    assert combo is not None
    assert combo.currentText() == "Van"
    assert [combo.itemText(n) for n in range(combo.count())] == ["Car", "Van", "Only spans"]
    with qtbot.waitSignal(table.changed) as told:
        view = combo.view()
        qtbot.keyClick(view, Qt.Key.Key_Up)
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args[0].regions[1].label == "car"


def test_deleting_takes_relations_that_end_there_along(opened: Opened, qtbot: QtBot) -> None:
    link = Relation(id="l", source="a", target="b")
    table = opened(A, B, link, columns=())
    table.select_regions(("b",))
    with qtbot.waitSignal(table.changed) as told:
        qtbot.mouseClick(table.bin, Qt.MouseButton.LeftButton)
    assert told.args[0].regions == (A,)
    assert table.model.rowCount() == 1


def test_read_only_changes_nothing(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A, B)
    table.set_read_only(True)
    table.select_regions(("a",))
    said: list[Any] = []
    table.changed.connect(lambda value, words: said.append(value))
    table.label_picked.connect(said.append)
    for pressed in (Qt.Key.Key_Delete, Qt.Key.Key_V, Qt.Key.Key_F2):
        qtbot.keyClick(table.table, pressed)
    assert said == []
    assert table.table.findChild(QComboBox) is None
    assert not table.bin.isEnabled()


def test_keys_that_are_no_labels_are_left_to_the_page(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A)
    seen: list[int] = []
    table.keyPressEvent = lambda event: seen.append(event.key())  # type: ignore[method-assign]
    table.table.setFocus()
    qtbot.keyClick(table.table, Qt.Key.Key_X)
    qtbot.keyClick(table.table, Qt.Key.Key_C)
    assert seen == [Qt.Key.Key_X]


def test_sorting_by_a_number_is_numeric_and_the_selection_stays(
    opened: Opened, qtbot: QtBot
) -> None:
    table = opened(A, B, C)
    table.select_regions(("c",))
    header = table.table.horizontalHeader()
    place = header.sectionViewportPosition(1) + 10
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 10))
    assert column(table, 1) == ["9", "30", "200"]
    assert table.chosen == ("c",)
    assert [index.row() for index in table.table.selectionModel().selectedRows()] == [2]
    table.show_value(Value((A, B, C, Box(id="d", x=0, y=0, width=20, height=1))))
    assert column(table, 1) == ["9", "20", "30", "200"]


def test_rows_can_be_narrowed_to_one_label(opened: Opened) -> None:
    table = opened(A, B, C, Box(id="d", x=0, y=0, width=1, height=1))
    menu = table.filter_menu()
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["All labels", "Car", "Van", "No label"]
    actions["Car"].trigger()
    assert column(table, 1) == ["30", "200"]
    assert column(table, 0, RowRole.LEADING) == ["1", "3"]
    table.filter_menu().actions()[0].trigger()
    assert table.model.rowCount() == 4


def test_a_change_of_one_region_touches_one_row(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A, B, C)
    changed: list[tuple[int, int]] = []
    table.model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    resets: list[int] = []
    table.model.modelReset.connect(lambda: resets.append(1))
    table.show_value(Value((A, Box(id="b", label="van", x=1, y=0, width=9, height=4), C)))
    assert changed == [(1, 1)]
    assert resets == []


def test_selection_survives_insertions_and_removals_around_it(opened: Opened) -> None:
    table = opened(A, B, C)
    table.select_regions(("c",))
    said: list[tuple[str, ...]] = []
    table.selected.connect(said.append)
    table.show_value(Value((A, Box(id="n", x=0, y=0, width=1, height=1), B, C)))
    assert [index.row() for index in table.table.selectionModel().selectedRows()] == [3]
    assert column(table, 0, RowRole.LEADING) == ["1", "2", "3", "4"]
    table.show_value(Value((C,)))
    assert [index.row() for index in table.table.selectionModel().selectedRows()] == [0]
    table.show_value(Value())
    assert table.chosen == ()
    assert said == []


def test_rows_speak_for_themselves(opened: Opened) -> None:
    table = opened(A, OPAQUE)
    spoken = column(table, 0, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == ["1, Car, 30, note a", "2, splat, kept as it is"]
    assert table.table.accessibleName() == "Regions"
    assert table.labels.accessibleName() == "Labels"


def test_ten_thousand_rows_take_a_change_without_being_felt(opened: Opened) -> None:
    many = tuple(Box(id=str(n), label="car", x=n, y=0, width=1, height=1) for n in range(10_000))
    asked: list[str] = []
    table = opened(columns=())
    table.set_editor(LABELS, COLUMNS, lambda region: (asked.append(region.id) or "1", ""))
    table.show_value(Value(many))
    changed = Value((*many[:5_000], Box(id="5000", x=0, y=0, width=2, height=1), *many[5_001:]))
    table.select_regions((many[5_000].id,))
    asked.clear()
    started = time.process_time()
    table.show_value(changed)
    taken = time.process_time() - started
    QApplication.processEvents()
    assert len(asked) < 100, "only what is on screen is described again"
    assert taken < 0.5
    assert table.chosen == ("5000",)


def test_selecting_everything_is_one_range(opened: Opened) -> None:
    many = tuple(Box(id=str(n), x=n, y=0, width=1, height=1) for n in range(2_000))
    table = opened(*many)
    table.select_regions(tuple(region.id for region in many))
    assert len(table.table.selectionModel().selection()) == 1
    chooser = table.table.selectionModel()
    chooser.clearSelection()
    assert table.chosen == ()
    chooser.select(table.model.index(5, 0), QItemSelectionModel.SelectionFlag.Select)
    assert len(table.chosen) <= 1


def test_spans_and_boxes_show_side_by_side(opened: Opened) -> None:
    table = opened(Span(id="s", start=0, end=3, label="span"), columns=())
    assert column(table, 0) == ["Only spans"]


def test_what_was_taken_over_is_no_longer_listed_as_proposed(opened: Opened) -> None:
    guesses = tuple(
        Box(id=one, label="van", x=0, y=0, width=1, height=1, score=0.7) for one in ("p", "q")
    )
    told = Prediction("detector", Value(guesses), None)
    table = opened(A, predictions=(told,))
    table.show_value(Value((A, guesses[0])), (told,))
    assert [row.region.id for row in table.model.rows] == ["a", "p", "q"]
    assert [row.number for row in table.model.rows] == [1, 2, 0]
    table.show_value(Value((A,)), (told,))
    assert [row.region.id for row in table.model.rows] == ["a", "p", "q"]
    assert [row.number for row in table.model.rows] == [1, 0, 0]


def test_a_chosen_row_is_in_sight_although_its_figures_take_room(
    opened: Opened, qtbot: QtBot
) -> None:
    many = [Box(id=f"b{n}", label="van", x=n, y=0, width=1, height=1) for n in range(1200)]
    table = opened(*many)
    assert table._title.text() == f"Regions: {QLocale().toString(1200)}"
    fields = (RegionField("x", "X", "Left edge"), RegionField("y", "Y", "Top edge"))
    hands = RegionHands(fields=fields, texts=lambda region: ("1", "2"))
    table.set_editor(LABELS, COLUMNS, describe, hands)
    table.show_value(Value(tuple(many)))
    table.resize(320, 360)
    table.select_regions(["b700"])
    assert table.fields.isVisible()

    def seen() -> bool:
        row = table.table.visualRect(table.model.index(700, 0))
        return table.table.viewport().rect().contains(row)

    qtbot.waitUntil(seen)
    # A question about the region takes room from the table too.
    table.table.scrollToTop()
    table.resize(320, 340)
    qtbot.waitUntil(seen)


def test_in_a_low_window_two_labels_stay_beside_the_figures(opened: Opened, qtbot: QtBot) -> None:
    table = opened(A)
    fields = tuple(RegionField(name, name.upper(), name) for name in "xywh")
    hands = RegionHands(fields=fields, texts=lambda region: ("1", "2", "3", "4"))
    table.set_editor(LABELS, COLUMNS, describe, hands)
    table.show_value(Value((A,)))
    table.select_regions(["a"])
    row = table.table.theme.height("row_compact")
    table.resize(320, table.fields.sizeHint().height() + 8 * row + 8)
    assert table.fields.isVisible()
    qtbot.waitUntil(lambda: table.labels.height() == 2 * row)
    assert table.labels.isVisible()
    assert table.table.height() >= 2 * row, "the header and a region"
