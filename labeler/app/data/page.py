"""The Data page assembled: search, filters, the table over any number of tasks, what is selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.app.data.asking import Asking
from labeler.app.data.columns import offer_columns
from labeler.app.data.feed import Found, TaskFeed
from labeler.app.data.fields import fields_of
from labeler.app.data.filter_bar import FilterBar
from labeler.app.data.footer import Footer
from labeler.app.data.model import TaskModel
from labeler.app.data.selection_bar import SelectionBar
from labeler.app.data.sorting import column_of, order_words
from labeler.app.data.table import TaskTable
from labeler.app.data.views_popover import ViewsPopover
from labeler.app.sharing.place import PlaceSwitch
from labeler.app.words import number
from labeler.kit import Button, EmptyState, Plain, SearchField
from labeler.model.finding import Filter, Sort
from labeler.store import Person, TaskRow
from labeler.work.views import SavedView

__all__ = ["DataPage"]

_PAD_X, _PAD_Y = 16, 8
_SEARCH_WIDTH = 380
_SEARCH_LINES = 12
"""The least width of the search, in heights of a line: it grows with the text."""
_MOST_KEYS = 10_000
"""So many keys are copied at once: a clipboard is no export."""


class DataPage(Plain):
    """Every task of the open project; a double click or Enter opens one in Work.

    Search and chips are two faces of one ``filter``: what is typed counts at once, and Enter makes
    chips of the conditions in it.
    """

    filter_changed = Signal()
    """``filter`` is another one."""
    selection_changed = Signal()
    """Other tasks are selected."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._context = context
        self._stale = True
        self._queue_count = 0
        self._people: tuple[Person, ...] = ()
        self.views: ViewsPopover | None = None
        """The saved views, while they are open."""
        self.setAccessibleName(self.tr("Data"))
        self.feed = TaskFeed(context, self)
        self.model = TaskModel(self.feed, self)
        self._build_head()
        self.filters = FilterBar()
        self.table = TaskTable(self.model, self.tr("Tasks"))
        self.footer = Footer(context.indexer)
        self._build_empty()
        self.stack = QStackedWidget()
        for one in (self.table, self.no_project, self.no_tasks, self.no_match):
            self.stack.addWidget(one)
        self.selected = SelectionBar(self.stack)
        follow = context.commands.follow
        follow(self.filters.add, "data.filter")
        follow(self.filters.views, "data.views")
        follow(self.footer, "data.go_to_row")
        follow(self.selected.copy, "data.copy_keys")
        follow(self.selected.hand_out, "data.hand_out")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.filters)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)
        self.asking = Asking(context, self.search, self.filters, self._in_force, self)
        self._connect()
        self._project_changed()

    # building

    def _build_head(self) -> None:
        self._head = Plain("surface", edges="bottom")
        self.switch = PlaceSwitch(self._context, "data")
        self.search = SearchField(
            self.tr("Search texts, notes and answers"), name=self.tr("Search tasks")
        )
        self.search.setMaximumWidth(_SEARCH_WIDTH)
        self.import_ = Button(self.tr("Import…"), icon="download")
        self.export = Button(self.tr("Export…"), icon="upload")
        follow = self._context.commands.follow
        follow(self.search, "data.search")
        follow(self.import_, "data.import")
        follow(self.export, "data.export")
        row = QHBoxLayout(self._head)
        row.setContentsMargins(_PAD_X, _PAD_Y + 2, _PAD_X, _PAD_Y + 3)
        row.setSpacing(8)
        row.addWidget(self.switch)
        row.addSpacing(8)
        row.addWidget(self.search, 3)
        row.addStretch(1)
        row.addWidget(self.import_)
        row.addWidget(self.export)
        self._head.theme.changed.connect(self._fit_head)

    def _fit_head(self) -> None:
        """Leave room to search: where it is short, the keys of import and export become tooltips."""
        acts = ((self.import_, "data.import"), (self.export, "data.export"))
        keys = [self._context.commands.key_text(name) for _, name in acts]
        for (button, _), key in zip(acts, keys, strict=True):
            button.set_key(key)
        beside = (self.switch, self.import_, self.export)
        wanted = sum(one.sizeHint().width() for one in beside) + 2 * _PAD_X + 40
        wanted += _SEARCH_LINES * self._head.theme.line()
        is_short = wanted > self.width()
        for (button, _), key in zip(acts, keys, strict=True):
            button.set_key("" if is_short else key)
            button.setToolTip(key if is_short else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _build_empty(self) -> None:
        follow = self._context.commands.follow
        self.no_project = EmptyState(
            self.tr("No project is open"),
            self.tr("Its tasks stand here: search, filter, import and export."),
            icon="table-2",
        )
        opens = self.no_project.add_button(self.tr("Open project…"), "primary")
        makes = self.no_project.add_button(self.tr("New project…"))
        follow(opens, "project.open")
        follow(makes, "project.new")
        opens.clicked.connect(self._open_project)
        makes.clicked.connect(self._new_project)
        self.no_tasks = EmptyState(
            self.tr("No tasks so far"),
            self.tr("Import a file or a folder: each row, text or medium becomes a task."),
            icon="download",
        )
        begin = self.no_tasks.add_button(self.tr("Import…"), "primary")
        follow(begin, "data.import")
        begin.clicked.connect(self._import)
        self.no_match = EmptyState(self.tr("No task matches"), icon="search")
        clear = self.no_match.add_button(self.tr("Show all tasks"), "primary")
        clear.clicked.connect(self.clear_filter)

    def _connect(self) -> None:
        context = self._context
        context.project_changed.connect(self._project_changed)
        context.queues_changed.connect(self._queues_changed)
        context.tasks_changed.connect(self._tasks_changed)
        self.feed.found.connect(self._found)
        self.feed.stopped.connect(self.filters.set_stopped)
        self.feed.refused.connect(self.asking.say_wrong)
        self.asking.wanted.connect(self._show)
        self.asking.left.connect(self._focus_table)
        self.filters.views.clicked.connect(self.choose_view)
        self.filters.columns.clicked.connect(self._choose_columns)
        self.filters.stop_wanted.connect(self.feed.stop)
        self.table.opened.connect(self.open_row)
        self.table.sort_wanted.connect(self.sort_by)
        self.table.scrolled.connect(self._show_range)
        self.model.checks_changed.connect(self._checks_changed)
        self.footer.row_wanted.connect(self.go_to_row)
        self.footer.closed.connect(self._focus_table)
        self.selected.all_wanted.connect(self.select_all)
        self.selected.copy_wanted.connect(self.copy_keys)
        self.selected.hand_out.clicked.connect(self._hand_out)
        self.selected.cleared.connect(self.clear_selection)
        self.import_.clicked.connect(self._import)
        self.export.clicked.connect(self._export)

    # what the window and commands call

    def arrive(self) -> None:
        """The person comes to the page: show what is so now."""
        if self._stale and self._context.session is not None:
            self._stale = False
            self.feed.refresh()
        self._focus_table()

    def focus_search(self) -> None:
        """Let a search be typed."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def choose(self) -> None:
        """Offer the filters there are."""
        if self.filters.isVisibleTo(self) and self.filters.add.isVisibleTo(self):
            self.filters.choose()

    def choose_view(self) -> None:
        """Offer the saved views, and to save this one."""
        session = self._context.session
        if session is None or self.views is not None or not self.filters.isVisibleTo(self):
            return
        asked = (session.uid, self.filter, self.table.hidden)
        popover = ViewsPopover(self.filters.views, self._context.views, *asked)
        self.views = popover
        popover.chosen.connect(self.show_view)
        popover.closed.connect(self._views_closed)

    def _views_closed(self) -> None:
        self.views = None

    def show_view(self, view: SavedView) -> None:
        """Show the tasks and columns of a saved view."""
        self.table.set_hidden(view.hidden)
        self.show_filter(view.asked)

    @property
    def filter(self) -> Filter:
        """Which tasks are shown: the chips and what is typed, as far as it can be understood."""
        return self.feed.filter

    def _in_force(self) -> Filter:
        return self.feed.filter

    def show_filter(self, wanted: Filter) -> None:
        """Show the tasks of this filter: its words in the search, its conditions as chips."""
        self.asking.show_filter(wanted)
        self._show(wanted)
        self._focus_table()

    def selected_tasks(self, receive: Callable[[tuple[TaskRow, ...]], None]) -> None:
        """Read the selected tasks in the order of the table; ``receive`` gets them."""
        listing = self.feed.listing
        if listing is None:
            receive(())
            return
        rows, inverted = self.model.checked_rows
        self._context.run_patient(
            lambda _project: listing.selected(rows, inverted), receive, receiver=self
        )

    def ask_row(self) -> None:
        """Let a row's number be typed."""
        if self.model.rowCount():
            self.footer.ask()

    def go_to_row(self, row: int) -> None:
        """Make a row the current one."""
        self.table.go_to(row)
        self._focus_table()

    def clear_filter(self) -> None:
        """Show all tasks again, sorted as they are."""
        self.show_filter(Filter().sorted_by(self.filter.sort))

    def sort_by(self, sort: Sort | None) -> None:
        """Sort the tasks that are shown; None is the order of the queues."""
        self._show(self.filter.sorted_by(sort))
        self._focus_table()

    def select_all(self) -> None:
        """Select every task that matches."""
        self.model.check_all(True)

    def clear_selection(self) -> None:
        """Select none."""
        self.model.check_all(False)
        self._focus_table()

    def open_row(self, row: int) -> None:
        """Open a task in Work."""
        found = self.model.row(row)
        if found is not None:
            self._context.show_task(found.listed.task.queue, found.listed.task.id)

    def copy_keys(self) -> None:
        """Put the keys of the selected tasks on the clipboard, or that of the current one."""
        if not self.model.checked:
            found = self.model.row(self.table.currentIndex().row())
            if found is not None:
                self._copied((found.listed.task.key,), 1)
            return
        count = self.model.checked
        marks, inverted = self.model.checked_rows
        listing = self.feed.listing
        if listing is not None:
            self._context.run(
                lambda _project: listing.keys(marks, inverted, _MOST_KEYS),
                lambda keys: self._copied(keys, count),
                receiver=self,
            )

    def _copied(self, keys: tuple[str, ...], count: int) -> None:
        QGuiApplication.clipboard().setText("\n".join(keys))
        if len(keys) < count:
            words = self.tr("The first {count} of {total} keys copied")
            text = words.format(count=number(len(keys)), total=number(count))
        else:
            text = self.tr("Keys copied: {count}").format(count=number(len(keys)))
        self._context.toast(text)

    # what happens

    def _project_changed(self) -> None:
        session = self._context.session
        self.feed.forget()
        self.model.forget()
        self.asking.show_filter(Filter())
        self._show_order()
        self._people = ()
        self._stale = True
        opened = session is not None
        for widget in (self.filters, self.footer, self.search, self.import_, self.export):
            widget.setVisible(opened)
        self.export.setEnabled(opened)
        self.import_.setEnabled(session is not None and not session.read_only)
        self.stack.setCurrentWidget(self.table if opened else self.no_project)
        if opened:
            self._queues_changed()
            self._context.run_patient(lambda project: tuple(project.people()), self._people_read)
            if self.isVisible():
                self._stale = False
                self.feed.show(Filter())

    def _queues_changed(self) -> None:
        session = self._context.session
        queues = session.queues if session is not None else ()
        self._queue_count = len(queues)
        self.model.set_queue_titles({queue.name: queue.title for queue in queues})
        self.model.set_gold(session is not None and session.person.sees_gold)
        self.filters.set_fields(fields_of(queues, self._people) if queues else ())
        self._show_queue_column()

    def _people_read(self, people: tuple[Person, ...]) -> None:
        self._people = people
        self._queues_changed()

    def _show_queue_column(self) -> None:
        one_only = self._queue_count < 2 or bool(self.feed.filter.only("queue"))
        self.table.show_queue(not one_only)

    def _tasks_changed(self) -> None:
        if self._context.session is None:
            return
        if self.isVisible():
            self.feed.refresh()
        else:
            self._stale = True

    def _show(self, wanted: Filter) -> None:
        self.feed.show(wanted)
        self._show_order()
        self._show_queue_column()
        self.filter_changed.emit()

    def _show_order(self) -> None:
        sort = self.filter.sort
        self.table.show_sort(sort)
        across = Qt.Orientation.Horizontal
        title = self.model.headerData(column_of(sort), across) if sort is not None else ""
        self.footer.set_order(order_words(sort, str(title)))

    def _choose_columns(self) -> None:
        offer_columns(self.filters.columns, self.table)

    def _found(self, found: Found) -> None:
        filtered = self.feed.filter.is_on
        self.filters.set_found(found, filtered)
        if found.matches or not found.complete:
            self.stack.setCurrentWidget(self.table)
        elif filtered:
            words = self.tr("Looked at {total} tasks.").format(total=number(found.of))
            self.no_match.set_words(self.tr("No task matches"), words)
            self.stack.setCurrentWidget(self.no_match)
        else:
            self.stack.setCurrentWidget(self.no_tasks)
        self._show_range()
        self._checks_changed()

    def _show_range(self) -> None:
        first, last = self.table.visible_rows()
        self.footer.set_range(first, last, self.model.rowCount())

    def _checks_changed(self) -> None:
        self.selected.set_selected(self.model.checked, self.model.rowCount())
        # The last rows stay in reach above the bar.
        self.table.set_room_below(self.selected.height() if self.model.checked else 0)
        self.selection_changed.emit()

    def _focus_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.feed.is_finding:
                self.feed.stop()
                return
            if self.model.checked:
                self.clear_selection()
                return
            if self.feed.filter.is_on:
                self.clear_filter()
                return
        super().keyPressEvent(event)

    # the window's dialogs

    def _import(self) -> None:
        self._context.commands.run("data.import")

    def _export(self) -> None:
        self._context.commands.run("data.export")

    def _hand_out(self) -> None:
        self._context.commands.run("data.hand_out")

    def _open_project(self) -> None:
        self._context.commands.run("project.open")

    def _new_project(self) -> None:
        self._context.commands.run("project.new")
