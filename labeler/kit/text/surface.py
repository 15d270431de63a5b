"""The widget that shows a text to be marked: scrolling, painting, and what the hand does on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QBasicTimer, QEvent, QPointF, QRect, QRectF, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from labeler.kit.focus import keyboard_in_use
from labeler.kit.text.caret import Caret
from labeler.kit.text.document import Direction, Document
from labeler.kit.text.drawing import Look, draw_block
from labeler.kit.text.laid import Measures
from labeler.kit.text.marks import Mark
from labeler.kit.text.page import Page
from labeler.kit.text.pointer import Pointer
from labeler.kit.theme import Themed

__all__ = ["TextSurface"]

_COLUMN = 880
_PADDINGS = ((900, 64), (600, 32), (0, 24))
_TOP = 28
_BOTTOM = 96
_CARET = 2
_MARGIN = 48
_SCROLL_MS = 40


class TextSurface(Themed, QAbstractScrollArea):
    """One text with marks under its words; the person selects in it and chooses marks.

    It changes nothing by itself: whoever owns it hands marks in (``set_marks``) and hears of
    ``range_drawn`` (a range was drawn by hand and let go), ``selection_changed`` and
    ``choice_made`` (ids of the marks chosen). All positions are code points of the text as it was
    given, line ends included. Selections are whole letters as a reader counts them, and whole words
    while ``snap_to_words`` is on and Alt is not held.
    """

    range_drawn = Signal(int, int)
    selection_changed = Signal()
    choice_made = Signal(tuple)
    focus_moved = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.snap_to_words = True
        self._document = Document("")
        self._page: Page | None = None
        self._marks: tuple[Mark, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._hovered: str | None = None
        self._pen: Mark | None = None
        self._read_only = False
        self._show_tags = True
        self._measures: Measures | None = None
        self._caret = Caret(self._document)
        self._pointer = Pointer(self)
        self._scrolling = QBasicTimer()
        self._drag_to = QPointF()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(name)
        self.init_theme()
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # ------------------------------------------------------------------------------------- what is shown

    @property
    def document(self) -> Document:
        """The text, its blocks and its edges."""
        return self._document

    def show_text(self, text: str, direction: Direction = "") -> None:
        """Show another text from its beginning, without marks, selection or choice."""
        self._document = Document(text, direction)
        self._caret = Caret(self._document)
        self._marks, self._chosen, self._hovered = (), (), None
        self._page = None
        self._pointer.let_go()
        self.setAccessibleDescription(text[:4000])
        self.verticalScrollBar().setValue(0)
        self._measure()
        self.viewport().update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw these marks instead of those before; a choice of marks that are gone is dropped."""
        self._marks = tuple(marks)
        known = {mark.id for mark in marks}
        self._chosen = tuple(ident for ident in self._chosen if ident in known)
        if self._hovered not in known:
            self._hovered = None
        if self._page is not None:
            self._page.set_marks(self._marks)
            self._measure()
        self.viewport().update()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen marks, in the order they were chosen."""
        return self._chosen

    def set_chosen(self, ids: Iterable[str], *, reveal: bool = False) -> None:
        """Draw these marks as chosen, and bring the first into view if asked; tells nobody."""
        known = {mark.id for mark in self._marks}
        self._chosen = tuple(ident for ident in ids if ident in known)
        if reveal and self._chosen:
            mark = next(one for one in self._marks if one.id == self._chosen[0])
            self.reveal(mark.start, mark.end)
        self.viewport().update()

    def choose(self, ids: Iterable[str]) -> None:
        """Choose marks as if by hand: drawn, told with ``choice_made``, the selection is dropped."""
        self.set_chosen(ids)
        if self._chosen:
            mark = next(one for one in self._marks if one.id == self._chosen[-1])
            self.reveal(mark.start, mark.end)
            self._caret.place(mark.start)
        self.selection_changed.emit()
        self.choice_made.emit(self._chosen)

    def choose_none(self) -> None:
        """Drop the choice of marks as if by hand; a second call drops the selection, too."""
        if self._chosen:
            self.set_chosen(())
            self.choice_made.emit(())
        elif self.selection is not None:
            self._caret.place(self._caret.at)
            self.changed_by_hand()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks as they were handed in."""
        return self._marks

    @property
    def selection(self) -> tuple[int, int] | None:
        """The selected range, or None where nothing is selected."""
        return self._caret.selection

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        return self._caret.at

    def select(self, start: int, end: int, *, reveal: bool = True) -> None:
        """Select a range (whole letters of it); an empty one places the caret."""
        start, end = self._document.snapped(start, end, words=False)
        self._caret.select(start, end)
        if reveal:
            self.reveal(start, end)
        self.changed_by_hand()

    def set_read_only(self, read_only: bool) -> None:
        """Show no caret; text can still be selected and copied, marks can be chosen."""
        self._read_only = read_only
        self.viewport().update()

    def set_pen(self, pen: Mark | None) -> None:
        """Underline what is being selected as this mark would be, or plainly with None."""
        self._pen = pen
        self.viewport().update()

    def set_show_tags(self, show: bool) -> None:
        """Hang tags below the words, or draw underlines alone."""
        self._show_tags = show
        if self._page is not None:
            self._page.set_show_tags(show)
            self._measure()
        self.viewport().update()

    def mark_rect(self, ident: str) -> QRect:
        """Where the first line of a mark lies in the viewport; empty for an unknown one."""
        mark = next((one for one in self._marks if one.id == ident), None)
        if mark is None:
            return QRect()
        return self.range_rect(mark.start, mark.end)

    def range_rect(self, start: int, end: int) -> QRect:
        """Where the first line of a range lies in the viewport."""
        page = self.page
        number, block, line = page.place_of(start)
        stretches = block.stretches(line, start, end)
        if not stretches:
            return page.caret(start).translated(self._origin()).toAlignedRect()
        left, right = stretches[0][0], stretches[-1][1]
        box = QRectF(left, page.top(number) + line.top, right - left, line.box)
        return box.translated(self._origin()).toAlignedRect()

    def focus_rect(self) -> QRect:
        """The focus ring lies inside the edges: there is no room round the content."""
        sizes = self.theme.tokens.sizes
        inset = sizes.focus_width + sizes.focus_gap + 1
        return self.rect().adjusted(inset, inset, -inset, -inset)

    # ------------------------------------------------------------------------------------- geometry

    @property
    def page(self) -> Page:
        """The page as it is laid out for the present width."""
        if self._page is None:
            measures = self.measures
            self._page = Page(self._document, self._column_width(), measures)
            self._page.set_show_tags(self._show_tags)
            self._page.set_marks(self._marks)
        return self._page

    @property
    def measures(self) -> Measures:
        """Fonts and line heights of the present theme."""
        if self._measures is None:
            theme = self.theme
            line, tag = theme.line("task_text"), theme.line("ui_strong")
            self._measures = Measures(
                font=theme.font("task_text"),
                tag_font=theme.font("ui_strong"),
                line=line,
                tagged=line + tag + 10,
                tag_line=tag,
                widest_tag=round(240 * theme.text_scale),
            )
        return self._measures

    @property
    def padding(self) -> int:
        """Pixels between the viewport's edge and the text."""
        width = self.viewport().width()
        return next(padding for least, padding in _PADDINGS if width >= least)

    def _column_width(self) -> float:
        room = self.viewport().width() - 2 * self.padding
        return max(80.0, min(room, round(_COLUMN * self.theme.text_scale)))

    def _origin(self) -> QPointF:
        """Where the page's origin lies in the viewport."""
        left: float = self.padding
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.viewport().width() - left - self._column_width()
        return QPointF(left, _TOP - self.verticalScrollBar().value())

    def to_page(self, point: QPointF) -> QPointF:
        """A point of the viewport as a point of the page."""
        return point - self._origin()

    def _measure(self) -> None:
        """Give the scroll bar the page's height."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        whole = _TOP + self.page.height + _BOTTOM
        bar.setRange(0, max(0, round(whole - height)))
        bar.setPageStep(height)
        bar.setSingleStep(self.measures.line)

    def reveal(self, start: int, end: int) -> None:
        """Scroll as far as needed to show the first line of a range."""
        page = self.page
        number, _, line = page.place_of(start)
        top = _TOP + page.top(number) + line.top
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self._measure()
        margin = min(_MARGIN, height // 4)
        if top < bar.value():
            bar.setValue(round(top - margin))
        elif top + line.height > bar.value() + height:
            bar.setValue(round(top + line.height + margin - height))

    def first_in_sight(self) -> int:
        """Where the first line in sight begins; 0 where nothing is scrolled away."""
        value = self.verticalScrollBar().value()
        if self._page is None or not value:
            return 0
        _, _, line = self._page.line_at(value - _TOP)
        return line.start

    def scroll_to(self, at: int) -> None:
        """Bring the line of a position to the top, as far as the text reaches."""
        number, _, line = self.page.place_of(at)
        self._measure()
        top = self.page.top(number) + line.top
        self.verticalScrollBar().setValue(round(top + _TOP) if at else 0)

    def let_go(self) -> None:
        """End a drag that is under way; what is selected stays selected."""
        self._pointer.let_go()

    @property
    def is_drawing(self) -> bool:
        """Whether a range is being drawn at this moment."""
        return self._pointer.is_drawing

    @property
    def clicks(self) -> int:
        """How many clicks in a row the last press was; 2 selected a word, 3 a sentence."""
        return self._pointer.clicks

    def _scrolled(self) -> None:
        self.viewport().update()
        if self._scrolling.isActive():
            self._pointer.moved(self._drag_to, Qt.KeyboardModifier.NoModifier)

    # ------------------------------------------------------------------------------------- changes

    def changed_by_hand(self) -> None:
        """The caret or selection was moved: draw it and tell."""
        self.viewport().update()
        self.selection_changed.emit()

    @property
    def caret_state(self) -> Caret:
        """Anchor and caret, for the hands that move them."""
        return self._caret

    def set_hovered(self, ident: str | None) -> None:
        """Draw a mark as under the pointer."""
        if ident != self._hovered:
            self._hovered = ident
            self.viewport().update()

    def autoscroll(self, point: QPointF) -> None:
        """Scroll on while a drag is held above or below the viewport."""
        self._drag_to = point
        outside = point.y() < 0 or point.y() > self.viewport().height()
        if outside and not self._scrolling.isActive():
            self._scrolling.start(_SCROLL_MS, self)
        elif not outside:
            self._scrolling.stop()

    def stop_autoscroll(self) -> None:
        """The drag ended."""
        self._scrolling.stop()

    # ------------------------------------------------------------------------------------- Qt

    def theme_changed(self) -> None:
        self._measures = None
        self._page = None
        self._measure()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.theme.tokens.surface)
        page = self.page
        bar = self.verticalScrollBar()
        top = bar.value() - _TOP
        numbers, shift = page.visible(top, top + self.viewport().height())
        # Blocks seen for the first time have their real height only now.
        self._measure_quietly(shift)
        origin = self._origin()
        painter.translate(origin)
        seen = QRectF(event.rect()).translated(-origin)
        look = Look(frozenset(self._chosen), self._hovered, self.selection, self._shown_pen())
        for number in numbers:
            block = page.laid(number)
            draw_block(painter, self.theme, self.measures, block, page.top(number), seen, look)
        if self.hasFocus() and not self._read_only and self.selection is None:
            caret = page.caret(self._caret.at)
            if keyboard_in_use(self) or not self._chosen:
                box = caret.adjusted(-_CARET / 2, 5, _CARET / 2, -5)
                painter.fillRect(box, self.theme.tokens.accent)
        painter.end()

    def _measure_quietly(self, shift: float) -> None:
        bar = self.verticalScrollBar()
        blocked = bar.blockSignals(True)
        value = bar.value()
        self._measure()
        bar.setValue(round(value + shift))
        bar.blockSignals(blocked)

    def _shown_pen(self) -> Mark | None:
        return self._pen if self._pointer.is_drawing else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is not None and self._page.width == self._column_width():
            self._measure()
            return
        first = self.first_in_sight()
        self._page = None
        self._measure()
        self.scroll_to(first)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.pressed(event.position(), event.modifiers(), event.timestamp())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.pressed(
                event.position(), event.modifiers(), event.timestamp(), again=True
            )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.moved(event.position(), event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.released(event.position(), event.modifiers())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.set_hovered(None)
        return super().viewportEvent(event)

    def timerEvent(self, event: QTimerEvent) -> None:
        if event.timerId() != self._scrolling.timerId():
            super().timerEvent(event)
            return
        bar = self.verticalScrollBar()
        over = self._drag_to.y() if self._drag_to.y() < 0 else self._drag_to.y() - self.height()
        bar.setValue(bar.value() + round(over / 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif self._caret.key(event, self.page):
            self.reveal(self._caret.at, self._caret.at)
            self.set_chosen(())
            self.changed_by_hand()
            self.choice_made.emit(())
        else:
            event.ignore()

    def _copy(self) -> None:
        if self.selection is not None:
            start, end = self.selection
            QGuiApplication.clipboard().setText(self._document.text[start:end])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
