"""The undo bar: one short message at the bottom of the content, with the way back on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.text import ElidedText, IconMark
from labeler.kit.paint import draw_panel, draw_shadow, painter_for
from labeler.kit.theme import Themed

__all__ = ["SHADOW_MARGIN", "Toast"]

#: Room round a raised frame for its shadow, in pixels.
SHADOW_MARGIN = 20
_EDGE = 12
_ABOVE_BOTTOM = 24
_STAYS_MS = 8000


class Toast(Themed, QWidget):
    """One message at a time over ``host``: what happened, a button to undo it, a cross.

    It goes after 8 s, not while the pointer or the focus is on it. ``acted`` fires when the button
    is pressed, ``closed`` whenever it goes away without that.
    """

    acted = Signal()
    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.init_theme()
        self._mark = IconMark("info")
        self._words = ElidedText()
        self._action = Button("", "quiet", compact=True)
        self._cross = IconButton("x", self.tr("Close"))
        self._action.clicked.connect(self._act)
        self._cross.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setSpacing(8)
        around = SHADOW_MARGIN
        row.setContentsMargins(around + _EDGE, around + 4, around + _EDGE, around + 4)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(self._cross)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(self._time_over)
        self.hide()
        host.installEventFilter(self)

    def say(self, text: str, *, action: str = "", key: str = "", icon: str = "") -> None:
        """Show a message in place of the last one; ``action`` names its button, empty for none."""
        self._mark.setVisible(bool(icon))
        self._mark.set_icon(icon or "info")
        self._words.set_text(text)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.set_key(key)
        self._action.setVisible(bool(action))
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @property
    def text(self) -> str:
        """The message last shown."""
        return self._words.text

    def dismiss(self) -> None:
        """Go away without having acted."""
        self._timer.stop()
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._place()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.isVisible():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        t = self.theme.tokens
        painter = painter_for(self)
        frame = self._frame()
        draw_shadow(painter, self.theme, frame, t.sizes.radius_panel)
        draw_panel(painter, frame, t.raised, t.border_strong, t.sizes.radius_panel)
        painter.end()

    def _frame(self) -> QRect:
        m = SHADOW_MARGIN
        return self.rect().adjusted(m, m, -m, -m)

    def _place(self) -> None:
        if not self._words.text:
            return
        sizes = self.theme.tokens.sizes
        host = self._host.rect()
        margin = SHADOW_MARGIN
        height = self.theme.height("task_strip") + 2 * margin
        wanted = max(self.sizeHint().width(), sizes.toast * 3 // 4 + 2 * margin)
        width = min(wanted, max(sizes.toast, self.sizeHint().width()) + 2 * margin, host.width())
        left = (host.width() - width) // 2
        self.setGeometry(left, host.height() - height - _ABOVE_BOTTOM + margin, width, height)

    def _time_over(self) -> None:
        focused: QWidget | None = self.window().focusWidget()
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            self._timer.start()
            return
        self.dismiss()

    def _act(self) -> None:
        self._timer.stop()
        self.hide()
        self.acted.emit()
