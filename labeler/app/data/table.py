"""The table of tasks: columns that fit the window, the keys that walk it, rows that are checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from labeler.app.data.model import Column, TaskModel
from labeler.app.data.sorting import column_of, pressed
from labeler.app.data.states import state_look
from labeler.app.words import status_word
from labeler.kit import Header, RowDelegate, Table
from labeler.kit.focus import keyboard_in_use
from labeler.kit.paint import badge_size, draw_panel, placed, text_width
from labeler.model.finding import Sort
from labeler.store.rows import STATUSES

__all__ = ["TaskTable"]

_PAD = 8
_CHECK = 28
_KEY_MIN, _KEY_MAX = 72, 220
_TEXT_MIN = 280
_ARROW = 18
Index = QModelIndex | QPersistentModelIndex

_LEAVES_FIRST = (Column.LAST_BY, Column.CHANGED, Column.PEOPLE, Column.QUEUE)
"""What goes when the window is too narrow for the text, the first first."""


class _TaskDelegate(RowDelegate):
    """A checked row is drawn as a selected one."""

    def __init__(self, model: TaskModel, parent: QWidget) -> None:
        super().__init__(parent, cells=True)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = QStyleOptionViewItem(option)
        shown.state &= ~QStyle.StateFlag.State_Selected
        if self._model.is_checked(index.row()):
            shown.state |= QStyle.StateFlag.State_Selected
        super().paint(painter, shown, index)

    def _paint_content(self, painter: QPainter, box: QRect, enabled: bool, index: Index) -> None:
        if index.column() == Column.CHECK:
            box = _indented(painter, box)
        super()._paint_content(painter, box, enabled, index)


class _TaskHeader(Header):
    """The check box of the header stands above those of the rows."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex != Column.CHECK:
            super().paintSection(painter, rect, logicalIndex)
            return
        tokens = self.theme.tokens
        painter.save()
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(rect, tokens.surface)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tokens.border)
        super().paintSection(painter, _indented(painter, rect), logicalIndex)
        painter.restore()


def _indented(painter: QPainter, box: QRect) -> QRect:
    """The place of a check box: as far in as the page's own padding."""
    return placed(painter, box, QRect(box.x() + _PAD, box.y(), box.width() - _PAD, box.height()))


