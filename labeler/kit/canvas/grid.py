"""Where a hand can aim: whole pixels, tenths where they are magnified, and not beyond the picture."""

from __future__ import annotations

from collections.abc import Iterable

from labeler.kit.canvas.shapes import Geometry, bounds_of
from labeler.kit.canvas.viewport import View

__all__ = ["Grid", "held_inside", "rounded"]


class Grid:
    """The grid of one view; it follows the zoom."""

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def least(self) -> float:
        """The smallest side a hand can make, and the step of the grid, in picture pixels."""
        return 1.0 if self._view.zoom <= 1 else 0.1

    def step(self, by: float) -> float:
        """A distance in whole steps."""
        return float(round(by) if self.least == 1.0 else round(by, 1))

    def inside(self, x: float, y: float) -> tuple[float, float]:
        """The nearest point on the grid and in the picture."""
        return (
            min(max(self.step(x), 0.0), float(self._view.width)),
            min(max(self.step(y), 0.0), float(self._view.height)),
        )

    def side_to(self, side: float, by: float, length: float) -> float:
        """How far a side goes that is moved by ``by``: to the grid, and not out of [0, length].

        What an import brought from outside the picture may stay there, and come nearer.
        """
        to = self.step(side + by)
        return min(max(to, min(0.0, side)), max(length, side)) - side


def rounded(value: float) -> float:
    """Without what is left over by arithmetic: a thousandth of a pixel is nobody's intent."""
    return round(value, 3) + 0.0


def held_inside(
    geometries: Iterable[Geometry], dx: float, dy: float, width: float, height: float
) -> tuple[float, float]:
    """How far rectangles may be moved together so that none that is in the picture leaves it.

    One that lies outside already may stay as far out as it is.
    """
    for geometry in geometries:
        left, top, right, bottom = bounds_of(geometry)
        dx = min(max(dx, min(-left, 0.0)), max(width - right, 0.0))
        dy = min(max(dy, min(-top, 0.0)), max(height - bottom, 0.0))
    return dx, dy
