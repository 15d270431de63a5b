"""A Markdown text as blocks that are laid out by themselves; all positions are those of the raw text.

A document may be made of several sections (the turns of a conversation), each with a title that is
shown above it and is no part of the text. No Qt in here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import regex

from labeler.kit.markdown.blocks import Leaf, read_blocks
from labeler.kit.markdown.highlight import CodeRole, roles_of
from labeler.kit.markdown.inline import read_inline, read_plain
from labeler.kit.markdown.rawmap import RawMap
from labeler.kit.markdown.shown import LINE, Formula, Run, Shown, Style
from labeler.kit.text.document import Block, Direction, Document, direction_of

__all__ = ["MarkdownBlock", "MarkdownDocument", "RawBlock", "Section", "TitleBlock"]

Words = Sequence[tuple[int, int, CodeRole]]

_BETWEEN = "\n\n"
_CLUSTER = regex.compile(r"\X")
_WORD_EDGE = regex.compile(r"(?w)\b")
_RIGHT_TO_LEFT = regex.compile(
    r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=AN}\u202B\u202E\u2067]"
)


@dataclass(frozen=True, slots=True)
class Section:
    """One text of a document: ``part`` is the id of the part it is, ``title`` stands above it."""

    part: str
    text: str
    title: str = ""


class TitleBlock(Block):
    """What stands above a section; it has no place in the text."""

    __slots__ = ("title",)

    def __init__(self, title: str, at: int) -> None:
        super().__init__("", at, at, direction_of(title) or "ltr")
        self.title = title

    @property
    def shown(self) -> str:
        return self.title

    @cached_property
    def offsets(self) -> RawMap:
        return RawMap(self.title, [0] * len(self.title), [0] * len(self.title), 0)

    @cached_property
    def is_plain(self) -> bool:
        return not _RIGHT_TO_LEFT.search(self.title)


class RawBlock(Block):
    """A paragraph of the text as it was written."""

    __slots__ = ()


class MarkdownBlock(Block):
    """One leaf of the text: what is shown of it, and the way back to the raw letters.

    What is shown is read when the block is first looked at. ``following`` is the block after it.
    """

    __slots__ = ("_plain", "_roles", "base", "document", "following", "leaf")

    def __init__(
        self,
        document: MarkdownDocument,
        leaf: Leaf,
        base: int,
        start: int,
        next_: int,
        direction: str,
    ) -> None:
        super().__init__(document.text[start : base + leaf.end], start, next_, direction)
        self.document = document
        self.leaf = leaf
        self.base = base
        self.following: MarkdownBlock | None = None
        self._plain: frozenset[str] = frozenset()
        self._roles: Words | None = None

    def show_plain(self, formulas: frozenset[str]) -> None:
        """Show these formulas as they are written: they could not be drawn."""
        if not formulas <= self._plain:
            self._plain |= formulas
            for name in ("_parts", "offsets", "clusters", "words", "is_plain"):
                self.__dict__.pop(name, None)

    @cached_property
    def _parts(self) -> tuple[Shown, tuple[tuple[int, int], ...]]:
        """What is shown, and where the cells of a table lie in that."""
        leaf, raw, base = self.leaf, self.document.text, self.base
        here = self.start
        lines = tuple((base + start, base + end) for start, end in leaf.lines)
        cells: list[tuple[int, int]] = []
        if leaf.kind == "code":
            shown = read_plain(raw, lines, here)
        elif leaf.kind == "rule":
            shown = Shown()
        elif leaf.kind == "formula":
            shown = self._formula(raw, lines, here)
        elif leaf.kind == "table":
            shown = Shown()
            for row in leaf.rows:
                for start, end in row:
                    if cells:
                        shown.put(LINE, shown.ends[-1] if shown.ends else 0, base + start - here)
                    cell = read_inline(raw, [(base + start, base + end)], here, self._plain)
                    first = len(shown.starts)
                    shown.add(cell)
                    cells.append((first, len(shown.starts)))
        else:
            shown = read_inline(raw, lines, here, self._plain)
        return shown, tuple(cells)

    def _formula(self, raw: str, lines: Sequence[tuple[int, int]], here: int) -> Shown:
        shown = Shown()
        start, end = lines[0]
        if self.leaf.latex in self._plain:
            shown.put_lines_as_is(raw[start:end], start - here, Style.BROKEN)
        else:
            shown.put_formula(self.leaf.latex, start - here, end - here, display=True)
        return shown

    @property
    def shown(self) -> str:
        return self._parts[0].text

    @property
    def runs(self) -> Sequence[Run]:
        """The styles of the shown letters; those between have none."""
        return self._parts[0].runs

    @property
    def formulas(self) -> Sequence[Formula]:
        """The formulas among the shown letters."""
        return self._parts[0].formulas

    @property
    def cells(self) -> Sequence[tuple[int, int]]:
        """Where the cells of a table lie among the shown letters, row after row."""
        return self._parts[1]

    @cached_property
    def offsets(self) -> RawMap:
        shown = self._parts[0]
        return RawMap(shown.text, shown.starts, shown.ends, len(self.text))

    @cached_property
    def clusters(self) -> list[int]:
        shown = self.shown
        if shown.isascii():
            return self._edges(range(len(shown) + 1))
        return self._edges([0, *(match.end() for match in _CLUSTER.finditer(shown))])

    @cached_property
    def words(self) -> list[int]:
        shown = self.shown
        edges = {0, len(shown), *(match.start() for match in _WORD_EDGE.finditer(shown))}
        return self._edges(sorted(edges))

    def _edges(self, shown: Sequence[int]) -> list[int]:
        """Raw positions of places in what is shown, each once, and the block's own ends."""
        inner = (self.offsets.raw_of(edge) for edge in shown[1:-1])
        return list(dict.fromkeys((0, *inner, len(self.text))))

    @property
    def roles(self) -> Words:
        """Start, end and role of the words of a listing, in shown letters."""
        if self._roles is None:
            self.document.read_roles(self.leaf, self.base)
        return self._roles or ()

    def take_roles(self, words: Words) -> None:
        """Keep the words of this piece of a listing."""
        self._roles = words

    @cached_property
    def is_plain(self) -> bool:
        return self.direction != "rtl" and not _RIGHT_TO_LEFT.search(self.shown)


