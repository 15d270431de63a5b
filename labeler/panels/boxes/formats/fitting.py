"""Regions of a file made to fit their image: cut at its edge where they stick out, or not taken."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from labeler.api import Box, Keypoints, Mask, Polygon, Problem, Question, QueueConfig, Region
from labeler.panels.boxes.bitmaps import bitmap
from labeler.panels.boxes.formats.coco_rle import cut_to_set
from labeler.panels.boxes.geometry import bounds_of, is_empty
from labeler.panels.boxes.task import MARGIN

__all__ = ["Attributes", "clipped", "fitted", "number", "numbers"]

Pair = tuple[float, float]

_CLIPPED = "it stuck out of the image of {width} × {height} pixels and was cut at its edge"
_EMPTY = "it covers nothing and was left out"
_OUTSIDE = "it lies outside the image of {width} × {height} pixels and was left out"


def number(raw: Any) -> float | None:
    """The finite number JSON or a text holds, or None."""
    if isinstance(raw, str):
        try:
            raw = float(raw)
        except ValueError:
            return None
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return None
    try:
        made = float(raw)
    except OverflowError:
        return None
    return made if math.isfinite(made) else None


def numbers(raw: Any) -> list[float] | None:
    """The finite numbers of a list, or None where it is no list of nothing else."""
    if not isinstance(raw, (list, tuple)):
        return None
    found = []
    for one in raw:
        made = one if one.__class__ is float and one - one == 0 else number(one)
        if made is None or isinstance(one, str):
            return None
        found.append(made)
    return found


def fitted(
    region: Region, width: int, height: int, where: str, found: list[Problem]
) -> Region | None:
    """The region, cut where it sticks out by more than a pixel; None where nothing of it is left.

    What was done is added to ``found`` with ``where``. Nothing sticks out of an image of unknown
    size (0).
    """
    if is_empty(region):
        found.append(Problem("region_empty", where, text=_EMPTY))
        return None
    if not width or not height:
        return region
    bounds = bounds_of(region)
    if bounds is None:
        return region
    left, top, right, bottom = bounds
    inside = left >= -MARGIN and top >= -MARGIN
    inside = inside and right <= width + MARGIN and bottom <= height + MARGIN
    if inside and left < width and top < height and right > 0 and bottom > 0:
        return region
    sizes = {"width": width, "height": height}
    if isinstance(region, Box) and region.rotation:
        # A turned box is no box any more once its corner is cut off; its middle decides.
        middle_x, middle_y = region.x + region.width / 2, region.y + region.height / 2
        if 0 < middle_x < width and 0 < middle_y < height:
            return region
        cut = None
    else:
        cut = clipped(region, width, height)
    if cut is None or is_empty(cut):
        found.append(Problem("region_outside", where, sizes, _OUTSIDE))
        return None
    found.append(Problem("region_clipped", where, sizes, _CLIPPED))
    return cut


def clipped(region: Region, width: int, height: int) -> Region | None:
    """The part of an upright box, polygon or mask in an image of this size; points are moved in."""
    if isinstance(region, Box):
        left, top = max(0.0, region.x), max(0.0, region.y)
        right, bottom = min(width, region.x + region.width), min(height, region.y + region.height)
        if right <= left or bottom <= top:
            return None
        return msgspec.structs.replace(
            region, x=left, y=top, width=right - left, height=bottom - top
        )
    if isinstance(region, Polygon):
        rings = [ring for one in region.rings if len(ring := _cut_ring(one, width, height)) > 2]
        return msgspec.structs.replace(region, rings=tuple(rings)) if rings else None
    if isinstance(region, Mask):
        left_px, top_px = max(0, region.x), max(0, region.y)
        right_px = min(width, region.x + region.width)
        bottom_px = min(height, region.y + region.height)
        if right_px <= left_px or bottom_px <= top_px:
            return None
        inner = bitmap(region)[
            top_px - region.y : bottom_px - region.y, left_px - region.x : right_px - region.x
        ]
        fields = cut_to_set(inner, left_px, top_px)
        return msgspec.structs.replace(region, **{**fields, "counts": tuple(fields["counts"])})
    if isinstance(region, Keypoints):
        points = [
            msgspec.structs.replace(
                one, x=min(max(one.x, 0.0), float(width)), y=min(max(one.y, 0.0), float(height))
            )
            if one.visibility
            else one
            for one in region.points
        ]
        return msgspec.structs.replace(region, points=tuple(points))
    return region


def _cut_ring(ring: Sequence[Pair], width: float, height: float) -> tuple[Pair, ...]:
    """The ring within the image (Sutherland and Hodgman 1974: one edge of the image after another)."""
    points = list(ring)
    edges: tuple[tuple[int, float, bool], ...] = (
        (0, 0.0, True),
        (0, float(width), False),
        (1, 0.0, True),
        (1, float(height), False),
    )
    for axis, edge, at_least in edges:
        kept: list[Pair] = []
        for at, point in enumerate(points):
            before = points[at - 1]
            inside = point[axis] >= edge if at_least else point[axis] <= edge
            if inside != (before[axis] >= edge if at_least else before[axis] <= edge):
                share = (edge - before[axis]) / (point[axis] - before[axis])
                other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
                kept.append((edge, other) if axis == 0 else (other, edge))
            if inside:
                kept.append(point)
        points = kept
        if not points:
            break
    return tuple(points)


class Attributes:
    """Which attributes of a file answer a question this queue asks of regions."""

    def __init__(self, config: QueueConfig) -> None:
        self._questions: dict[str, Question] = {
            question.id: question for question in config.questions if question.scope == "region"
        }

    def of(self, table: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The answers in a table of attributes, and the rest of it."""
        answers: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for name, value in table.items():
            question = self._questions.get(name)
            answer = None if question is None else _answer(question, value)
            if answer is None:
                rest[name] = value
            else:
                answers[name] = answer
        return answers, rest


def _answer(question: Question, value: Any) -> Any:
    if not any(True for _ in question.faults(value)):
        return value
    for choice in getattr(question, "choices", ()):
        # Yes and no are often told as true and false, or as 1 and 0.
        words = {choice.id.casefold(), choice.name.casefold()}
        if str(value).casefold() in words:
            return choice.id
        if isinstance(value, (bool, int)) and ("yes" if value else "no") in words:
            return choice.id
    return None
