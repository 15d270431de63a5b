"""Choosing from what is not all on screen: a drop-down, a filter chip, the palette's entry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from labeler.kit.controls.pressable import Pressable
from labeler.kit.controls.rows import RowDelegate
from labeler.kit.paint import (
    cap_size,
    draw_cap,
    draw_icon,
    draw_panel,
    draw_text,
    painter_for,
    placed,
    text_width,
)
from labeler.kit.theme import Themed

__all__ = ["EntryButton", "FilterChip", "Select"]

_PAD = 8
_GAP = 8
_CHIP_PAD = 10


class Select(Themed, QComboBox):
    """A drop-down that looks like a field; ``options`` are (id, title), ``chosen`` is an id."""

    def __init__(
        self,
        options: Sequence[tuple[str, str]] = (),
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._told = False
        self.init_theme()
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for option_id, title in options:
            self.addItem(title, option_id)
        self.currentTextChanged.connect(self._tell)

    @property
    def chosen(self) -> str:
        """The id of the chosen option, empty for none."""
        return str(self.currentData() or "")

    def set_chosen(self, option_id: str) -> None:
        """Choose an option by its id; one that is not there is a KeyError."""
        index = self.findData(option_id)
        if index < 0:
            raise KeyError(option_id)
        self.setCurrentIndex(index)

    def focus_rect(self) -> QRect:
        """What the focus ring goes round."""
        return QRect(self.rect())

    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self._tell()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._tell()

    def _tell(self) -> None:
        """Say in the tooltip what has no room."""
        room = self.width() - 2 * _PAD - _GAP - self.theme.icon_px() - 1
        text = self.currentText()
        cut = text_width(self.theme, text) > room
        if cut or self._told:
            self.setToolTip(text if cut else "")
        self._told = cut

    def sizeHint(self) -> QSize:
        titles = [self.itemText(i) for i in range(self.count())]
        widest = max((text_width(self.theme, title) for title in titles), default=0)
        side = self.theme.icon_px()
        return QSize(widest + 2 * _PAD + _GAP + side + 2, self.theme.height("control"))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 6 * self.theme.line()), hint.height())

    def paintEvent(self, e: QPaintEvent) -> None:
        t, bounds = self.theme.tokens, self.rect()
        painter = painter_for(self)
        on = self.isEnabled()
        fill = (t.hover if self.underMouse() else t.surface) if on else t.sunken
        rim = t.border_strong if on else t.border
        draw_panel(painter, bounds, fill, rim, t.sizes.radius_control)
        side = self.theme.icon_px()
        ink = t.text if on else t.text_disabled
        room = bounds.width() - 2 * _PAD - _GAP - side - 1
        place = QRect(_PAD + 1, 0, room, bounds.height())
        at = placed(painter, bounds, place)
        if self.currentIndex() >= 0:
            draw_text(painter, self.theme, at, self.currentText(), ink)
        else:
            draw_text(painter, self.theme, at, self.placeholderText(), t.text_2)
        place = QRect(bounds.width() - _PAD - side, 0, side, bounds.height())
        role: QColor = t.text_2 if on else t.text_disabled
        draw_icon(painter, self.theme, placed(painter, bounds, place), "chevron-down", role)
        painter.end()


class FilterChip(Pressable):
    """A filter in force: what it looks at, its value, a cross.

    A click edits it (``clicked``); the cross, Delete or Backspace takes it away (``removed``).
    """

    removed = Signal()

    def __init__(self, subject: str, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._subject, self._value = subject, value
        self.set_filter(subject, value)

    def set_filter(self, subject: str, value: str) -> None:
        """Say another filter."""
        self._subject, self._value = subject, value
        self.setAccessibleName(f"{subject}: {value}")
        self.theme_changed()

    def cross_rect(self) -> QRect:
        """Where the cross is hit, in this widget's coordinates."""
        side = self.theme.tokens.sizes.hit_min
        place = QRect(self.width() - side - 2, 0, side + 2, self.height())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveLeft(0)
        return place

    def sizeHint(self) -> QSize:
        theme = self.theme
        width = text_width(theme, self._subject) + text_width(theme, self._value, "ui_strong")
        width += 2 * _CHIP_PAD + 2 * _GAP + theme.icon_px()
        return QSize(width, theme.height("chip"))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 6 * self.theme.line()), hint.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and self.cross_rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, bounds = self.theme, self.theme.tokens, self.rect()
        painter = painter_for(self)
        fill = t.pressed if self.isDown() else self.hovered(t.surface, t.hover)
        draw_panel(painter, bounds, fill, t.border_strong, t.sizes.radius_control)
        side = theme.icon_px()
        right = bounds.width() - _CHIP_PAD - side
        x = _CHIP_PAD + 1
        width = min(text_width(theme, self._subject) + 1, max(0, right - x) // 2)
        place = QRect(x, 0, width, bounds.height())
        draw_text(painter, theme, placed(painter, bounds, place), self._subject, t.text_2)
        x += width + _GAP - 1
        place = QRect(x, 0, max(0, right - x - 4), bounds.height())
        at = placed(painter, bounds, place)
        draw_text(painter, theme, at, self._value, t.text, "ui_strong")
        place = QRect(right, 0, side, bounds.height())
        draw_icon(painter, theme, placed(painter, bounds, place), "x", t.text_2)
        painter.end()


class EntryButton(Pressable):
    """Looks like a search field and opens the palette: magnifier, words, key cap at the end."""

    def __init__(self, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self.setAccessibleName(text)

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.theme_changed()

    def sizeHint(self) -> QSize:
        return QSize(360, self.theme.height("control_compact"))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.theme.height("control_compact"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, bounds = self.theme, self.theme.tokens, self.rect()
        painter = painter_for(self)
        fill = t.pressed if self.isDown() else self.hovered(t.surface, t.hover)
        draw_panel(painter, bounds, fill, t.border, t.sizes.radius_control)
        side = theme.icon_px()
        place = QRect(_PAD, 0, side, bounds.height())
        draw_icon(painter, theme, placed(painter, bounds, place), "search", t.text_2)
        size = cap_size(theme, self._key)
        end = bounds.width() - 4 - size.width()
        top = (bounds.height() - size.height()) // 2
        place = QRect(end, top, size.width(), size.height())
        draw_cap(painter, theme, placed(painter, bounds, place), self._key)
        left = _PAD + side + _GAP
        place = QRect(left, 0, max(0, end - left - _GAP), bounds.height())
        draw_text(painter, theme, placed(painter, bounds, place), self.text(), t.text_2)
        painter.end()
