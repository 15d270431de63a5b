"""An annotation of COCO as regions; what a region does not say is kept beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from labeler.api import Box, Keypoint, Keypoints, Mask, Polygon, Problem, QueueConfig, Region
from labeler.panels.boxes.formats.coco_marks import ID, POINTS, area, bbox, has_hole, stamp
from labeler.panels.boxes.formats.coco_rle import mask_of
from labeler.panels.boxes.formats.fitting import Attributes, fitted, number, numbers
from labeler.panels.boxes.formats.frames import Frame, turned
from labeler.panels.boxes.task import MARGIN

__all__ = ["Annotations", "Category", "PlainBox"]

_CATEGORY = "there is no category {category}; the region has no label"
_GREATEST_ID = 10**18
_CLOSE = 1e-6
"""How far a told area may be off the one that follows, as a share of it, and be the same."""


class Category(NamedTuple):
    """A category of the file: the label's name and the names of its keypoints."""

    name: str
    keypoints: tuple[str, ...] = ()


class _Plain(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """A detection and nothing else, which is what most annotations of most files are."""

    id: int
    image_id: int | str
    category_id: int
    bbox: tuple[float, float, float, float]
    area: float = -1.0
    iscrowd: Literal[0] = 0
    segmentation: tuple[()] = ()


class PlainBox(msgspec.Struct, tag_field="type", tag="box", gc=False):
    """The JSON of a region that says no more than a detection does."""

    id: str
    label: str
    x: float
    y: float
    width: float
    height: float


_plain = msgspec.json.Decoder(_Plain)
_plains = msgspec.json.Decoder(list[_Plain])
_encode = msgspec.json.Encoder().encode


class Annotations:
    """Makes regions of annotations; one per source."""

    def __init__(self, config: QueueConfig, categories: Mapping[Any, Category]) -> None:
        self._categories = categories
        self._names = {ident: one.name for ident, one in categories.items()}
        self._attributes = Attributes(config)
        self._ids: set[int] = set()

    def of_image(
        self,
        bodies: Sequence[bytes],
        numbers: Sequence[int],
        frame: Frame,
        where: str,
        found: list[Problem],
    ) -> list[PlainBox | msgspec.Raw]:
        """The JSON of the regions of an image's annotations; problems are added to ``found``.

        ``where`` is the list the annotations are in, ``numbers`` are theirs in it.
        """
        self._ids.clear()  # the ids of an image's regions are to be unlike each other
        regions: list[PlainBox | msgspec.Raw] = []
        for told, body, nth in zip(_plain_ones(bodies), bodies, numbers, strict=True):
            box = self._plain_box(told, frame) if told is not None else None
            if box is not None:
                regions.append(box)
            else:
                regions += self._encoded(body, frame, f"{where}[{nth}]", found)
        return regions

    def _encoded(
        self, raw: bytes, frame: Frame, where: str, found: list[Problem]
    ) -> list[msgspec.Raw]:
        """The JSON of the regions of one annotation; problems are added to ``found``."""
        try:
            told = msgspec.json.decode(raw, type=dict[str, Any])
            return [msgspec.Raw(_encode(region)) for region in self.read(told, frame, where, found)]
        except (ValueError, RecursionError) as error:
            found.append(Problem("region_invalid", where, {"reason": str(error)}))
            return []

    def _plain_box(self, told: _Plain, frame: Frame) -> PlainBox | None:
        """What ``_encoded`` makes of it, ten times as fast; None where it is more than its box."""
        x, y, width, height = told.bbox
        name = self._names.get(told.category_id)
        if name is None or width <= 0 or height <= 0 or frame.orientation != 1:
            return None
        size = width * height
        if told.area >= 0 and abs(told.area - size) > _CLOSE * (size if size > 1 else 1):
            return None
        if frame.width and not (
            -MARGIN <= x < frame.width
            and -MARGIN <= y < frame.height
            and 0 < x + width <= frame.width + MARGIN
            and 0 < y + height <= frame.height + MARGIN
        ):
            return None
        if not 0 <= told.id < _GREATEST_ID or told.id in self._ids:
            return None
        self._ids.add(told.id)
        return PlainBox(f"{ID}{told.id}", name, x, y, width, height)

    def read(
        self, told: dict[str, Any], frame: Frame, where: str, found: list[Problem]
    ) -> list[Region]:
        """The regions of one annotation, which is used up; problems are added to ``found``."""
        told.pop("image_id", None)
        ident = told.get("id")
        named = type(ident) is int and 0 <= ident < _GREATEST_ID and ident not in self._ids
        if named:
            self._ids.add(told.pop("id"))
        category = self._category(told, where, found)
        head = self._head(told, category)
        keypoints = self._keypoints(told, category, head, where, found)
        main = None
        if keypoints is None or told.get("segmentation") or not _follows(told, keypoints):
            main = self._main(told, head, frame, where, found, needed=keypoints is None)
        regions = []
        for region in (main, keypoints):
            if region is None:
                continue
            shown = turned(region, frame.orientation, frame.width, frame.height)
            fit = fitted(shown, *frame.shown, where, found)
            if fit is not None:
                extra = head.extra
                if region is main:
                    extra = _with_kept(extra, told, fit, frame, is_cut=fit is not shown)
                elif main is not None:
                    extra = {"id": extra["id"]} if "id" in extra else {}
                name = f"{ID}{ident}{POINTS if region is keypoints else ''}" if named else ""
                more = {"coco": extra} if extra else {}
                regions.append(msgspec.structs.replace(fit, id=name, extra=more))
        return regions

    def _category(self, told: dict[str, Any], where: str, found: list[Problem]) -> Category | None:
        ident = told.pop("category_id", None)
        try:
            category = self._categories.get(ident)
        except TypeError:  # a list cannot be looked up
            category = None
        if category is None and ident is not None:
            told["category_id"] = ident
            found.append(Problem("category_unknown", where, {"category": str(ident)}, _CATEGORY))
        return category

    def _head(self, told: dict[str, Any], category: Category | None) -> _Head:
        """What every region of the annotation has; what is not used of it becomes ``extra``."""
        score = told.get("score")
        if isinstance(score, (int, float)) and not isinstance(score, bool) and 0 <= score <= 1:
            del told["score"]
        else:
            score = None
        attributes: dict[str, Any] = {}
        table = told.get("attributes")
        if isinstance(table, dict):
            attributes, rest = self._attributes.of(table)
            del told["attributes"]
            if rest:
                told["attributes"] = rest
        extra = {name: one for name, one in told.items() if name not in _OURS}
        if told.get("iscrowd"):
            extra["iscrowd"] = told["iscrowd"]
        return _Head(category.name if category else None, attributes, score, extra)

    def _main(
        self,
        told: dict[str, Any],
        head: _Head,
        frame: Frame,
        where: str,
        found: list[Problem],
        *,
        needed: bool,
    ) -> Region | None:
        """The box, polygon or mask; ``needed`` says that the annotation has nothing else."""
        named = head.fields()
        segmentation = told.get("segmentation")
        turned_box = numbers(told.get("rotated_box"))
        if turned_box is not None and len(turned_box) == 5:
            x, y, width, height, rotation = turned_box
            return Box(x=x, y=y, width=width, height=height, rotation=rotation, **named)
        if isinstance(segmentation, dict):
            try:
                wide, high, fields = mask_of(segmentation)
            except ValueError as error:
                found.append(Problem("region_invalid", where, {"reason": str(error)}))
            else:
                if frame.width and (wide, high) != (frame.width, frame.height):
                    found.append(_size_problem(where, wide, high, frame))
                counts = tuple(fields.pop("counts"))
                return Mask(**fields, counts=counts, **named)
        elif segmentation:
            rings = _rings(segmentation)
            if rings:
                return Polygon(rings=rings, **named)
            reason = "the segmentation is no list of rings of three points and more"
            found.append(Problem("region_invalid", where, {"reason": reason}))
        box = numbers(told.get("bbox"))
        if box is None or len(box) != 4:
            if needed:
                reason = "it has no bbox of four numbers, and no segmentation"
                found.append(Problem("region_invalid", where, {"reason": reason}))
            return None
        x, y, width, height = box
        # Drawn from right to left: the corner is at the other end.
        x, width = (x + width, -width) if width < 0 else (x, width)
        y, height = (y + height, -height) if height < 0 else (y, height)
        return Box(x=x, y=y, width=width, height=height, **named)

    def _keypoints(
        self,
        told: dict[str, Any],
        category: Category | None,
        head: _Head,
        where: str,
        found: list[Problem],
    ) -> Keypoints | None:
        raw = told.get("keypoints")
        if raw is None:
            return None
        flat = numbers(raw)
        if flat is None or len(flat) % 3:
            head.extra["keypoints"] = raw
            reason = "the keypoints are no list of x, y and visibility"
            found.append(Problem("region_invalid", where, {"reason": reason}))
            return None
        names = category.keypoints if category else ()
        points = []
        for at in range(0, len(flat), 3):
            name = names[at // 3] if at // 3 < len(names) else f"{at // 3 + 1}"
            x, y, seen = flat[at : at + 3]
            if seen <= 0 and not (x or y):
                points.append(Keypoint(name, visibility=0))
            else:
                points.append(Keypoint(name, x, y, 0 if seen <= 0 else 1 if seen < 2 else 2))
        if not any(point.visibility for point in points):
            return None  # written by every pose set where nobody marked any
        return Keypoints(points=tuple(points), **head.fields())


def _plain_ones(bodies: Sequence[bytes]) -> Sequence[_Plain | None]:
    """Those of the annotations that are plain detections, None for each of the others."""
    with contextlib.suppress(ValueError, RecursionError):
        told = _plains.decode(b"[%b]" % b",".join(bodies))  # at once: most files are of one kind
        if len(told) == len(bodies):
            return told
    return [_plain_one(body) for body in bodies]


def _plain_one(body: bytes) -> _Plain | None:
    try:
        return _plain.decode(body)
    except (ValueError, RecursionError):
        return None


def _follows(told: Mapping[str, Any], points: Keypoints) -> bool:
    """Whether the bounding box told is that of the points and no box of its own."""
    box = numbers(told.get("bbox"))
    return box is None or box == bbox(points)


def _with_kept(
    extra: dict[str, Any], told: dict[str, Any], region: Region, frame: Frame, *, is_cut: bool
) -> dict[str, Any]:
    """``extra`` with what the file says of the place otherwise than the region does."""
    kept: dict[str, Any] = {}
    box, size, segmentation = told.get("bbox"), told.get("area"), told.get("segmentation")
    if numbers(box) is not None and box != bbox(region):
        kept["bbox"] = box
    told_area = None if isinstance(size, str) else number(size)
    if told_area is not None:
        ours = area(region)
        if abs(told_area - ours) > _CLOSE * max(abs(ours), 1.0):
            kept["area"] = size
    if segmentation:
        if isinstance(segmentation, dict) and isinstance(segmentation.get("counts"), str):
            extra = {**extra, "packed": True}
        nested = isinstance(region, Polygon) and has_hole(region)
        if is_cut or nested or isinstance(region, Box) or _is_uneven(segmentation):
            kept["segmentation"] = segmentation
    if frame.orientation != 1 or (isinstance(region, Box) and region.rotation):
        # The file's places are others than ours, or follow from the rotated box told beside them.
        kept = {"area": kept["area"]} if "area" in kept else {}
    return {**extra, **kept, "of": stamp(region)} if kept else extra


_OURS = frozenset(
    ("bbox", "segmentation", "area", "iscrowd", "keypoints", "num_keypoints", "rotated_box")
)


class _Head(NamedTuple):
    label: str | None
    attributes: dict[str, Any]
    score: float | None
    extra: dict[str, Any]

    def fields(self) -> dict[str, Any]:
        """What of it goes into a region."""
        fields: dict[str, Any] = {"label": self.label, "score": self.score}
        return {**fields, "attributes": self.attributes} if self.attributes else fields


def _rings(segmentation: Any) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The rings of a list of flat lists; one flat list is taken as the only ring."""
    if not isinstance(segmentation, list):
        return ()
    flat = segmentation if isinstance(segmentation[0], list) else [segmentation]
    rings = []
    for one in flat:
        told = numbers(one)
        if told is not None and len(told) >= 6:
            rings.append(tuple(zip(told[0::2], told[1::2], strict=False)))
    return tuple(rings)


def _is_uneven(segmentation: Any) -> bool:
    """Whether rings of it were left out, or an odd number: the region is less than the file says."""
    if not isinstance(segmentation, list):
        return False
    flat: Sequence[Any] = segmentation if isinstance(segmentation[0], list) else [segmentation]
    return any(not isinstance(one, list) or len(one) < 6 or len(one) % 2 for one in flat)


def _size_problem(where: str, width: int, height: int, frame: Frame) -> Problem:
    text = "the mask is for {width} × {height} pixels, the image has {wide} × {high}"
    params = {"width": width, "height": height, "wide": frame.width, "high": frame.height}
    return Problem("mask_size", where, params, text)
