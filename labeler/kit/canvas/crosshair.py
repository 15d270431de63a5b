"""The crosshair: two lines that follow the mouse, or the arrow keys, while a rectangle can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labeler.kit.canvas.grid import Grid

if TYPE_CHECKING:
    from labeler.kit.canvas.surface import CanvasSurface

__all__ = ["first_place", "show_crosshair"]

_WIDE = 5


def show_crosshair(surface: CanvasSurface, at: tuple[float, float] | None) -> None:
    """Put the crosshair at a point of the picture, or take it away; only its lines are redrawn."""
    if at == surface.crosshair:
        return
    for place in (surface.crosshair, at):
        if place is not None:
            x, y = (round(one) for one in surface.view.to_screen(*place))
            surface.update(0, y - _WIDE // 2, surface.width(), _WIDE)
            surface.update(x - _WIDE // 2, 0, _WIDE, surface.height())
    surface.crosshair = at


def first_place(surface: CanvasSurface, grid: Grid) -> tuple[float, float]:
    """Where keys bring the crosshair on: at the end of what is chosen, else in the middle."""
    if surface.chosen:
        geometry = surface.place_of(surface.chosen[-1])
        if geometry is not None:
            return geometry.x + geometry.width, geometry.y + geometry.height
    return grid.inside(*surface.view.centre)
