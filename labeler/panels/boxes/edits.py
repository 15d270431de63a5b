"""Changes of a value that concern regions, as functions: an old value in, a new one out.

Regions that are not meant stay the identical objects, and where nothing changes the value itself
comes back, so that whoever compares sees that nothing was done.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping

import msgspec

from labeler.api import (
    Box,
    Keypoints,
    Mask,
    Opaque,
    Polygon,
    Region,
    Value,
    fresh_region_id,
)
from labeler.kit.canvas import Geometry, pulled

__all__ = [
    "FIELDS",
    "add",
    "copies",
    "edited",
    "moved",
    "placed",
    "relabelled",
    "type_figure",
    "widened",
]

FIELDS = ("x", "y", "width", "height", "rotation")
"""The figures of a box that can be typed."""


def add(
    value: Value, geometries: Iterable[Geometry], label: str | None, on: str | None = None
) -> tuple[Value, list[str]]:
    """The value with a box over each rectangle, and the new ids."""
    new = [_box(geometry, label, on) for geometry in geometries]
    return Value((*value.regions, *new), value.answers), [one.id for one in new]


def edited(
    value: Value, rows: Mapping[str, int], change: Callable[[Region], Region], ids: Iterable[str]
) -> Value:
    """The value with a change made to these regions; ``rows`` says where each id stands in it."""
    regions: list[Region] | None = None
    for ident in ids:
        row = rows.get(ident)
        if row is None or row >= len(value.regions) or value.regions[row].id != ident:
            continue
        old = value.regions[row]
        new = old if isinstance(old, Opaque) else change(old)
        if new is not old and new != old:
            if regions is None:
                regions = list(value.regions)
            regions[row] = new
    return value if regions is None else Value(tuple(regions), value.answers)


def relabelled(label: str | None, may: Callable[[Region], bool]) -> Callable[[Region], Region]:
    """A change that gives a region a label where it ``may`` have it."""

    def change(region: Region) -> Region:
        if region.label == label or not may(region):
            return region
        return msgspec.structs.replace(region, label=label)

    return change


def placed(geometry: Geometry) -> Callable[[Region], Region]:
    """A change that puts a box into a rectangle, and any other region to its corner."""

    def change(region: Region) -> Region:
        if isinstance(region, Box):
            x, y, width, height, rotation = geometry
            return msgspec.structs.replace(
                region, x=x, y=y, width=width, height=height, rotation=rotation
            )
        return region

    return change


def moved(dx: float, dy: float) -> Callable[[Region], Region]:
    """A change that moves a region of any type; a mask moves by whole pixels."""

    def change(region: Region) -> Region:
        replace = msgspec.structs.replace
        if isinstance(region, Box):
            return replace(region, x=_plain(region.x + dx), y=_plain(region.y + dy))
        if isinstance(region, Polygon):
            rings = tuple(
                tuple((_plain(x + dx), _plain(y + dy)) for x, y in ring) for ring in region.rings
            )
            return replace(region, rings=rings)
        if isinstance(region, Keypoints):
            points = tuple(
                replace(one, x=_plain(one.x + dx), y=_plain(one.y + dy)) for one in region.points
            )
            return replace(region, points=points)
        if isinstance(region, Mask):
            return replace(region, x=region.x + round(dx), y=region.y + round(dy))
        return region

    return change


def widened(geometry: Geometry, dx: float, dy: float) -> Geometry:
    """A rotated rectangle with its right side moved by ``dx``, its lower one by ``dy``, as it lies.

    No side becomes shorter than a pixel.
    """
    turn = math.radians(geometry.rotation)
    handle = "se" if dx and dy else "e" if dx else "s"
    along = dx * math.cos(turn) - dy * math.sin(turn)
    across = dx * math.sin(turn) + dy * math.cos(turn)
    x, y, width, height, _ = pulled(geometry, handle, along, across, 1.0)
    return Geometry(_plain(x), _plain(y), _plain(width), _plain(height), geometry.rotation)


def copies(
    value: Value, regions: Iterable[Region], dx: float, dy: float, labels: Collection[str]
) -> tuple[Value, list[str]]:
    """The value with copies of regions, moved, under ids of their own, and these ids.

    A label that is not among ``labels`` is left out; where they came from (a model, an import) is
    not theirs.
    """
    new: list[Region] = []
    for one in regions:
        if isinstance(one, Opaque):
            continue
        shifted = moved(dx, dy)(one)
        label = one.label if one.label in labels else None
        new.append(
            msgspec.structs.replace(
                shifted, id=fresh_region_id(), label=label, origin=None, score=None
            )
        )
    if not new:
        return value, []
    return Value((*value.regions, *new), value.answers), [one.id for one in new]


def type_figure(box: Box, key: str, figure: float) -> Box:
    """The box with one of its figures as typed; rotation lies between 0 and 360."""
    if key == "rotation":
        figure %= 360
    if getattr(box, key) == figure:
        return box
    return msgspec.structs.replace(box, **{key: figure})


def _box(geometry: Geometry, label: str | None, on: str | None) -> Box:
    x, y, width, height, rotation = geometry
    return Box(
        id=fresh_region_id(),
        on=on,
        label=label,
        x=x,
        y=y,
        width=width,
        height=height,
        rotation=rotation,
    )


def _plain(number: float) -> float:
    """Without what is left over by arithmetic."""
    return round(number, 3) + 0.0
