"""The head of a WebM or Matroska file: its elements down to the length and the sound's rate.

RFC 8794 (EBML) and RFC 9559 (Matroska): an element is an id, a length and what is in it, both
numbers of one to eight bytes whose first byte tells how many.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import NamedTuple

from labeler.api.media import MediaHead
from labeler.media.microseconds import rounded
from labeler.media.source import Source
from labeler.model.problems import Refusal

__all__ = ["matroska_head"]

_SEGMENT, _INFO, _TRACKS, _CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
_SCALE, _DURATION = 0x2AD7B1, 0x4489
_ENTRY, _TYPE, _CODEC, _AUDIO, _RATE, _CHANNELS = 0xAE, 0x83, 0x86, 0xE1, 0xB5, 0x9F
_DOCTYPE, _HEADER = 0x4282, 0x1A45DFA3
_VIDEO, _SOUND = 1, 2
_MOST_ELEMENTS = 10_000
_CODECS = {"A_OPUS": "opus", "A_VORBIS": "vorbis", "A_FLAC": "flac", "A_MPEG/L3": "mp3"}


class _Element(NamedTuple):
    ident: int
    start: int
    end: int


class _Track(NamedTuple):
    kind: int
    codec: str
    rate: int
    channels: int


def matroska_head(source: Source, name: str) -> MediaHead:
    """What Info and Tracks say; raises Refusal where there is no track of sound or picture."""
    container, duration = "matroska", 0
    tracks: list[_Track] = []
    for element in _elements(source, 0, source.size):
        if element.ident == _HEADER:
            doctype = _text(source, _child(source, element, _DOCTYPE))
            container = "webm" if doctype == "webm" else container
        elif element.ident == _SEGMENT:
            for part in _elements(source, element.start, element.end):
                if part.ident == _INFO:
                    duration = _length(source, part)
                elif part.ident == _TRACKS:
                    entries = _elements(source, part.start, part.end)
                    tracks += [_track(source, one) for one in entries if one.ident == _ENTRY]
                elif part.ident == _CLUSTER:
                    break
            break
    sound = next((one for one in tracks if one.kind == _SOUND), None)
    video = any(one.kind == _VIDEO for one in tracks)
    if sound is None and not video:
        if not tracks:
            reason = "the file ends before its list of tracks"
            raise Refusal.of("audio_unknown", name, reason=reason)
        raise Refusal.of("audio_empty", name)
    codec, rate, channels = sound[1:] if sound is not None else ("", 0, 0)
    return MediaHead("video" if video else "audio", container, codec, duration, rate, channels)


def _number(source: Source, at: int, *, ident: bool) -> tuple[int, int]:
    """A number of EBML and how many bytes it took (0 where there is none); −1 is an unknown length."""
    raw = source.bytes_at(at, 8)
    if not raw or not raw[0]:
        return 0, 0
    width = 9 - raw[0].bit_length()
    if len(raw) < width:
        return 0, 0
    value = int.from_bytes(raw[:width], "big")
    if ident:
        return value, width
    value &= (1 << 7 * width) - 1
    return (-1 if value == (1 << 7 * width) - 1 else value), width


def _elements(source: Source, start: int, end: int) -> Iterator[_Element]:
    at = start
    for _ in range(_MOST_ELEMENTS):
        if at >= end:
            return
        ident, first = _number(source, at, ident=True)
        length, second = _number(source, at + first, ident=False)
        if not first or not second:
            return
        inner = at + first + second
        at = end if length < 0 else inner + length
        yield _Element(ident, inner, min(end, at))


def _child(source: Source, element: _Element, ident: int) -> _Element | None:
    inside = _elements(source, element.start, element.end)
    return next((one for one in inside if one.ident == ident), None)


def _raw(source: Source, element: _Element | None) -> bytes:
    if element is None or element.end - element.start > 1024:
        return b""
    return source.bytes_at(element.start, element.end - element.start)


def _text(source: Source, element: _Element | None) -> str:
    return _raw(source, element).rstrip(b"\0").decode("latin-1")


def _whole(source: Source, element: _Element | None) -> int:
    return int.from_bytes(_raw(source, element)[:8], "big")


def _float(source: Source, element: _Element | None) -> float:
    raw = _raw(source, element)
    form = {4: ">f", 8: ">d"}.get(len(raw))
    number: float = struct.unpack(form, raw)[0] if form else 0.0
    return number if math.isfinite(number) else 0.0


def _length(source: Source, info: _Element) -> int:
    """Microseconds: Duration counts in units of TimestampScale nanoseconds (a million by default)."""
    scale = _whole(source, _child(source, info, _SCALE)) or 1_000_000
    units = _float(source, _child(source, info, _DURATION))
    if not 0 < units < 1e18:
        return 0
    numerator, denominator = units.as_integer_ratio()
    return rounded(numerator * scale, denominator * 1000)


def _track(source: Source, entry: _Element) -> _Track:
    kind = _whole(source, _child(source, entry, _TYPE))
    codec = _text(source, _child(source, entry, _CODEC))
    audio = _child(source, entry, _AUDIO)
    rate, channels = 8000.0, 1  # the defaults of Matroska
    if audio is not None:
        rate = _float(source, _child(source, audio, _RATE)) or rate
        channels = _whole(source, _child(source, audio, _CHANNELS)) or channels
    known = "aac" if codec.startswith("A_AAC") else _CODECS.get(codec, codec)
    rate = rate if 0 < rate < 1e9 else 0.0
    return _Track(kind, known, round(rate), channels)
