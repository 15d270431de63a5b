"""The language of the interface changes while a task is open, and nothing of the work is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_app import Running

from labeler.app.dialogs.settings import SettingsDialog
from labeler.app.i18n import PSEUDO, RIGHT_TO_LEFT, Tongue
from labeler.app.settings import SettingsStore
from labeler.app.window import MainWindow

Start = Callable[..., Running]


def speak(run: Running, language: str) -> None:
    """Choose a language as the settings do, and wait for the window that follows."""
    before = run.app.window
    run.context.language_wanted.emit(language)
    run.qtbot.waitUntil(lambda: run.app.window is not before)
    run.window = run.app.window
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    dialog = run.window.findChild(SettingsDialog)
    assert dialog is not None, "one goes on where one was"
    dialog.reject()
    run.settle()


@pytest.fixture
def run(start: Start, path: Path) -> Running:
    return start().open(path)


def test_task_draft_and_undo_are_there_after_the_change(run: Running) -> None:
    run.work.step(forward=True)
    run.settle()
    assert run.key == "t1"
    run.work.focus_content()
    run.press("1")
    run.settle()
    before = run.work.flow.value
    assert before.answers == {"feel": "good"}
    speak(run, PSEUDO)
    assert run.key == "t1"
    assert run.work.flow.value == before
    assert run.work.bottom.submit.text().startswith("[")
    seat = run.work.flow.seat
    assert seat is not None
    assert not seat.read_only, "the draft is still ours"
    assert run.context.commands.run("app.undo")
    run.settle()
    assert run.work.flow.value.answers == {}


def test_what_is_done_after_the_change_is_stored_once(run: Running) -> None:
    speak(run, PSEUDO)
    run.work.focus_content()
    run.press("2")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    stored = run.stored("t0")
    assert stored is not None
    assert stored["status"] == "submitted"
    assert stored["value"] == {"answers": {"feel": "bad"}}
    assert run.key == "t1"


def test_there_is_one_window_before_and_after(run: Running) -> None:
    for language in (PSEUDO, RIGHT_TO_LEFT, "en"):
        speak(run, language)
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    assert windows == [run.window]
    assert len(run.context.judges) == 1
    assert run.window.isVisible()
    assert run.work.bottom.submit.text() == "Submit and next"
    assert QGuiApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_the_place_stays(run: Running) -> None:
    run.window.go("data")
    run.settle()
    speak(run, PSEUDO)
    assert run.context.commands.place == "data"
    assert run.window.stack.currentWidget() is run.window.page("data")


def test_commands_speak_the_language_and_run_in_the_new_window(run: Running) -> None:
    speak(run, PSEUDO)
    entry = run.context.commands.get("work.flag")
    assert entry is not None
    assert entry.command.title.startswith("[")
    run.context.commands.run("app.home")
    assert run.window.stack.currentWidget() is run.window.page("home")


def test_the_settings_keep_the_choice_and_change_the_window(run: Running, qtbot: QtBot) -> None:
    run.context.commands.run("app.settings")
    dialog = run.window.findChild(SettingsDialog)
    assert dialog is not None
    box = dialog.general.language
    before = run.app.window
    box.set_chosen("en")
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: run.app.window is not before)
    run.window = run.app.window
    run.context.settings.write()
    assert SettingsStore(run.context.settings.path).values.appearance.language == "en"
    again = run.window.findChild(SettingsDialog)
    assert again is not None
    assert again.general.language.chosen == "en"
    again.reject()


def test_work_that_cannot_be_saved_holds_the_window(
    run: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = run.context.session
    assert session is not None
    seat = session.desk.seat
    before = run.app.window
    with monkeypatch.context() as full_disk:
        full_disk.setattr(session.desk, "owing", lambda: [seat])
        run.context.language_wanted.emit(PSEUDO)
    assert run.app.window is before
    assert run.work.bottom.submit.text() == "Submit and next"


def test_a_language_is_taken_off_before_the_next_is_put_on(qapp: QApplication) -> None:
    tongue = Tongue(qapp)
    before = QLocale()
    try:
        assert tongue.use(PSEUDO) == PSEUDO
        assert qapp.translate("Window", "Home").startswith("[")
        assert tongue.use("en") == "en"
        assert qapp.translate("Window", "Home") == "Home"
        assert tongue.use("xx_YY") == "en", "what does not ship is English"
    finally:
        tongue.use("en")
        QLocale.setDefault(before)
