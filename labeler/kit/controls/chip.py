"""Choice chips: one answer each, with its key; alone or in a group that picks one or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.controls.flow import FlowLayout
from labeler.kit.controls.pressable import Pressable
from labeler.kit.paint import (
    CapKind,
    cap_size,
    draw_cap,
    draw_icon,
    draw_label_line,
    draw_panel,
    draw_text,
    painter_for,
    placed,
    text_width,
)
from labeler.kit.theme import Themed

__all__ = ["Choice", "ChoiceChip", "ChoiceGroup", "one_column"]

_EDGE = 5
_GAP = 8
_END = 11
_BARE_EDGE = 11
_SWATCH = 24
_LONG = 18
_MANY = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a group: its id, the chip's text, the key shown, a label's colour if any."""

    id: str
    title: str
    key: str = ""
    colour: str | int | None = None
    tooltip: str = ""


def one_column(texts: Sequence[str]) -> bool:
    """Whether these chips stand in a column: a text over 18 letters, or more than four."""
    return len(texts) > _MANY or any(len(text) > _LONG for text in texts)


class ChoiceChip(Pressable):
    """A chip that is chosen or not: key cap, the label's line if it has a colour, the text.

    Long texts wrap. ``read_only`` shows the state at full strength and takes no clicks.
    """

    def __init__(
        self,
        text: str,
        *,
        key: str = "",
        colour: str | int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._colour = colour
        self._read_only = False
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)
        self.setAccessibleName(text)

    @property
    def key(self) -> str:
        """The key shown in its cap."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show another key, or none if empty."""
        self._key = key
        self.theme_changed()

    @property
    def read_only(self) -> bool:
        """Whether it only shows."""
        return self._read_only

    def set_read_only(self, read_only: bool) -> None:
        """Only show the state, or take clicks again."""
        self._read_only = read_only
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, read_only)
        policy = Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus
        self.setFocusPolicy(policy)
        self.theme_changed()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Two pixels to spare, as in painting: a text that just fits must not break.
        room = QRect(0, 0, max(1, width - self._text_left() - _END + 2), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        metrics = QFontMetrics(self.theme.font("ui_strong"))
        lines = metrics.boundingRect(room, flags, self.text()).height()
        one = metrics.height()
        least = self.theme.height("chip")
        return max(least, least + lines - one) if lines > one else least

    def sizeHint(self) -> QSize:
        # Measured in the heavier face, so that choosing never changes the width.
        width = self._text_left() + text_width(self.theme, self.text(), "ui_strong") + _END
        return QSize(width, self.theme.height("chip"))

    def minimumSizeHint(self) -> QSize:
        width = self._text_left() + 3 * self.theme.line() + _END
        hint = self.sizeHint()
        return QSize(min(width, hint.width()), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, bounds = self.theme, self.theme.tokens, self.rect()
        painter = painter_for(self)
        chosen = self.isChecked()
        fill, rim, ink, width = self._colours()
        draw_panel(painter, bounds, fill, rim, t.sizes.radius_control, width=width)
        x = _EDGE
        if self._key and not self._read_only:
            size = cap_size(theme, self._key)
            top = (theme.height("chip") - size.height()) // 2
            cap: CapKind = "chosen" if chosen and self.isEnabled() else "rest"
            place = QRect(x, top, size.width(), size.height())
            draw_cap(painter, theme, placed(painter, bounds, place), self._key, cap)
            x += size.width() + _GAP
        elif self._read_only and chosen:
            place = QRect(x, 0, theme.icon_px(), bounds.height())
            draw_icon(painter, theme, placed(painter, bounds, place), "check", ink)
            x += theme.icon_px() + _GAP
        else:
            x = _BARE_EDGE
        if self._colour is not None:
            self._paint_line(painter, QRect(x, 0, _SWATCH, bounds.height()))
            x += _SWATCH + _GAP
        place = QRect(x, 0, bounds.width() - x - _END + 2, bounds.height())
        style = "ui_strong" if chosen else "ui"
        tall = bounds.height() > theme.height("chip")
        at = placed(painter, bounds, place)
        draw_text(painter, theme, at, self.text(), ink, style, wrap=tall)
        painter.end()

    def _paint_line(self, painter: QPainter, place: QRect) -> None:
        if self._colour is not None:
            label = self.theme.tokens.label_colour(self._colour)
            draw_label_line(painter, placed(painter, self.rect(), place), label)

    def _colours(self) -> tuple[QColor, QColor | None, QColor, float]:
        t = self.theme.tokens
        if self._read_only:
            return t.sunken, t.border, t.text, 1.0
        if not self.isEnabled():
            return t.sunken, t.border, t.text_disabled, 1.0
        if self.isChecked():
            return t.accent_soft, t.accent, t.accent, 2.0
        fill = t.pressed if self.isDown() else self.hovered(t.surface, t.hover)
        return fill, t.border_strong, t.text, 1.0

    def _text_left(self) -> int:
        if self._key and not self._read_only:
            left = _EDGE + cap_size(self.theme, self._key).width() + _GAP
        elif self._read_only and self.isChecked():
            left = _EDGE + self.theme.icon_px() + _GAP
        else:
            left = _BARE_EDGE
        return left + (_SWATCH + _GAP if self._colour is not None else 0)


class ChoiceGroup(Themed, QWidget):
    """Chips that answer one question: exactly one or none (``multiple=False``), or any number.

    They stand in one column by ``one_column``; arrow keys walk them, Space and Enter choose.
    Choosing the chosen one of a single choice again clears the answer.
    """

    changed = Signal(tuple)

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        multiple: bool = False,
        name: str = "",
        column: bool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._multiple = multiple
        self.init_theme()
        texts = [choice.title for choice in choices]
        self._column = one_column(texts) if column is None else column
        flow = FlowLayout(self, gap=6 if self._column else 8, column=self._column)
        self.chips: dict[str, ChoiceChip] = {}
        for choice in choices:
            chip = ChoiceChip(choice.title, key=choice.key, colour=choice.colour)
            chip.setToolTip(choice.tooltip)
            chip.installEventFilter(self)
            chip.setProperty("choice", choice.id)
            chip.clicked.connect(self._clicked)
            flow.addWidget(chip)
            self.chips[choice.id] = chip
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen ones, in the order shown."""
        return tuple(c.id for c in self._choices if self.chips[c.id].isChecked())

    def set_chosen(self, ids: Sequence[str]) -> None:
        """Show these as chosen, without a signal; ids that are not there are a KeyError."""
        for unknown in set(ids) - set(self.chips):
            raise KeyError(unknown)
        for name, chip in self.chips.items():
            chip.setChecked(name in ids)

    def choose(self, choice_id: str) -> None:
        """What a click or the choice's key does: choose it, or clear it if it was chosen."""
        chip = self.chips[choice_id]
        if chip.isEnabled() and not chip.read_only:
            chip.click()

    def set_read_only(self, read_only: bool) -> None:
        """Only show the answer, or take one again."""
        for chip in self.chips.values():
            chip.set_read_only(read_only)

    def set_keys(self, keys: Sequence[str]) -> None:
        """Show other keys on the caps, in the order of the choices."""
        for choice, key in zip(self._choices, keys, strict=True):
            self.chips[choice.id].set_key(key)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = self._step_of(event)
            chips = list(self.chips.values())
            if step and isinstance(watched, ChoiceChip):
                place = chips.index(watched) + step
                chips[place % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _step_of(self, event: QKeyEvent) -> int:
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        return {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: ahead,
            Qt.Key.Key_Left: -ahead,
        }.get(Qt.Key(event.key()), 0)

    def _clicked(self) -> None:
        sender = self.sender()
        if not self._multiple and isinstance(sender, ChoiceChip) and sender.isChecked():
            for chip in self.chips.values():
                if chip is not sender:
                    chip.setChecked(False)
        self.changed.emit(self.chosen)
