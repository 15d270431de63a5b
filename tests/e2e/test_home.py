"""The Home page over real files: where one left off, recent projects, ways to begin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run, make_project

from labeler.app.home.notes import NoteBook, stamp_of
from labeler.app.home.page import HomePage
from labeler.app.home.queue_grid import QueueGrid
from labeler.app.home.sample import sample_path
from labeler.app.settings import Day, Recent
from labeler.app.words import today
from labeler.model.queue import QueueConfig
from labeler.model.value import Value
from labeler.store import Project, QueueRow


@pytest.fixture
def home(run: Run, qtbot: QtBot) -> Iterator[HomePage]:
    yield from made_home(run, qtbot)


def made_home(run: Run, qtbot: QtBot) -> Iterator[HomePage]:
    page = HomePage(run.context)
    qtbot.addWidget(page)
    page.resize(1280, 760)
    page.show()
    yield page
    page.watch.stop()


def open_project(run: Run, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(run.context.project_changed):
        run.context.open_project(path)
    qtbot.waitUntil(lambda: run.context.session is not None)


def sit(run: Run, place: int) -> str:
    """Be at a task of the open project; its id."""
    session = run.context.session
    assert session is not None
    task = session.lane.call(lambda project: project.query.at("texts", place))
    assert task is not None
    run.context.settings.note_seat(session.uid, queue="texts", task=task.id)
    return str(task.id)


def drop(widget: QWidget, paths: list[Path]) -> None:
    """Drop files on a widget as the window system does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), action, data, button, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(20, 20), action, data, button, none))


def dialog_of(page: QWidget, name: str) -> QDialog | None:
    found = [one for one in page.window().findChildren(QDialog) if type(one).__name__ == name]
    return found[0] if found else None


# where one left off


