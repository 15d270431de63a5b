"""What the mouse does on a text: drawing a range, clicking words, sentences and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from labeler.kit.text.surface import TextSurface

__all__ = ["Pointer"]

_SENTENCE, _PARAGRAPH = 3, 4


class Pointer:
    """The gesture under way: pressed where, how often, and whether it became a drag.

    One click chooses the mark under it, and the next mark there when clicked again; beside marks it
    places the caret. Two clicks select a word, three a sentence, four the paragraph.
    """

    def __init__(self, surface: TextSurface) -> None:
        self._surface = surface
        self._down: QPointF | None = None
        self._anchor = (0, 0)
        self.clicks = 0
        self._last_press = 0
        self._last_place = QPointF()
        self._dragged = False

    @property
    def is_drawing(self) -> bool:
        """Whether a range is being drawn at this moment."""
        return self._down is not None and self._dragged

    def let_go(self) -> None:
        """Forget the gesture."""
        self._down = None
        self._dragged = False
        self.clicks = 0
        self._surface.stop_autoscroll()

    def pressed(
        self, place: QPointF, modifiers: Qt.KeyboardModifier, time: int, again: bool = False
    ) -> None:
        """The left button went down; ``again`` says that Qt takes it for a double click."""
        near = (place - self._last_place).manhattanLength() < QApplication.startDragDistance()
        soon = time - self._last_press <= QApplication.doubleClickInterval()
        in_a_row = near and (soon or again)
        self.clicks = self.clicks + 1 if in_a_row else 2 if again else 1
        self._last_press, self._last_place = time, place
        self._down, self._dragged = place, False
        at = self._position(place)
        caret = self._surface.caret_state
        if modifiers & Qt.KeyboardModifier.ShiftModifier and self.clicks == 1:
            self._anchor = (caret.anchor, caret.anchor)
            self._dragged = True
            self.moved(place, modifiers)
            return
        self._anchor = self._unit(at)
        if self.clicks > 1:
            caret.select(*self._anchor)
            self._surface.changed_by_hand()

    def moved(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer moved, with or without the button down."""
        surface = self._surface
        if self._down is None:
            surface.set_hovered(self._under(place))
            return
        far = (place - self._down).manhattanLength() >= QApplication.startDragDistance()
        if not self._dragged and not far:
            return
        self._dragged = True
        surface.autoscroll(place)
        at = self._position(place)
        first, last = self._anchor
        if self.clicks > 1:
            start, end = self._unit(at)
            start, end = min(first, start), max(last, end)
        else:
            start, end = min(first, at), max(first, at)
            alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
            if start != end:
                words = surface.snap_to_words != alt
                start, end = surface.document.snapped(start, end, words=words)
        surface.caret_state.select(*((end, start) if at < first else (start, end)))
        surface.changed_by_hand()

    def released(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The button went up: a range was drawn, or something was clicked."""
        if self._down is None:
            return
        surface, dragged = self._surface, self._dragged
        self._down, self._dragged = None, False
        surface.stop_autoscroll()
        if dragged or self.clicks > 1:
            if surface.selection is not None:
                surface.set_chosen(())
                surface.choice_made.emit(())
                surface.range_drawn.emit(*surface.selection)
            surface.viewport().update()
            return
        self._click(place, modifiers)

    def _click(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        surface = self._surface
        surface.caret_state.place(self._position(place))
        hit = surface.page.hit(*surface.to_page(place).toTuple())
        over = [hit.tag] if hit.tag is not None else []
        if hit.tag is None and hit.letter is not None:
            over = [mark.id for mark in surface.page.marks_at(hit.letter)]
        chosen = list(surface.chosen)
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            for ident in over[:1]:
                chosen = (
                    [one for one in chosen if one != ident] if ident in chosen else [*chosen, ident]
                )
        elif over:
            # Clicked again, the next of those that lie there is meant.
            here = [over.index(one) for one in chosen if one in over]
            chosen = [over[(here[-1] + 1) % len(over)] if here else over[0]]
        else:
            chosen = []
        surface.set_chosen(chosen)
        surface.changed_by_hand()
        surface.choice_made.emit(surface.chosen)

    def _position(self, place: QPointF) -> int:
        x, y = self._surface.to_page(place).toTuple()
        return self._surface.document.floor(self._surface.page.hit(x, y).at)

    def _under(self, place: QPointF) -> str | None:
        page = self._surface.page
        hit = page.hit(*self._surface.to_page(place).toTuple())
        if hit.tag is not None or hit.letter is None:
            return hit.tag
        marks = page.marks_at(hit.letter)
        return marks[0].id if marks else None

    def _unit(self, at: int) -> tuple[int, int]:
        """What the number of clicks selects at a position."""
        document = self._surface.document
        if self.clicks <= 1:
            return at, at
        if self.clicks == 2:
            return document.snapped(*document.word_at(at), words=False)
        if self.clicks == _SENTENCE:
            return document.sentence_at(at)
        return document.paragraph_at(at)
