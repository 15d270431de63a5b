"""The file of a hand-out while it is made: ops, media, a look through all of it.

It knows nothing of the project it comes from but what it is given, and works in any one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from labeler.model.ids import media_uid
from labeler.model.problems import Problem, Refusal
from labeler.store import health
from labeler.store.damage import one_line
from labeler.store.file import create_file
from labeler.store.media_rows import BlobPart, Media, PartsWriter, packed_key
from labeler.store.oplog import OpLog
from labeler.store.taking import Take, Taking

__all__ = ["HandoutFile", "Packed"]


class Packed(msgspec.Struct, frozen=True):
    """A medium to be packed: its name, its BLAKE2b-256, and what yields its bytes by mebibytes."""

    root: str
    path: str
    hash: bytes
    parts: Callable[[], Iterator[bytes]]


class HandoutFile:
    """A new project file with nothing in it but what it is given; ``close`` it."""

    def __init__(self, path: Path, project: bytes, facts: Mapping[str, object]) -> None:
        self._project = project
        self._file = create_file(path, dict(facts))
        self._packed: set[bytes] = set()

    def take(self, ops: Iterator[Take], told: Callable[[], None]) -> int:
        """Take these ops in, calling ``told`` after each batch; returns how many there are."""
        log = OpLog(self._file, self._project)
        taking = Taking(self._file, log, self._project, self._file.path.name, logged=False)
        taking.run(ops, told)
        return taking.counts.added

    def pack(self, medium: Packed, told: Callable[[], None]) -> None:
        """Put the bytes of a medium in; that they are is a fact of this file and no op.

        ``told`` is called after each mebibyte.
        """
        media = Media(self._file, self._project)
        if medium.hash not in self._packed:
            self._packed.add(medium.hash)
            writer = PartsWriter(media.put_parts)
            for number, data in enumerate(medium.parts()):
                writer.add(BlobPart(medium.hash, number, data))
                told()
            writer.flush()
        with self._file.writing() as connection:
            key = packed_key(media_uid(self._project, medium.root, medium.path))
            connection.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (key, medium.hash))

    def look_through(self, where: str) -> None:
        """Check all of it; raises Refusal that names ``where`` if it is not as it was given."""
        wrong = next(health.problems_of(self._file, self._project), None)
        if wrong is not None:
            raise Refusal(Problem("disk_error", where, {"reason": one_line(str(wrong))}))

    def close(self) -> None:
        """Close it; it is then whole, or to be thrown away."""
        self._file.close()
