"""The rail: the places of the app at the window's edge, each an icon over its word."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from labeler.kit.controls.button import IconButton
from labeler.kit.controls.pressable import Pressable
from labeler.kit.controls.section import Plain
from labeler.kit.paint import draw_icon, draw_panel, draw_text, painter_for, placed, text_width
from labeler.kit.theme import Themed

__all__ = ["Place", "Rail"]

_TILE = (56, 52)
_GAP = 4
_LOGO = 26
_DOT = 7


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its id, its word, its icon, and the key that leads there (shown as tooltip)."""

    id: str
    title: str
    icon: str
    key: str = ""


class _Tile(Pressable):
    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.note = ""
        self.setText(place.title)
        self.setAccessibleName(place.title)
        self.setToolTip(f"{place.title}  {place.key}" if place.key else "")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = self.theme
        least, height = _TILE
        words = text_width(theme, self.place.title, "ui_strong") + 4
        # A long word makes the rail wider, up to twice; beyond that it is elided.
        width = max(least, min(2 * theme.icon_px(least), words))
        icon = theme.icon_px(theme.tokens.sizes.icon_rail) - theme.tokens.sizes.icon_rail
        return QSize(width, height - theme.tokens.type["ui"].line + theme.line() + icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.theme, self.theme.tokens
        painter = painter_for(self)
        current = self.isChecked()
        fill = t.accent_soft if current else self.hovered(t.bg, t.hover)
        if self.isDown():
            fill = t.pressed
        rim = t.accent if current and t.is_high_contrast else None
        draw_panel(painter, self.rect(), fill, rim, t.sizes.radius_control)
        ink = t.accent if current else t.text_2
        if not self.isEnabled():
            ink = t.text_disabled
        side = theme.icon_px(t.sizes.icon_rail)
        draw_icon(painter, theme, QRect(0, 6, self.width(), side), self.place.icon, ink, side)
        if self.note:
            dot = QRect(self.width() // 2 + side // 2, 6, _DOT, _DOT)
            draw_panel(painter, placed(painter, self.rect(), dot), t.accent, t.bg, _DOT / 2)
        style = "ui_strong" if current else "ui"
        words = QRect(1, 6 + side + 1, self.width() - 2, theme.line())
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, words, self.place.title, ink, style, middle)
        painter.end()


class _Logo(Themed, QLabel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.init_theme()
        self.theme_changed()

    def theme_changed(self) -> None:
        self.setPixmap(self.theme.icons.logo(_LOGO, self.devicePixelRatioF()))


class Rail(Plain):
    """64 px along the start edge: logo, places, and quiet icons at the foot.

    ``place_chosen`` carries the id of a place the person went to; Up and Down walk the places.
    """

    place_chosen = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="end", parent=parent)
        self._tiles: dict[str, _Tile] = {}
        self._current = ""
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_GAP, 8, _GAP, 12)
        self._column.setSpacing(_GAP)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._column.addWidget(_Logo(), 0, middle)
        self._column.addSpacing(12)
        self._column.addStretch(1)
        self.theme_changed()

    @property
    def current(self) -> str:
        """The id of the place the person is at, empty before the first."""
        return self._current

    def add_place(self, place: Place) -> None:
        """Put a place under the others."""
        tile = _Tile(place)
        tile.clicked.connect(self._clicked)
        tile.installEventFilter(self)
        self._column.insertWidget(2 + len(self._tiles), tile)
        self._tiles[place.id] = tile
        self.theme_changed()

    def add_foot(self, icon: str, name: str, key: str = "") -> IconButton:
        """Put a quiet icon at the foot (help, settings)."""
        side = self.theme.tokens.sizes.icon_rail
        button = IconButton(icon, name, key=key, icon_size=side)
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def set_current(self, place_id: str) -> None:
        """Show where the person is, without a signal; an unknown place is a KeyError."""
        current = self._tiles[place_id]
        self._current = place_id
        for tile in self._tiles.values():
            tile.setChecked(tile is current)

    def set_key(self, place_id: str, key: str) -> None:
        """Show another key that leads to a place."""
        tile = self._tiles[place_id]
        tile.place = replace(tile.place, key=key)
        self.set_note(place_id, tile.note)

    def set_note(self, place_id: str, words: str) -> None:
        """Mark that something waits at a place: a dot, and words for its tooltip; "" for nothing."""
        tile = self._tiles[place_id]
        tile.note = words
        place = tile.place
        told = f"{place.title}  {place.key}" if place.key else ""
        tile.setToolTip("\n".join(one for one in (told, words) if one))
        tile.setAccessibleDescription(words)
        tile.update()

    def tile(self, place_id: str) -> QWidget:
        """The widget of a place."""
        return self._tiles[place_id]

    def theme_changed(self) -> None:
        widest = max((tile.sizeHint().width() for tile in self._tiles.values()), default=0)
        self.setFixedWidth(max(self.theme.tokens.sizes.rail, widest + 2 * _GAP))
        super().theme_changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            tiles = list(self._tiles.values())
            if step and isinstance(watched, _Tile):
                there = tiles[(tiles.index(watched) + step) % len(tiles)]
                there.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, _Tile):
            was = self._current
            self.set_current(tile.place.id)
            if was != tile.place.id:
                self.place_chosen.emit(tile.place.id)
