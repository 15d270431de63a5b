"""The table's model: any number of rows of which it knows only some pages of 200."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from labeler.app.data.cells import Cell, Column, alignment, cells_of
from labeler.app.data.feed import PAGE, Found, Row, RowPage, TaskFeed
from labeler.app.data.sorting import column_of, order_words

__all__ = ["Column", "TaskModel"]

_KEPT_PAGES = 60
_KEPT_CELLS = 2000
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_MOST_WANTED = 3
Index = QModelIndex | QPersistentModelIndex


class TaskModel(QAbstractTableModel):
    """Rows of a TaskFeed, read when the view first asks for them.

    Checked rows are known by their row in the file, so they stay checked while the table is read
    anew; all may be checked at once without knowing them.
    """

    checks_changed = Signal()
    rows_read = Signal()

    def __init__(self, feed: TaskFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self._total = 0
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._cells: dict[int, tuple[Cell, ...]] = {}
        self._stale: set[int] = set()
        self._wanted: list[int] = []
        self._reading: int | None = None
        self._all = False
        self._marked: set[int] = set()
        self._keys_are_numbers = False
        self._queue_titles: dict[str, str] = {}
        self._gold = False
        feed.found.connect(self._found)
        feed.page_read.connect(self._page_read)
        feed.marks_read.connect(self._mark)

    # what the page asks

    def row(self, number: int) -> Row | None:
        """The row with this number, or None while its page is not here."""
        rows = self._pages.get(number - number % PAGE, ())
        place = number % PAGE
        return rows[place] if place < len(rows) else None

    def set_queue_titles(self, titles: Mapping[str, str]) -> None:
        """Say what queues are called, by name."""
        if titles != self._queue_titles:
            self._queue_titles = dict(titles)
            self._cells.clear()

    def set_gold(self, gold: bool) -> None:
        """Say whether the person may be told which tasks have gold."""
        if gold != self._gold:
            self._gold = gold
            self._cells.clear()

    def forget(self) -> None:
        """Show nothing: the project was closed."""
        self.beginResetModel()
        self._clear(0)
        self.endResetModel()

    @property
    def checked(self) -> int:
        """How many rows are checked."""
        return self._total - len(self._marked) if self._all else len(self._marked)

    def is_checked(self, number: int) -> bool:
        """Whether the row with this number is checked."""
        row = self.row(number)
        return row is not None and (row.listed.task.row in self._marked) != self._all

    def set_checked(self, number: int, checked: bool) -> None:
        """Check a row, or uncheck it; a row that is not here yet stays as it is."""
        row = self.row(number)
        if row is None:
            return
        mark = row.listed.task.row
        if checked != self._all:
            self._marked.add(mark)
        else:
            self._marked.discard(mark)
        self._tell_checks(number, number)

    def check_stretch(self, first: int, last: int) -> None:
        """Check the rows from one to another, also those whose pages are not here."""
        self._feed.read_marks(first, last - first + 1)

    def _mark(self, marks: frozenset[int]) -> None:
        self._marked = self._marked - marks if self._all else self._marked | marks
        self._tell_checks(0, self._total - 1)

    def check_all(self, checked: bool) -> None:
        """Check every row there is, or none."""
        self._all = checked
        self._marked.clear()
        self._tell_checks(0, self._total - 1)

    @property
    def checked_rows(self) -> tuple[frozenset[int], bool]:
        """Rows in the file, and whether they are those left out of all."""
        return frozenset(self._marked), self._all

    def _tell_checks(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, Column.CHANGED))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.checks_changed.emit()

    # what the feed brings

    def _found(self, found: Found) -> None:
        if found.fresh and not found.again:
            self.beginResetModel()
            self._clear(found.matches)
            self.endResetModel()
            return
        if found.again:
            # What is on screen stays until its page was read anew.
            self._stale.update(self._pages)
        before = self._total
        if found.matches > before:
            last = before - before % PAGE
            if len(self._pages.get(last, ())) < PAGE:
                self._stale.add(last)
            self.beginInsertRows(QModelIndex(), before, found.matches - 1)
            self._total = found.matches
            self.endInsertRows()
        elif found.matches < before:
            self.beginRemoveRows(QModelIndex(), found.matches, before - 1)
            self._total = found.matches
            self.endRemoveRows()
        if found.again and self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, Column.CHANGED))

    def _clear(self, total: int) -> None:
        self._total = total
        self._pages.clear()
        self._cells.clear()
        self._stale.clear()
        self._wanted.clear()
        self._reading = None
        if self._all or self._marked:
            self._all = False
            self._marked.clear()
            self.checks_changed.emit()

    def _page_read(self, page: RowPage) -> None:
        if self._reading == page.offset:
            self._reading = None
        self._pages[page.offset] = page.rows
        self._pages.move_to_end(page.offset)
        self._stale.discard(page.offset)
        for number in range(page.offset, page.offset + PAGE):
            self._cells.pop(number, None)
        while len(self._pages) > _KEPT_PAGES:
            self._stale.discard(self._pages.popitem(last=False)[0])
        if page.offset == 0 and page.rows:
            self._keys_are_numbers = all(_is_number(row.listed.task.key) for row in page.rows)
            self._cells.clear()
        last = min(page.offset + len(page.rows), self._total) - 1
        if last >= page.offset:
            here, there = self.index(page.offset, 0), self.index(last, Column.CHANGED)
            self.dataChanged.emit(here, there)
        self.rows_read.emit()
        self._read_next()

    def _want(self, page: int) -> None:
        if page == self._reading or (self._wanted and self._wanted[-1] == page):
            return
        if page in self._wanted:
            self._wanted.remove(page)
        # Whoever drags the scroll bar passes pages nobody will look at; only the last count.
        self._wanted = [*self._wanted, page][-_MOST_WANTED:]
        if self._reading is None:
            self._read_next()

    def _read_next(self) -> None:
        if self._reading is None and self._wanted:
            self._reading = self._wanted.pop()
            self._feed.read_page(self._reading)

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if section == Column.CHECK:
            return self._header_check() if role == Qt.ItemDataRole.CheckStateRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(section, numbered=self._keys_are_numbers)
        sort = self._feed.filter.sort
        if role == _SPOKEN and sort is not None and section == column_of(sort):
            return order_words(sort, self._titles()[section])
        return None

    def _header_check(self) -> Qt.CheckState:
        checked = self.checked
        if not checked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if checked == self._total else Qt.CheckState.PartiallyChecked

    def _titles(self) -> tuple[str, ...]:
        return (
            "",
            self.tr("Task"),
            self.tr("Text"),
            self.tr("Queue"),
            self.tr("Status"),
            self.tr("People"),
            self.tr("Last by"),
            self.tr("Changed"),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number, column = index.row(), index.column()
        page = number - number % PAGE
        shown = self._cells.get(number)
        if shown is None or page in self._stale:
            shown = self._show(number, page)
            if shown is None:
                return None
        if column == Column.CHECK:
            if role != _CHECK:
                return None
            on = self.is_checked(number)
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == _SPOKEN and column == Column.TASK and self.is_checked(number):
            return f"{self.tr('Selected')}, {shown[column].get(role)}"
        return shown[column].get(role)

    def _show(self, number: int, page: int) -> tuple[Cell, ...] | None:
        """The cells of a row that is not shown yet, or not as it is now; None while it is read."""
        row = self.row(number)
        if row is None or page in self._stale:
            self._want(page)
        if row is None:
            return None
        shown = self._cells.get(number)
        if shown is None:
            queue = row.listed.task.queue
            title = self._queue_titles.get(queue, queue)
            numbered = self._keys_are_numbers
            shown = cells_of(row, title, numbered=numbered, gold=self._gold)
            if len(self._cells) >= _KEPT_CELLS:
                self._cells.clear()
            self._cells[number] = shown
        return shown


def _is_number(key: str) -> bool:
    return key.replace(",", "").replace(".", "").isdigit()
