"""What the hand means at a point of the surface: a handle, an outline, a tag, an inside, nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from labeler.kit.canvas.handles import cursor_of, handle_at
from labeler.kit.canvas.shapes import Geometry

if TYPE_CHECKING:
    from labeler.kit.canvas.surface import CanvasSurface

__all__ = ["HELD", "Aim"]

HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""Held to choose more than one; with the drawing tool they take insides too."""
_LINE_REACH = 4
"""Logical pixels within which an outline is meant."""


class Aim:
    """Looks things up for one surface and changes nothing."""

    def __init__(self, surface: CanvasSurface) -> None:
        self._surface = surface

    @property
    def draws(self) -> bool:
        """Whether the drawing tool is in the hand and may be used."""
        return self._surface.tool == "draw" and not self._surface.read_only

    def under(self, at: QPointF, held: Qt.KeyboardModifier) -> list[str]:
        """Ids of what a press means here, the nearest to the hand first.

        With the drawing tool in the hand only outlines and tags are taken, so that a rectangle can
        be begun inside another; Ctrl and Shift take insides too.
        """
        surface = self._surface
        x, y = surface.view.to_image(at.x(), at.y())
        reach = _LINE_REACH / surface.view.zoom
        if self.draws and not held & HELD:
            rows = surface.table.on_outline(x, y, reach)
        else:
            rows = surface.table.under(x, y, reach)
        found = [surface.table.shapes[row].id for row in rows]
        tag = surface.tag_at(at.x(), at.y())
        if tag:
            found = [tag, *(one for one in found if one != tag)]
        return found

    def handled(self) -> Geometry | None:
        """The rectangle that has handles: the only chosen one, if it may be changed."""
        surface = self._surface
        if surface.read_only or len(surface.chosen) != 1:
            return None
        shape = surface.table.shape(surface.chosen[0])
        if shape is None or shape.proposed or shape.locked or shape.hidden:
            return None
        if shape.rings or shape.dots:
            return None
        return surface.place_of(shape.id)

    def handle(self, at: QPointF) -> str:
        """The handle a press means here, "" for none."""
        geometry = self.handled()
        if geometry is None:
            return ""
        view = self._surface.view
        x, y = view.to_image(at.x(), at.y())
        hit = self._surface.theme.tokens.sizes.handle_hit
        return handle_at(geometry, x, y, view.zoom, hit)

    def movable(self, idents: Sequence[str]) -> dict[str, Geometry]:
        """Where those of the shapes are that may be moved."""
        surface = self._surface
        if surface.read_only:
            return {}
        found = {}
        for one in idents:
            shape = surface.table.shape(one)
            if shape is None or shape.geometry is None:
                continue
            if not (shape.proposed or shape.locked or shape.hidden):
                found[one] = shape.geometry
        return found

    def cursor(self, at: QPointF, under: Sequence[str]) -> Qt.CursorShape:
        """The pointer's shape where nothing is under way."""
        surface, shapes = self._surface, Qt.CursorShape
        handle, geometry = self.handle(at), self.handled()
        if handle and geometry is not None:
            return cursor_of(handle, geometry.rotation)
        if under and any(one in surface.chosen for one in under):
            return shapes.SizeAllCursor if self.movable(under) else shapes.ArrowCursor
        if under:
            return shapes.PointingHandCursor
        return shapes.CrossCursor if self.draws else shapes.ArrowCursor
