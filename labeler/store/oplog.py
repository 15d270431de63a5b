"""Ops: the truth of a project, written once and never changed.

An op is whole: strand, sequence, hybrid clock, person, kind, entity, parents, body, hash. Its hash is
H(header, H(salt, body)) over the uncompressed body as stored, so a withheld body can be proven later
and a redacted short answer cannot be guessed. A strand is one run of the app writing one file: its
uid is random, made in memory at the first write and never read back from the file.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import time
import zlib
from collections.abc import Sequence
from enum import IntEnum
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from labeler import __version__
from labeler.model.ids import LENGTHS, fresh_uid, joined_fields
from labeler.model.problems import Refusal
from labeler.store.damage import LARGEST_BODY, Damaged, inflate, read_rows
from labeler.store.file import ProjectFile
from labeler.store.many import in_order, insert_many
from labeler.store.op_hash import UNBEGUN, body_digest, op_hash, sealed

__all__ = [
    "BLOB",
    "BLOB_PART",
    "PLAIN",
    "WITHHELD",
    "ZLIB",
    "Clock",
    "EntityKind",
    "NewBodies",
    "OpKind",
    "OpLog",
    "OpRow",
    "fits_packed",
    "latest_believed",
    "new_bodies",
    "pack_body",
    "unpack_body",
]

PLAIN, ZLIB, BLOB, WITHHELD = 0, 1, 2, 3
"""How a body is stored: as it is, compressed, in ``blob``, or not: then H(salt, body) stands in its place
and the rest of the op can still be verified."""
COMPRESS_ABOVE = 1024
BLOB_ABOVE = 32 * 1024
BLOB_PART = 8 * 1024 * 1024
SALT = 16
DAY_AHEAD = 24 * 3600 * 1000 << 16


class EntityKind(IntEnum):
    """What an op is about. Kinds this version does not know are kept and not folded."""

    PROJECT = 1
    PERSON = 2
    QUEUE = 3
    LABELS = 4
    GUIDELINE = 5
    TASK = 6
    ANNOTATION = 7
    MEDIA = 8
    ASSIGN = 10


class OpKind(IntEnum):
    """What an op does to its entity."""

    PUT = 1
    DELETE = 2
    DRAFT = 3
    IMPORT = 4
    REDACT = 5


class OpRow(msgspec.Struct, frozen=True, gc=False):
    """An op as it travels: uids in place of row ids, the body uncompressed.

    A body that was redacted has no salt and is None; ``withheld`` is then H(salt, body).
    """

    strand: bytes
    seq: int
    hlc: int
    person: bytes
    kind: int
    entity: bytes
    entity_kind: int
    parents: bytes
    salt: bytes | None
    body: bytes | None
    hash: bytes
    withheld: bytes = b""


def latest_believed() -> int:
    """The latest time of a hybrid clock that is believed, a day from now. Later ones are wrong."""
    return ((time.time_ns() // 1_000_000) << 16) + DAY_AHEAD


class Clock:
    """A hybrid logical clock: 44 bits of milliseconds, 16 bits of counter."""

    def __init__(self, last: int = 0) -> None:
        self._last = last

    def now(self) -> int:
        """A time later than every one given or seen so far."""
        wall = (time.time_ns() // 1_000_000) << 16
        self._last = wall if wall > self._last else self._last + 1
        return self._last

    def see(self, hlc: int) -> None:
        """Take another clock's time into account, unless it is more than a day ahead of ours."""
        if hlc <= latest_believed():
            self._last = max(self._last, hlc)


def pack_body(connection: sqlite3.Connection, body: bytes) -> tuple[int, bytes]:
    """How a body is stored: its encoding and its bytes. A large one goes to ``blob`` by its hash.

    Raises Refusal ``value_invalid`` for one above LARGEST_BODY.
    """
    enc, packed = _packed(body)
    return (enc, packed) if enc != BLOB else (BLOB, _put_blob(connection, body, packed))


def _packed(body: bytes) -> tuple[int, bytes]:
    if len(body) <= COMPRESS_ABOVE:
        return PLAIN, body
    if len(body) > LARGEST_BODY:
        reason = f"it is larger than {LARGEST_BODY >> 20} MB"
        raise Refusal.of("value_invalid", reason=reason)
    packed = zlib.compress(body, 1)
    return (ZLIB if len(packed) <= BLOB_ABOVE else BLOB), packed


def fits_packed(body: bytes, packed: bytes) -> bool:
    """Whether a body that was compressed elsewhere may be stored as it is."""
    return len(body) > COMPRESS_ABOVE and len(packed) <= BLOB_ABOVE


