"""What models propose that is still open: not taken over, not covered by own work, not rejected."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from labeler.api import Point, Region, Segment, Value, fresh_region_id
from labeler.panels.transcription.edits import Spoken, time_of

if TYPE_CHECKING:
    from labeler.kit.editor import Prediction

__all__ = ["Proposal", "accept", "open_proposals"]

_COVERED = 0.5
"""How much of a proposal's time a person's own segments take for it to be answered."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One segment or point a model proposes; ``id`` is the region's with the author before it."""

    id: str
    author: str
    region: Spoken
    score: float | None


class _Covered:
    """The time a person's segments take, joined."""

    def __init__(self, value: Value) -> None:
        spans = sorted(
            (region.start, region.end) for region in value.regions if isinstance(region, Segment)
        )
        self._joined: list[tuple[int, int]] = []
        for start, end in spans:
            if self._joined and start <= self._joined[-1][1]:
                first, last = self._joined[-1]
                self._joined[-1] = first, max(last, end)
            else:
                self._joined.append((start, end))
        self._starts = [start for start, _ in self._joined]

    def share(self, start: int, end: int) -> float:
        """How much of a stretch is taken, 0 to 1."""
        taken = 0
        for first, last in self._joined[max(0, bisect_right(self._starts, start) - 1) :]:
            if first >= end:
                break
            taken += max(0, min(last, end) - max(first, start))
        return taken / (end - start) if end > start else 0.0


def open_proposals(
    predictions: Sequence[Prediction], value: Value, rejected: Collection[str]
) -> list[Proposal]:
    """What is open, in order of time; of two models that propose the same the first has it."""
    if not predictions:
        return []
    own = {region.id for region in value.regions}
    covered = _Covered(value)
    seen: set[tuple[str, int, int, str, str]] = set()
    found: list[Proposal] = []
    for prediction in predictions:
        for region in prediction.value.regions:
            if not isinstance(region, (Segment, Point)) or region.id in own:
                continue
            start, end = time_of(region)
            place = (type(region).__name__, start, end, region.speaker, region.text)
            ident = f"{prediction.author}:{region.id}"
            if ident in rejected or place in seen or covered.share(start, end) >= _COVERED:
                continue
            seen.add(place)
            score = region.score if region.score is not None else prediction.score
            found.append(Proposal(ident, prediction.author, region, score))
    return sorted(found, key=lambda one: (*time_of(one.region), one.id))


def accept(value: Value, proposals: Sequence[Proposal]) -> tuple[Value, list[str]]:
    """The value with what is proposed taken over, and the ids of the new regions.

    A region keeps its id where that is free, so that it is known again when it was changed, and the
    model's name as its origin; a model's confidence is not the person's.
    """
    taken = {region.id for region in value.regions}
    new: list[Region] = []
    for one in proposals:
        ident = one.region.id
        if not ident or ident in taken:
            ident = fresh_region_id()
        taken.add(ident)
        new.append(msgspec.structs.replace(one.region, id=ident, score=None, origin=one.author))
    if not new:
        return value, []
    return Value((*value.regions, *new), value.answers), [region.id for region in new]
