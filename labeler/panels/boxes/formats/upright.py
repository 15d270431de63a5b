"""Regions as upright boxes, for formats that hold nothing else; what is not one is told by number."""

from __future__ import annotations

import msgspec

from labeler.api import Box, Keypoints, Mask, Polygon, Region, WriteOptions
from labeler.panels.boxes.formats.fitting import clipped
from labeler.panels.boxes.formats.frames import back, turned
from labeler.panels.boxes.formats.sizes import ImageSize
from labeler.panels.boxes.geometry import bounds_of

__all__ = ["Upright"]

_KINDS: tuple[tuple[type[Region], str], ...] = (
    (Polygon, "polygon"),
    (Mask, "mask"),
    (Keypoints, "keypoints"),
)


class Upright:
    """Makes upright boxes; one per export.

    Other regions are left out and counted by what they are (``polygon``, ``mask``, ``keypoints``,
    ``rotated``, ``region_type``). With the setting ``boxes.bounds_of_others`` their bounding boxes
    are written, and that is counted (``polygon_as_box`` …).
    """

    def __init__(self, options: WriteOptions) -> None:
        self._drop = options.drop
        self._convert = bool(options.settings.get("boxes.bounds_of_others", False))

    def of(self, region: Region, size: ImageSize) -> Box | None:
        """The box in the frame that is written, cut at the image's edge; None where there is none."""
        box = region if isinstance(region, Box) else None
        if box is None or box.rotation:
            box = self._bounds(region)
        if box is None:
            return None
        if size.width and size.height:
            cut = clipped(box, size.width, size.height)
            if not isinstance(cut, Box):
                self._drop("region_outside")
                return None
            if cut != box:
                self._drop("clipped")
            box = cut
        if size.raw:
            stored = turned(box, back(size.orientation), size.width, size.height)
            return stored if isinstance(stored, Box) else None
        return box

    def _bounds(self, region: Region) -> Box | None:
        kind = next((word for cls, word in _KINDS if isinstance(region, cls)), "")
        kind = "rotated" if isinstance(region, Box) else kind
        bounds = bounds_of(region) if kind else None
        if bounds is None:
            self._drop("region_type")
            return None
        if not self._convert:
            self._drop(kind)
            return None
        self._drop(f"{kind}_as_box")
        left, top, right, bottom = bounds
        made = Box(x=left, y=top, width=right - left, height=bottom - top)
        return msgspec.structs.replace(
            made, label=region.label, attributes=region.attributes, extra=region.extra
        )
