"""A scale of n points in equal cells, from "much worse" to "much better" or from 1 to 5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from labeler.kit.paint import (
    cap_size,
    draw_cap,
    draw_panel,
    draw_text,
    painter_for,
    placed,
    text_width,
)
from labeler.kit.theme import Themed

__all__ = ["ScaleBar", "signed"]

_GAP = 4
_CELL = 38
_JOINED_CELL = 28
_RIM, _JOINT = 3, 2
_BELOW = 6
_MINUS = "\u2212"
_LTR = "\u200e"


def signed(value: int, low: int) -> str:
    """A point as it is written in its cell: with a sign where the scale has two sides.

    A mark keeps the sign before the number where text runs from right to left.
    """
    if value < 0:
        return f"{_LTR}{_MINUS}{-value}"
    return f"{_LTR}+{value}" if low < 0 < value else str(value)


class ScaleBar(Themed, QAbstractSlider):
    """Points ``low`` … ``high`` as cells; nothing is chosen until the person does.

    ``keys`` are shown as caps under the cells (one per cell, or none at all); ``ends`` names the
    two ends below; ``texts`` stand in the cells instead of numbers; ``sentences`` says a point in
    words ("A is much better"): under the bar when chosen and to screen readers. Arrow keys move the
    chosen point, Home and End go to the ends, Delete and Backspace clear. ``chosen_changed`` carries
    the point or None. To screen readers it is a slider.
    """

    chosen_changed = Signal(object)
    focus_moved = Signal()

    def __init__(
        self,
        low: int = -3,
        high: int = 3,
        *,
        keys: Sequence[str] = (),
        ends: tuple[str, str] = ("", ""),
        sentences: Mapping[int, str] | None = None,
        texts: Sequence[str] = (),
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if high <= low:
            raise ValueError(f"a scale needs two points or more, not {low} to {high}")
        if keys and len(keys) != high - low + 1:
            raise ValueError(f"{len(keys)} keys for {high - low + 1} points")
        self._keys = tuple(keys)
        self._texts = tuple(texts)
        self._ends = ends
        self._sentences = dict(sentences or {})
        self._chosen: int | None = None
        self._hovered: int | None = None
        self._read_only = False
        self._joined = False
        self.setRange(low, high)
        self.setSingleStep(1)
        self.setPageStep(1)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.init_theme()
        self._name = name
        self.setAccessibleName(name)
        self.actionTriggered.connect(self._act)

    @property
    def chosen(self) -> int | None:
        """The chosen point, or None."""
        return self._chosen

    def set_chosen(self, value: int | None) -> None:
        """Show a point as chosen, or none, without a signal; one off the scale is a ValueError."""
        if value is not None and not self.minimum() <= value <= self.maximum():
            raise ValueError(f"{value} is not on the scale {self.minimum()} to {self.maximum()}")
        self._chosen = value
        # Moving the slider triggers its action, which would choose: this only shows.
        blocked = self.blockSignals(True)
        self.setSliderPosition(self.minimum() if value is None else value)
        self.blockSignals(blocked)
        self.setAccessibleDescription("" if value is None else self.sentence(value))
        self.focus_moved.emit()
        self.update()

    def choose(self, value: int | None) -> None:
        """What a click or a key does: choose and say so; nothing when it only shows."""
        if self._read_only or not self.isEnabled() or value == self._chosen:
            return
        self.set_chosen(value)
        self.chosen_changed.emit(value)

    def set_keys(self, keys: Sequence[str]) -> None:
        """Show other keys under the cells, or none if empty."""
        self._keys = tuple(keys)
        self.theme_changed()

    def set_joined(self, joined: bool) -> None:
        """Stand as small cells in one sunken well, in a line with words; or as cells of their own."""
        self._joined = joined
        wide = QSizePolicy.Policy.Fixed if joined else QSizePolicy.Policy.Expanding
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.theme_changed()

    def joined_width(self) -> int:
        """How wide it is with its cells joined, in pixels."""
        count = self._count()
        cell = max(_JOINED_CELL, self._widest() + 12)
        return count * cell + (count - 1) * _JOINT + 2 * _RIM

    def set_read_only(self, read_only: bool) -> None:
        """Only show the answer, or take one again."""
        self._read_only = read_only
        self.update()

    def sentence(self, value: int) -> str:
        """A point in words, or its number where no words were given."""
        return self._sentences.get(value, signed(value, self.minimum()))

    def sizeHint(self) -> QSize:
        if self._joined:
            return QSize(self.joined_width(), self._height())
        count = self._count()
        cell = max(_CELL, self._widest() + 16)
        return QSize(count * cell + (count - 1) * _GAP, self._height())

    def minimumSizeHint(self) -> QSize:
        if self._joined:
            return self.sizeHint()
        count = self._count()
        least = self.theme.tokens.sizes.hit_min
        return QSize(count * least + (count - 1) * _GAP, self._height())

    def focus_rect(self) -> QRect:
        """The chosen cell, or the first: that is what arrow keys start from."""
        return self.cell_rect(self.minimum() if self._chosen is None else self._chosen)

    def cell_rect(self, value: int) -> QRect:
        """Where the cell of a point lies, in this widget's coordinates."""
        index = value - self.minimum()
        count = self._count()
        gap, rim = (_JOINT, _RIM) if self._joined else (_GAP, 0)
        room = self.width() - (count - 1) * gap - 2 * rim
        left = rim + index * room // count + index * gap
        right = rim + (index + 1) * room // count + index * gap
        rect = QRect(left, rim, right - left, self._cell_height() - 2 * rim)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(self.width() - rect.right() - 1)
        return rect

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        low, high = self.minimum(), self.maximum()
        at = self._chosen
        step = {
            Qt.Key.Key_Right: ahead,
            Qt.Key.Key_Left: -ahead,
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
        }.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            start = (low if step > 0 else high) if at is None else at + step
            self.choose(min(high, max(low, start)))
        elif event.key() == Qt.Key.Key_Home:
            self.choose(low)
        elif event.key() == Qt.Key.Key_End:
            self.choose(high)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.choose(None)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        value = self._value_at(event)
        if event.button() != Qt.MouseButton.LeftButton or value is None:
            event.ignore()
            return
        self.choose(value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        value = self._value_at(event)
        if value != self._hovered:
            self._hovered = value
            words = "" if value is None else self._sentences.get(value, "")
            self.setToolTip(words)
            if not words:
                QToolTip.hideText()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        if self._joined:
            sunken, border = self.theme.tokens.sunken, self.theme.tokens.border
            radius = self.theme.tokens.sizes.radius_control
            draw_panel(painter, self.rect(), sunken, border, radius)
        for value in range(self.minimum(), self.maximum() + 1):
            if self._joined:
                self._paint_joined(painter, value)
            else:
                self._paint_cell(painter, value)
        top = self._cell_height()
        if self._keys:
            top += _BELOW + self.theme.height("key_cap")
        line = self.theme.line("ui")
        t = self.theme.tokens
        ink = t.text_2 if self.isEnabled() else t.text_disabled
        if any(self._ends):
            half = self.width() // 2
            low = QRect(0, top + _GAP, half - 4, line)
            high = QRect(half + 4, top + _GAP, self.width() - half - 4, line)
            bounds = self.rect()
            draw_text(painter, self.theme, placed(painter, bounds, low), self._ends[0], ink)
            at = placed(painter, bounds, high)
            right = Qt.AlignmentFlag.AlignRight
            draw_text(painter, self.theme, at, self._ends[1], ink, "ui", right)
            top += _GAP + line
        if self._sentences:
            words = "" if self._chosen is None else self._sentences.get(self._chosen, "")
            place = QRect(0, top + _GAP, self.width(), line)
            draw_text(painter, self.theme, place, words, t.text, "ui_strong")
        painter.end()

    def _paint_cell(self, painter: QPainter, value: int) -> None:
        theme, t = self.theme, self.theme.tokens
        rect = self.cell_rect(value)
        chosen = value == self._chosen
        fill, rim, ink = t.surface, t.border_strong, t.text
        if not self.isEnabled():
            fill, rim, ink = t.sunken, t.border, t.text_disabled
            if chosen:
                rim = t.border_strong
        elif chosen:
            fill, rim, ink = t.accent, t.accent, t.on_accent
        elif self._read_only:
            fill, rim = t.sunken, t.border
        elif value == self._hovered:
            fill = t.hover
        draw_panel(painter, rect, fill, rim, t.sizes.radius_control)
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, rect, self._text_of(value), ink, "ui_strong", middle)
        if self._keys:
            key = self._keys[value - self.minimum()]
            size = cap_size(theme, key)
            left = rect.x() + (rect.width() - size.width()) // 2
            at = QRect(left, rect.bottom() + 1 + _BELOW, size.width(), size.height())
            draw_cap(painter, theme, at, key)

    def _paint_joined(self, painter: QPainter, value: int) -> None:
        theme, t = self.theme, self.theme.tokens
        rect, chosen = self.cell_rect(value), value == self._chosen
        ink = t.text if chosen else t.text_2
        if not self.isEnabled():
            ink = t.text_disabled
        if chosen:
            fill = t.pressed if t.is_dark else t.surface
            rim = t.border_strong if self.isEnabled() else t.border
            draw_panel(painter, rect, fill, rim, t.sizes.radius_small)
        elif value == self._hovered and not self._read_only and self.isEnabled():
            draw_panel(painter, rect, t.hover, None, t.sizes.radius_small)
        middle = Qt.AlignmentFlag.AlignHCenter
        style = "ui_strong" if chosen else "ui"
        draw_text(painter, theme, rect, self._text_of(value), ink, style, middle)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Write these into the cells instead of their numbers; one per cell, or none."""
        self._texts = tuple(texts)
        self.theme_changed()

    def _text_of(self, value: int) -> str:
        number = value - self.minimum()
        if number < len(self._texts):
            return self._texts[number]
        return signed(value, self.minimum())

    def _count(self) -> int:
        return self.maximum() - self.minimum() + 1

    def _widest(self) -> int:
        values = range(self.minimum(), self.maximum() + 1)
        return max(text_width(self.theme, self._text_of(one), "ui_strong") for one in values)

    def _cell_height(self) -> int:
        return self.theme.height("control_compact" if self._joined else "control")

    def _height(self) -> int:
        height = self._cell_height()
        if self._keys:
            height += _BELOW + self.theme.height("key_cap")
        if any(self._ends):
            height += _GAP + self.theme.line("ui")
        if self._sentences:
            height += _GAP + self.theme.line("ui")
        return height

    def _value_at(self, event: QMouseEvent) -> int | None:
        point = event.position().toPoint()
        rim = _RIM if self._joined else 0
        cap = _BELOW + self.theme.height("key_cap") if self._keys else rim
        for value in range(self.minimum(), self.maximum() + 1):
            if self.cell_rect(value).adjusted(-2, -rim, 2, cap).contains(point):
                return value
        return None

    def _act(self, action: int) -> None:
        """A screen reader moved the slider: that is a choice like any other."""
        position = self.sliderPosition()
        if position != self._chosen:
            self.choose(position)
