"""Rows of lists and tables: what a model says about a row, and the delegate that draws it."""

from __future__ import annotations

from enum import IntEnum
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from labeler.kit.paint import (
    BadgeKind,
    badge_size,
    cap_size,
    draw_badge,
    draw_cap,
    draw_check,
    draw_focus_inset,
    draw_icon,
    draw_label_line,
    draw_panel,
    draw_text,
    placed,
    text_width,
)
from labeler.kit.theme import Themed, current_theme

__all__ = ["RowDelegate", "RowList", "RowRole"]

_PAD = 8
_GAP = 8
_BAR = 2
_LINE = 24
_LINE_SHORT = 16

Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """What a model may answer beside Qt's own roles; everything is optional.

    In reading order: KEY (str, key cap), LEADING (str, mono, secondary), SWATCH (label colour: hex
    or place), ICON (str) with ICON_ROLE (token), the text (DisplayRole) in STRONG (bool), MONO
    (bool), ITALIC (bool) or INK (token), SECONDARY (str after it), BADGE ((text, kind, icon) or a
    list of them), TRAILING (str at the end, mono). LOCKED (bool) draws a lock after the text, HIDDEN
    (bool) a crossed eye. CHOSEN (bool) draws the row as the one in hand.
    """

    SWATCH = Qt.ItemDataRole.UserRole + 0x100
    ICON = SWATCH + 1
    ICON_ROLE = SWATCH + 2
    BADGE = SWATCH + 3
    KEY = SWATCH + 4
    TRAILING = SWATCH + 5
    SECONDARY = SWATCH + 6
    STRONG = SWATCH + 7
    MONO = SWATCH + 8
    ITALIC = SWATCH + 9
    INK = SWATCH + 10
    LEADING = SWATCH + 11
    LOCKED = SWATCH + 12
    HIDDEN = SWATCH + 13
    CHOSEN = SWATCH + 14


