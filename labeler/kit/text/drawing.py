"""Painting a page of text: grounds, words, underlines with their patterns, tags and the caret."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from labeler.kit.colour import blend
from labeler.kit.paint import draw_label_line
from labeler.kit.text.laid import LaidBlock, LaidLine, Measures, Piece, Tag
from labeler.kit.text.marks import Mark
from labeler.kit.theme import Theme
from labeler.kit.tokens import LabelColour

__all__ = ["Look", "draw_block"]

_UNDERLINE = 3
_DASH = (3.0, 2.0)
_GROUND_RADIUS = 2


@dataclass(frozen=True, slots=True)
class Look:
    """What of the page is in what state: ids of marks, and the selected range in code points.

    ``pen`` is the colour a label that is ready to paint draws the selection's underline in.
    """

    chosen: frozenset[str] = frozenset()
    hovered: str | None = None
    selection: tuple[int, int] | None = None
    pen: Mark | None = None


def draw_block(
    painter: QPainter,
    theme: Theme,
    measures: Measures,
    block: LaidBlock,
    top: float,
    seen: QRectF,
    look: Look,
) -> None:
    """Paint the lines of a block that lies at ``top`` as far as they are in ``seen``."""
    painter.save()
    painter.translate(0, top)
    seen = seen.translated(0, -top)
    # Letters and tags may stand a little outside their own line.
    reach = measures.tagged
    lines = [
        line
        for line in block.lines
        if line.top + line.height + reach >= seen.top() and line.top - reach <= seen.bottom()
    ]
    block.draw_under(painter, theme)
    window = block.window()
    if window is not None:
        painter.setClipRect(window, Qt.ClipOperation.IntersectClip)
    for line in lines:
        _grounds(painter, theme, block, line, look)
    painter.setPen(theme.tokens.text)
    for line in lines:
        line.line.draw(painter, QPointF(0, 0))
    block.draw_over(painter, theme)
    for line in lines:
        for piece in line.pieces:
            if piece.top is not None:
                _underline(painter, theme, piece.mark, piece.stretches, piece.top)
        if look.pen is not None and look.selection is not None:
            stretches = block.stretches(line, *look.selection)
            _underline(painter, theme, look.pen, stretches, line.top + line.box - _UNDERLINE)
        for place, count in line.more:
            _more(painter, theme, measures, place, count)
        for tag in line.tags:
            _tag(painter, theme, measures, tag, tag.mark.id in look.chosen)
    painter.restore()


def _grounds(painter: QPainter, theme: Theme, block: LaidBlock, line: LaidLine, look: Look) -> None:
    tokens = theme.tokens
    for piece in line.pieces:
        if piece.mark.id == look.hovered and piece.mark.id not in look.chosen:
            _fill(painter, line, piece.stretches, tokens.hover, piece)
    for piece in line.pieces:
        if piece.mark.id in look.chosen:
            _fill(painter, line, piece.stretches, tokens.selection, piece)
            if tokens.is_high_contrast:
                _rim(painter, line, piece.stretches, tokens.accent)
    if look.selection is not None:
        _fill(painter, line, block.stretches(line, *look.selection), tokens.selection)


def _fill(
    painter: QPainter,
    line: LaidLine,
    stretches: Iterable[tuple[float, float]],
    colour: QColor,
    piece: Piece | None = None,
) -> None:
    bottom = line.top + line.box
    if piece is not None and piece.top is not None:
        bottom = max(bottom, piece.top + _UNDERLINE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for left, right in stretches:
        box = QRectF(left, line.top, right - left, bottom - line.top)
        painter.drawRoundedRect(box, _GROUND_RADIUS, _GROUND_RADIUS)
    painter.restore()


def _rim(
    painter: QPainter,
    line: LaidLine,
    stretches: Iterable[tuple[float, float]],
    colour: QColor,
) -> None:
    painter.save()
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for left, right in stretches:
        painter.drawRect(QRectF(left + 0.5, line.top + 0.5, right - left - 1, line.box - 1))
    painter.restore()


def _label(theme: Theme, mark: Mark) -> LabelColour | None:
    if mark.colour is None:
        return None
    return theme.tokens.label_colour(mark.colour, mark.position)


def _ink(theme: Theme, label: LabelColour | None) -> QColor:
    return theme.tokens.text_2 if label is None else label.surface


def _underline(
    painter: QPainter,
    theme: Theme,
    mark: Mark,
    stretches: Iterable[tuple[float, float]],
    top: float,
) -> None:
    label = _label(theme, mark)
    for left, right in stretches:
        # Whole pixels, so that the pattern is sharp; a letter's width is seldom one.
        place = QRect(round(left), round(top), max(2, round(right) - round(left)), _UNDERLINE)
        if label is not None and not mark.dashed:
            draw_label_line(painter, place, label)
        else:
            _line(painter, place, _ink(theme, label), _DASH if mark.dashed else ())


def _line(painter: QPainter, place: QRect, ink: QColor, dash: tuple[float, ...]) -> None:
    pen = QPen(ink, _UNDERLINE)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        # A dash is measured in pen widths; 3-2 of the 1.5 px line on media is 6-4 here as well.
        pen.setDashPattern([part * 2 / _UNDERLINE for part in dash])
    painter.save()
    painter.setPen(pen)
    middle = place.top() + _UNDERLINE / 2
    painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + place.width(), middle))
    painter.restore()


def _tag(painter: QPainter, theme: Theme, measures: Measures, tag: Tag, chosen: bool) -> None:
    tokens = theme.tokens
    label = _label(theme, tag.mark)
    ink = _ink(theme, label)
    side = measures.swatch
    x = tag.box.right() - side if tag.rtl else tag.box.left()
    square = QRectF(x, round(tag.box.top() + (tag.box.height() - side) / 2), side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if tag.mark.dashed:
        pen = QPen(ink, 1.5)
        pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square.adjusted(0.75, 0.75, -0.75, -0.75))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(square, 2, 2)
    step = side + measures.swatch_gap
    words = tag.box.adjusted(0, 0, -step, 0) if tag.rtl else tag.box.adjusted(step, 0, 0, 0)
    painter.setFont(measures.tag_font)
    painter.setPen(tokens.text if chosen else tokens.text_2)
    edge = Qt.AlignmentFlag.AlignRight if tag.rtl else Qt.AlignmentFlag.AlignLeft
    flags = edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(words, flags, tag.text)
    painter.restore()


def _more(painter: QPainter, theme: Theme, measures: Measures, place: QPointF, count: int) -> None:
    painter.save()
    painter.setFont(measures.tag_font)
    painter.setPen(blend(theme.tokens.text_2, theme.tokens.text, 0.0))
    box = QRectF(place.x(), place.y(), 64, measures.tag_line)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, f"+{count}")
    painter.restore()