class TaskTable(Table):
    """Rows of a TaskModel. ``opened`` carries the row Enter or a double click means."""

    opened = Signal(int)
    sort_wanted = Signal(object)
    """A Sort, or None for the order of the queues."""
    scrolled = Signal()
    _room_below: int = 0

    def __init__(self, model: TaskModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._tasks = model
        self._queue_wanted = True
        self._hidden: tuple[str, ...] = ()
        self._sort: Sort | None = None
        self._widest: dict[Column, int] = {}
        self._anchor = 0
        self._rows = _TaskDelegate(model, self)
        self.setItemDelegate(self._rows)
        self.setHorizontalHeader(_TaskHeader(self))
        self.setModel(model)
        # Checks are the selection; Qt's own would follow every arrow key.
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Every pixel is painted here, so scrolling moves what is there and paints only new rows.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(_CHECK)
        header.setSectionsMovable(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.sectionClicked.connect(self._header_pressed)
        if isinstance(header, Header):
            header.check_clicked.connect(self._check_header)
        self.doubleClicked.connect(self._open_index)
        self.verticalScrollBar().valueChanged.connect(self.scrolled)
        model.modelReset.connect(self._reset)
        model.rows_read.connect(self.fit)

    def show_queue(self, wanted: bool) -> None:
        """Show the queue's column or not: in one queue it would say the same in each row."""
        self._queue_wanted = wanted
        self.fit()

    @property
    def hidden(self) -> tuple[str, ...]:
        """Columns the person left out, by name."""
        return self._hidden

    def set_hidden(self, names: Sequence[str]) -> None:
        """Leave these columns out (``people``, ``last_by`` …); a name nobody knows counts for nothing."""
        self._hidden = tuple(names)
        self.fit()

    @property
    def sort(self) -> Sort | None:
        """By what the rows are sorted; None is the order of the queues."""
        return self._sort

    def show_sort(self, sort: Sort | None) -> None:
        """Say in the header by what the rows are sorted."""
        self._sort = sort
        header = self.horizontalHeader()
        header.setSortIndicatorShown(sort is not None)
        if sort is not None:
            falls = sort.descending
            way = Qt.SortOrder.DescendingOrder if falls else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(column_of(sort), way)
        header.viewport().update()

    def _header_pressed(self, column: int) -> None:
        wanted = pressed(column, self._sort)
        # Qt has turned its arrow already; it is the order in force that says how it stands.
        self.show_sort(self._sort)
        if wanted != self._sort:
            self.sort_wanted.emit(wanted)

    def visible_rows(self) -> tuple[int, int]:
        """Numbers of the first and the last row seen; (0, -1) where there is none."""
        count = self._tasks.rowCount()
        if not count:
            return 0, -1
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 2)
        return max(0, first), count - 1 if last < 0 else last

    def set_room_below(self, height: int) -> None:
        """Let the table scroll this much further, for a bar that lies over its last rows."""
        if height != self._room_below:
            self._room_below = height
            self.updateGeometries()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._room_below:
            bar = self.verticalScrollBar()
            length = self.verticalHeader().length() + self._room_below
            bar.setMaximum(max(0, length - self.viewport().height()))

    def go_to(self, number: int) -> None:
        """Make a row the current one, in the middle of the table."""
        index = self._tasks.index(number, Column.TASK)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    # columns

    def fit(self) -> None:
        """Give every column what it needs and the text the rest; what has no room is left out."""
        widths = self._wanted_widths()
        room = self.viewport().width()
        shown = {column for column in Column if column.name.lower() not in self._hidden}
        if not self._queue_wanted:
            shown.discard(Column.QUEUE)
        for column in _LEAVES_FIRST:
            if sum(widths[one] for one in shown) + _TEXT_MIN <= room:
                break
            shown.discard(column)
        taken = sum(widths[one] for one in shown)
        widths[Column.TEXT] = max(_TEXT_MIN // 2, room - taken)
        for column in Column:
            self.setColumnHidden(column, column not in shown)
            if column in shown:
                self.setColumnWidth(column, widths[column])

    def _wanted_widths(self) -> dict[Column, int]:
        first, last = self.visible_rows()
        widths: dict[Column, int] = {}
        for column in Column:
            if column == Column.CHECK:
                widths[column] = _CHECK + self.theme.icon_px()
                continue
            if column == Column.TEXT:
                widths[column] = 0
                continue
            title = self._tasks.headerData(column, Qt.Orientation.Horizontal)
            width = text_width(self.theme, str(title), "ui_strong") + _ARROW
            for number in range(first, last + 1):
                hint = self._rows.sizeHint(
                    QStyleOptionViewItem(), self._tasks.index(number, column)
                )
                width = max(width, hint.width())
            widths[column] = width + 2 * _PAD
        widths[Column.TASK] = min(_KEY_MAX, max(_KEY_MIN, widths[Column.TASK]))
        widths[Column.STATUS] = max(widths[Column.STATUS], self._status_width())
        # A column never gets narrower while one scrolls: that would be the table dancing.
        for column in Column:
            if column != Column.TEXT:
                widths[column] = max(widths[column], self._widest.get(column, 0))
                self._widest[column] = widths[column]
        return widths

    def _status_width(self) -> int:
        sizes = [
            badge_size(self.theme, status_word(one), state_look(one).icon).width()
            for one in STATUSES
        ]
        return max(sizes) + 2 * _PAD

    def _reset(self) -> None:
        self._widest = {}
        self.fit()
        if self._tasks.rowCount():
            self.setCurrentIndex(self._tasks.index(0, Column.TASK))

    def theme_changed(self) -> None:
        super().theme_changed()
        if self.model() is not None:
            self._widest = {}
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.model() is not None:
            self.fit()
            self.scrolled.emit()

    # keys and clicks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = self.currentIndex().row()
        last = self._tasks.rowCount() - 1
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain and number >= 0:
                self.opened.emit(number)
            case Qt.Key.Key_Space if plain and number >= 0:
                self._tasks.set_checked(number, not self._tasks.is_checked(number))
            case Qt.Key.Key_Home if last >= 0:
                self._current(0)
            case Qt.Key.Key_End if last >= 0:
                self._current(last)
            case _:
                super().keyPressEvent(event)
                return
        event.accept()

    def _current(self, number: int) -> None:
        index = self._tasks.index(number, Column.TASK)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        number = index.row()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ShiftModifier:
            self._check_up_to(number)
        elif index.column() == Column.CHECK or held & Qt.KeyboardModifier.ControlModifier:
            self._tasks.set_checked(number, not self._tasks.is_checked(number))
            self._anchor = number

    def _check_up_to(self, number: int) -> None:
        low, high = sorted((min(self._anchor, self._tasks.rowCount() - 1), number))
        self._tasks.check_stretch(low, high)

    def _check_header(self, _column: int) -> None:
        self._tasks.check_all(self._tasks.checked < self._tasks.rowCount())

    def _open_index(self, index: QModelIndex) -> None:
        if index.column() != Column.CHECK:
            self.opened.emit(index.row())

    def paintEvent(self, e: QPaintEvent) -> None:
        ground = QPainter(self.viewport())
        ground.fillRect(e.rect(), self.theme.tokens.surface)
        ground.end()
        super().paintEvent(e)
        index = self.currentIndex()
        if index.isValid() and not (self.hasFocus() and keyboard_in_use(self)):
            # After a click no ring is shown, but Enter still means this row.
            painter = QPainter(self.viewport())
            sizes = self.theme.tokens.sizes
            rect: QRect = self._row_rect(index.row())
            rim = self.theme.tokens.border_strong
            draw_panel(painter, rect, None, rim, sizes.radius_control)
            painter.end()
