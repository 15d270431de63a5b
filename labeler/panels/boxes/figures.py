"""A region's figures as text, and what was typed as a region: place, size and rotation of a box."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from labeler.api import Box, Region
from labeler.panels.boxes.drawing import geometry_of
from labeler.panels.boxes.edits import FIELDS, type_figure

__all__ = ["cells_of", "figures_of", "typed"]

tr = QCoreApplication.translate
_DECIMALS = 3


def cells_of(region: Region) -> tuple[str, str]:
    """Width and height in whole pixels, as the table shows them."""
    geometry = geometry_of(region)
    if geometry is None:
        return "", ""
    return f"{geometry.width:.0f}", f"{geometry.height:.0f}"


def figures_of(region: Region) -> tuple[str, ...]:
    """x, y, width, height and rotation of a box as they can be typed; all empty for anything else."""
    if not isinstance(region, Box):
        return ("",) * len(FIELDS)
    return tuple(_text(getattr(region, name)) for name in FIELDS)


def typed(region: Region, key: str, text: str, size: tuple[int, int]) -> Region | str:
    """The box with a figure as typed, or in one sentence why it cannot be.

    A comma is a decimal point. Width and height must be more than 0; a box must touch the picture
    of ``size`` pixels, where that is known.
    """
    if not isinstance(region, Box):
        return region
    try:
        figure = float(text.replace(",", ".").replace(" ", ""))
    except ValueError:
        return tr("Boxes", "“{text}” is no number").format(text=text)
    if not math.isfinite(figure):
        return tr("Boxes", "“{text}” is no number").format(text=text)
    figure = round(figure, _DECIMALS) + 0.0
    if _text(getattr(region, key)) == _text(figure):
        return region
    if key in ("width", "height") and figure <= 0:
        return tr("Boxes", "It must be more than 0")
    new = type_figure(region, key, figure)
    wide, high = size
    if wide and high and not new.rotation:
        inside = new.x < wide and new.y < high and new.x + new.width > 0 and new.y + new.height > 0
        if not inside:
            words = tr("Boxes", "The box would lie outside the image of {width} × {height}")
            return words.format(width=wide, height=high)
    return new


def _text(number: float) -> str:
    shown = f"{number:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return f"{shown}.0" if "." not in shown else shown
