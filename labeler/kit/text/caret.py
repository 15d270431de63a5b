"""Caret and selection moved by keys: letters, words, lines, pages, both directions of writing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from labeler.kit.text.document import Document
from labeler.kit.text.page import Page

__all__ = ["Caret"]

_PAGE = 400.0

Key = QKeySequence.StandardKey
Move = Callable[[Page], int]


class Caret:
    """Where the caret stands and where the selection began; both in code points of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.anchor = 0
        self.at = 0
        self._wanted_x: float | None = None

    @property
    def selection(self) -> tuple[int, int] | None:
        """The selected range, or None where there is none."""
        if self.anchor == self.at:
            return None
        return min(self.anchor, self.at), max(self.anchor, self.at)

    def place(self, at: int) -> None:
        """Put the caret somewhere, with nothing selected."""
        self.anchor = self.at = at
        self._wanted_x = None

    def select(self, start: int, end: int) -> None:
        """Select a range; the caret is at its end."""
        self.anchor, self.at = start, end
        self._wanted_x = None

    def key(self, event: QKeyEvent, page: Page) -> bool:
        """Move by a key; False for a key that moves nothing."""
        moves: tuple[tuple[Key, Key, Move], ...] = (
            (Key.MoveToNextChar, Key.SelectNextChar, lambda page: self._sideways(True)),
            (Key.MoveToPreviousChar, Key.SelectPreviousChar, lambda page: self._sideways(False)),
            (Key.MoveToNextWord, Key.SelectNextWord, lambda page: self._word(True)),
            (Key.MoveToPreviousWord, Key.SelectPreviousWord, lambda page: self._word(False)),
            (Key.MoveToNextLine, Key.SelectNextLine, lambda page: self._line(page, 1)),
            (Key.MoveToPreviousLine, Key.SelectPreviousLine, lambda page: self._line(page, -1)),
            (Key.MoveToNextPage, Key.SelectNextPage, lambda page: self._far(page, _PAGE)),
            (Key.MoveToPreviousPage, Key.SelectPreviousPage, lambda page: self._far(page, -_PAGE)),
            (Key.MoveToStartOfLine, Key.SelectStartOfLine, self._line_start),
            (Key.MoveToEndOfLine, Key.SelectEndOfLine, self._line_end),
            (Key.MoveToStartOfDocument, Key.SelectStartOfDocument, lambda page: 0),
            (Key.MoveToEndOfDocument, Key.SelectEndOfDocument, lambda page: self._end),
        )
        if event.matches(Key.SelectAll):
            self.select(0, self._end)
            return True
        if event.matches(Key.Deselect) or (event.key() == Qt.Key.Key_Escape and self.selection):
            self.place(self.at)
            return True
        for move, select, where in moves:
            extend = event.matches(select)
            if not extend and not event.matches(move):
                continue
            at = where(page)
            if move not in (Key.MoveToNextLine, Key.MoveToPreviousLine):
                self._wanted_x = None  # only going up and down keeps to a column
            self.at = at
            if not extend:
                self.anchor = at
            return True
        return False

    @property
    def _end(self) -> int:
        return len(self._document.text)

    def _forward(self, right: bool) -> bool:
        return right == (self._document.block_at(self.at).direction == "ltr")

    def _sideways(self, right: bool) -> int:
        step = self._document.after if self._forward(right) else self._document.before
        return step(self.at)

    def _word(self, right: bool) -> int:
        document = self._document
        step = document.word_after if self._forward(right) else document.word_before
        return step(self.at)

    def _line(self, page: Page, down: int) -> int:
        caret = page.caret(self.at)
        if self._wanted_x is None:
            self._wanted_x = caret.x()
        number, _, line = page.place_of(self.at)
        y = page.top(number) + line.top + (line.height + 1 if down > 0 else -1)
        if y < 0:
            return 0
        if y >= page.height:
            return self._end
        return self._at(page, self._wanted_x, y)

    def _far(self, page: Page, distance: float) -> int:
        caret = page.caret(self.at)
        y = min(max(0.0, caret.y() + distance), page.height - 1)
        return self._at(page, caret.x(), y)

    def _at(self, page: Page, x: float, y: float) -> int:
        _, block, line = page.line_at(y, x)
        at = block.position_at(line, x)
        # The end of a wrapped line is the beginning of the next; stay on the line that was meant.
        if at == line.end and line is not block.lines[-1]:
            at = self._document.before(at)
        return at

    def _line_start(self, page: Page) -> int:
        return page.place_of(self.at)[2].start

    def _line_end(self, page: Page) -> int:
        _, block, line = page.place_of(self.at)
        return line.end if line is block.lines[-1] else self._document.before(line.end)
