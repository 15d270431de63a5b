"""The registry of commands: one key, one command; the router that runs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_app import Running, make_project, with_policy
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from labeler.app.commands import Commands, key_text
from labeler.app.own_commands import panel_commands, place_of, roof_commands
from labeler.kit.editor import CanRun
from labeler.model.commands import Command
from labeler.plugins import Plugins

Start = Callable[..., Running]


@pytest.fixture
def commands(qapp: QCoreApplication) -> Commands:
    return Commands({})


def test_no_key_of_the_house_runs_two_commands_nor_takes_one_of_a_panels(
    commands: Commands,
) -> None:
    for command in roof_commands():
        commands.add(command, list, place=place_of(command.id))
    assert commands.clashes() == []
    for found in Plugins.load().panels():
        for command in panel_commands(found.manifest):
            commands.add(command, list, place="work")
        assert commands.clashes() == [], found.id
        commands.remove(found.id)


def test_clashes_are_found_only_where_both_would_run(commands: Commands) -> None:
    commands.add(Command("app.a", "A", ("Ctrl+K",)), list)
    commands.add(Command("work.b", "B", ("K",)), list, place="work")
    commands.add(Command("data.c", "C", ("K",)), list, place="data")
    assert commands.clashes() == []
    commands.add(Command("app.d", "D", ("K",)), list)
    assert [(clash.first, clash.second) for clash in commands.clashes()] == [
        ("work.b", "app.d"),
        ("data.c", "app.d"),
    ]


def test_a_remapped_command_leaves_its_old_key_and_says_its_new_one(commands: Commands) -> None:
    ran: list[str] = []
    commands.add(Command("work.skip", "Skip", ("S",)), lambda: ran.append("skip"), place="work")
    commands.add(Command("work.flag", "Flag", ("F",)), lambda: ran.append("flag"), place="work")
    taken = commands.would_clash("work.skip", "F")
    assert taken is not None
    assert taken.command.id == "work.flag"
    commands.remap("work.skip", ("Shift+S",))
    commands.place = "work"
    assert commands.for_key("S") is None
    entry = commands.for_key("Shift+S")
    assert entry is not None
    assert entry.command.id == "work.skip"
    assert commands.key_text("work.skip") == "Shift+S"
    assert commands.own_keys == {"work.skip": ("Shift+S",)}
    commands.remap("work.skip", None)
    assert commands.for_key("S") is not None


def test_a_command_that_cannot_be_run_is_not_run(commands: Commands) -> None:
    ran: list[int] = []
    commands.add(
        Command("app.a", "A"), lambda: ran.append(1), can_run=lambda: CanRun(False, "no task")
    )
    assert not commands.run("app.a")
    assert commands.can_run("app.a").reason == "no task"
    assert not commands.run("app.unknown")
    assert ran == []


def test_the_command_of_a_place_goes_before_one_of_everywhere(commands: Commands) -> None:
    commands.add(Command("app.find", "Find", ("Ctrl+F",)), list)
    commands.add(Command("data.find", "Find rows", ("Ctrl+F",)), list, place="data")
    commands.place = "data"
    assert commands.for_key("Ctrl+F").command.id == "data.find"
    commands.place = "home"
    assert commands.for_key("Ctrl+F").command.id == "app.find"


def test_key_caps_say_enter() -> None:
    assert key_text("Ctrl+Return") == "Ctrl+Enter"


# ------------------------------------------------------------------------------------ the router


def test_single_letters_of_the_work_page_do_nothing_elsewhere(start: Start, path: Path) -> None:
    run = start().open(path)
    run.context.go("data")
    run.settle()
    run.press("s")
    assert run.work.popover is None
    run.context.go("work")
    run.press("s")
    assert run.work.popover is not None


def test_places_are_one_key_away(start: Start, path: Path) -> None:
    run = start().open(path)
    places = ("home", "work", "review", "data")
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
    for key, place in zip(keys, places, strict=True):
        run.ctrl(key)
        assert run.window.rail.current == place
        assert run.context.commands.place == place


def test_tab_and_space_stay_with_the_control_that_has_the_focus(start: Start, path: Path) -> None:
    run = start().open(path)
    ran: list[str] = []
    run.context.commands.add(
        Command("probe.space", "Space", ("Space",)), lambda: ran.append("space"), place="work"
    )
    run.context.commands.add(
        Command("probe.tab", "Tab", ("Tab",)), lambda: ran.append("tab"), place="work"
    )
    run.work.bottom.pause.setFocus()
    run.press(Qt.Key.Key_Space)
    assert ran == []
    assert run.work.clock.paused, "the button was pressed"
    run.editor.setFocus()
    run.press(Qt.Key.Key_Space)
    run.press(Qt.Key.Key_Tab)
    assert ran == ["space", "tab"]


def test_nothing_runs_behind_a_modal_dialog(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press(Qt.Key.Key_F1)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    run.ctrl(Qt.Key.Key_1)
    assert run.window.rail.current == "work"
    dialog.close()
    run.ctrl(Qt.Key.Key_1)
    assert run.window.rail.current == "home"


def test_a_key_held_down_answers_one_task_only(start: Start, tmp_path: Path) -> None:
    path = make_project(tmp_path / "fast.labeler", config=with_policy(auto_advance=True))
    run = start().open(path)
    run.press("1")
    run.settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", autorep=True
    )
    for _ in range(3):
        QApplication.sendEvent(focus, held)
    run.settle()
    assert run.key == "t1"
    assert run.work.flow.value.answers == {}


def test_time_counts_while_a_hand_works_and_stands_while_paused(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("1")
    with run.qtbot.waitSignal(run.work.clock.ticked, timeout=3000) as ticked:
        pass
    assert 500 < ticked.args[0] <= 3000
    run.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert run.work.bottom.active.text() == "Paused"
    with run.qtbot.waitSignal(run.work.clock.ticked, timeout=3000) as ticked:
        pass
    assert ticked.args == [0]


def test_what_was_done_today_is_counted_and_kept(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    run.press("s")
    run.press(Qt.Key.Key_Return)
    run.settle()
    assert run.app.settings.values.day.tasks == 2
    run.window.close()
    again = start().open(path)
    assert again.work.bottom.today.text() == "Today 2"
