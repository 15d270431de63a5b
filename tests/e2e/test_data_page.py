"""The Data page over a real file: pages, search, filters, selection, keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run, double_click, make_project

from labeler.app.data.cells import Column
from labeler.app.data.columns import offer_columns
from labeler.app.data.direction import enclosed, isolated
from labeler.app.data.feed import RowPage
from labeler.app.data.page import DataPage
from labeler.app.words import number
from labeler.model.finding import Filter, Sort, read_filter
from labeler.store import Project, TaskRow
from labeler.store.indexed_listing import IndexedListing
from labeler.work.views import SavedView, SavedViews

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
    # All tasks are looked at, beside whatever else this machine does.
    qtbot.waitUntil(lambda: not page.feed.is_finding and not page.asking.is_pausing, timeout=30_000)
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
    assert enclosed("plain") == "plain"
    assert enclosed("الطعام.") == "\u2067الطعام.\u2069", "and what follows is not drawn into it"
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
    qtbot.waitUntil(lambda: page.filter == read_filter("TEXT 1999"))
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


def test_a_filter_chosen_by_keys_leaves_what_it_lets_through(page: DataPage, qtbot: QtBot) -> None:
    page.choose()
    popover = page.filters.popover
    assert popover is not None
    assert QApplication.focusWidget() is popover.field
    qtbot.keyClick(popover.field, Qt.Key.Key_Tab)
    qtbot.keyClick(popover.how, Qt.Key.Key_Tab)
    qtbot.keyClicks(popover.values, "Submitted")
    qtbot.keyClick(popover.values, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == TASKS // 10)
    qtbot.waitUntil(lambda: cell(page, 1, Column.TASK) == "k10")
    assert page.filters.chips[0].accessibleName() == "Status: Submitted"
    assert page.filters.popover is None
    assert page.filter == read_filter("status:submitted")
    page.filters.chips[0].removed.emit()
    qtbot.waitUntil(lambda: page.model.rowCount() == TASKS)


def test_a_chip_is_changed_where_it_stands(page: DataPage, qtbot: QtBot) -> None:
    page.show_filter(read_filter("people:>=1 key:k1999"))
    qtbot.waitUntil(lambda: not page.feed.is_finding)
    names = [chip.accessibleName() for chip in page.filters.chips]
    assert names == ["People: 1 or more", "Key: k1999"]
    qtbot.mouseClick(page.filters.chips[0], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    popover = page.filters.popover
    assert popover is not None
    assert (popover.field.chosen, popover.how.currentText()) == ("people", "at least")
    assert QApplication.focusWidget() is popover.value.edit
    popover.value.set_text("many")
    qtbot.keyClick(popover.value.edit, Qt.Key.Key_Return)
    assert page.filters.popover is popover, "what cannot be meant is said and nothing is lost"
    assert popover.value.error == "Write a number, like 2"
    popover.value.set_text("2")
    qtbot.keyClick(popover.value.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.filter == read_filter("people:>=2 key:k1999"))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.no_match)


def test_the_only_queue_is_a_filter_too_and_stays_one_when_it_is_changed(
    page: DataPage, qtbot: QtBot
) -> None:
    page.show_filter(read_filter("queue:texts"))
    qtbot.waitUntil(lambda: not page.feed.is_finding)
    assert page.filters.chips[0].accessibleName() == "Queue: Texts"
    qtbot.mouseClick(page.filters.chips[0], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    popover = page.filters.popover
    assert popover is not None
    assert (popover.field.chosen, popover.values.chosen) == ("queue", "texts")
    qtbot.keyClick(popover.values, Qt.Key.Key_Return)
    assert page.filter == read_filter("queue:texts")


def test_in_large_text_there_is_room_to_search(page: DataPage, qtbot: QtBot, run: Run) -> None:
    assert page.import_.key == "Ctrl+I"
    page.resize(1000, 760)
    run.context.theme.set(text_scale=1.5)
    try:
        qtbot.waitUntil(lambda: page.search.width() >= 200)
        assert (page.import_.key, page.import_.toolTip()) == ("", "Ctrl+I")
    finally:
        run.context.theme.set(text_scale=1.0)
    page.resize(1280, 760)
    assert (page.import_.key, page.import_.toolTip()) == ("Ctrl+I", "")


def test_conditions_that_are_typed_become_chips_with_enter(page: DataPage, qtbot: QtBot) -> None:
    page.focus_search()
    qtbot.keyClicks(page.search, "1999 status:open")
    qtbot.waitUntil(lambda: page.filter == read_filter("1999 status:open"))
    assert page.filters.chips == [], "what is still being typed stays where it is"
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.search.text() == "1999"
    assert [chip.accessibleName() for chip in page.filters.chips] == ["Status: Open"]
    assert found(page, qtbot) == ["k1999", *(f"k1999{n}" for n in range(1, 10))]
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == TASKS)
    assert (page.search.text(), page.filters.chips) == ("", [])


@pytest.mark.parametrize(
    ("typed", "said"), [("status:opne", "did you mean 'open'"), ("by:nobody", "'nobody'")]
)
def test_what_cannot_be_understood_is_said_and_changes_nothing(
    page: DataPage, qtbot: QtBot, run: Run, typed: str, said: str
) -> None:
    page.focus_search()
    qtbot.keyClicks(page.search, typed)
    qtbot.waitUntil(lambda: said in page.filters._wrong.text())
    assert page.model.rowCount() == TASKS
    assert run.problems == []
    page.search.clear()
    qtbot.waitUntil(lambda: page.filters._wrong.text() == "")


def test_nothing_that_is_typed_breaks_the_page(page: DataPage, qtbot: QtBot, run: Run) -> None:
    for typed in ('"(', "NEAR(", "*" * 50, "x" * 10_000, "\u202eabc", "🎂", "xa\0xb"):
        page.search.setText(typed)
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not page.feed.is_finding, timeout=30_000)
    assert (run.problems, run.crashes) == ([], [])


def test_a_view_keeps_filter_and_columns_and_is_shown_again(
    page: DataPage, qtbot: QtBot, run: Run
) -> None:
    page.show_filter(read_filter("1999 status:open"))
    page.table.set_hidden(["people"])
    page.choose_view()
    assert page.views is not None
    assert QApplication.focusWidget() is page.views.name.edit
    qtbot.keyClicks(page.views.name.edit, "Nineties")
    qtbot.keyClick(page.views.name.edit, Qt.Key.Key_Return)
    assert page.views is None
    page.table.set_hidden([])
    page.clear_filter()
    qtbot.waitUntil(lambda: page.model.rowCount() == TASKS)
    page.choose_view()
    assert page.views is not None
    qtbot.keyClick(page.views.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == 10)
    assert page.table.hidden == ("people",)
    assert page.table.isColumnHidden(Column.PEOPLE)
    assert page.search.text() == "1999"
    session = run.context.session
    assert session is not None
    kept = SavedViews(run.context.folders.views)
    assert kept.view(session.uid, "nineties").asked == read_filter("1999 status:open")


def press_header(page: DataPage, qtbot: QtBot, column: Column) -> None:
    header = page.table.horizontalHeader()
    x = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    place = QPoint(x, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def first_key(page: DataPage, qtbot: QtBot, key: str) -> None:
    qtbot.waitUntil(lambda: not page.feed.is_finding and cell(page, 0, Column.TASK) == key)


def test_a_press_on_a_header_sorts_turns_round_and_ends(page: DataPage, qtbot: QtBot) -> None:
    page.show_filter(read_filter("199"))
    header = page.table.horizontalHeader()
    assert not header.isSortIndicatorShown()
    press_header(page, qtbot, Column.TASK)
    first_key(page, qtbot, "k199")
    assert (header.isSortIndicatorShown(), header.sortIndicatorSection()) == (True, Column.TASK)
    assert header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
    assert page.footer._order.text() == "Sorted by Task, ascending"
    spoken = Qt.ItemDataRole.AccessibleTextRole
    across = Qt.Orientation.Horizontal
    assert page.model.headerData(Column.TASK, across, spoken) == "Sorted by Task, ascending"
    press_header(page, qtbot, Column.TASK)
    first_key(page, qtbot, "k19999")
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    press_header(page, qtbot, Column.TEXT)
    assert header.sortIndicatorSection() == Column.TASK, "texts have no order"
    press_header(page, qtbot, Column.TASK)
    first_key(page, qtbot, "k199")
    assert not header.isSortIndicatorShown()
    assert page.footer._order.text() == "In the order of the queues"
    press_header(page, qtbot, Column.CHANGED)
    assert page.filter.sort == Sort("changed", True), "the latest work comes first"


def test_an_order_is_chosen_by_keys_typed_and_kept_in_a_view(
    page: DataPage, qtbot: QtBot, run: Run
) -> None:
    menu = offer_columns(page.filters.columns, page.table)
    orders = next(one.menu() for one in menu.actions() if one.menu() is not None)
    menu.setActiveAction(orders.menuAction())
    qtbot.keyClick(menu, Qt.Key.Key_Right)
    qtbot.waitUntil(orders.isVisible)
    qtbot.keyClick(orders, Qt.Key.Key_Down)
    qtbot.keyClick(orders, Qt.Key.Key_Return)
    assert page.filter.sort == Sort("key")
    first_key(page, qtbot, "k0")
    assert cell(page, 1, Column.TASK) == "k1"
    assert cell(page, 2, Column.TASK) == "k10"
    qtbot.keyClicks(page.search, "1999 sort:key:desc")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    first_key(page, qtbot, "k19999")
    assert page.search.text() == "1999", "the header says the order"
    page.choose_view()
    assert page.views is not None
    qtbot.keyClicks(page.views.name.edit, "Last of them")
    qtbot.keyClick(page.views.name.edit, Qt.Key.Key_Return)
    page.clear_filter()
    assert page.filter == Filter(sort=Sort("key", True)), "all tasks, sorted as they were"
    page.sort_by(None)
    first_key(page, qtbot, "k0")
    page.choose_view()
    assert page.views is not None
    qtbot.keyClick(page.views.rows, Qt.Key.Key_Return)
    first_key(page, qtbot, "k19999")
    assert page.table.sort == Sort("key", True)


def test_views_are_renamed_moved_deleted_and_brought_back_by_keys(
    page: DataPage, qtbot: QtBot, run: Run
) -> None:
    session = run.context.session
    assert session is not None
    views = run.context.views
    for name in ("a", "b", "c"):
        views.keep(session.uid, SavedView(name, read_filter(name)))
    page.choose_view()
    shown = page.views
    assert shown is not None
    qtbot.keyClick(shown.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.name for one in views.of(session.uid)] == ["b", "a", "c"]
    qtbot.keyClick(shown.rows, Qt.Key.Key_F2)
    shown.name.set_text("C")
    qtbot.keyClick(shown.name.edit, Qt.Key.Key_Return)
    assert "another view is called" in shown.name.error
    shown.name.set_text("Alpha")
    qtbot.keyClick(shown.name.edit, Qt.Key.Key_Return)
    qtbot.keyClick(shown.rows, Qt.Key.Key_Delete)
    assert [one.name for one in views.of(session.uid)] == ["b", "c"]
    shown.back.click()
    assert [one.name for one in views.of(session.uid)] == ["b", "Alpha", "c"]
    qtbot.keyClick(shown.rows, Qt.Key.Key_Escape)
    assert page.views is None


def test_the_index_is_made_behind_everything_else_and_then_answers(
    page: DataPage, qtbot: QtBot, run: Run, tmp_path: Path
) -> None:
    run.context.open_project(make_project(tmp_path / "some.labeler", 2500))
    qtbot.waitUntil(lambda: page.model.rowCount() == 2500)
    indexer, line = run.context.indexer, page.footer.index
    qtbot.waitUntil(lambda: indexer.state is not None)
    indexer.pause(True)
    assert line.isVisible()
    assert line.words.text() == f"Search index paused: 0 of {number(2500)}"
    line.button.click()
    qtbot.waitUntil(lambda: not line.isVisible(), timeout=30_000)
    assert indexer.state is not None
    assert indexer.state.ready
    page.search.setText("1999")
    assert found(page, qtbot) == ["k1999"]
    assert isinstance(page.feed.listing, IndexedListing)
    session = run.context.session
    assert session is not None
    index = session.lane.call(lambda project: project.query.index)
    assert index is not None
    session.lane.call(lambda _project: index.forget())
    page.model.forget()
    page.feed.read_page(0)
    qtbot.waitUntil(lambda: not isinstance(page.feed.listing, IndexedListing))
    assert found(page, qtbot) == ["k1999"], "an index that is gone is no matter"
    assert (run.problems, run.crashes) == ([], [])


def test_the_index_waits_while_somebody_labels(page: DataPage, run: Run, qtbot: QtBot) -> None:
    indexer = run.context.indexer
    qtbot.waitUntil(lambda: indexer.state is not None and not indexer._running)
    indexer._timer.stop()
    assert indexer.state is not None
    done = indexer.state.done
    run.context.saved.emit(1.0)
    assert indexer._timer.remainingTime() > 1000, "a second and a half after the last gesture"
    indexer._timer.stop()
    indexer._step()
    assert not indexer._running
    assert indexer._timer.isActive(), "it comes back by itself"
    assert indexer.state.done == done


def test_the_selected_tasks_can_be_read_in_order(page: DataPage, qtbot: QtBot) -> None:
    received: list[tuple[str, ...]] = []

    def receive(tasks: tuple[TaskRow, ...]) -> None:
        received.append(tuple(task.key for task in tasks))

    for row in (9, 2, 5):
        page.go_to_row(row)
        page.model.set_checked(row, True)
    page.selected_tasks(receive)
    qtbot.waitUntil(lambda: received == [("k2", "k5", "k9")])
    page.show_filter(read_filter("1999"))
    found(page, qtbot)
    page.select_all()
    page.selected_tasks(receive)
    qtbot.waitUntil(lambda: received[1:] == [("k1999", *(f"k1999{n}" for n in range(10)))])


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
