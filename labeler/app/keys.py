"""One router for keys: a key of a command runs it, wherever the focus is, unless it is being typed.

Qt's own shortcuts are not used: a text field would take Ctrl+Z for itself, two shortcuts on one key
would silence each other, and a single letter would need to know who is writing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from labeler.app.commands import Commands, is_plain
from labeler.kit.focus import takes_text

__all__ = ["OWN_KEYS", "KeyRouter", "is_of_controls", "portable_key"]

OWN_KEYS = "own_keys"
"""A property of widgets whose keys are all their own: the palette, a popover."""

_ONLY_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_OF_CONTROLS = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
}
"""Keys that belong to the control with the focus, held alone or with Shift."""
_PRESSES = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
"""Keys that press a button or open a list."""


class KeyRouter(QObject):
    """Looks at every key press of one window before its widgets do.

    ``owner_of`` says to which widget the commands of a key that controls use themselves (Tab, Space,
    Return, arrows) belong: they run only with the focus in it. ``others`` is offered the keys no
    command has, on whatever page is shown, and says whether it used them.
    """

    def __init__(
        self,
        commands: Commands,
        window: QWidget,
        *,
        owner_of: Callable[[str], QWidget | None],
        others: Callable[[QKeyEvent], bool],
    ) -> None:
        super().__init__(window)
        self._commands = commands
        self._window = window
        self._owner_of = owner_of
        self._others = others
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        focus = QApplication.focusWidget()
        if focus is not None and watched is not focus:
            # On its way up from the focused widget, which has refused it: it was looked at there.
            return False
        if QApplication.activeModalWidget() not in (None, self._window):
            return False
        if QApplication.activePopupWidget() is not None or _has_own_keys(watched):
            return False
        return self.route(event, watched)

    def route(self, event: QKeyEvent, focus: QWidget | None) -> bool:
        """Run what the key runs; True where something took it."""
        key = Qt.Key(event.key())
        if key in _ONLY_MODIFIERS or not event.key():
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        typing = takes_text(focus)
        if typing and is_plain(modifiers, key):
            return False
        text = portable_key(key, modifiers)
        entry = self._commands.for_key(text)
        if entry is not None and self._reaches(entry.command.id, key, modifiers, focus):
            if event.isAutoRepeat() and not _may_repeat(entry.command.id, text):
                return True
            if self._commands.run(entry.command.id):
                return True
            # A key that does nothing now may be a control's own, or a letter of the panel's.
        if event.isAutoRepeat() and event.text().isprintable() and event.text():
            # A finger resting on a digit must not answer one task after the other.
            return True
        return self._others(event)

    def _reaches(
        self, command_id: str, key: Qt.Key, modifiers: Qt.KeyboardModifier, focus: QWidget | None
    ) -> bool:
        if key not in _OF_CONTROLS or not is_plain(modifiers, key):
            return True
        if key in _PRESSES and isinstance(focus, QAbstractButton | QComboBox):
            return False
        owner = self._owner_of(command_id)
        if owner is None:
            return False
        return focus is None or focus is self._window or focus is owner or owner.isAncestorOf(focus)


def is_of_controls(key: str) -> bool:
    """Whether a key (portable text) is one that the control with the focus uses itself."""
    combination = QKeyCombination.fromCombined(_first(key))
    return combination.key() in _OF_CONTROLS and is_plain(
        combination.keyboardModifiers(), combination.key()
    )


def _first(key: str) -> int:
    sequence = QKeySequence(key)
    # Qt's stubs do not know that a sequence can be indexed.
    return sequence[0].toCombined() if sequence.count() else 0  # type: ignore[index]


def _has_own_keys(widget: QWidget) -> bool:
    step: QWidget | None = widget
    while step is not None and not step.isWindow():
        if step.property(OWN_KEYS):
            return True
        step = step.parentWidget()
    return False


def portable_key(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str:
    """A key press as portable text (``Ctrl+Shift+Z``), as commands are looked up by it."""
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    combination = QKeyCombination(modifiers, key)
    sequence = QKeySequence(combination)
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def _may_repeat(command_id: str, key: str) -> bool:
    """Holding a key repeats undo, redo and moves, and nothing that finishes a task."""
    return command_id in ("app.undo", "app.redo") or key.rpartition("+")[2] in (
        "Left",
        "Right",
        "Up",
        "Down",
        "Tab",
        "PgUp",
        "PgDown",
    )
