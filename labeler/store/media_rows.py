"""Media of a project: what it refers to by root and path, and the bytes it has taken in.

Bytes lie in ``blob`` under their BLAKE2b-256 hash, in parts of a mebibyte. The first part is written
last: where it is, the whole is, and what a kill left half done is as if it were not there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from labeler.model.ids import Digester, media_uid
from labeler.store.bodies import MediaBody, encode
from labeler.store.damage import Damaged, read_rows
from labeler.store.file import ProjectFile
from labeler.store.fold import Fold
from labeler.store.heads import heads_of
from labeler.store.many import add_entities, insert_many
from labeler.store.media_versions import shown_medium
from labeler.store.oplog import EntityKind, OpKind, OpLog, new_bodies

__all__ = [
    "LARGEST_MEDIUM",
    "MEDIUM_PART",
    "BlobPart",
    "KnownMedium",
    "Media",
    "NewMedium",
    "PartsWriter",
    "absent_media",
    "add_media",
    "embedded_media",
    "medium_digest",
    "medium_fault",
    "packed_key",
]

LARGEST_MEDIUM = 1 << 30
"""Bytes of a medium that a project takes in."""
MEDIUM_PART = 1 << 20
"""Bytes of a part; the last one is what is left. An empty medium has one empty part."""
_PAGE = 500
_BATCH_BYTES = 4 << 20
_BATCH_PARTS = 2000


class NewMedium(msgspec.Struct, frozen=True, gc=False):
    """A medium a task refers to; ``hash`` is that of its bytes where they were taken in."""

    root: str
    path: str
    size: int
    mime: str
    fingerprint: bytes
    hash: bytes = b""


class KnownMedium(msgspec.Struct, frozen=True):
    """A medium the project refers to.

    ``hash`` is empty where its bytes lie elsewhere, ``here`` says that they are in the file.
    ``double`` says that copies of the project took in different files under this name. ``row`` is
    that in this file, never to be kept.
    """

    row: int
    size: int
    mime: str
    fingerprint: bytes
    hash: bytes
    here: bool
    double: bool


class BlobPart(NamedTuple):
    """One part of the bytes of a medium, by their hash and its number."""

    hash: bytes
    number: int
    data: bytes


class PartsWriter:
    """Writes parts some megabytes at a time with ``put``, which is one transaction."""

    def __init__(self, put: Callable[[Sequence[BlobPart]], None]) -> None:
        self._put = put
        self._waiting: list[BlobPart] = []
        self._bytes = 0

    def add(self, part: BlobPart) -> None:
        """Write a part, now or with those that follow."""
        self._waiting.append(part)
        self._bytes += len(part.data)
        if self._bytes >= _BATCH_BYTES or len(self._waiting) >= _BATCH_PARTS:
            self.flush()

    def flush(self) -> None:
        """Write the parts that wait."""
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        if waiting:
            self._put(waiting)


def medium_digest() -> blake2b:
    """What makes the hash of a medium's bytes."""
    return blake2b(digest_size=32)


def packed_key(medium: bytes) -> str:
    """Under which fact of a file the hash of a medium is that was only packed into it (its uid).

    A hand-out brings bytes along that its project has by reference; that they are in this one file is
    no op, so that they stay where they are when it is handed back.
    """
    return f"packed:{medium.hex()}"


class Media:
    """The media of one open project."""

    def __init__(self, file: ProjectFile, project: bytes) -> None:
        self.file = file
        self.project = project

    def find(self, root: str, path: str) -> KnownMedium | None:
        """The medium of this name, or None."""
        row = self.file.row(
            "SELECT media.id, media.size, media.mime, media.hash, "
            "EXISTS(SELECT 1 FROM blob WHERE blob.hash=media.hash AND part=0), "
            "EXISTS(SELECT 1 FROM conflict WHERE conflict.ent=media.id) FROM ent "
            "JOIN media ON media.id=ent.id WHERE ent.uid=?",
            (media_uid(self.project, root, path),),
        )
        if row is None:
            return None
        body = shown_medium(self.file.connection, row[0])
        fingerprint = bytes.fromhex(body.fingerprint) if body is not None else b""
        name, is_here = row[3] or b"", bool(row[4])
        if not is_here:
            packed = self.file.meta(packed_key(media_uid(self.project, root, path)))
            if isinstance(packed, bytes):
                name, is_here = packed, bool(self.here([packed]))
        return KnownMedium(row[0], row[1], row[2], fingerprint, name, is_here, bool(row[5]))

    def any(self) -> bool:
        """Whether the project refers to media at all."""
        return self.file.row("SELECT 1 FROM media LIMIT 1") is not None

    def some_under(self, root: str, count: int) -> list[tuple[str, KnownMedium]]:
        """Some media of a root, with their paths."""
        sql = "SELECT path FROM media WHERE root=? LIMIT ?"
        found = [(path, self.find(root, path)) for (path,) in self.file.rows(sql, (root, count))]
        return [(path, known) for path, known in found if known is not None]

    # bytes

    def here(self, hashes: Sequence[bytes]) -> set[bytes]:
        """Those of these hashes whose bytes are in the project."""
        sql = "SELECT 1 FROM blob WHERE hash=? AND part=0"
        return {name for name in set(hashes) if self.file.row(sql, (name,))}

    def parts(self, name: bytes) -> list[int]:
        """The lengths of the parts of a medium's bytes by its hash; none where it is not here."""
        rows = self.file.rows(
            "SELECT part, length(data) FROM blob WHERE hash=? ORDER BY part", (name,)
        )
        if [row[0] for row in rows] != list(range(len(rows))):
            return []
        return [row[1] for row in rows]

    def part(self, name: bytes, number: int) -> bytes:
        """One part of a medium's bytes; raises Refusal where it is not there."""
        row = self.file.row("SELECT data FROM blob WHERE hash=? AND part=?", (name, number))
        if row is None or not isinstance(row[0], bytes):
            raise Damaged(f"part {number} of a medium is missing", self.file.where)
        return row[0]

    def put_parts(self, parts: Sequence[BlobPart]) -> None:
        """Write parts in one transaction; whoever writes them puts each first part at the end."""
        with self.file.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO blob(hash, part, data) VALUES(?,?,?)", parts
            )

    def drop_parts(self, name: bytes) -> None:
        """Take back what was written of a medium's bytes."""
        with self.file.writing() as connection:
            connection.execute("DELETE FROM blob WHERE hash=?", (name,))