class MarkdownDocument(Document):
    """Sections of Markdown, one after the other; with ``raw`` the same text as it is written.

    Positions are the same in both: code points of ``text``, which is the sections' texts with an
    empty line between them. What the hand selects begins and ends with letters that are shown.
    """

    def __init__(
        self, sections: Sequence[Section], direction: Direction = "", *, raw: bool = False
    ) -> None:
        self.sections = tuple(sections) or (Section("", ""),)
        self.raw = raw
        self._bases: list[int] = []
        at = 0
        for section in self.sections:
            self._bases.append(at)
            at += len(section.text) + len(_BETWEEN)
        super().__init__(_BETWEEN.join(one.text for one in self.sections), direction)

    def cut(self, direction: Direction) -> list[Block]:
        blocks: list[Block] = []
        for base, section in zip(self._bases, self.sections, strict=True):
            last = base == self._bases[-1]
            until = len(self.text) if last else base + len(section.text) + len(_BETWEEN)
            if section.title:
                blocks.append(TitleBlock(section.title, base))
            blocks += (
                self._cut_raw(section.text, base, until, direction)
                if self.raw
                else self._cut_leaves(section.text, base, until, direction)
            )
        return blocks

    def _cut_raw(self, text: str, base: int, until: int, direction: Direction) -> list[Block]:
        pieces = Document(text, direction).blocks
        blocks: list[Block] = [
            RawBlock(one.text, base + one.start, base + one.next, one.direction) for one in pieces
        ]
        blocks[-1].next = until
        return blocks

    def _cut_leaves(self, text: str, base: int, until: int, direction: Direction) -> list[Block]:
        leaves = read_blocks(text) or (Leaf("paragraph", 0, len(text), ((0, 0),)),)
        blocks: list[MarkdownBlock] = []
        for number, leaf in enumerate(leaves):
            start = base + leaf.start if number else base
            following = leaves[number + 1].start + base if number + 1 < len(leaves) else until
            own = direction or direction_of(text[leaf.start : leaf.end]) or self.direction
            if leaf.kind in ("code", "formula"):
                own = "ltr"
            blocks.append(MarkdownBlock(self, leaf, base, start, following, own))
        for block, after in pairwise(blocks):
            block.following = after
        return list(blocks)

    def section_number(self, at: int) -> int:
        """The section a position lies in."""
        return max(0, bisect_right(self._bases, at) - 1)

    def part_at(self, at: int) -> tuple[str, int]:
        """The part a position lies in, and where that part begins."""
        number = self.section_number(at)
        return self.sections[number].part, self._bases[number]

    def base_of(self, part: str) -> int | None:
        """Where a part begins, or None where it is not in here."""
        for base, section in zip(self._bases, self.sections, strict=True):
            if section.part == part:
                return base
        return None

    def read_roles(self, leaf: Leaf, base: int) -> None:
        """Find the keywords, texts and comments of a listing, in all pieces it was cut into."""
        pieces = [
            block
            for block in self.blocks
            if isinstance(block, MarkdownBlock)
            and block.leaf.group == leaf.group
            and block.base == base
        ]
        code = "\n".join(piece.shown.replace(LINE, "\n") for piece in pieces)
        words = list(roles_of(code, leaf.language))
        first = 0
        for piece in pieces:
            last = first + len(piece.shown)
            piece.take_roles(
                [
                    (max(start, first) - first, min(end, last) - first, role)
                    for start, end, role in words
                    if start < last and end > first
                ]
            )
            first = last + 1

    def tidied(self, start: int, end: int) -> tuple[int, int]:
        """The range from the first to the last shown letter in it; empty at ``start`` if none is."""
        if self.raw or start >= end:
            return start, end
        number, first = self.block_number(start), None
        while number < len(self.blocks) and self.blocks[number].start < end:
            found = self._tidied_in(self.blocks[number], start, end)
            if found is not None:
                first = found[0]
                break
            number += 1
        if first is None:
            return start, start
        number = self.block_number(max(start, end - 1))
        while number >= 0:
            found = self._tidied_in(self.blocks[number], start, end)
            if found is not None:
                return first, found[1]
            number -= 1
        return first, first

    @staticmethod
    def _tidied_in(block: Block, start: int, end: int) -> tuple[int, int] | None:
        if not isinstance(block, MarkdownBlock):
            return None
        found = block.offsets.tidied(start - block.start, end - block.start)
        return None if found is None else (block.start + found[0], block.start + found[1])

    def snapped(self, start: int, end: int, *, words: bool) -> tuple[int, int]:
        start, end = max(0, min(start, end)), min(len(self.text), max(start, end))
        start, end = super().snapped(*self.tidied(start, end), words=words)
        return (start, end) if start == end else self.tidied(start, end)