def _put_blob(connection: sqlite3.Connection, body: bytes, packed: bytes) -> bytes:
    """Store a large body in parts, once; returns its name."""
    name = blake2b(body, digest_size=16).digest()
    if not connection.execute("SELECT 1 FROM blob WHERE hash=? LIMIT 1", (name,)).fetchone():
        for part, start in enumerate(range(0, len(packed), BLOB_PART)):
            chunk = packed[start : start + BLOB_PART]
            connection.execute(
                "INSERT INTO blob(hash, part, data) VALUES(?,?,?)", (name, part, chunk)
            )
    return name


class NewBodies(NamedTuple):
    """Bodies made ready away from the file, by columns.

    ``salts``, H(salt, body) of each, encodings and packed bytes, and the ``bodies`` themselves.
    """

    salts: list[bytes]
    said: list[bytes]
    encs: list[int]
    packed: list[bytes]
    bodies: Sequence[bytes]


def new_bodies(bodies: Sequence[bytes]) -> NewBodies:
    """Bodies made ready to be written as ops; needs no file, so any thread may do it."""
    random = os.urandom(SALT * len(bodies))
    salts = [random[at : at + SALT] for at in range(0, len(random), SALT)]
    head, begin = LENGTHS[SALT], UNBEGUN.copy
    said = []
    for salt, body in zip(salts, bodies, strict=True):
        hasher = begin()  # body_digest written out
        hasher.update(b"".join((head, salt, len(body).to_bytes(8, "big"), body)))
        said.append(hasher.digest())
    if max(map(len, bodies), default=0) <= COMPRESS_ABOVE:
        return NewBodies(salts, said, [PLAIN] * len(bodies), list(bodies), bodies)
    packed = [_packed(body) for body in bodies]
    return NewBodies(salts, said, [enc for enc, _ in packed], [raw for _, raw in packed], bodies)


def unpack_body(connection: sqlite3.Connection, enc: int, stored: bytes | None) -> bytes | None:
    """The body uncompressed, or None where it was redacted.

    Raises Damaged where what is stored cannot be unpacked.
    """
    if enc == WITHHELD:
        return None
    if enc == PLAIN or stored is None:
        return stored
    if enc == ZLIB:
        return inflate(stored)
    rows = read_rows(connection, "SELECT data FROM blob WHERE hash=? ORDER BY part", (stored,))
    if not rows:
        raise Damaged("the blob of a body is missing")
    return inflate(b"".join(row[0] for row in rows))


