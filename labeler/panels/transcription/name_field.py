"""A small field over the content in which a speaker gets a name; Enter takes it, Escape leaves it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from labeler.kit.controls.text import Text
from labeler.kit.focus import went_elsewhere
from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.theme import Themed

__all__ = ["NameField"]

_PAD = 12


class _Line(QLineEdit):
    """A line that says when it is left."""

    done = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.done.emit(False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if went_elsewhere(event):
            self.done.emit(True)


class NameField(Themed, QWidget):
    """``named`` carries the old and the new name, once, where it is another one and not empty."""

    named = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._old = ""
        self._open = False
        self.init_theme()
        self.title = Text(self.tr("Name of the speaker"), role="text_2")
        self.line = _Line()
        self.line.setAccessibleName(self.tr("Name of the speaker"))
        self.line.setMaxLength(200)
        self.line.done.connect(self._done)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD, 8, _PAD, 8)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.line, 1)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a name is being typed."""
        return self._open

    def ask(self, name: str, at: QPoint, width: int) -> None:
        """Ask for another name, with the field at a place of the parent."""
        self._old, self._open = name, True
        self.line.setText(name)
        self.line.selectAll()
        self.setGeometry(at.x(), at.y(), width, self.sizeHint().height())
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, *, take: bool = True) -> None:
        """Take what is typed, or leave it; nothing happens where nothing is asked."""
        if self._open:
            self._done(take)

    def _done(self, take: bool) -> None:
        if not self._open:
            return
        self._open = False
        name = " ".join(self.line.text().split())
        old = self._old
        self.hide()
        self.closed.emit()
        if take and name and name != old:
            self.named.emit(old, name)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.theme.tokens
        painter = painter_for(self)
        radius = tokens.sizes.radius_panel
        draw_panel(painter, self.rect(), tokens.raised, tokens.border_strong, radius)
        painter.end()
