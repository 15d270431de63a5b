"""What COCO derives from a region: its upright bounding box, its area, and when told ones still hold.

An annotation is one region: a Box where it has a ``bbox`` only, a Polygon for polygons, a Mask for a
mask; keypoints are a second region beside it. The annotation's ``id`` is in the region's: ``coco-7``,
``coco-7-points``; so a copy, which gets an id of its own, is another annotation. What the region does
not say is kept in ``extra["coco"]``: ``iscrowd``, keys nobody here knows, and the ``bbox``, ``area``
or ``segmentation`` of the file where they are others than the region's own. Those hold while the
region is where it was, which the stamp ``of`` tells; once it was edited they are made anew.
"""

from __future__ import annotations

import zlib
from typing import Any

import msgspec

from labeler.api import Box, Keypoints, Mask, Polygon, Region
from labeler.panels.boxes.bitmaps import bitmap
from labeler.panels.boxes.formats.coco_rle import cut_to_set
from labeler.panels.boxes.geometry import area_of, bounds_of, ring_area

__all__ = ["ID", "KEPT", "POINTS", "area", "bbox", "has_hole", "ident_of", "stamp"]

ID = "coco-"
"""What the id of a region begins with that has an annotation's number behind it."""
POINTS = "-points"
"""What the id of its keypoints ends with."""
KEPT = ("bbox", "area", "segmentation")
"""What of a file is kept beside a region that says otherwise."""

_encode = msgspec.json.Encoder().encode
_DECIMALS = 6
"""Of a width made by subtraction; what floats add behind is no part of it."""


def ident_of(region: Region) -> Any:
    """The id the annotation of a region had, or None."""
    if region.id.startswith(ID):
        number = region.id[len(ID) :].removesuffix(POINTS)
        if number.isascii() and number.isdecimal() and len(number) < 19:
            return int(number)
    kept = region.extra.get("coco")
    return kept.get("id") if isinstance(kept, dict) else None


def bbox(region: Region) -> list[float]:
    """``[x, y, width, height]`` of the region's upright bounds."""
    if isinstance(region, Box) and not region.rotation:
        return [region.x, region.y, region.width, region.height]
    if isinstance(region, Mask):
        # A mask's own bounds may be wider than what is set in it.
        tight = cut_to_set(bitmap(region), region.x, region.y)
        return [float(tight[name]) for name in ("x", "y", "width", "height")]
    bounds = bounds_of(region)
    if bounds is None:
        return [0.0, 0.0, 0.0, 0.0]
    left, top, right, bottom = bounds
    return [left, top, round(right - left, _DECIMALS), round(bottom - top, _DECIMALS)]


def area(region: Region) -> float:
    """Square pixels: of the mask, not of its bounding box; of keypoints, of their bounds."""
    if isinstance(region, Keypoints):
        _, _, width, height = bbox(region)
        return width * height
    if isinstance(region, Polygon) and not has_hole(region):
        return sum(abs(ring_area(ring)) for ring in region.rings)
    return area_of(region)


def has_hole(polygon: Polygon) -> bool:
    """Whether a ring lies in another: filled even-odd it is a hole, which COCO's polygons have not."""
    rings = polygon.rings
    if len(rings) < 2:
        return False
    return any(
        _is_in(ring[0], other)
        for at, ring in enumerate(rings)
        for number, other in enumerate(rings)
        if number != at
    )


def _is_in(point: tuple[float, float], ring: tuple[tuple[float, float], ...]) -> bool:
    x, y = point
    inside = False
    before_x, before_y = ring[-1]
    for at_x, at_y in ring:
        if (at_y > y) != (before_y > y):
            across = at_x + (y - at_y) / (before_y - at_y) * (before_x - at_x)
            inside ^= x < across
        before_x, before_y = at_x, at_y
    return inside


def stamp(region: Region) -> int:
    """A number that changes with the region's place and form."""
    told: Any
    if isinstance(region, Box):
        told = (region.x, region.y, region.width, region.height, region.rotation)
    elif isinstance(region, Polygon):
        told = region.rings
    elif isinstance(region, Mask):
        told = (region.x, region.y, region.width, region.height, region.counts)
    elif isinstance(region, Keypoints):
        told = [(one.name, one.x, one.y, one.visibility) for one in region.points]
    else:
        told = ()
    return zlib.crc32(_encode(told))
