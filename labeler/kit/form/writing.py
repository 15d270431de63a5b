"""Writing in a field of the form: no undo of its own, the caret stays, letters type and chords act.

Undo belongs to the whole annotation, so Ctrl+Z passes through to the window. A text set from
outside (undo, redo, another window) changes only what differs, so caret and scroll stay.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from labeler.kit.theme import Themed
from labeler.model.steps import splice_between

__all__ = ["Writing"]

_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_ALT = Qt.KeyboardModifier.AltModifier
_BREAK, _SOFT_BREAK = "\u2029", "\u2028"


class Writing(QObject):
    """Follows one QLineEdit or QPlainTextEdit and is its child.

    ``changed`` carries the whole text after each change a person made, ``left`` fires when the
    caret leaves. Texts have ``\\n`` line ends; no-break spaces stay what they are.
    """

    changed = Signal(str)
    left = Signal()

    def __init__(self, edit: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._text = ""
        self._showing = False
        self._lines = 0
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit)
        if isinstance(edit, QPlainTextEdit):
            edit.setUndoRedoEnabled(False)
        edit.installEventFilter(self)
        edit.textChanged.connect(self._changed)

    @property
    def text(self) -> str:
        """What is written there."""
        if isinstance(self._edit, QLineEdit):
            return self._edit.text()
        # toPlainText() would turn no-break spaces into plain ones.
        return self._edit.document().toRawText().replace(_BREAK, "\n")

    def show(self, text: str) -> None:
        """Show another text without a signal; caret and scroll stay where they were."""
        present, wanted = self.text, text.replace("\r\n", "\n").replace("\r", "\n")
        if present == wanted:
            self._text = present
            return
        at, remove, insert = splice_between(present, wanted)
        start = _units(present[:at])
        end = start + _units(present[at : at + remove])
        self._showing = True
        try:
            if isinstance(self._edit, QLineEdit):
                caret = self._edit.cursorPosition()
                self._edit.setText(wanted)
                self._edit.setCursorPosition(_moved(caret, start, end, _units(insert)))
            else:
                cursor = QTextCursor(self._edit.document())
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(insert)
        finally:
            self._showing = False
        self._text = self.text

    def finish(self) -> None:
        """End a composition of the input method: what is composed becomes text."""
        if self._edit.hasFocus():
            QGuiApplication.inputMethod().commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if any(event.matches(key) for key in _UNDO) or self._is_chord(event):
                # Not taken here: the window's undo, or the form, gets it.
                event.ignore()
                return kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            if kind == QEvent.Type.KeyPress and self._breaks_line(event):
                return True
        elif kind == QEvent.Type.FocusOut:
            self.left.emit()
        elif kind == QEvent.Type.Resize:
            self._fitting.start()
        elif isinstance(event, QContextMenuEvent) and isinstance(self._edit, QLineEdit):
            self._open_menu(self._edit, event)
            return True
        return False

    def _fit(self) -> None:
        """Another width breaks a text into other lines, and Qt tells nobody: measure it again."""
        if isinstance(self._edit, QPlainTextEdit):
            lines = round(self._edit.document().size().height())
            if lines != self._lines and isinstance(self._edit, Themed):
                self._edit.theme_changed()
            self._lines = lines

    @staticmethod
    def _is_chord(event: QKeyEvent) -> bool:
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return keys == _ALT and bool(event.text() or event.key() < Qt.Key.Key_Escape)

    def _breaks_line(self, event: QKeyEvent) -> bool:
        """Shift+Enter would put in a soft break, which no other program expects in a text."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
            return False
        if isinstance(self._edit, QPlainTextEdit) and not self._edit.isReadOnly():
            self._edit.textCursor().insertBlock()
            self._edit.ensureCursorVisible()
            return True
        return False

    @staticmethod
    def _open_menu(edit: QLineEdit, event: QContextMenuEvent) -> None:
        menu = edit.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in ("edit-undo", "edit-redo"):
                menu.removeAction(action)
        while menu.actions() and menu.actions()[0].isSeparator():
            menu.removeAction(menu.actions()[0])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _changed(self) -> None:
        if self._showing:
            return
        text = self.text
        if text != self._text:
            self._text = text
            self.changed.emit(text)


def _units(text: str) -> int:
    """UTF-16 units, which Qt counts in."""
    return len(text) + sum(1 for sign in text if sign > "\uffff")


def _moved(caret: int, start: int, end: int, inserted: int) -> int:
    """Where a caret is after start..end were replaced by so many units; behind what came at it."""
    if caret < start:
        return caret
    return start + inserted if caret <= end else caret + inserted - (end - start)
