"""Blocks of Markdown laid out: words with formulas among them, bars of quotes, markers of lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout

from labeler.kit.markdown.document import MarkdownBlock
from labeler.kit.markdown.formulas import Formulas, Picture
from labeler.kit.markdown.looks import FormatRange, Looks, make_range, spaced
from labeler.kit.markdown.shown import Formula
from labeler.kit.text.laid import LaidBlock, LaidLine, text_option
from labeler.kit.text.marks import Mark
from labeler.kit.text.offsets import Offsets
from labeler.kit.theme import Theme

__all__ = ["LaidMarkdown", "LaidProse", "Placed", "inset_of", "space_below"]

QUOTE_INSET, QUOTE_BAR = 16, 3
LIST_INSET = 28
MARKER_GAP = 8
BELOW, BELOW_TIGHT, BELOW_HEADING, ABOVE_HEADING = 12, 4, 6, 10
_WAITING_EM = 0.5
_WAITING_MOST = 18
_RULE_HEIGHT = 9


@dataclass(frozen=True, slots=True)
class Placed:
    """A formula in its place: the unit that holds it, and its picture, None while it is drawn."""

    unit: int
    formula: Formula
    picture: Picture | None
    width: float


def inset_of(nest: str) -> int:
    """How far what stands in these quotes and lists is set in, in pixels."""
    return sum(QUOTE_INSET if one == "q" else LIST_INSET for one in nest)


def space_below(block: MarkdownBlock) -> int:
    """What is left free below a block, in pixels."""
    leaf, after = block.leaf, block.following
    if after is None:
        return 0
    if leaf.group and after.leaf.group == leaf.group:
        return 0
    if leaf.kind == "heading":
        return BELOW_HEADING
    if leaf.tight and leaf.nest.endswith("l") and after.leaf.nest.startswith(leaf.nest[:1]):
        return BELOW_TIGHT
    return BELOW


class LaidMarkdown(LaidBlock):
    """What all kinds of block have: bars and markers at their start, and space around them.

    ``block`` is a MarkdownBlock; ``pictures`` says what of its formulas is drawn already.
    """

    STYLE = "reading"

    def __init__(
        self, block: MarkdownBlock, width: float, looks: Looks, formulas: Formulas
    ) -> None:
        self.markdown = block
        self.looks = looks
        self.formulas = formulas
        self.placed: dict[int, Placed] = {}
        self.inset = inset_of(block.leaf.nest)
        self.style = self.style_of(block)
        self.whole = width
        self.above = 0.0
        self.below = float(space_below(block))
        super().__init__(block, max(40.0, width - self.inset), looks.measures(self.style))

    def style_of(self, block: MarkdownBlock) -> str:
        """The type style of its words."""
        leaf = block.leaf
        return self.looks.style_of_heading(leaf.level) if leaf.kind == "heading" else "reading"

    @property
    def start_edge(self) -> float:
        """Where the words' own room begins, at its left edge."""
        return 0.0 if self.rtl else float(self.inset)

    @property
    def inner_width(self) -> float:
        """The width of the words' own room."""
        return self._width

    def shape(self) -> None:
        shown = self.block.shown
        offsets = Offsets(shown)
        ranges = self.looks.ranges(self.style, self.markdown.runs, offsets)
        ranges += self.put_formulas(offsets)
        self.layout = QTextLayout(spaced(shown), self._measures.font)
        self.layout.setTextOption(text_option(self.rtl))
        self.layout.setFormats(ranges)
        self.break_lines(self.layout, self.line_width(), self.start_edge)

    def line_width(self) -> float:
        """How wide its lines are."""
        return self._width

    def put_formulas(self, offsets: Offsets) -> list[FormatRange]:
        """Find the pictures of the formulas, and the formats that keep their places."""
        ranges = []
        for formula in self.markdown.formulas:
            unit = offsets.to_units(formula.at)
            size = self.looks.formula_size
            picture = self.formulas.find(formula.latex, display=formula.display, size=size)
            if picture is not None:
                width = picture.width
            else:
                width = size * _WAITING_EM * min(_WAITING_MOST, 1 + len(formula.latex))
            self.placed[unit] = Placed(unit, formula, picture, width)
            ranges.append(make_range(unit, unit + 1, self.looks.gap(self.style, width)))
        return ranges

    def place(self, marks: Sequence[Mark], lanes: Mapping[str, int], show_tags: bool) -> None:
        bottom = self.stack(self.lines, self.above, marks, lanes, show_tags)
        self.height = bottom + self.below

    def reach(self, line: LaidLine) -> tuple[float, float]:
        above, below = super().reach(line)
        if self.placed:
            first, last = line.units()
            for unit, one in self.placed.items():
                if first <= unit < last and one.picture is not None:
                    above = max(above, one.picture.above + 1)
                    below = max(below, one.picture.below + 1)
        return above, below

    def words_end(self, start: int, end: int) -> int:
        found = self.markdown.offsets.tidied(start - self.block.start, end - self.block.start)
        if found is None:
            return end
        last = self.block.start + found[1]
        shown = self.block.shown
        number = self.markdown.offsets.shown_until(found[1])
        while number > 0 and shown[number - 1].isspace() and last > start + 1:
            number -= 1
            last = self.block.start + self.markdown.offsets.starts[number]
        return max(last, min(start + 1, end))

    def draw_under(self, painter: QPainter, theme: Theme) -> None:
        self._draw_bars(painter)
        self._draw_marker(painter)

    def draw_over(self, painter: QPainter, theme: Theme) -> None:
        if not self.placed:
            return
        for line in self.lines:
            first, last = line.units()
            for unit, one in self.placed.items():
                if first <= unit < last:
                    self._draw_formula(painter, line, one)

    def _draw_formula(self, painter: QPainter, line: LaidLine, one: Placed) -> None:
        left = min(self._x(line, one.unit), self._x(line, one.unit + 1))
        base = line.line.y() + line.line.ascent()
        if one.picture is not None:
            one.picture.draw(painter, left, base, self.looks.tokens.text)
            return
        ascent = line.line.ascent()
        painter.fillRect(
            QRectF(left + 1, base - ascent * 0.7, one.width - 2, ascent * 0.8),
            self.looks.tokens.sunken,
        )

    def _draw_bars(self, painter: QPainter) -> None:
        nest = self.markdown.leaf.nest
        after = self.markdown.following
        for depth, kind in enumerate(nest):
            if kind != "q":
                continue
            goes_on = after is not None and after.leaf.nest[: depth + 1] == nest[: depth + 1]
            height = self.height if goes_on else self.height - self.below
            x: float = inset_of(nest[:depth])
            if self.rtl:
                x = self.whole - x - QUOTE_BAR
            painter.fillRect(QRectF(x, 0, QUOTE_BAR, height), self.looks.tokens.border_strong)

    def _draw_marker(self, painter: QPainter) -> None:
        marker = self.markdown.leaf.marker
        if not marker or not self.lines:
            return
        line = self.lines[0]
        font = self.looks.measures("reading").font
        width = QFontMetricsF(font).horizontalAdvance(marker)
        inset = self.inset - MARKER_GAP
        x = self.whole - inset if self.rtl else inset - width
        painter.save()
        painter.setFont(font)
        painter.setPen(self.looks.tokens.text_2)
        painter.drawText(QPointF(x, line.line.y() + line.line.ascent()), marker)
        painter.restore()


