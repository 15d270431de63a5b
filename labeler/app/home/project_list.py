"""Recent projects as rows: what, where, how far, when; one that is gone says so and can be found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from labeler.app.data.direction import path_text
from labeler.app.data.when import day_words
from labeler.app.home.notes import Note
from labeler.app.words import number, of_total
from labeler.kit import RowList, Theme, current_theme
from labeler.kit.paint import (
    BadgeKind,
    badge_size,
    draw_badge,
    draw_focus_inset,
    draw_icon,
    draw_panel,
    draw_text,
    placed,
    text_width,
)
from labeler.kit.plain import plain_tip

__all__ = ["ProjectList", "RecentProject"]

_PAD, _GAP = 12, 12
_ROW_PAD = 8
_BAR, _BAR_HEIGHT = 96, 6
_COUNT, _QUEUES, _DATE = 132, 120, 84
_LEAST_NAME = 180
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RecentProject:
    """One row. ``there`` is whether the file was found, ``opened`` in seconds since the epoch."""

    path: str
    title: str
    opened: float
    there: bool = True
    note: Note | None = None


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.projects: tuple[RecentProject, ...] = ()

    def show(self, projects: Sequence[RecentProject]) -> None:
        self.beginResetModel()
        self.projects = tuple(projects)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.projects)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.projects):
            return None
        row = self.projects[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.path)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def _spoken(self, row: RecentProject) -> str:
        words = [row.title, row.path]
        if not row.there:
            words.append(self.tr("not found"))
        elif row.note is not None:
            words.append(of_total(row.note.done, row.note.tasks))
        return ", ".join(words)


class _Delegate(QStyledItemDelegate):
    """Draws a row of two lines; what has no room is left out from the middle."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme = current_theme()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._theme
        height = theme.line("ui_strong") + theme.line("ui") + 2 * _ROW_PAD
        return QSize(_LEAST_NAME, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, RecentProject):
            return
        box = QRect(option.rect)
        state = option.state
        painter.save()
        painter.setLayoutDirection(option.direction)
        t = self._theme.tokens
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, t.hover)
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), t.border)
        right = self._paint_end(painter, box, row)
        self._paint_name(painter, box, right, row)
        both = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
        if (state & both) == both:
            draw_focus_inset(painter, self._theme, box)
        painter.restore()

    def _paint_end(self, painter: QPainter, box: QRect, row: RecentProject) -> int:
        """Date, figures and queues from the end on; the x they leave for the name."""
        theme, t = self._theme, self._theme.tokens
        scale = theme.text_scale
        right = box.right() - _PAD
        ends = Qt.AlignmentFlag.AlignRight

        def at(x: int, width: int, height: int | None = None) -> QRect:
            tall = box.height() if height is None else height
            return placed(painter, box, QRect(x, box.y() + (box.height() - tall) // 2, width, tall))

        width = round(_DATE * scale)
        date = day_words(row.opened)
        draw_text(painter, theme, at(right - width, width), date, t.text_2, align=ends)
        right -= width + _GAP
        if not row.there:
            words = self.tr("Find file…")
            width = text_width(theme, words, "ui_strong") + 1
            draw_text(painter, theme, at(right - width, width), words, t.text, "ui_strong")
            return right - width - _GAP
        note = row.note
        if note is None:
            return right
        least = box.x() + round(_LEAST_NAME * scale)
        width = round(_COUNT * scale)
        if right - width - _BAR - _GAP < least:
            return right
        words = of_total(note.done, note.tasks)
        draw_text(painter, theme, at(right - width, width), words, t.text_2)
        right -= width + _GAP
        self._paint_bar(painter, at(right - _BAR, _BAR, _BAR_HEIGHT), note)
        right -= _BAR + 2 * _GAP
        width = round(_QUEUES * scale)
        if right - width < least:
            return right
        if note.queues == 1:
            words = self.tr("1 queue")
        else:
            words = self.tr("{count} queues").format(count=number(note.queues))
        draw_text(painter, theme, at(right - width, width), words, t.text_2)
        return right - width - _GAP

    def _paint_bar(self, painter: QPainter, bar: QRect, note: Note) -> None:
        t = self._theme.tokens
        rim = t.border if t.is_high_contrast else None
        draw_panel(painter, bar, t.pressed, rim, _BAR_HEIGHT / 2)
        if not note.done or not note.tasks:
            return
        width = max(_BAR_HEIGHT // 2, bar.width() * note.done // note.tasks)
        done = placed(painter, bar, QRect(bar.x(), bar.y(), width, bar.height()))
        draw_panel(painter, done, t.accent, None, _BAR_HEIGHT / 2)

    def _paint_name(self, painter: QPainter, box: QRect, right: int, row: RecentProject) -> None:
        theme, t = self._theme, self._theme.tokens
        side = theme.icon_px(20)
        x = box.x() + _PAD
        place = placed(painter, box, QRect(x, box.y(), side, box.height()))
        draw_icon(painter, theme, place, "file" if row.there else "file-x", "text_2", side)
        x += side + _GAP
        top = box.y() + _ROW_PAD
        height = theme.line("ui_strong")
        badges = self._badges(row)
        room = max(0, right - x)
        taken = sum(badge_size(theme, words, icon).width() + 8 for words, _, icon in badges)
        width = min(text_width(theme, row.title, "ui_strong") + 1, max(48, room - taken))
        place = placed(painter, box, QRect(x, top, min(width, room), height))
        draw_text(painter, theme, place, row.title, t.text, "ui_strong")
        left = x + width + 8
        for words, kind, icon in badges:
            size = badge_size(theme, words, icon)
            if left + size.width() > right:
                break
            at = QRect(left, top + (height - size.height()) // 2, size.width(), size.height())
            draw_badge(painter, theme, placed(painter, box, at), words, kind, icon)
            left += size.width() + 8
        below = QRect(x, top + height, room, theme.line("ui"))
        words = path_text(row.path)
        if not row.there:
            words = self.tr("{path}, not found").format(path=words)
        draw_text(
            painter,
            theme,
            placed(painter, box, below),
            words,
            t.text_2,
            elide=Qt.TextElideMode.ElideMiddle,
        )

    def _badges(self, row: RecentProject) -> list[tuple[str, BadgeKind, str]]:
        note = row.note
        if note is None or not row.there:
            return []
        if note.conflicts:
            if note.conflicts == 1:
                words = self.tr("1 conflict")
            else:
                words = self.tr("{count} conflicts").format(count=number(note.conflicts))
            return [(words, "warn", "git-compare")]
        if note.tasks and note.done == note.tasks:
            return [(self.tr("Done"), "ok", "check")]
        return []


class ProjectList(RowList):
    """As high as its rows; Enter or a click opens one (``opened``) or finds it (``find_wanted``)."""

    opened = Signal(str)
    find_wanted = Signal(str)
    forgotten = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.activated.connect(self._act)
        self.theme_changed()

    @property
    def projects(self) -> tuple[RecentProject, ...]:
        """The rows shown."""
        return self._rows.projects

    def show_projects(self, projects: Sequence[RecentProject]) -> None:
        """Show these rows; the current one stays the current one."""
        before = self.currentIndex().row()
        self._rows.show(projects)
        self._fit()
        if projects:
            place = min(max(0, before), len(projects) - 1)
            self.setCurrentIndex(self._rows.index(place, 0))

    def theme_changed(self) -> None:
        super().theme_changed()
        if self.model() is not None:
            self._fit()

    def _fit(self) -> None:
        hint = self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex())
        self.setFixedHeight(hint.height() * len(self._rows.projects))

    def _act(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, RecentProject):
            if row.there:
                self.opened.emit(row.path)
            else:
                self.find_wanted.emit(row.path)

    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        super().mouseReleaseEvent(e)
        index = self.indexAt(e.position().toPoint())
        # One click is enough, wherever the desktop would ask for two.
        style = self.style().styleHint(QStyle.StyleHint.SH_ItemView_ActivateItemOnSingleClick)
        if e.button() == Qt.MouseButton.LeftButton and index.isValid() and not style:
            self._act(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        if event.key() == Qt.Key.Key_Delete and isinstance(row, RecentProject):
            self.forgotten.emit(row.path)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, RecentProject):
            at = self.visualRect(index).center() if keyboard else event.pos()
            self._offer(row, self.viewport().mapToGlobal(at))

    def _offer(self, row: RecentProject, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if row.there:
            act = menu.addAction(self.tr("Open"))
            act.triggered.connect(_tells(self.opened, row.path))
        else:
            act = menu.addAction(self.tr("Find file…"))
            act.triggered.connect(_tells(self.find_wanted, row.path))
        drop = menu.addAction(self.tr("Take off this list") + "\t" + self.tr("Del"))
        drop.triggered.connect(_tells(self.forgotten, row.path))
        menu.popup(at)


def _tells(signal: SignalInstance, path: str) -> Callable[[], None]:
    def told() -> None:
        signal.emit(path)

    return told
