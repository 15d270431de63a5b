"""Sounds made for tests: clicks at known frames in a quiet hum, in any format libsndfile writes."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator

import numpy as np
import soundfile

CLICK = 0.9


def hum(frames: int, rate: int, clicks: Collection[int] = (), step: int = 30_000) -> Iterator:
    """Blocks of a hum with clicks: Vorbis must be written in blocks of less than 32,768."""
    for start in range(0, frames, step):
        at = np.arange(start, min(frames, start + step))
        block = (0.05 * np.sin(2 * np.pi * 220 / rate * at)).astype(np.float32)
        for click in clicks:
            if start <= click < start + len(block):
                block[click - start] = CLICK
        yield block


def encoded(
    frames: int,
    rate: int = 16_000,
    container: str = "WAV",
    codec: str = "PCM_16",
    clicks: Collection[int] = (),
    channels: int = 1,
    **more: object,
) -> bytes:
    """A file with the hum and its clicks, the same in all channels."""
    into = io.BytesIO()
    with soundfile.SoundFile(into, "w", rate, channels, codec, format=container, **more) as file:
        for block in hum(frames, rate, clicks):
            file.write(np.repeat(block[:, None], channels, axis=1))
    return into.getvalue()


def with_data_length(wav: bytes, length: int) -> bytes:
    """The WAV file with another length in the head of its data."""
    at = wav.index(b"data") + 4
    return wav[:at] + length.to_bytes(4, "little") + wav[at + 4 :]
