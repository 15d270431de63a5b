"""A text to be marked: what the hand selects in it and chooses of its marks, by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QBasicTimer, QEvent, QPointF, QRect, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QWidget

from labeler.kit.focus import keyboard_in_use
from labeler.kit.text.caret import Caret
from labeler.kit.text.document import Document
from labeler.kit.text.drawing import Look
from labeler.kit.text.marks import Mark
from labeler.kit.text.pointer import Pointer
from labeler.kit.text.view import TextView

__all__ = ["TextSurface"]

_CARET = 2
_CARET_INSET = 5
_SCROLL_MS = 40
_SPOKEN = 300


class TextSurface(TextView):
    """One text with marks under its words; the person selects in it and chooses marks.

    It changes nothing by itself: whoever owns it hands marks in (``set_marks``) and hears of
    ``range_drawn`` (a range was drawn by hand and let go), ``selection_changed`` and
    ``choice_made`` (ids of the marks chosen). Selections are whole letters as a reader counts them,
    and whole words while ``snap_to_words`` is on and Alt is not held.
    """

    range_drawn = Signal(int, int)
    selection_changed = Signal()
    choice_made = Signal(tuple)
    focus_moved = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.snap_to_words = True
        self._chosen: tuple[str, ...] = ()
        self._hovered: str | None = None
        self._pen: Mark | None = None
        self._read_only = False
        self._caret = Caret(self.document)
        self._pointer = Pointer(self)
        self._scrolling = QBasicTimer()
        self._drag_to = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    # what is shown

    def show_document(self, document: Document) -> None:
        """Show another text from its beginning, without marks, selection or choice."""
        super().show_document(document)
        self._caret = Caret(self.document)
        self._chosen, self._hovered = (), None
        self._pointer.let_go()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw these marks instead of those before; a choice of marks that are gone is dropped."""
        known = {mark.id for mark in marks}
        self._chosen = tuple(ident for ident in self._chosen if ident in known)
        if self._hovered not in known:
            self._hovered = None
        super().set_marks(marks)

    def set_read_only(self, read_only: bool) -> None:
        """Show no caret; text can still be selected and copied, marks can be chosen."""
        self._read_only = read_only
        self.focus_moved.emit()
        self.viewport().update()

    def focus_rect(self) -> QRect:
        """No ring round the whole text while a caret or a selection says where the keyboard is."""
        return super().focus_rect() if self._read_only else QRect()

    def set_pen(self, pen: Mark | None) -> None:
        """Underline what is being selected as this mark would be, or plainly with None."""
        self._pen = pen
        self.viewport().update()

    def set_hovered(self, ident: str | None) -> None:
        """Draw a mark as under the pointer."""
        if ident != self._hovered:
            self._hovered = ident
            self.viewport().update()

    def look(self) -> Look:
        pen = self._pen if self.is_drawing else None
        return Look(frozenset(self._chosen), self._hovered, self.selection, pen)

    def draw_over(self, painter: QPainter) -> None:
        """The caret, where it is of use: while the keyboard is, or nothing is chosen."""
        if not self.hasFocus() or self._read_only or self.selection is not None:
            return
        if not self.is_near(self._caret.at):
            return  # laying out what is far away would move what is in sight
        if keyboard_in_use(self) or not self._chosen:
            caret = self.page.caret(self._caret.at)
            box = caret.adjusted(-_CARET / 2, _CARET_INSET, _CARET / 2, -_CARET_INSET)
            painter.fillRect(box, self.theme.tokens.accent)

    # choosing marks

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen marks, in the order they were chosen."""
        return self._chosen

    def set_chosen(self, ids: Iterable[str], *, reveal: bool = False) -> None:
        """Draw these marks as chosen, and bring the first into view if asked; tells nobody."""
        known = {mark.id for mark in self.marks}
        self._chosen = tuple(ident for ident in ids if ident in known)
        if reveal and self._chosen:
            mark = next(one for one in self.marks if one.id == self._chosen[0])
            self.reveal(mark.start, mark.end)
        self.viewport().update()

    def choose(self, ids: Iterable[str]) -> None:
        """Choose marks as if by hand: drawn, told with ``choice_made``, the selection is dropped."""
        self.set_chosen(ids)
        if self._chosen:
            mark = next(one for one in self.marks if one.id == self._chosen[-1])
            self.reveal(mark.start, mark.end)
            self._caret.place(mark.start)
            self._announce(f"{mark.tag}: {self.document.text[mark.start : mark.end]}")
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

    # selecting

    @property
    def selection(self) -> tuple[int, int] | None:
        """The selected range, or None where nothing is selected."""
        return self._caret.selection

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        return self._caret.at

    @property
    def caret_state(self) -> Caret:
        """Anchor and caret, for the hands that move them."""
        return self._caret

    def select(self, start: int, end: int, *, reveal: bool = True) -> None:
        """Select a range (whole letters of it); an empty one places the caret."""
        start, end = self.document.snapped(start, end, words=False)
        self._caret.select(start, end)
        if reveal:
            self.reveal(start, end)
        self.changed_by_hand()

    def changed_by_hand(self) -> None:
        """The caret or selection was moved: draw it and tell."""
        self.viewport().update()
        self.selection_changed.emit()

    @property
    def is_drawing(self) -> bool:
        """Whether a range is being drawn at this moment."""
        return self._pointer.is_drawing

    @property
    def clicks(self) -> int:
        """How many clicks in a row the last press was; 2 selected a word, 3 a sentence."""
        return self._pointer.clicks

    def let_go(self) -> None:
        """End a drag that is under way; what is selected stays selected."""
        self._pointer.let_go()

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

    def scrolled(self) -> None:
        super().scrolled()
        if self._scrolling.isActive():
            self._pointer.moved(self._drag_to, Qt.KeyboardModifier.NoModifier)

    # what the hand does

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
        bar, y, height = self.verticalScrollBar(), self._drag_to.y(), self.viewport().height()
        bar.setValue(bar.value() + round((y if y < 0 else y - height) / 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif self._caret.key(event, self.page):
            self.reveal(self._caret.at, self._caret.at)
            self.set_chosen(())
            self.changed_by_hand()
            self.choice_made.emit(())
            start, end = self.selection or (self.caret, self.document.after(self.caret))
            self._announce(self.document.text[start:end])
        else:
            event.ignore()

    def _copy(self) -> None:
        if self.selection is not None:
            start, end = self.selection
            QGuiApplication.clipboard().setText(self.document.text[start:end])

    def _announce(self, words: str) -> None:
        """Have a screen reader say what is chosen or selected, where one is listening."""
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, words[:_SPOKEN])
            QAccessible.updateAccessibility(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
