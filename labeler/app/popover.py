"""A small raised frame over the page, beside what it belongs to: reasons, going to a task."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from labeler.app.keys import OWN_KEYS
from labeler.kit.controls.text import Text
from labeler.kit.controls.toast import SHADOW_MARGIN
from labeler.kit.paint import draw_panel, draw_shadow, painter_for
from labeler.kit.theme import Themed

__all__ = ["Popover"]

_PAD, _GAP = 12, 8
_EDGE = 8


class Popover(Themed, QWidget):
    """Lies over the window of ``anchor``; Escape and a click elsewhere close it (``closed``).

    The focus goes back to where it was. Put content into ``body``.
    """

    closed = Signal()

    def __init__(self, anchor: QWidget, title: str, *, width: int = 320) -> None:
        super().__init__(anchor.window())
        self.init_theme()
        self._anchor = anchor
        self._width = width
        self._before: QWidget | None = QApplication.focusWidget()
        self.setAccessibleName(title)
        self.setProperty(OWN_KEYS, True)
        margin = SHADOW_MARGIN + _PAD
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(_GAP)
        self.body.addWidget(Text(title, "label"))

    def open(self) -> None:
        """Show it beside the anchor: above where there is room, else below."""
        self.place()
        self.show()
        self.raise_()
        self.window().installEventFilter(self)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def place(self) -> None:
        """Measure and move it."""
        window = self.window()
        margin = SHADOW_MARGIN
        scale = 1 + (self.theme.text_scale - 1) / 2
        width = min(round(self._width * scale), window.width() - 2 * _EDGE) + 2 * margin
        self.setFixedWidth(width)
        self.body.activate()
        height = max(self.sizeHint().height(), self.body.totalHeightForWidth(width))
        self.resize(width, height)
        top = self._anchor.mapTo(window, QPoint(0, 0))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = top.x() - margin if not rtl else top.x() + self._anchor.width() - width + margin
        y = top.y() - height + margin - 4
        if y + margin < 0:
            y = top.y() + self._anchor.height() - margin + 4
        x = max(_EDGE - margin, min(x, window.width() - width + margin - _EDGE))
        y = max(_EDGE - margin, min(y, window.height() - height + margin - _EDGE))
        self.move(x, y)

    def dismiss(self) -> None:
        """Go away and give the focus back."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.window().removeEventFilter(self)
        before = self._before
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if had_focus and before is not None and _is_there(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.window() and kind == QEvent.Type.Resize:
            self.place()
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            inside = isinstance(watched, QWidget) and (
                watched is self or self.isAncestorOf(watched)
            )
            if isinstance(watched, QWidget) and not inside and self.isVisible():
                if watched.window() is self.window():
                    self.dismiss()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)
        # What is not used here must not reach the page below.
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        t, margin = self.theme.tokens, SHADOW_MARGIN
        frame = self.rect().adjusted(margin, margin, -margin, -margin)
        painter = painter_for(self)
        draw_shadow(painter, self.theme, frame, t.sizes.radius_panel)
        draw_panel(painter, frame, t.raised, t.border_strong, t.sizes.radius_panel)
        painter.end()


def _is_there(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget) and widget.isVisible()
