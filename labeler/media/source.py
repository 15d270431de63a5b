"""A seekable stream as a decoder reads it: its faults noted, its lies put right, its end where we say."""

from __future__ import annotations

import io
from typing import BinaryIO

__all__ = ["Source"]


class Source:
    """Reads a stream for a decoder written in C, which cannot be raised through.

    What the stream raises is kept in ``error`` and read as its end. ``patch`` puts other bytes in
    place of those at an offset, for a head that lies; ``limit`` ends the stream early.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._patch: tuple[int, bytes] | None = None
        self._limit: int | None = None
        self.error: OSError | None = None
        self._at = 0
        stream.seek(0, io.SEEK_END)
        self._size = stream.tell()

    @property
    def size(self) -> int:
        """Bytes up to the end."""
        return self._size if self._limit is None else min(self._size, self._limit)

    def patch(self, at: int, raw: bytes) -> None:
        """Read these bytes at this offset instead of the stream's own."""
        self._patch = at, raw

    def limit(self, size: int) -> None:
        """End the stream after so many bytes."""
        self._limit = size

    def bytes_at(self, at: int, count: int) -> bytes:
        """Bytes at an offset, fewer at the end."""
        self.seek(at)
        return self.read(count)

    def read(self, count: int = -1) -> bytes:
        """The next bytes, at most ``count``."""
        left = max(0, self.size - self._at)
        wanted = left if count < 0 else min(count, left)
        try:
            self._stream.seek(self._at)
            raw = self._stream.read(wanted)
        except (OSError, ValueError) as error:
            self.error = error if isinstance(error, OSError) else OSError(str(error))
            return b""
        start, self._at = self._at, self._at + len(raw)
        if self._patch is not None:
            at, new = self._patch
            if at < self._at and start < at + len(new):
                patched = bytearray(raw)
                for number, byte in enumerate(new, start=at - start):
                    if 0 <= number < len(patched):
                        patched[number] = byte
                raw = bytes(patched)
        return raw

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """Fill the buffer as far as there is something; how many bytes that was."""
        raw = self.read(len(buffer))
        buffer[: len(raw)] = raw
        return len(raw)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset; the new place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        """The place."""
        return self._at

    def write(self, _data: bytes) -> int:
        """Refused: a decoder does not write."""
        raise io.UnsupportedOperation("write")

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()
