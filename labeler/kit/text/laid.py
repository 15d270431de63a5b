"""One block laid out: its lines, and on each the underlines and tags of the marks that touch it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextLine, QTextOption

from labeler.kit.text.document import Block
from labeler.kit.text.marks import MOST_LANES, Mark, TagPlace, hung
from labeler.kit.theme import Theme

__all__ = ["LaidBlock", "LaidLine", "Measures", "Piece", "Tag", "text_option"]

_UNDERLINE = 3
_UNDERLINE_PITCH = 5
_TAG_GAP = 8
_MORE_WIDTH = 32
_INTO_NEXT = 6


@dataclass(frozen=True, slots=True)
class Measures:
    """What a layout needs to know of the theme, in pixels.

    ``line`` is the height of a line, ``tagged`` the least height of one with tags, ``tag_line`` that
    of a tag, ``swatch`` the square before its word and ``swatch_gap`` what is between.
    """

    font: QFont
    tag_font: QFont
    line: int
    tagged: int
    tag_line: int
    swatch: int = 8
    swatch_gap: int = 5
    widest_tag: int = 240


@dataclass(frozen=True, slots=True)
class Piece:
    """A mark's part on one line: stretches (left, right) and the top of its underline, or None.

    None stands where more marks lie on one another than are drawn.
    """

    mark: Mark
    stretches: tuple[tuple[float, float], ...]
    top: float | None


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag on one line: its box, its mark, and whether it reads from right to left."""

    mark: Mark
    box: QRectF
    text: str
    rtl: bool


@dataclass(slots=True)
class LaidLine:
    """One line of a block. ``start`` and ``end`` are code points of the whole text.

    ``top`` is where it begins in the block, ``box`` the height of the words' own part, ``height``
    with what hangs below; ``more`` are places with the number of marks that are not drawn. ``left``
    is where it begins beside the block's edge, ``base`` how many units of the block stand before the
    layout it belongs to (a block may have several: the cells of a table).
    """

    line: QTextLine
    start: int
    end: int
    top: float = 0.0
    box: float = 0.0
    height: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    more: list[tuple[QPointF, int]] = field(default_factory=list)
    left: float = 0.0
    base: int = 0

    def units(self) -> tuple[int, int]:
        """The units of the block that stand on it."""
        first = self.base + self.line.textStart()
        return first, first + self.line.textLength()


