"""The Data page over a real file: pages, search, filters, selection, keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run, double_click, make_project

from labeler.app.data.cells import Column
from labeler.app.data.direction import isolated
from labeler.app.data.feed import RowPage
from labeler.app.data.page import DataPage
from labeler.store import Project

TASKS = 20_000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("many") / "many.labeler", TASKS)


@pytest.fixture
def page(run: Run, many: Path, qtbot: QtBot) -> DataPage:
    shown = DataPage(run.context)
    qtbot.addWidget(shown)
    shown.resize(1280, 760)
    shown.show()
    with qtbot.waitSignal(shown.feed.found):
        run.context.open_project(many)
    shown.arrive()
    qtbot.waitUntil(lambda: cell(shown, 0, Column.TASK) == "k0")
    return shown


def cell(page: DataPage, row: int, column: Column) -> object:
    return page.model.index(row, column).data()


def found(page: DataPage, qtbot: QtBot) -> list[str]:
    """Keys of the rows once the search is over."""
    qtbot.waitUntil(lambda: not page.feed.is_finding and not page._pause.isActive())
    count = page.model.rowCount()
    qtbot.waitUntil(
        lambda: all(page.model.row(n) is not None or ask(page, n) for n in range(count))
    )
    rows = [page.model.row(n) for n in range(count)]
    return [row.listed.task.key for row in rows if row is not None]


def ask(page: DataPage, row: int) -> bool:
    page.model.index(row, Column.TASK).data()
    return False


def test_twenty_thousand_tasks_are_there_and_only_some_pages_were_read(
    page: DataPage, qtbot: QtBot
) -> None:
    assert page.model.rowCount() == TASKS
    page.go_to_row(TASKS - 1)
    qtbot.waitUntil(lambda: cell(page, TASKS - 1, Column.TASK) == f"k{TASKS - 1}")
    assert page.model.row(TASKS // 2) is None, "nobody looked at the middle"


def test_a_row_says_text_status_people_and_who_was_last(page: DataPage) -> None:
    assert cell(page, 1, Column.TEXT) == "Text 1 about food"
    assert cell(page, 1, Column.STATUS) == "Open"
    assert cell(page, 0, Column.STATUS) == "Submitted"
    assert cell(page, 0, Column.PEOPLE) == "1"
    assert cell(page, 0, Column.LAST_BY) == "Ben Okafor"


def test_texts_keep_their_own_direction(qapp: QApplication) -> None:
    assert isolated("plain") == "plain"
    assert isolated("123 الطعام لذيذ") == "\u2067123 الطعام لذيذ", "UAX #9: right-to-left isolate"
    assert isolated("שלום") == "\u2067שלום"
    assert isolated("123") == "123"
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert isolated("plain") == "\u2066plain"
        assert isolated("שלום") == "שלום"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_search_finds_what_is_typed_and_escape_brings_all_back(
    page: DataPage, qtbot: QtBot
) -> None:
    page.focus_search()
    qtbot.keyClicks(page.search, "TEXT 1999")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.feed.filter.search == "TEXT 1999")
    assert found(page, qtbot) == ["k1999", *(f"k1999{n}" for n in range(10))]
    assert page.table.hasFocus(), "Enter leads from the search to what it found"
    page.focus_search()
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == TASKS)


def test_a_search_for_nothing_there_says_so_and_leads_back(page: DataPage, qtbot: QtBot) -> None:
    page.focus_search()
    qtbot.keyClicks(page.search, "giraffe")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.no_match)
    page.clear_filter()
    qtbot.waitUntil(lambda: page.model.rowCount() == TASKS)
    assert page.stack.currentWidget() is page.table
    assert page.search.text() == ""


def test_a_search_can_be_stopped_and_keeps_what_it_found(page: DataPage, qtbot: QtBot) -> None:
    page.focus_search()
    with qtbot.waitSignal(page.feed.found, check_params_cb=lambda found: not found.complete):
        qtbot.keyClicks(page.search, "about")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.feed.is_finding
    kept = page.model.rowCount()
    assert 0 < kept < TASKS
    page.clear_filter()
    qtbot.waitUntil(lambda: page.model.rowCount() == TASKS)


def test_a_status_filter_leaves_what_has_it(page: DataPage, qtbot: QtBot) -> None:
    page.choose()
    menu = page.filters.menu
    assert menu is not None
    states = menu.actions()[1].menu()
    submitted = next(one for one in states.actions() if one.text() == "Submitted")
    submitted.trigger()
    qtbot.waitUntil(lambda: page.model.rowCount() == TASKS // 10)
    qtbot.waitUntil(lambda: cell(page, 1, Column.TASK) == "k10")
    page.filters._status.removed.emit()
    qtbot.waitUntil(lambda: page.model.rowCount() == TASKS)


def test_work_done_elsewhere_is_shown_without_losing_place_or_selection(
    page: DataPage, run: Run, qtbot: QtBot
) -> None:
    page.go_to_row(5)
    page.model.set_checked(7, True)
    session = run.context.session
    assert session is not None
    task = page.model.row(5)
    assert task is not None
    row = task.listed.task

    def submit(project: Project) -> None:
        project.annotate(row, author="anna", value=b'{"answers":{"sentiment":"neutral"}}')

    session.lane.call(submit)
    run.context.tasks_were_changed()
    qtbot.waitUntil(lambda: cell(page, 5, Column.STATUS) == "Submitted")
    assert cell(page, 5, Column.LAST_BY) == "Anna Brandt"
    assert page.table.currentIndex().row() == 5
    assert page.model.is_checked(7)
    assert page.model.checked == 1


def test_enter_and_double_click_open_the_task_in_work(
    page: DataPage, run: Run, qtbot: QtBot
) -> None:
    page.go_to_row(3)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    third = page.model.row(3)
    assert third is not None
    assert run.shown == [("texts", third.listed.task.id)]
    place = page.table.visualRect(page.model.index(4, Column.TEXT)).center()
    double_click(page.table.viewport(), QPointF(place))
    fourth = page.model.row(4)
    assert fourth is not None
    assert run.shown[1:] == [("texts", fourth.listed.task.id)]
    assert run.went == ["work", "work"]


def test_keys_walk_the_table_and_space_selects(page: DataPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    assert page.table.currentIndex().row() == TASKS - 1
    qtbot.waitUntil(lambda: page.model.row(TASKS - 1) is not None)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.keyClick(page.table, Qt.Key.Key_Home)
    assert page.table.currentIndex().row() == 0
    assert page.model.checked == 2
    assert page.selected.isVisible()
    page.copy_keys()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == f"k1\nk{TASKS - 1}")
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.model.checked == 0
    assert not page.selected.isVisible()


def test_a_stretch_is_selected_though_its_pages_were_never_read(
    page: DataPage, qtbot: QtBot
) -> None:
    page.model.check_stretch(1000, 2999)
    qtbot.waitUntil(lambda: page.model.checked == 2000)
    page.go_to_row(2999)
    qtbot.waitUntil(lambda: page.model.is_checked(2999))
    page.select_all()
    assert page.model.checked == TASKS
    page.model.set_checked(2999, False)
    assert page.model.checked == TASKS - 1


def test_going_to_a_row_takes_only_numbers_there_are(page: DataPage, qtbot: QtBot) -> None:
    page.ask_row()
    qtbot.keyClicks(page.footer.line, "20001")
    qtbot.keyClick(page.footer.line, Qt.Key.Key_Return)
    assert page.table.currentIndex().row() == 0
    page.footer.line.clear()
    qtbot.keyClicks(page.footer.line, "12,345")
    qtbot.keyClick(page.footer.line, Qt.Key.Key_Return)
    assert page.table.currentIndex().row() == 12_344
    assert page.table.hasFocus()


def test_a_page_of_an_older_filter_is_never_shown(page: DataPage, qtbot: QtBot) -> None:
    older = page.feed.listing
    assert older is not None
    page.search.setText("1999")
    assert found(page, qtbot)[0] == "k1999"
    first = cell(page, 0, Column.TASK)
    page.feed._page_came(older, RowPage(0, ()))
    assert cell(page, 0, Column.TASK) == first


def test_without_a_project_the_page_says_how_to_get_one(run: Run, qtbot: QtBot) -> None:
    page = DataPage(run.context)
    qtbot.addWidget(page)
    page.show()
    assert page.stack.currentWidget() is page.no_project
    page.no_project.buttons.itemAt(1).widget().click()
    assert run.ran == ["project.open"]


def test_a_project_without_tasks_leads_to_import(run: Run, tmp_path: Path, qtbot: QtBot) -> None:
    page = DataPage(run.context)
    qtbot.addWidget(page)
    page.show()
    run.context.open_project(make_project(tmp_path / "empty.labeler", 0))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.no_tasks)
    page.no_tasks.buttons.itemAt(1).widget().click()
    assert run.ran == ["data.import"]


def test_the_table_forgets_a_project_that_was_closed(page: DataPage, run: Run) -> None:
    run.context.close_project()
    assert page.model.rowCount() == 0
    assert page.stack.currentWidget() is page.no_project
