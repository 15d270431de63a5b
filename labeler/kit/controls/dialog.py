"""The frame of a dialog: title, body, buttons at the end with the primary one last."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QBitmap,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from labeler.kit.controls.button import Button, ButtonKind, IconButton
from labeler.kit.controls.text import Text
from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.theme import Themed

__all__ = ["Dialog", "DialogRole", "Scrim"]

DialogRole = Literal["accept", "reject", "action", "aside"]

_PAD_X, _PAD_Y = 20, 16
_GAP = 12
_MARGIN = 32


class Scrim(Themed, QWidget):
    """Darkens a window behind a modal dialog or the palette, and follows its size."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.init_theme()
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.tokens.scrim)
        painter.end()


class Dialog(Themed, QDialog):
    """A modal dialog 560 px wide (672 with ``wide``, for tables); put its content into ``body``.

    Buttons are added from the start: other ways first, the primary last. Enter presses the primary
    one, Escape the cross. It is moved by its title.
    """

    def __init__(self, title: str, *, wide: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = wide
        self._scrim: Scrim | None = None
        self.init_theme()
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setModal(True)
        self._title = Text(title, "heading", wrap=True)
        self._title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        cross = IconButton("x", self.tr("Close"), key="Esc")
        cross.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(self._title, 1)
        head.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setSpacing(_GAP)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addStretch(1)
        self._asides = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD_X, _PAD_Y, _PAD_X, _PAD_Y)
        column.setSpacing(_GAP)
        column.addLayout(head)
        column.addLayout(self.body, 1)
        column.addSpacing(4)
        column.addLayout(self._foot)
        self.set_title(title)
        self.theme_changed()

    def set_title(self, title: str) -> None:
        """Give it another title."""
        self._title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def add_button(
        self,
        text: str,
        kind: ButtonKind = "secondary",
        *,
        role: DialogRole = "action",
        key: str = "",
        icon: str = "",
    ) -> Button:
        """Add a button: "accept" and "reject" end the dialog, "aside" stands at the start.

        A primary or danger button becomes the one Enter presses and shows that key.
        """
        default = kind in ("primary", "danger")
        button = Button(text, kind, key=key or ("Enter" if default else ""), icon=icon)
        if role == "aside":
            self._foot.insertWidget(self._asides, button)
            self._asides += 1
        else:
            self._foot.addWidget(button)
        if role == "accept":
            button.clicked.connect(self.accept)
        elif role == "reject":
            button.clicked.connect(self.reject)
        if default:
            button.setDefault(True)
        return button

    def theme_changed(self) -> None:
        sizes = self.theme.tokens.sizes
        wanted = sizes.dialog_wide if self._wide else sizes.dialog
        # Larger letters need a wider measure, but never more than the screen gives.
        screen = self.screen().availableGeometry().width() - _MARGIN
        self.setFixedWidth(min(screen, round(wanted * (1 + (self.theme.text_scale - 1) / 2))))
        super().theme_changed()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self.windowHandle()
        in_head = event.position().y() < _PAD_Y + self.theme.line("heading") + _GAP
        if event.button() == Qt.MouseButton.LeftButton and in_head and handle is not None:
            handle.startSystemMove()
        super().mousePressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None and self.isWindow() and self._scrim is None:
            window = parent.window()
            self._scrim = Scrim(window)
            middle = window.frameGeometry().center() - self.rect().center()
            self.move(middle)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Round corners without a translucent window: that would be black where nothing composes.
        shape = QBitmap(self.size())
        shape.clear()
        painter = QPainter(shape)
        painter.setPen(Qt.GlobalColor.color1)
        painter.setBrush(Qt.GlobalColor.color1)
        radius = self.theme.tokens.sizes.radius_panel
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        painter.end()
        self.setMask(shape)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = self.theme.tokens
        painter = painter_for(self)
        painter.fillRect(self.rect(), t.raised)
        draw_panel(painter, self.rect(), t.raised, t.border_strong, t.sizes.radius_panel)
        painter.end()
