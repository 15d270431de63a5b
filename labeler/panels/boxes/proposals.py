"""What models propose that is still open: not taken over, not rejected, and sure enough."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from labeler.api import Box, Keypoints, Mask, Polygon, QueueConfig, Region, Value, fresh_region_id
from labeler.panels.boxes.task import MARGIN

if TYPE_CHECKING:
    from labeler.kit.editor import Prediction

__all__ = ["Proposal", "accept", "open_proposals"]

_OURS = (Box, Polygon, Keypoints, Mask)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One region proposed; ``id`` is its own with the author before it, ``score`` its confidence."""

    id: str
    author: str
    score: float | None
    region: Region


def open_proposals(
    predictions: Sequence[Prediction],
    value: Value,
    config: QueueConfig,
    rejected: Collection[str],
    least: float,
) -> list[Proposal]:
    """What is open, model by model; without a score a region counts as sure.

    A region taken over keeps its id, so that it is known again however it was moved since. Of two
    models that propose exactly the same the first has it; labels outside the set are not offered.
    """
    if not predictions:
        return []
    taken = {region.id for region in value.regions}
    labels = {label.id for label in config.labels}
    seen: set[tuple[object, ...]] = set()
    found: list[Proposal] = []
    for prediction in predictions:
        for region in prediction.value.regions:
            ident = f"{prediction.author}:{region.id}"
            score = region.score if region.score is not None else prediction.score
            if not isinstance(region, _OURS) or region.id in taken or ident in rejected:
                continue
            if score is not None and score < least:
                continue
            if region.label is not None and region.label not in labels:
                continue
            place = _place(region)
            if place not in seen:
                seen.add(place)
                found.append(Proposal(ident, prediction.author, score, region))
    return found


def accept(
    value: Value,
    proposals: Sequence[Proposal],
    label: str | None = None,
    size: tuple[int, int] = (0, 0),
) -> tuple[Value, list[str]]:
    """The value with what is proposed taken over, and the new ids; ``label`` overrules the model's.

    Each region keeps the model's name as its origin and its id, where no other region has that. A box
    that sticks out of the picture of ``size`` pixels ends at its edge.
    """
    taken = {region.id for region in value.regions}
    new: list[Region] = []
    for one in proposals:
        ident = one.region.id if one.region.id not in taken else fresh_region_id()
        taken.add(ident)
        inside = _inside(one.region, *size)
        region = msgspec.structs.replace(inside, id=ident, origin=one.author, score=one.score)
        new.append(region if label is None else msgspec.structs.replace(region, label=label))
    if not new:
        return value, []
    return Value((*value.regions, *new), value.answers), [one.id for one in new]


def _inside(region: Region, width: int, height: int) -> Region:
    """An upright box cut off where the picture ends; detectors draw beyond it, annotations may not."""
    if not isinstance(region, Box) or region.rotation or not (width and height):
        return region
    left, top = max(region.x, 0.0), max(region.y, 0.0)
    right, bottom = min(region.x + region.width, width), min(region.y + region.height, height)
    there = region.x, region.y, region.x + region.width, region.y + region.height
    sticks_out = min(*there[:2], width - there[2], height - there[3]) < -MARGIN
    if not sticks_out or right <= left or bottom <= top:
        return region
    return msgspec.structs.replace(region, x=left, y=top, width=right - left, height=bottom - top)


def _place(region: Region) -> tuple[object, ...]:
    if isinstance(region, Box):
        figures = (region.x, region.y, region.width, region.height, region.rotation)
        return (region.label, *figures)
    return (region.label, msgspec.json.encode(msgspec.structs.replace(region, id="", score=None)))
