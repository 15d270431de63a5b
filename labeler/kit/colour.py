"""Colour arithmetic: reading token colours, WCAG contrast, and shifting a colour until it is seen.

Contrast follows WCAG 2.2, "relative luminance" and "contrast ratio"
(https://www.w3.org/TR/WCAG22/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtGui import QColor

__all__ = ["blend", "colour", "contrast", "css", "is_colour", "legible", "luminance", "over"]

_STEPS = 48
_HEX = re.compile("#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")


def colour(text: str) -> QColor:
    """The colour of ``#RRGGBB`` or ``#RRGGBBAA``; a ValueError names what is neither."""
    if not is_colour(text):
        raise ValueError(f"{text!r} is not a colour: #RRGGBB or #RRGGBBAA")
    return QColor(*bytes.fromhex(text[1:]))


def is_colour(text: str) -> bool:
    """Whether it is ``#RRGGBB`` or ``#RRGGBBAA``."""
    return _HEX.fullmatch(text) is not None


def css(value: QColor) -> str:
    """The colour as a style sheet takes it: ``#rrggbb``, or ``rgba(…)`` with alpha in 0–255."""
    if value.alpha() == 255:
        return value.name()
    return f"rgba({value.red()}, {value.green()}, {value.blue()}, {value.alpha()})"


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def luminance(value: QColor) -> float:
    """Relative luminance, 0 (black) to 1 (white); alpha is ignored."""
    return (
        0.2126 * _linear(value.redF())
        + 0.7152 * _linear(value.greenF())
        + 0.0722 * _linear(value.blueF())
    )


def contrast(first: QColor, second: QColor) -> float:
    """WCAG contrast ratio of two opaque colours, 1 to 21, whichever way round they are given."""
    a, b = luminance(first), luminance(second)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def blend(first: QColor, second: QColor, share: float) -> QColor:
    """``first`` with ``share`` (0–1) of ``second`` mixed in, channel by channel."""
    keep = 1.0 - share
    return QColor(
        round(first.red() * keep + second.red() * share),
        round(first.green() * keep + second.green() * share),
        round(first.blue() * keep + second.blue() * share),
        round(first.alpha() * keep + second.alpha() * share),
    )


def over(top: QColor, ground: QColor) -> QColor:
    """What is seen when the translucent ``top`` lies on the opaque ``ground``."""
    opaque = QColor(top.red(), top.green(), top.blue())
    return blend(ground, opaque, top.alphaF())


def legible(value: QColor, grounds: Iterable[QColor], ratio: float) -> QColor:
    """``value``, moved towards black or white just far enough to reach ``ratio`` on all grounds.

    It moves away from the first ground: darker on a light one, lighter on a dark one. A colour that
    already reaches the ratio comes back unchanged; black or white comes back if nothing else does.
    """
    grounds = list(grounds)
    target = QColor(0, 0, 0) if luminance(grounds[0]) > 0.18 else QColor(255, 255, 255)
    candidate = value
    for step in range(_STEPS + 1):
        candidate = value if step == 0 else blend(value, target, step / _STEPS)
        if all(contrast(candidate, ground) >= ratio for ground in grounds):
            break
    return candidate
