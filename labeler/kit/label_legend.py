"""The label set as a row of buttons: each label with its key and line, to click or to paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from labeler.kit.controls.button import Button
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
from labeler.kit.theme import Themed

__all__ = ["LabelEntry", "Legend"]

_EDGE, _GAP, _END = 5, 8, 9
_LINE = 18
_BETWEEN = 4
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
        # The label acts on what is selected in the text, so the focus stays there.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

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


class Legend(Themed, QWidget):
    """The labels in a row; those there is no room for stand in a menu at its end.

    ``picked`` tells the id of the label that was clicked.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[LabelEntry, ...] = ()
        self._buttons: list[_LabelButton] = []
        self._armed: str | None = None
        self._more = Button("", "quiet", compact=True, parent=self)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._more.hide()
        self._menu.triggered.connect(self._menu_picked)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Labels"))
        self.init_theme()

    def set_entries(self, entries: Sequence[LabelEntry]) -> None:
        """Show these labels in order."""
        if tuple(entries) == self._entries:
            return
        self._entries = tuple(entries)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [_LabelButton(entry, self) for entry in self._entries]
        for button in self._buttons:
            button.clicked.connect(self._clicked)
        self.set_armed(self._armed)
        self.theme_changed()

    def set_armed(self, label: str | None) -> None:
        """Show the label that paints what is drawn next; None for none."""
        self._armed = label
        for button in self._buttons:
            button.setChecked(button.entry.id == label)

    def set_enabled(self, enabled: bool) -> None:
        """Let labels be clicked, or only be read."""
        for button in self._buttons:
            button.setEnabled(enabled)
        self._more.setEnabled(enabled)

    def button(self, label: str) -> QWidget | None:
        """The button of a label, for whoever points at it."""
        return next((one for one in self._buttons if one.entry.id == label), None)

    def sizeHint(self) -> QSize:
        widths = [button.sizeHint().width() for button in self._buttons]
        whole = sum(widths) + _BETWEEN * max(0, len(widths) - 1)
        return QSize(whole, self.theme.height("control_compact"))

    def minimumSizeHint(self) -> QSize:
        least = self._more.sizeHint().width() if self._buttons else 0
        return QSize(least, self.theme.height("control_compact"))

    def theme_changed(self) -> None:
        super().theme_changed()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.width()
        fitting = self._fitting(room)
        hidden = self._entries[fitting:]
        x = 0
        bounds = self.rect()
        painter_way = self.layoutDirection()
        for number, button in enumerate(self._buttons):
            button.setVisible(number < fitting)
            if number < fitting:
                size = button.sizeHint()
                place = QRect(x, 0, size.width(), size.height())
                button.setGeometry(_visual(painter_way, bounds, place))
                x += size.width() + _BETWEEN
        self._more.setVisible(bool(hidden))
        if hidden:
            self._more.setText(self._more_words(len(hidden)))
            self._fill_menu(hidden)
            size = self._more.sizeHint()
            place = QRect(x, 0, size.width(), size.height())
            self._more.setGeometry(_visual(painter_way, bounds, place))

    def _fitting(self, room: int) -> int:
        """How many labels fit into the room, with the menu behind them where not all do."""
        widths = [button.sizeHint().width() + _BETWEEN for button in self._buttons]
        if sum(widths) - _BETWEEN <= room:
            return len(widths)
        self._more.setText(self._more_words(len(widths)))
        room -= self._more.sizeHint().width()
        count = 0
        for width in widths:
            room -= width
            if room < 0:
                break
            count += 1
        return count

    def _more_words(self, count: int) -> str:
        return self.tr("{count} more", "", count).format(count=count)

    def _fill_menu(self, entries: Sequence[LabelEntry]) -> None:
        self._menu.clear()
        for entry in entries:
            action = QAction(f"{entry.name}\t{entry.key}" if entry.key else entry.name, self._menu)
            action.setData(entry.id)
            self._menu.addAction(action)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _LabelButton):
            # What is pressed in is told from outside, with set_armed.
            button.setChecked(button.entry.id == self._armed)
            self.picked.emit(button.entry.id)

    def _menu_picked(self, action: QAction) -> None:
        self.picked.emit(str(action.data()))


def _visual(way: Qt.LayoutDirection, bounds: QRect, place: QRect) -> QRect:
    if way == Qt.LayoutDirection.RightToLeft:
        place.moveRight(bounds.right() - (place.left() - bounds.left()))
    return place
