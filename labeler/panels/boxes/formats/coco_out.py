"""Regions as annotations of COCO; what was kept beside them is written back where it still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from labeler.api import Box, Keypoints, Label, Mask, Polygon, QueueConfig, Region, thaw
from labeler.panels.boxes.bitmaps import raster, runs_of_bits
from labeler.panels.boxes.formats.coco_marks import KEPT, area, bbox, has_hole, ident_of, stamp
from labeler.panels.boxes.formats.coco_rle import packed, runs_down
from labeler.panels.boxes.formats.frames import back, turned
from labeler.panels.boxes.geometry import box_corners

__all__ = ["Written", "WrittenAnnotations", "categories_of"]

Drop = Callable[[str], None]


class Written(NamedTuple):
    """An annotation without its ids: ``id`` is the one it had, or None."""

    id: Any
    fields: dict[str, Any]


def categories_of(config: QueueConfig) -> dict[str, dict[str, Any]]:
    """The category of each label by the label's id: the ids they had, else numbers behind those."""
    told = {label.id: label.extra.get("coco") for label in config.labels}
    ids: dict[str, Any] = {}
    taken: set[Any] = set()
    for name, one in told.items():
        ident = one.get("id") if isinstance(one, dict) else None
        if ident is not None and ident not in taken:
            ids[name] = ident
            taken.add(ident)
    following = max((one for one in taken if isinstance(one, int)), default=0)
    categories: dict[str, dict[str, Any]] = {}
    for label in config.labels:
        if label.id not in ids:
            following += 1
            ids[label.id] = following
        kept = told[label.id]
        rest = thaw(kept) if isinstance(kept, dict) else {}
        rest.pop("id", None)
        categories[label.id] = {"id": ids[label.id], "name": label.title, **rest, **_points(label)}
    return categories


def _points(label: Label) -> dict[str, Any]:
    names = ("keypoints", "skeleton")
    return {name: thaw(label.extra[name]) for name in names if name in label.extra}


