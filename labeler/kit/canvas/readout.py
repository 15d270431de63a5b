"""The line in a corner that says where the pointer is and what hands can do there, with their keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from labeler.kit.paint import cap_size, draw_cap, draw_panel, draw_text, painter_for, text_width
from labeler.kit.theme import Themed

__all__ = ["Hint", "Readout"]

Hint = tuple[tuple[str, ...], str]
"""Keys, shown as caps with a dash between two of them, and the words after them."""

_PAD, _GAP, _BETWEEN = 8, 6, 16
_WIDEST = "x 88888.8 y 88888.8"


class Readout(Themed, QWidget):
    """Coordinates in tabular figures, then hints; hints that find no room are left out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.init_theme()
        self._at: tuple[float, float] | None = None
        self._hints: tuple[Hint, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Position"))

    def set_at(self, at: tuple[float, float] | None) -> None:
        """The point of the picture that is meant, in its pixels."""
        if at != self._at:
            self._at = at
            self.update()

    def set_hints(self, hints: Sequence[Hint]) -> bool:
        """What can be done now, the most useful first; whether these are others than before."""
        another = tuple(hints) != self._hints
        if another:
            self._hints = tuple(hints)
            words = ", ".join(f"{'–'.join(keys)} {text}".strip() for keys, text in self._hints)
            self.setAccessibleDescription(words)
            self.updateGeometry()
            self.update()
        return another

    @property
    def text(self) -> str:
        """The coordinates as shown."""
        if self._at is None:
            return "x – y –"
        return f"x {self._at[0]:.1f} y {self._at[1]:.1f}"

    def sizeHint(self) -> QSize:
        width = self._place_width() + 2 * _PAD
        for hint in self._hints:
            width += _BETWEEN + self._hint_width(hint)
        return QSize(width, self.theme.height("control"))

    def fitting_width(self, room: int) -> int:
        """The width it takes where so many pixels are free: with as many hints as fit."""
        width = self._place_width() + 2 * _PAD
        for hint in self._hints:
            more = _BETWEEN + self._hint_width(hint)
            if width + more > room:
                break
            width += more
        return width

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, bounds = self.theme, self.theme.tokens, self.rect()
        painter = painter_for(self)
        draw_panel(painter, bounds, tokens.raised, tokens.border, tokens.sizes.radius_panel)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft

        def put(x: int, width: int) -> QRect:
            left = bounds.width() - x - width if mirrored else x
            return QRect(left, 0, width, bounds.height())

        x = _PAD
        place = put(x, self._place_width())
        draw_text(painter, theme, place, self.text, tokens.text, "mono")
        x += self._place_width()
        for hint in self._hints:
            if x + _BETWEEN + self._hint_width(hint) > bounds.width() - _PAD + 1:
                break
            if x == _PAD + self._place_width():
                line = put(x + _BETWEEN // 2 - 1, 1)
                painter.fillRect(line.adjusted(0, 8, 0, -8), tokens.border)
            x += _BETWEEN
            keys, words = hint
            for number, key in enumerate(keys):
                if number:
                    wide = text_width(theme, "–")
                    draw_text(painter, theme, put(x, wide), "–", tokens.text_2)
                    x += wide + 2
                size = cap_size(theme, key)
                cap = put(x, size.width())
                top = (bounds.height() - size.height()) // 2
                cap = QRect(cap.x(), top, size.width(), size.height())
                draw_cap(painter, theme, cap, key)
                x += size.width() + (2 if number + 1 < len(keys) else _GAP)
            wide = text_width(theme, words)
            draw_text(painter, theme, put(x, wide + 1), words, tokens.text_2)
            x += wide
        painter.end()

    def _place_width(self) -> int:
        return text_width(self.theme, _WIDEST, "mono")

    def _hint_width(self, hint: Hint) -> int:
        keys, words = hint
        width = sum(cap_size(self.theme, key).width() for key in keys) + text_width(
            self.theme, words
        )
        if keys:
            width += _GAP + (len(keys) - 1) * (4 + text_width(self.theme, "–"))
        return width
