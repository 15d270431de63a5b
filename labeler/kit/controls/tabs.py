"""The tab bar of the inspector: words with counts, and an accent line under the current one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from labeler.kit.paint import draw_text, painter_for, placed, text_width
from labeler.kit.theme import Themed

__all__ = ["TabBar"]

_PAD = 8
_GAP = 8
_LINE = 2


class TabBar(Themed, QTabBar):
    """A QTabBar 40 px high; ``set_count`` puts a number behind a tab's word."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.init_theme()
        self.setAccessibleName(name)

    def add(self, title: str, count: int | None = None) -> int:
        """Add a tab, with a number behind its word if given; its index."""
        index = self.addTab(title)
        self.set_count(index, count)
        return index

    def set_count(self, index: int, count: int | None) -> None:
        """Put a number behind a tab's word, or none."""
        self.setTabData(index, "" if count is None else self.locale().toString(count))
        words = self.tabText(index)
        self.setAccessibleTabName(index, words if count is None else f"{words}, {count}")
        # QTabBar measures its tabs anew only when a text is set.
        self.setTabText(index, words)
        self.update()

    def focus_rect(self) -> QRect:
        """The current tab."""
        return self.tabRect(self.currentIndex()).adjusted(2, 5, -2, -7)

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._wanted(index), self._height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        wanted = self._wanted(index)
        return QSize(min(wanted, 2 * _PAD + 2 * self.theme.line()), self._height())

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        t = self.theme.tokens
        for index in range(self.count()):
            box = self.tabRect(index)
            if not box.intersects(event.rect()):
                continue
            current = index == self.currentIndex()
            hovered = self.underMouse() and box.contains(self.mapFromGlobal(self.cursor().pos()))
            ink = t.text if current or hovered else t.text_2
            if not self.isTabEnabled(index):
                ink = t.text_disabled
            style = "ui_strong" if current else "ui"
            count = str(self.tabData(index) or "")
            behind = text_width(self.theme, count) + _GAP if count else 0
            room = box.width() - 2 * _PAD - behind
            place = QRect(box.x() + _PAD, box.y(), room, box.height())
            words = self.tabText(index)
            draw_text(painter, self.theme, placed(painter, box, place), words, ink, style)
            if count:
                left = min(room, text_width(self.theme, words, style)) + _PAD + _GAP
                place = QRect(box.x() + left, box.y(), behind, box.height())
                draw_text(painter, self.theme, placed(painter, box, place), count, t.text_2)
            if current:
                y = self.height() - _LINE
                painter.fillRect(box.x(), y, box.width(), _LINE, t.accent)
        painter.end()

    def _wanted(self, index: int) -> int:
        width = text_width(self.theme, self.tabText(index), "ui_strong") + 2 * _PAD + 1
        count = str(self.tabData(index) or "")
        return width + (text_width(self.theme, count) + _GAP if count else 0)

    def _height(self) -> int:
        return self.theme.height("task_strip")
