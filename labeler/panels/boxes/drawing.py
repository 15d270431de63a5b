"""Regions as the shapes a surface draws: where they are, what is written beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np

from labeler.api import Box, Keypoints, Label, Mask, Opaque, Polygon, QueueConfig, Region
from labeler.kit.canvas import Geometry, Look, Shape
from labeler.panels.boxes.bitmaps import bitmap
from labeler.panels.boxes.geometry import bounds_of

__all__ = ["Drawing", "geometry_of", "looks_of"]

_Ring = tuple[tuple[float, float], ...]


def geometry_of(region: Region) -> Geometry | None:
    """A box's own rectangle, else what bounds the region; None where it has no place."""
    if isinstance(region, Box):
        return Geometry(region.x, region.y, region.width, region.height, region.rotation)
    if isinstance(region, Opaque):
        return None
    bounds = bounds_of(region)
    if bounds is None:
        return None
    left, top, right, bottom = bounds
    return Geometry(left, top, right - left, bottom - top)


def looks_of(config: QueueConfig) -> list[Look]:
    """The looks of a label set: the first is that of a region without label, then one for each."""
    return [Look(), *(Look(one.colour or n, n) for n, one in enumerate(config.labels, 1))]


@dataclass(slots=True)
class Drawing:
    """What turns one task's regions into shapes; ``locked`` and ``hidden`` are ids."""

    labels: Mapping[str, tuple[int, Label]] = field(default_factory=dict)
    locked: Collection[str] = frozenset()
    hidden: Collection[str] = frozenset()
    all_hidden: bool = False

    @staticmethod
    def of(config: QueueConfig) -> Drawing:
        """The drawing of a queue's regions, nothing locked or hidden."""
        return Drawing({one.id: (number, one) for number, one in enumerate(config.labels, 1)})

    def shape(self, region: Region) -> Shape:
        """The shape of one of the value's regions."""
        look, tag = self._named(region)
        rings, dots = _details(region)
        return Shape(
            region.id,
            geometry_of(region),
            look,
            tag,
            False,
            region.id in self.locked,
            self.all_hidden or region.id in self.hidden,
            rings,
            dots,
        )

    def proposed(self, ident: str, region: Region, score: str) -> Shape:
        """The shape of a model's region, with its confidence as text."""
        look, tag = self._named(region)
        rings, dots = _details(region)
        words = f"{tag} {score}".strip()
        return Shape(ident, geometry_of(region), look, words, True, rings=rings, dots=dots)

    def _named(self, region: Region) -> tuple[int, str]:
        if region.label is None:
            return 0, ""
        number, label = self.labels.get(region.label, (0, None))
        return number, label.title if label is not None else region.label


def _details(region: Region) -> tuple[tuple[_Ring, ...], tuple[tuple[float, float, int], ...]]:
    """Lines and points that are drawn in place of the rectangle."""
    if isinstance(region, Box):
        return (), ()
    if isinstance(region, Polygon):
        return region.rings, ()
    if isinstance(region, Keypoints):
        # A point that was never placed is absent and stands nowhere.
        placed = [one for one in region.points if one.visibility or one.x or one.y]
        return (), tuple((one.x, one.y, one.visibility) for one in placed)
    if isinstance(region, Mask):
        return _outline(region), ()
    return (), ()


def _outline(mask: Mask) -> tuple[_Ring, ...]:
    """The lines round a mask's pixels."""
    if mask.width <= 0 or mask.height <= 0:
        return ()
    # Each pixel as four, so that the line runs along its edge and not through its middle.
    pixels = np.kron(bitmap(mask).astype(np.uint8), np.ones((2, 2), np.uint8))
    found, _ = cv2.findContours(
        np.pad(pixels, 1), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE, offset=(-1, -1)
    )
    return tuple(
        tuple((mask.x + (x + 0.5) / 2, mask.y + (y + 0.5) / 2) for x, y in ring[:, 0].tolist())
        for ring in found
        if len(ring) > 2
    )
