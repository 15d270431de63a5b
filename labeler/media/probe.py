"""What a media file is and how long, by its head alone: nothing of its sound or picture is decoded."""

from __future__ import annotations

from typing import BinaryIO

from labeler.api.media import MediaHead
from labeler.media.matroska import matroska_head
from labeler.media.microseconds import MOST_FRAMES, from_frames
from labeler.media.mp4 import mp4_head
from labeler.media.source import Source
from labeler.media.wav_head import mend_length
from labeler.model.problems import Refusal

__all__ = ["probe"]

_CONTAINERS = {"WAV": "wav", "WAVEX": "wav", "RF64": "wav", "FLAC": "flac", "OGG": "ogg"}
_CODECS = {"VORBIS": "vorbis", "OPUS": "opus"}


def probe(stream: BinaryIO, name: str = "") -> MediaHead:
    """What the head says; the stream is left anywhere and open.

    ``name`` is the place in messages. Raises Refusal: ``audio_empty`` (no bytes, or no sound),
    ``audio_unknown`` (not a media file, or one whose head is broken), ``file_unreadable``.
    """
    try:
        source = Source(stream)
        head = source.bytes_at(0, 64)
        if not source.size:
            raise Refusal.of("audio_empty", name)
        if head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"):
            return mp4_head(source, name)
        if head.startswith(b"\x1aE\xdf\xa3"):
            return matroska_head(source, name)
        if _is_adts(head):
            return MediaHead("audio", "aac", "aac")
        return _sound_head(source, name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal.of("file_unreadable", name, reason=reason) from None


def _is_adts(head: bytes) -> bool:
    """Whether the bytes begin a frame of AAC without container: its head has layer 0, MP3's has not."""
    return len(head) > 6 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0


def _sound_head(source: Source, name: str) -> MediaHead:
    import soundfile  # 60 ms to load with numpy: not before it is needed

    mend_length(source, name)
    source.seek(0)
    try:
        with soundfile.SoundFile(source) as file:
            frames, rate = file.frames, file.samplerate
            container = _CONTAINERS.get(file.format, file.format.lower())
            codec = _CODECS.get(file.subtype, "mp3" if container == "mp3" else "pcm")
            channels = file.channels
    except soundfile.LibsndfileError as error:
        if source.error is not None:
            raise source.error from None
        reason = str(error.error_string).rstrip(".").lower()
        raise Refusal.of("audio_unknown", name, reason=reason) from None
    if frames <= 0:
        raise Refusal.of("audio_empty", name)
    duration = from_frames(frames, rate) if frames < MOST_FRAMES else 0
    return MediaHead("audio", container, codec, duration, rate, channels)
