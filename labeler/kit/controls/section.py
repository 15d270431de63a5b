"""Sections of the inspector, divided by lines; a card; a bar along an edge."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from labeler.kit.controls.button import IconButton
from labeler.kit.controls.text import Text
from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.theme import Themed

__all__ = ["Card", "Plain", "Section"]

_PAD_X, _PAD_Y = 16, 12
_LINE_Y = 5
_GAP = 8


class Plain(Themed, QWidget):
    """A widget filled with one token's colour, with a divider along the edges named.

    ``edges`` is any of "top", "bottom", "start", "end", separated by spaces.
    """

    def __init__(
        self, role: str = "surface", *, edges: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._edges = frozenset(edges.split())
        self.init_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        t, box = self.theme.tokens, self.rect()
        painter = painter_for(self)
        painter.fillRect(event.rect(), t.role(self._role))
        start, end = (box.x(), box.right())
        if self.layoutDirection() == self.layoutDirection().RightToLeft:
            start, end = end, start
        if "top" in self._edges:
            painter.fillRect(box.x(), box.y(), box.width(), 1, t.border)
        if "bottom" in self._edges:
            painter.fillRect(box.x(), box.bottom(), box.width(), 1, t.border)
        if "start" in self._edges:
            painter.fillRect(start, box.y(), 1, box.height(), t.border)
        if "end" in self._edges:
            painter.fillRect(end, box.y(), 1, box.height(), t.border)
        painter.end()


class Card(Themed, QWidget):
    """A bordered panel with radius 8; never put one inside another."""

    def __init__(
        self, role: str = "surface", *, dashed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._dashed = dashed
        self._rim = "border_strong" if dashed else "border"
        self.init_theme()

    def set_rim(self, role: str) -> None:
        """Draw the rim in another token's colour."""
        self._rim = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = self.theme.tokens
        painter = painter_for(self)
        fill, rim = t.role(self._role), t.role(self._rim)
        radius = t.sizes.radius_panel
        draw_panel(painter, self.rect(), fill, rim, radius, dashed=self._dashed)
        painter.end()


class Section(Themed, QWidget):
    """A part of the inspector: heading, a red star where an answer is required, then ``body``.

    With ``rule`` (the tooltip) a book stands at the end of the heading; ``rule_opened`` fires on
    it.
    """

    rule_opened = Signal()
    side = _PAD_X
    """What stays free at either side, in pixels."""

    def __init__(
        self,
        title: str = "",
        *,
        required: bool = False,
        rule: str = "",
        note: str = "",
        last: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._last = last
        self.init_theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD_X, _PAD_Y, _PAD_X, _PAD_Y + 1)
        column.setSpacing(0)
        self._above, below = _PAD_Y, _GAP
        self.head = QHBoxLayout()
        self.head.setSpacing(_GAP)
        self.title = Text(title, "label", wrap=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.star = Text("*", "label", "danger", parent=self)
        self.star.setAccessibleName(self.tr("required"))
        self.star.setVisible(required)
        self._note = Text(note, role="text_2", parent=self)
        self._note.setVisible(bool(note))
        self.head.addWidget(self.title)
        self.head.addWidget(self.star)
        self.head.addStretch(1)
        self.head.addWidget(self._note)
        self.book = IconButton("book-open", rule) if rule else None
        if self.book is not None:
            self.book.clicked.connect(self.rule_opened)
            self.head.addWidget(self.book)
            # The book is taller than a heading; it reaches into the gaps instead of widening them.
            reach = (self.book.sizeHint().height() - self.theme.line("label")) // 2
            self._above -= reach
            column.setContentsMargins(_PAD_X, self._above, _PAD_X, _PAD_Y + 1)
            below -= reach
        self._below = below
        self._gap = QSpacerItem(0, below)
        self._is_headed = False
        if title or rule or note:
            self._add_head()
        self.body = QVBoxLayout()
        self.body.setSpacing(_GAP)
        column.addLayout(self.body)
        self.setAccessibleName(title)

    def _add_head(self) -> None:
        """Put the heading on top, once: a section without one has no gap for it."""
        column = self.layout()
        if self._is_headed or not isinstance(column, QVBoxLayout):
            return
        self._is_headed = True
        column.insertLayout(0, self.head)
        column.insertItem(1, self._gap)

    def set_line(self, line: bool) -> None:
        """Be as low as one line with its answer at the end, or a heading with a body below it.

        In a line there is no room for the book.
        """
        column = self.layout()
        if column is None:
            return
        above, below = (_LINE_Y, _LINE_Y) if line else (self._above, _PAD_Y)
        column.setContentsMargins(_PAD_X, above, _PAD_X, below + 1)
        self._gap.changeSize(0, 0 if line else self._below)
        if self.book is not None:
            self.book.setVisible(not line)
        column.invalidate()

    def set_title(self, title: str) -> None:
        """Give it another heading."""
        if title:
            self._add_head()
        self.title.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Say something short at the end of the heading, or nothing."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._last:
            return
        painter = painter_for(self)
        box = self.rect()
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, self.theme.tokens.border)
        painter.end()
