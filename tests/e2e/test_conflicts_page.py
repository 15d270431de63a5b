"""Conflicts in the real app: a merged file, decided by keys and mouse, and what the file then holds."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from conflicts_made import make_conflicts, make_rare_conflicts, make_two_contents, segment
from made_app import Running, make_project

from labeler.app.main import App
from labeler.app.review.page import ReviewPage
from labeler.model.three_way import Place
from labeler.store import HistoryRow, Project

Key = Qt.Key


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_conflicts(tmp_path_factory.mktemp("merged"))


@pytest.fixture(scope="module")
def machine(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """One run of the program for all of these tests; each opens a file of its own in it."""
    app = App(qapp, root=tmp_path_factory.mktemp("machine"), language="en")
    app.theme.set(choice="light", text_scale=1.0)
    app.settings.set_person("carla", "Carla Ruiz")
    made = Running(app, QtBot(request))
    app.start()
    made.qtbot.waitExposed(made.window)
    made.window.resize(1440, 900)
    yield made
    made.end()
    assert made.broken == []


def at_conflicts(machine: Running, path: Path) -> Running:
    """The page of conflicts of this project, by its key."""
    before = machine.context.session
    machine.said.clear()
    machine.problems.clear()
    machine.context.open_project(path)
    machine.qtbot.waitUntil(lambda: machine.context.session not in (None, before))
    page_of(machine).side.turn_to("decision")
    machine.ctrl(Key.Key_3)
    wait(machine)
    return machine


@pytest.fixture
def run(machine: Running, merged: Path, tmp_path: Path) -> Running:
    """The app on the merged project at its conflicts; Carla, who made none of it, sits there."""
    path = tmp_path / "pets.labeler"
    path.write_bytes(merged.read_bytes())
    return at_conflicts(machine, path)


def page_of(run: Running) -> ReviewPage:
    return run.window.need_review_page()


def wait(run: Running) -> None:
    """Until the conflict wanted is on screen and nothing is on its way."""
    page = page_of(run)

    def here() -> bool:
        sitting = page.sitting
        shown = sitting.case.entity if sitting.case is not None else ""
        ready = sitting.case is None or sitting.tree is not None
        read = sitting.rows.complete and not sitting.rows.is_reading
        return not sitting.busy and shown == sitting.wanted and ready and read

    run.settle()
    run.qtbot.waitUntil(here)
    run.settle()
    run.qtbot.waitUntil(here)


def open_conflict(run: Running, title: str) -> None:
    """Walk the list with the arrow keys to the conflict with this title."""
    page = page_of(run)
    rows = page.sitting.rows
    page.pane.list.setFocus()
    run.press(Key.Key_Home)
    for _ in range(rows.rowCount()):
        wait(run)
        if page.middle.title.text == title:
            return
        run.press(Key.Key_Down)
    raise AssertionError([rows.data(rows.index(n, 0)) for n in range(rows.rowCount())])


def titles(run: Running) -> list[str]:
    rows = page_of(run).sitting.rows
    return [str(rows.data(rows.index(row, 0))) for row in range(rows.rowCount())]


def stored(run: Running, key: str) -> tuple[Any, str]:
    session = run.context.session
    assert session is not None

    def read(project: Project) -> tuple[Any, str]:
        (one,) = project.task(project.query.find(key)).annotations
        assert one.heads == 1
        assert one.author == "anna"
        return msgspec.json.decode(one.value), one.status

    return session.lane.call(read)


def history(run: Running, key: str) -> tuple[HistoryRow, ...]:
    session = run.context.session
    assert session is not None

    def read(project: Project) -> tuple[HistoryRow, ...]:
        (one,) = project.task(project.query.find(key)).annotations
        return project.history(one.id)

    return session.lane.call(read)


def open_conflicts(run: Running) -> int:
    session = run.context.session
    assert session is not None
    return session.lane.call(lambda project: project.query.counts()["conflicts"])


def test_the_list_says_what_differs_where_and_between_whom(run: Running) -> None:
    page = page_of(run)
    assert sorted(titles(run)) == [
        "Box 1 and Box 2",
        "Guideline",
        "Label Target",
        "Preference and Why",
        "Queue: Reasons to skip",
        "Segment 1, text",
        "Span 1 and Sentiment",
    ]
    assert page.pane.open.text() == "7 open conflicts"
    assert page.pane.brought.text().startswith("pets-sofia.labeler: 7 changes added")
    open_conflict(run, "Segment 1, text")
    tile = run.window.rail.tile("review")
    run.qtbot.waitUntil(lambda: tile.accessibleDescription() == "7 open conflicts")
    row = page.pane.list.currentIndex()
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Segment 1, text, call.wav, Jonas Weber, Sofia Rossi"


def test_what_the_last_merge_brought_is_read_whole_in_large_text(run: Running) -> None:
    pane = page_of(run).pane
    run.app.theme.set(text_scale=1.5)
    try:
        pane.when.setText("Letzte Zusammenführung, 22:12")  # the longest there is, in German
        run.settle()
        for text in (pane.when, pane.brought):
            least = text.minimumSizeHint().width()
            run.qtbot.waitUntil(lambda text=text, least=least: text.width() >= least)
            assert text.height() >= text.heightForWidth(text.width()) > 0
        assert pane.foot.geometry().bottom() < pane.height()
    finally:
        run.app.theme.set(text_scale=1.0)


def test_the_words_on_the_tabs_of_the_side_are_read_whole_in_large_text(run: Running) -> None:
    side = page_of(run).side
    words = [side.tabs.tabText(index) for index in range(3)]
    try:
        run.app.theme.set(text_scale=1.5)
        for index, german in enumerate(("Entscheidung", "Verlauf", "Leitfaden")):
            side.tabs.setTabText(index, german)
        run.window.resize(1280, 800)
        open_conflict(run, "Segment 1, text")
        for index in range(3):
            assert side.tabs.tabRect(index).width() >= side.tabs.tabSizeHint(index).width()
        assert side.geometry().right() < page_of(run).width()
    finally:
        for index, text in enumerate(words):
            side.tabs.setTabText(index, text)
        run.app.theme.set(text_scale=1.0)
        run.window.resize(1440, 900)


def test_the_other_ways_stay_in_sight_below_sides_that_scroll(run: Running) -> None:
    run.window.resize(1280, 800)
    try:
        open_conflict(run, "Segment 1, text")
        middle = page_of(run).middle
        assert middle.area.verticalScrollBar().maximum() > 0
        for way in (middle.both, middle.write, middle.note):
            assert way.visibleRegion().boundingRect() == way.rect()
    finally:
        run.window.resize(1440, 900)


def test_texts_are_compared_with_what_both_came_from(run: Running) -> None:
    open_conflict(run, "Segment 1, text")
    page = page_of(run)
    before, jonas, sofia = page.middle.cards.cards
    assert before.name.text == "Before"
    assert before.texts[0].plain == "And I'm Sheila in Texas, originally from Chicago"
    assert sofia.texts[0].plain == ("And I'm Sheila in Texas, originally from − Chicago + Chicago.")
    assert sofia.texts[1].plain == "0:00.200 to 0:01.200 same as before"
    assert jonas.texts[1].plain == "0:00.200 to − 0:01.200 + 0:01.400"
    run.press("l")
    assert sofia.texts[0].plain.endswith("Chicago+ .")
    # The marks are text: they are copied with it.
    sofia.texts[0].setSelection(0, len(sofia.texts[0].plain))
    assert "+ ." in sofia.texts[0].selectedText()
    QGuiApplication.clipboard().clear()


def test_a_side_is_kept_by_its_number_and_decided_with_control_enter(run: Running) -> None:
    open_conflict(run, "Segment 1, text")
    page = page_of(run)
    assert not page.bottom.decide.isEnabled()
    run.press("1")
    assert page.middle.cards.cards[1].keep.text() == "Kept"
    QTest.keyClicks(page.side.decision.comment.edit, "Um is audible")
    run.ctrl(Key.Key_Return)
    wait(run)
    value, status = stored(run, "call.wav")
    said = "I'm Sheila in Texas, um, originally from Chicago."
    assert value == {"regions": [segment(1_400_000, said)]}
    assert status == "submitted"
    newest = history(run, "call.wav")[0]
    assert (newest.by, newest.comment, newest.replaced) == ("carla", "Um is audible", 2)
    assert open_conflicts(run) == 6
    assert page.pane.open.text() == "6 open conflicts"
    assert page.pane.decided.text() == "1 decided"
    assert page.bottom.words.text() == "1 of 7 decided"
    assert titles(run)[-1] == "Segment 1, text"
    assert page.middle.title.text != "Segment 1, text"


def test_fields_are_chosen_each_for_itself_with_the_mouse(run: Running) -> None:
    open_conflict(run, "Segment 1, text")
    page = page_of(run)
    text = next(row for row in page.side.decision.rows if row.place.field == "text")
    sofia = text.buttons[1]
    QTest.mouseClick(sofia, Qt.MouseButton.LeftButton)
    assert page.bottom.decide.isEnabled()
    QTest.mouseClick(page.bottom.decide, Qt.MouseButton.LeftButton)
    wait(run)
    value, _ = stored(run, "call.wav")
    # Sofia's text, and the end that only Jonas moved.
    said = "And I'm Sheila in Texas, originally from Chicago."
    assert value == {"regions": [segment(1_400_000, said)]}


def test_deciding_too_early_leads_to_where_a_choice_is_missing(run: Running) -> None:
    open_conflict(run, "Box 1 and Box 2")
    page = page_of(run)
    run.ctrl(Key.Key_Return)
    assert QApplication.focusWidget() is page.side.decision.rows[0].buttons[0]
    assert run.said[-1] == "Choose where the versions disagree first"
    assert open_conflicts(run) == 7


def test_a_decision_is_taken_back_and_made_again(run: Running) -> None:
    open_conflict(run, "Preference and Why")
    run.press("2")
    run.ctrl(Key.Key_Return)
    wait(run)
    assert open_conflicts(run) == 6
    run.ctrl(Key.Key_Z)
    wait(run)
    page = page_of(run)
    assert open_conflicts(run) == 7
    assert page.middle.title.text == "Preference and Why"
    assert page.sitting.kept == 1  # what was chosen is still there
    assert page.middle.cards.cards[0].texts[1].plain == "A is shorter."
    run.ctrl(Key.Key_Z, shift=True)
    wait(run)
    assert open_conflicts(run) == 6
    assert stored(run, "pair")[0]["answers"]["why"] == "A is shorter and clear."


def test_an_edit_against_a_deletion_is_shown_and_settled(run: Running) -> None:
    open_conflict(run, "Box 1 and Box 2")
    page = page_of(run)
    sofia = page.middle.cards.cards[2]
    assert [text.plain for text in sofia.texts] == [
        "x 10, y 10, − 40 + 55 × 30",
        "− Dog, x 60, y 10, 40 × 30 deleted",
    ]
    run.press("2")
    run.ctrl(Key.Key_Return)
    wait(run)
    (box,) = stored(run, "picture.png")[0]["regions"]
    assert (box["id"], box["width"]) == ("b1", 55)


def test_both_boxes_stay_where_a_person_keeps_both(run: Running) -> None:
    open_conflict(run, "Box 1 and Box 2")
    page = page_of(run)
    run.press("b")
    rows = {row.place: row for row in page.side.decision.rows}
    QTest.mouseClick(rows[Place(region="b2")].buttons[0], Qt.MouseButton.LeftButton)
    assert not page.sitting.decision.both  # type: ignore[union-attr]
    run.press("b")
    assert not page.bottom.decide.isEnabled()  # whether the other box goes is still open
    run.press("b")
    run.press("1")
    assert page.bottom.decide.isEnabled()


def test_the_editor_shows_what_it_comes_to_and_takes_no_edit(run: Running) -> None:
    open_conflict(run, "Span 1 and Sentiment")
    page = page_of(run)
    editor = page.stage.editor
    assert editor is not None
    assert editor.read_only
    run.press("1")
    wait(run)
    assert editor.value.answers["sentiment"] == "good"
    run.press("2")
    wait(run)
    assert editor.value.answers["sentiment"] == "bad"
    assert [region.id for region in editor.value.regions] == ["p1"]


def test_an_answer_is_written_anew_by_its_key_and_decided(run: Running) -> None:
    open_conflict(run, "Span 1 and Sentiment")
    page = page_of(run)
    run.press("1")
    run.press("e")
    assert page.anew.on
    assert page.inspector.isVisibleTo(page)
    run.press("2")  # the key of Bad, and no longer that of a version
    run.ctrl(Key.Key_Return)
    wait(run)
    assert not page.anew.on
    assert stored(run, "review")[0] == {"answers": {"sentiment": "bad"}}
    assert open_conflicts(run) == 6


def test_a_picture_is_written_anew_with_the_commands_of_its_panel(run: Running) -> None:
    open_conflict(run, "Box 1 and Box 2")
    page = page_of(run)
    run.press("1")
    run.press("e")
    editor = page.stage.editor
    assert editor is not None
    assert not editor.read_only
    run.ctrl(Key.Key_A)
    run.press(Key.Key_Delete)
    run.press(Key.Key_Escape)
    run.press(Key.Key_Escape)
    assert not page.anew.on
    wait(run)
    assert editor.read_only
    assert editor.value.regions == ()
    run.ctrl(Key.Key_Return)
    wait(run)
    assert stored(run, "picture.png")[0] == {}
    # Work has its commands back.
    assert run.work.stage.editor is not editor


def test_what_is_written_is_undone_step_by_step_before_any_decision(run: Running) -> None:
    open_conflict(run, "Span 1 and Sentiment")
    page = page_of(run)
    run.press("1")
    run.press("e")
    before = page.anew.writing.value
    run.press("2")
    assert page.anew.writing.value.answers["sentiment"] == "bad"
    run.ctrl(Key.Key_Z)
    assert page.anew.writing.value == before
    QTest.mouseClick(page.middle.done, Qt.MouseButton.LeftButton)
    assert not page.anew.on
    assert open_conflicts(run) == 7


def test_an_answer_that_is_missing_keeps_what_was_written_from_being_decided(run: Running) -> None:
    open_conflict(run, "Span 1 and Sentiment")
    page = page_of(run)
    run.press("1")
    run.press("e")
    run.press("1")  # the answer again takes it away
    assert "sentiment" not in page.anew.writing.value.answers
    run.ctrl(Key.Key_Return)
    wait(run)
    assert page.anew.on
    assert open_conflicts(run) == 7


def test_everything_listed_is_settled_by_keyboard_alone(run: Running) -> None:
    page = page_of(run)
    for left in range(7, 0, -1):
        assert open_conflicts(run) == left
        run.press("1")
        run.ctrl(Key.Key_Return)
        wait(run)
    assert open_conflicts(run) == 0
    assert page.bottom.words.text() == "7 of 7 decided"
    assert page.pane.open.text() == "0 open conflicts"
    session = run.context.session
    assert session is not None
    assert session.lane.call(lambda project: project.check()) == []


def test_what_is_seldom_in_conflict_is_settled_by_keyboard_too(
    machine: Running, tmp_path: Path
) -> None:
    run = at_conflicts(machine, make_rare_conflicts(tmp_path))
    page = page_of(run)
    before = titles(run)
    assert sorted(before) == [
        "Changed and deleted",
        "Label Speech",
        "Several contents under one key",
        "Status",
        "Two files of one name",
    ]
    open_conflict(run, "Several contents under one key")
    editor = page.stage.editor
    assert editor is not None
    assert [card.name.text for card in page.middle.cards.cards] == ["Task 1", "Task 2"]
    run.press("2")
    wait(run)
    assert editor.view is not None
    assert msgspec.to_builtins(editor.view.content)["text"] == "the second"
    for left in range(5, 0, -1):
        assert open_conflicts(run) == left
        run.press("1")
        run.ctrl(Key.Key_Return)
        wait(run)
    assert open_conflicts(run) == 0
    session = run.context.session
    assert session is not None
    assert session.lane.call(lambda project: project.check()) == []
    for left in range(1, 6):
        run.ctrl(Key.Key_Z)
        wait(run)
        assert open_conflicts(run) == left
    assert sorted(titles(run)) == sorted(before)


def content(run: Running, key: str) -> list[tuple[str, list[Any]]]:
    """The text of each task under this key, with what is said of it."""
    session = run.context.session
    assert session is not None

    def read(project: Project) -> list[tuple[str, list[Any]]]:
        pages = project.query.pages("sentiment")
        full = [one for some in pages for one in some if one.row.key == key]
        return [
            (
                msgspec.json.decode(one.content)["text"] if one.content else "",
                [msgspec.json.decode(said.value)["answers"] for said in one.annotations],
            )
            for one in full
        ]

    return session.lane.call(read)


def test_two_contents_of_a_task_are_looked_at_and_one_is_chosen_by_keyboard(
    machine: Running, tmp_path: Path
) -> None:
    run = at_conflicts(machine, make_two_contents(tmp_path))
    page = page_of(run)
    assert sorted(titles(run)) == ["Content of a task", "Several contents under one key"]
    for title, key, chosen, said in (
        ("Content of a task", "note", "A note. Dear Anna, thank you.", []),
        (
            "Several contents under one key",
            "letter",
            "Dear Anna, never again.",
            [{"sentiment": "good"}],
        ),
    ):
        before = content(run, key)
        open_conflict(run, title)
        shown = {}
        for side in "12":
            run.press(side)
            wait(run)
            editor = page.stage.editor
            assert editor is not None
            assert editor.view is not None
            shown[msgspec.to_builtins(editor.view.content)["text"]] = side
        assert len(shown) == 2, "each side is read on the stage"
        if shown[chosen] == "1":  # what is kept is let go by its own key
            run.press("1")
            wait(run)
        run.ctrl(Key.Key_Return)
        wait(run)
        assert content(run, key)[-1] == (chosen, said), title
        run.ctrl(Key.Key_Z)
        wait(run)
        assert content(run, key) == before
        run.ctrl(Key.Key_Z, shift=True)
        wait(run)
    assert open_conflicts(run) == 0


def test_leaving_one_open_goes_on_to_the_next(run: Running) -> None:
    page = page_of(run)
    first = page.middle.title.text
    run.press("s")
    wait(run)
    assert page.middle.title.text == titles(run)[1] != first
    assert open_conflicts(run) == 7


def test_history_and_guideline_stand_beside_it(run: Running) -> None:
    open_conflict(run, "Span 1 and Sentiment")
    page = page_of(run)
    run.ctrl(Key.Key_2, shift=True)
    assert page.side.history.lines == ["Wrote it, Submitted"] * 3
    run.ctrl(Key.Key_3, shift=True)
    assert page.side.guideline.page.toPlainText().startswith("1 Read the text")
    run.ctrl(Key.Key_1, shift=True)
    assert page.side.tab == "decision"


def test_a_task_in_conflict_leads_here(run: Running) -> None:
    page = page_of(run)
    open_conflict(run, "Guideline")
    run.ctrl(Key.Key_4)
    data = run.window.page("data")
    model = data.model  # type: ignore[attr-defined]
    run.qtbot.waitUntil(lambda: model.rowCount() == 4 and model.row(0) is not None)
    table = data.table  # type: ignore[attr-defined]
    table.setCurrentIndex(model.index(0, 1))
    assert model.row(0).listed.conflict
    run.ctrl(Key.Key_K, shift=True)
    wait(run)
    assert run.window.rail.current == "review"
    key = model.row(0).listed.task.key
    assert page.middle.key.text == key
    run.context.show_task("boxes", model.row(0).listed.task.id)
    run.qtbot.waitUntil(lambda: run.key == key)
    run.settle()
    button = run.work.strip.conflict
    assert button.isVisibleTo(run.window)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait(run)
    assert run.window.rail.current == "review"
    assert page.middle.key.text == key


def test_without_a_conflict_the_page_says_what_brings_one(machine: Running, path: Path) -> None:
    run = at_conflicts(machine, path)
    page = page_of(run)
    assert page.pages.currentWidget() is page.none_open
    assert page.none_open.accessibleName() == "No conflicts"
    assert page.none_open.merge.isVisibleTo(page)
    assert page.none_open.merge.key == run.context.commands.key_text("project.merge_copy")


def test_a_conflict_somebody_settled_meanwhile_is_read_again(run: Running) -> None:
    open_conflict(run, "Preference and Why")
    page = page_of(run)
    session = run.context.session
    assert session is not None
    found = page.sitting.case
    assert found is not None

    def settle(project: Project) -> None:
        value = msgspec.json.encode(found.sides[0].value)
        project.settle(project.conflict(found.entity), value, by="anna")

    session.lane.call(settle)
    run.press("2")
    run.ctrl(Key.Key_Return)
    wait(run)
    assert [one.code for one in run.problems] == ["conflict_unknown"]
    assert "Preference and Why" not in titles(run)
    assert stored(run, "pair")[0]["answers"]["why"] == "B is longer."


def test_a_read_only_project_is_looked_at_and_not_decided(run: Running) -> None:
    session = run.context.session
    assert session is not None
    session.lane.read_only = True
    page = page_of(run)
    page.refresh()
    assert not page.bottom.decide.isEnabled()
    assert page.sitting.can_decide().reason == "The project is read-only"
    run.press("1")
    assert page.sitting.kept is None


def test_many_conflicts_come_page_by_page(machine: Running, tmp_path: Path) -> None:
    path = make_project(tmp_path / "pets.labeler", [f"text {n}" for n in range(25)])
    other = tmp_path / "other.labeler"
    shutil.copyfile(path, other)
    ours, theirs = Project.open(path), Project.open(other)
    for project, word in ((ours, "good"), (theirs, "bad")):
        for number in range(25):
            row = project.query.find(f"t{number}")
            project.annotate(row, author="anna", value=b'{"answers":{"feel":"%s"}}' % word.encode())
    ours.merge(other)
    ours.close()
    theirs.close()
    run = at_conflicts(machine, path)
    rows = page_of(run).sitting.rows
    assert rows.rowCount() == 20
    assert rows.open_count == 25
    while rows.canFetchMore(QModelIndex()):
        rows.fetchMore(QModelIndex())
        run.qtbot.waitUntil(lambda: not rows.is_reading)
    assert rows.rowCount() == 25
