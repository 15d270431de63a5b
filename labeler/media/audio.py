"""Sound, frame by frame: any stretch of a recording, exactly where it is, as far as it can be decoded."""

from __future__ import annotations

import threading
from typing import Any, BinaryIO, Literal, Protocol

import numpy as np
import soundfile
from numpy.typing import NDArray

from labeler.api.media import MediaHead
from labeler.media.microseconds import MOST_FRAMES, from_frames
from labeler.media.probe import probe
from labeler.media.source import Source
from labeler.media.wav_head import mend_length
from labeler.model.problems import Problem, Refusal

__all__ = ["AudioFile", "Decoder", "Floats", "Shorts", "open_audio"]

Floats = NDArray[np.float32]
Shorts = NDArray[np.int16]

_PREROLL = {"MPEG_LAYER_I": 24, "MPEG_LAYER_II": 24, "MPEG_LAYER_III": 24}
"""Frames of 1,152 samples decoded ahead of a place: a frame of MP3 leans on those before it."""
_OPUS_PREROLL = 0.1
"""Seconds: after 80 ms an Opus decoder has forgotten where it began (RFC 7845, section 4.6)."""
_WHOLE_NUMBERS = frozenset({"PCM_S8", "PCM_U8", "PCM_16", "PCM_24", "PCM_32", "ULAW", "ALAW"})
"""What libsndfile gives as 16-bit numbers itself; of floats it would give noughts."""
_NEVER_SHORT = frozenset({"WAV", "WAVEX", "RF64", "AIFF", "AU", "RAW"})
"""Containers whose length libsndfile takes from the file where the head promises more."""
_LARGEST_PAGE = 65_307
"""Bytes of a page of Ogg, its head included (RFC 3533, section 6)."""
_PADDING = 0.1
"""Seconds by which a head may tell too much: what an encoder adds at both ends."""
_SMALLEST = 4096
"""Frames: a stretch that cannot be decoded is made silent in pieces no smaller."""


class AudioFile(Protocol):
    """A recording that is open for reading, from any one thread at a time.

    ``rate`` is in frames a second; a frame has a sample for each of ``channels``; ``frames`` is how
    many there are to be read, whatever the head says.
    """

    @property
    def rate(self) -> int:
        """Frames a second."""

    @property
    def channels(self) -> int:
        """Samples in a frame."""

    @property
    def frames(self) -> int:
        """How many frames there are."""

    @property
    def duration(self) -> int:
        """Microseconds, of all frames."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the file is not sound, as far as it has been met."""

    def read(self, start: int, count: int) -> Floats:
        """Frames from ``start``, at most ``count`` and fewer at the end only, as (frames, channels).

        Samples are −1 to 1, more where a file of floats has more. What cannot be decoded is silent.
        Raises Refusal where the file cannot be read any more.
        """

    def read_int16(self, start: int, count: int) -> Shorts:
        """The same as whole numbers from −32,768 to 32,767; what is louder is cut off there."""

    def close(self) -> None:
        """Close the file; twice is once."""


class Decoder(Protocol):
    """Opens what only another decoder reads (AAC, and sound in MP4 and WebM); the app hands it in."""

    def open(self, stream: BinaryIO, head: MediaHead, name: str) -> AudioFile:
        """The recording in the stream, which it closes in the end; raises Refusal."""


def open_audio(stream: BinaryIO, name: str = "", decoder: Decoder | None = None) -> AudioFile:
    """Open the recording in a seekable stream; closing it closes the stream.

    ``name`` is the place in messages. WAV, FLAC, OGG, Opus, MP3, AIFF and their like are read here;
    what else has a head we know goes to ``decoder``. Raises Refusal with the reason: ``audio_unknown``
    (nobody here decodes it), ``audio_empty`` (no sound in it), ``file_unreadable``.
    """
    try:
        return _opened(stream, name, decoder)
    except BaseException:
        stream.close()
        raise


