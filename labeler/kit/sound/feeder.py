"""What is played, as numbers: which samples in which order, and which of them is heard when.

No Qt and no device in here. The player asks a ``Feeder`` for frames; what it gives is what is heard, so
a test reads from it what a device would play.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from labeler.kit.sound.stretch import Stretcher

__all__ = ["Feeder", "PcmSource", "Plan", "Sliding"]

Floats = NDArray[np.float32]

_CHUNK_S = 0.25
"""Seconds read at once, so that a compressed file is read in order and not by leaps."""
_KEPT_S = 1.0


class PcmSource(Protocol):
    """Decoded sound that can be read from anywhere."""

    @property
    def rate(self) -> int:
        """Frames a second."""

    @property
    def channels(self) -> int:
        """Channels of each frame."""

    @property
    def frames(self) -> int:
        """How many frames there are."""

    def read(self, start: int, count: int) -> Floats:
        """Frames from ``start`` on, −1 to 1, as (frames, channels); fewer at the end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """From ``begin`` to before ``end`` in frames of the source, at ``speed`` times the normal.

    With ``again`` it starts over there, without end, after ``gap`` frames of silence each time.
    """

    begin: int
    end: int
    speed: float = 1.0
    again: int | None = None
    gap: int = 0

    @property
    def first(self) -> int:
        """Frames heard in the first round."""
        return self._heard(self.end - self.begin)

    @property
    def total(self) -> int | None:
        """Frames heard in all, None where it has no end."""
        return self.first if self.again is None else None

    def source_at(self, heard: float) -> float:
        """Which frame of the source is heard after so many frames; in a gap, the last one."""
        if heard <= self.first or self.again is None:
            return min(float(self.end), self.begin + heard * self.speed)
        heard -= self.first
        each = self._heard(self.end - self.again)
        heard %= max(1, self.gap + each)
        if heard < self.gap:
            return float(self.end) if heard > 0 else float(self.again)
        return min(float(self.end), self.again + (heard - self.gap) * self.speed)

    def rounds(self) -> Iterator[tuple[int, int]]:
        """(where it begins, silence before it) of each round."""
        yield self.begin, 0
        while self.again is not None and self.end > self.again:
            yield self.again, self.gap

    def _heard(self, frames: int) -> int:
        return max(0, ceil(frames / self.speed - 1e-9))


class Sliding:
    """Reads a source in order, in chunks, and keeps the last second of it."""

    def __init__(self, source: PcmSource) -> None:
        self._source = source
        self._chunk = max(1, round(source.rate * _CHUNK_S))
        self._kept = max(1, round(source.rate * _KEPT_S))
        self._first = 0
        self._data: Floats = np.zeros((0, source.channels), np.float32)

    def read(self, start: int, count: int) -> Floats:
        """Frames from ``start`` on; what lies outside the source is silence."""
        wanted: Floats = np.zeros((count, self._source.channels), np.float32)
        first, last = max(0, start), min(self._source.frames, start + count)
        if first < last:
            self._load(first, last)
            found = self._data[first - self._first : last - self._first]
            wanted[first - start : first - start + len(found)] = found
        return wanted

    def _load(self, first: int, last: int) -> None:
        end = self._first + len(self._data)
        if not self._first <= first <= end:
            self._first, end = first, first
            self._data = self._data[:0]
        parts = [self._data]
        while end < last:
            more = self._source.read(end, max(self._chunk, last - end))
            if not len(more):
                break
            parts.append(more)
            end += len(more)
        if len(parts) > 1:
            data = np.concatenate(parts)
            spare = max(0, min(len(data) - self._kept, first - self._first))
            self._data, self._first = data[spare:], self._first + spare


class Feeder:
    """Frames of a plan in the order in which they are heard, with the channels of a device.

    At normal speed they are the source's own samples, unchanged; slower and faster the pitch stays.
    More than two channels are heard as one on all that the device has.
    """

    def __init__(self, source: PcmSource, plan: Plan, channels: int | None = None) -> None:
        self.rate = source.rate
        self.channels = channels or min(2, source.channels)
        self.plan = plan
        self._sliding = Sliding(source)
        self._rounds = plan.rounds()
        self._silence = 0
        self._left = 0
        self._at = 0
        self._stretcher: Stretcher | None = None
        self._over = False
        self._next_round()

    @property
    def over(self) -> bool:
        """Whether everything was handed out."""
        return self._over

    def pull(self, count: int) -> Floats:
        """The next frames, as (frames, channels); fewer than asked for only at the end."""
        parts: list[Floats] = []
        while count > 0 and not self._over:
            if self._silence:
                length = min(count, self._silence)
                self._silence -= length
                parts.append(np.zeros((length, self.channels), np.float32))
            elif self._left:
                length = min(count, self._left)
                self._left -= length
                parts.append(self._mixed(self._sounding(length)))
            else:
                self._next_round()
                continue
            count -= length
        if not parts:
            return np.zeros((0, self.channels), np.float32)
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _next_round(self) -> None:
        found = next(self._rounds, None)
        if found is None or self.plan.end <= found[0]:
            self._over = True
            return
        begin, self._silence = found
        self._at = begin
        self._left = max(0, ceil((self.plan.end - begin) / self.plan.speed - 1e-9))
        if self.plan.speed != 1.0:
            self._stretcher = Stretcher(
                self._sliding.read, self.rate, begin, self.plan.end, self.plan.speed
            )

    def _sounding(self, length: int) -> Floats:
        if self._stretcher is not None:
            return self._stretcher.pull(length)
        found = self._sliding.read(self._at, length)
        self._at += length
        return found

    def _mixed(self, frames: Floats) -> Floats:
        have = frames.shape[1]
        if have == self.channels:
            return frames
        if have > 2 or self.channels == 1:
            frames = frames.mean(axis=1, keepdims=True, dtype=np.float32)
        elif have == 2:
            # A device with more than two loudspeakers: left and right where they belong.
            rest = np.zeros((len(frames), self.channels - 2), np.float32)
            return np.concatenate([frames, rest], axis=1)
        mixed: Floats = np.repeat(frames, self.channels, axis=1)
        return mixed
