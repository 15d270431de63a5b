"""The edge of the inspector that is dragged to make it wider, or moved with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from labeler.kit.paint import painter_for
from labeler.kit.theme import Themed

__all__ = ["Grip"]

WIDTH = 9
_STEP = 16


class Grip(Themed, QWidget):
    """Lies over the start edge of ``of``; ``wished`` carries the width wished for, in pixels."""

    wished = Signal(int)
    let_go = Signal()

    def __init__(self, of: QWidget) -> None:
        super().__init__(of)
        self.init_theme()
        self._of = of
        self._from: tuple[int, int] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Width of the inspector"))
        self.setAccessibleDescription(self.tr("Left and right arrows change it"))

    def focus_rect(self) -> QRect:
        """What the focus ring goes round."""
        return self.rect().adjusted(0, 4, 0, -4)

    def place(self) -> None:
        """Lie along the start edge."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self._of.width() - WIDTH if mirrored else 0
        self.setGeometry(x, 0, WIDTH, self._of.height())
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = (round(event.globalPosition().x()), self._of.width())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            x, width = self._from
            way = x - round(event.globalPosition().x())
            self.wished.emit(width + (way if not self._mirrored() else -way))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._from = None
            self.let_go.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: _STEP, Qt.Key.Key_Right: -_STEP}
        step = steps.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        # Not its width: that follows only when the page is laid out again.
        width = self._of.sizeHint().width()
        self.wished.emit(width + (step if not self._mirrored() else -step))
        self.let_go.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse() or self._from is not None:
            painter = painter_for(self)
            x = self.width() - 2 if self._mirrored() else 0
            painter.fillRect(x, 0, 2, self.height(), self.theme.tokens.accent)
            painter.end()

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft
