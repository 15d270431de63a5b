"""Slower and faster at the same pitch: overlapped pieces of the sound, each laid where it fits best.

Waveform similarity overlap-add (W. Verhelst and M. Roelands, "An overlap-add technique based on
waveform similarity (WSOLA) for high quality time-scale modification of speech", ICASSP 1993): each
piece is taken near where time says it lies, shifted by up to a few milliseconds to where it continues
the sound before it most alike, and faded in over that continuation.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["Stretcher"]

Floats = NDArray[np.float32]

_HOP_S = 0.0125
"""Half a piece: long enough for the slowest voice's period, short enough for a plosive."""
_SEARCH_S = 0.008
_LIKE_RATE = 16_000
"""Samples a second that are compared; finer ones tell nothing about a voice's period."""


class Stretcher:
    """Plays a stretch of a source at another speed.

    ``read(start, count)`` gives frames as (frames, channels), silence outside. The first piece begins
    with the very sample at ``begin``; after n frames the sound of ``begin`` + n × ``speed`` is heard,
    give or take the search of 8 ms.
    """

    def __init__(
        self,
        read: Callable[[int, int], Floats],
        rate: int,
        begin: int,
        end: int,
        speed: float,
    ) -> None:
        self._read = read
        self._begin, self._end, self._speed = begin, end, speed
        self._hop = max(8, round(rate * _HOP_S))
        self._search = max(1, round(rate * _SEARCH_S))
        self._stride = max(1, rate // _LIKE_RATE)
        rise = 0.5 - 0.5 * np.cos(np.pi * (np.arange(self._hop) + 0.5) / self._hop)
        self._rise: Floats = rise.astype(np.float32)[:, None]
        self._piece = 0
        self._tail: Floats | None = None
        self._ready: Floats | None = None

    def pull(self, count: int) -> Floats:
        """The next ``count`` frames; whoever asks knows how many there are in all."""
        parts: list[Floats] = [] if self._ready is None else [self._ready]
        have = sum(len(part) for part in parts)
        while have < count:
            part = self._next_piece()
            parts.append(part)
            have += len(part)
        whole = parts[0] if len(parts) == 1 else np.concatenate(parts)
        self._ready = whole[count:]
        return whole[:count]

    def _within(self, start: int, count: int) -> Floats:
        """Frames of the stretch alone: what lies before or after it is not heard."""
        found = self._read(start, count)
        if start < self._begin:
            found[: self._begin - start] = 0
        if start + count > self._end:
            found[max(0, self._end - start) :] = 0
        return found

    def _next_piece(self) -> Floats:
        hop = self._hop
        wanted = self._begin + round(self._piece * hop * self._speed)
        self._piece += 1
        if self._tail is None:
            place = wanted
            head = self._within(place, hop)
            out = head
        else:
            place = self._best(wanted, self._tail)
            head = self._within(place, hop)
            out = self._tail + (head - self._tail) * self._rise
        self._tail = self._within(place + hop, hop)
        return out

    def _best(self, wanted: int, tail: Floats) -> int:
        """Where near ``wanted`` the sound goes on most like ``tail``, of what lies in the stretch."""
        first = max(self._begin, wanted - self._search)
        last = max(first, min(wanted + self._search, self._end - self._hop))
        around = self._within(first, last - first + self._hop).mean(axis=1)
        model = tail.mean(axis=1)
        stride = self._stride
        coarse = _likeness(around[::stride], model[::stride])
        best = int(np.argmax(coarse)) * stride
        if stride > 1:
            lowest = max(0, best - stride + 1)
            near = around[lowest : best + stride - 1 + self._hop]
            fine = _likeness(near, model)
            best = lowest + int(np.argmax(fine))
        return min(first + best, last)


def _likeness(around: NDArray[np.float32], model: NDArray[np.float32]) -> NDArray[np.float32]:
    """The normalised cross-correlation of ``model`` with every place in ``around``."""
    length = len(model)
    if len(around) <= length:
        return np.zeros(1, np.float32)
    products = np.correlate(around, model, "valid")
    squares = np.concatenate([[0.0], np.cumsum(np.square(around, dtype=np.float64))])
    energy = squares[length:] - squares[:-length]
    likeness: NDArray[np.float32] = (products / np.sqrt(energy + 1e-9)).astype(np.float32)
    return likeness
