"""Where one speaker speaks twice at once: something to be looked at, which stops nobody."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from labeler.api import Region, Segment

__all__ = ["Overlap", "overlaps"]


class Overlap(NamedTuple):
    """For how long a segment goes over one of the same speaker that began at ``since``, both in
    microseconds."""

    length: int
    since: int


def overlaps(regions: Iterable[Region]) -> dict[str, Overlap]:
    """By id, the segments that begin before an earlier one of the same speaker has ended.

    Different speakers may speak at once; segments without a speaker count as one speaker's.
    """
    found: dict[str, Overlap] = {}
    latest: dict[str, Segment] = {}
    segments = [one for one in regions if isinstance(one, Segment) and one.end > one.start]
    for one in sorted(segments, key=attrgetter("start", "end", "id")):
        last = latest.get(one.speaker)
        if last is not None and one.start < last.end:
            found[one.id] = Overlap(min(last.end, one.end) - one.start, last.start)
        if last is None or one.end > last.end:
            latest[one.speaker] = one
    return found
