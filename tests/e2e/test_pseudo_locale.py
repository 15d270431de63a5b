"""The app in the pseudo-locale, both ways round: no word is left out, and no word is cut."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from conflicts_made import make_conflicts
from copied import work_in
from made_app import Running, make_project
from seen_words import bare_words, cut_words

from labeler.app import menus
from labeler.app.cheat_sheet import CheatSheet
from labeler.app.i18n import PSEUDO, RIGHT_TO_LEFT
from labeler.app.main import App
from labeler.app.palette import Palette
from labeler.app.review.sitting import Sitting
from labeler.assets import brand
from labeler.store import Project
from labeler.store.handing import Handed

#: What is data, not words of ours: files, queues, tasks, people, labels, questions, ids, licences.
DATA = {
    *("pets.labeler", "First", "t0", "AB", "Thing", "How does it feel?", "Why?", "Good", "Bad"),
    *("Anna Brandt", "anna", "Read it whole", "Not a text", "Unreadable", "feel", "why", "good"),
    *("bad", "thing", "one", "two", "three", "Pets", "First, Pets", "W", "F", "S", "English"),
    *("Alt", "Thing  W", "pets.labeler, t0", "Apache-2.0", "Sentiment", "Positive", "Negative"),
    *("Target", "Opinion holder", "Boxes", "Comparison", "Transcription", "Pets – " + brand().name),
    *(
        "first",
        "response",
        "Labeler",
        "t1",
        "t2",
        "sofia",
        "Marks",
        "Deutsch",
        "1 Read it whole",
        "2 Marks",
    ),
}
#: And of pages about copies: who else works, the ids and days of what they did.
SHARED = {*DATA, "pets copy.labeler", "2027-01-31"}
#: The same of the conflicts: keys, names, labels, questions, texts and figures of both sides.
CONFLICTS = {
    *("picture.png", "call.wav", "review", "pair", "Jonas Weber", "Sofia Rossi", "Sentiment"),
    *(
        "1 Read the text",
        "Jonas Weber, Sofia Rossi",
        "Sofia Rossi, Jonas Weber",
        "Preference",
        "Why",
        "Speech",
        "Cat",
    ),
}
#: What shows keys, the labels of a template, and texts that people wrote.
NAMES_OF_DATA = {"KeyCap", "OrderedList", "DifferenceText"}
DIALOGS = ("settings", "new_project", "import_data", "export_data", "save_copy", "person", "about")


@pytest.fixture(scope="module", params=[PSEUDO, RIGHT_TO_LEFT])
def run(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """One run in the pseudo-locale for all pages and dialogs."""
    root = tmp_path_factory.mktemp("machine")
    app = App(qapp, root=root, language=request.param)
    app.theme.set(choice="light", text_scale=1.0)
    app.settings.set_person("anna", "Anna Brandt")
    qtbot = QtBot(request)
    made = Running(app, qtbot)
    made.open(make_project(root / "pets.labeler", panel="sentiment"))
    made.window.resize(1280, 800)
    yield made
    made.end()
    app.tongue.use("en")


def judge(widget: QWidget, data: set[str] = DATA) -> None:
    bare = bare_words(widget, data)
    assert {one for one in bare if not _is_data(one[1]) and one[0] not in NAMES_OF_DATA} == set()
    assert cut_words(widget) == set()


def _is_data(text: str) -> bool:
    """Keys, paths, versions and addresses are the same in every language."""
    plain = text.replace("\n", " ")
    keys = ("Ctrl+", "Alt+", "Shift+", "Esc", "Enter", "Tab", "Del", "Space", "F1", "F8", "F9")
    return (
        plain.startswith((*keys, "/", "http", "~"))
        or plain == brand().name
        or bool(re.fullmatch(r"\d+:\d\d(\s[AP]M)?|\d+ \w{3} \d{4}|[0-9a-f]{8,32}", plain))
        or plain.endswith((".labeler", "labeler – " + brand().name))
        or "/" in plain
        or len(plain) == 1
        or "x86_64" in plain
        or "PySide6" in plain
    )


def test_the_pages_say_nothing_bare_and_cut_nothing(run: Running) -> None:
    for place in ("home", "data", "work", "review"):
        run.window.go(place)
        run.settle()
        judge(run.window)


def test_the_pages_of_sharing_do_too(run: Running) -> None:
    """Hand-outs and merges, with a row each, what they open, and the strip that tells of a merge."""
    assert run.context.session is not None
    path = run.context.session.path
    copy = path.with_name("pets copy.labeler")
    lane = run.context.session.lane
    if not copy.exists():
        lane.call(lambda project: project.copy_to(copy))
        work_in(copy, "sofia", "t0", "t1")
    sharing = run.window.sharing
    sharing.siblings.look()
    run.qtbot.waitUntil(lambda: sharing.strip.state == "offer")
    judge(run.window, SHARED)
    sharing.merge_siblings()
    run.qtbot.waitUntil(lambda: sharing.strip.state == "result")
    run.settle()
    lane.call(_hand_out)
    for place in ("handouts", "merges"):
        run.window.go(place)
        run.settle()
        page = run.window.page(place)
        judge(run.window, SHARED)
        page.open_row(0)  # type: ignore[attr-defined]
        run.settle()
        judge(run.window, SHARED)
        page.show_all()  # type: ignore[attr-defined]
    sharing.strip.dismiss()


def _hand_out(project: Project) -> None:
    if not project.handouts():
        row = project.query.find("t2")
        project.assign("first", [row], to="sofia", by="anna", due="2020-01-31")


def test_the_popover_of_the_saved_chip_does_too(run: Running) -> None:
    run.window.go("work")
    run.window.sharing.show_history()
    popover = run.window.sharing.popover
    assert popover is not None
    run.settle()
    judge(popover, SHARED)
    popover.dismiss()


@pytest.mark.parametrize("name", ["hand_out_dialog", "hand_back"])
def test_the_dialogs_of_handing_out_and_back_do_too(run: Running, name: str) -> None:
    session = run.context.session
    assert session is not None
    handed = Handed("0" * 32, "anna", "Anna Brandt", "Sofia", 0, "2027-01-31")
    if name == "hand_back":
        session.handed = handed
    import_module(f"labeler.app.sharing.{name}").show(run.context, run.window)
    dialog = next(one for one in run.window.findChildren(QDialog) if one.isVisible())
    try:
        run.settle()
        judge(dialog, SHARED)
    finally:
        session.handed = None
        dialog.reject()
        dialog.deleteLater()


def test_a_conflict_in_each_panel_does_too(run: Running, tmp_path: Path) -> None:
    before = run.context.session
    assert before is not None
    # What is not a task's own is read once: its words are the same both ways round.
    also = run.app.tongue.code == PSEUDO
    run.context.open_project(make_conflicts(tmp_path, also=also))
    run.qtbot.waitUntil(lambda: run.context.session not in (None, before))
    page = run.window.need_review_page()
    run.window.go("review")
    sitting, known = page.sitting, {*DATA, *CONFLICTS}
    try:
        run.qtbot.waitUntil(lambda: sitting.rows.complete and sitting.tree is not None)
        for row in range(sitting.rows.rowCount()):
            page.pane.list.setCurrentIndex(sitting.rows.index(row, 0))
            wanted = sitting.rows.entity_at(row)
            run.qtbot.waitUntil(lambda: _is_shown(sitting, wanted))  # noqa: B023 - called at once
            run.settle()
            said = _said(sitting)
            for tab in ("decision", "history"):
                page.turn_to(tab)
                run.settle()  # a text that wraps is laid out in two turns
                judge(page.side, known | said)
            judge(page.pane, known)
            judge(page.bottom, known)
            judge(page.middle.head, known)
            judge(page.middle.area, known | said)
    finally:
        there = run.context.session
        run.context.open_project(before.path)
        run.qtbot.waitUntil(lambda: run.context.session not in (None, there))
        run.settle()


def _said(sitting: Sitting) -> set[str]:
    """What the sides of a conflict say: data, with and without what became of it."""
    case, words = sitting.case, sitting.words
    assert case is not None
    assert words is not None
    return {words.said(one, value) for one in case.found for value in (one.base, *one.versions)}


def _is_shown(sitting: Sitting, entity: str) -> bool:
    return sitting.case is not None and sitting.case.entity == entity and sitting.tree is not None


def test_the_tabs_of_the_inspector_do_too(run: Running) -> None:
    run.window.go("work")
    for tab in ("regions", "guidelines", "questions"):
        run.work.turn_to(tab)
        run.settle()
        judge(run.work)


@pytest.mark.parametrize("name", DIALOGS)
def test_the_dialogs_do_too(run: Running, name: str) -> None:
    module = import_module(f"labeler.app.dialogs.{name}")
    show: Callable[..., None] = module.show
    show(run.context, run.window)
    dialog = next(one for one in run.window.findChildren(QDialog) if one.isVisible())
    try:
        run.settle()
        for tab in range(3 if name == "settings" else 1):
            if name == "settings":
                dialog.tabs.setCurrentIndex(tab)  # type: ignore[attr-defined]
            judge(dialog)
    finally:
        dialog.reject()
        dialog.deleteLater()


@pytest.mark.parametrize("name", ["queue_labels", "queue_questions"])
def test_the_editors_of_a_queue_do_too(run: Running, name: str) -> None:
    module = import_module(f"labeler.app.dialogs.{name}")
    module.show(run.context, run.window, "first")
    dialog = next(one for one in run.window.findChildren(QDialog) if one.isVisible())
    try:
        judge(dialog)
    finally:
        dialog.reject()
        dialog.deleteLater()


def test_the_cheat_sheet_and_the_palette_do_too(run: Running) -> None:
    sheet = CheatSheet(run.context.commands, run.window)
    sheet.open()
    judge(sheet)
    sheet.reject()
    palette = Palette(run.context, run.window)
    palette.open()
    judge(palette)
    palette.close()


def test_the_menus_say_nothing_bare(run: Running) -> None:
    menu = QMenu(run.window)
    menus.fill_project(menu, run.context)
    assert {one for one in bare_words(menu, DATA) if not _is_data(one[1])} == set()
    menus.fill_person(menu, run.context)
    known = {*DATA, "Anna Brandt (anna)"}
    assert {one for one in bare_words(menu, known) if not _is_data(one[1])} == set()
    menu.deleteLater()


def test_the_window_is_mirrored_in_the_one_that_is_read_from_the_right(run: Running) -> None:
    mirrored = run.app.tongue.code == RIGHT_TO_LEFT
    assert (run.window.layoutDirection() == Qt.LayoutDirection.RightToLeft) == mirrored
    rail = run.window.rail.geometry().center().x()
    assert (rail > run.window.width() / 2) == mirrored
