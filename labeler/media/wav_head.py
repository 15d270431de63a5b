"""The head of a WAV file, where it lies about its length: recorders that die leave a nought there."""

from __future__ import annotations

import struct

from labeler.media.source import Source
from labeler.model.problems import Problem

__all__ = ["mend_length"]

_UNKNOWN = 0x7FFFF000
"""Lengths from here on mean that the writer did not know: no file of that head is so long."""
_MOST_CHUNKS = 1000


def mend_length(source: Source, name: str) -> list[Problem]:
    """Have the source read the true length where its WAV head has none; what was wrong with it.

    A length past the end of the file is left to the decoder, which takes what is there.
    """
    if source.bytes_at(0, 4) != b"RIFF" or source.bytes_at(8, 4) != b"WAVE":
        return []
    at, bytes_a_second = 12, 0
    for _ in range(_MOST_CHUNKS):
        head = source.bytes_at(at, 8)
        if len(head) < 8:
            return []
        kind, length = struct.unpack("<4sI", head)
        if kind == b"fmt ":
            told = source.bytes_at(at + 16, 4)
            bytes_a_second = struct.unpack("<I", told)[0] if len(told) == 4 else 0
        if kind == b"data":
            return _mended(source, name, at, length, bytes_a_second)
        at += 8 + length + (length & 1)
    return []


def _mended(source: Source, name: str, at: int, told: int, rate: int) -> list[Problem]:
    there = source.size - at - 8
    if told == 0 and there > 0 and not _is_chunk(source, at + 8):
        source.patch(at + 4, struct.pack("<I", min(there, 0xFFFFFFFF)))
        return [Problem("audio_head", name)]
    if there < told < _UNKNOWN and rate:
        params = {"told": f"{told / rate:.1f}", "found": f"{there / rate:.1f}"}
        return [Problem("audio_cut", name, params)]
    return []


def _is_chunk(source: Source, at: int) -> bool:
    """Whether another chunk follows, which ends with the file or in it: then there is no sound."""
    head = source.bytes_at(at, 8)
    if len(head) < 8:
        return False
    kind, length = struct.unpack("<4sI", head)
    return bool(kind.isalnum() or kind.strip().isalnum()) and at + 8 + length <= source.size
