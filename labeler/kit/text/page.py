"""The whole text as a page of blocks: which are laid out, how high they are, what lies where.

Only blocks that are looked at are laid out; the height of the others is estimated. Coordinates are
pixels of the page, 0 at the left edge of the column and at the top of the first block.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from labeler.kit.text.document import Block, Document
from labeler.kit.text.laid import LaidBlock, LaidLine, Measures
from labeler.kit.text.marks import Mark, lanes

__all__ = ["Hit", "Layouter", "Page", "Paragraphs"]

_MOST_LAID = 400
"""Blocks kept laid out; the farthest from sight are let go beyond that."""


class Hit(NamedTuple):
    """What lies under a point: the nearest position, the letter and the tag's mark, if any."""

    at: int
    letter: int | None
    tag: str | None


class Layouter(Protocol):
    """How blocks are laid out: what a page asks of those who know more kinds than paragraphs."""

    def lay(self, block: Block) -> LaidBlock:
        """The block laid out for the page's width."""

    def estimate(self, block: Block) -> float:
        """About how high it will be, in pixels; quick."""


class Paragraphs:
    """Lays every block out as a paragraph of plain text."""

    def __init__(self, width: float, measures: Measures) -> None:
        self._width = width
        self._measures = measures
        average = max(1.0, QFontMetricsF(measures.font).averageCharWidth())
        self._per_line = max(1.0, width / average)

    def lay(self, block: Block) -> LaidBlock:
        """The paragraph."""
        return LaidBlock(block, self._width, self._measures)

    def estimate(self, block: Block) -> float:
        """Its height by the number of its letters."""
        return self._measures.line * (1 + int(len(block.text) / self._per_line))