def _opened(stream: BinaryIO, name: str, decoder: Decoder | None) -> AudioFile:
    try:
        source = Source(stream)
        problems = mend_length(source, name)
    except OSError as error:
        raise _unreadable(error, name) from None
    if not source.size:
        raise Refusal.of("audio_empty", name)
    try:
        return SoundFileAudio(source, name, problems)
    except soundfile.LibsndfileError as error:
        if source.error is not None:
            raise _unreadable(source.error, name) from None
        reason = _reason(error)
    stream.seek(0)
    try:
        head = probe(stream, name)
    except Refusal:
        raise Refusal.of("audio_unknown", name, reason=reason) from None
    if decoder is None or head.container in ("wav", "flac", "ogg"):
        known = f"{head.codec or 'sound'} in {head.container}" if decoder is None else reason
        raise Refusal.of("audio_unknown", name, reason=known)
    stream.seek(0)
    return decoder.open(stream, head, name)


def _reason(error: soundfile.LibsndfileError) -> str:
    told = str(error.error_string).rstrip(".")
    told = told.removeprefix("Error : ").removeprefix("Internal error : ")
    return told[:1].lower() + told[1:]


def _unreadable(error: OSError, name: str) -> Refusal:
    code = "file_permission" if isinstance(error, PermissionError) else "file_unreadable"
    return Refusal.of(code, name, reason=error.strerror or str(error) or type(error).__name__)


class _Straight(soundfile.SoundFile):  # type: ignore[misc]
    """Reads on from where it is.

    soundfile seeks after each reading to the place it has reached. In MP3 and Opus a seek forgets
    what went before, and so does one in the last page of Vorbis: every reading would begin with a
    fault, and with a search.
    """

    def seekable(self) -> bool:
        """False, so that only we seek; ``seek`` itself does not ask."""
        return False


