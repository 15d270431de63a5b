"""The one text editor of the transcript: it lies over the row that is typed into."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPalette, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from labeler.kit.focus import went_elsewhere
from labeler.kit.theme import Themed
from labeler.kit.timeline.direction import side_of

__all__ = ["LiveText", "WordRuns"]

_MOST_LINES = 8
_FRAME = 8
_SIDE = 4
"""So that the letters stay where the row drew them."""


class LiveText(Themed, QPlainTextEdit):
    """One text, several lines where it needs them.

    ``typed`` carries the new text after each change by a hand, ``stepped`` +1 or −1 for the next or
    previous row, ``left`` fires when Escape leaves the text, ``resized`` when it needs another height.
    Its own undo is off: the app's goes word by word, through the file.
    """

    typed = Signal(str)
    stepped = Signal(int)
    left = Signal()
    got_focus = Signal()
    lost_focus = Signal()
    resized = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(_SIDE, 1, _SIDE, 0)
        # Lines are broken, so there is nothing beside them; a resize scrolls there all the same.
        self.horizontalScrollBar().valueChanged.connect(self._stay)
        self.init_theme()
        self.theme_changed()
        self._text = ""
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self.resized)

    def theme_changed(self) -> None:
        self.setFont(self.theme.font("body"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, self.theme.tokens.text_2)
        self.setPalette(palette)
        self.resized.emit()

    @property
    def text(self) -> str:
        """What is written."""
        return self._text

    @property
    def caret(self) -> int:
        """Where the caret is, in code points."""
        before = self.toPlainText().encode("utf-16-le")[: 2 * self.textCursor().position()]
        return len(before.decode("utf-16-le", "ignore"))

    def set_text(self, text: str, *, keep_caret: bool = False) -> None:
        """Show another text; the caret goes to its end, or stays by what did not change."""
        if text == self._text and keep_caret:
            return
        caret = _moved(self._text, text, self.caret) if keep_caret else len(text)
        with QSignalBlocker(self):
            self._text = text
            self.setPlainText(text)
            self._stand_where_it_begins()
            self.put_caret(caret)
        self.resized.emit()

    def wanted_height(self) -> int:
        """Pixels that show all lines, up to eight."""
        lines = max(1, min(_MOST_LINES, round(self.document().size().height())))
        return lines * QFontMetrics(self.font()).lineSpacing() + 2 * _FRAME

    def _stay(self) -> None:
        self.horizontalScrollBar().setValue(0)

    def put_caret(self, place: int) -> None:
        """Put the caret before the letter at ``place``, in code points."""
        units = len(self._text[:place].encode("utf-16-le")) // 2
        cursor = self.textCursor()
        cursor.setPosition(units)
        self.setTextCursor(cursor)

    def _changed(self) -> None:
        text = self.toPlainText()
        if text != self._text:
            self._text = text
            self._stand_where_it_begins()
            self.typed.emit(text)

    def _stand_where_it_begins(self) -> None:
        """At the edge where the row draws it: the letters stay where they are."""
        option = self.document().defaultTextOption()
        side = side_of(self._text)
        if option.alignment() != side:
            option.setAlignment(side)
            self.document().setDefaultTextOption(option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held == Qt.KeyboardModifier.ShiftModifier and not self.isReadOnly():
                self.insertPlainText("\n")
            elif plain:
                self.stepped.emit(1)
            else:
                event.ignore()
        elif key == Qt.Key.Key_Escape and plain:
            self.left.emit()
        elif plain and key == Qt.Key.Key_Up and self._at_edge(QTextCursor.MoveOperation.Up):
            self.stepped.emit(-1)
        elif plain and key == Qt.Key.Key_Down and self._at_edge(QTextCursor.MoveOperation.Down):
            self.stepped.emit(1)
        else:
            super().keyPressEvent(event)

    def _at_edge(self, move: QTextCursor.MoveOperation) -> bool:
        """Whether there is no further line that way."""
        return not QTextCursor(self.textCursor()).movePosition(move)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.got_focus.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if went_elsewhere(event):
            self.lost_focus.emit()


def _moved(old: str, new: str, caret: int) -> int:
    """Where the caret is after a text became another: it stays at what it stood before."""
    same = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        same += 1
    if caret <= same:
        return caret
    return max(same, len(new) - (len(old) - caret))


class WordRuns:
    """Numbers the runs of typing that are undone as one: each word, each stretch of deleting.

    ``run`` is the number of the change from one text to the next.
    """

    def __init__(self) -> None:
        self._number = 0
        self._kind = ""
        self._place = -1

    def end(self) -> None:
        """What is typed next is a run of its own."""
        self._kind = ""

    def run(self, old: str, new: str) -> int:
        """The number of the run this change belongs to."""
        start = 0
        for one, other in zip(old, new, strict=False):
            if one != other:
                break
            start += 1
        tail = 0
        while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        gone, come = old[start : len(old) - tail], new[start : len(new) - tail]
        kind = "type" if come and not gone else "delete" if gone and not come else "replace"
        after = start + len(come)
        begins_word = (
            kind == "type" and not come[:1].isspace() and (start == 0 or new[start - 1].isspace())
        )
        if kind == "delete":
            goes_on = self._kind == kind and self._place in (start, start + len(gone))
        else:
            goes_on = kind == "type" == self._kind and self._place == start and not begins_word
        if not goes_on:
            self._number += 1
        self._kind, self._place = kind, after if kind != "delete" else start
        return self._number
