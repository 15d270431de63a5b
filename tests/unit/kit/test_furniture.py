"""What stands round the content: buttons, saved chip, undo bar, dialogs, rail, tabs, rows, tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from labeler.kit import (
    Button,
    Dialog,
    ElidedText,
    EmptyState,
    ErrorCard,
    FilterChip,
    FlowLayout,
    IconButton,
    KeyCap,
    Place,
    Plain,
    Progress,
    ProgressBar,
    Rail,
    RowList,
    RowRole,
    SavedChip,
    Scrim,
    Section,
    TabBar,
    Table,
    Text,
    Toast,
)
from labeler.kit.theme import Theme

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
Show = Callable[..., QWidget]


def at(widget: QWidget, x: int, y: int) -> QColor:
    return widget.grab().toImage().pixelColor(x, y)


def test_a_button_is_pressed_by_click_and_space(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    button = Button("Flag", key="F", icon="flag")
    shown(button)
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, LEFT)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Key.Key_Space)


def test_a_button_shows_its_states(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    button = Button("Submit")
    page = shown(button)
    t = theme.tokens
    inside = (6, 16)
    QTest.mouseMove(page, QPoint(2, 300))
    qtbot.waitUntil(lambda: at(button, *inside) == t.surface)
    QTest.mouseMove(button)
    qtbot.waitUntil(lambda: at(button, *inside) == t.hover)
    button.setDown(True)
    assert at(button, *inside) == t.pressed
    button.setDown(False)
    button.setEnabled(False)
    assert at(button, *inside) == t.sunken


def test_a_hover_fades_unless_motion_is_reduced(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    theme.set(reduced_motion=False)
    button = Button("Submit")
    page = shown(button)
    QTest.mouseMove(page, QPoint(2, 300))
    QTest.mouseMove(button)
    qtbot.waitUntil(lambda: button.hover_share == 1.0)
    theme.set(reduced_motion=True)
    QTest.mouseMove(page, QPoint(2, 300))
    qtbot.waitUntil(lambda: button.hover_share == 0.0)


def test_a_button_elides_rather_than_pushes(theme: Theme, qtbot: QtBot) -> None:
    button = Button("Angaben zur Zuverlässigkeit übernehmen und weiter", key="Ctrl+Enter")
    qtbot.addWidget(button)
    assert button.minimumSizeHint().width() < 0.6 * button.sizeHint().width()


def test_room_is_made_for_icon_key_and_menu(theme: Theme, qtbot: QtBot) -> None:
    plain = Button("Flag")
    qtbot.addWidget(plain)
    bare = plain.sizeHint().width()
    plain.set_key("F")
    keyed = plain.sizeHint().width()
    plain.set_icon("flag")
    both = plain.sizeHint().width()
    menu = QMenu()
    qtbot.addWidget(menu)
    plain.setMenu(menu)
    # A cap of 22 with 8 before it replaces 6 of the padding; icon 16 and 8; chevron 16 and 4.
    assert (keyed - bare, both - keyed, plain.sizeHint().width() - both) == (24, 24, 20)


def test_an_icon_button_says_its_name_and_key(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton("undo-2", "Undo", key="Ctrl+Z")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Undo"
    assert "Undo" in button.toolTip()
    assert "Ctrl+Z" in button.toolTip()
    assert (button.sizeHint().width(), button.sizeHint().height()) == (28, 28)


def test_a_key_cap_is_as_wide_as_its_chord(theme: Theme, qtbot: QtBot) -> None:
    one, chord = KeyCap("1"), KeyCap("Ctrl+Enter")
    qtbot.addWidget(one)
    qtbot.addWidget(chord)
    assert (one.sizeHint().width(), one.sizeHint().height()) == (22, 20)
    assert chord.sizeHint().width() > 60


def test_the_saved_chip_says_one_of_four_things(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    chip = SavedChip()
    shown(chip)
    chip.set_saved("14:32:08")
    assert (chip.state, chip.text()) == ("saved", "Saved 14:32:08")
    chip.set_saving()
    assert (chip.state, chip.text()) == ("saving", "Saving")
    chip.set_read_only("desk-sofia")
    assert (chip.state, chip.text()) == ("read_only", "Read only, open on desk-sofia")
    chip.set_read_only()
    assert chip.text() == "Read only"
    chip.set_failed("disk full")
    assert (chip.state, chip.accessibleName()) == ("failed", "Not saved: disk full")
    assert at(chip, chip.width() // 2, 0) == theme.tokens.danger
    with qtbot.waitSignal(chip.clicked):
        QTest.mouseClick(chip, LEFT)


@pytest.fixture
def host(theme: Theme, qtbot: QtBot) -> QWidget:
    page = Plain("surface")
    page.resize(800, 500)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_an_undo_bar_undoes(theme: Theme, qtbot: QtBot, host: QWidget) -> None:
    toast = Toast(host)
    toast.say("3 regions deleted", action="Undo", key="Ctrl+Z", icon="trash-2")
    button = next(b for b in toast.findChildren(Button) if b.text() == "Undo")
    with qtbot.waitSignal(toast.acted), qtbot.assertNotEmitted(toast.closed):
        QTest.mouseClick(button, LEFT)
    assert not toast.isVisible()


def test_a_toast_is_closed_by_its_cross_and_replaced_by_the_next(
    theme: Theme, qtbot: QtBot, host: QWidget
) -> None:
    toast = Toast(host)
    toast.say("First")
    toast.say("Second")
    assert toast.text == "Second"
    assert not next(iter(toast.findChildren(Button))).isVisible()
    with qtbot.waitSignal(toast.closed):
        QTest.mouseClick(toast.findChildren(IconButton)[0], LEFT)
    assert not toast.isVisible()


def test_a_toast_stays_bottom_centre_when_the_window_changes(
    theme: Theme, qtbot: QtBot, host: QWidget
) -> None:
    toast = Toast(host)
    toast.say("Saved elsewhere")
    for width, height in ((800, 500), (1200, 700)):
        host.resize(width, height)
        qtbot.waitUntil(lambda: abs(toast.geometry().center().x() - host.width() // 2) <= 1)
        assert toast.geometry().bottom() <= host.height()
        assert toast.geometry().bottom() > host.height() - 60


def test_progress_shows_nothing_for_what_is_soon_over(
    theme: Theme, qtbot: QtBot, host: QWidget
) -> None:
    quick, slow = Progress(parent=host), Progress(parent=host)
    quick.start("Importing")
    quick.finish()
    slow.start("Importing")
    assert not slow.isVisible()
    qtbot.waitUntil(slow.isVisible, timeout=3000)
    # The slow one waited as long as the quick one would have.
    assert not quick.isVisible()
    slow.set_progress(1, 4)
    assert slow.text == "Importing 1 of 4"
    assert slow.bar.value() == 250
    slow.set_progress(7, None)
    assert slow.text == "Importing 7"
    slow.finish()
    assert not slow.isVisible()


def test_progress_is_cancelled_once(theme: Theme, qtbot: QtBot, host: QWidget) -> None:
    progress = Progress(parent=host)
    progress.start("Importing")
    cancel = progress.findChildren(Button)[0]
    with qtbot.waitSignal(progress.cancelled):
        QTest.mouseClick(cancel, LEFT)
    assert not cancel.isEnabled()


def test_a_bar_is_filled_from_where_text_begins(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.resize(128, 6)
    bar.set_progress(1, 2)
    t = theme.tokens
    assert (at(bar, 32, 3), at(bar, 96, 3)) == (t.accent, t.pressed)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert (at(bar, 32, 3), at(bar, 96, 3)) == (t.pressed, t.accent)
    bar.set_progress(0, 0)
    assert (at(bar, 32, 3), at(bar, 96, 3)) == (t.pressed, t.pressed)


@pytest.fixture
def dialog(theme: Theme, qtbot: QtBot, host: QWidget) -> Dialog:
    asked = Dialog("Delete the queue", parent=host)
    asked.add_button("Copy report", "quiet", role="aside", key="C")
    asked.add_button("Keep", role="reject")
    asked.add_button("Delete", "danger", role="accept")
    qtbot.addWidget(asked)
    asked.show()
    qtbot.waitExposed(asked)
    return asked


def test_enter_presses_the_last_button_and_escape_leaves(dialog: Dialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog, Key.Key_Return)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Key.Key_Escape)


def test_buttons_stand_with_the_primary_last_and_asides_first(dialog: Dialog) -> None:
    buttons = sorted(dialog.findChildren(Button), key=lambda b: b.x())
    assert [b.text() for b in buttons] == ["Copy report", "Keep", "Delete"]
    assert buttons[-1].key == "Enter"
    assert buttons[1].x() - buttons[0].geometry().right() > 50


def test_a_dialog_darkens_its_window_while_it_is_open(dialog: Dialog, host: QWidget) -> None:
    assert [s.isVisible() for s in host.findChildren(Scrim)] == [True]
    assert host.findChildren(Scrim)[0].geometry() == host.rect()
    dialog.reject()
    assert not [s for s in host.findChildren(Scrim) if s.isVisible()]


def test_a_dialog_is_560_wide_or_672_with_a_table(theme: Theme, qtbot: QtBot) -> None:
    narrow, wide = Dialog("One"), Dialog("Two", wide=True)
    qtbot.addWidget(narrow)
    qtbot.addWidget(wide)
    assert (narrow.width(), wide.width()) == (560, 672)


def test_a_stopped_panel_offers_three_ways_on(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    report = "ValueError: segment 8\n  one\n  two\n  three\n  four"
    card = ErrorCard("The panel stopped", "Your draft is safe.", report)
    shown(card, 700)
    with qtbot.waitSignal(card.open_again):
        QTest.mouseClick(card.again, LEFT)
    with qtbot.waitSignal(card.turned_off):
        QTest.mouseClick(card.off, LEFT)
    with qtbot.waitSignal(card.copied):
        QTest.mouseClick(card.copy, LEFT)
    # The whole report, though only its first lines are shown.
    assert QGuiApplication.clipboard().text() == report


def test_an_empty_state_stays_narrow_in_a_wide_window(theme: Theme, qtbot: QtBot) -> None:
    empty = EmptyState("No tasks open to you", "You have done 1,184 tasks. " * 4)
    empty.add_button("Open the 2 returned", "primary")
    qtbot.addWidget(empty)
    empty.resize(1200, 600)
    empty.show()
    widest = max(c.width() for c in empty.findChildren(QWidget) if c.isVisible())
    assert widest <= 460


def test_a_section_opens_its_rule(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    section = Section("Sentiment", required=True, rule="Open the rule")
    shown(section)
    with qtbot.waitSignal(section.rule_opened):
        QTest.mouseClick(section.findChildren(IconButton)[0], LEFT)


def test_tabs_show_counts_and_are_walked_by_arrows(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    tabs = TabBar("Inspector")
    for title, count in (("Questions", 4), ("Regions", 11), ("Guidelines", None)):
        tabs.add(title, count)
    shown(tabs, 400)
    wide = tabs.tabRect(1).width()
    tabs.set_count(1, None)
    assert tabs.tabRect(1).width() < wide
    with qtbot.waitSignal(tabs.currentChanged):
        QTest.keyClick(tabs, Key.Key_Right)
    assert tabs.currentIndex() == 1
    line = tabs.tabRect(1)
    t = theme.tokens
    assert at(tabs, line.center().x(), tabs.height() - 1) == t.accent
    assert at(tabs, line.center().x(), tabs.height() - 2) == t.accent
    assert at(tabs, tabs.tabRect(0).center().x(), tabs.height() - 1) != t.accent


@pytest.fixture
def rail(theme: Theme, qtbot: QtBot) -> Rail:
    bar = Rail("Places")
    for place, icon in (("Home", "home"), ("Work", "square-pen"), ("Data", "table-2")):
        bar.add_place(Place(place.lower(), place, icon, "Ctrl+1"))
    bar.add_foot("settings", "Settings")
    bar.set_current("home")
    bar.resize(64, 600)
    qtbot.addWidget(bar)
    bar.show()
    qtbot.waitExposed(bar)
    bar.activateWindow()
    return bar


def test_a_place_is_entered_by_click_once(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rail.place_chosen) as heard:
        QTest.mouseClick(rail.tile("data"), LEFT)
    assert heard.args == ["data"]
    assert rail.current == "data"
    with qtbot.assertNotEmitted(rail.place_chosen):
        QTest.mouseClick(rail.tile("data"), LEFT)
    assert rail.current == "data"


def test_places_are_walked_by_arrows(rail: Rail, qtbot: QtBot) -> None:
    rail.tile("home").setFocus()
    qtbot.waitUntil(rail.tile("home").hasFocus)
    QTest.keyClick(rail.tile("home"), Key.Key_Down)
    assert rail.tile("work").hasFocus()
    with qtbot.waitSignal(rail.place_chosen) as heard:
        QTest.keyClick(rail.tile("work"), Key.Key_Space)
    assert heard.args == ["work"]


def test_a_long_word_widens_the_rail_a_little(rail: Rail) -> None:
    assert (rail.width(), rail.tile("home").width()) == (64, 56)
    rail.add_place(Place("quality", "Qualitätssicherung", "chart-line"))
    assert 64 < rail.width() <= 120


def rows_of(*titles: str) -> QStandardItemModel:
    model = QStandardItemModel()
    for title in titles:
        model.appendRow(QStandardItem(title))
    return model


def test_the_selected_row_has_a_bar_where_text_begins(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    rows, model = RowList("Regions"), rows_of("Car", "Van")
    qtbot.addWidget(rows)
    rows.setModel(model)
    rows.resize(200, 100)
    rows.show()
    rows.setCurrentIndex(model.index(1, 0))
    t = theme.tokens
    middle = rows.visualRect(model.index(1, 0)).center().y()
    assert [at(rows, x, middle) for x in (0, 1, 150)] == [t.accent, t.accent, t.selection]
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert [at(rows, x, middle) for x in (198, 199, 30)] == [t.accent, t.accent, t.selection]


def test_a_row_is_ringed_inside_after_the_keyboard_only(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    rows, model = RowList("Regions"), rows_of("Car", "Van")
    rows.setModel(model)
    shown(rows)
    first = rows.visualRect(model.index(0, 0))
    QTest.mouseClick(rows.viewport(), LEFT, pos=first.center())
    assert at(rows, first.center().x(), first.top()) == theme.tokens.selection
    QTest.keyClick(rows, Key.Key_Down)
    second = rows.visualRect(model.index(1, 0))
    assert at(rows, second.center().x(), second.top()) == theme.tokens.focus


def test_a_row_shows_everything_its_model_says(theme: Theme, qtbot: QtBot) -> None:
    model = rows_of("Car", "Car")
    full = model.item(0)
    full.setData("1", RowRole.KEY)
    full.setData("7", RowRole.LEADING)
    full.setData("#E69F00", RowRole.SWATCH)
    full.setData("flag", RowRole.ICON)
    full.setData("danger", RowRole.ICON_ROLE)
    full.setData(("Gold", "gold", "star"), RowRole.BADGE)
    full.setData("60 × 41", RowRole.TRAILING)
    full.setData(True, RowRole.LOCKED)
    full.setData("occluded", RowRole.SECONDARY)
    rows = RowList("Regions")
    qtbot.addWidget(rows)
    rows.setModel(model)
    rows.resize(420, 80)
    rows.show()
    image = rows.grab(rows.visualRect(model.index(0, 0))).toImage()
    names = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    t = theme.tokens
    wanted = (t.sunken, t.label_colour(1).surface, t.danger, t.gold_soft)
    assert {colour.name() for colour in wanted} <= names


def table_of(rows: int) -> QStandardItemModel:
    model = QStandardItemModel(rows, 3)
    model.setHorizontalHeaderLabels(["", "Text", "Agreement"])
    model.setHeaderData(
        0, Qt.Orientation.Horizontal, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole
    )
    for row in range(rows):
        for column in range(3):
            model.setItem(row, column, QStandardItem(f"{row}, {column}"))
    return model


def test_the_whole_row_of_a_table_is_hovered(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    table, model = Table("Tasks"), table_of(5)
    table.setModel(model)
    shown(table, 500)
    cell = table.visualRect(model.index(2, 0))
    QTest.mouseMove(table.viewport(), cell.center())
    far = table.visualRect(model.index(2, 2))

    def hovered(place: QRect) -> bool:
        image = table.viewport().grab().toImage()
        return image.pixelColor(place.right() - 4, place.top() + 3) == theme.tokens.hover

    qtbot.waitUntil(lambda: hovered(cell) and hovered(far))
    QTest.mouseMove(table.viewport(), table.visualRect(model.index(0, 0)).center())
    qtbot.waitUntil(lambda: not hovered(far))


def test_a_table_selects_and_rings_whole_rows(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    table, model = Table("Tasks"), table_of(5)
    table.setModel(model)
    shown(table, 500)
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    table.setCurrentIndex(model.index(0, 1))
    QTest.keyClick(table, Key.Key_Down)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    image = table.viewport().grab().toImage()
    row = table.visualRect(model.index(1, 0))
    ring = theme.tokens.focus
    assert image.pixelColor(row.center().x(), row.top()) == ring
    far = table.visualRect(model.index(1, 2))
    assert image.pixelColor(far.center().x() - 40, far.top()) == ring


def test_the_check_box_of_a_header_is_clicked(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    table, model = Table("Tasks"), table_of(2)
    table.setModel(model)
    shown(table, 500)
    header = table.header
    with qtbot.waitSignal(header.check_clicked) as heard:
        QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(14, 16))
    assert heard.args == [0]
    with qtbot.assertNotEmitted(header.check_clicked):
        QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(header.sectionPosition(1) + 9, 16))


def test_a_filter_goes_by_its_cross_or_delete(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    chip = FilterChip("Queue", "Reviews")
    shown(chip)
    assert chip.accessibleName() == "Queue: Reviews"
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.clicked):
        QTest.mouseClick(chip, LEFT, pos=chip.cross_rect().center())
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.removed):
        QTest.mouseClick(chip, LEFT, pos=QPoint(12, 12))
    with qtbot.waitSignal(chip.removed):
        QTest.keyClick(chip, Key.Key_Delete)


def test_an_elided_text_tells_the_whole_in_its_tooltip(theme: Theme, qtbot: QtBot) -> None:
    words = ElidedText("cam2/2026-05-14_0412.jpg", "mono", elide=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(words)
    words.resize(400, 20)
    words.show()
    assert words.toolTip() == ""
    words.resize(60, 20)
    assert words.toolTip() == "cam2/2026-05-14_0412.jpg"


def test_a_flow_breaks_lines_where_the_width_ends(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    flow = FlowLayout(page, gap=8)
    buttons = [Button("Word") for _ in range(4)]
    for button in buttons:
        flow.addWidget(button)
    qtbot.addWidget(page)
    each = buttons[0].sizeHint().width()
    page.resize(2 * each + 8, 200)
    page.show()
    places = [(b.x(), b.y()) for b in buttons]
    assert places == [(0, 0), (each + 8, 0), (0, 40), (each + 8, 40)]
    assert flow.heightForWidth(2 * each + 8) == 72
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.activate()
    assert [b.x() for b in buttons[:2]] == [each + 8, 0]


def test_a_section_shows_a_heading_it_is_given_later(theme: Theme, shown: Show) -> None:
    section = Section()
    section.body.addWidget(Button("Back up now"))
    shown(section)
    bare = section.sizeHint().height()
    section.set_title("Backups")
    QApplication.processEvents()
    [heading] = [one for one in section.findChildren(QLabel) if one.text() == "Backups"]
    assert heading.isVisible()
    assert section.sizeHint().height() >= bare + theme.line("label")
    assert heading.geometry().bottom() < section.findChildren(Button)[0].y()


def test_a_text_that_was_hidden_while_all_grew_is_shown_as_large_as_the_rest(
    theme: Theme, shown: Show
) -> None:
    page = Plain()
    text = Text("A copy is merged", parent=page)
    text.hide()
    shown(page)
    theme.set(text_scale=1.5)
    try:
        theme.apply()
        text.setFont(theme.font("heading"))  # as Qt does with one that was never shown
        text.show()
        assert text.font().pixelSize() == round(13 * 1.5)
    finally:
        theme.set(text_scale=1.0)
