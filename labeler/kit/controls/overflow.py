"""Buttons in a row that are picked by a click; those there is no room for stand in a menu behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from labeler.kit.controls.button import Button
from labeler.kit.controls.pressable import Pressable
from labeler.kit.theme import Themed

__all__ = ["OverflowRow", "Tile"]

_BETWEEN = 4
_LEAST = 24


@dataclass(frozen=True, slots=True)
class Tile:
    """One button of the row: what ``picked`` carries, and its line in the menu."""

    id: str
    title: str
    key: str = ""


class OverflowRow(Themed, QWidget):
    """One checkable button for each tile; ``picked`` carries the id of the tile that was clicked.

    Which of them is pressed in is told from outside, with ``choose``. ``last`` stands behind the tiles
    and is a line of the menu where it has no room either; ``widest`` bounds a button at normal text
    size, so that one long title leaves room for others.
    """

    picked = Signal(str)

    def __init__(
        self,
        name: str,
        *,
        last: Button | None = None,
        widest: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tiles: tuple[Tile, ...] = ()
        self._buttons: tuple[Pressable, ...] = ()
        self._chosen: str | None = None
        self._widest = widest
        self._last = last
        if last is not None:
            last.setParent(self)
            last.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more = Button("", "quiet", compact=True, parent=self)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._more.hide()
        self._menu.triggered.connect(self._menu_picked)
        self.setAccessibleName(name)
        self.init_theme()

    def set_tiles(self, tiles: Sequence[Tile], buttons: Sequence[Pressable]) -> None:
        """Show these in place of all others: each tile with its button."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._tiles, self._buttons = tuple(tiles), tuple(buttons)
        for button in self._buttons:
            button.setParent(self)
            # A click acts on what is chosen in the content, so the focus stays there.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._clicked)
        self.choose(self._chosen)
        self.retell(self._tiles)

    def retell(self, tiles: Sequence[Tile]) -> None:
        """Say other words of the same tiles in the menu; their buttons may have grown."""
        self._tiles = tuple(tiles)
        self._lay_out()
        self.updateGeometry()

    def choose(self, tile: str | None) -> None:
        """Show which tile is pressed in, None for none."""
        self._chosen = tile
        for one, button in zip(self._tiles, self._buttons, strict=True):
            button.setChecked(one.id == tile)

    def set_enabled(self, enabled: bool) -> None:
        """Let tiles be clicked, or only be read."""
        for button in (*self._buttons, self._more, *self._always):
            button.setEnabled(enabled)

    def button(self, tile: str) -> QWidget | None:
        """The button of a tile, for whoever points at it."""
        pairs = zip(self._tiles, self._buttons, strict=True)
        return next((button for one, button in pairs if one.id == tile), None)

    @property
    def _always(self) -> tuple[Button, ...]:
        return () if self._last is None else (self._last,)

    def sizeHint(self) -> QSize:
        return QSize(self._whole(), self.theme.height("control_compact"))

    def minimumSizeHint(self) -> QSize:
        # The menu of all of them at least, so that nothing is out of a hand's reach.
        least = self._more.sizeHint().width() if self._buttons else 0
        return QSize(least, self.theme.height("control_compact"))

    def theme_changed(self) -> None:
        super().theme_changed()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _width_of(self, button: QWidget) -> int:
        width = button.sizeHint().width()
        if self._widest is None or button in self._always:
            return width
        return min(width, self.theme.icon_px(self._widest))

    def _whole(self) -> int:
        widths = [self._width_of(button) for button in (*self._buttons, *self._always)]
        return sum(widths) + _BETWEEN * max(0, len(widths) - 1)

    def _lay_out(self) -> None:
        fitting = self._fitting()
        all_fit = self._whole() <= self.width()
        x = 0
        for number, button in enumerate(self._buttons):
            button.setVisible(number < fitting)
            if number < fitting:
                x = self._put(button, x)
        for button in self._always:
            button.setVisible(all_fit)
            if all_fit:
                self._put(button, x)
        self._more.setVisible(not all_fit)
        if not all_fit:
            self._more.setText(self._more_words(len(self._tiles) - fitting))
            self._fill_menu(self._tiles[fitting:])
            self._put(self._more, x)

    def _fitting(self) -> int:
        """How many tiles fit, with the menu behind them where not all of the row does."""
        if self._whole() <= self.width():
            return len(self._buttons)
        self._more.setText(self._more_words(len(self._buttons)))
        room = self.width() - self._more.sizeHint().width()
        for count, button in enumerate(self._buttons):
            room -= self._width_of(button) + _BETWEEN
            if room < 0:
                return count
        return len(self._buttons)

    def _put(self, button: QWidget, x: int) -> int:
        width = min(self._width_of(button), max(_LEAST, self.width() - x))
        place = QRect(x, 0, width, self.theme.height("control_compact"))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(self.width() - 1 - x)
        button.setGeometry(place)
        return x + width + _BETWEEN

    def _more_words(self, count: int) -> str:
        if not count and self._last is not None:
            return self._last.text()
        return self.tr("{count} more", "", count).format(count=count)

    def _fill_menu(self, tiles: Sequence[Tile]) -> None:
        self._menu.clear()
        for tile in tiles:
            action = QAction(f"{tile.title}\t{tile.key}" if tile.key else tile.title, self._menu)
            action.setData(tile.id)
            self._menu.addAction(action)
        for button in self._always:
            self._menu.addAction(button.text(), button.click)

    def _clicked(self) -> None:
        pressed = self.sender()
        for tile, button in zip(self._tiles, self._buttons, strict=True):
            if button is pressed:
                button.setChecked(tile.id == self._chosen)
                self.picked.emit(tile.id)
                return

    def _menu_picked(self, action: QAction) -> None:
        tile = action.data()
        if isinstance(tile, str):
            self.picked.emit(tile)
