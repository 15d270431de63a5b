"""Single samples round what is in sight, read by a thread of their own and kept until one goes away."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from labeler.api import Refusal
from labeler.kit.timeline.wave import Columns
from labeler.media.audio import AudioFile
from labeler.media.peaks import Peaks, columns_of

__all__ = ["CloseUp"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_FINEST_PEAKS = 1024
"""Frames in a column from which peaks are exact to a quarter of a column."""
_WIDE = 256
"""Frames in a column from which its RMS is taken from the peaks: it is no place of anything."""
_MOST = 4 << 20
"""Frames that are kept at once."""
_ROOM = 0.5
"""How much more than asked for is read at each side, as a share of it."""


class CloseUp:
    """Answers from what is here, and reads what is not; ``take_news`` says that something came."""

    def __init__(self, audio: AudioFile, peaks: Peaks) -> None:
        self._audio = audio
        self._peaks = peaks
        self._changed = threading.Condition()
        self._wanted: tuple[int, int] | None = None
        self._here: tuple[int, Floats] = (0, np.zeros(0, np.float32))
        self._news = False
        self._closed = False
        self._thread: threading.Thread | None = None

    def columns(self, edges: Ints) -> Columns | None:
        """Exact columns; None where peaks will do, or the samples are not here yet."""
        first, last = max(0, int(edges[0])), min(self._audio.frames, int(edges[-1]))
        if (last - first) >= _FINEST_PEAKS * (len(edges) - 1) or last - first > _MOST:
            return None
        start, samples = self._here
        if not (start <= first and last <= start + len(samples)):
            self._want(first, last)
            return None
        if last - first < _WIDE * (len(edges) - 1):
            return Columns(*columns_of(samples, start, edges))
        return _extremes(samples, start, edges, self._peaks.columns(edges).rms)

    def samples(self, first: int, count: int) -> Floats | None:
        """These samples, fewer at the end; None where they are not here yet."""
        last = min(self._audio.frames, first + count)
        start, samples = self._here
        if not (start <= first and last <= start + len(samples)):
            self._want(first, last)
            return None
        return samples[first - start : max(first, last) - start]

    def take_news(self) -> bool:
        """Whether samples came since this was asked last."""
        news, self._news = self._news, False
        return news

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _want(self, first: int, last: int) -> None:
        room = int((last - first) * _ROOM) + 1024
        with self._changed:
            self._wanted = max(0, first - room), min(self._audio.frames, last + room)
            self._changed.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="close-up", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            with self._changed:
                while self._wanted is None and not self._closed:
                    self._changed.wait()
                if self._closed or self._wanted is None:
                    return
                first, last = self._wanted
                self._wanted = None
            try:
                frames = self._audio.read(first, last - first)
            except Refusal:
                # Closed or gone: what is drawn stays what the peaks say.
                return
            self._here = first, frames.mean(axis=1, dtype=np.float32)
            self._news = True


def _extremes(samples: Floats, start: int, edges: Ints, rms: Floats) -> Columns:
    """Least and greatest of each column from its samples; unknown where they end."""
    count = len(edges) - 1
    low, high = (np.full(count, np.nan, np.float32) for _ in range(2))
    places = np.clip(edges - start, 0, len(samples))
    filled = places[1:] > places[:-1]
    if filled.any():
        cuts = places[:-1][filled]
        within = samples[: places[1:][filled][-1]]
        low[filled] = np.minimum.reduceat(within, cuts)
        high[filled] = np.maximum.reduceat(within, cuts)
    return Columns(low, high, np.where(np.isnan(low), np.nan, rms).astype(np.float32))
