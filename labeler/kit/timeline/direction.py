"""Which way a text runs, told by its first strong letter as the bidirectional algorithm does (P2, P3)."""

from __future__ import annotations

import unicodedata
from typing import Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from labeler.kit.paint import draw_text, mirrored
from labeler.kit.theme import Theme

__all__ = ["direction_of", "draw_in_its_direction", "draw_name", "side_of"]


def direction_of(text: str) -> Literal["ltr", "rtl", ""]:
    """``rtl`` or ``ltr`` by the first strong letter, empty where there is none."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return ""


def side_of(text: str) -> Qt.AlignmentFlag:
    """The edge where a text's own lines begin, whichever way the window runs."""
    rtl = direction_of(text) == "rtl"
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def draw_in_its_direction(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    text: str,
    colour: QColor,
    style: str = "ui",
    side: Qt.AlignmentFlag | None = None,
) -> None:
    """One line of somebody's words, full stops and brackets where they belong in their language.

    It stands at ``side`` (an absolute one), else where its own lines begin.
    """
    painter.save()
    # Nobody's language is that of the window: the order of letters and signs is the text's own.
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    draw_text(painter, theme, rect, text, colour, style, side_of(text) if side is None else side)
    painter.restore()


def draw_name(
    painter: QPainter, theme: Theme, rect: QRect, name: str, colour: QColor, style: str = "ui"
) -> None:
    """A name in its own direction, at the edge where the window's lines begin."""
    rtl = mirrored(painter.layoutDirection())
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    side |= Qt.AlignmentFlag.AlignAbsolute
    draw_in_its_direction(painter, theme, rect, name, colour, style, side)
