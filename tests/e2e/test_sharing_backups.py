"""Backups in the app: made on closing and when nobody works, never in the way, opened and merged from."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_app import Running
from made_context import Run, make_project

from labeler.app.settings import Backups
from labeler.app.sharing.backup_settings import BackupSection
from labeler.app.sharing.backups import BackupKeeper, backup_folder, backups_off
from labeler.app.sharing.backups_popover import BackupsPopover
from labeler.assets import Brand
from labeler.model.problems import Refusal
from labeler.store import Project

Start = Callable[..., Running]


def submit(run: Running) -> None:
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()


def made(run: Running) -> list[Path]:
    return sorted(backup_folder(run.context).glob("*.labeler"))


def history(run: Running) -> BackupsPopover:
    """The popover of the saved chip, with its backups read."""
    QTest.mouseClick(run.window.top_bar.chip, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    popover = run.window.sharing.popover
    assert popover is not None
    run.qtbot.waitUntil(lambda: len(popover.backups) == len(made(run)))
    return popover


def test_closing_makes_a_backup_that_has_the_last_gesture(start: Start, path: Path) -> None:
    run = start(backups=True).open(path)
    submit(run)
    run.press("2")
    run.context.close_project()
    (backup,) = made(run)
    project = Project.open(backup)
    row = project.query.find("t0")
    assert [one.author for one in project.task(row).annotations] == ["anna"]
    assert project.file.row("SELECT count(*) FROM draft WHERE cursor<>saved")[0] == 1
    assert project.check() == []
    project.close()


def test_a_project_nothing_was_done_in_is_not_backed_up_again(start: Start, path: Path) -> None:
    run = start(backups=True).open(path)
    run.context.close_project()
    assert made(run) == []


def test_none_are_made_where_that_is_turned_off(start: Start, path: Path) -> None:
    run = start().open(path)
    submit(run)
    run.window.sharing.backups.idle.timeout.emit()
    run.settle()
    run.context.close_project()
    assert made(run) == []


def test_one_is_made_when_nobody_works_and_a_gesture_does_not_wait_for_it(
    start: Start, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labeler.store.copying._PAGES", 1)
    run = start(backups=True).open(path)
    submit(run)
    keeper = run.window.sharing.backups
    assert run.context.session is not None
    lane = run.context.session.lane
    reached, goes_on = threading.Event(), threading.Event()
    honest = lane.let_pass

    def waits() -> None:
        if not reached.is_set():
            reached.set()
            assert goes_on.wait(10)
        honest()

    monkeypatch.setattr(lane, "let_pass", waits)
    ended: list[str] = []
    keeper.changed.connect(lambda: ended.append("backup"))
    run.context.saved.connect(lambda _when: ended.append("gesture"))
    assert keeper.idle.isActive()
    keeper.idle.timeout.emit()
    run.qtbot.waitUntil(reached.is_set)
    run.press("2")
    goes_on.set()
    run.qtbot.waitUntil(lambda: "backup" in ended)
    assert ended[0] == "gesture"
    assert len(made(run)) == 1


def test_closing_does_not_wait_for_a_backup_that_is_being_made(
    start: Start, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labeler.app.sharing.backups._SMALL", 0)
    monkeypatch.setattr("labeler.store.copying._PAGES", 1)
    run = start(backups=True).open(path)
    submit(run)
    assert run.context.session is not None
    lane = run.context.session.lane
    reached = threading.Event()
    honest = lane.let_pass

    def slow() -> None:
        reached.set()
        while lane._todo.empty():
            pass
        honest()

    monkeypatch.setattr(lane, "let_pass", slow)
    run.window.sharing.backups.back_up_now()
    run.qtbot.waitUntil(reached.is_set)
    run.context.close_project()
    assert list(backup_folder(run.context).iterdir()) == []


def test_a_failure_is_said_once_and_again_when_it_was_asked_for(
    start: Start, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "in the way").write_text("a file")
    run = start(backups=True).open(path)
    run.context.settings.change(backups=Backups(folder=str(tmp_path / "in the way" / "backups")))
    submit(run)
    keeper = run.window.sharing.backups
    for _ in range(2):
        keeper.idle.timeout.emit()
        run.qtbot.waitUntil(lambda: not keeper.is_busy)
    told = [words for words in run.said if words.startswith("No backup was made: ")]
    assert len(told) == 1
    run.context.commands.run("project.back_up")
    run.qtbot.waitUntil(lambda: not keeper.is_busy)
    told = [words for words in run.said if words.startswith("No backup was made: ")]
    assert len(told) == 2


def test_a_backup_that_failed_on_closing_is_told_when_a_project_opens_the_next_time(
    start: Start, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start(backups=True).open(path)
    submit(run)

    def full(*_args: object, **_how: object) -> None:
        raise Refusal.of("disk_full", str(path))

    monkeypatch.setattr(Project, "rotate_backups", full)
    run.context.close_project()
    monkeypatch.undo()
    run.context.open_project(path)
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    assert [words for words in run.said if words.startswith("No backup was made: the disk is full")]
    run.settle()


def test_the_chip_lists_the_backups_and_makes_one_by_key(start: Start, path: Path) -> None:
    run = start().open(path)
    submit(run)
    popover = history(run)
    assert QApplication.focusWidget() is popover.now
    QTest.keyClick(popover.now, Qt.Key.Key_Space)
    run.qtbot.waitUntil(lambda: len(popover.backups) == 1)
    assert "The backup is made and was looked through" in run.said
    assert popover.list.model().rowCount() == 1
    assert popover.folder.y() == popover.now.y(), "all that can be done with one is in one line"
    assert popover.chosen is not None
    assert popover.chosen.path == made(run)[0]
    QTest.keyClick(popover.now, Qt.Key.Key_Escape)
    assert run.window.sharing.popover is None


def test_a_backup_is_opened_as_a_copy_and_stays_as_it_is(
    start: Start, path: Path, tmp_path: Path
) -> None:
    run = start().open(path)
    submit(run)
    run.window.sharing.backups.back_up_now()
    run.qtbot.waitUntil(lambda: len(made(run)) == 1)
    (backup,) = made(run)
    before = backup.read_bytes()
    popover = history(run)
    popover.open_copy.click()
    dialog = run.window.findChild(QFileDialog, "open_backup")
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "as it was.labeler"))
    dialog.reject()
    copy = tmp_path / "as it was.labeler"
    run.qtbot.waitUntil(
        lambda: run.context.session is not None and run.context.session.path == copy
    )
    run.settle()
    assert backup.read_bytes() == before


def test_what_is_only_in_a_backup_is_merged_from_it(start: Start, path: Path) -> None:
    untouched = path.read_bytes()
    run = start(backups=True).open(path)
    submit(run)
    run.context.close_project()
    path.write_bytes(untouched)
    run.context.open_project(path)
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    run.settle()
    assert run.stored("t0") is None
    popover = history(run)
    popover.merge.click()
    strip = run.window.sharing.strip
    run.qtbot.waitUntil(lambda: strip.state == "result")
    run.settle()
    stored = run.stored("t0")
    assert stored is not None
    assert stored["status"] == "submitted"


def test_work_that_could_not_be_saved_is_said_there_with_the_ways_out(
    start: Start, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start().open(path)

    def full(*_args: object, **_how: object) -> None:
        raise Refusal.of("disk_full", str(path))

    monkeypatch.setattr(Project, "write_steps", full)
    run.press("1")
    run.qtbot.waitUntil(lambda: run.window.top_bar.keeper.problem is not None)
    popover = history(run)
    assert popover._words.text().startswith("Not saved: the disk is full")
    assert not popover.retry.isHidden()
    assert not popover.elsewhere.isHidden()
    monkeypatch.undo()
    popover.retry.click()
    run.qtbot.waitUntil(lambda: run.window.top_bar.keeper.problem is None)


# --------------------------------------------------------------------------------------- settings


def test_what_a_person_sets_is_taken_and_what_the_vendor_set_is_locked(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    section = BackupSection(run.context, Brand())
    qtbot.addWidget(section)
    assert section.on.isChecked()
    section.on.setChecked(False)
    assert backups_off(run.context)
    section.folder.edit.setText(str(tmp_path / "elsewhere"))
    qtbot.waitUntil(lambda: backup_folder(run.context) == tmp_path / "elsewhere")
    vendor = Brand(name="Nord", backups="on", backup_folder=str(tmp_path / "theirs"))
    assert not backups_off(run.context, vendor)
    assert backup_folder(run.context, vendor) == tmp_path / "theirs"
    locked = BackupSection(run.context, vendor)
    qtbot.addWidget(locked)
    assert locked.on.isChecked()
    assert not locked.on.isEnabled()
    assert not locked.folder.isEnabled()


def test_a_large_project_is_not_backed_up_on_closing(
    run: Run, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_project(tmp_path / "pets.labeler")
    keeper = BackupKeeper(run.context)
    with qtbot.waitSignal(run.context.project_changed):
        run.context.open_project(path)
    run.context.saved.emit(1.0)
    monkeypatch.setattr("labeler.app.sharing.backups._SMALL", path.stat().st_size - 1)
    run.context.close_project()
    assert not backup_folder(run.context).exists()
    keeper.deleteLater()
