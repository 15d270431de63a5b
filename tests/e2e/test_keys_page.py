"""Keys a person gives: they act at once, every cap follows, and they are remembered."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_app import Running

from labeler.app.cheat_sheet import CheatSheet
from labeler.app.dialogs.settings import SettingsDialog
from labeler.app.dialogs.settings_keys import KeysPage
from labeler.app.help.window import HelpWindow
from labeler.app.keymaps import fitted, shipped
from labeler.app.menus import fill_queues
from labeler.app.settings import SettingsStore
from labeler.kit.controls.keycap import KeyCap

CTRL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Running]


@pytest.fixture
def opened(start: Start, path: Path) -> tuple[Running, KeysPage]:
    run = start().open(path)
    run.context.commands.run("app.settings")
    dialog = run.window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.tabs.setCurrentIndex(1)
    return run, dialog.keys


def give(page: KeysPage, command: str, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """Choose a command and press its new key, as a person does."""
    assert page.choose(command)
    page.field.setFocus()
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert page.field.listening
    QTest.keyClick(page.field, key, held)


NONE = Qt.KeyboardModifier.NoModifier


def test_a_key_that_is_given_acts_at_once_and_is_shown_everywhere(
    opened: tuple[Running, KeysPage], qtbot: QtBot
) -> None:
    run, page = opened
    give(page, "work.flag", Qt.Key.Key_Y, NONE)
    assert run.context.commands.keys("work.flag") == ("Y",)
    assert run.work.bottom.flag.key == "Y"
    give(page, "app.palette", Qt.Key.Key_P, CTRL)
    assert run.window.top_bar.entry.accessibleDescription() in ("", "Ctrl+P")
    give(page, "work.choose_queue", Qt.Key.Key_U, CTRL)
    menu = QMenu()
    fill_queues(menu, run.context, "first", lambda _name: None)
    assert any(action.text().endswith("\tCtrl+U") for action in menu.actions())
    dialog = run.window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.accept()

    run.work.focus_content()
    run.press("f")
    assert run.work.popover is None
    run.press("y")
    qtbot.waitUntil(lambda: run.work.popover is not None)
    run.press(Qt.Key.Key_Escape)

    sheet = CheatSheet(run.context.commands, run.window)
    assert "Y" in [cap.key for cap in sheet.findChildren(KeyCap)]
    sheet.close()
    help_window = HelpWindow(run.context)
    qtbot.addWidget(help_window)
    assert any("`Ctrl+U`" in one.text for one in help_window.pages) or help_window.pages


def test_keys_are_remembered_in_the_settings_file(opened: tuple[Running, KeysPage]) -> None:
    run, page = opened
    give(page, "work.flag", Qt.Key.Key_Y, NONE)
    run.context.settings.write()
    again = SettingsStore(run.context.settings.path)
    assert again.values.keys == {"work.flag": ("Y",)}


def test_a_key_that_is_taken_names_who_has_it_and_where(opened: tuple[Running, KeysPage]) -> None:
    run, page = opened
    give(page, "work.flag", Qt.Key.Key_S, NONE)
    assert run.context.commands.keys("work.flag") == ("F",)
    assert page.callout.accessibleName() == "S is taken"
    assert "Skip" in page.callout.accessibleDescription()
    assert "on the Work page" in page.callout.accessibleDescription()
    QTest.mouseClick(page.swap, Qt.MouseButton.LeftButton)
    commands = run.context.commands
    assert (commands.keys("work.flag"), commands.keys("work.skip")) == (("S",), ("F",))
    assert commands.clashes() == []
    assert page.callout.isHidden()


def test_a_key_can_be_taken_over_or_left(opened: tuple[Running, KeysPage]) -> None:
    run, page = opened
    commands = run.context.commands
    give(page, "work.flag", Qt.Key.Key_S, NONE)
    QTest.mouseClick(page.leave, Qt.MouseButton.LeftButton)
    assert commands.own_keys == {}
    give(page, "work.flag", Qt.Key.Key_S, NONE)
    QTest.mouseClick(page.give, Qt.MouseButton.LeftButton)
    assert (commands.keys("work.flag"), commands.keys("work.skip")) == (("S",), ())


def test_a_label_with_the_key_is_named(opened: tuple[Running, KeysPage]) -> None:
    run, page = opened
    give(page, "work.pause", Qt.Key.Key_W, NONE)
    assert run.context.commands.keys("work.pause") == ("W",)
    assert "“Thing” in First" in page.callout.accessibleName()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Up])
def test_keys_of_controls_are_refused(opened: tuple[Running, KeysPage], key: Qt.Key) -> None:
    run, page = opened
    give(page, "work.flag", key, NONE)
    assert run.context.commands.own_keys == {}
    assert not page.callout.isHidden()
    assert page.swap.isHidden()


def test_escape_gives_up_and_backspace_takes_the_key_away(opened: tuple[Running, KeysPage]) -> None:
    run, page = opened
    page.choose("work.flag")
    page.field.setFocus()
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert run.context.commands.own_keys == {}
    assert run.window.findChild(SettingsDialog) is not None, "Escape was the field's"
    QTest.keyClick(page.field, Qt.Key.Key_Backspace)
    assert run.context.commands.keys("work.flag") == ()
    QTest.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert run.context.commands.own_keys == {}


def test_a_default_that_somebody_else_has_now_is_not_taken_silently(
    opened: tuple[Running, KeysPage],
) -> None:
    run, page = opened
    run.context.commands.remap_all({"work.flag": ("S",), "work.skip": ("F",)})
    page.choose("work.flag")
    QTest.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert "Skip" in page.callout.accessibleDescription()
    assert run.context.commands.keys("work.flag") == ("S",)


@pytest.mark.parametrize("name", ["left_hand", "like_labelme"])
def test_no_keymap_that_ships_clashes_and_default_leads_back(
    opened: tuple[Running, KeysPage], name: str
) -> None:
    run, page = opened
    commands = run.context.commands
    page.keymaps.keymap.set_chosen(name)
    page.keymaps.keymap.activated.emit(page.keymaps.keymap.currentIndex())
    assert commands.own_keys == fitted(shipped()[name], commands).own
    assert commands.clashes() == []
    assert fitted(shipped()[name], commands).unknown in (
        (),
        ("*.find",),
        ("*.accept", "*.accept_all", "*.reject"),
    )
    assert page.keymaps.keymap.chosen == name
    page.keymaps.keymap.set_chosen("default")
    page.keymaps.keymap.activated.emit(0)
    assert commands.own_keys == {}


def test_a_keymap_travels_in_a_file(opened: tuple[Running, KeysPage], tmp_path: Path) -> None:
    run, page = opened
    commands = run.context.commands
    commands.remap_all({"work.flag": ("Y",), "work.pause": ("Ctrl+Shift+P",)})
    page.keymaps.export_keymap(tmp_path / "mine.toml")
    commands.remap_all({})
    page.keymaps.import_keymap(tmp_path / "mine.toml")
    assert commands.own_keys == {"work.flag": ("Y",), "work.pause": ("Ctrl+Shift+P",)}
    (tmp_path / "bad.toml").write_text("schema = 1\nkeys = 3")
    page.keymaps.import_keymap(tmp_path / "bad.toml")
    assert page.callout.accessibleName() == "bad.toml is no keymap"
    assert commands.own_keys != {}


def test_the_search_finds_titles_and_keys(opened: tuple[Running, KeysPage]) -> None:
    _, page = opened
    page.search.setText("flag")
    assert page.choose("work.flag")
    assert not page.choose("work.skip")
    page.search.setText("f11")
    assert page.choose("app.full_screen")


def test_panels_commands_are_known_before_any_panel_is(start: Start) -> None:
    run = start()
    run.app.start()
    assert run.window.work_page is None
    names = [entry.command.id for entry in run.context.commands.all()]
    assert "sentiment.accept" in names
    can = run.context.commands.can_run("sentiment.accept")
    assert not can.ok
    assert can.reason


def test_ctrl_a_in_the_search_of_data_selects_what_is_written(start: Start, path: Path) -> None:
    run = start().open(path)
    run.window.go("data")
    run.settle()
    run.window.search_data()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "one")
    run.ctrl(Qt.Key.Key_A)
    page = run.window.page("data")
    assert page.search.selectedText() == "one"  # type: ignore[attr-defined]
