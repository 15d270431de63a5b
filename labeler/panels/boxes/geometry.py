"""Regions as areas of the image: their bounds, their size and how alike two of them are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from labeler.api import Box, Keypoints, Mask, Opaque, Polygon, Region, equal_json, thaw
from labeler.panels.boxes.bitmaps import bitmap, raster, set_pixels

__all__ = [
    "Bounds",
    "Rings",
    "area_of",
    "areas",
    "bounds_of",
    "box_corners",
    "is_empty",
    "likeness",
    "ring_area",
    "rings_of",
]

Pair = tuple[float, float]
Rings = Sequence[Sequence[Pair]]
Floats = npt.NDArray[np.float64]

_LARGEST_WINDOW = 1 << 27
"""Pixels; masks that share more are compared by their bounds."""
_SPREAD = 0.1
"""How far a point may be off, as a share of the size (2 σ of the object keypoint similarity).

σ = 0.05 is what evaluations take for points that have none of their own.
"""
_PAIRS_AT_ONCE = 1 << 20


class Bounds(NamedTuple):
    """The smallest upright rectangle around something, in pixels of the displayed image."""

    left: float
    top: float
    right: float
    bottom: float


def box_corners(box: Box) -> tuple[Pair, Pair, Pair, Pair]:
    """The corners of a box clockwise from the one that is upper left before it is rotated."""
    x, y, width, height = box.x, box.y, box.width, box.height
    if not box.rotation:
        return (x, y), (x + width, y), (x + width, y + height), (x, y + height)
    turn = math.radians(box.rotation)
    cos, sin = math.cos(turn), math.sin(turn)
    middle_x, middle_y = x + width / 2, y + height / 2
    right, down = width / 2, height / 2

    def turned(dx: float, dy: float) -> Pair:
        # The y axis points down, so this turns clockwise.
        return middle_x + dx * cos - dy * sin, middle_y + dx * sin + dy * cos

    return turned(-right, -down), turned(right, -down), turned(right, down), turned(-right, down)


def rings_of(region: Region) -> Rings | None:
    """The outlines of a box or polygon, to be filled even-odd; None for what has none."""
    if isinstance(region, Box):
        return (box_corners(region),)
    return region.rings if isinstance(region, Polygon) else None


def bounds_of(region: Region) -> Bounds | None:
    """Where the region lies; None where there is nothing in it, or nobody here knows its type."""
    if isinstance(region, Box) and not region.rotation:
        return Bounds(region.x, region.y, region.x + region.width, region.y + region.height)
    if isinstance(region, Mask):
        right, bottom = region.x + region.width, region.y + region.height
        return Bounds(region.x, region.y, right, bottom)
    if isinstance(region, Keypoints):
        points = [(point.x, point.y) for point in region.points if point.visibility]
    else:
        points = [point for ring in rings_of(region) or () for point in ring]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Bounds(min(xs), min(ys), max(xs), max(ys))


def ring_area(ring: Sequence[Pair]) -> float:
    """The area a ring encloses (shoelace formula), negative where it runs counter-clockwise."""
    twice = 0.0
    before_x, before_y = ring[-1] if ring else (0.0, 0.0)
    for x, y in ring:
        twice += before_x * y - x * before_y
        before_x, before_y = x, y
    return twice / 2


def area_of(region: Region) -> float:
    """Square pixels the region covers; 0 for points and for what nobody here knows."""
    if isinstance(region, Box):
        return region.width * region.height
    if isinstance(region, Mask):
        return float(set_pixels(region))
    if isinstance(region, Polygon):
        ring = region.rings[0] if len(region.rings) == 1 else ()
        if 3 <= len(ring) <= 4 and _is_plain(ring):
            return abs(ring_area(ring))
        return areas(region.rings, ())[0]
    return 0.0


def _is_plain(ring: Sequence[Pair]) -> bool:
    """Whether a ring of three or four points cannot cross itself: it turns one way only."""
    count = len(ring)
    turns = set()
    for number in range(count):
        (ax, ay), (bx, by) = ring[number - 2], ring[number - 1]
        cx, cy = ring[number]
        turns.add((bx - ax) * (cy - by) - (by - ay) * (cx - bx) > 0)
    return len(turns) == 1


def is_empty(region: Region) -> bool:
    """Whether the region covers nothing. A region of unknown type is not looked at."""
    if isinstance(region, Box):
        return region.width <= 0 or region.height <= 0
    if isinstance(region, Mask):
        return set_pixels(region) == 0
    if isinstance(region, Keypoints):
        return not any(point.visibility for point in region.points)
    if isinstance(region, Polygon):
        # Most polygons have an area by the plain formula; an eight has none by it, and covers two.
        return not any(ring_area(ring) for ring in region.rings) and area_of(region) <= 0
    return False


# ------------------------------------------------------------------------------------------ likeness


def likeness(one: Region, other: Region) -> float:
    """How alike two regions are as places: 1 the same, 0 nothing in common. Labels do not count."""
    if _same_place(one, other):
        return 1.0
    if isinstance(one, Keypoints) and isinstance(other, Keypoints):
        return _similarity(one, other)
    left, right = bounds_of(one), bounds_of(other)
    if left is None or right is None or isinstance(one, Keypoints) or isinstance(other, Keypoints):
        return 0.0
    shared = _shared_bounds(left, right)
    if shared is None:
        return 0.0
    if _is_upright(one) and _is_upright(other):
        both = (shared.right - shared.left) * (shared.bottom - shared.top)
        return _share(area_of(one), area_of(other), both)
    return _share(*_three_areas(one, other, shared))


def _share(one: float, other: float, both: float) -> float:
    union = one + other - both
    return min(1.0, max(0.0, both / union)) if union > 0 else 0.0


def _same_place(one: Region, other: Region) -> bool:
    if isinstance(one, Opaque) and isinstance(other, Opaque):
        return one.kind == other.kind and one.raw == other.raw
    if type(one) is not type(other):
        return False
    head = Region.__struct_fields__
    names = [name for name in one.__struct_fields__ if name not in head]
    return all(equal_json(thaw(_plain(one, n)), thaw(_plain(other, n))) for n in names)


def _plain(region: Region, name: str) -> object:
    value = getattr(region, name)
    if name == "points":
        return [[p.name, p.x, p.y, p.visibility] if p.visibility else [p.name] for p in value]
    return value


def _is_upright(region: Region) -> bool:
    return isinstance(region, Box) and not region.rotation


def _shared_bounds(one: Bounds, other: Bounds) -> Bounds | None:
    left, top = max(one.left, other.left), max(one.top, other.top)
    right, bottom = min(one.right, other.right), min(one.bottom, other.bottom)
    return Bounds(left, top, right, bottom) if left < right and top < bottom else None


def _three_areas(one: Region, other: Region, shared: Bounds) -> tuple[float, float, float]:
    """The areas of both, and of what they share."""
    if isinstance(one, Mask) or isinstance(other, Mask):
        return _areas_with_masks(one, other, shared)
    return areas(rings_of(one) or (), rings_of(other) or ())


def _areas_with_masks(one: Region, other: Region, shared: Bounds) -> tuple[float, float, float]:
    x, y = math.floor(shared.left), math.floor(shared.top)
    width, height = math.ceil(shared.right) - x, math.ceil(shared.bottom) - y
    sizes = area_of(one), area_of(other)
    window = (shared.right - shared.left) * (shared.bottom - shared.top)
    if max(width * height, *map(_mask_pixels, (one, other))) > _LARGEST_WINDOW:
        return (*sizes, min(window, *sizes))
    in_both = _pixels(one, x, y, width, height) & _pixels(other, x, y, width, height)
    return (*sizes, min(float(np.count_nonzero(in_both)), *sizes))


def _mask_pixels(region: Region) -> int:
    return region.width * region.height if isinstance(region, Mask) else 0


def _pixels(region: Region, x: int, y: int, width: int, height: int) -> npt.NDArray[np.bool_]:
    """Which pixels of a window the region covers; of a box or polygon, those whose middle it does."""
    if isinstance(region, Mask):
        across, down = x - region.x, y - region.y
        return bitmap(region)[down : down + height, across : across + width]
    return raster(rings_of(region) or (), x, y, width, height)


def areas(one: Rings, other: Rings) -> tuple[float, float, float]:
    """The areas of two sets of rings, each filled even-odd, and of what they share; exact.

    The plane is cut into slabs at every corner and crossing; within one, edges do not cross and
    bound trapezoids.
    """
    edges = np.array(
        [
            (ax, ay, bx, by, owner) if ay < by else (bx, by, ax, ay, owner)
            for owner, rings in enumerate((one, other))
            for ring in rings
            for (ax, ay), (bx, by) in zip((*ring[-1:], *ring[:-1]), ring, strict=True)
            if ay != by
        ],
        dtype=np.float64,
    ).reshape(-1, 5)
    x, top, to_x, bottom, owner = edges.T
    slope = (to_x - x) / (bottom - top)
    at_zero = x - slope * top
    heights = np.unique(np.concatenate([top, bottom, *_crossings(slope, at_zero, top, bottom)]))
    total = np.zeros(3)
    of_first = owner == 0
    for upper, lower in pairwise(heights):
        middle = (upper + lower) / 2
        active = (top < middle) & (bottom > middle)
        across = at_zero[active] + slope[active] * middle
        order = np.argsort(across)
        widths = np.diff(across[order])
        first = of_first[active][order][:-1]
        in_one = np.cumsum(first) % 2 == 1
        in_other = np.cumsum(~first) % 2 == 1
        tall = lower - upper
        total += tall * np.array(
            [widths[in_one].sum(), widths[in_other].sum(), widths[in_one & in_other].sum()]
        )
    return float(total[0]), float(total[1]), float(total[2])


def _crossings(slope: Floats, at_zero: Floats, top: Floats, bottom: Floats) -> list[Floats]:
    """The heights at which two edges cross."""
    found: list[Floats] = []
    count = len(slope)
    rows = max(1, _PAIRS_AT_ONCE // max(count, 1))
    for start in range(0, count, rows):
        part = slice(start, start + rows)
        steeper = slope[part, None] - slope[None, :]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            heights = (at_zero[None, :] - at_zero[part, None]) / steeper
        above = np.maximum(top[part, None], top[None, :])
        below = np.minimum(bottom[part, None], bottom[None, :])
        found.append(heights[(heights > above) & (heights < below)])
    return found


def _similarity(one: Keypoints, other: Keypoints) -> float:
    """Object keypoint similarity (COCO), the scale being the greater of the two bounds' areas."""
    here = {point.name: point for point in one.points if point.visibility}
    there = {point.name: point for point in other.points if point.visibility}
    names = here.keys() | there.keys()
    scale = 0.0
    for bounds in (bounds_of(one), bounds_of(other)):
        if bounds is not None:
            scale = max(scale, (bounds.right - bounds.left) * (bounds.bottom - bounds.top))
    total = 0.0
    for name in here.keys() & there.keys():
        a, b = here[name], there[name]
        off = (a.x - b.x) ** 2 + (a.y - b.y) ** 2
        if not off:
            total += 1.0
        elif scale > 0:
            total += math.exp(-off / (2 * scale * _SPREAD**2))
    return total / len(names) if names else 0.0
