"""The saved chip: whether the work is in the file, said in the top bar instead of a Save button."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.controls.pressable import Pressable
from labeler.kit.paint import draw_icon, draw_panel, draw_text, painter_for, placed, text_width

__all__ = ["SavedChip", "SavedState"]

SavedState = Literal["saved", "saving", "read_only", "failed"]

_EDGE = 8
_GAP = 8
# Icon, its colour and the colour of the words.
_LOOKS: dict[SavedState, tuple[str, str, str]] = {
    "saved": ("check", "ok", "text_2"),
    "saving": ("loader-circle", "text_2", "text_2"),
    "read_only": ("lock", "text_2", "text_2"),
    "failed": ("triangle-alert", "danger", "danger"),
}


class SavedChip(Pressable):
    """Says one of four states; a click opens history and backups (``clicked``).

    ``framed`` draws the rim at rest too; "failed" has it always.
    """

    def __init__(self, *, framed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: SavedState = "saved"
        self._framed = framed
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setText("")

    @property
    def state(self) -> SavedState:
        """Which of the four it says."""
        return self._state

    def set_saved(self, clock: str) -> None:
        """Everything is in the file since ``clock``, a time of day as the locale writes it."""
        self._say("saved", self.tr("Saved {time}").format(time=clock))

    def set_saving(self) -> None:
        """A write is on its way."""
        self._say("saving", self.tr("Saving"))

    def set_read_only(self, where: str = "") -> None:
        """The file cannot be written; ``where`` names the machine that has it open, if known."""
        words = self.tr("Read only, open on {place}").format(place=where)
        self._say("read_only", words if where else self.tr("Read only"))

    def set_failed(self, reason: str) -> None:
        """The work is not in the file; ``reason`` says why in two or three words."""
        self._say("failed", self.tr("Not saved: {reason}").format(reason=reason))

    def sizeHint(self) -> QSize:
        width = 2 * _EDGE + self.theme.icon_px() + _GAP
        return QSize(
            width + text_width(self.theme, self.text()), self.theme.height("control_compact")
        )

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        least = 2 * _EDGE + self.theme.icon_px()
        return QSize(min(hint.width(), least + 4 * self.theme.line()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t, bounds = self.theme.tokens, self.rect()
        icon, icon_role, role = _LOOKS[self._state]
        painter = painter_for(self)
        clear = QColor(t.hover)
        clear.setAlpha(0)
        fill = t.pressed if self.isDown() else self.hovered(clear, t.hover)
        rim = t.border if self._framed else None
        if self._state == "failed":
            fill, rim = t.danger_soft, t.danger
        draw_panel(painter, bounds, fill, rim, t.sizes.radius_control)
        side = self.theme.icon_px()
        place = QRect(_EDGE, 0, side, bounds.height())
        draw_icon(painter, self.theme, placed(painter, bounds, place), icon, icon_role, side)
        left = _EDGE + side + _GAP
        place = QRect(left, 0, bounds.width() - left - _EDGE + 1, bounds.height())
        at = placed(painter, bounds, place)
        draw_text(painter, self.theme, at, self.text(), t.role(role))
        painter.end()

    def _say(self, state: SavedState, words: str) -> None:
        self._state = state
        self.setText(words)
        self.setAccessibleName(words)
        self.theme_changed()
