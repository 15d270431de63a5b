"""The label set as a row of buttons: each label with its key and line, to click or to paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRect, QSize
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.controls.overflow import OverflowRow, Tile
from labeler.kit.controls.pressable import Pressable
from labeler.kit.paint import (
    cap_size,
    draw_cap,
    draw_label_line,
    draw_panel,
    draw_text,
    painter_for,
    placed,
    text_width,
)

__all__ = ["LabelEntry", "Legend"]

_EDGE, _GAP, _END = 5, 8, 9
_LINE = 18
_WIDEST_NAME = 160


@dataclass(frozen=True, slots=True)
class LabelEntry:
    """One label as the legend shows it: ``place`` counts from 1 and gives colour and pattern."""

    id: str
    name: str
    key: str
    colour: str | int
    place: int


class _LabelButton(Pressable):
    """One label: key cap, its line as it is drawn under words, its name; pressed in while it paints."""

    def __init__(self, entry: LabelEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setCheckable(True)
        self.setText(entry.name)
        self.setAccessibleName(entry.name)
        self.setToolTip(f"{entry.name}  {entry.key}" if entry.key else entry.name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _name_width(self) -> int:
        return min(text_width(self.theme, self.text(), "ui_strong"), _WIDEST_NAME)

    def sizeHint(self) -> QSize:
        width = _EDGE + _LINE + _GAP + self._name_width() + _END
        if self.entry.key:
            width += cap_size(self.theme, self.entry.key).width() + _GAP
        return QSize(width, self.theme.height("control_compact"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, bounds = self.theme, self.theme.tokens, self.rect()
        painter = painter_for(self)
        armed = self.isChecked()
        ink = tokens.text if self.isEnabled() else tokens.text_disabled
        if armed:
            radius = tokens.sizes.radius_control
            draw_panel(painter, bounds, tokens.accent_soft, tokens.accent, radius, width=2)
            ink = tokens.accent
        else:
            clear = QColor(tokens.hover)
            clear.setAlpha(0)
            fill = tokens.pressed if self.isDown() else self.hovered(clear, tokens.hover)
            draw_panel(painter, bounds, fill, None, tokens.sizes.radius_control)
        x = _EDGE
        if self.entry.key:
            size = cap_size(theme, self.entry.key)
            top = (bounds.height() - size.height()) // 2
            cap = QRect(x, top, size.width(), size.height())
            at = placed(painter, bounds, cap)
            draw_cap(painter, theme, at, self.entry.key, "chosen" if armed else "rest")
            x += size.width() + _GAP
        line = QRect(x, 0, _LINE, bounds.height())
        label = tokens.label_colour(self.entry.colour, self.entry.place)
        draw_label_line(painter, placed(painter, bounds, line), label)
        x += _LINE + _GAP
        name = QRect(x, 0, bounds.width() - x - _END + 2, bounds.height())
        draw_text(painter, theme, placed(painter, bounds, name), self.text(), ink, "ui_strong")
        painter.end()


class Legend(OverflowRow):
    """The labels in a row; those there is no room for stand in a menu at its end.

    ``picked`` tells the id of the label that was clicked.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Legend", "Labels"), parent=parent)
        self._entries: tuple[LabelEntry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_entries(self, entries: Sequence[LabelEntry]) -> None:
        """Show these labels in order."""
        if tuple(entries) == self._entries:
            return
        self._entries = tuple(entries)
        tiles = [Tile(entry.id, entry.name, entry.key) for entry in self._entries]
        self.set_tiles(tiles, [_LabelButton(entry, self) for entry in self._entries])
