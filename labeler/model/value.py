"""The annotation of one person on one task: regions and answers, one immutable value."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, count
from operator import is_not
from typing import Any

import msgspec

from labeler.model.json import EMPTY, freeze
from labeler.model.regions import Region

__all__ = ["LAYERS", "Context", "Value", "changed_range"]

LAYERS = ("work", "prediction", "gold", "review", "adjudication", "consensus")
"""Human work, a model's values, expected values, and what is decided about them: the same row."""


class Value(msgspec.Struct, frozen=True, omit_defaults=True):
    """Regions in order and answers by question id. Answers are read-only JSON."""

    regions: tuple[Region, ...] = ()
    answers: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if self.answers is not EMPTY:
            msgspec.structs.force_setattr(self, "answers", freeze(self.answers))

    def region(self, region_id: str) -> Region | None:
        """The region with this id, or None."""
        for region in self.regions:
            if region.id == region_id:
                return region
        return None

    def with_region(self, region: Region) -> Value:
        """This value with the region put in place of the one with its id, or at the end."""
        for number, present in enumerate(self.regions):
            if present.id == region.id:
                regions = (*self.regions[:number], region, *self.regions[number + 1 :])
                return Value(regions, self.answers)
        return Value((*self.regions, region), self.answers)

    def without(self, region_ids: frozenset[str] | set[str]) -> Value:
        """This value without these regions, nor any that points at one of them."""
        gone = set(region_ids)
        while True:
            more = {
                region.id
                for region in self.regions
                if region.id not in gone and any(end in gone for end in region.ends())
            }
            if not more:
                break
            gone |= more
        kept = tuple(region for region in self.regions if region.id not in gone)
        return Value(kept, self.answers)

    def with_answer(self, question: str, answer: Any) -> Value:
        """This value with the answer set; None takes the answer away."""
        answers = {key: value for key, value in self.answers.items() if key != question}
        if answer is not None:
            answers[question] = answer
        return Value(self.regions, answers)


class Context(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the person did not choose: order shown, versions, reading and active time.

    ``order`` are part ids as shown, ``seed`` what shuffled them. Versions are op hashes (hex) of the
    guideline, the label set and the queue; ``active_ms`` is time at the task in milliseconds.
    ``score`` (0–1) is the confidence of the model whose prediction it is.
    """

    order: tuple[str, ...] = ()
    seed: int | None = None
    guideline: str = ""
    labels: str = ""
    queue: str = ""
    media: str = ""
    active_ms: int = 0
    app: str = ""
    score: float | None = None
    extra: dict[str, Any] = EMPTY


def changed_range(old: Sequence[Region], new: Sequence[Region]) -> tuple[int, int, int]:
    """Where two lists of regions differ by identity: (start, end in old, end in new).

    Before ``start`` and from the ends on they hold the identical objects in the same order. A gesture
    on one of ten thousand regions is found in a third of a millisecond, and what follows from it
    need look at nothing else.
    """
    least = min(len(old), len(new))
    start = next(compress(count(), map(is_not, old, new)), least)
    left = least - start
    back = next(compress(range(left), map(is_not, reversed(old), reversed(new))), left)
    return start, len(old) - back, len(new) - back
