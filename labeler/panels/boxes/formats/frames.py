"""Between the pixels as a file stores them and the image as it is displayed: EXIF's eight orientations.

Coordinates are edges of pixels: an image of width W reaches from 0 to W, so mirroring x is W − x.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import numpy as np

from labeler.api import Box, Keypoints, Mask, Polygon, Region
from labeler.panels.boxes.bitmaps import bitmap, runs_of_bits

__all__ = ["Frame", "back", "turned"]

Point = Callable[[float, float], tuple[float, float]]

_BACK = {6: 8, 8: 6}
_MIRRORED = frozenset({2, 4, 5, 7})


class Frame(NamedTuple):
    """The image a region of a file is on: its size in the file's coordinates, and how they are turned.

    ``width`` and ``height`` are 0 where nobody knows. ``orientation`` is other than 1 where the
    file's coordinates are those of the stored pixels of an image that is displayed turned.
    """

    width: int = 0
    height: int = 0
    orientation: int = 1

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height as displayed."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)


def back(orientation: int) -> int:
    """The orientation that takes what ``orientation`` did back."""
    return _BACK.get(orientation, orientation)


def turned(region: Region, orientation: int, width: float, height: float) -> Region:
    """The region of stored pixels in the displayed image, as EXIF's ``orientation`` puts it upright.

    ``width`` and ``height`` are those of the frame the region is in. With ``back(orientation)`` and
    the displayed size it is the other way round.
    """
    if orientation == 1:
        return region
    point = _points(orientation, width, height)
    if isinstance(region, Box):
        return _box(region, point, orientation)
    if isinstance(region, Polygon):
        rings = tuple(tuple(point(x, y) for x, y in ring) for ring in region.rings)
        return msgspec.structs.replace(region, rings=rings)
    if isinstance(region, Keypoints):
        points = []
        for one in region.points:
            x, y = point(one.x, one.y) if one.visibility else (one.x, one.y)
            points.append(msgspec.structs.replace(one, x=x, y=y))
        return msgspec.structs.replace(region, points=tuple(points))
    if isinstance(region, Mask):
        return _mask(region, point, orientation)
    return region


def _points(orientation: int, width: float, height: float) -> Point:
    """EXIF 2.3, tag 0x0112, as a map of points."""
    maps: dict[int, Point] = {
        2: lambda x, y: (width - x, y),
        3: lambda x, y: (width - x, height - y),
        4: lambda x, y: (x, height - y),
        5: lambda x, y: (y, x),
        6: lambda x, y: (height - y, x),
        7: lambda x, y: (height - y, width - x),
        8: lambda x, y: (y, width - x),
    }
    return maps[orientation]


def _box(box: Box, point: Point, orientation: int) -> Box:
    ax, ay = point(box.x, box.y)
    bx, by = point(box.x + box.width, box.y + box.height)
    rotation = -box.rotation if orientation in _MIRRORED else box.rotation
    # A box turned about its centre stays one: a quarter turn swaps its sides, a mirror its sense.
    change: dict[str, Any] = {
        "x": min(ax, bx),
        "y": min(ay, by),
        "width": abs(bx - ax),
        "height": abs(by - ay),
        "rotation": rotation or 0.0,
    }
    return msgspec.structs.replace(box, **change)


def _mask(mask: Mask, point: Point, orientation: int) -> Mask:
    bits = bitmap(mask)
    if orientation >= 5:
        bits = bits.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        bits = bits[:, ::-1]
    if orientation in (3, 4, 7, 8):
        bits = bits[::-1]
    ax, ay = point(mask.x, mask.y)
    bx, by = point(mask.x + mask.width, mask.y + mask.height)
    height, width = bits.shape
    counts = tuple(runs_of_bits(np.ascontiguousarray(bits).ravel()))
    x, y = round(min(ax, bx)), round(min(ay, by))
    return msgspec.structs.replace(mask, x=x, y=y, width=width, height=height, counts=counts)
