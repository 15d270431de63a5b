"""A table of any number of rows: quiet header, lines below rows only, whole rows hovered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from labeler.kit.controls.rows import RowDelegate
from labeler.kit.focus import keyboard_in_use
from labeler.kit.paint import draw_check, draw_focus_inset, draw_icon, draw_text, placed, text_width
from labeler.kit.theme import Themed

__all__ = ["Header", "Table"]

_PAD = 8
_GAP = 4
_ARROW = 14


class Header(Themed, QHeaderView):
    """A 32 px header: the sorted column in text with an arrow, a check box where the model has one.

    The model answers DisplayRole, TextAlignmentRole and, for a column of checks, CheckStateRole;
    ``check_clicked`` carries the column whose check box was clicked.
    """

    check_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.init_theme()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.height("row"))

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        text = self._text(logicalIndex)
        width = (
            text_width(self.theme, text, "ui_strong") + 2 * _PAD + _GAP + self.theme.icon_px(_ARROW)
        )
        return QSize(width, self.theme.height("row"))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, t = self.theme, self.theme.tokens
        painter.save()
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(rect, t.surface)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), t.border)
        check = self._data(logicalIndex, Qt.ItemDataRole.CheckStateRole)
        side = theme.icon_px()
        if check is not None:
            box = QRect(rect.x() + _PAD, rect.y() + (rect.height() - side) // 2, side, side)
            state = Qt.CheckState(check)
            draw_check(painter, theme, placed(painter, rect, box), state)
            painter.restore()
            return
        sorted_ = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        ink = t.text if sorted_ else t.text_2
        style = "ui_strong" if sorted_ else "ui"
        side = theme.icon_px(_ARROW)
        arrow = side + _GAP if sorted_ else 0
        text = self._text(logicalIndex)
        room = rect.width() - 2 * _PAD - arrow
        width = min(room, text_width(theme, text, style) + 1)
        ends = self._at_end(logicalIndex)
        left = rect.x() + _PAD + (room - width if ends else 0)
        place = QRect(left, rect.y(), width, rect.height())
        draw_text(painter, theme, placed(painter, rect, place), text, ink, style)
        if sorted_:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            place = QRect(left + width + _GAP, rect.y(), side, rect.height())
            icon = "arrow-down" if down else "arrow-up"
            draw_icon(painter, theme, placed(painter, rect, place), icon, ink, side)
        painter.restore()

    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        column = self.logicalIndexAt(e.position().toPoint())
        is_check = column >= 0 and self._data(column, Qt.ItemDataRole.CheckStateRole) is not None
        if is_check and e.button() == Qt.MouseButton.LeftButton:
            self.check_clicked.emit(column)
        super().mouseReleaseEvent(e)

    def _data(self, column: int, role: Qt.ItemDataRole) -> Any:
        model: QAbstractItemModel | None = self.model()
        if model is None:
            return None
        return model.headerData(column, Qt.Orientation.Horizontal, role)

    def _text(self, column: int) -> str:
        return str(self._data(column, Qt.ItemDataRole.DisplayRole) or "")

    def _at_end(self, column: int) -> bool:
        align = self._data(column, Qt.ItemDataRole.TextAlignmentRole)
        if align is None:
            return False
        return bool(Qt.AlignmentFlag(int(align)) & Qt.AlignmentFlag.AlignRight)


class Table(Themed, QTableView):
    """Whole rows are selected, hovered and ringed; Enter and double click activate a row.

    Give it a model that answers ``RowRole``; sorting is the model's (``setSortingEnabled``).
    """

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.init_theme()
        self._rows = RowDelegate(self, cells=True)
        self.setItemDelegate(self._rows)
        self.header = Header(self)
        self.setHorizontalHeader(self.header)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.theme_changed()

    def theme_changed(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(self.theme.height("row"))
        rows.setDefaultSectionSize(self.theme.height("row"))
        self.updateGeometries()
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Wheel):
            self._hover(-1)
        return super().viewportEvent(event)

    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        index = self.currentIndex()
        if index.isValid() and self.hasFocus() and keyboard_in_use(self):
            painter = QPainter(self.viewport())
            draw_focus_inset(painter, self.theme, self._row_rect(index.row()))
            painter.end()

    def _row_rect(self, row: int) -> QRect:
        top = self.rowViewportPosition(row)
        width = min(self.viewport().width(), self.horizontalHeader().length())
        rect = QRect(QPoint(0, top), QSize(width, self.rowHeight(row) - 1))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveRight(self.viewport().width() - 1)
        return rect

    def _hover(self, row: int) -> None:
        was = self._rows.hover_row
        if row == was:
            return
        self._rows.hover_row = row
        for changed in (was, row):
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                height = self.rowHeight(changed)
                self.viewport().update(0, top, self.viewport().width(), height)
