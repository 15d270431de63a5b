"""The help: every page there, every key in force, links that lead somewhere, a search over all."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run

from labeler.app.dialogs import help as help_pages
from labeler.app.help.window import HelpWindow, key_of

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "help"
FILES = sorted(FOLDER.glob("*/*.md"))
NAMED = [
    (path, match)
    for path in FILES
    for match in re.findall(r"\{([^{}\s]+:[^{}]*)\}", path.read_text("utf-8"))
]
LINKS = [
    (path, match)
    for path in FILES
    for match in re.findall(r"\]\(([^)]*)\)", path.read_text("utf-8"))
]


def called(case: tuple[Path, str]) -> str:
    return f"{case[0].parent.name}/{case[0].stem}:{case[1]}"


def opened(run: Run, window: QWidget, qtbot: QtBot, page: str = "") -> HelpWindow:
    help_pages.show(run.context, window, page)
    found = window.findChild(HelpWindow)
    assert isinstance(found, HelpWindow)
    qtbot.waitExposed(found)
    return found


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> dict[str, str]:
    """The key of every command of the app and its panels."""
    run = Run(tmp_path_factory.mktemp("keys"), qapp)
    known = {entry.command.id for entry in run.context.commands.all()}
    for found in run.context.plugins.panels():
        known |= {one.id for one in found.manifest.commands}
    keys = {command: key_of(run.context, command) for command in known}
    run.end()
    return keys


@pytest.mark.parametrize("case", NAMED, ids=called)
def test_every_placeholder_names_a_command_that_is_registered(
    keys: dict[str, str], case: tuple[Path, str]
) -> None:
    kind, _, command = case[1].partition(":")
    assert kind == "key"
    assert command in keys
    assert keys[command], "a key is promised, and the command has none"


@pytest.mark.parametrize("case", LINKS, ids=called)
def test_every_link_leads_to_a_page_that_is_there(case: tuple[Path, str]) -> None:
    path, target = case
    name, _, anchor = target.partition("#")
    page = path.with_name(name) if name else path
    assert page.suffix == ".md", "help pages lead nowhere outside"
    assert page.is_file()
    if anchor:
        words = re.findall(r"^#+\s+(.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in words}


def test_there_is_a_page_for_each_file_and_none_shows_a_placeholder(
    run: Run, window: QWidget, qtbot: QtBot
) -> None:
    shown = opened(run, window, qtbot)
    pages = {path.stem for path in FOLDER.glob("en/*.md")}
    assert {page.name for page in shown.pages} == {*pages, "credits"}
    assert shown.current == "index"
    for page in shown.pages:
        assert shown.show_page(page.name)
        assert "{key" not in shown.page.toPlainText()


def test_whoever_made_what_is_in_the_sample_is_named_in_the_app(
    run: Run, window: QWidget, qtbot: QtBot
) -> None:
    shown = opened(run, window, qtbot, "credits")
    told = shown.page.toPlainText()
    sample = FOLDER.parent.parent / "projects" / "sample"
    shipped = [*sample.glob("boxes/photos/*"), *sample.glob("transcription/recordings/*")]
    assert len(shipped) == 13
    for path in shipped:
        assert path.relative_to(sample).as_posix() in told
    assert "CC-BY-2.0" in told


def test_a_page_can_be_asked_for_and_one_window_serves_all(
    run: Run, window: QWidget, qtbot: QtBot
) -> None:
    first = opened(run, window, qtbot, "keyboard")
    assert first.current == "keyboard"
    assert opened(run, window, qtbot, "projects") is first
    assert first.current == "projects"


def test_a_key_the_person_changed_is_shown_at_once(run: Run, window: QWidget, qtbot: QtBot) -> None:
    shown = opened(run, window, qtbot, "keyboard")
    assert "Ctrl+Shift+S" in shown.page.toPlainText()
    run.context.commands.remap("project.save_copy", ["Ctrl+Alt+J"])
    assert "Ctrl+Alt+J" in shown.page.toPlainText()
    assert "Ctrl+Shift+S" not in shown.page.toPlainText()


def test_the_key_of_a_panel_that_is_not_on_the_stage_is_known(run: Run) -> None:
    assert key_of(run.context, "sentiment.repeat_label") == "Enter"
    run.context.commands.remap("sentiment.repeat_label", [])
    assert key_of(run.context, "sentiment.repeat_label") == ""
    assert key_of(run.context, "nobody.knows") == ""


def test_a_link_leads_on_and_back_leads_back(run: Run, window: QWidget, qtbot: QtBot) -> None:
    shown = opened(run, window, qtbot)
    assert not shown.back.isEnabled()
    shown.page.link_clicked.emit("#page:projects:merge")
    assert shown.current == "projects"
    heading = shown.page.heading_at_top()
    assert heading is None or heading.words
    assert shown.page.textCursor().block().text() == "Merge"
    shown.page.setFocus()
    QTest.keyClick(shown.page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.current == "index"
    assert not shown.back.isEnabled()


def test_the_search_finds_words_of_every_page_and_enter_goes_there(
    run: Run, window: QWidget, qtbot: QtBot
) -> None:
    shown = opened(run, window, qtbot)
    QTest.keyClicks(shown.search, "code points")
    model = shown.list.model()
    assert model.rowCount() == 1
    assert model.index(0, 0).data() == "Projects and files"
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.current == "projects"
    [mark] = shown.page.extraSelections()
    assert mark.cursor.selectedText() == "code points"


def test_what_is_nowhere_is_said_to_be_nowhere(run: Run, window: QWidget, qtbot: QtBot) -> None:
    shown = opened(run, window, qtbot)
    QTest.keyClicks(shown.search, "zzyzx")
    assert shown.list.model().rowCount() == 0
    assert shown._none.isVisible()


def test_escape_empties_the_search_and_then_closes(run: Run, window: QWidget, qtbot: QtBot) -> None:
    shown = opened(run, window, qtbot)
    QTest.keyClicks(shown.search, "x")
    QTest.keyClick(shown.search, Qt.Key.Key_Escape)
    assert shown.isVisible()
    assert shown.search.text() == ""
    QTest.keyClick(shown.search, Qt.Key.Key_Escape)
    assert not shown.isVisible()
