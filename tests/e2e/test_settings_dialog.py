"""Settings: each change is in force and kept at once; plugins with their state and their reasons."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run

from labeler.api import Refusal
from labeler.app.dialogs import about, settings
from labeler.app.dialogs.about import AboutDialog
from labeler.app.dialogs.licences import LicencesDialog
from labeler.app.dialogs.person import PersonDialog
from labeler.app.dialogs.settings import SettingsDialog
from labeler.app.settings import Appearance, SettingsStore
from labeler.kit import CheckBox, Field, Select

MANIFEST = """
id = "moody"
name = "Moody"
version = "2.5"
description = "Fails whenever it is asked"
api = ["0.1"]
kit = ["0.1"]
task = ".task:Task"

[[setting]]
key = "moody.loud"
kind = "bool"
default = false
title = "Loud"

[[setting]]
key = "moody.count"
kind = "int"
default = 3
minimum = 1
maximum = 9
title = "Count"

[[setting]]
key = "moody.tone"
kind = "choice"
default = "low"
choices = ["low", "high"]
title = "Tone"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plugin that fails when it is imported, and one nobody can use."""
    place = tmp_path / "plugins"
    (place / "moody").mkdir(parents=True)
    (place / "moody" / "panel.toml").write_text(MANIFEST, encoding="utf-8")
    (place / "moody" / "task.py").write_text("raise RuntimeError('not today')\n", encoding="utf-8")
    (place / "newer").mkdir()
    newer = MANIFEST.replace('id = "moody"', 'id = "newer"').replace(
        'api = ["0.1"]', 'api = ["9.0"]'
    )
    newer = newer.replace("moody.", "newer.")
    (place / "newer" / "panel.toml").write_text(newer, encoding="utf-8")
    monkeypatch.setenv("LABELER_PLUGINS", str(place))
    return place


@pytest.fixture
def run(tmp_path: Path, qapp: QApplication, folder: Path) -> Iterator[Run]:
    run = Run(tmp_path / "machine", qapp)
    yield run
    run.context.theme.set(choice="light", text_scale=1.0, reduced_motion=False, compact=False)
    run.end()


@pytest.fixture
def dialog(run: Run, window: QWidget, qtbot: QtBot) -> SettingsDialog:
    settings.show(run.context, window)
    found = window.findChild(SettingsDialog)
    assert isinstance(found, SettingsDialog)
    qtbot.waitExposed(found)
    return found


def look(run: Run) -> Appearance:
    return run.context.settings.values.appearance


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def row_of(dialog: SettingsDialog, name: str) -> int:
    model = dialog.plugins.rows.model()
    return [model.index(n, 0).data() for n in range(model.rowCount())].index(name)


def choose(dialog: SettingsDialog, name: str) -> None:
    dialog.tabs.setCurrentIndex(2)
    dialog.plugins.rows.setCurrentIndex(dialog.plugins.rows.model().index(row_of(dialog, name), 0))


def state_of(dialog: SettingsDialog, name: str) -> str:
    model = dialog.plugins.rows.model()
    words = model.index(row_of(dialog, name), 0).data(Qt.ItemDataRole.AccessibleTextRole)
    return str(words).rpartition(", ")[2]


# how it looks


def test_a_theme_is_on_and_kept_as_soon_as_it_is_clicked(run: Run, dialog: SettingsDialog) -> None:
    click(dialog.general.themes.chips["dark"])
    assert run.context.theme.tokens.is_dark
    assert look(run).theme == "dark"
    QTest.keyClick(dialog.general.themes.chips["dark"], Qt.Key.Key_Right)
    QTest.keyClick(dialog.general.themes.chips["high_contrast"], Qt.Key.Key_Space)
    assert run.context.theme.tokens.is_high_contrast
    assert run.context.settings.write()
    kept = tomllib.loads(run.context.settings.path.read_text("utf-8"))
    assert kept["appearance"]["theme"] == "high_contrast"


def test_there_is_always_one_theme(run: Run, dialog: SettingsDialog) -> None:
    click(dialog.general.themes.chips["dark"])
    click(dialog.general.themes.chips["dark"])
    assert dialog.general.themes.chosen == ("dark",)
    assert look(run).theme == "dark"


def test_the_text_grows_while_the_list_is_walked(run: Run, dialog: SettingsDialog) -> None:
    box = dialog.general.text_size
    assert box.currentText() == "100\u00a0%"
    assert box.count() == 9
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    assert run.context.theme.text_scale == 2.0
    assert look(run).text_scale == 2.0
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.currentText() == "187.5\u00a0%"
    assert look(run).text_scale == 1.875


def test_a_text_size_from_elsewhere_is_shown(run: Run, dialog: SettingsDialog) -> None:
    run.context.theme.set(text_scale=1.3)
    assert dialog.general.text_size.currentText() == "130\u00a0%"


def test_nothing_is_cut_at_twice_the_size(
    run: Run, dialog: SettingsDialog, window: QWidget
) -> None:
    run.context.theme.set(text_scale=2.0)
    assert dialog.height() <= window.height()
    page = dialog.general
    for widget in page.findChildren(QWidget):
        if widget.isVisible():
            right = widget.mapTo(page, QPoint(widget.width(), 0)).x()
            assert right <= page.width(), widget


def test_density_and_motion_are_in_force_at_once(run: Run, dialog: SettingsDialog) -> None:
    theme = run.context.theme
    before = theme.height("row")
    click(dialog.general.density.part_button("compact"))
    assert theme.height("row") < before
    assert look(run).compact
    QTest.keyClick(dialog.general.motion, Qt.Key.Key_Space)
    assert theme.duration("base") == 0
    assert look(run).reduced_motion


def test_only_languages_that_ship_are_offered(run: Run, dialog: SettingsDialog) -> None:
    box = dialog.general.language
    assert [box.itemText(n) for n in range(box.count())] == ["As the system", "English", "Deutsch"]
    assert not dialog.general.language_note.isVisible()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert look(run).language == "en"
    assert dialog.general.language_note.isVisible()
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert look(run).language == ""


def test_what_was_set_is_read_back(run: Run, dialog: SettingsDialog) -> None:
    click(dialog.general.themes.chips["light"])
    click(dialog.general.density.part_button("compact"))
    assert run.context.settings.write()
    again = SettingsStore(run.context.settings.path).values.appearance
    assert (again.theme, again.compact) == ("light", True)


def test_who_i_am_is_changed_from_here(run: Run, dialog: SettingsDialog, qtbot: QtBot) -> None:
    assert "Anna Brandt" in dialog.general.person.text()
    click(dialog.general.edit_person)
    asked = dialog.findChild(PersonDialog)
    assert isinstance(asked, PersonDialog)
    asked.name.edit.setText("Anna Berg")
    click(asked.accept_button)
    assert "Anna Berg" in dialog.general.person.text()
    assert run.context.settings.values.person.name == "Anna Berg"


def test_enter_and_escape_close_it(run: Run, dialog: SettingsDialog, window: QWidget) -> None:
    QTest.keyClick(dialog.general.motion, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    settings.show(run.context, window)
    again = [one for one in window.findChildren(SettingsDialog) if one.isVisible()][-1]
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert not again.isVisible()


# plugins


def test_a_refused_plugin_stands_there_with_the_reason(dialog: SettingsDialog) -> None:
    choose(dialog, "newer")
    assert state_of(dialog, "newer") == "Refused"
    page = dialog.plugins
    assert page.reason.isVisible()
    assert "9.0" in page.reason.accessibleName() + page.reason._text.text()
    assert not page.switch.isVisible()


def test_a_failed_plugin_says_why_and_its_report_is_copied(
    run: Run, dialog: SettingsDialog
) -> None:
    with pytest.raises(Refusal):
        run.context.plugins.task("moody")
    dialog.plugins.refresh()
    choose(dialog, "Moody")
    assert state_of(dialog, "Moody") == "Failed"
    assert "not today" in dialog.plugins.reason._text.text()
    click(dialog.plugins.copy)
    assert "RuntimeError: not today" in QGuiApplication.clipboard().text()


def test_a_corrected_plugin_runs_at_the_next_try(
    run: Run, dialog: SettingsDialog, folder: Path
) -> None:
    with pytest.raises(Refusal):
        run.context.plugins.task("moody")
    dialog.plugins.refresh()
    choose(dialog, "Moody")
    click(dialog.plugins.again)
    assert state_of(dialog, "Moody") == "Failed"
    sentiment = "from labeler.panels.sentiment.task import SentimentTask as Task\n"
    (folder / "moody" / "task.py").write_text(sentiment, encoding="utf-8")
    click(dialog.plugins.again)
    assert state_of(dialog, "Moody") == "Running"
    assert not dialog.plugins.again.isVisible()


def test_a_plugin_is_turned_off_at_once_and_stays_off(run: Run, dialog: SettingsDialog) -> None:
    choose(dialog, "Sentiment")
    click(dialog.plugins.switch)
    assert state_of(dialog, "Sentiment") == "Off"
    assert run.context.plugins.state("sentiment") == "disabled"
    assert run.context.settings.values.panels_off == ("sentiment",)
    assert dialog.plugins.switch.text() == "Turn on"
    click(dialog.plugins.switch)
    assert run.context.plugins.state("sentiment") == "found"
    assert not run.context.settings.values.panels_off


def test_version_origin_and_place_are_told(dialog: SettingsDialog, folder: Path) -> None:
    choose(dialog, "Moody")
    page = dialog.plugins
    assert page.heading.text() == "Moody 2.5"
    facts = page.facts.text().replace("\u200b", "")
    assert "From a folder with plugins" in facts
    assert str(folder / "moody") in facts
    choose(dialog, "Sentiment")
    assert "Comes with the program" in page.facts.text()


def test_a_plugins_own_settings_are_taken_when_they_are_allowed(
    run: Run, dialog: SettingsDialog
) -> None:
    choose(dialog, "Moody")
    options = dialog.plugins._options
    assert options is not None
    loud, count, tone = (options.controls[f"moody.{one}"] for one in ("loud", "count", "tone"))
    assert isinstance(loud, CheckBox)
    assert isinstance(count, Field)
    assert isinstance(tone, Select)
    loud.setFocus()
    QTest.keyClick(loud, Qt.Key.Key_Space)
    assert dict(run.context.settings.panel("moody")) == {"moody.loud": True}
    count.edit.selectAll()
    QTest.keyClicks(count.edit, "12")
    assert count.error == "Type a number from 1 to 9"
    assert run.context.settings.panel("moody")["moody.count"] == 1, "the 1 was allowed, 12 is not"
    count.edit.selectAll()
    QTest.keyClicks(count.edit, "3")
    assert count.error == ""
    tone.setFocus()
    QTest.keyClick(tone, Qt.Key.Key_Down)
    # What is as the manifest has it is not kept: a later default reaches this person too.
    assert dict(run.context.settings.panel("moody")) == {"moody.loud": True, "moody.tone": "high"}


# about


def test_about_tells_versions_and_paths_and_copies_them(
    run: Run, window: QWidget, qtbot: QtBot
) -> None:
    about.show(run.context, window)
    shown = window.findChild(AboutDialog)
    assert isinstance(shown, AboutDialog)
    qtbot.waitExposed(shown)
    click(shown.copy)
    copied = QGuiApplication.clipboard().text()
    import sqlite3

    for part in (sqlite3.sqlite_version, sys.version.split()[0], str(run.context.folders.settings)):
        assert part in copied
    assert "File format: 1.0" in copied
    click(shown.licences)
    assert not shown.isVisible()
    assert window.findChild(LicencesDialog) is not None
