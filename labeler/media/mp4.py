"""The head of an MP4, M4A or MOV file: its boxes down to the length and the sound's rate.

ISO/IEC 14496-12: a box is a length, a name of four letters and what is in it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from labeler.api.media import MediaHead
from labeler.media.microseconds import SECOND, rounded
from labeler.media.source import Source
from labeler.model.problems import Refusal

__all__ = ["mp4_head"]

_MOST_BOXES = 10_000
_UNKNOWN = {0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}
_CODECS = {b"mp4a": "aac", b"Opus": "opus", b"alac": "alac", b"fLaC": "flac", b".mp3": "mp3"}


class _Box(NamedTuple):
    name: bytes
    start: int
    end: int


def mp4_head(source: Source, name: str) -> MediaHead:
    """What the sound's track and ``mvhd`` say; raises Refusal where there is no ``moov`` or no track."""
    movie = next((box for box in _boxes(source, 0, source.size) if box.name == b"moov"), None)
    if movie is None:
        reason = "the file ends before its table of contents (moov)"
        raise Refusal.of("audio_unknown", name, reason=reason)
    heard = duration = longest = video = sound = rate = channels = 0
    codec = ""
    for box in _boxes(source, movie.start, movie.end):
        if box.name == b"mvhd":
            duration = _duration(source, box)
        elif box.name == b"trak":
            kind, length = _track(source, box)
            if kind == b"vide":
                video += 1
            elif kind == b"soun" and not sound:
                sound = 1
                heard = length
                codec, rate, channels = _sound(source, box)
            longest = max(longest, length)
    if not sound and not video:
        raise Refusal.of("audio_empty", name)
    # Other tracks may go on after the sound has ended, and nobody speaks there.
    length = heard or duration or longest
    return MediaHead("video" if video else "audio", "mp4", codec, length, rate, channels)


def _boxes(source: Source, start: int, end: int) -> Iterator[_Box]:
    at = start
    for _ in range(_MOST_BOXES):
        head = source.bytes_at(at, 16) if at + 8 <= end else b""
        if len(head) < 8:
            return
        length, name = struct.unpack(">I4s", head[:8])
        inner = at + 8
        if length == 1 and len(head) == 16:
            length, inner = struct.unpack(">Q", head[8:])[0], at + 16
        elif length == 0:
            length = end - at
        if length < inner - at:
            return
        yield _Box(name, inner, min(end, at + length))
        at += length


def _inside(source: Source, box: _Box, *path: bytes) -> _Box | None:
    """The first box of each name inside the one before."""
    for name in path:
        found = next((one for one in _boxes(source, box.start, box.end) if one.name == name), None)
        if found is None:
            return None
        box = found
    return box


def _duration(source: Source, box: _Box) -> int:
    """Microseconds that ``mvhd`` or ``mdhd`` tell of; 0 where they do not know."""
    raw = source.bytes_at(box.start, 32)
    form = ">IQ" if raw[:1] == b"\x01" else ">II"
    at = 20 if raw[:1] == b"\x01" else 12
    if len(raw) < at + struct.calcsize(form):
        return 0
    scale, length = struct.unpack_from(form, raw, at)
    return 0 if not scale or length in _UNKNOWN else rounded(length * SECOND, scale)


def _track(source: Source, track: _Box) -> tuple[bytes, int]:
    """What kind of track it is, and how long."""
    handler = _inside(source, track, b"mdia", b"hdlr")
    head = _inside(source, track, b"mdia", b"mdhd")
    kind = source.bytes_at(handler.start + 8, 4) if handler is not None else b""
    return kind, _duration(source, head) if head is not None else 0


def _sound(source: Source, track: _Box) -> tuple[str, int, int]:
    """Codec, rate and channels of a track of sound, from its first sample description."""
    table = _inside(source, track, b"mdia", b"minf", b"stbl", b"stsd")
    raw = source.bytes_at(table.start, 8 + 36) if table is not None else b""
    if len(raw) < 44:
        return "", 0, 0
    name, channels = raw[12:16], struct.unpack_from(">H", raw, 8 + 24)[0]
    rate = struct.unpack_from(">I", raw, 8 + 32)[0] >> 16
    return _CODECS.get(name, name.decode("latin-1").strip()), rate, channels
