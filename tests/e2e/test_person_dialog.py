"""Who I am: proposed from the login, checked, kept; by keyboard alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run, make_project

from labeler.app.dialogs import person
from labeler.app.dialogs.person import PersonDialog


@pytest.fixture
def nobody(tmp_path: Path, qapp: QApplication) -> Iterator[Run]:
    run = Run(tmp_path / "machine", qapp, person=False)
    yield run
    run.end()


@pytest.fixture
def anna(tmp_path: Path, qapp: QApplication) -> Iterator[Run]:
    run = Run(tmp_path / "machine", qapp)
    yield run
    run.end()


def opened(run: Run, window: QWidget, qtbot: QtBot) -> PersonDialog:
    person.show(run.context, window)
    dialog = window.findChild(PersonDialog)
    assert isinstance(dialog, PersonDialog)
    qtbot.waitExposed(dialog)
    return dialog


def type_over(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def test_the_handle_is_proposed_from_the_login(
    nobody: Run, window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "Bea")
    dialog = opened(nobody, window, qtbot)
    assert dialog.handle.text == "bea"
    assert dialog.focusWidget() is dialog.name.edit
    QTest.keyClicks(dialog.name.edit, "Bea Okafor")
    with qtbot.waitSignal(nobody.context.person_changed):
        QTest.keyClick(dialog.name.edit, Qt.Key.Key_Return)
    login = nobody.context.settings.values.person
    assert (login.handle, login.name) == ("bea", "Bea Okafor")
    assert not dialog.isVisible()


def test_escape_keeps_what_was(anna: Run, window: QWidget, qtbot: QtBot) -> None:
    dialog = opened(anna, window, qtbot)
    type_over(dialog.handle.edit, "carl")
    QTest.keyClick(dialog.handle.edit, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert anna.context.settings.values.person.handle == "anna"


@pytest.mark.parametrize("wrong", ["", "two words", "-dash", "a/b"])
def test_a_handle_that_cannot_sign_is_named_and_nothing_is_taken(
    anna: Run, window: QWidget, qtbot: QtBot, wrong: str
) -> None:
    dialog = opened(anna, window, qtbot)
    type_over(dialog.handle.edit, wrong)
    QTest.keyClick(dialog.handle.edit, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.handle.error
    assert dialog.handle.edit.accessibleDescription() == dialog.handle.error
    assert anna.context.settings.values.person.handle == "anna"


def test_another_handle_warns_that_it_is_another_person(
    anna: Run, window: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(anna, window, qtbot)
    assert not dialog._warning.isVisible()
    type_over(dialog.handle.edit, "ben")
    assert dialog._warning.isVisible()
    assert "anna" in dialog._warning.text()
    type_over(dialog.handle.edit, "Anna")
    assert not dialog._warning.isVisible()


def test_an_error_makes_the_dialog_taller_instead_of_cutting_it(
    anna: Run, window: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(anna, window, qtbot)
    before = dialog.height()
    type_over(dialog.handle.edit, "two words")
    QTest.keyClick(dialog.handle.edit, Qt.Key.Key_Return)
    assert dialog.height() > before


def test_a_project_that_waited_opens_once_somebody_is_named(
    nobody: Run, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    path = make_project(tmp_path / "pets.labeler")
    with qtbot.waitSignal(nobody.context.person_needed):
        nobody.context.open_project(path)
    dialog = opened(nobody, window, qtbot)
    type_over(dialog.handle.edit, "dora")
    with qtbot.waitSignal(nobody.context.project_changed):
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    session = nobody.context.session
    assert session is not None
    assert session.person.handle == "dora"