class LaidBlock:
    """A block shaped for one width and font; marks are placed on it as often as they change."""

    def __init__(self, block: Block, width: float, measures: Measures) -> None:
        self.block = block
        self.rtl = block.direction == "rtl"
        self.height = 0.0
        self.lines: list[LaidLine] = []
        self._width = width
        self._measures = measures
        self.shape()

    def shape(self) -> None:
        """Lay the letters out in lines, wherever those will stand."""
        self.layout = QTextLayout(self.block.shown, self._measures.font)
        self.layout.setTextOption(text_option(self.rtl))
        self.break_lines(self.layout, self._width)

    def break_lines(
        self, layout: QTextLayout, width: float, left: float = 0.0, base: int = 0
    ) -> list[LaidLine]:
        """Break one layout into lines of this width, and add them to the block's."""
        offsets, start = self.block.offsets, self.block.start
        layout.setCacheEnabled(True)
        layout.beginLayout()
        added: list[LaidLine] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            first = base + line.textStart()
            last = first + line.textLength()
            added.append(
                LaidLine(
                    line,
                    start + offsets.to_points(first),
                    start + offsets.to_points(last),
                    left=left,
                    base=base,
                )
            )
        layout.endLayout()
        self.lines += added
        return added

    def place(self, marks: Sequence[Mark], lanes: Mapping[str, int], show_tags: bool) -> None:
        """Put these marks on the lines and set the lines one under the other."""
        self.height = self.stack(self.lines, 0.0, marks, lanes, show_tags)

    def stack(
        self,
        lines: Sequence[LaidLine],
        top: float,
        marks: Sequence[Mark],
        lanes: Mapping[str, int],
        show_tags: bool,
    ) -> float:
        """Set these lines one under the other from ``top`` on, marks with them; where they end."""
        metrics = QFontMetricsF(self._measures.font)
        tag_metrics = QFontMetricsF(self._measures.tag_font)
        for line in lines:
            here = [mark for mark in marks if mark.start < line.end and mark.end > line.start]
            self._set_line(line, top, metrics)
            self._put_pieces(line, here, lanes)
            bottom = line.top + line.box
            if show_tags:
                self._put_tags(line, here, tag_metrics)
            else:
                line.tags = []
            lowest = max(
                (p.top + _UNDERLINE for p in line.pieces if p.top is not None), default=top
            )
            bottom = max(bottom, lowest + 1)
            if line.tags:
                # The next line's letters begin well below its top, so a tag may reach into it.
                hanging = max(tag.box.bottom() for tag in line.tags) - _INTO_NEXT
                extra = self._measures.tagged - self._measures.line
                bottom = max(bottom, hanging, line.top + line.box + extra)
            line.height = ceil(bottom - line.top)
            top += line.height
        return top

    def reach(self, line: LaidLine) -> tuple[float, float]:
        """How far what stands on the line goes above and below its base line."""
        return line.line.ascent(), line.line.descent()

    def _set_line(self, line: LaidLine, top: float, metrics: QFontMetricsF) -> None:
        own = self._measures.line
        base = round((own - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent())
        # Scripts taller than the interface font push the line apart instead of being cut.
        ascent, descent = self.reach(line)
        above = max(0.0, ceil(ascent - base))
        below = max(0.0, ceil(descent - (own - base)))
        line.top = top
        line.box = own + above + below
        line.line.setPosition(QPointF(line.left, top + above + base - line.line.ascent()))

    def line_at(self, x: float, y: float) -> LaidLine:
        """The line at a height of the block; where several stand beside one another, that at ``x``."""
        del x
        return next((one for one in self.lines if y < one.top + one.height), self.lines[-1])

    def line_above(self, line: LaidLine) -> LaidLine | None:
        """The line before this one, whose tags may reach into it."""
        number = self.lines.index(line) - 1
        return self.lines[number] if number >= 0 else None

    def draw_under(self, painter: QPainter, theme: Theme) -> None:
        """Paint what lies under the words, in the block's own coordinates."""

    def draw_over(self, painter: QPainter, theme: Theme) -> None:
        """Paint what stands among the words and is none of them."""

    def window(self) -> QRectF | None:
        """The part of the block outside which no letters are seen; None for all of it."""
        return None

    def stretches(self, line: LaidLine, start: int, end: int) -> list[tuple[float, float]]:
        """Where the letters from ``start`` to ``end`` stand on the line: left and right edges.

        More than one where the text changes direction between them; empty where none is on it.
        """
        start, end = max(start, line.start), min(end, line.end)
        if end == line.end and line is not self.lines[-1]:
            end = self.words_end(start, end)
        if start >= end:
            return []
        offsets, first = self.block.offsets, self.block.start
        a, b = offsets.to_units(start - first), offsets.to_units_end(end - first)
        if a >= b:
            return []
        if self.block.is_plain and not self.rtl:
            left, right = self._x(line, a), self._x(line, b)
            return [(left, max(left, right))]
        found = sorted(
            (box.left(), box.right())
            for run in line.line.glyphRuns(a - line.base, b - a)
            if (box := run.boundingRect()).width() > 0
        )
        joined: list[tuple[float, float]] = []
        for left, right in found:
            if joined and left <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(joined[-1][1], right))
            else:
                joined.append((left, right))
        return joined

    def words_end(self, start: int, end: int) -> int:
        """Where the words of a line that is wrapped end: the space it is wrapped at hangs over."""
        words = self.block.text[: end - self.block.start].rstrip()
        return max(self.block.start + len(words), min(start + 1, end))

    def _x(self, line: LaidLine, unit: int) -> float:
        x: float = line.line.cursorToX(unit - line.base)[0]  # type: ignore[index]
        return x

    def caret_x(self, line: LaidLine, at: int) -> float:
        """Where the caret stands on the line for a position."""
        return self._x(line, self.block.offsets.to_units(at - self.block.start))

    def position_at(self, line: LaidLine, x: float) -> int:
        """The position between two letters nearest to ``x`` on the line."""
        unit = line.base + line.line.xToCursor(x)
        at = self.block.start + self.block.offsets.to_points(unit)
        # The position after a line's last space is the next line's first.
        return max(line.start, min(at, line.end))

    def letter_at(self, line: LaidLine, x: float) -> int | None:
        """The letter under ``x`` on the line (its position), or None beside the words."""
        near = self.position_at(line, x)
        for at in (near, near - 1):
            if line.start <= at < line.end and any(
                left <= x <= right for left, right in self.stretches(line, at, at + 1)
            ):
                return at
        return None

    def line_of(self, at: int) -> LaidLine:
        """The line a position lies on; at a line's wrap it is the next one."""
        for line in self.lines:
            if at < line.end:
                return line
        return self.lines[-1]

    def _put_pieces(self, line: LaidLine, marks: Sequence[Mark], lanes: Mapping[str, int]) -> None:
        first_top = line.top + line.box - _UNDERLINE
        line.pieces = []
        hidden: list[tuple[float, float]] = []
        for mark in marks:
            stretches = tuple(self.stretches(line, mark.start, mark.end))
            if not stretches:
                continue
            lane = lanes.get(mark.id, 0)
            drawn = lane < MOST_LANES
            top = first_top + lane * _UNDERLINE_PITCH if drawn else None
            line.pieces.append(Piece(mark, stretches, top))
            if not drawn:
                hidden.append((stretches[0][0], stretches[-1][1]))
        line.more = []
        below = first_top + MOST_LANES * _UNDERLINE_PITCH - 2
        for left, count in _heaps(hidden):
            line.more.append((QPointF(left, below), count))

    def _put_tags(self, line: LaidLine, marks: Sequence[Mark], metrics: QFontMetricsF) -> None:
        measures = self._measures
        before = measures.swatch + measures.swatch_gap
        room = min(self._width, measures.widest_tag) - before
        starting = {mark.id for mark in marks if mark.start >= line.start and mark.tag}
        places: list[TagPlace] = []
        texts: dict[str, tuple[Mark, str]] = {}
        for piece in line.pieces:
            mark = piece.mark
            if mark.id not in starting or piece.top is None:
                continue
            text = metrics.elidedText(mark.tag, Qt.TextElideMode.ElideRight, room)
            width = before + ceil(metrics.horizontalAdvance(text))
            left = piece.stretches[-1][1] - width if self.rtl else piece.stretches[0][0]
            left = max(0.0, min(left, self._width - width))
            top = self._below(line, left, left + width)
            places.append(TagPlace(mark.id, left, width, top))
            texts[mark.id] = (mark, text)
        tops = hung(places, measures.tag_line - 1, _TAG_GAP, rtl=self.rtl)
        line.tags = []
        for place in places:
            mark, text = texts[place.id]
            box = QRectF(place.left, tops[place.id], place.width, measures.tag_line)
            line.tags.append(Tag(mark, box, text, self.rtl))

    def _below(self, line: LaidLine, left: float, right: float) -> float:
        """Just below the lowest thing that is drawn under the words between two places."""
        lowest = line.top + line.box - _UNDERLINE
        for piece in line.pieces:
            if piece.top is not None and piece.top > lowest:
                if any(start < right and end > left for start, end in piece.stretches):
                    lowest = piece.top
        bottom = lowest + _UNDERLINE + 1
        for place, _ in line.more:
            if place.x() < right and place.x() + _MORE_WIDTH > left:
                bottom = max(bottom, place.y() + self._measures.tag_line - 2)
        return bottom


def _heaps(stretches: list[tuple[float, float]]) -> list[tuple[float, int]]:
    """Stretches that lie on one another counted together: where each heap begins, and how many."""
    heaps: list[tuple[float, float, int]] = []
    for left, right in sorted(stretches):
        if heaps and left < heaps[-1][1]:
            start, end, count = heaps[-1]
            heaps[-1] = (start, max(end, right), count + 1)
        else:
            heaps.append((left, right, 1))
    return [(left, count) for left, _, count in heaps]


def text_option(rtl: bool) -> QTextOption:
    """How a paragraph is wrapped and to which edge it is set."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    way = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(way)
    edge = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute)
    return option
