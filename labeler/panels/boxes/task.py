"""The Qt-free half of the panel: what a task with an image is, and what can be wrong with its regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from labeler.api import (
    Box,
    Content,
    Keypoints,
    Mask,
    MediaRef,
    Part,
    Polygon,
    Problem,
    QueueConfig,
    Region,
    Value,
)
from labeler.panels.boxes.geometry import Bounds, bounds_of, is_empty, likeness

__all__ = ["MARGIN", "PART", "BoxesTask", "ImageContent"]

PART = "image"
"""The id and the kind of the one part a task has."""

MARGIN = 1.0
"""So many pixels a region may stick out of its image: what tools that round differently make of it."""

_SUMMARY_LENGTH = 200
_OTHER_LABEL = 0.5
"""What sharing a place counts where the labels differ."""

_OUTSIDE = "it lies outside the image of {width} × {height} pixels"
_EMPTY = "it covers nothing"


class ImageContent(Content, frozen=True, kw_only=True, omit_defaults=True):
    """One image. ``width`` and ``height`` are its pixels as displayed (upright); 0 where not known.

    ``orientation`` is what EXIF said (1 to 8) when the image was taken in: exporters need it to
    write coordinates of the pixels as they are stored. Regions are in pixels of the displayed
    image: (0, 0) is the upper left corner of its upper left pixel, (width, height) the lower right
    corner of its lower right one.
    """

    image: MediaRef
    width: int = 0
    height: int = 0
    orientation: int = 1

    def parts(self) -> tuple[Part, ...]:
        return (Part(id=PART, kind=PART, media=self.image),)


class BoxesTask:
    """What the core and the command line need of this panel."""

    @property
    def region_types(self) -> Sequence[type[Region]]:
        return (Box, Polygon, Keypoints, Mask)

    @property
    def content_type(self) -> type[Content]:
        return ImageContent

    def summary(self, content: Content) -> str:
        """The image's path and, where it is known, its size in pixels."""
        if not isinstance(content, ImageContent):
            return ""
        path = " ".join(content.image.path.split())
        size = f" · {content.width} × {content.height}" if content.width and content.height else ""
        longest = _SUMMARY_LENGTH - len(size)
        # The end of a path tells more than its beginning.
        return (path if len(path) <= longest else f"…{path[1 - longest :]}") + size

    def complete(self, content: Content, value: Value) -> Value:
        """The value itself: nothing of a region follows from the image."""
        return value

    def check(self, content: Content, value: Value, config: QueueConfig) -> Iterable[Problem]:
        """Regions that cover nothing, and regions that stick out of the image by more than ``MARGIN``.

        Of a rotated box only the middle has to lie in the image.
        """
        size = (content.width, content.height) if isinstance(content, ImageContent) else (0, 0)
        return _problems(value, *size)

    def distance(self, content: Content, one: Region, other: Region) -> float:
        """1 − overlap ÷ union of boxes, polygons and masks, whichever of them; 1 − object keypoint
        similarity of points. Where the labels differ the likeness counts half.
        """
        if (one.on or PART) != (other.on or PART):
            return 1.0
        share = likeness(one, other)
        return 1.0 - (share if one.label == other.label else share * _OTHER_LABEL)


def _problems(value: Value, width: int, height: int) -> Iterator[Problem]:
    for number, region in enumerate(value.regions):
        if region.__class__ is Box and not region.rotation and width and height:
            # What is said below, of the most frequent case and in one line.
            right, bottom = region.x + region.width, region.y + region.height
            if (
                region.width > 0 < region.height
                and -MARGIN <= region.x < width
                and -MARGIN <= region.y < height
                and 0 < right <= width + MARGIN
                and 0 < bottom <= height + MARGIN
            ):
                continue
        if is_empty(region):
            yield Problem("region_empty", f"regions[{number}]", text=_EMPTY)
            continue
        bounds = bounds_of(region)
        if bounds is None or not width or not height:
            continue
        if isinstance(region, Box) and region.rotation:
            # A turned box at the edge has corners outside, and no smaller one would hold the thing.
            middle = region.x + region.width / 2, region.y + region.height / 2
            bounds = Bounds(*middle, *middle)
        if not _lies_in(bounds, width, height):
            params = {"width": width, "height": height}
            yield Problem("region_outside", f"regions[{number}]", params, _OUTSIDE)


def _lies_in(bounds: Bounds, width: int, height: int) -> bool:
    left, top, right, bottom = bounds
    if left < -MARGIN or top < -MARGIN or right > width + MARGIN or bottom > height + MARGIN:
        return False
    # What only touches the image from outside is not in it.
    return left < width and top < height and right > 0 and bottom > 0
