"""Markdown to be read and marked: rendered or as it was written, with the same positions in both."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from labeler.kit.markdown.document import MarkdownBlock, MarkdownDocument, Section
from labeler.kit.markdown.formulas import Formulas
from labeler.kit.markdown.layouter import MarkdownLayouter, shift_key
from labeler.kit.markdown.looks import Looks
from labeler.kit.markdown.wide import LaidWide
from labeler.kit.text.page import Layouter
from labeler.kit.text.surface import TextSurface

__all__ = ["LONGEST_RENDERED", "MarkdownSurface"]

LONGEST_RENDERED = 200_000
"""Longer texts (code points) are shown as they are written, laid out as far as they are in sight."""
_NOTCH = 120
_STEP = 60
_BAR_REACH = 6.0


class MarkdownSurface(TextSurface):
    """A TextSurface for Markdown; every position is a code point of the raw text.

    Nothing outside the text is ever loaded: no image, no style, no address; there is no document in
    here that could. ``rendered_changed`` fires when it turned from rendered to raw or back.
    """

    STYLE = "reading"
    COLUMN = 800
    PADDINGS: tuple[tuple[int, int], ...] = ((900, 40), (0, 20))
    TOP = 14
    BOTTOM = 40

    rendered_changed = Signal()

    def __init__(
        self,
        name: str,
        formulas: Formulas,
        parent: QWidget | None = None,
    ) -> None:
        self._formulas = formulas
        self._looks: Looks | None = None
        self._shifts: dict[object, float] = {}
        self._sections: tuple[Section, ...] = ()
        self._raw = False
        self._kept = 0
        self._grip: tuple[int, float] | None = None
        super().__init__(name, parent)
        formulas.ready.connect(self._formulas_drawn)

    # what is shown

    @property
    def raw(self) -> bool:
        """Whether the text is shown as it was written."""
        return self._raw

    @property
    def too_long(self) -> bool:
        """Whether the text is so long that it is never rendered."""
        return sum(len(one.text) for one in self._sections) > LONGEST_RENDERED

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is shown."""
        return self._sections

    def show_sections(
        self, sections: Sequence[Section], ready: MarkdownDocument | None = None
    ) -> None:
        """Show these texts from their beginning, without marks.

        ``ready`` is a document of the same sections that was read ahead.
        """
        self._sections = tuple(sections)
        self._shifts.clear()
        self._raw = self._raw and not self.too_long
        self.show_document(self._made(ready))

    def _made(self, ready: MarkdownDocument | None = None) -> MarkdownDocument:
        raw = self._raw or self.too_long
        if ready is not None and ready.raw == raw and ready.sections == self._sections:
            return ready
        return MarkdownDocument(self._sections, raw=raw)

    def set_raw(self, raw: bool) -> None:
        """Show the text as it was written, or rendered; the same place stays at the top."""
        if raw == self._raw:
            return
        self._raw = raw
        marks, chosen, selection = self.marks, self.chosen, self.selection
        first, caret = self._place_to_keep(), self.caret
        self._kept = first
        self.show_document(self._made())
        self.set_marks(marks)
        self.set_chosen(chosen)
        if selection is not None:
            self.caret_state.select(*selection)
        else:
            self.caret_state.place(caret)
        self.scroll_to(first)
        self.rendered_changed.emit()

    def _place_to_keep(self) -> int:
        """What is at the top: lines break elsewhere, so going to and fro must not drift by a line."""
        first = self.first_in_sight()
        kept = min(self._kept, len(self.document.text))
        here = self.is_near(kept) and self.page.place_of(kept)[2].start == first
        return kept if here else first

    def part_at(self, at: int) -> tuple[str, int]:
        """The part a position lies in, and where that begins."""
        document = self.document
        return document.part_at(at) if isinstance(document, MarkdownDocument) else ("", 0)

    def base_of(self, part: str) -> int | None:
        """Where a part begins, or None where it is not shown here."""
        document = self.document
        return document.base_of(part) if isinstance(document, MarkdownDocument) else None

    # layout

    @property
    def looks(self) -> Looks:
        """Fonts and formats of the present theme."""
        if self._looks is None:
            self._looks = Looks(self.theme)
            self._formulas.ink = self._looks.tokens.text
        return self._looks

    def layouter(self) -> Layouter:
        return MarkdownLayouter(self.column_width(), self.looks, self._formulas, self._shifts)

    def theme_changed(self) -> None:
        self._looks = None
        super().theme_changed()

    def _formulas_drawn(self, latex: Collection[str]) -> None:
        """Lay out anew what waited for these."""
        if self._page is None:
            return
        changed = [
            number
            for number, laid in self._page.laid_already().items()
            if isinstance(laid.block, MarkdownBlock)
            and any(one.latex in latex for one in laid.block.formulas)
        ]
        if changed:
            first = self.first_in_sight()
            self._page.forget(changed)
            self._measure()
            if first:
                self.scroll_to(first)
            self.viewport().update()

    # sideways

    def _wide_at(self, place: QPointF) -> tuple[int, LaidWide] | None:
        point = self.to_page(place)
        if not 0 <= point.y() < self.page.height:
            return None
        number = self.page.number_at(point.y())
        laid = self.page.laid(number)
        return (number, laid) if isinstance(laid, LaidWide) and laid.most_shift else None

    def shift_block(self, number: int, shift: float) -> None:
        """Scroll a wide block sideways, and all it belongs to."""
        block = self.document.blocks[number]
        if not isinstance(block, MarkdownBlock):
            return
        key = shift_key(block)
        self._shifts[key] = shift
        moved = []
        for other, laid in self.page.laid_already().items():
            if isinstance(laid, LaidWide) and shift_key(laid.markdown) == key:
                if laid.set_shift(shift):
                    moved.append(other)
        self.page.replace(moved)
        self.viewport().update()

    def reveal(self, start: int, end: int) -> None:
        super().reveal(start, end)
        number = self.document.block_number(start)
        laid = self.page.laid(number)
        if not isinstance(laid, LaidWide) or not laid.most_shift:
            return
        window, caret = laid.window(), self.page.caret(start)
        if window is not None and not window.left() + 8 <= caret.x() <= window.right() - 24:
            middle = window.left() + window.width() / 3
            self.shift_block(number, laid.shift + caret.x() - middle)

    def wheelEvent(self, event: QWheelEvent) -> None:
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # text size is set once for everything
            return
        delta = event.angleDelta()
        sideways = delta.x()
        if not sideways and held & Qt.KeyboardModifier.ShiftModifier:
            sideways = delta.y()
        if not sideways:
            super().wheelEvent(event)
            return
        found = self._wide_at(event.position())
        if found is not None:
            number, laid = found
            self.shift_block(number, laid.shift - sideways / _NOTCH * _STEP)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._wide_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            number, laid = found
            bar = laid.bar_rect().translated(0, self.page.top(number))
            reach = bar.adjusted(-2, -_BAR_REACH, 2, _BAR_REACH)
            if reach.contains(self.to_page(event.position())):
                self._grip = (number, event.position().x() - laid.bar_rect().left())
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            super().mouseMoveEvent(event)
            return
        number, held = self._grip
        laid = self.page.laid(number)
        if isinstance(laid, LaidWide):
            free = max(1.0, laid.room - laid.bar_rect().width())
            share = (event.position().x() - held - laid.start_edge) / free
            self.shift_block(number, share * laid.most_shift)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._grip = None
            return
        super().mouseReleaseEvent(event)
