"""Lays out each kind of block, and reads ahead what that takes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QFontMetricsF

from labeler.kit.markdown.document import MarkdownBlock, RawBlock, TitleBlock
from labeler.kit.markdown.formulas import Formulas
from labeler.kit.markdown.laid import LaidMarkdown, LaidProse, inset_of
from labeler.kit.markdown.looks import Looks
from labeler.kit.markdown.titles import LaidTitle
from labeler.kit.markdown.wide import LaidCode, LaidFormula, LaidTable, LaidWide
from labeler.kit.text.document import Block
from labeler.kit.text.laid import LaidBlock

__all__ = ["MarkdownLayouter", "shift_key"]


class MarkdownLayouter:
    """Lays blocks out for one width and theme.

    ``shifts`` says how far wide blocks are scrolled sideways, by what they belong to.
    """

    def __init__(
        self,
        width: float,
        looks: Looks,
        formulas: Formulas,
        shifts: Mapping[object, float],
    ) -> None:
        self._width = width
        self._looks = looks
        self._formulas = formulas
        self._shifts = shifts
        font = looks.measures("reading").font
        average = max(1.0, QFontMetricsF(font).averageCharWidth())
        self._per_line = max(1.0, width / average)

    def lay(self, block: Block) -> LaidBlock:
        """The block laid out; formulas that cannot be drawn are shown as they are written."""
        if isinstance(block, TitleBlock):
            return LaidTitle(block, self._width, self._looks.measures("label"), self._looks)
        if isinstance(block, RawBlock) or not isinstance(block, MarkdownBlock):
            return LaidBlock(block, self._width, self._looks.measures("code"))
        laid = self._lay(block)
        broken = frozenset(
            one.formula.latex
            for one in laid.placed.values()
            if one.picture is not None and one.picture.broken
        )
        if broken:
            block.show_plain(broken)
            laid = self._lay(block)
        if isinstance(laid, LaidWide):
            shift = self._shifts.get(shift_key(block))
            if shift is not None:
                laid.set_shift(shift)
        return laid

    def _lay(self, block: MarkdownBlock) -> LaidMarkdown:
        args = (block, self._width, self._looks, self._formulas)
        match block.leaf.kind:
            case "code":
                return LaidCode(*args)
            case "table":
                return LaidTable(*args)
            case "formula":
                return LaidFormula(*args)
            case _:
                return LaidProse(*args)

    def estimate(self, block: Block) -> float:
        """Its height by the number of its letters or lines."""
        line = self._looks.measures("reading").line
        if isinstance(block, MarkdownBlock):
            leaf = block.leaf
            if leaf.kind == "code":
                return (len(leaf.lines) + 1.5) * self._looks.measures("code").line
            if leaf.kind == "table":
                return len(leaf.rows) * (line + 11)
            room = max(0.2, 1 - inset_of(leaf.nest) / max(1.0, self._width))
            return line * (1.4 + int(len(block.text) / (self._per_line * room)))
        return line * (1 + int(len(block.text) / self._per_line))

    def warm(self, block: Block) -> None:
        """Read ahead what laying the block out will need."""
        if not isinstance(block, MarkdownBlock):
            return
        if block.leaf.kind == "code":
            block.roles  # noqa: B018 - read now, kept for when it is laid out
        for formula in block.formulas:
            size = self._looks.formula_size
            self._formulas.want(formula.latex, display=formula.display, size=size)


def shift_key(block: MarkdownBlock) -> object:
    """What is scrolled sideways together: the pieces of a listing or a table, else one block."""
    return (block.base, block.leaf.group) if block.leaf.group else ("block", block.start)
