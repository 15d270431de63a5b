"""Peaks kept from one opening to the next: files of this machine, bounded, checked, disposable."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import numpy as np

from labeler.media.peaks import Peaks

__all__ = ["PeakCache", "cache_folder", "medium_key"]

_MAGIC = b"PEAKS\r\n\x01"
"""The last byte is the version of the format; another one is made anew."""
_HEAD = struct.Struct("<8sIQII16s")
_PIECE = 4096
_LIMIT = 512 << 20
_ENDING = ".peaks"


def cache_folder() -> Path:
    """Where this machine keeps peaks: a folder that anybody may empty at any time."""
    from platformdirs import user_cache_path  # 12 ms to load

    from labeler.assets import brand

    return user_cache_path(brand().id, appauthor=False) / "peaks"


def medium_key(stream: BinaryIO) -> str:
    """What names a medium by its content: of its size and its first, middle and last 4 KiB."""
    size = stream.seek(0, io.SEEK_END)
    hasher = blake2b(str(size).encode(), digest_size=16)
    for at in (0, max(0, size // 2 - _PIECE // 2), max(0, size - _PIECE)):
        stream.seek(at)
        hasher.update(stream.read(_PIECE))
    stream.seek(0)
    return hasher.hexdigest()


class PeakCache:
    """Whole pyramids by the key of their medium, in ``folder``, together at most ``limit`` bytes.

    Nothing here fails loudly: what cannot be read or is damaged is made again, what cannot be
    written is not kept.
    """

    def __init__(self, folder: Path, limit: int = _LIMIT) -> None:
        self._folder = folder
        self._limit = limit

    def _path(self, key: str, rows: int) -> Path:
        return self._folder / f"{key}-{rows}{_ENDING}"

    def load(self, key: str, rate: int, frames: int, rows: int = 1) -> Peaks | None:
        """The peaks of a recording of this rate and length, or None; a damaged file is removed."""
        path = self._path(key, rows)
        try:
            raw = path.read_bytes()
        except OSError:
            return None
        peaks = _decoded(raw, rate, frames, rows)
        with contextlib.suppress(OSError):
            if peaks is None:
                path.unlink()
            else:
                os.utime(path)  # the oldest by use goes first
        return peaks

    def store(self, key: str, peaks: Peaks) -> bool:
        """Keep peaks that are complete; whether they are kept."""
        if not peaks.complete:
            return False
        finest = peaks.levels[0]
        body = b"".join(
            one.astype("<i2").tobytes() for one in (finest.low, finest.high, finest.rms)
        )
        seal = blake2b(body, digest_size=16).digest()
        head = _HEAD.pack(_MAGIC, peaks.rate, peaks.frames, peaks.rows, peaks.base, seal)
        if len(head) + len(body) > self._limit:
            return False
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                making = Path(file.name)
                try:
                    file.write(head + body)
                    file.close()
                    making.replace(self._path(key, peaks.rows))
                except OSError:
                    making.unlink(missing_ok=True)
                    raise
            self._evict()
        except OSError:
            return False
        return True

    def _evict(self) -> None:
        """Remove what was used longest ago until the rest fits."""
        kept = []
        for path in self._folder.glob(f"*{_ENDING}"):
            with contextlib.suppress(OSError):  # another process was faster
                told = path.stat()
                kept.append((told.st_mtime_ns, told.st_size, path))
        total = sum(size for _, size, _ in kept)
        for _, size, path in sorted(kept):
            if total <= self._limit:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            total -= size


def _decoded(raw: bytes, rate: int, frames: int, rows: int) -> Peaks | None:
    if len(raw) < _HEAD.size:
        return None
    magic, told_rate, told_frames, told_rows, base, seal = _HEAD.unpack_from(raw)
    if magic != _MAGIC or (told_rate, told_frames, told_rows) != (rate, frames, rows):
        return None
    body = raw[_HEAD.size :]
    if blake2b(body, digest_size=16).digest() != seal:
        return None
    peaks = Peaks(rate, frames, rows)
    finest = peaks.levels[0]
    if base != peaks.base or len(body) != 6 * finest.low.size:
        return None
    values = np.frombuffer(body, "<i2").reshape(3, *finest.low.shape)
    for into, of in zip((finest.low, finest.high, finest.rms), values, strict=True):
        into[:] = of
    peaks.fill_levels()
    return peaks
