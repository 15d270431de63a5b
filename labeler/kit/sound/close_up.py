"""Single samples round what is in sight, read by a thread of their own and kept until one goes away."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from labeler.api import Refusal
from labeler.kit.timeline.wave import Columns
from labeler.media.audio import AudioFile
from labeler.media.peaks import columns_of

__all__ = ["CloseUp"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_FINEST_PEAKS = 1024
"""Frames in a column from which peaks are exact to a quarter of a column."""
_MOST = 4 << 20
"""Frames that are kept at once."""
_ROOM = 0.5
"""How much more than asked for is read at each side, as a share of it."""


class CloseUp:
    """Answers from what is here, and reads what is not; ``take_news`` says that something came."""

    def __init__(self, audio: AudioFile) -> None:
        self._audio = audio
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
        return Columns(*columns_of(samples, start, edges))

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
