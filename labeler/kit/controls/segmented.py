"""A row of parts in a sunken well, exactly one of them chosen: tools, modes, a short attribute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from labeler.kit.controls.pressable import Pressable
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

__all__ = ["Part", "Segmented"]

_PADDING = 10
_ICON_PADDING = 6
_WELL = 2
_GAP = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its id, its word (or only an icon, then the word is the tooltip), the key shown."""

    id: str
    title: str
    icon: str = ""
    key: str = ""
    icon_only: bool = False


class _PartButton(Pressable):
    def __init__(self, part: Part, compact: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self._compact = compact
        self.setCheckable(True)
        self.setText("" if part.icon_only else part.title)
        self.setAccessibleName(part.title)
        if part.icon_only:
            self.setToolTip(f"{part.title}  {part.key}" if part.key else part.title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        part = self.part
        self.part = Part(part.id, part.title, part.icon, key, part.icon_only)
        if part.icon_only:
            self.setToolTip(f"{part.title}  {key}" if key else part.title)
        self.theme_changed()

    def sizeHint(self) -> QSize:
        # As high as the well: the rim round the drawn part belongs to its target.
        height = self.theme.height("control_compact" if self._compact else "control")
        side = self.theme.icon_px()
        if self.part.icon_only:
            return QSize(side + 2 * _ICON_PADDING + 2, height)
        width = text_width(self.theme, self.part.title, "ui_strong") + 2 * _PADDING
        if self.part.icon:
            width += side + _GAP
        if self.part.key:
            width += cap_size(self.theme, self.part.key).width() + _GAP
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        least = self.theme.tokens.sizes.hit_min
        if self.part.icon_only:
            return hint
        cap = cap_size(self.theme, self.part.key).width() if self.part.key else 0
        return QSize(min(hint.width(), _PADDING + cap + least), hint.height())

    def focus_rect(self) -> QRect:
        inset = _WELL + 1
        return self.rect().adjusted(0, inset, 0, -inset)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, bounds = self.theme, self.theme.tokens, self.focus_rect()
        painter = painter_for(self)
        chosen = self.isChecked()
        ink = t.text if chosen else t.text_2
        if not self.isEnabled():
            ink = t.text_disabled
        if chosen:
            fill = t.pressed if t.is_dark else t.surface
            rim = t.border_strong if self.isEnabled() else t.border
            draw_panel(painter, bounds, fill, rim, t.sizes.radius_small)
        elif self.isDown() or self.hover_share > 0:
            fill = t.pressed if self.isDown() else self.hovered(t.sunken, t.hover)
            draw_panel(painter, bounds, fill, None, t.sizes.radius_small)
        if self.part.icon_only:
            draw_icon(painter, theme, bounds, self.part.icon, ink)
            painter.end()
            return
        style = "ui_strong" if chosen else "ui"
        words = text_width(theme, self.part.title, "ui_strong")
        content = words
        content += cap_size(theme, self.part.key).width() + _GAP if self.part.key else 0
        content += theme.icon_px() + _GAP if self.part.icon else 0
        x = max(_PADDING // 2, (bounds.width() - content) // 2)
        if self.part.key:
            size = cap_size(theme, self.part.key)
            top = (self.height() - size.height()) // 2
            place = QRect(x, top, size.width(), size.height())
            draw_cap(painter, theme, placed(painter, bounds, place), self.part.key)
            x += size.width() + _GAP
        if self.part.icon:
            place = QRect(x, bounds.y(), theme.icon_px(), bounds.height())
            draw_icon(painter, theme, placed(painter, bounds, place), self.part.icon, ink)
            x += theme.icon_px() + _GAP
        place = QRect(x, bounds.y(), min(words + 1, bounds.width() - x - 2), bounds.height())
        at = placed(painter, bounds, place)
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, at, self.part.title, ink, style, middle)
        painter.end()


class Segmented(Themed, QWidget):
    """Parts of which one is chosen; ``chosen_changed`` carries the id of the next one chosen.

    Tab reaches the chosen part, arrow keys choose the neighbour. ``stretch`` shares the width given
    equally; ``compact`` is 28 high instead of 32. It starts with the first part chosen; with none
    where ``chosen`` is None: a value that is none of the parts, or not there yet.
    """

    chosen_changed = Signal(str)

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        name: str = "",
        chosen: str | None = "",
        stretch: bool = False,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if not parts:
            raise ValueError("a segmented control needs a part")
        self.init_theme()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        inset = _WELL + 1
        row.setContentsMargins(inset, 0, inset, 0)
        row.setSpacing(_WELL)
        self._buttons: dict[str, _PartButton] = {}
        self._chosen = ""
        for part in parts:
            button = _PartButton(part, compact, self)
            button.clicked.connect(self._clicked)
            button.installEventFilter(self)
            row.addWidget(button, 1 if stretch else 0)
            self._buttons[part.id] = button
        wide = QSizePolicy.Policy.Expanding if stretch else QSizePolicy.Policy.Maximum
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.set_chosen(parts[0].id if chosen == "" else chosen)

    @property
    def chosen(self) -> str:
        """The id of the chosen part, empty for none."""
        return self._chosen

    def set_chosen(self, part_id: str | None) -> None:
        """Show a part as chosen, or none, without a signal; one that is not there is a KeyError."""
        chosen = None if part_id is None else self._buttons[part_id]
        self._chosen = part_id or ""
        # One stop for Tab: the arrow keys go on from there.
        stop = chosen or next(iter(self._buttons.values()))
        for button in self._buttons.values():
            button.setChecked(button is chosen)
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            )

    def choose(self, part_id: str) -> None:
        """What a click or the part's key does: choose it and say so if it was not chosen."""
        if part_id == self.chosen or not self._buttons[part_id].isEnabled():
            return
        self.set_chosen(part_id)
        self.chosen_changed.emit(part_id)

    def choose_next(self) -> None:
        """What one key for the whole row does: choose the next part, after the last the first."""
        names = list(self._buttons)
        at = names.index(self.chosen) if self.chosen else -1
        self.choose(names[(at + 1) % len(names)])

    def set_key(self, part_id: str, key: str) -> None:
        """Show another key on a part."""
        self._buttons[part_id].set_key(key)

    def set_part_enabled(self, part_id: str, enabled: bool, why: str = "") -> None:
        """Let a part be chosen or not; ``why`` becomes its tooltip."""
        self._buttons[part_id].setEnabled(enabled)
        self._buttons[part_id].setToolTip(why)

    def part_button(self, part_id: str) -> QWidget:
        """The widget of a part, for tests and for anchoring a popup."""
        return self._buttons[part_id]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
            step = {
                Qt.Key.Key_Right: ahead,
                Qt.Key.Key_Left: -ahead,
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
            }.get(Qt.Key(event.key()), 0)
            usable = [n for n, b in self._buttons.items() if b.isEnabled()]
            if step and usable:
                here = usable.index(self.chosen) if self.chosen in usable else 0
                there = usable[(here + step) % len(usable)]
                self.choose(there)
                self._buttons[there].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        t = self.theme.tokens
        painter = painter_for(self)
        draw_panel(painter, self.rect(), t.sunken, t.border, t.sizes.radius_control)
        painter.end()

    def _clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, _PartButton):
            return
        # The click has already toggled the part; what counts is what was chosen before it.
        was, now = self._chosen, button.part.id
        self.set_chosen(now)
        if was != now:
            self.chosen_changed.emit(now)
