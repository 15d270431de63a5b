"""A field that takes a key by its being pressed: Enter begins, Esc gives up, Backspace takes away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.app.commands import key_text
from labeler.app.keys import portable_key
from labeler.kit.controls.pressable import Pressable
from labeler.kit.paint import cap_size, draw_cap, draw_panel, draw_text, painter_for, placed

__all__ = ["KeyField"]

_PAD = 8
_GAP = 6
_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
}


class KeyField(Pressable):
    """Shows the keys of a command as caps.

    ``pressed_key`` carries what was pressed, as portable text; ``taken_away`` fires for Backspace
    and Delete.
    """

    pressed_key = Signal(str)
    taken_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[str, ...] = ()
        self._listening = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.listen)
        self._name()

    @property
    def listening(self) -> bool:
        """Whether the next key is taken."""
        return self._listening

    def set_keys(self, keys: tuple[str, ...]) -> None:
        """Show these keys (portable text)."""
        self._keys = keys
        self._listening = False
        self._name()

    def listen(self) -> None:
        """Take the next key."""
        self._listening = True
        self._name()

    def _name(self) -> None:
        shown = ", ".join(key_text(key) for key in self._keys) or self.tr("No key")
        self.setAccessibleName(self.tr("Press a key") if self._listening else shown)
        self.updateGeometry()
        self.update()

    def event(self, event: QEvent) -> bool:
        # Tab, shortcuts and the dialog's own keys are keys like others while one is awaited.
        if self._listening and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _MODIFIERS or not event.key():
            return
        if key == Qt.Key.Key_Escape and not held:
            self._listening = False
            self._name()
            return
        self._listening = False
        self._name()
        self.pressed_key.emit(portable_key(key, held))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.listen()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.taken_away.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._listening:
            self._listening = False
            self._name()

    def sizeHint(self) -> QSize:
        return QSize(12 * self.theme.line(), self.theme.height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(6 * self.theme.line(), self.theme.height("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, bounds = self.theme.tokens, self.rect()
        painter = painter_for(self)
        rim = t.accent if self._listening else t.border_strong
        fill = t.accent_soft if self._listening else self.hovered(t.surface, t.hover)
        draw_panel(painter, bounds, fill, rim, t.sizes.radius_control)
        x = _PAD + 1
        if self._listening or not self._keys:
            words = (
                self.tr("Press a key, Esc to leave it") if self._listening else self.tr("No key")
            )
            ink = t.text if self._listening else t.text_2
            place = bounds.adjusted(x, 0, -_PAD, 0)
            draw_text(painter, self.theme, place, words, ink)
        else:
            for text in dict.fromkeys(key_text(key) for key in self._keys):
                size = cap_size(self.theme, text)
                place = bounds.adjusted(0, 0, 0, 0)
                place.setRect(
                    x, (bounds.height() - size.height()) // 2, size.width(), size.height()
                )
                draw_cap(painter, self.theme, placed(painter, bounds, place), text)
                x += size.width() + _GAP
        painter.end()
