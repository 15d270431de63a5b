"""The list of conflicts as it is drawn: three lines a row, and the last merge in words below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from labeler.app.data.when import moment_words
from labeler.app.review.listing import Brief, ConflictModel, ConflictRole
from labeler.app.words import number
from labeler.kit import Plain, RowList, Text, current_theme
from labeler.kit.controls.text import IconMark
from labeler.kit.paint import (
    badge_size,
    draw_badge,
    draw_focus_inset,
    draw_icon,
    draw_text,
    placed,
)
from labeler.store.merge_log import MergeRow

__all__ = ["ConflictList", "ListPane"]

_PAD, _GAP, _BAR = 12, 10, 2
Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._theme
        lines = theme.line("ui_strong") + theme.line("mono") + theme.line("ui")
        return QSize(120, lines + 2 * _PAD - 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        brief = index.data(ConflictRole.BRIEF)
        if not isinstance(brief, Brief):
            return
        theme, t = self._theme, self._theme.tokens
        box, state = QRect(option.rect), option.state
        painter.save()
        painter.setLayoutDirection(option.direction)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, t.selection)
            bar = QRect(box.x(), box.y(), _BAR, box.height())
            painter.fillRect(placed(painter, box, bar), t.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, t.hover)
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), t.border)
        side = theme.icon_px()
        top = box.y() + _PAD - 3
        line = theme.line("ui_strong")
        icon = QRect(box.x() + _PAD, top + (line - side) // 2, side, side)
        draw_icon(painter, theme, placed(painter, box, icon), brief.icon, "text_2", side)
        left, right = box.x() + _PAD + side + _GAP, box.right() - _PAD
        end = right
        if index.data(ConflictRole.DECIDED):
            words = self.tr("Decided")
            size = badge_size(theme, words, "check")
            at = QRect(right - size.width(), top, size.width(), size.height())
            draw_badge(painter, theme, placed(painter, box, at), words, "ok", "check")
            end = at.x() - _GAP
        at = QRect(left, top, max(0, end - left), line)
        draw_text(painter, theme, placed(painter, box, at), brief.title, t.text, "ui_strong")
        at = QRect(left, top + line, max(0, right - left), theme.line("mono"))
        middle = Qt.TextElideMode.ElideMiddle
        place = placed(painter, box, at)
        draw_text(painter, theme, place, brief.key, t.text_2, "mono", elide=middle)
        at = QRect(left, at.y() + at.height(), max(0, right - left), theme.line("ui"))
        draw_text(painter, theme, placed(painter, box, at), brief.people, t.text_2)
        both = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
        if (state & both) == both:
            draw_focus_inset(painter, theme, box)
        painter.restore()


class ConflictList(RowList):
    """Rows of three lines; the current one is the conflict shown (``chosen`` with its entity)."""

    chosen = Signal(str)

    def __init__(self, model: ConflictModel, name: str, parent: QWidget | None = None) -> None:
        self._rows, self._quiet = model, False
        super().__init__(name, parent)
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def show_current(self, entity: str) -> None:
        """Make a conflict's row the current one, without a signal."""
        row = self._rows.row_of(entity)
        self._quiet = True
        try:
            if row < 0:
                self.clearSelection()
                self.setCurrentIndex(QModelIndex())
            else:
                self.setCurrentIndex(self._rows.index(row, 0))
        finally:
            self._quiet = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            self.chosen.emit(self._rows.entity_at(current.row()))


class ListPane(Plain):
    """The pane at the start: how many are open, the list, what the last merge brought."""

    def __init__(self, model: ConflictModel, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="end", parent=parent)
        self._rows = model
        self.setAccessibleName(self.tr("Conflicts"))
        self.open = Text("", "label")
        self.decided = Text("", role="text_2")
        self.list = ConflictList(model, self.tr("Conflicts"))
        self._head = Plain("bg", edges="bottom")
        head = QHBoxLayout(self._head)
        head.setContentsMargins(_PAD, 0, _PAD, 0)
        head.addWidget(self.open, 1)
        head.addWidget(self.decided)
        self.foot = Plain("bg", edges="top")
        self.when = Text("", "label", wrap=True)
        self.brought = Text("", role="text_2", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconMark("git-branch", "text_2", 16), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.when, 1)
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(_PAD, 10, _PAD, 12)
        below.setSpacing(4)
        below.addLayout(line)
        below.addWidget(self.brought)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)
        model.counted.connect(self._count)
        self.show_merge(None)
        self._count()
        self.theme_changed()

    def show_merge(self, row: MergeRow | None) -> None:
        """Say what the last merge brought; nothing where there was none."""
        self.foot.setVisible(row is not None)
        if row is None:
            return
        self.when.setText(self.tr("Last merge, {when}").format(when=moment_words(row.when)))
        words = self.tr(
            "{file}: {added} changes added, {known} known, {conflicts} conflicts,"
            " {quarantined} set aside"
        ).format(
            file=row.src,
            added=number(row.added),
            known=number(row.known),
            conflicts=number(row.conflicts),
            quarantined=number(row.quarantined),
        )
        if not row.whole:
            words += " " + self.tr("(interrupted)")
        self.brought.setText(words)

    def theme_changed(self) -> None:
        self._head.setFixedHeight(self.theme.height("task_strip"))
        super().theme_changed()

    def _count(self) -> None:
        count = self._rows.open_count
        if count == 1:
            self.open.setText(self.tr("1 open conflict"))
        else:
            self.open.setText(self.tr("{count} open conflicts").format(count=number(count)))
        decided = self._rows.decided_count
        words = self.tr("{count} decided").format(count=number(decided)) if decided else ""
        self.decided.setText(words)
