"""Blocks that do not wrap: listings, tables and formulas of their own scroll sideways inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption

from labeler.kit.markdown.document import MarkdownBlock
from labeler.kit.markdown.formulas import Formulas
from labeler.kit.markdown.laid import LaidMarkdown, align_flag
from labeler.kit.markdown.looks import FormatRange, Looks, make_range, spaced
from labeler.kit.paint import draw_panel
from labeler.kit.text.laid import LaidLine, text_option
from labeler.kit.text.marks import Mark
from labeler.kit.text.offsets import Offsets
from labeler.kit.theme import Theme

__all__ = ["LaidCode", "LaidFormula", "LaidTable", "LaidWide"]

CODE_SIDE, CODE_ABOVE = 12, 8
CELL_SIDE, CELL_ABOVE = 10, 5
BAR = 4
_ENDLESS = 1_000_000.0
_NARROWEST = 48.0
_WIDEST = 360.0


class LaidWide(LaidMarkdown):
    """A block that may be wider than the page: ``natural`` pixels, of which ``room`` are seen."""

    natural = 0.0
    shift = 0.0

    @property
    def room(self) -> float:
        """The width of the window its words are seen through."""
        return self.inner_width

    @property
    def most_shift(self) -> float:
        """How far it can be shifted."""
        return max(0.0, ceil(self.natural - self.room))

    def set_shift(self, shift: float) -> bool:
        """Scroll to so many pixels from its start; False where it is there already.

        Marks have to be placed again afterwards.
        """
        shift = max(0.0, min(float(round(shift)), self.most_shift))
        if shift == self.shift:
            return False
        moved, self.shift = shift - self.shift, shift
        for line in self.lines:
            line.left -= moved
        return True

    def window(self) -> QRectF | None:
        if not self.most_shift:
            return None
        return QRectF(self.start_edge, 0, self.room, self.height)

    def bar_rect(self) -> QRectF:
        """Where the thumb of its scroll bar lies; empty where everything is seen."""
        if not self.most_shift:
            return QRectF()
        share = self.room / self.natural
        length = max(24.0, self.room * share)
        x = self.start_edge + (self.room - length) * self.shift / self.most_shift
        return QRectF(x, self.height - self.below - BAR - 1, length, BAR)

    def draw_bar(self, painter: QPainter) -> None:
        """The thumb of its scroll bar."""
        thumb = self.bar_rect()
        if not thumb.isEmpty():
            painter.save()
            painter.setClipping(False)
            ink = self.looks.tokens.border_strong
            draw_panel(painter, thumb, ink, None, BAR / 2)
            painter.restore()

    def draw_over(self, painter: QPainter, theme: Theme) -> None:
        super().draw_over(painter, theme)
        self.draw_bar(painter)


class LaidCode(LaidWide):
    """A listing, or a piece of one: in a well, words coloured by what they are."""

    def __init__(
        self,
        block: MarkdownBlock,
        width: float,
        looks: Looks,
        formulas: Formulas,
    ) -> None:
        super().__init__(block, width, looks, formulas)
        self.above = CODE_ABOVE if block.leaf.first else 0.0
        self.below += CODE_ABOVE if block.leaf.last else 0.0

    def style_of(self, block: MarkdownBlock) -> str:
        return "code"

    @property
    def start_edge(self) -> float:
        return super().start_edge + CODE_SIDE

    @property
    def room(self) -> float:
        return self.inner_width - 2 * CODE_SIDE

    def shape(self) -> None:
        shown = self.block.shown
        offsets = Offsets(shown)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(4 * QFontMetricsF(self._measures.font).horizontalAdvance(" "))
        self.layout = QTextLayout(shown, self._measures.font)
        self.layout.setTextOption(option)
        self.layout.setFormats(
            [
                make_range(offsets.to_units(start), offsets.to_units(end), self.looks.role(role))
                for start, end, role in self.markdown.roles
            ]
        )
        self.break_lines(self.layout, _ENDLESS, self.start_edge)
        self.natural = max((line.line.naturalTextWidth() for line in self.lines), default=0.0)

    @property
    def well(self) -> QRectF:
        """The ground it stands on."""
        below = self.below - (CODE_ABOVE if self.markdown.leaf.last else 0.0)
        left = self.start_edge - CODE_SIDE
        return QRectF(left, 0, self.inner_width, self.height - below)

    def bar_rect(self) -> QRectF:
        thumb = super().bar_rect()
        return thumb if thumb.isEmpty() else thumb.translated(0, CODE_ABOVE - 1)

    def draw_under(self, painter: QPainter, theme: Theme) -> None:
        super().draw_under(painter, theme)
        t, leaf, well = self.looks.tokens, self.markdown.leaf, self.well
        painter.save()
        painter.setClipRect(well, Qt.ClipOperation.IntersectClip)
        radius = t.sizes.radius_control
        above, below = (0 if leaf.first else 2 * radius), (0 if leaf.last else 2 * radius)
        rim = t.border_strong if t.is_high_contrast else t.border
        draw_panel(painter, well.adjusted(0, -above, 0, below), t.sunken, rim, radius)
        painter.restore()


class LaidFormula(LaidWide):
    """A formula on lines of its own, in the middle; one that cannot be drawn as it is written."""

    def line_width(self) -> float:
        self.natural = sum(one.width for one in self.placed.values())
        return max(self.natural + 2, self.inner_width)

    def shape(self) -> None:
        super().shape()
        if self.placed:
            free = max(0.0, self.room - self.natural) / 2
            for line in self.lines:
                line.left += free


class LaidTable(LaidWide):
    """A table: each cell is laid out by itself, columns as wide as their words as far as they fit."""

    def shape(self) -> None:
        block, looks = self.markdown, self.looks
        leaf = block.leaf
        shown = block.shown
        offsets = Offsets(shown)
        ranges = looks.ranges(self.style, block.runs, offsets) + self.put_formulas(offsets)
        count = len(leaf.aligns)
        cells = block.cells
        layouts: list[tuple[int, QTextLayout]] = []
        widths = [_NARROWEST] * count
        longest = [0.0] * count
        for number, (start, end) in enumerate(cells):
            base, until = offsets.to_units(start), offsets.to_units(end)
            head = leaf.first and number < count
            layout = self._layout(spaced(shown[start:end]), ranges, base, until, head)
            layouts.append((base, layout))
            column = number % count
            option = text_option(self.rtl)
            option.setAlignment(align_flag(leaf.aligns[column], self.rtl))
            layout.setTextOption(option)
            layout.beginLayout()
            line = layout.createLine()
            while line.isValid():
                line.setLineWidth(_ENDLESS)
                widths[column] = max(widths[column], line.naturalTextWidth() + 1)
                line = layout.createLine()
            layout.endLayout()
            longest[column] = max(longest[column], min(_WIDEST, layout.minimumWidth() + 1))
        self.columns = _fit(widths, longest, self.inner_width - 2 * CELL_SIDE * count)
        self.natural = sum(self.columns) + 2 * CELL_SIDE * count
        self._rows: list[list[list[LaidLine]]] = []
        self._tops: list[float] = []
        for number, (base, layout) in enumerate(layouts):
            column = number % count
            if column == 0:
                self._rows.append([])
            width = self.columns[column]
            left = self._left_of(column) + CELL_SIDE
            self._rows[-1].append(self.break_lines(layout, width, left, base))
        self._layouts = [layout for _, layout in layouts]  # Qt forgets what Python lets go
        self.layout = self._layouts[0]
        if self.rtl:
            self.set_shift(self.most_shift)  # it is read from its right edge

    def _layout(
        self, words: str, ranges: Sequence[FormatRange], base: int, until: int, head: bool
    ) -> QTextLayout:
        font = self.looks.measures("label").font if head else self._measures.font
        layout = QTextLayout(words, font)
        layout.setFormats(
            [
                make_range(one.start - base, one.start + one.length - base, one.format)
                for one in ranges
                if base <= one.start < until
            ]
        )
        return layout

    def _left_of(self, column: int) -> float:
        """Where a column begins, its own padding included; the first is at the right from RTL."""
        before = sum(self.columns[:column]) + 2 * CELL_SIDE * column
        if self.rtl:
            own = self.columns[column] + 2 * CELL_SIDE
            return self.start_edge + max(self.room, self.natural) - before - own
        return self.start_edge + before

    def place(self, marks: Sequence[Mark], lanes: Mapping[str, int], show_tags: bool) -> None:
        top = 1.0
        self._tops = [0.0]
        for row in self._rows:
            bottom = top + CELL_ABOVE + self._measures.line
            for cell in row:
                bottom = max(bottom, self.stack(cell, top + CELL_ABOVE, marks, lanes, show_tags))
            top = bottom + CELL_ABOVE + 1
            self._tops.append(top - 1)
        self.height = top + self.below + (BAR if self.most_shift else 0)

    def line_at(self, x: float, y: float) -> LaidLine:
        rows = [number for number, top in enumerate(self._tops[1:]) if y < top]
        row = self._rows[rows[0] if rows else -1]
        cell = min(row, key=lambda lines: _beside(lines, x))
        return next((one for one in cell if y < one.top + one.height), cell[-1])

    def line_above(self, line: LaidLine) -> LaidLine | None:
        for row in self._rows:
            for cell in row:
                if line in cell:
                    number = cell.index(line) - 1
                    return cell[number] if number >= 0 else None
        return None

    def draw_under(self, painter: QPainter, theme: Theme) -> None:
        super().draw_under(painter, theme)
        t = self.looks.tokens
        width = min(self.natural, self.room)
        left = self.start_edge + (max(0.0, self.room - width) if self.rtl else 0.0)
        painter.save()
        if self.markdown.leaf.first:
            head = QRectF(left, self._tops[0], width, self._tops[1] - self._tops[0])
            painter.fillRect(head, t.sunken)
        rim = t.border_strong if t.is_high_contrast else t.border
        for top in self._tops:
            painter.fillRect(QRectF(left, top, width, 1), rim)
        painter.setClipRect(QRectF(left, 0, width, self._tops[-1] + 1))
        edges = [self._left_of(column) for column in range(len(self.columns))]
        edges.append(max(edges) + self.columns[edges.index(max(edges))] + 2 * CELL_SIDE - 1)
        edges.append(min(edges))
        for edge in edges:
            x = edge - self.shift
            painter.fillRect(QRectF(round(x), 0, 1, self._tops[-1]), rim)
        painter.restore()


def _beside(lines: Sequence[LaidLine], x: float) -> float:
    """How far a place lies from a cell, sideways."""
    first = lines[0]
    right = first.left + first.line.width()
    return max(first.left - x, x - right, 0.0)


def _fit(widths: Sequence[float], longest: Sequence[float], room: float) -> list[float]:
    """Column widths: what their words want; less where there is not room, never less than a word."""
    total = sum(widths)
    if total <= room:
        return list(widths)
    least = [min(width, max(_NARROWEST, word)) for width, word in zip(widths, longest, strict=True)]
    spare = room - sum(least)
    if spare <= 0:
        return least
    wish = [width - low for width, low in zip(widths, least, strict=True)]
    share = spare / max(1.0, sum(wish))
    return [low + want * share for low, want in zip(least, wish, strict=True)]