def add_media(
    connection: sqlite3.Connection,
    log: OpLog,
    project: bytes,
    person: bytes,
    batch: Sequence[NewMedium],
) -> None:
    """Note media within the open transaction. What is known is left alone, but for bytes it lacked."""
    named: dict[bytes, NewMedium] = {}
    uid_of = Digester("media", project)  # media_uid, for a hundred thousand of them
    for one in batch:
        named.setdefault(uid_of(_utf8(one.root), _utf8(one.path)), one)
    uids, media = list(named), list(named.values())
    ids, fresh = add_entities(connection, uids, int(EntityKind.MEDIA))
    new = [number for number in range(len(uids)) if fresh[number]]
    log.append_new(
        connection,
        person=person,
        kind=OpKind.IMPORT,
        entity_kind=int(EntityKind.MEDIA),
        entities=[(ids[number], uids[number]) for number in new],
        bodies=new_bodies([encode(_body(media[number])) for number in new]),
    )
    insert_many(
        connection,
        "media",
        {
            "id": [ids[number] for number in new],
            "root": [media[number].root for number in new],
            "path": [media[number].path for number in new],
            "size": [media[number].size for number in new],
            "mime": [media[number].mime for number in new],
            "hash": [media[number].hash or None for number in new],
        },
    )
    touched = [
        _with_bytes(connection, log, person, uids[number], media[number])
        for number in range(len(uids))
        if not fresh[number] and media[number].hash
    ]
    Fold(connection, project).touch([ent for ent in touched if ent])


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _body(new: NewMedium) -> MediaBody:
    return MediaBody(
        root=new.root,
        path=new.path,
        size=new.size,
        mime=new.mime,
        hash=new.hash.hex(),
        fingerprint=new.fingerprint.hex(),
    )


def _with_bytes(
    connection: sqlite3.Connection, log: OpLog, person: bytes, uid: bytes, new: NewMedium
) -> int:
    """Say of a known medium that its bytes are here now; its row, 0 where that was said before."""
    ent = connection.execute("SELECT id FROM ent WHERE uid=?", (uid,)).fetchone()[0]
    shown = shown_medium(connection, ent)
    if shown is not None and shown.hash:
        return 0
    _, versions = heads_of(connection, ent, EntityKind.MEDIA)
    log.append(
        connection,
        person=person,
        kind=OpKind.PUT,
        entity=uid,
        entity_kind=EntityKind.MEDIA,
        parents=[op.hash for version in versions for op in version],
        body=encode(_body(new)),
    )
    return int(ent)


# whether it is whole


def embedded_media(connection: sqlite3.Connection) -> Iterator[tuple[str, int, bytes]]:
    """Name (``root/path``), size and hash of every medium whose bytes the project has taken in."""
    after = 0
    while True:
        rows = read_rows(
            connection,
            "SELECT id, root, path, size, hash FROM media WHERE id>? AND hash IS NOT NULL "
            "ORDER BY id LIMIT ?",
            (after, _PAGE),
        )
        for _, root, path, size, name in rows:
            yield f"{root}/{path}" if root else path, size, name
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def absent_media(connection: sqlite3.Connection) -> Iterator[tuple[str, int, bytes]]:
    """Those of them whose bytes are not in the file."""
    for one in embedded_media(connection):
        sql = "SELECT 1 FROM blob WHERE hash=? AND part=0"
        if not read_rows(connection, sql, (one[2],)):
            yield one


def medium_fault(connection: sqlite3.Connection, name: bytes, size: int) -> str:
    """Why the bytes stored under a hash are not the medium of that hash and size, or an empty text."""
    hasher, length, number = medium_digest(), 0, 0
    while True:
        rows = read_rows(
            connection, "SELECT data FROM blob WHERE hash=? AND part=?", (name, number)
        )
        if not rows:
            break
        if not isinstance(rows[0][0], bytes):
            return f"part {number} is no bytes"
        hasher.update(rows[0][0])
        length += len(rows[0][0])
        number += 1
    if length != size:
        return f"it has {length} bytes, not {size}"
    return "" if hasher.digest() == name else "its bytes do not match their hash"
