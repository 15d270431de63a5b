"""A recording being opened: its sound for the player, its wave as far as it is known, in threads.

Threads open the file, make the peaks in slices and read single samples; the UI thread looks in now and
then and says what is new. Nothing here waits for a thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from labeler.api import Problem, Refusal
from labeler.kit.sound.close_up import CloseUp
from labeler.kit.timeline.wave import Columns
from labeler.media.audio import AudioFile, open_audio
from labeler.media.peak_cache import PeakCache, cache_folder, medium_key
from labeler.media.peak_work import PeakWork
from labeler.media.peaks import Peaks

__all__ = ["Recording"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_LOOK_MS = 15
_KEEP_FROM = 60 * 48_000
"""Frames from which peaks are worth keeping: shorter ones are made again sooner than found."""


class _Work:
    """What the thread and the UI share; the thread writes, the UI reads, and sets ``stop``."""

    def __init__(self, openers: list[BinaryIO], name: str, cache: PeakCache | None) -> None:
        self.streams = openers
        self.name = name
        self.cache = cache
        self.stop = threading.Event()
        self.audio: AudioFile | None = None
        self.close_audio: AudioFile | None = None
        self.peaks: Peaks | None = None
        self.work: PeakWork | None = None
        self.refused: Problem | None = None
        self.decoded: tuple[int, int] | None = None
        self.version = 0
        self.over = False

    def run(self) -> None:
        """Open, then make peaks until all are there or nobody wants them."""
        found: list[AudioFile] = []
        try:
            key = medium_key(self.streams[0]) if self.cache is not None else ""
            self._open(found)
            self._peaks(found[-1], key)
        except Refusal as refusal:
            self.refused = refusal.problem
        except MemoryError:
            self.refused = Problem("audio_unknown", self.name, {"reason": "not enough memory"})
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.refused = Problem("file_unreadable", self.name, {"reason": reason})
        finally:
            for stream in self.streams:
                stream.close()
            # The first two are read by others; who stops the work closes them, if they were there then.
            for audio in found if self.stop.is_set() else found[2:]:
                audio.close()
            self.over = True
            self.version += 1

    def _open(self, found: list[AudioFile]) -> None:
        from labeler.kit.sound.decoder import QtDecoder

        first = open_audio(self.streams.pop(), self.name, QtDecoder(self._told, self.stop.is_set))
        found.append(first)
        if self.stop.is_set():
            first.close()
            raise Refusal.of("audio_unknown", self.name, reason="nobody waits for it")
        if hasattr(first, "append"):
            # Decoded samples are found at once, whoever asks.
            found.extend([first, first])
            del found[2:]
        else:
            found.extend(open_audio(self.streams.pop(), self.name) for _ in range(2))
        self.close_audio = found[1]
        self.audio = first
        self.version += 1

    def _told(self, done: int, total: int) -> None:
        self.decoded = done, total
        self.version += 1

    def _peaks(self, audio: AudioFile, key: str) -> None:
        if self.cache is not None and audio.frames >= _KEEP_FROM:
            peaks = self.cache.load(key, audio.rate, audio.frames)
            if peaks is not None:
                self.peaks = peaks
                self.version += 1
                return
        self.work = PeakWork(audio)
        self.peaks = self.work.peaks
        more = True
        while more and not self.stop.is_set():
            more = self.work.step()
            self.version += 1
        if not more and self.cache is not None and audio.frames >= _KEEP_FROM:
            self.cache.store(key, self.peaks)


class Recording(QObject):
    """One medium. ``open_stream`` gives its bytes, each time from the beginning; called on the UI thread.

    ``opened`` fires when it can be played, ``refused`` carries the Problem where it cannot be,
    ``decoding`` (done, total in microseconds) while it is turned into samples first, ``grew`` whenever
    more of the wave is known. It is a ``WaveSource``.
    """

    opened = Signal()
    refused = Signal(object)
    decoding = Signal(object, object)
    grew = Signal()

    def __init__(
        self,
        open_stream: Callable[[], BinaryIO],
        name: str,
        *,
        cache: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_stream = open_stream
        self._name = name
        self._cache = PeakCache(cache_folder()) if cache else None
        self._work: _Work | None = None
        self._close_up: CloseUp | None = None
        self._seen = 0
        self._was_open = False
        self._problem: Problem | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def audio(self) -> AudioFile | None:
        """The sound, for the player alone; None until ``opened``."""
        return self._work.audio if self._work is not None and self._was_open else None

    @property
    def problem(self) -> Problem | None:
        """Why it cannot be opened, once that is known."""
        return self._problem

    @property
    def complete(self) -> bool:
        """Whether all of the wave is known."""
        peaks = self._work.peaks if self._work is not None else None
        return peaks is not None and peaks.complete

    @property
    def loudest(self) -> float:
        """The greatest sample as far as it is known, 0 to 1."""
        work = self._work
        if work is None or work.peaks is None:
            return 0.0
        whole = work.peaks.columns(np.linspace(0, work.peaks.frames, 257).astype(np.int64))
        known = ~np.isnan(whole.high)
        if not known.any():
            return 0.0
        return float(max(whole.high[known].max(), -whole.low[known].min()))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the file is not sound, as far as it is known."""
        return self.audio.problems if self.audio is not None else ()

    def start(self) -> None:
        """Begin to open it; ``refused`` comes in time for whoever connects after this."""
        streams: list[BinaryIO] = []
        try:
            # One to play, one to make peaks from, one for close looks: each has its own place.
            for _ in range(3):
                streams.append(self._open_stream())
        except Refusal as refusal:
            for stream in streams:
                stream.close()
            self._problem = refusal.problem
            QTimer.singleShot(0, self, self._tell_refusal)
            return
        self._work = _Work(streams, self._name, self._cache)
        threading.Thread(target=self._work.run, name="recording", daemon=True).start()
        self._timer.start()

    def focus(self, start: int, end: int) -> None:
        """Know this stretch (microseconds) of the wave first."""
        work = self._work.work if self._work is not None else None
        if work is not None and self.audio is not None:
            rate = self.audio.rate
            work.focus(start * rate // 1_000_000, end * rate // 1_000_000)

    def close(self) -> None:
        """Let go of it; threads end at their next slice."""
        self._timer.stop()
        if self._close_up is not None:
            self._close_up.close()
            self._close_up = None
        work, self._work = self._work, None
        if work is not None:
            work.stop.set()
            for audio in (work.audio, work.close_audio):
                if audio is not None:
                    audio.close()

    # the wave

    def columns(self, edges: Ints) -> Columns:
        """Columns of the wave: exact where single samples are needed and here, else from the peaks."""
        if self._close_up is not None and len(edges) > 1:
            found = self._close_up.columns(edges)
            if found is not None:
                return found
        peaks = self._work.peaks if self._work is not None else None
        if peaks is None:
            nothing = np.full(max(0, len(edges) - 1), np.nan, np.float32)
            return Columns(nothing, nothing, nothing)
        return Columns(*peaks.columns(edges))

    def samples(self, start: int, count: int) -> Floats | None:
        """Single samples, all channels as one; None where they are not here yet."""
        return self._close_up.samples(start, count) if self._close_up is not None else None

    def _look(self) -> None:
        work = self._work
        if work is None:
            return
        close_up = self._close_up is not None and self._close_up.take_news()
        if work.version != self._seen:
            self._seen = work.version
            self._tell(work)
        elif close_up:
            self.grew.emit()

    def _tell_refusal(self) -> None:
        self.refused.emit(self._problem)

    def _tell(self, work: _Work) -> None:
        if work.audio is not None and work.peaks is not None and not self._was_open:
            self._was_open = True
            assert work.close_audio is not None
            self._close_up = CloseUp(work.close_audio, work.peaks)
            self.opened.emit()
        if work.refused is not None and not self._was_open:
            self._timer.stop()
            self._problem = work.refused
            self._tell_refusal()
        elif work.audio is None and work.decoded is not None:
            self.decoding.emit(*work.decoded)
        else:
            self.grew.emit()