class OpLog:
    """Writes ops into one project file, in a strand of its own."""

    def __init__(self, file: ProjectFile, project: bytes) -> None:
        self.file = file
        self.project = project
        row = file.row("SELECT max(hlc) FROM strand WHERE hlc<=?", (latest_believed(),))
        self.clock = Clock(row[0] or 0 if row else 0)
        self._strand: tuple[int, bytes] | None = None
        self._seq = 0
        self._seal = b""
        self._people: dict[bytes, int] = {}
        self._unsure = False

    @property
    def strand(self) -> bytes | None:
        """The uid of the strand this run writes, or None before its first write."""
        return self._strand[1] if self._strand else None

    def person_row(self, connection: sqlite3.Connection, uid: bytes) -> int:
        """The row of a person, made if it is not there."""
        known = self._people.get(uid)
        if known is not None:
            return known
        connection.execute("INSERT OR IGNORE INTO person(uid) VALUES(?)", (uid,))
        row: int = connection.execute("SELECT id FROM person WHERE uid=?", (uid,)).fetchone()[0]
        self._people[uid] = row
        return row

    def strand_row(self, connection: sqlite3.Connection, person: bytes) -> int:
        """The row of this run's strand, made at the first write."""
        if self._unsure:
            self._look(connection)
        if self._strand is None:
            uid = fresh_uid()
            row = connection.execute(
                "INSERT INTO strand(uid, person, device, app, hlc) VALUES(?,?,?,?,?) RETURNING id",
                (uid, self.person_row(connection, person), platform.node(), __version__, 0),
            ).fetchone()[0]
            self._strand = (row, uid)
        return self._strand[0]

    def new_strand(self) -> None:
        """Begin a strand of its own for what follows: gaps in one must not tell of the other."""
        self._strand = None
        self._seq = 0
        self._seal = b""

    def forget(self) -> None:
        """After a rollback: what this run believed to have written may not be there.

        The next write looks; now the disk may refuse to be read.
        """
        self._people.clear()
        self._unsure = True

    def _look(self, connection: sqlite3.Connection) -> None:
        """See how far this run's strand is in the file."""
        if self._strand is not None:
            sql = "SELECT last, seal FROM strand WHERE uid=?"
            row = connection.execute(sql, (self._strand[1],)).fetchone()
            if row is None:
                self.new_strand()
            else:
                self._seq, self._seal = row[0], row[1] or b""
        self._unsure = False

    def entity_row(self, connection: sqlite3.Connection, uid: bytes, kind: int) -> int:
        """The row of an entity, made if it is not there."""
        row = connection.execute("SELECT id FROM ent WHERE uid=?", (uid,)).fetchone()
        if row is None:
            row = connection.execute(
                "INSERT INTO ent(uid, kind) VALUES(?,?) RETURNING id", (uid, kind)
            ).fetchone()
        return int(row[0])

    def append(
        self,
        connection: sqlite3.Connection,
        *,
        person: bytes,
        kind: int,
        entity: bytes,
        entity_kind: int,
        parents: Sequence[bytes],
        body: bytes,
    ) -> tuple[int, bytes]:
        """Write one op within the open transaction; returns the entity's row and the op's hash."""
        ent = self.entity_row(connection, entity, entity_kind)
        strand = self.strand_row(connection, person)
        assert self._strand is not None
        seq, hlc, salt = self._seq + 1, self.clock.now(), os.urandom(SALT)
        joined = b"".join(sorted(parents))
        name = op_hash(
            self.project,
            self._strand[1],
            seq,
            hlc,
            person,
            kind,
            entity,
            entity_kind,
            joined,
            body_digest(salt, body),
        )
        enc, stored = pack_body(connection, body)
        connection.execute(
            "INSERT INTO op(strand, seq, hlc, person, kind, ent, parents, salt, enc, body, h) "
            "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            (
                strand,
                seq,
                hlc,
                self.person_row(connection, person),
                kind,
                ent,
                joined or None,
                salt,
                enc,
                stored,
                name,
            ),
        )
        self._advance(connection, strand, seq, hlc, sealed(self._seal, name))
        return ent, name

    def _advance(
        self, connection: sqlite3.Connection, strand: int, seq: int, hlc: int, seal: bytes
    ) -> None:
        self._seq, self._seal = seq, seal
        connection.execute(
            "UPDATE strand SET have=?, last=?, hlc=?, seal=? WHERE id=?",
            (seq, seq, hlc, seal, strand),
        )

    def append_new(
        self,
        connection: sqlite3.Connection,
        *,
        person: bytes,
        kind: int,
        entity_kind: int,
        entities: Sequence[tuple[int, bytes]],
        bodies: NewBodies,
    ) -> int:
        """Write one op for each of many new entities (row, uid), fast; returns the first op's row.

        Ops have no parents. The rows are consecutive, in the order given.
        """
        row = connection.execute("SELECT coalesce(max(id), 0) FROM op").fetchone()[0]
        first: int = row + 1
        if not entities:
            return first
        strand = self.strand_row(connection, person)
        assert self._strand is not None
        uid, seq, seal = self._strand[1], self._seq, self._seal
        who = self.person_row(connection, person)
        hlc = self.clock.now()
        hashed = LENGTHS[16]
        begun = blake2b(joined_fields("op", self.project, uid), digest_size=16)
        clock_length = LENGTHS[len(b"%d" % hlc)]
        middle = joined_fields(person, kind) + hashed
        end = joined_fields(entity_kind, b"") + hashed
        seqs = range(seq + 1, seq + 1 + len(entities))
        clocks = range(hlc + 1, hlc + 1 + len(entities))
        names = []
        begin, begin_seal, lengths = begun.copy, UNBEGUN.copy, LENGTHS
        before = lengths[len(seal)]
        # op_hash and the seal's digest written out: a million calls of them would cost ten seconds.
        for seq, hlc, (_, entity), of in zip(seqs, clocks, entities, bodies.said, strict=True):
            said = b"%d" % seq
            hasher = begin()
            hasher.update(
                b"%b%b%b%d%b%b%b%b"
                % (lengths[len(said)], said, clock_length, hlc, middle, entity, end, of)
            )
            name = hasher.digest()
            names.append(name)
            hasher = begin_seal()
            hasher.update(before + seal + hashed + name)
            seal = hasher.digest()
            before = hashed
        stored = bodies.packed
        if BLOB in bodies.encs:
            stored = [
                _put_blob(connection, body, packed) if enc == BLOB else packed
                for enc, packed, body in zip(bodies.encs, stored, bodies.bodies, strict=True)
            ]
        encs = set(bodies.encs)
        insert_many(
            connection,
            "op",
            {
                "id": range(first, first + len(entities)),
                "strand": strand,
                "seq": seqs,
                "hlc": clocks,
                "person": who,
                "kind": kind,
                "ent": in_order([ent for ent, _ in entities]),
                "parents": None,
                "salt": bodies.salts,
                "enc": encs.pop() if len(encs) == 1 else bodies.encs,
                "body": stored,
                "h": names,
            },
        )
        self.clock.see(hlc)
        self._advance(connection, strand, seq, hlc, seal)
        return first
