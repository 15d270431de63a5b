"""What painted buttons share: a hover that fades in, and a rectangle for the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QEnterEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from labeler.kit.colour import blend
from labeler.kit.theme import Themed

__all__ = ["Pressable"]


class Pressable(Themed, QPushButton):
    """A button that paints itself; subclasses implement ``sizeHint`` and ``paintEvent``.

    It takes the focus with Tab and click and never becomes a dialog's default by itself. A size
    hint below 24 × 24 is a mistake: that is the smallest target a hand can hit.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hover = 0.0
        self._fade: QVariantAnimation | None = None
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        # No explicit minimum size: in a layout it would take the place of the size hint.
        self.init_theme()

    def focus_rect(self) -> QRect:
        """What the focus ring goes round."""
        return QRect(self.rect())

    @property
    def hover_share(self) -> float:
        """How far the hover has faded in, 0 to 1."""
        return self._hover if self.isEnabled() else 0.0

    def hovered(self, rest: QColor, over: QColor) -> QColor:
        """The colour between rest and hover at this moment."""
        return blend(rest, over, self.hover_share)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._fade_to(1.0)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._fade_to(0.0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _fade_to(self, share: float) -> None:
        duration = self.theme.duration("fast")
        if duration == 0:
            self._hover = share
            self.update()
            return
        if self._fade is None:
            self._fade = QVariantAnimation(self)
            self._fade.valueChanged.connect(self._faded)
        self._fade.stop()
        self._fade.setDuration(duration)
        self._fade.setStartValue(self._hover)
        self._fade.setEndValue(share)
        self._fade.start()

    def _faded(self, share: float) -> None:
        self._hover = float(share)
        self.update()
