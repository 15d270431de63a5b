"""The responses in their places: side by side or in a grid, stacked, or one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.markdown import Formulas
from labeler.kit.theme import Themed
from labeler.panels.comparison.pane import ResponsePane

__all__ = ["LAYOUTS", "Board", "Layout"]

Layout = Literal["beside", "stacked", "single"]
LAYOUTS: tuple[Layout, ...] = ("beside", "stacked", "single")

_GUTTER = 1
_NARROWEST = 250


class Board(Themed, QWidget):
    """Panes for the responses, made once and used again for every task.

    ``made`` carries a pane the first time it is needed. Scrolling one scrolls the others by
    proportion while ``linked`` is on.
    """

    made = Signal(object)

    def __init__(self, formulas: Formulas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formulas = formulas
        self._panes: list[ResponsePane] = []
        self._count = 0
        self._current = 0
        self._layout: Layout = "beside"
        self._following = False
        self.linked = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.init_theme()

    @property
    def panes(self) -> Sequence[ResponsePane]:
        """The panes in use, in the order shown."""
        return self._panes[: self._count]

    def set_count(self, count: int) -> None:
        """Use so many panes."""
        while len(self._panes) < count:
            pane = ResponsePane(self._formulas, self)
            pane.scrolled.connect(self._scrolled)
            self._panes.append(pane)
            self.made.emit(pane)
        self._count = count
        for pane in self._panes[count:]:
            pane.hide()
            if pane.parts:
                pane.forget()
        self.arrange()

    @property
    def layout_mode(self) -> Layout:
        """How the panes lie."""
        return self._layout

    def set_layout_mode(self, layout: Layout) -> None:
        """Lay the panes out another way."""
        if layout != self._layout:
            self._layout = layout
            self.arrange()

    def set_current(self, number: int) -> None:
        """The pane the person is at; the one that is seen where one is seen at a time."""
        if number != self._current:
            self._current = number
            if self.shows_one:
                self.arrange()

    @property
    def shows_one(self) -> bool:
        """Whether one response is seen at a time: as chosen, or because there is no room for more."""
        if self._layout == "single" or self._count < 2:
            return True
        rows = -(-self._count // self.columns())
        return self.height() < rows * self._panes[0].least_height

    def columns(self) -> int:
        """How many panes lie beside one another."""
        if self._layout != "beside" or self._count < 2:
            return 1
        if self._count <= 3:
            wanted = self._count
        elif self._count == 4:
            wanted = 2
        else:
            wanted = 3 if self._count <= 6 or self.width() < 4 * 340 else 4
        return max(1, min(wanted, self.width() // round(_NARROWEST * self.theme.text_scale)))

    def arrange(self) -> None:
        """Put every pane in its place."""
        if self.shows_one:
            for number, pane in enumerate(self.panes):
                pane.setVisible(number == self._current)
                pane.setGeometry(self.rect())
            self.update()
            return
        for number, pane in enumerate(self.panes):
            pane.setGeometry(self._place(number))
            pane.show()
        self.update()

    def _place(self, number: int) -> QRect:
        """Where the pane of this number lies among the others; beyond the last one, what is left."""
        columns = self.columns()
        rows = -(-self._count // columns)
        row, column = divmod(number, columns)
        place = QRect()
        place.setLeft(self._edge(column, columns, self.width()))
        place.setRight(self._edge(column + 1, columns, self.width()) - 1 - _GUTTER)
        place.setTop(self._edge(row, rows, self.height()))
        place.setBottom(self._edge(row + 1, rows, self.height()) - 1 - _GUTTER)
        if column == columns - 1:
            place.setRight(self.width() - 1)
        if row == rows - 1:
            place.setBottom(self.height() - 1)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveLeft(self.width() - place.right() - 1)
        return place

    @staticmethod
    def _edge(number: int, count: int, length: int) -> int:
        return round(number * length / max(1, count))

    def sizeHint(self) -> QSize:
        return QSize(600, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def theme_changed(self) -> None:
        super().theme_changed()
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.tokens.border)
        if not self.shows_one:
            for number in range(self._count, -(-self._count // self.columns()) * self.columns()):
                painter.fillRect(self._place(number), self.theme.tokens.bg)
        painter.end()

    def _scrolled(self, pane: ResponsePane) -> None:
        """The text of one was moved by a hand: the others follow, and do not lead in turn."""
        if self._following or not self.linked or pane not in self.panes:
            return
        self._following = True
        try:
            share = pane.share
            for other in self.panes:
                if other is not pane:
                    other.scroll_to_share(share)
        finally:
            self._following = False

    def restore(self, tops: Sequence[int], carets: Sequence[int], chosen: Sequence[str]) -> None:
        """Go back to these places: one of each for every pane, positions in its text."""
        with self.alone():
            for pane, top, caret in zip(self.panes, tops, carets, strict=True):
                document = pane.surface.document
                length = len(document.text)
                pane.surface.caret_state.place(document.floor(min(caret, length)))
                pane.surface.scroll_to(min(top, length))
                pane.surface.set_chosen(chosen)

    def alone(self) -> _Apart:
        """Within this, panes scroll by themselves: places are being restored."""
        return _Apart(self)


class _Apart:
    def __init__(self, board: Board) -> None:
        self._board = board
        self._before = board.linked

    def __enter__(self) -> None:
        self._board.linked = False

    def __exit__(self, *_raised: object) -> None:
        self._board.linked = self._before
