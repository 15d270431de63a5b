"""Which keys a queue has already: asked of the file only where it may be so."""

from __future__ import annotations

from collections.abc import Sequence

from labeler.store.file import ProjectFile
from labeler.store.many import values_in

__all__ = ["UsedKeys"]

_BITS = 25
_MASK = (1 << _BITS) - 1
_CHUNK = 500
_MISSING = 1


class UsedKeys:
    """The keys of one queue while tasks are added to it.

    A queue that was empty when the import began has the keys of this import only: four megabytes
    say of most keys that they are new (a Bloom filter with one hash), and the file is asked about
    the others.
    """

    def __init__(self, file: ProjectFile, queue: int) -> None:
        self._file = file
        self._queue = queue
        empty = file.row("SELECT 1 FROM task WHERE queue=? LIMIT 1", (queue,)) is None
        self._bits = bytearray(1 << (_BITS - 3)) if empty else None

    def among(self, keys: Sequence[str]) -> tuple[set[str], set[str]]:
        """Which of the keys name a task with content in the file, and which one without."""
        asked = keys if self._bits is None else self._perhaps(keys, self._bits)
        real: set[str] = set()
        stubs: set[str] = set()
        for start in range(0, len(asked), _CHUNK):
            part = asked[start : start + _CHUNK]
            for key, missing in self._file.rows(
                # Not by the queue's index: that would look at all of its tasks.
                f"SELECT DISTINCT key, flags & {_MISSING} FROM task WHERE key IN ({values_in(part)}) "
                "AND +queue=?",
                (*part, self._queue),
            ):
                (stubs if missing else real).add(key)
        return real, stubs

    def are_new(self, keys: Sequence[str]) -> bool:
        """Whether no two of the keys are the same, and none names a task in the file."""
        real, stubs = self.among(keys)
        return not real and not stubs and len(set(keys)) == len(keys)

    def _perhaps(self, keys: Sequence[str], bits: bytearray) -> list[str]:
        found = []
        for key in keys:
            place = hash(key) & _MASK
            bit = 1 << (place & 7)
            if bits[place >> 3] & bit:
                found.append(key)
            else:
                bits[place >> 3] |= bit
        return found