class LaidProse(LaidMarkdown):
    """A paragraph, a heading or a rule."""

    def __init__(
        self, block: MarkdownBlock, width: float, looks: Looks, formulas: Formulas
    ) -> None:
        super().__init__(block, width, looks, formulas)
        if block.leaf.kind == "heading" and block.base != block.start:
            self.above = float(ABOVE_HEADING)

    def place(self, marks: Sequence[Mark], lanes: Mapping[str, int], show_tags: bool) -> None:
        super().place(marks, lanes, show_tags)
        if self.markdown.leaf.kind == "rule":
            self.height = _RULE_HEIGHT + self.below

    def draw_under(self, painter: QPainter, theme: Theme) -> None:
        super().draw_under(painter, theme)
        if self.markdown.leaf.kind == "rule":
            rule = QRectF(self.start_edge, _RULE_HEIGHT // 2, self.inner_width, 1)
            painter.fillRect(rule, self.looks.tokens.border_strong)
        elif self.markdown.leaf.kind == "heading" and self.markdown.leaf.level == 1:
            painter.fillRect(
                QRectF(self.start_edge, ceil(self.height - self.below), self.inner_width, 1),
                self.looks.tokens.border,
            )


def align_flag(name: str, rtl: bool) -> Qt.AlignmentFlag:
    """The edge a cell's words are set to."""
    edges = {
        "left": Qt.AlignmentFlag.AlignLeft,
        "right": Qt.AlignmentFlag.AlignRight,
        "center": Qt.AlignmentFlag.AlignHCenter,
        "": Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft,
    }
    return edges[name] | Qt.AlignmentFlag.AlignAbsolute
