"""Changes of a transcript, as functions: an old value in, a new one out.

Regions that are not meant stay the identical objects, and where nothing changes the value itself
comes back, so that whoever compares sees that nothing was done. Times are microseconds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection

import msgspec

from labeler.api import Point, Region, Segment, Value, Word, fresh_region_id

__all__ = [
    "add_point",
    "add_segment",
    "following",
    "last_end",
    "merge",
    "move_edges",
    "rename_speaker",
    "replace_text",
    "set_label",
    "set_speaker",
    "split",
    "time_of",
]

Spoken = Segment | Point


def time_of(region: Spoken) -> tuple[int, int]:
    """Start and end; of a point both are its moment."""
    return (region.start, region.end) if isinstance(region, Segment) else (region.at, region.at)


def add_segment(
    value: Value, start: int, end: int, speaker: str, label: str | None = None
) -> tuple[Value, str]:
    """The value with an empty segment more, and its id."""
    segment = Segment(id=fresh_region_id(), start=start, end=end, speaker=speaker, label=label)
    return Value((*value.regions, segment), value.answers), segment.id


def add_point(value: Value, at: int, speaker: str) -> tuple[Value, str]:
    """The value with an empty point more, and its id."""
    point = Point(id=fresh_region_id(), at=at, speaker=speaker)
    return Value((*value.regions, point), value.answers), point.id


def _changed(value: Value, ids: Collection[str], change: Callable[[Spoken], Spoken]) -> Value:
    regions: list[Region] = []
    same = True
    for region in value.regions:
        new: Region = region
        if region.id in ids and isinstance(region, (Segment, Point)):
            new = change(region)
            same = same and new is region
        regions.append(new)
    return value if same else Value(tuple(regions), value.answers)


def move_edges(value: Value, ident: str, start: int, end: int, duration: int) -> Value:
    """The value with a segment elsewhere, within 0 and ``duration``; a point goes to ``start``.

    A segment keeps a microsecond at least. Words that lie outside afterwards stay as they are: they
    say what was heard, not where the segment ends.
    """
    last = duration if duration > 0 else max(start, end)

    def move(region: Spoken) -> Spoken:
        if isinstance(region, Point):
            at = max(0, min(last, start))
            return region if at == region.at else msgspec.structs.replace(region, at=at)
        first = max(0, min(start, last - 1))
        then = max(first + 1, min(end, last))
        if (first, then) == (region.start, region.end):
            return region
        return msgspec.structs.replace(region, start=first, end=then)

    return _changed(value, (ident,), move)


def set_speaker(value: Value, ids: Collection[str], speaker: str) -> Value:
    """The value with these regions spoken by somebody else."""

    def give(region: Spoken) -> Spoken:
        same = region.speaker == speaker
        return region if same else msgspec.structs.replace(region, speaker=speaker)

    return _changed(value, ids, give)


def set_label(value: Value, ids: Collection[str], label: str | None) -> Value:
    """The value with these regions under another label."""

    def give(region: Spoken) -> Spoken:
        return region if region.label == label else msgspec.structs.replace(region, label=label)

    return _changed(value, ids, give)


def rename_speaker(value: Value, old: str, new: str) -> Value:
    """The value with everything one speaker says said by another name; two may so become one."""
    ids = {
        region.id
        for region in value.regions
        if isinstance(region, (Segment, Point)) and region.speaker == old
    }
    return set_speaker(value, ids, new)


def replace_text(value: Value, ident: str, text: str) -> Value:
    """The value with another text in one region."""

    def write(region: Spoken) -> Spoken:
        return region if region.text == text else msgspec.structs.replace(region, text=text)

    return _changed(value, (ident,), write)


def split(value: Value, ident: str, at: int, caret: int | None = None) -> tuple[Value, str]:
    """The value with a segment cut in two at a time inside it, and the id of the second part.

    The text is cut at ``caret`` (code points); without one where its words' times say, else all of
    it stays in the first part.
    """
    segment = value.region(ident)
    if not isinstance(segment, Segment) or not segment.start < at < segment.end:
        return value, ident
    place = caret if caret is not None else _place_in_text(segment, at)
    before = tuple(word for word in segment.words if word.start < at)
    after = segment.words[len(before) :]
    first = msgspec.structs.replace(
        segment, end=at, text=segment.text[:place].rstrip(), words=before
    )
    second = Segment(
        id=fresh_region_id(),
        on=segment.on,
        label=segment.label,
        attributes=segment.attributes,
        start=at,
        end=segment.end,
        speaker=segment.speaker,
        text=segment.text[place:].lstrip(),
        words=after,
    )
    regions: list[Region] = []
    for region in value.regions:
        regions += [first, second] if region is segment else [region]
    return Value(tuple(regions), value.answers), second.id


def _place_in_text(segment: Segment, at: int) -> int:
    """Where in the text the word begins that begins at ``at`` or later; its end for none."""
    if not segment.words:
        return len(segment.text)
    place = 0
    for word in segment.words:
        found = segment.text.find(word.text.strip(), place)
        if found < 0:
            return len(segment.text)
        if word.start >= at:
            return found
        place = found + len(word.text.strip())
    return len(segment.text)


def following(value: Value, ident: str) -> Segment | None:
    """The next segment of the same speaker that begins after this one, or with it and later."""
    segment = value.region(ident)
    if not isinstance(segment, Segment):
        return None
    here = (segment.start, segment.end, segment.id)
    later = [
        region
        for region in value.regions
        if isinstance(region, Segment)
        and region.speaker == segment.speaker
        and (region.start, region.end, region.id) > here
    ]
    return min(later, key=lambda one: (one.start, one.end, one.id), default=None)


def merge(value: Value, ident: str, other: str) -> Value:
    """The value with two segments made one: from the first start to the last end, texts joined."""
    first, second = value.region(ident), value.region(other)
    if not isinstance(first, Segment) or not isinstance(second, Segment):
        return value
    words: tuple[Word, ...] = (*first.words, *second.words)
    whole = msgspec.structs.replace(
        first,
        start=min(first.start, second.start),
        end=max(first.end, second.end),
        text=_joined(first.text, second.text),
        words=words,
        attributes={**second.attributes, **first.attributes},
    )
    return value.without({other}).with_region(whole)


def _joined(first: str, second: str) -> str:
    if not first or not second:
        return first or second
    wide = all(unicodedata.east_asian_width(one) in "WF" for one in (first[-1], second[0]))
    return first + second if wide else f"{first} {second}"


def last_end(value: Value) -> int:
    """Where the last thing said ends, in microseconds; 0 where nothing was said."""
    spoken = (one for one in value.regions if isinstance(one, (Segment, Point)))
    return max((time_of(one)[1] for one in spoken), default=0)