class SoundFileAudio:
    """What libsndfile reads. A place is found by its number of frames, never by a guess of bytes."""

    def __init__(self, source: Source, name: str, problems: list[Problem]) -> None:
        self._source = source
        self._name = name
        self._lock = threading.Lock()
        self._file = self._fresh()
        self._at = 0
        file = self._file
        self.rate: int = file.samplerate
        self.channels: int = file.channels
        self._native = file.subtype in _WHOLE_NUMBERS
        self._preroll = _preroll(file)
        self._last_page = _last_page(source) if file.subtype == "VORBIS" else None
        self._told: int = file.frames
        self.frames = self._told if file.format in _NEVER_SHORT else self._sound_frames()
        self._problems = problems
        if self.frames < self._told - _PADDING * self.rate and self._told < MOST_FRAMES:
            told, found = self._told / self.rate, self.frames / self.rate
            params = {"told": f"{told:.1f}", "found": f"{found:.1f}"}
            problems.append(Problem("audio_cut", name, params))
        self._silent: list[tuple[int, int]] = []
        if self.frames <= 0:
            raise Refusal.of("audio_empty", name)

    @property
    def duration(self) -> int:
        """Microseconds, of all frames."""
        return from_frames(self.frames, self.rate)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the file is not sound, as far as it has been met."""
        found = list(self._problems)
        if self._silent:
            first = min(start for start, _ in self._silent) / self.rate
            params: dict[str, str | int | float] = {"count": len(self._silent)}
            params["time"] = f"{first:.3f}"
            found.append(Problem("audio_damaged", self._name, params))
        return tuple(found)

    def read(self, start: int, count: int) -> Floats:
        """Frames from ``start`` as floats, see AudioFile."""
        floats: Floats = self._frames(start, count, "float32")
        return np.nan_to_num(floats, copy=False, nan=0.0, posinf=1.0, neginf=-1.0)

    def read_int16(self, start: int, count: int) -> Shorts:
        """Frames from ``start`` as whole numbers, see AudioFile."""
        if self._native:
            shorts: Shorts = self._frames(start, count, "int16")
            return shorts
        scaled = self.read(start, count) * np.float32(32768)
        np.rint(scaled, out=scaled)
        return np.clip(scaled, -32768, 32767, out=scaled).astype(np.int16)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()
            self._source.close()

    def _fresh(self) -> _Straight:
        self._source.seek(0)
        return _Straight(self._source)

    def _sound_frames(self) -> int:
        """How many frames can be read: all, or as far as a file that was cut goes."""
        if self._told <= 0 or self._reaches(self._told - 1):
            return self._told
        tail = min(self._told, 2 * self.rate)
        there = self._readable(self._told - tail, tail) if self._told < MOST_FRAMES else 0
        if there:  # a little less, as in most MP3: found at once, for each search there costs
            return self._told - tail + there
        sound, silent = 0, self._told - 1  # frames before ``sound`` are there, ``silent`` is not
        while sound < silent:
            middle = (sound + silent) // 2
            if self._reaches(middle):
                sound = middle + 1
            else:
                silent = middle
        return sound

    def _reaches(self, frame: int) -> bool:
        """Whether this frame can be read."""
        return self._readable(frame, 1) == 1

    def _readable(self, frame: int, count: int) -> int:
        """How many frames can be read from here, by a decoder that has met no fault before."""
        try:
            self._file.seek(frame)
            there = len(self._file.read(count, dtype="float32"))
        except soundfile.LibsndfileError:
            there = 0
        if there < count:
            self._reopen()
        self._at = -1
        return there

    def _reopen(self) -> None:
        self._file.close()
        self._file = self._fresh()
        self._at = 0

    def _frames(self, start: int, count: int, kind: Literal["float32", "int16"]) -> Any:
        start = max(0, start)
        count = max(0, min(count, self.frames - start))
        with self._lock:
            if self._file.closed:
                raise Refusal.of("file_unreadable", self._name, reason="it is closed")
            if not count:
                return np.zeros((0, self.channels), kind)
            try:
                return self._stretch(start, count, kind)
            except soundfile.LibsndfileError as error:  # it opened before; the file has changed
                raise Refusal.of("file_unreadable", self._name, reason=_reason(error)) from None

    def _stretch(self, start: int, count: int, kind: Literal["float32", "int16"]) -> Any:
        """Exactly these frames; halved until what cannot be decoded is small, that is silent."""
        frames = self._decoded(start, count, kind)
        if frames is not None and len(frames) == count:
            return frames
        if self._source.error is not None:
            raise _unreadable(self._source.error, self._name)
        self._reopen()
        if count <= _SMALLEST:
            self._note(start, start + count)
            return np.zeros((count, self.channels), kind)
        half = count // 2
        first = self._stretch(start, half, kind)
        return np.concatenate([first, self._stretch(start + half, count - half, kind)])

    def _decoded(self, start: int, count: int, kind: Literal["float32", "int16"]) -> Any:
        before = 0
        try:
            if self._at != start:
                # What a format leans on is read in one go with what is wanted.
                before = min(self._preroll, start)
                if self._last_page is not None and start >= self._last_page:
                    before = start - max(0, self._last_page - _SMALLEST)
                self._at = -1
                self._file.seek(start - before)
            frames = self._file.read(before + count, dtype=kind, always_2d=True)[before:]
        except soundfile.LibsndfileError:
            return None
        self._at = start + len(frames)
        return frames

    def _note(self, start: int, end: int) -> None:
        """Remember a silent stretch, joined with one that it touches."""
        for number, (first, last) in enumerate(self._silent):
            if start <= last and first <= end:
                self._silent[number] = min(first, start), max(last, end)
                return
        self._silent.append((start, end))


def _preroll(file: soundfile.SoundFile) -> int:
    if file.subtype == "OPUS":
        return int(file.samplerate * _OPUS_PREROLL)
    return _PREROLL.get(file.subtype, 0) * 1152


def _last_page(source: Source) -> int:
    """The frame the last page of an Ogg stream begins with, about.

    libsndfile 1.2 seeks wrongly inside the last page of Vorbis, by as much as its padding; from the
    page before it reads right.
    """
    size = min(source.size, 2 * _LARGEST_PAGE)
    tail = source.bytes_at(source.size - size, size)
    ends = []
    at = tail.find(b"OggS")
    while 0 <= at <= len(tail) - 14:
        ends.append(int.from_bytes(tail[at + 6 : at + 14], "little", signed=True))
        at = tail.find(b"OggS", at + 4)
    return ends[-2] if len(ends) > 1 and ends[-2] >= 0 else 0
