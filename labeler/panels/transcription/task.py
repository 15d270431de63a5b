"""The Qt-free half of the panel: what a recording is, and what can be wrong with a transcript of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from labeler.api import (
    Content,
    MediaRef,
    Opaque,
    Part,
    Point,
    Problem,
    QueueConfig,
    Region,
    Segment,
    Value,
    equal_json,
)
from labeler.panels.transcription.likeness import character_error_rate

__all__ = ["PART", "TOLERANCE", "AudioContent", "TranscriptionTask", "speakers"]

PART = "audio"
"""The id and the kind of the one part a recording has."""

TOLERANCE = 100_000
"""Microseconds a time may lie past the end of the recording.

Encoders pad the end of MP3 and AAC by up to two frames, and programs round times to their own grid.
"""

_SUMMARY_LENGTH = 200
_SAME_MOMENT = 500_000
"""Microseconds at which two points have nothing in common."""
_OTHER_NAME = 0.5
"""What sharing a stretch of time counts where label or speaker differ."""
_TEXT = 0.5
"""How much of what two segments share in time hangs on their texts being alike."""

_BEYOND = "the time {time} lies past the end of the recording at {end}"
_NO_LENGTH = "the segment has no length: it starts and ends at {time}"


class AudioContent(Content, frozen=True, kw_only=True, omit_defaults=True):
    """A recording. ``duration`` is in microseconds, ``rate`` in samples a second; 0 is unknown.

    Both are what the file's header says; the file decides where they differ.
    """

    audio: MediaRef
    duration: int = 0
    rate: int = 0

    def parts(self) -> tuple[Part, ...]:
        return (Part(PART, PART, media=self.audio),)


class TranscriptionTask:
    """What the core and the command line need of this panel."""

    @property
    def region_types(self) -> Sequence[type[Region]]:
        return (Segment, Point)

    @property
    def content_type(self) -> type[Content]:
        return AudioContent

    def summary(self, content: Content) -> str:
        """The recording's path and length."""
        if not isinstance(content, AudioContent):
            return ""
        path = " ".join(content.audio.path.split())
        if len(path) > _SUMMARY_LENGTH:
            path = "…" + path[1 - _SUMMARY_LENGTH :]
        return f"{path} · {_clock(content.duration)}" if content.duration > 0 else path

    def complete(self, content: Content, value: Value) -> Value:
        """The value itself: nothing in a transcript follows from its recording."""
        return value

    def check(self, content: Content, value: Value, config: QueueConfig) -> Iterable[Problem]:
        """Segments without length, and times past the end of the recording.

        A value with such a fault is not taken. What is only to be looked at is in ``warnings``.
        """
        length = content.duration if isinstance(content, AudioContent) else 0
        for number, region in enumerate(value.regions):
            if isinstance(region, Segment):
                if region.end <= region.start:
                    params = {"time": _clock(region.start)}
                    path = f"regions[{number}].end"
                    yield Problem("segment_empty", path, params, _NO_LENGTH)
                yield from _past_the_end(region.end, length, f"regions[{number}].end")
            elif isinstance(region, Point):
                yield from _past_the_end(region.at, length, f"regions[{number}].at")

    def distance(self, content: Content, one: Region, other: Region) -> float:
        """1 − what two regions share.

        Of two segments that is the overlap of their times divided by the union; half of it hangs on
        their texts, in proportion to the character error rate (edits divided by the longer text), so
        texts count only as far as times agree. Points share what is left of half a second between
        them. Where labels or speakers differ the share counts half. Regions of any other type are
        equal or have nothing in common.
        """
        if isinstance(one, Segment) and isinstance(other, Segment):
            share = _overlap(one, other)
        elif isinstance(one, Point) and isinstance(other, Point):
            share = max(0.0, 1.0 - abs(one.at - other.at) / _SAME_MOMENT)
        else:
            return 0.0 if _same(one, other) else 1.0
        if (one.on or PART) != (other.on or PART) or share <= 0:
            return 1.0
        if one.text != other.text:
            share *= 1.0 - _TEXT * character_error_rate(one.text, other.text)
        if (one.label, one.speaker) != (other.label, other.speaker):
            share *= _OTHER_NAME
        return 1.0 - share


def speakers(value: Value) -> tuple[str, ...]:
    """The names of those who speak, in the order in which they begin; nobody's is left out."""
    heard = [
        (region.start if isinstance(region, Segment) else region.at, region.speaker)
        for region in value.regions
        if isinstance(region, (Segment, Point)) and region.speaker
    ]
    return tuple(dict.fromkeys(name for _, name in sorted(heard, key=lambda one: one[0])))


def _past_the_end(time: int, length: int, where: str) -> Iterator[Problem]:
    if 0 < length < time - TOLERANCE:
        params = {"time": _clock(time), "end": _clock(length)}
        yield Problem("time_beyond", where, params, _BEYOND)


def _clock(time: int) -> str:
    """Microseconds as ``1:02:03.456``."""
    milliseconds = (time + 500) // 1000
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{head}:{seconds:02}.{milliseconds:03}"


def _overlap(one: Segment, other: Segment) -> float:
    if (one.start, one.end) == (other.start, other.end):
        return 1.0
    common = min(one.end, other.end) - max(one.start, other.start)
    union = max(one.end, other.end) - min(one.start, other.start)
    return max(0, common) / union if union > 0 else 0.0


def _same(one: Region, other: Region) -> bool:
    if isinstance(one, Opaque) and isinstance(other, Opaque):
        return one.kind == other.kind and one.raw == other.raw
    if type(one) is not type(other):
        return False
    return equal_json(_without_id(one), _without_id(other))


def _without_id(region: Region) -> object:
    return msgspec.to_builtins(msgspec.structs.replace(region, id=""))
