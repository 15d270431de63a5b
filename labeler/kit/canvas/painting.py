"""The live layer of a surface: what of it is drawn in every frame, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from labeler.kit.canvas import live
from labeler.kit.canvas.looks import paint_of
from labeler.kit.canvas.shapes import Shape, bounds_of
from labeler.kit.canvas.tags import Tag, placed_tag

if TYPE_CHECKING:
    from labeler.kit.canvas.surface import CanvasSurface

__all__ = ["paint_live"]

_MANY = 200
"""From so many chosen shapes on only their insides are tinted."""


def paint_live(surface: CanvasSurface, painter: QPainter, part: QRect) -> None:
    """Draw selection, tags, handles, locks, drafts and crosshair over what rests, within a part."""
    media, tokens = surface.theme.tokens.media, surface.theme.tokens
    chosen = [one for one in surface.chosen if surface.drawn_now(one)]
    many = len(chosen) > _MANY
    moving = bool(surface.lifted) or surface.pointer.drafted is not None
    if many:
        rows = [surface.table.rows[one] for one in chosen if one not in surface.lifted]
        live.draw_fills(painter, surface.table, rows, surface.view, surface.paint_for, part)
    lifted = list(surface.lifted)
    if len(lifted) > _MANY:
        live.draw_moved(painter, surface.table, surface.lifted, surface.view, surface.paint_for)
        lifted = []
    for ident in dict.fromkeys([*([] if many else chosen), surface.hovered, *lifted]):
        shape = surface.now(ident)
        if (
            shape is None
            or not surface.drawn_now(ident)
            or not surface.rect_of(shape).intersects(part)
        ):
            continue
        paint = surface.paint_for(surface.table.rows[ident])
        # While something is dragged its edges are what is looked at.
        if ident not in surface.lifted:
            share = media.fill_selected if ident in surface.chosen else media.fill_hover
            live.draw_fill(painter, shape, surface.view, paint.hue, share)
        live.draw_shape(painter, shape, surface.view, paint)
    _paint_tags(surface, painter, chosen if not many else [], part)
    for row in surface.table.locked_in(*surface.view.in_sight()):
        geometry = surface.table.shapes[row].geometry
        if geometry is not None:
            live.draw_lock(painter, surface.theme, geometry, surface.view)
    handled = surface.pointer.handled()
    if handled is not None:
        live.draw_handles(painter, surface.theme, handled, surface.view)
    if surface.pointer.drafted is not None:
        draft = Shape("", surface.pointer.drafted)
        live.draw_shape(painter, draft, surface.view, paint_of(tokens, surface.pen))
    if surface.pointer.band is not None:
        live.draw_band(painter, surface.pointer.band, surface.theme)
    if surface.crosshair is not None and (not moving or surface.pointer.drafted is not None):
        at = surface.view.to_screen(*surface.crosshair)
        live.draw_crosshair(painter, *at, surface.view, surface.theme)


def _paint_tags(
    surface: CanvasSurface, painter: QPainter, chosen: Sequence[str], part: QRect
) -> None:
    lively = {*chosen, surface.hovered}
    tags, shift = surface.shifted_tags()
    seen = part.translated(-shift)
    painter.translate(shift)
    for tag in tags:
        if tag.id not in lively and tag.rect.intersects(seen):
            surface.sheet.draw(painter, tag, surface.view.dpr)
    painter.translate(-shift)
    handled = surface.pointer.handled()
    side = surface.theme.tokens.sizes.handle
    for ident in [*chosen, surface.hovered]:
        shape = surface.now(ident)
        if shape is None or not shape.tag or shape.geometry is None or not surface.drawn_now(ident):
            continue
        handles = live.handle_rects(handled, surface.view, side) if handled is not None else []
        row = surface.table.rows[ident]
        bounds = bounds_of(shape.geometry)
        rect = placed_tag(bounds, shape.tag, surface.view, surface.sheet, clear_of=handles)
        surface.sheet.draw(
            painter, Tag(ident, rect, shape.tag, surface.paint_for(row)), surface.view.dpr
        )