class WrittenAnnotations:
    """Makes annotations of regions; one per export.

    ``rle`` is how masks are written that did not come packed: ``list`` or ``text``.
    """

    def __init__(
        self, categories: Mapping[str, dict[str, Any]], drop: Drop, *, rle: str = "list"
    ) -> None:
        self._categories = categories
        self._drop = drop
        self._text = rle == "text"
        self._ids = {name: one["id"] for name, one in categories.items()}

    def of(
        self, regions: Sequence[Region], width: int, height: int, orientation: int = 1
    ) -> Iterator[Written]:
        """The annotations of one image; ``width`` and ``height`` are 0 where they are not known.

        With ``orientation`` they are written for the pixels as they are stored.
        """
        for main, points in _joined(regions):
            if points is None and main.__class__ is Box and orientation == 1:
                plain = self._plain(main)
                if plain is not None:
                    yield plain
                    continue
            written = self._one(main, points, width, height, orientation)
            if written is not None:
                yield written

    def _plain(self, box: Region) -> Written | None:
        """What ``_one`` makes of an upright box of which nothing else is told; None of any other."""
        category = self._ids.get(box.label) if box.label is not None else None
        if category is None or box.extra or box.attributes or box.score is not None:
            return None
        if not isinstance(box, Box) or box.rotation:
            return None
        fields: dict[str, Any] = {
            "category_id": category,
            "segmentation": [],
            "area": area(box),
            "bbox": [box.x, box.y, box.width, box.height],
            "iscrowd": 0,
        }
        return Written(ident_of(box), fields)

    def _one(
        self,
        main: Region | None,
        points: Keypoints | None,
        width: int,
        height: int,
        orientation: int,
    ) -> Written | None:
        region = main if main is not None else points
        if not isinstance(region, (Box, Polygon, Mask, Keypoints)):
            self._drop("region_type")
            return None
        kept = region.extra.get("coco")
        extra: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
        label = region.label
        category = self._ids.get(label) if label is not None else extra.get("category_id")
        if category is None:
            self._drop("label_missing")
            return None
        holds = extra.pop("of", None)
        edited = holds is not None and holds != stamp(region)
        for name in KEPT:
            if edited or (orientation != 1 and name != "area"):
                extra.pop(name, None)
        ident = ident_of(region)
        extra.pop("id", None)
        text = bool(extra.pop("packed", False)) or self._text
        fields: dict[str, Any] = {"category_id": category}
        size = width, height
        if orientation != 1:
            region = turned(region, back(orientation), *size)
            size = size[::-1] if orientation >= 5 else size
            if points is not None:
                shown = turned(points, back(orientation), width, height)
                points = shown if isinstance(shown, Keypoints) else points
        segmentation = extra.pop("segmentation", None)
        if segmentation is None:
            segmentation = self._segmentation(region, *size, text=text)
        told_area = extra.pop("area", None)
        told_box = extra.pop("bbox", None)
        fields["segmentation"] = segmentation
        fields["area"] = area(region) if told_area is None else told_area
        fields["bbox"] = bbox(region) if told_box is None else told_box
        fields["iscrowd"] = extra.pop("iscrowd", 0)
        if isinstance(region, Box) and region.rotation:
            box = [region.x, region.y, region.width, region.height, region.rotation]
            fields["rotated_box"] = box
        if points is not None:
            fields |= self._keypoints(points)
        if region.score is not None:
            fields["score"] = region.score
        if region.attributes:
            rest = extra.get("attributes")
            rest = rest if isinstance(rest, dict) else {}
            extra["attributes"] = {**rest, **region.attributes}
        extra.pop("category_id", None)
        return Written(ident, {**fields, **extra} if extra else fields)

    def _segmentation(self, region: Region, width: int, height: int, *, text: bool) -> Any:
        if isinstance(region, Polygon):
            if not has_hole(region):
                return [[one for point in ring for one in point] for ring in region.rings]
            if not width or not height:
                self._drop("hole")
                return [[one for point in region.rings[0] for one in point]]
            # Polygons of COCO have no holes; as a mask the hole stays one.
            self._drop("hole_as_mask")
            bits = raster(region.rings, 0, 0, width, height)
            return _table(runs_of_bits(bits.T.ravel()), width, height, text=text)
        if isinstance(region, Mask):
            if not width or not height:
                width, height = region.x + region.width, region.y + region.height
            if min(region.x, region.y) < 0 or (
                region.x + region.width > width or region.y + region.height > height
            ):
                self._drop("mask_clipped")
            return _table(runs_down(region, width, height), width, height, text=text)
        if isinstance(region, Box) and region.rotation:
            return [[one for corner in box_corners(region) for one in corner]]
        return []

    def _keypoints(self, points: Keypoints) -> dict[str, Any]:
        """Points in the order of the label's names; names it does not have are added to them."""
        category = self._categories.get(points.label or "", {})
        names: list[str] = category.setdefault("keypoints", [])
        by_name = {point.name: point for point in points.points}
        names += [name for name in by_name if name not in names]
        flat: list[float] = []
        for name in names:
            point = by_name.get(name)
            flat += [0, 0, 0] if point is None else [point.x, point.y, point.visibility]
        count = sum(1 for point in points.points if point.visibility)
        return {"keypoints": flat, "num_keypoints": count}


def _table(runs: list[int], width: int, height: int, *, text: bool) -> dict[str, Any]:
    return {"size": [height, width], "counts": packed(runs) if text else runs}


def _joined(regions: Sequence[Region]) -> Iterator[tuple[Region | None, Keypoints | None]]:
    """Each region in order, keypoints with the region that has the same id in the file."""
    free: dict[Any, Keypoints] = {}
    for region in regions:
        if isinstance(region, Keypoints):
            free.setdefault(ident_of(region), region)
    free.pop(None, None)
    partners: dict[int, Keypoints] = {}
    for region in regions if free else ():
        if not isinstance(region, Keypoints):
            points = free.pop(ident_of(region), None)
            if points is not None:
                partners[id(region)] = points
    joined = {id(points) for points in partners.values()}
    for region in regions:
        if not isinstance(region, Keypoints):
            yield region, partners.get(id(region))
        elif id(region) not in joined:
            yield None, region