class Page:
    """A document laid out for one width; the marks on it may change at any time."""

    def __init__(self, document: Document, width: float, layouter: Layouter) -> None:
        self.document = document
        self.width = width
        self._layouter = layouter
        self._laid: dict[int, LaidBlock] = {}
        self._placed: set[int] = set()
        self._marks: Mapping[str, Mark] = {}
        self._lanes: dict[str, int] = {}
        self._by_block: dict[int, list[Mark]] = {}
        self.show_tags = True
        self._heights: list[float] = [layouter.estimate(block) for block in document.blocks]
        self._tops: list[float] | None = None

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The marks on the page by id."""
        return self._marks

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw these marks; those outside the text are left out."""
        length = len(self.document.text)
        fitting = [mark for mark in marks if 0 <= mark.start < mark.end <= length]
        self._marks = {mark.id: mark for mark in fitting}
        self._lanes = lanes(fitting)
        self._by_block = {}
        blocks, number_of = self.document.blocks, self.document.block_number
        for mark in fitting:
            number = number_of(mark.start)
            self._by_block.setdefault(number, []).append(mark)
            while mark.end > blocks[number].next:
                number += 1
                self._by_block.setdefault(number, []).append(mark)
        self._placed.clear()

    def set_show_tags(self, show: bool) -> None:
        """Show tags below the words, or underlines alone."""
        self.show_tags = show
        self._placed.clear()

    @property
    def height(self) -> float:
        """The height of the page as far as it is known."""
        return self._all_tops()[-1]

    def _all_tops(self) -> list[float]:
        if self._tops is None:
            self._tops = [0.0, *accumulate(self._heights)]
        return self._tops

    def top(self, number: int) -> float:
        """Where a block begins; that of the number after the last is the page's end."""
        return self._all_tops()[number]

    def number_at(self, y: float) -> int:
        """The block at a height of the page; the first above it and the last below it."""
        return min(max(0, bisect_right(self._all_tops(), y) - 1), len(self._heights) - 1)

    def laid(self, number: int) -> LaidBlock:
        """The block, laid out and with its marks in place; its height is exact from now on."""
        block = self._laid.get(number)
        if block is None:
            block = self._layouter.lay(self.document.blocks[number])
            self._laid[number] = block
            self._placed.discard(number)
            self._let_go(number)
        if number not in self._placed:
            block.place(self._by_block.get(number, ()), self._lanes, self.show_tags)
            self._placed.add(number)
            if self._heights[number] != block.height:
                self._heights[number] = block.height
                self._tops = None
        return block

    def forget(self, numbers: Collection[int]) -> None:
        """Lay these blocks out anew when they are next looked at: what they show has changed."""
        for number in numbers:
            self._laid.pop(number, None)
            self._placed.discard(number)

    def replace(self, numbers: Collection[int]) -> None:
        """Place the marks of these blocks anew when they are next looked at."""
        self._placed.difference_update(numbers)

    def laid_already(self) -> Mapping[int, LaidBlock]:
        """The blocks that are laid out, by their numbers."""
        return self._laid

    def _let_go(self, near: int) -> None:
        if len(self._laid) > _MOST_LAID:
            far = sorted(self._laid, key=lambda number: abs(number - near))
            for number in far[_MOST_LAID // 2 :]:
                del self._laid[number]
                self._placed.discard(number)

    def visible(self, top: float, bottom: float) -> tuple[list[int], float]:
        """The blocks to be seen between two heights, laid out, and how far they moved by that.

        What was laid out before stays where it is on screen: add the shift to ``top``.
        """
        anchor = self._anchor(top, bottom)
        before = self.top(anchor)
        shift = 0.0
        numbers: list[int] = []
        number = self.number_at(top)
        while number < len(self._heights):
            if self.top(number) >= bottom + shift and number > anchor:
                break
            self.laid(number)
            numbers.append(number)
            shift = self.top(anchor) - before
            number += 1
        top, bottom = top + shift, bottom + shift
        while numbers[0] > 0 and self.top(numbers[0]) > top:
            number = numbers[0] - 1
            self.laid(number)
            moved = self.top(anchor) - before - shift
            shift, top, bottom = shift + moved, top + moved, bottom + moved
            numbers.insert(0, number)
        return numbers, shift

    def _anchor(self, top: float, bottom: float) -> int:
        """The first block in sight that is exact already; the first at all where none is."""
        first = number = self.number_at(top)
        while number < len(self._heights) and self.top(number) < bottom:
            if number in self._placed:
                return number
            number += 1
        return first

    def line_at(self, y: float, x: float = 0.0) -> tuple[int, LaidBlock, LaidLine]:
        """The block and the line at a height of the page; of lines side by side that at ``x``."""
        number = self.number_at(y)
        block = self.laid(number)
        return number, block, block.line_at(x, y - self.top(number))

    def hit(self, x: float, y: float) -> Hit:
        """What lies at a point of the page."""
        number, block, line = self.line_at(y, x)
        inside = y - self.top(number)
        tag = next((one.mark.id for one in line.tags if one.box.contains(x, inside)), None)
        if tag is None:
            # A tag may reach a little into the line below it.
            before = block.line_above(line)
            above = before.tags if before is not None else ()
            tag = next((one.mark.id for one in above if one.box.contains(x, inside)), None)
        in_words = 0 <= inside - line.top <= line.box
        letter = block.letter_at(line, x) if in_words else None
        return Hit(block.position_at(line, x), letter, tag)

    def place_of(self, at: int) -> tuple[int, LaidBlock, LaidLine]:
        """The block and the line a position lies on."""
        number = self.document.block_number(at)
        block = self.laid(number)
        return number, block, block.line_of(min(at, block.block.end))

    def caret(self, at: int) -> QRectF:
        """Where the caret stands for a position, without width."""
        number, block, line = self.place_of(at)
        x = block.caret_x(line, min(at, block.block.end))
        return QRectF(x, self.top(number) + line.top, 0, line.box)

    def marks_at(self, letter: int) -> list[Mark]:
        """The marks over a letter, the shortest first."""
        here = self._by_block.get(self.document.block_number(letter), ())
        over = [mark for mark in here if mark.start <= letter < mark.end]
        return sorted(over, key=lambda mark: (mark.end - mark.start, self._lanes[mark.id]))