class RowDelegate(QStyledItemDelegate):
    """Draws a row of a list, or a cell of a table (``cells=True``), from the roles of its index.

    In lists the row has round ends and its own focus ring; in tables the view draws the ring round
    the whole row and tells, through ``hover_row``, which one is under the pointer.
    """

    def __init__(self, parent: QWidget | None = None, *, cells: bool = False) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self._cells = cells
        self.hover_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._theme
        height = theme.height("row" if self._cells else "row_compact")
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        width = 2 * _PAD + text_width(theme, text, self._style(index))
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRect(option.rect)
        state = option.state
        painter.save()
        painter.setLayoutDirection(option.direction)
        self._paint_ground(painter, box, state, index)
        self._paint_content(painter, box, bool(state & QStyle.StateFlag.State_Enabled), index)
        if not self._cells and _focused(state):
            draw_focus_inset(painter, self._theme, box)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, box: QRect, state: QStyle.StateFlag, index: Index
    ) -> None:
        t = self._theme.tokens
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if self._cells:
            hovered = index.row() == self.hover_row
        else:
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        in_hand = not self._cells and bool(index.data(RowRole.CHOSEN))
        fill = t.selection if selected or in_hand else t.hover if hovered else None
        if self._cells:
            if fill is not None:
                painter.fillRect(box, fill)
            if selected and index.column() == 0:
                painter.fillRect(_start_bar(painter, box), t.accent)
            painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), t.grid)
            return
        if fill is None:
            return
        rim = t.border if (selected or in_hand) and t.is_high_contrast else None
        draw_panel(painter, box, fill, rim, t.sizes.radius_control)
        if selected:
            # The bar is straight, so the corners beside it are too.
            bar = _start_bar(painter, box)
            painter.fillRect(bar.adjusted(-4, 0, 4, 0) & box, t.selection)
            painter.fillRect(bar, t.accent)

    def _paint_content(self, painter: QPainter, box: QRect, enabled: bool, index: Index) -> None:
        theme, t = self._theme, self._theme.tokens
        secondary = t.text_2 if enabled else t.text_disabled
        left, right = box.x() + _PAD, box.x() + box.width() - _PAD

        def at(x: int, width: int, height: int | None = None) -> QRect:
            tall = box.height() if height is None else height
            top = box.y() + (box.height() - tall) // 2
            return placed(painter, box, QRect(x, top, width, tall))

        check = index.data(Qt.ItemDataRole.CheckStateRole)
        side = theme.icon_px()
        if check is not None:
            state = Qt.CheckState(check)
            draw_check(painter, theme, at(left, side, side), state, enabled=enabled)
            left += side + _GAP
        key = index.data(RowRole.KEY)
        if key:
            size = cap_size(theme, str(key))
            draw_cap(painter, theme, at(left, size.width(), size.height()), str(key))
            left += size.width() + _GAP
        leading = index.data(RowRole.LEADING)
        if leading:
            width = text_width(theme, str(leading), "mono")
            draw_text(painter, theme, at(left, width), str(leading), secondary, "mono")
            left += width + _GAP
        swatch = index.data(RowRole.SWATCH)
        if swatch is not None:
            width = _LINE_SHORT if self._cells else _LINE
            draw_label_line(painter, at(left, width), t.label_colour(swatch))
            left += width + _GAP
        icon = index.data(RowRole.ICON)
        if icon:
            role = str(index.data(RowRole.ICON_ROLE) or "text_2")
            ink: QColor | str = role if enabled else t.text_disabled
            draw_icon(painter, theme, at(left, side), str(icon), ink)
            left += side + _GAP
        trailing = index.data(RowRole.TRAILING)
        if trailing:
            width = text_width(theme, str(trailing), "mono")
            end = at(right - width, width)
            draw_text(painter, theme, end, str(trailing), secondary, "mono")
            right -= width + _GAP
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        badges = _badges(index)
        if badges and not text:
            self._paint_badges(painter, badges, box, left, right)
            return
        left = self._paint_words(painter, box, left, right, text, enabled, index)
        self._paint_badges(painter, badges, box, left, right)

    def _paint_words(
        self,
        painter: QPainter,
        box: QRect,
        left: int,
        right: int,
        text: str,
        enabled: bool,
        index: Index,
    ) -> int:
        """Text, lock and secondary text; the x where they end, laid out left to right."""
        theme, t = self._theme, self._theme.tokens
        style = self._style(index)
        role = str(index.data(RowRole.INK) or "text")
        ink = t.role(role) if enabled else t.text_disabled
        after = sum(badge_size(theme, b[0], b[2]).width() + _GAP for b in _badges(index))
        room = max(0, right - left - after)
        width = min(room, text_width(theme, text, style) + 1)
        align = _alignment(index)
        # Only a cell that is nothing but text can be aligned to its end.
        span = room if align != Qt.AlignmentFlag.AlignLeft else width
        place = placed(painter, box, QRect(left, box.y(), span, box.height()))
        if index.data(RowRole.ITALIC):
            self._paint_italic(painter, place, text, t.text_2 if enabled else t.text_disabled)
        else:
            draw_text(painter, theme, place, text, ink, style, align)
        left += span + _GAP
        for mark, icon in ((RowRole.LOCKED, "lock"), (RowRole.HIDDEN, "eye-off")):
            if index.data(mark):
                side = theme.icon_px()
                place = placed(painter, box, QRect(left, box.y(), side, box.height()))
                draw_icon(painter, theme, place, icon, t.text_2)
                left += side + _GAP
        secondary = index.data(RowRole.SECONDARY)
        if secondary and right > left:
            words = str(secondary)
            width = min(right - left - after, text_width(theme, words) + 1)
            if width > 0:
                place = placed(painter, box, QRect(left, box.y(), width, box.height()))
                shade = t.text_2 if enabled else t.text_disabled
                draw_text(painter, theme, place, words, shade)
                left += width + _GAP
        return left

    def _paint_italic(self, painter: QPainter, place: QRect, text: str, ink: QColor) -> None:
        font = self._theme.font("ui")
        slanted = type(font)(font)
        slanted.setItalic(True)
        painter.setFont(slanted)
        painter.setPen(ink)
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(place, flags, text)

    def _paint_badges(
        self,
        painter: QPainter,
        badges: list[tuple[str, BadgeKind, str]],
        box: QRect,
        left: int,
        right: int,
    ) -> None:
        theme = self._theme
        for text, kind, icon in badges:
            size = badge_size(theme, text, icon)
            width = min(size.width(), right - left)
            if width < size.height():
                return
            top = box.y() + (box.height() - size.height()) // 2
            place = placed(painter, box, QRect(left, top, width, size.height()))
            draw_badge(painter, theme, place, text, kind, icon)
            left += width + _GAP

    def _style(self, index: Index) -> str:
        if index.data(RowRole.MONO):
            return "mono"
        return "ui_strong" if index.data(RowRole.STRONG) else "ui"


class RowList(Themed, QListView):
    """A list of 28 px rows drawn by ``RowDelegate``; arrow keys walk it, Enter activates."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.init_theme()
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)

    def theme_changed(self) -> None:
        # Uniform sizes are remembered; a larger text needs them measured anew.
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


def _focused(state: QStyle.StateFlag) -> bool:
    both = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
    return (state & both) == both


def _start_bar(painter: QPainter, box: QRect) -> QRect:
    return placed(painter, box, QRect(box.x(), box.y(), _BAR, box.height()))


def _alignment(index: Index) -> Qt.AlignmentFlag:
    value = index.data(Qt.ItemDataRole.TextAlignmentRole)
    if value is None:
        return Qt.AlignmentFlag.AlignLeft
    flags = Qt.AlignmentFlag(int(value))
    for edge in (Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter):
        if flags & edge:
            return edge
    return Qt.AlignmentFlag.AlignLeft


def _badges(index: Index) -> list[tuple[str, BadgeKind, str]]:
    value = index.data(RowRole.BADGE)
    if not value:
        return []
    one = cast("list[tuple[str, BadgeKind, str]]", [value] if isinstance(value, tuple) else value)
    return list(one)
