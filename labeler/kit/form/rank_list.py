"""The list of a ranking: parts in order with their ranks, tied ones in one frame; keys and drag.

It only says what a person did with a part (moved, joined, split, ranked, dropped); what the order
then is, its owner decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from labeler.kit.focus import keyboard_in_use
from labeler.kit.paint import (
    cap_size,
    draw_cap,
    draw_focus_inset,
    draw_icon,
    draw_panel,
    draw_text,
    placed,
)
from labeler.kit.theme import Theme, Themed

__all__ = ["RankList", "RankRow"]

_GAP = 6
_NUMBER = 28
_PADDING = 8
_TIE_BAND = 0.25
"""The upper and lower quarter of a row mean "between", the middle "tied with"."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RankRow:
    """One part in the list; ``rank`` as people count, None where it has none yet."""

    part: str
    name: str
    letter: str
    rank: int | None
    first: bool
    last: bool
    spoken: str


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[RankRow, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None

    def set_rows(self, rows: tuple[RankRow, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class RankList(Themed, QListView):
    """Parts in order. Up and Down walk, a part's letter goes to it; the signals name part and act."""

    moved = Signal(str, int)
    ranked = Signal(str, int)
    joined = Signal(str)
    dropped_before = Signal(str, str)
    dropped_on = Signal(str, str)
    confirmed = Signal()
    walked = Signal()

    def __init__(self, name: str, *, ties: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ties = ties
        self._read_only = False
        self._model = _Model(self)
        self._press: QPoint | None = None
        self._drag: QPoint | None = None
        self.setAccessibleName(name)
        self.setModel(self._model)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.init_theme()
        self.selectionModel().currentChanged.connect(self._walked)

    @property
    def rows(self) -> tuple[RankRow, ...]:
        """What is shown."""
        return self._model.rows

    @property
    def read_only(self) -> bool:
        """Whether it only shows."""
        return self._read_only

    @property
    def current_part(self) -> str | None:
        """The part the next key acts on."""
        row = self.currentIndex().row()
        return self.rows[row].part if 0 <= row < len(self.rows) else None

    def set_rows(self, rows: Sequence[RankRow]) -> None:
        """Show these; the current part stays current."""
        current = self.current_part
        self._model.set_rows(tuple(rows))
        at = next((n for n, row in enumerate(rows) if row.part == current), 0)
        if rows:
            self.setCurrentIndex(self._model.index(at))
        self._fit()

    def go_to(self, part: str) -> None:
        """Make a part the current one."""
        at = next(n for n, row in enumerate(self.rows) if row.part == part)
        self.setCurrentIndex(self._model.index(at))

    def set_read_only(self, read_only: bool) -> None:
        """Only show the order, or let it be changed again."""
        self._read_only = read_only
        self.viewport().update()

    def row_rect(self, part: str) -> QRect:
        """Where a part's row lies, in the viewport's coordinates."""
        at = next(n for n, row in enumerate(self.rows) if row.part == part)
        return self.visualRect(self._model.index(at))

    def theme_changed(self) -> None:
        self._fit()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._drag is not None and event.key() == Qt.Key.Key_Escape:
            self._end_drag()
            return
        part = self.current_part
        if part is None or self._act(part, event):
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        ):
            super().keyPressEvent(event)
            return
        event.ignore()  # no search by typing: letters are keys

    def _act(self, part: str, event: QKeyEvent) -> bool:
        """What a key does to the current part; False where it does nothing here."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        text = event.text().upper()
        if self._read_only:
            return False
        if step and held == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(part, step)
        elif text == "=" and self._ties:
            self.joined.emit(part)
        elif held:
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit()
        elif text.isdecimal() and text.isascii() and 1 <= int(text) <= len(self.rows):
            self.ranked.emit(part, int(text))
        else:
            named = next((row.part for row in self.rows if text and row.letter == text), None)
            if named is None:
                return False
            self.go_to(named)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self._read_only:
            point = event.position().toPoint()
            self._press = point if self.indexAt(point).isValid() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._press is None:
            super().mouseMoveEvent(event)
            return
        far = (point - self._press).manhattanLength() >= QApplication.startDragDistance()
        if far or self._drag is not None:
            self._drag = point
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        part, dragged = self.current_part, self._drag
        self._end_drag()
        if part is None or dragged is None:
            return
        target, on = self._target(event.position().toPoint())
        if on and target != part:
            self.dropped_on.emit(part, target)
        elif not on:
            self.dropped_before.emit(part, target)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drag is None:
            return
        target, on = self._target(self._drag)
        painter = QPainter(self.viewport())
        t = self.theme.tokens
        if on:
            rect = self.row_rect(target).adjusted(_NUMBER + 2, 2, -2, -2)
            draw_panel(painter, rect, None, t.accent, t.sizes.radius_control, width=2)
        else:
            y = self.row_rect(target).top() - _GAP // 2 if target else self.viewport().height() - 2
            painter.fillRect(QRect(_NUMBER, max(0, y), self.viewport().width(), 2), t.accent)
        painter.end()

    def _target(self, point: QPoint) -> tuple[str, bool]:
        """Where a drop would go: (part, True) tied with it, (part, False) before its group."""
        for number, row in enumerate(self.rows):
            rect = self.row_rect(row.part)
            if point.y() > rect.bottom():
                continue
            share = (point.y() - rect.top()) / max(1, rect.height())
            if self._ties and _TIE_BAND < share < 1 - _TIE_BAND:
                return row.part, True
            after = share >= 0.5
            rest = [one for one in self.rows[number + (1 if after else 0) :] if one.first]
            if not after and not row.first:
                return row.part, True  # inside a tie there is no between
            return (rest[0].part if rest else ""), False
        return "", False

    def _end_drag(self) -> None:
        self._press = self._drag = None
        self.viewport().unsetCursor()
        self.viewport().update()

    def _walked(self) -> None:
        self.viewport().update()
        self.walked.emit()

    def _fit(self) -> None:
        option = QStyleOptionViewItem()
        heights = (
            self._delegate.sizeHint(option, self._model.index(row)).height()
            for row in range(len(self.rows))
        )
        self.setFixedHeight(max(1, sum(heights)))


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: RankList) -> None:
        super().__init__(view)
        self._view = view

    @property
    def _theme(self) -> Theme:
        return self._view.theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._view.rows[index.row()]
        width = max(60, self._view.viewport().width() - self._text_left(row) - _PADDING)
        metrics = QFontMetrics(self._theme.font("ui_strong"))
        flags = int(Qt.TextFlag.TextWordWrap)
        text = metrics.boundingRect(QRect(0, 0, width, 10_000), flags, row.name).height()
        height = self._theme.height("control") + 4 + text - metrics.height()
        return QSize(width, height + (_GAP if row.last else 0))

    def _text_left(self, row: RankRow) -> int:
        icon = self._theme.tokens.sizes.icon
        return _NUMBER + 2 * _PADDING + icon + cap_size(self._theme, row.letter).width() + _PADDING

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, theme = self._view, self._theme
        t = theme.tokens
        rows = view.rows
        row = rows[index.row()]
        whole: QRect = option.rect
        place = whole.adjusted(0, 0, 0, -_GAP if row.last else 0)
        painter.save()
        painter.setLayoutDirection(view.layoutDirection())
        current = index.row() == view.currentIndex().row()
        group = [one for one in rows if one.rank is not None and one.rank == row.rank] or [row]
        chosen = view.hasFocus() and view.current_part in [one.part for one in group]
        frame = QRect(place.x() + _NUMBER, place.y(), place.width() - _NUMBER, place.height())
        if not row.first:
            frame.setTop(frame.top() - 40)
        if not row.last:
            frame.setBottom(frame.bottom() + 40)
        painter.setClipRect(place)
        fill = t.sunken if view.read_only else t.surface
        rim = t.accent if chosen else t.border if view.read_only else t.border_strong
        at = placed(painter, whole, frame)
        draw_panel(painter, at, fill, rim, t.sizes.radius_control)
        if not row.first:
            line = placed(painter, whole, QRect(frame.x() + 1, place.y(), frame.width() - 2, 1))
            painter.fillRect(line, t.border)
        self._paint_row(painter, row, whole, place)
        if current and view.hasFocus() and keyboard_in_use(view):
            inner = QRect(frame.x(), place.y(), frame.width(), place.height())
            draw_focus_inset(painter, theme, placed(painter, whole, inner))
        painter.restore()

    def _paint_row(self, painter: QPainter, row: RankRow, whole: QRect, place: QRect) -> None:
        theme, t = self._theme, self._theme.tokens
        if row.first or row.rank is None:
            number = QRect(place.x(), place.y(), _NUMBER - 4, place.height())
            text = "\u2013" if row.rank is None else str(row.rank)
            ink = t.text_2 if row.rank is None else t.text
            at = placed(painter, whole, number)
            draw_text(painter, theme, at, text, ink, "label", Qt.AlignmentFlag.AlignHCenter)
        x = place.x() + _NUMBER + _PADDING - 2
        if not self._view.read_only:
            grip = QRect(x, place.y(), t.sizes.icon, place.height())
            draw_icon(painter, theme, placed(painter, whole, grip), "grip-vertical", t.text_2)
        x += t.sizes.icon + _PADDING
        size = cap_size(theme, row.letter)
        top = place.y() + (place.height() - size.height()) // 2
        cap = QRect(x, top, size.width(), size.height())
        draw_cap(painter, theme, placed(painter, whole, cap), row.letter)
        x += size.width() + _PADDING
        text_at = QRect(x, place.y(), place.right() - x - _PADDING + 1, place.height())
        draw_text(painter, theme, placed(painter, whole, text_at), row.name, t.text, wrap=True)
