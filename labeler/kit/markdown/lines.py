"""Lines of a text as raw ranges: their indentation, and the cells between upright strokes.

No Qt in here.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["Align", "Line", "align_of", "cells_of", "indent_of", "without_indent"]

Align = Literal["", "left", "right", "center"]
Line = tuple[int, int]
"""The raw range of a line, without its end."""


def indent_of(text: str) -> int:
    """How far a line is indented; a tab goes to the next fourth column."""
    width = 0
    for sign in text:
        if sign == " ":
            width += 1
        elif sign == "\t":
            width += 4 - width % 4
        else:
            break
    return width


def without_indent(raw: str, line: Line, most: int) -> Line:
    """The line without so much of its indentation; a tab that reaches further goes whole."""
    start, width = line[0], 0
    while start < line[1] and width < most and raw[start] in " \t":
        width += 1 if raw[start] == " " else 4 - width % 4
        start += 1
    return start, line[1]


def cells_of(text: str, start: int, end: int | None = None) -> list[Line]:
    """The cells between the upright strokes of a line, without white space round them."""
    end = len(text) if end is None else end
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    if text[start:end].startswith("|"):
        start += 1
    if end - 1 > start and text[end - 1] == "|" and text[end - 2] != "\\":
        end -= 1
    cells: list[Line] = []
    first, at, ticks = start, start, False
    while at <= end:
        sign = text[at] if at < end else "|"
        if sign == "\\" and at + 1 < end:
            at += 2
            continue
        if sign == "`":
            ticks = not ticks and text.find("`", at + 1, end) >= 0
        if sign == "|" and (not ticks or at == end):
            left, right = first, at
            while left < right and text[left] in " \t":
                left += 1
            while right > left and text[right - 1] in " \t":
                right -= 1
            cells.append((left, right))
            first = at + 1
        at += 1
    return cells


def align_of(delimiter: str) -> Align:
    left, right = delimiter.startswith(":"), delimiter.endswith(":")
    if left and right:
        return "center"
    return "right" if right else "left" if left else ""
