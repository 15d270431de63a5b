"""Changes of a value that concern spans, as functions: an old value in, a new one out.

Regions that are not meant stay the identical objects, and where nothing changes the value itself
comes back, so that whoever compares sees that nothing was done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from labeler.api import Span, Value, fresh_region_id

__all__ = ["add", "find", "move_edge", "relabel", "spans_of"]


def spans_of(value: Value) -> list[Span]:
    """The value's spans in the order of the text; of two that begin together the longer first."""
    spans = [region for region in value.regions if isinstance(region, Span)]
    return sorted(spans, key=lambda span: (span.start, -span.end, span.id))


def find(value: Value, start: int, end: int, label: str | None) -> Span | None:
    """The span over exactly this range with this label, or None."""
    for region in value.regions:
        if isinstance(region, Span) and (region.start, region.end) == (start, end):
            if region.label == label:
                return region
    return None


def add(
    value: Value, text: str, ranges: Iterable[tuple[int, int]], label: str | None, origin: str = ""
) -> tuple[Value, list[str]]:
    """The value with a span over each range that has none with this label yet, and the new ids."""
    new: list[Span] = []
    for start, end in ranges:
        if find(value, start, end, label) is None:
            ident = fresh_region_id()
            covered = text[start:end]
            new.append(
                Span(
                    id=ident,
                    start=start,
                    end=end,
                    text=covered,
                    label=label,
                    origin=origin or None,
                )
            )
    if not new:
        return value, []
    return Value((*value.regions, *new), value.answers), [span.id for span in new]


def relabel(value: Value, ids: Collection[str], label: str | None) -> Value:
    """The value with these spans under another label."""
    regions = tuple(
        msgspec.structs.replace(region, label=label)
        if isinstance(region, Span) and region.id in ids and region.label != label
        else region
        for region in value.regions
    )
    unchanged = all(old is new for old, new in zip(value.regions, regions, strict=True))
    return value if unchanged else Value(regions, value.answers)


def move_edge(value: Value, text: str, ident: str, start: int, end: int) -> Value:
    """The value with one span over another range; the range must not be empty."""
    span = value.region(ident)
    if not isinstance(span, Span) or not 0 <= start < end <= len(text):
        return value
    if (span.start, span.end) == (start, end):
        return value
    moved = msgspec.structs.replace(span, start=start, end=end, text=text[start:end])
    return value.with_region(moved)
