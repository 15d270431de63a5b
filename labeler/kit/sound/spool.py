"""Decoded sound kept in a temporary file, to be read like a recording of whole numbers."""

from __future__ import annotations

import tempfile
import threading

import numpy as np
from numpy.typing import NDArray

from labeler.api import Problem, Refusal

__all__ = ["Spool"]

_SECOND = 1_000_000
_SAMPLE = 2
LARGEST_BYTES = 8 << 30
"""Twelve hours of two channels at 48 kHz are 8.3 GB."""


class Spool:
    """Sixteen-bit frames, first written in order, then read from anywhere; an ``AudioFile``.

    The file has no name where the system allows it, and is gone with the last handle.
    """

    def __init__(self, rate: int, channels: int, name: str = "") -> None:
        self.rate = rate
        self.channels = channels
        self.frames = 0
        self._name = name
        self._lock = threading.Lock()
        self._file = tempfile.TemporaryFile(prefix="sound-")  # noqa: SIM115 (closed by close)
        self._problems: list[Problem] = []

    @property
    def duration(self) -> int:
        """Microseconds, of all frames."""
        return round(self.frames * _SECOND / self.rate)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was not sound while it was decoded."""
        return tuple(self._problems)

    def note(self, problem: Problem) -> None:
        """Remember what was not sound."""
        self._problems.append(problem)

    def append(self, frames: NDArray[np.float32]) -> None:
        """Write the next frames, −1 to 1, as (frames, channels); raises OSError (a full disk), and
        Refusal ``audio_long`` beyond what a spool holds."""
        self._make_room(len(frames))
        scaled = np.rint(np.clip(frames, -1.0, 1.0) * np.float32(32767)).astype("<i2")
        self._file.write(scaled.tobytes())
        self.frames += len(frames)

    def silence(self, frames: int) -> None:
        """Write so many frames of silence: a hole in the file, for a stranger's may begin after years.

        Raises as ``append``.
        """
        self._make_room(frames)
        end = (self.frames + frames) * self.channels * _SAMPLE
        self._file.truncate(end)
        self._file.seek(end)
        self.frames += frames

    def _make_room(self, frames: int) -> None:
        if (self.frames + frames) * self.channels * _SAMPLE > LARGEST_BYTES:
            hours = LARGEST_BYTES // (3600 * self.rate * self.channels * _SAMPLE)
            raise Refusal.of("audio_long", self._name, hours=hours)

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Frames from ``start``, −1 to 1, as (frames, channels); fewer at the end."""
        floats: NDArray[np.float32] = self.read_int16(start, count).astype(np.float32)
        floats *= np.float32(1 / 32767)
        return floats

    def read_int16(self, start: int, count: int) -> NDArray[np.int16]:
        """The same as whole numbers."""
        start = max(0, start)
        count = max(0, min(count, self.frames - start))
        size = self.channels * _SAMPLE
        with self._lock:
            if self._file.closed:
                raise Refusal.of("file_unreadable", self._name, reason="it is closed")
            self._file.seek(start * size)
            raw = self._file.read(count * size)
        whole = len(raw) // size
        shorts: NDArray[np.int16] = np.frombuffer(raw, "<i2", whole * self.channels)
        return shorts.reshape(whole, self.channels)

    def close(self) -> None:
        """Close the file; twice is once."""
        with self._lock:
            self._file.close()