def test_the_card_names_queue_task_key_and_draft(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = make_project(tmp_path / "pets.labeler", 30)
    open_project(run, qtbot, path)
    task = sit(run, 7)
    session = run.context.session
    assert session is not None
    row = session.lane.call(lambda project: project.query.find(task))
    session.desk.open(row)
    session.desk.emit(Value(answers={"sentiment": "positive"}), "Answer")
    with qtbot.waitSignal(run.context.saved):
        session.desk.flush()
    qtbot.waitUntil(lambda: home.card._state.text == "Draft")
    assert home.card._where.text() == "Texts, task 8 of 30"
    assert home.card._what.text == "pets.labeler, k7"
    assert home.card._rest.text() == "1 answer"


def test_the_place_is_known_after_the_program_was_started_again(
    run: Run, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    first = next(made_home(run, qtbot))
    open_project(run, qtbot, make_project(tmp_path / "pets.labeler", 30))
    sit(run, 3)
    first.watch._note_open()
    qtbot.waitUntil(lambda: "task 4 of 30" in first.card._where.text())
    run.context.close_project()
    again = HomePage(run.context)
    qtbot.addWidget(again)
    again.show()
    assert again.card._where.text() == "Texts, task 4 of 30"
    assert again.card._what.text == "pets.labeler, k3"


def test_where_no_place_is_known_the_card_gives_its_words_the_room(
    home: HomePage, run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    open_project(run, qtbot, make_project(tmp_path / "pets.labeler", 3))
    home.refresh()
    qtbot.waitUntil(home.card.isVisible)
    home.grab()
    go = home.card.go
    assert go.width() == go.sizeHint().width()
    assert go.x() > home.card.width() // 2


def test_a_note_older_than_the_place_says_no_place_at_all(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    open_project(run, qtbot, make_project(tmp_path / "pets.labeler", 30))
    sit(run, 3)
    home.watch._note_open()
    qtbot.waitUntil(lambda: "task 4 of 30" in home.card._where.text())
    run.context.close_project()
    note = home.watch.book.get(str(tmp_path / "pets.labeler"))
    assert note is not None
    # The program was killed right after the person went on: the seat is newer than the note.
    run.context.settings.note_seat(note.uid, task="0" * 32)
    home.refresh()
    assert home.card._where.text() == "Pets"


def test_continue_opens_the_project_and_goes_to_work_where_it_is_open(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = make_project(tmp_path / "pets.labeler", 5)
    run.context.settings.note_recent(path, "Pets")
    home.refresh()
    with qtbot.waitSignal(run.context.project_changed):
        qtbot.mouseClick(home.card.go, Qt.MouseButton.LeftButton)
    session = run.context.session
    assert session is not None
    assert session.path == path
    qtbot.mouseClick(home.card.go, Qt.MouseButton.LeftButton)
    assert run.went == ["work"]


# recent projects


def test_another_project_is_looked_at_from_outside(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = make_project(tmp_path / "other.labeler", 20, title="Other")
    run.context.settings.note_recent(path, "Old title")
    home.refresh()
    with qtbot.waitSignal(home.watch.changed, timeout=20_000):
        pass
    row = home.projects.projects[0]
    assert row.title == "Other"
    assert row.note is not None
    assert (row.note.queues, row.note.done, row.note.tasks) == (1, 2, 20)


def settled(home: HomePage) -> bool:
    return not home.watch._noting and not home.watch._soon.isActive()


def test_what_closing_wrote_is_no_reason_to_look_again(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = make_project(tmp_path / "other.labeler", 20)
    open_project(run, qtbot, path)
    session = run.context.session
    assert session is not None
    row = session.lane.call(lambda project: project.query.find("k1"))
    session.desk.open(row)
    session.desk.emit(Value(answers={"sentiment": "positive"}), "Answer")
    with qtbot.waitSignal(run.context.saved):
        session.desk.flush()
    # Closing writes the loose draft into the file once more: no figure changes by it.
    qtbot.waitUntil(lambda: home.watch.book.get(str(path)) is not None and settled(home))
    noted = home.watch.book.get(str(path))
    run.context.close_project()
    assert noted is not None
    assert noted.stamp != stamp_of(path)
    home.refresh()
    qtbot.waitUntil(lambda: not home.reach.is_looking)
    assert home.watch._asking is None
    assert home.watch._todo == []


def test_work_that_was_not_noted_before_closing_is_found_from_outside(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = make_project(tmp_path / "other.labeler", 20)
    open_project(run, qtbot, path)
    session = run.context.session
    assert session is not None
    qtbot.waitUntil(lambda: home.watch.book.get(str(path)) is not None and settled(home))

    def work(project: Project) -> None:
        value = b'{"answers":{"sentiment":"neutral"}}'
        project.annotate(project.query.find("k1"), author="anna", value=value)

    session.lane.call(work)
    run.context.saved.emit(0.0)
    run.context.close_project()
    with qtbot.waitSignal(home.watch.changed, timeout=20_000):
        home.refresh()
    note = home.watch.book.get(str(path))
    assert note is not None
    assert note.done == 3, "two of ben's, and the one just before closing"


def test_a_project_that_is_gone_says_so_and_its_new_place_replaces_the_old(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    here = make_project(tmp_path / "here.labeler", 5)
    open_project(run, qtbot, here)
    qtbot.waitUntil(lambda: home.watch.book.get(str(here)) is not None)
    run.context.close_project()
    there = here.rename(tmp_path / "there.labeler")
    home.refresh()
    qtbot.waitUntil(lambda: not home.projects.projects[0].there)
    with qtbot.waitSignal(home.projects.find_wanted):
        home.projects.setFocus()
        qtbot.keyClick(home.projects, Qt.Key.Key_Return)
    chooser = home._chooser
    assert chooser is not None
    chooser.fileSelected.emit(str(there))
    chooser.close()
    qtbot.waitUntil(lambda: run.context.session is not None)
    assert [one.path for one in run.context.settings.values.recent] == [str(there)]


def test_delete_takes_a_project_off_the_list_and_leaves_its_file(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = make_project(tmp_path / "pets.labeler", 5)
    run.context.settings.change(recent=(Recent(str(path), "Pets"), Recent("/x.labeler", "X")))
    home.refresh()
    home.projects.setFocus()
    qtbot.keyClick(home.projects, Qt.Key.Key_Delete)
    assert [one.path for one in run.context.settings.values.recent] == ["/x.labeler"]
    assert path.exists()


def test_a_click_opens_a_project(home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot) -> None:
    path = make_project(tmp_path / "pets.labeler", 5)
    run.context.settings.note_recent(path, "Pets")
    home.refresh()
    rows = home.projects
    place = rows.visualRect(rows.model().index(0, 0)).center()
    with qtbot.waitSignal(run.context.project_changed):
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


# queues and the day


def test_a_queue_opens_at_its_first_open_task(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    open_project(run, qtbot, make_project(tmp_path / "pets.labeler", 12))
    qtbot.waitUntil(lambda: len(home.queues.cards) == 1)
    card = home.queues.cards[0]
    assert "2 of 12" in card.accessibleName()
    session = run.context.session
    assert session is not None
    # k0 and k10 are done by ben: k1 is the first one open.
    first = session.lane.call(lambda project: project.query.find("k1"))
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: run.shown == [("texts", first.id)])


@pytest.mark.parametrize(
    ("queues", "width", "across"),
    [(4, 820, 2), (3, 820, 3), (5, 820, 3), (6, 820, 3), (1, 820, 1), (4, 500, 2), (3, 250, 1)],
)
def test_cards_of_queues_stand_in_rows_of_equal_length(
    run: Run, qtbot: QtBot, queues: int, width: int, across: int
) -> None:
    grid = QueueGrid(lambda _panel: "puzzle")
    qtbot.addWidget(grid)
    row = QueueRow("q", "q", "Q", "probe", QueueConfig(), 4, 1, {}, {})
    grid.show_queues("Pets", [row] * queues)
    grid.resize(width, 400)
    grid.lay_out(width)
    grid.show()
    qtbot.waitExposed(grid)
    qtbot.waitUntil(lambda: grid.cards[0].height() < 400)
    first = grid.cards[0].y()
    assert sum(card.y() == first for card in grid.cards) == across


def test_what_a_template_is_for_is_read_whole(home: HomePage, qtbot: QtBot) -> None:
    for row in home.begin.rows:
        room = QRect(0, 0, row.width() - 56, 10_000)
        metrics = QFontMetrics(row.theme.font("ui"))
        words = row.accessibleDescription()
        lines = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), words).height()
        assert row.height() >= lines + row.theme.line("ui_strong")


def test_my_day_is_shown_on_its_day_only(home: HomePage, run: Run) -> None:
    run.context.settings.change(day=Day(today(), tasks=4, active_ms=8 * 60_000))
    home.refresh()
    assert home.day.isVisible()
    assert home.day.active.value.text() == "8 min"
    assert (home.day.tasks.value.text(), home.day.tasks.rest.text()) == ("4", "02:00 each")
    run.context.settings.change(day=Day("2001-01-01", tasks=4, active_ms=8 * 60_000))
    home.refresh()
    assert not home.day.isVisible()


# ways to begin


def test_a_dropped_project_is_opened(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    path = make_project(tmp_path / "pets.labeler", 3)
    with qtbot.waitSignal(run.context.project_changed):
        drop(home.begin.drop, [path])


def test_dropped_texts_begin_a_project_named_after_them(
    home: HomePage, tmp_path: Path, qtbot: QtBot
) -> None:
    texts = tmp_path / "hotel reviews.csv"
    texts.write_text("text\nGood\n", encoding="utf-8")
    drop(home.begin.drop, [texts])
    dialog = dialog_of(home, "NewProjectDialog")
    assert dialog is not None
    assert dialog.name.text == "hotel reviews"  # type: ignore[attr-defined]
    dialog.reject()


def test_files_dropped_on_an_open_project_are_imported(
    home: HomePage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    open_project(run, qtbot, make_project(tmp_path / "pets.labeler", 3))
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text("One", encoding="utf-8")
    drop(home.begin.drop, [folder])
    dialog = dialog_of(home, "ImportDialog")
    assert dialog is not None
    assert dialog.form.format.chosen == "text-files"  # type: ignore[attr-defined]
    dialog.reject()


def test_the_sample_is_a_copy_made_once(home: HomePage, run: Run, qtbot: QtBot) -> None:
    qtbot.mouseClick(home.begin.sample, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: run.context.session is not None, timeout=20_000)
    session = run.context.session
    assert session is not None
    path = sample_path(run.context)
    assert session.path == path
    tasks = {queue.name: queue.tasks for queue in session.queues}
    assert min(tasks.values()) >= 5, "the sample ships five tasks and more for each panel"
    assert tasks["sentiment"] >= 30, "and thirty texts"
    first = session.lane.call(lambda project: project.query.at("sentiment", 0))
    assert first is not None

    def work(project: Project) -> None:
        project.annotate(first, author="anna", value=b'{"answers":{"sentiment":"neutral"}}')

    session.lane.call(work)
    run.context.close_project()
    home.try_sample()
    qtbot.waitUntil(lambda: run.context.session is not None, timeout=20_000)
    again = run.context.session
    assert again is not None
    done = {queue.name: queue.done for queue in again.queues}
    assert done["sentiment"] == 1, "what was done in the copy is still there"


def test_the_sample_asks_who_one_is_first(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    run = Run(tmp_path / "nobody", qapp, person=False)
    home = next(made_home(run, qtbot))
    with qtbot.waitSignal(run.context.person_needed):
        home.try_sample()
    assert not sample_path(run.context).exists()
    run.context.set_person("zoe", "Zoë")
    qtbot.waitUntil(lambda: run.context.session is not None, timeout=20_000)
    assert run.context.session is not None
    assert run.context.session.person.handle == "zoe"
    run.end()


def test_a_template_begins_a_project_of_it(home: HomePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(home.begin.rows))
    row = next(row for row in home.begin.rows if row.template.name == "sentiment")
    row.click()
    dialog = dialog_of(home, "NewProjectDialog")
    assert dialog is not None
    assert dialog.template.chosen == "sentiment"  # type: ignore[attr-defined]
    dialog.reject()


def test_notes_that_cannot_be_read_are_begun_anew(tmp_path: Path) -> None:
    place = tmp_path / "recent.json"
    place.write_bytes(b"{not json")
    assert dict(NoteBook(place).notes) == {}


@pytest.mark.parametrize("width", [900, 1280])
def test_nothing_of_home_is_cut_off(home: HomePage, width: int, qtbot: QtBot) -> None:
    home.resize(width, 700)
    qtbot.waitUntil(lambda: home.side.width() > 0)
    for area in (home.main, home.side):
        inner = area.widget()
        assert inner is not None
        assert inner.minimumSizeHint().width() <= area.viewport().width()


def test_home_does_not_look_again_once_the_run_is_ending(
    run: Run, qtbot: QtBot, home: HomePage
) -> None:
    home.refresh()
    home.refresh()
    # Done, and not yet told: what has not begun would be cancelled, and nothing told of it.
    assert run.context._workers is not None
    run.context._workers.shutdown(wait=True)
    assert home.reach.is_looking
    run.context.shut_down()
    qtbot.waitUntil(lambda: not home.reach.is_looking)
    assert run.crashes == []
