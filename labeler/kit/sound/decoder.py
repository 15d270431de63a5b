"""What only Qt decodes here: AAC, and the sound in MP4 and WebM, turned into plain samples.

Qt Multimedia is imported when the first such file is opened, never before.
"""

from __future__ import annotations

import contextlib
import ctypes
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QLibraryInfo, QTimer, QUrl

from labeler.api import Problem, Refusal
from labeler.api.media import MediaHead
from labeler.kit.sound.output import quiet_multimedia
from labeler.kit.sound.spool import Spool

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioBuffer, QAudioDecoder

__all__ = ["QtDecoder", "quiet_decoders"]

_SECOND = 1_000_000
_SILENT_LOG = -8
_LOOK_MS = 50
_PATIENCE = 400
"""How many looks nothing may come in before it is given up: 20 seconds."""

Told = Callable[[int, int], None]


def quiet_decoders() -> None:
    """Keep the decoders' own library from writing what it found in a file to the terminal."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    places = (folder, folder.parent / "bin", folder.parent.parent)
    for pattern in ("libavutil.*", "avutil*.dll"):
        for found in (one for place in places for one in place.glob(pattern)):
            with contextlib.suppress(OSError, AttributeError):
                ctypes.CDLL(str(found)).av_log_set_level(_SILENT_LOG)


class QtDecoder:
    """Decodes whole files into a ``Spool``, in whatever thread it is called; a ``Decoder``.

    ``told(done, total)`` hears of the progress in microseconds (a total of 0 is unknown),
    ``stopped()`` is asked now and then whether nobody wants the result any more.
    """

    def __init__(self, told: Told, stopped: Callable[[], bool]) -> None:
        self._told = told
        self._stopped = stopped

    def open(self, stream: BinaryIO, head: MediaHead, name: str) -> Spool:
        """All of the first sound track in the stream, which is closed.

        Where a track begins later than the picture there is silence before it, so that times are
        those of the file. Raises Refusal: ``audio_unknown``, ``audio_empty``, ``disk_full``.
        """
        with _as_file(stream) as path:
            return _Run(path, head, name, self._told, self._stopped).result()


@contextlib.contextmanager
def _as_file(stream: BinaryIO) -> Iterator[Path]:
    """The path of the file a stream reads, or of a copy of it that lives as long."""
    named = getattr(stream, "name", "")
    with contextlib.closing(stream):
        if isinstance(named, str) and named and Path(named).is_file():
            yield Path(named)
            return
        with tempfile.TemporaryDirectory(prefix="sound-") as folder:
            copy = Path(folder) / "medium"
            with copy.open("wb") as file:
                stream.seek(0)
                shutil.copyfileobj(stream, file, 1 << 20)
            yield copy


class _Run:
    """One file being decoded, with an event loop of its own."""

    def __init__(
        self, path: Path, head: MediaHead, name: str, told: Told, stopped: Callable[[], bool]
    ) -> None:
        self._path, self._head, self._name = path, head, name
        self._told, self._stopped = told, stopped
        self._spool: Spool | None = None
        self._refusal: Refusal | None = None
        self._ended = False
        self._quiet_looks = 0
        self._seen = -1

    def result(self) -> Spool:
        quiet_multimedia()
        try:
            from PySide6.QtMultimedia import QAudioDecoder
        except ImportError as error:
            raise Refusal.of("audio_unknown", self._name, reason=str(error)) from None
        decoder = QAudioDecoder()
        quiet_decoders()
        loop = QEventLoop()
        self._decoder: QAudioDecoder = decoder
        self._loop = loop
        decoder.bufferReady.connect(self._take)
        decoder.finished.connect(self._end)
        # The signal and the getter share a name.
        decoder.error.connect(self._fail)
        looks = QTimer()
        looks.setInterval(_LOOK_MS)
        looks.timeout.connect(self._look)
        decoder.setSource(QUrl.fromLocalFile(str(self._path)))
        decoder.start()
        looks.start()
        if not self._ended:  # an error may come before the loop has begun
            loop.exec()
        looks.stop()
        decoder.stop()
        del looks, decoder
        spool, self._spool = self._spool, None
        if self._refusal is None and (spool is None or not spool.frames):
            self._refusal = Refusal.of("audio_empty", self._name)
        if self._refusal is not None:
            if spool is not None:
                spool.close()
            raise self._refusal
        assert spool is not None
        return spool

    def _take(self) -> None:
        while self._refusal is None and self._decoder.bufferAvailable():
            buffer = self._decoder.read()
            if not buffer.isValid():
                return
            frames = samples_of(buffer)
            if self._spool is None:
                rate = buffer.format().sampleRate()
                self._spool = Spool(rate, frames.shape[1], self._name)
            try:
                self._append(self._spool, buffer.startTime(), frames)
            except OSError as error:
                self._stop(Refusal.of("disk_full", self._name, reason=str(error)))
            except Refusal as refusal:
                self._stop(refusal)

    def _append(self, spool: Spool, starts: int, frames: NDArray[np.float32]) -> None:
        if frames.shape[1] != spool.channels:
            raise Refusal.of("audio_unknown", self._name, reason="the channels change on the way")
        gap = round(starts * spool.rate / _SECOND) - spool.frames
        if spool.frames == 0 and gap < 0:
            # What an encoder put before the beginning.
            frames = frames[-gap:]
        elif gap > (0 if spool.frames == 0 else spool.rate // 20):
            # The track begins late, or a stretch of it is missing.
            if spool.frames:
                time = f"{spool.frames / spool.rate:.3f}"
                params: dict[str, str | int | float] = {"count": 1, "time": time}
                spool.note(Problem("audio_damaged", self._name, params))
            spool.silence(gap)
        spool.append(frames)

    def _look(self) -> None:
        if self._stopped():
            self._stop(Refusal.of("audio_unknown", self._name, reason="nobody waits for it"))
            return
        done = self._spool.frames if self._spool is not None else 0
        if self._spool is not None:
            self._told(self._spool.duration, self._head.duration)
        self._quiet_looks = 0 if done != self._seen else self._quiet_looks + 1
        self._seen = done
        if self._quiet_looks > _PATIENCE:
            self._stop(Refusal.of("audio_unknown", self._name, reason="the decoder says nothing"))

    def _fail(self) -> None:
        reason = self._decoder.errorString().rstrip(".") or "the decoder gave up"
        if self._spool is not None and self._spool.frames:
            # Cut or damaged at its end: what was decoded is there.
            told = f"{self._head.duration / _SECOND:.1f}"
            params = {"told": told, "found": f"{self._spool.duration / _SECOND:.1f}"}
            self._spool.note(Problem("audio_cut", self._name, params))
            self._end()
            return
        reason = reason[:1].lower() + reason[1:]
        self._stop(Refusal.of("audio_unknown", self._name, reason=reason))

    def _stop(self, refusal: Refusal) -> None:
        self._refusal = refusal
        self._end()

    def _end(self) -> None:
        self._ended = True
        self._loop.quit()


def samples_of(buffer: QAudioBuffer) -> NDArray[np.float32]:
    """A buffer's frames as floats, −1 to 1, (frames, channels)."""
    from PySide6.QtMultimedia import QAudioFormat

    kinds = QAudioFormat.SampleFormat
    kind, channels = buffer.format().sampleFormat(), max(1, buffer.format().channelCount())
    raw = bytes(buffer.constData())
    if kind == kinds.Float:
        floats = np.frombuffer(raw, np.float32).copy()
    elif kind == kinds.Int32:
        floats = (np.frombuffer(raw, np.int32) / 2147483648).astype(np.float32)
    elif kind == kinds.UInt8:
        floats = (np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / np.float32(128)
    else:
        floats = np.frombuffer(raw, np.int16).astype(np.float32) / np.float32(32768)
    whole = len(floats) // channels * channels
    found: NDArray[np.float32] = np.nan_to_num(floats[:whole].reshape(-1, channels))
    return found
