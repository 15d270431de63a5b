"""The widget that shows a text with marks under its words and scrolls in it, to be read only."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from labeler.kit.text.document import Direction, Document
from labeler.kit.text.drawing import Look, draw_block
from labeler.kit.text.laid import Measures
from labeler.kit.text.marks import Mark
from labeler.kit.text.page import Layouter, Page, Paragraphs
from labeler.kit.theme import Themed

__all__ = ["TextView"]

_MARGIN = 48
_TAG_ROOM = 10
_WIDEST_TAG = 240
_DESCRIBED = 4000


class TextView(Themed, QAbstractScrollArea):
    """One text, laid out as far as it is in sight, with marks drawn under its words.

    All positions are code points of the text as it was given, line ends included. ``STYLE`` is the
    type style of the words, ``COLUMN`` the widest a line gets in pixels, ``PADDINGS`` what is left
    free at its sides by the least width it is for, ``TOP`` and ``BOTTOM`` above and below the text,
    ``GROUND`` the token it stands on.
    """

    STYLE = "task_text"
    GROUND = "surface"
    COLUMN = 880
    PADDINGS: tuple[tuple[int, int], ...] = ((900, 64), (600, 32), (0, 24))
    TOP = 28
    BOTTOM = 96

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = Document("")
        self._page: Page | None = None
        self._marks: tuple[Mark, ...] = ()
        self._show_tags = True
        self._measures: Measures | None = None
        self._shift = 0.0
        self._known_height = 0.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.init_theme()
        self.verticalScrollBar().valueChanged.connect(self.scrolled)

    @property
    def document(self) -> Document:
        """The text, its blocks and its edges."""
        return self._document

    def show_text(self, text: str, direction: Direction = "") -> None:
        """Show another text from its beginning, without marks."""
        self.show_document(Document(text, direction))

    def show_document(self, document: Document) -> None:
        """Show another text that is cut into blocks already, from its beginning, without marks."""
        self._document = document
        self._marks = ()
        self._page = None
        self._shift = 0.0
        self.setAccessibleDescription(document.text[:_DESCRIBED])
        self.verticalScrollBar().setValue(0)
        self._measure()
        self.viewport().update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks as they were handed in."""
        return self._marks

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw these marks instead of those before; those outside the text are not seen."""
        self._marks = tuple(marks)
        if self._page is not None:
            self._page.set_marks(self._marks)
            self._measure()
        self.viewport().update()

    def set_show_tags(self, show: bool) -> None:
        """Hang tags below the words, or draw underlines alone."""
        self._show_tags = show
        if self._page is not None:
            self._page.set_show_tags(show)
            self._measure()
        self.viewport().update()

    def look(self) -> Look:
        """What is in what state while it is painted."""
        return Look()

    def draw_over(self, painter: QPainter) -> None:
        """Paint over the text, in coordinates of the page."""

    # geometry

    @property
    def page(self) -> Page:
        """The page as it is laid out for the present width."""
        if self._page is None:
            self._page = Page(self._document, self.column_width(), self.layouter())
            self._page.set_show_tags(self._show_tags)
            self._page.set_marks(self._marks)
        return self._page

    def layouter(self) -> Layouter:
        """What lays blocks out for the present width and theme."""
        return Paragraphs(self.column_width(), self.measures)

    @property
    def measures(self) -> Measures:
        """Fonts and line heights of the present theme."""
        if self._measures is None:
            theme = self.theme
            line, tag = theme.line(self.STYLE), theme.line("ui_strong")
            self._measures = Measures(
                font=theme.font(self.STYLE),
                tag_font=theme.font("ui_strong"),
                line=line,
                tagged=line + tag + _TAG_ROOM,
                tag_line=tag,
                widest_tag=round(_WIDEST_TAG * theme.text_scale),
            )
        return self._measures

    @property
    def padding(self) -> int:
        """Pixels between the viewport's edge and the text."""
        width = self.viewport().width()
        return next(padding for least, padding in self.PADDINGS if width >= least)

    def column_width(self) -> float:
        """How wide a line may be, in pixels."""
        room = self.viewport().width() - 2 * self.padding
        return max(80.0, min(room, round(self.COLUMN * self.theme.text_scale)))

    def origin(self) -> QPointF:
        """Where the page's origin lies in the viewport."""
        left: float = self.padding
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.viewport().width() - left - self.column_width()
        return QPointF(left, -self._scrolled_to())

    def _scrolled_to(self) -> float:
        """The height of the page at the viewport's top."""
        return self.verticalScrollBar().value() + self._shift - self.TOP

    def to_page(self, point: QPointF) -> QPointF:
        """A point of the viewport as a point of the page."""
        return point - self.origin()

    def mark_rect(self, ident: str) -> QRect:
        """Where the first line of a mark lies in the viewport; empty for an unknown one."""
        mark = next((one for one in self._marks if one.id == ident), None)
        return QRect() if mark is None else self.range_rect(mark.start, mark.end)

    def range_rect(self, start: int, end: int) -> QRect:
        """Where the first line of a range lies in the viewport."""
        page = self.page
        number, block, line = page.place_of(start)
        stretches = block.stretches(line, start, end)
        if not stretches:
            return page.caret(start).translated(self.origin()).toAlignedRect()
        left, right = stretches[0][0], stretches[-1][1]
        box = QRectF(left, page.top(number) + line.top, right - left, line.box)
        return box.translated(self.origin()).toAlignedRect()

    def focus_rect(self) -> QRect:
        """The focus ring lies inside the edges: there is no room round the content."""
        sizes = self.theme.tokens.sizes
        inset = sizes.focus_width + sizes.focus_gap + 1
        return self.rect().adjusted(inset, inset, -inset, -inset)

    # scrolling

    def _measure(self) -> None:
        """Give the scroll bar the page's height, and the place that is on screen."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self._known_height = self.page.height
        shift, self._shift = self._shift, 0.0
        bar.setRange(0, max(0, round(self.TOP + self._known_height + self.BOTTOM - height)))
        bar.setPageStep(height)
        bar.setSingleStep(self.measures.line)
        if shift:
            bar.setValue(round(bar.value() + shift))

    def reveal(self, start: int, end: int) -> None:
        """Scroll as far as needed to show the first line of a range."""
        page = self.page
        number, _, line = page.place_of(start)
        self._measure()
        top = self.TOP + page.top(number) + line.top
        bar, height = self.verticalScrollBar(), self.viewport().height()
        margin = min(_MARGIN, height // 4)
        if top < bar.value():
            bar.setValue(round(top - margin))
        elif top + line.height > bar.value() + height:
            bar.setValue(round(top + line.height + margin - height))

    def first_in_sight(self) -> int:
        """Where the first line in sight begins; 0 where nothing is scrolled away."""
        if self._page is None or not self.verticalScrollBar().value():
            return 0
        # A line of which less than a pixel is left is not in sight.
        _, _, line = self._page.line_at(self._scrolled_to() + 1)
        return line.start

    def is_near(self, at: int) -> bool:
        """Whether a position lies in a block that is in sight, or next to one that is."""
        top = self._scrolled_to()
        first = self.page.number_at(top) - 1
        last = self.page.number_at(top + self.viewport().height()) + 1
        return first <= self._document.block_number(at) <= last

    def scroll_to(self, at: int) -> None:
        """Bring the line of a position to the top, as far as the text reaches."""
        number, _, line = self.page.place_of(at)
        self._measure()
        top = self.page.top(number) + line.top
        # Rounded up: a part of a pixel too little would show the line before.
        self.verticalScrollBar().setValue(ceil(top + self.TOP) if at else 0)

    def scrolled(self) -> None:
        """The scroll bar moved."""
        self.viewport().update()

    # Qt

    def theme_changed(self) -> None:
        first = self.first_in_sight()
        self._measures = None
        self._page = None
        self._measure()
        self.scroll_to(first)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.theme.tokens.role(self.GROUND))
        page, top = self.page, self._scrolled_to()
        numbers, shift = page.visible(top, top + self.viewport().height())
        # Blocks seen for the first time have their real height only now. What is on screen stays
        # where it is; the scroll bar follows afterwards, for it may show or hide itself.
        self._shift += shift
        if shift or page.height != self._known_height:
            QTimer.singleShot(0, self, self._measure)
        origin = self.origin()
        painter.translate(origin)
        seen = QRectF(event.rect()).translated(-origin)
        look = self.look()
        for number in numbers:
            block = page.laid(number)
            draw_block(painter, self.theme, self.measures, block, page.top(number), seen, look)
        self.draw_over(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is not None and self._page.width == self.column_width():
            self._measure()
            return
        first = self.first_in_sight()
        self._page = None
        self._measure()
        self.scroll_to(first)
