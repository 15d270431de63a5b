"""A text as blocks that are laid out by themselves, and where letters, words and sentences end in it.

No Qt in here: positions are code points of the whole text, between letters, from 0 to its length.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, Protocol

import regex

from labeler.kit.text.offsets import Offsets

__all__ = ["Block", "Direction", "Document", "UnitTable", "direction_of"]

Direction = Literal["", "ltr", "rtl"]

_BREAK = regex.compile("\r\n|[\n\r\x85\u2029]")
_LONGEST_BLOCK = 8_000
_CLUSTER = regex.compile(r"\X")
_WORD_EDGE = regex.compile(r"(?w)\b")
# A full stop, its closing quotes or brackets and the white space after it; CJK stops need no space.
_SENTENCE_END = regex.compile(r"[.!?…؟।۔]+[\"'”’»)\]]*(?:\s+|$)|[。！？]+[」』）”]*\s*")
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


class UnitTable(Protocol):
    """Positions in a block (code points) and in what is laid out of it (UTF-16 units)."""

    def to_units(self, point: int) -> int:
        """Where a position lies."""

    def to_units_end(self, point: int) -> int:
        """Where a range that ends at a position ends."""

    def to_points(self, unit: int) -> int:
        """The position of a place."""


class Block:
    """A paragraph, or a piece of one too long to be laid out at once.

    ``start`` and ``end`` bound its letters; ``next`` is where the block after it starts, beyond the
    line end (two code points where that is CRLF).
    """

    __slots__ = ("__dict__", "direction", "end", "next", "start", "text")

    def __init__(self, text: str, start: int, next_: int, direction: str) -> None:
        self.text = text
        self.start = start
        self.end = start + len(text)
        self.next = next_
        self.direction = direction

    @property
    def shown(self) -> str:
        """What is laid out of it: the text itself, unless a kind of block shows it otherwise."""
        return self.text

    @cached_property
    def offsets(self) -> UnitTable:
        """The conversion table between positions in the block and UTF-16 units of what is shown."""
        return Offsets(self.text)

    @cached_property
    def clusters(self) -> list[int]:
        """Where a reader's letters begin and end, within the block: from 0 to its length."""
        if self.text.isascii():
            return list(range(len(self.text) + 1))
        return [0, *(match.end() for match in _CLUSTER.finditer(self.text))]

    @cached_property
    def words(self) -> list[int]:
        """Where words and what is between them begin and end, within the block (UAX 29)."""
        edges = {0, len(self.text), *(match.start() for match in _WORD_EDGE.finditer(self.text))}
        return sorted(edges)

    @cached_property
    def is_plain(self) -> bool:
        """Whether all its letters run from left to right."""
        return self.text.isascii() or not any(
            unicodedata.bidirectional(letter) in ("R", "AL", "AN", "RLE", "RLO", "RLI")
            for letter in self.text
        )


