"""Changes of a value that concern marks in responses, as functions: an old value in, a new one out.

Regions that are not meant stay the identical objects; where nothing changes the value itself comes
back. Positions are code points of the part's own text.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from labeler.api import Claim, Span, Value, fresh_region_id

__all__ = ["Marked", "add", "find", "marks_on", "move_edge", "relabel"]

Marked = Span | Claim
"""Regions that lie on words."""


def marks_on(value: Value, part: str, *, only: bool) -> list[Marked]:
    """The marks on a part; with ``only`` it is the one part there is, and marks need not name it."""
    return [
        region
        for region in value.regions
        if isinstance(region, Span | Claim)
        and region.start is not None
        and region.end is not None
        and (region.on == part or (only and region.on is None))
    ]


def find(value: Value, part: str, start: int, end: int, label: str | None) -> Span | None:
    """The span over exactly this range of the part with this label, or None."""
    for region in value.regions:
        if isinstance(region, Span) and (region.on, region.start, region.end) == (part, start, end):
            if region.label == label:
                return region
    return None


def add(
    value: Value, part: str, text: str, start: int, end: int, label: str | None
) -> tuple[Value, str]:
    """The value with a span there, and its id; one that is there already stays as it is."""
    there = find(value, part, start, end, label)
    if there is not None:
        return value, there.id
    span = Span(
        id=fresh_region_id(), on=part, start=start, end=end, text=text[start:end], label=label
    )
    return Value((*value.regions, span), value.answers), span.id


def relabel(value: Value, ids: Collection[str], label: str | None) -> Value:
    """The value with these marks under another label."""
    regions = tuple(
        msgspec.structs.replace(region, label=label)
        if isinstance(region, Span | Claim) and region.id in ids and region.label != label
        else region
        for region in value.regions
    )
    unchanged = all(old is new for old, new in zip(value.regions, regions, strict=True))
    return value if unchanged else Value(regions, value.answers)


def move_edge(value: Value, text: str, ident: str, start: int, end: int) -> Value:
    """The value with one mark over another range of its text; the range must not be empty."""
    mark = value.region(ident)
    if not isinstance(mark, Span | Claim) or not 0 <= start < end <= len(text):
        return value
    if (mark.start, mark.end) == (start, end):
        return value
    moved = msgspec.structs.replace(mark, start=start, end=end, text=text[start:end])
    return value.with_region(moved)
