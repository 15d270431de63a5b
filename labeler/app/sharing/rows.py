"""A table of rows that are told once: cells by role, columns as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QWidget

from labeler.kit import Header, RowDelegate, RowRole, Table
from labeler.kit.paint import badge_size, placed, text_width

__all__ = ["Cell", "Column", "RowModel", "RowTable", "cell"]

_PAD = 8
_MEASURED = 200
"""Rows that are measured for the widths of columns."""
_LEAST = 96
Index = QModelIndex | QPersistentModelIndex
Cell = Mapping[int, Any]
"""What a cell answers, by role."""


class Column(NamedTuple):
    """A column: its title, whether its figures stand at the end, whether it takes the room left."""

    title: str
    at_end: bool = False
    takes_rest: bool = False


def cell(
    text: str = "",
    *,
    ink: str = "",
    mono: bool = False,
    badge: tuple[str, str, str] | None = None,
    icon: tuple[str, str] | None = None,
    tip: str = "",
) -> Cell:
    """A cell: text in a token's colour (``ink``) or mono, a badge (word, kind, icon), an icon (its name,
    a token)."""
    told: dict[int, Any] = {int(Qt.ItemDataRole.DisplayRole): text}
    if ink:
        told[int(RowRole.INK)] = ink
    if mono:
        told[int(RowRole.MONO)] = True
    if badge is not None:
        told[int(RowRole.BADGE)] = [badge]
    if icon is not None:
        told[int(RowRole.ICON)], told[int(RowRole.ICON_ROLE)] = icon
    if tip:
        told[int(Qt.ItemDataRole.ToolTipRole)] = tip
    return told


class RowModel(QAbstractTableModel):
    """Rows of cells under some columns.

    ``more`` is called while the view would like further rows (``set_more``): who has them calls
    ``add``.
    """

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Sequence[Cell]] = []
        self._more: Callable[[], None] | None = None

    def show(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows in place of all others."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these behind the others."""
        if rows:
            at = len(self._rows)
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def set_more(self, more: Callable[[], None] | None) -> None:
        """Say how further rows are asked for, None where all are here."""
        self._more = more

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more is not None

    def fetchMore(self, parent: Index) -> None:
        more, self._more = self._more, None
        if more is not None:
            more()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cells = self._rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return ", ".join(words for words in map(_words, cells) if words)
        return cells[index.column()].get(role)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        at_end = self.columns[column].at_end
        return Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft


def _words(one: Cell) -> str:
    """What a cell says to somebody who does not see it: its text, or its badge."""
    text = str(one.get(int(Qt.ItemDataRole.DisplayRole)) or "")
    badges = one.get(int(RowRole.BADGE)) or []
    return ", ".join([text, *(badge[0] for badge in badges)] if text else [b[0] for b in badges])


class _Indented(RowDelegate):
    """The first and the last column stand as far in as everything else on a page."""

    def _paint_content(self, painter: QPainter, box: QRect, enabled: bool, index: Index) -> None:
        inner = _inner(painter, box, index.column(), index.model().columnCount())
        super()._paint_content(painter, inner, enabled, index)


class _IndentedHeader(Header):
    """And so do their titles."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex in (0, self.count() - 1):
            painter.save()
            painter.setLayoutDirection(self.layoutDirection())
            painter.fillRect(rect, self.theme.tokens.surface)
            painter.fillRect(
                QRect(rect.x(), rect.bottom(), rect.width(), 1), self.theme.tokens.border
            )
            inner = _inner(painter, rect, logicalIndex, self.count())
            super().paintSection(painter, inner, logicalIndex)
            painter.restore()
        else:
            super().paintSection(painter, rect, logicalIndex)


def _inner(painter: QPainter, box: QRect, column: int, columns: int) -> QRect:
    before = _PAD if column == 0 else 0
    after = _PAD if column == columns - 1 else 0
    place = QRect(box.x() + before, box.y(), box.width() - before - after, box.height())
    return placed(painter, box, place)


class RowTable(Table):
    """Rows of a RowModel, one of them current; ``opened`` carries the row Enter or a double click
    means, ``chosen`` the one that became current (-1 for none)."""

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(self, model: RowModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._told = model
        self._rows = _Indented(self, cells=True)
        self.setItemDelegate(self._rows)
        self.header = _IndentedHeader(self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header.setStretchLastSection(False)
        self.header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.header.setSectionsClickable(False)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._become)
        model.modelReset.connect(self._reset)
        model.rowsInserted.connect(self.fit)

    @property
    def row(self) -> int:
        """The current row, -1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        if 0 <= row < self._told.rowCount():
            # selectRow looks for a column at the edge of the window, where mirrored there is none.
            self.setCurrentIndex(self._told.index(row, 0))
            self.scrollTo(self._told.index(row, 0))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _become(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(now.row())

    def _reset(self) -> None:
        self.fit()
        self.choose(0)
        if not self._told.rowCount():
            self.chosen.emit(-1)

    def fit(self) -> None:
        """Give every column what its rows need and one the rest."""
        widths = [self._width(column) for column in range(len(self._told.columns))]
        rest = next((n for n, one in enumerate(self._told.columns) if one.takes_rest), None)
        if rest is not None:
            taken = sum(width for n, width in enumerate(widths) if n != rest)
            widths[rest] = max(_LEAST, self.viewport().width() - taken)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def _width(self, column: int) -> int:
        title = self._told.columns[column].title
        width = text_width(self.theme, title, "ui_strong") + 4
        option = QStyleOptionViewItem()
        for row in range(min(_MEASURED, self._told.rowCount())):
            index = self._told.index(row, column)
            wanted = self._rows.sizeHint(option, index).width() - 2 * _PAD
            for badge in index.data(RowRole.BADGE) or ():
                wanted += badge_size(self.theme, badge[0], badge[2]).width() + _PAD
            if index.data(RowRole.ICON):
                wanted += self.theme.icon_px() + _PAD
            width = max(width, wanted)
        return width + 2 * _PAD + 4 + (_PAD if column in (0, len(self._told.columns) - 1) else 0)

    def theme_changed(self) -> None:
        super().theme_changed()
        if self.model() is not None:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.model() is not None:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        last = self._told.rowCount() - 1
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain and self.row >= 0:
                self.opened.emit(self.row)
            case Qt.Key.Key_Home if last >= 0:
                self.choose(0)
            case Qt.Key.Key_End if last >= 0:
                self.choose(last)
            case _:
                super().keyPressEvent(event)
                return
        event.accept()