class Document:
    """One text: its blocks, and how to step and snap in it.

    ``direction`` overrules what the letters say; else each paragraph runs as its first letter with
    a direction does, and one without such a letter as the text's first.
    """

    def __init__(self, text: str, direction: Direction = "") -> None:
        self.text = text
        self.direction = direction or direction_of(text, 2000) or "ltr"
        self.blocks = self.cut(direction)
        self._starts = [block.start for block in self.blocks]

    def cut(self, direction: Direction) -> list[Block]:
        """The blocks of the text, in order and at least one; the first begins at 0."""
        blocks: list[Block] = []
        for start, end, next_ in _pieces(self.text):
            piece = self.text[start:end]
            own = direction or direction_of(piece) or self.direction
            blocks.append(Block(piece, start, next_, own))
        return blocks

    def block_number(self, at: int) -> int:
        """The block a position lies in; in the middle of a line end it is the block before it."""
        return max(0, bisect_right(self._starts, at) - 1)

    def block_at(self, at: int) -> Block:
        """The block a position lies in."""
        return self.blocks[self.block_number(at)]

    def floor(self, at: int) -> int:
        """The nearest edge of a reader's letter at or before the position."""
        block = self.block_at(at)
        if at >= block.end:
            return block.end if at < block.next else at
        edges = block.clusters
        return block.start + edges[bisect_right(edges, at - block.start) - 1]

    def ceil(self, at: int) -> int:
        """The nearest edge of a reader's letter at or after the position."""
        block = self.block_at(at)
        if at >= block.end:
            return at if at == block.end else block.next
        edges = block.clusters
        return block.start + edges[bisect_left(edges, at - block.start)]

    def after(self, at: int) -> int:
        """One letter further; at the end of a paragraph the beginning of the next."""
        block = self.block_at(at)
        if at >= block.end:
            return block.next
        edges = block.clusters
        return block.start + edges[bisect_right(edges, at - block.start)]

    def before(self, at: int) -> int:
        """One letter back; at the beginning of a paragraph the end of the one before."""
        number = self.block_number(at)
        block = self.blocks[number]
        if at > block.end:
            return block.end
        if at > block.start or number == 0:
            return _back(block, at)
        last = self.blocks[number - 1]
        # Where a long paragraph was only cut, its last letter is stepped over.
        return last.end if last.end < last.next else _back(last, last.end)

    def word_at(self, at: int) -> tuple[int, int]:
        """The word around a position, or what lies between two words; one at its start counts."""
        block = self.block_at(at)
        edges = block.words
        if len(edges) < 2:
            return block.start, block.end
        number = min(bisect_right(edges, min(at, block.end) - block.start), len(edges) - 1)
        return block.start + edges[number - 1], block.start + edges[number]

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The sentence around a position within its paragraph, without the space after it."""
        block = self.block_at(at)
        start, end = 0, len(block.text)
        for match in _SENTENCE_END.finditer(block.text):
            if match.end() > at - block.start:
                end = match.end()
                break
            start = match.end()
        return self.trimmed(block.start + start, block.start + end)

    def paragraph_at(self, at: int) -> tuple[int, int]:
        """The paragraph around a position, without its line end, cut pieces put together."""
        first = last = self.block_number(at)
        while first > 0 and self.blocks[first - 1].end == self.blocks[first - 1].next:
            first -= 1
        while last + 1 < len(self.blocks) and self.blocks[last].end == self.blocks[last].next:
            last += 1
        return self.blocks[first].start, self.blocks[last].end

    def word_after(self, at: int) -> int:
        """The beginning of the next word, or the end of the paragraph, or beyond it."""
        block = self.block_at(at)
        if at >= block.end:
            return self.after(at)
        edges = block.words
        for edge in edges[bisect_right(edges, at - block.start) :]:
            if edge == len(block.text) or not block.text[edge].isspace():
                return block.start + edge
        return block.end

    def word_before(self, at: int) -> int:
        """The beginning of this or the previous word, or the end of the paragraph before."""
        block = self.block_at(at)
        if at <= block.start:
            return self.before(at)
        edges = block.words
        for edge in reversed(edges[: bisect_left(edges, min(at, block.end) - block.start)]):
            if not block.text[edge : edge + 1].isspace():
                return block.start + edge
        return block.start

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The range without white space at its ends; unchanged where it is nothing else."""
        inside = self.text[start:end]
        left = len(inside) - len(inside.lstrip())
        right = len(inside) - len(inside.rstrip())
        return (start, end) if left == len(inside) else (start + left, end - right)

    def snapped(self, start: int, end: int, *, words: bool) -> tuple[int, int]:
        """The range widened to whole letters, or to whole words without space at the ends.

        Never wider than it must be; an empty range stays empty.
        """
        start, end = max(0, min(start, end)), min(len(self.text), max(start, end))
        if start == end:
            at = self.floor(start)
            return at, at
        if not words:
            return self.floor(start), self.ceil(end)
        start, end = self.trimmed(start, end)
        first, _ = self.word_at(start)
        # The position at a word's end lies at the start of what follows, so look one back.
        _, last = self.word_at(max(start, end - 1))
        start, end = self.trimmed(first, max(end, last))
        # Space that is taken alone is meant: the words beside it are not drawn in.
        return self.floor(start), self.ceil(end)

    def occurrences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Every range with the same words as this one, itself included, as whole words.

        They do not overlap; a range that begins or ends inside a word is matched anywhere.
        """
        words = self.text[start:end]
        if not words.strip():
            return
        whole = self._at_word_edges(start, end)
        at = 0
        while (at := self.text.find(words, at)) >= 0:
            last = at + len(words)
            fits = self.floor(at) == at and self.ceil(last) == last
            if fits and (not whole or self._at_word_edges(at, last)):
                yield at, last
                at = last
            else:
                at += 1

    def _at_word_edges(self, start: int, end: int) -> bool:
        first, last = self.block_at(start), self.block_at(end)
        return start - first.start in first.words and (
            end >= last.end or end - last.start in last.words
        )


def _back(block: Block, at: int) -> int:
    edges = block.clusters
    return block.start + edges[max(0, bisect_left(edges, at - block.start) - 1)]


def _pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of each block's letters, and where the next block starts."""
    start = 0
    for match in _BREAK.finditer(text):
        yield from _cut(text, start, match.start(), match.end())
        start = match.end()
    yield from _cut(text, start, len(text), len(text))


def _cut(text: str, start: int, end: int, next_: int) -> Iterator[tuple[int, int, int]]:
    while end - start > _LONGEST_BLOCK:
        limit = start + _LONGEST_BLOCK
        space = max(text.rfind(" ", start + _LONGEST_BLOCK // 2, limit), start - 1)
        at = space + 1 if space >= start else _letter_edge(text, start, limit)
        yield start, at, at
        start = at
    yield start, end, next_


def _letter_edge(text: str, start: int, limit: int) -> int:
    """The last edge of a reader's letter up to the limit, in a stretch without spaces."""
    edge = start
    for match in _CLUSTER.finditer(text, start, limit + 64):
        if match.end() > limit:
            break
        edge = match.end()
    return edge if edge > start else limit


def direction_of(text: str, far: int | None = None) -> str:
    """Which way the first letter with a direction runs: "ltr", "rtl", "" where there is none."""
    for letter in text[:far]:
        found = _STRONG.get(unicodedata.bidirectional(letter))
        if found:
            return found
    return ""
