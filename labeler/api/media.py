"""What the head of a media file says, before anything is decoded."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Literal

import msgspec

__all__ = ["MediaHead", "Probe"]


class MediaHead(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a file's head says of it; 0 is unknown.

    ``kind`` is what is to be shown: a video's picture, or sound alone. ``container`` names the
    format of the file (``wav``, ``flac``, ``ogg``, ``mp3``, ``mp4``, ``webm`` …), ``codec`` that of
    the sound in it as far as it is told. ``duration`` is in microseconds, ``rate`` in samples a
    second.
    """

    kind: Literal["audio", "video"]
    container: str
    codec: str = ""
    duration: int = 0
    rate: int = 0
    channels: int = 0


Probe = Callable[[BinaryIO], MediaHead]
"""Looks at the head of a seekable stream; raises Refusal with the reason where it is no such file."""
