"""Spans as they are drawn: which lane each takes under the words, and where its tag hangs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["MOST_LANES", "Mark", "TagPlace", "hung", "lanes"]

MOST_LANES = 4
"""Underlines drawn under one word; of the others only their number is told."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One span to be drawn: ``start`` and ``end`` in code points, ``tag`` what hangs below it.

    ``colour`` is a label's ``#RRGGBB`` or its place in the set (from 1), with ``position`` for the
    round of its pattern; None is drawn in grey. ``dashed`` says that no person's hand made it.
    """

    id: str
    start: int
    end: int
    tag: str = ""
    colour: str | int | None = None
    position: int | None = None
    dashed: bool = False


def lanes(marks: Sequence[Mark]) -> dict[str, int]:
    """The lane of each mark by id, 0 nearest to the words: overlapping marks have different ones.

    Marks take the lowest free lane in order of their start, longer ones first, so that a mark is
    in one lane over all its lines.
    """
    ends: list[int] = []
    taken: dict[str, int] = {}
    for mark in sorted(marks, key=lambda one: (one.start, -one.end, one.dashed, one.id)):
        start, lane = mark.start, 0
        while lane < len(ends) and ends[lane] > start:
            lane += 1
        if lane == len(ends):
            ends.append(0)
        ends[lane] = mark.end
        taken[mark.id] = lane
    return taken


@dataclass(frozen=True, slots=True)
class TagPlace:
    """A tag to be hung: where it begins on its line, how wide it is, and how high it may hang.

    Pixels; ``top`` is just below whatever is drawn under the words over its whole width.
    """

    id: str
    left: float
    width: float
    top: float


def hung(places: Sequence[TagPlace], height: float, gap: float, *, rtl: bool) -> dict[str, float]:
    """The top of each tag by id: a tag drops below those it would touch.

    Tags are hung in the order of reading, so that of two at one place the first is the higher.
    """
    done: list[tuple[float, float, float]] = []
    tops: dict[str, float] = {}
    order = sorted(places, key=lambda one: -one.left - one.width if rtl else one.left)
    for place in order:
        left, right, top = place.left, place.left + place.width, place.top
        beside = [one for one in done if one[0] < right + gap and one[1] > left - gap]
        for _, _, other in sorted(beside, key=lambda one: one[2]):
            if abs(other - top) < height:
                top = other + height
        done.append((left, right, top))
        tops[place.id] = top
    return tops
