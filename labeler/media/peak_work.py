"""Making the peaks of a recording in slices: first a sketch, then where somebody looks, then the rest."""

from __future__ import annotations

import time

import numpy as np

from labeler.media.audio import AudioFile, Shorts
from labeler.media.peaks import CHUNK, Peaks

__all__ = ["PeakWork"]

_WINDOWS = 2048
"""How many places the sketch reads; it takes them so that any beginning of them is spread evenly."""
_WINDOW = 512
"""Frames read at each place."""
_WINDOWS_A_SLICE = 64
_SKETCH_SECONDS = 0.2
"""A format in which every seek costs gets a coarser sketch; decoding all of it is not much longer."""


class PeakWork:
    """The work on one recording: ``step`` does a slice of it, a worker calls it until it is False.

    A slice is a few dozen milliseconds; whoever wants the work to stop does not call it again. The
    ``peaks`` can be looked at from another thread at any time. ``mixed`` makes one row of all
    channels, else each has its own.
    """

    def __init__(self, audio: AudioFile, *, mixed: bool = True) -> None:
        self._audio = audio
        self._mixed = mixed or audio.channels == 1
        self.peaks = Peaks(audio.rate, audio.frames, 1 if self._mixed else audio.channels)
        self._focus = 0, 0
        self._places = _spread(audio.frames) if audio.frames > _WINDOWS * _WINDOW else []
        self._read: list[tuple[int, Shorts]] = []
        self._spent = 0.0

    @property
    def sketched(self) -> bool:
        """Whether the sketch is there; a short recording needs none."""
        return not self._places

    @property
    def share(self) -> float:
        """How much of the recording is known in detail, 0 to 1."""
        known = self.peaks.known
        return float(known.mean()) if len(known) else 1.0

    def focus(self, start: int, end: int) -> None:
        """Take what lies nearest to these frames first; may be called from another thread."""
        self._focus = start, end

    def step(self) -> bool:
        """Do a slice; whether there is more to do. Raises Refusal where the file cannot be read."""
        if self._places:
            self._sketch()
            return True
        chunk = self._next()
        if chunk is None:
            return False
        frames = self._audio.read_int16(chunk * CHUNK, CHUNK)
        self.peaks.put(chunk, self._rows(frames))
        return not self.peaks.complete

    def _rows(self, frames: Shorts) -> Shorts:
        if not self._mixed or frames.shape[1] == 1:
            return frames
        # The mean of all channels: what one loudspeaker plays.
        total = frames.sum(axis=1, dtype=np.int32, keepdims=True)
        mean: Shorts = (total // frames.shape[1]).astype(np.int16)
        return mean

    def _next(self) -> int | None:
        """The unknown chunk nearest to the focus, the earlier one where two are as near."""
        unknown = np.flatnonzero(~self.peaks.known)
        if not len(unknown):
            return None
        start, end = self._focus
        first, last = start // CHUNK, max(start, end - 1) // CHUNK
        away = np.maximum(np.maximum(first - unknown, unknown - last), 0)
        return int(unknown[np.argmin(away)])

    def _sketch(self) -> None:
        began = time.perf_counter()
        slice_, self._places = self._places[:_WINDOWS_A_SLICE], self._places[_WINDOWS_A_SLICE:]
        for place in slice_:
            frames = self._rows(self._audio.read_int16(place, _WINDOW))
            if len(frames):
                squares = np.square(frames, dtype=np.float32).mean(axis=0)
                rms = np.minimum(np.rint(np.sqrt(squares)), 32767)
                three = np.stack([frames.min(axis=0), frames.max(axis=0), rms.astype(np.int16)])
                self._read.append((place + len(frames) // 2, three))
            if self._spent + time.perf_counter() - began > _SKETCH_SECONDS:
                self._places = []
                break
        self._spent += time.perf_counter() - began
        self._read.sort(key=lambda one: one[0])
        places = np.array([place for place, _ in self._read], np.int64)
        self.peaks.put_overview(places, np.stack([three for _, three in self._read], axis=2))
        if not self._places:
            self._read = []


def _spread(frames: int) -> list[int]:
    """Where the sketch reads, in bit-reversed order: 0, ½, ¼, ¾ …"""
    bits = _WINDOWS.bit_length() - 1
    turned = [int(f"{number:0{bits}b}"[::-1], 2) for number in range(_WINDOWS)]
    return [number * (frames - _WINDOW) // _WINDOWS for number in turned]
