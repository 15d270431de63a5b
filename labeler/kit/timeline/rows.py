"""Where the parts of a timeline lie: names at the start, ruler on top, the wave, lanes below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, Qt

from labeler.kit.paint import text_width
from labeler.kit.theme import Theme
from labeler.kit.timeline.marks import Lane

__all__ = ["Rows", "least_height", "natural_height", "rows_of"]

_NAME_EDGE = 12
_SWATCH = 16
_GAP = 8
_NAMES_LEAST, _NAMES_MOST = 92, 176
_LANE_AIR, _LANE_LEAST_AIR = 28, 10
_WAVE, _WAVE_LEAST = 136, 56
_LANES_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Rows:
    """Rectangles of the parts; those of ruler, wave and lanes hold the time axis from their left.

    ``names`` is the column of titles. Lanes scrolled out of sight lie outside ``lanes_area``.
    """

    names: QRect
    ruler: QRect
    wave: QRect
    lanes_area: QRect
    lanes: tuple[QRect, ...] = field(default=())
    overflow: int = 0
    """How many pixels the lanes are higher than their room."""

    @property
    def time(self) -> QRect:
        """Ruler, wave and lanes together."""
        return self.ruler.united(self.wave).united(self.lanes_area)

    def title(self, row: QRect) -> QRect:
        """The place of a row's title."""
        return QRect(self.names.x(), row.y(), self.names.width(), row.height())


def ruler_height(theme: Theme) -> int:
    """Room for a time above its ticks."""
    return theme.line("mono") + 10


def _lane_height(theme: Theme, air: int) -> int:
    return theme.line("ui") + air


def natural_height(theme: Theme, lanes: int) -> int:
    """The height at which nothing is pressed together."""
    return ruler_height(theme) + _WAVE + lanes * _lane_height(theme, _LANE_AIR)


def least_height(theme: Theme) -> int:
    """The least height that still shows ruler, wave and a lane."""
    return ruler_height(theme) + _WAVE_LEAST + _lane_height(theme, _LANE_LEAST_AIR)


def _names_width(theme: Theme, lanes: Sequence[Lane], wave_title: str) -> int:
    edges = 2 * _NAME_EDGE
    widest = max(
        (text_width(theme, lane.title, "ui_strong") + _SWATCH + _GAP for lane in lanes), default=0
    )
    widest = max(widest, text_width(theme, wave_title))
    most = theme.icon_px(_NAMES_MOST)
    return max(theme.icon_px(_NAMES_LEAST), min(most, widest + edges))


def rows_of(
    theme: Theme,
    bounds: QRect,
    lanes: Sequence[Lane],
    wave_title: str,
    way: Qt.LayoutDirection,
    scrolled: int,
) -> Rows:
    """The parts laid out in ``bounds``; names stand at the side where reading begins.

    Lanes take what they need up to half the height; from there on they become lower, and then scroll
    by ``scrolled`` pixels. Time runs from left to right in every language.
    """
    names = min(_names_width(theme, lanes, wave_title), bounds.width() // 3)
    left = bounds.x() + (0 if way == Qt.LayoutDirection.RightToLeft else names)
    width = bounds.width() - names
    top = ruler_height(theme)
    room = bounds.height() - top
    count = len(lanes)
    most = max(_lane_height(theme, _LANE_LEAST_AIR), int(room * _LANES_SHARE))
    each = _lane_height(theme, _LANE_AIR)
    if count * each > most:
        each = max(_lane_height(theme, _LANE_LEAST_AIR), most // max(1, count))
    area = min(count * each, most)
    overflow = max(0, count * each - area)
    scrolled = max(0, min(scrolled, overflow))
    first = bounds.bottom() + 1 - area
    x = bounds.x() + width if way == Qt.LayoutDirection.RightToLeft else bounds.x()
    return Rows(
        names=QRect(x, bounds.y(), names, bounds.height()),
        ruler=QRect(left, bounds.y(), width, top),
        wave=QRect(left, bounds.y() + top, width, max(1, room - area)),
        lanes_area=QRect(left, first, width, area),
        lanes=tuple(
            QRect(left, first + number * each - scrolled, width, each) for number in range(count)
        ),
        overflow=overflow,
    )
