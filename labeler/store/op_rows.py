"""Ops as they travel between files: read a few at a time, each verified by its own hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any

import msgspec

from labeler.model.ids import LENGTHS, joined_fields
from labeler.store.bodies import (
    AnnotationBody,
    TaskBody,
    body_fault,
    read_annotation,
    read_task,
)
from labeler.store.damage import Damaged
from labeler.store.file import ProjectFile
from labeler.store.many import values_in
from labeler.store.op_hash import Namer, op_hash
from labeler.store.oplog import (
    BLOB,
    PLAIN,
    WITHHELD,
    ZLIB,
    EntityKind,
    OpKind,
    OpRow,
    fits_packed,
    unpack_body,
)

__all__ = [
    "ReadOp",
    "Verifier",
    "name_of",
    "ops_at",
    "ops_of",
    "quarantined_raw",
    "sequences",
]

_PAGE = 200
"""Ops whose stored bytes are in memory at once: 32 kB each at most, bodies are unpacked one by one."""
_NAMES = 20_000
_LARGEST_RAW = 64 << 20
"""Bytes of a body that does not unpack which quarantine keeps."""

_COLUMNS = (
    "SELECT op.seq, op.hlc, person.uid, op.kind, ent.uid, ent.kind, op.parents, op.salt, op.enc, "
    "op.body, op.h FROM op LEFT JOIN person ON person.id=op.person LEFT JOIN ent ON ent.id=op.ent "
    "WHERE op.strand=? "
)


class ReadOp(msgspec.Struct, frozen=True, gc=False):
    """An op as it was read; ``stored`` are encoding and bytes of a body that did not unpack.

    ``packed`` are encoding and bytes of one that did, where it may be stored like that again.
    """

    op: OpRow
    stored: tuple[int, bytes] | None = None
    packed: tuple[int, bytes] | None = None


def ops_of(file: ProjectFile, strand: int) -> Iterator[ReadOp]:
    """The ops of one strand (its row) in sequence; no cursor stays open between them."""
    uid, after = _uid_of(file, strand), 0
    while True:
        sql = _COLUMNS + "AND op.seq>? ORDER BY op.seq LIMIT ?"
        rows = file.rows(sql, (strand, after, _PAGE))
        for row in rows:
            yield _read(file, uid, row)
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def ops_at(file: ProjectFile, strand: int, seqs: Sequence[int]) -> Iterator[ReadOp]:
    """The ops of one strand (its row) at these sequences, which ascend."""
    uid, todo = _uid_of(file, strand), iter(seqs)
    while chunk := list(islice(todo, _PAGE)):
        if chunk[-1] - chunk[0] == len(chunk) - 1:
            where, parameters = "AND op.seq BETWEEN ? AND ?", [chunk[0], chunk[-1]]
        else:
            where, parameters = f"AND op.seq IN ({values_in(chunk)})", chunk
        for row in file.rows(f"{_COLUMNS} {where} ORDER BY op.seq", (strand, *parameters)):
            yield _read(file, uid, row)


def _uid_of(file: ProjectFile, strand: int) -> bytes:
    return bytes(file.row("SELECT uid FROM strand WHERE id=?", (strand,))[0])


def sequences(file: ProjectFile, strand: int) -> Iterator[dict[int, bytes]]:
    """Sequence and hash of a strand's ops, some thousand at a time, without a look at bodies."""
    after = 0
    while True:
        rows = file.rows(
            "SELECT seq, h FROM op WHERE strand=? AND seq>? ORDER BY seq LIMIT ?",
            (strand, after, _NAMES),
        )
        if rows:
            yield dict(rows)
        if len(rows) < _NAMES:
            return
        after = rows[-1][0]


def _read(file: ProjectFile, strand: bytes, row: Any) -> ReadOp:
    seq, hlc, person, kind, entity, entity_kind, parents, salt, enc, raw, name = row
    body, stored, packed, withheld = raw, None, None, b""
    if enc == WITHHELD:
        body, withheld = None, raw
    elif enc != PLAIN and raw is not None:
        try:
            body = unpack_body(file.connection, enc, raw)
        except Damaged:
            body, stored = None, (int(enc), _raw(file, enc, raw))
        else:
            if enc == ZLIB and body is not None and fits_packed(body, raw):
                packed = (ZLIB, raw)
    if person is None or entity is None:  # what the row points to is not in the file
        person, entity, entity_kind = person or b"", entity or b"", entity_kind or 0
    return ReadOp(
        OpRow(
            *(strand, seq, hlc, person, kind, entity, entity_kind),
            *(parents or b"", salt, body, name, withheld),
        ),
        stored,
        packed,
    )


def _raw(file: ProjectFile, enc: int, stored: bytes) -> bytes:
    """The bytes of a body as they lie in the file; of a large one as many as quarantine keeps."""
    if enc != BLOB:
        return stored
    found, size = [stored], 0
    for (part,) in file.rows("SELECT part FROM blob WHERE hash=? ORDER BY part", (stored,)):
        data = file.row("SELECT data FROM blob WHERE hash=? AND part=?", (stored, part))
        size += len(data[0])
        if size > _LARGEST_RAW:
            break
        found.append(data[0])
    return b"".join(found)


def quarantined_raw(read: ReadOp) -> bytes:
    """What quarantine keeps of an op, as msgpack: its fields, with a body that does not unpack as it
    is stored (of a large one behind its name)."""
    if read.stored is None:
        return msgspec.msgpack.encode(read.op)
    fields = msgspec.structs.asdict(read.op)
    return msgspec.msgpack.encode({**fields, "enc": read.stored[0], "stored": read.stored[1]})


def name_of(project: bytes, op: OpRow, said: bytes) -> bytes:
    """The hash an op with these fields has; ``said`` is H(salt, body)."""
    return op_hash(
        project,
        op.strand,
        op.seq,
        op.hlc,
        op.person,
        op.kind,
        op.entity,
        op.entity_kind,
        op.parents,
        said,
    )


class Verifier:
    """Says of the ops of one project whether they are what their hashes say, one after the other."""

    def __init__(self, project: bytes) -> None:
        self._project = project
        self._name = Namer(project)
        self._ends: dict[tuple[str, str, int, str], bytes] = {}

    def fault(self, read: ReadOp) -> str:
        """Why an op does not verify, or an empty text. Of one whose body is withheld all but that."""
        return self.told(read)[0]

    def told(self, read: ReadOp) -> tuple[str, TaskBody | AnnotationBody | None]:
        """The same, with what an op that puts or imports a task or an annotation says of it."""
        op, body = read.op, read.op.body
        if read.stored is not None:
            return "its body does not unpack", None
        if not op.person or not op.entity:
            return "who wrote it, or what it is about, is not in the file", None
        if len(op.parents) % 16:
            return "what it replaces is no list of ops", None
        try:
            if body is None or op.salt is None:
                named = name_of(self._project, op, op.withheld)
            else:
                named = self._name(op, op.salt, body)
        except TypeError:  # a flipped bit makes a text of a number
            named = b""
        if named != op.hash:
            return "its hash does not match its content", None
        if body is None:
            return "", None
        if op.kind != OpKind.PUT and op.kind != OpKind.IMPORT:
            return body_fault(self._project, op.kind, op.entity, op.entity_kind, body), None
        try:
            if op.entity_kind == EntityKind.TASK:
                return "", read_task(body)
            if op.entity_kind == EntityKind.ANNOTATION:
                annotation = read_annotation(body)
                if self._uid_of(annotation) != op.entity:
                    return "its body is about another entity", None
                return "", annotation
        except Damaged as damage:
            return damage.reason, None
        return body_fault(self._project, op.kind, op.entity, op.entity_kind, body), None

    def _uid_of(self, annotation: AnnotationBody) -> bytes:
        """``annotation_uid`` written out; authors, layers and rounds are few."""
        key = (annotation.layer, annotation.author, annotation.round, annotation.about)
        end = self._ends.get(key)
        if end is None:
            if len(self._ends) >= _ENDS:
                self._ends.clear()
            end = self._ends[key] = joined_fields(*(key if annotation.about else key[:3]))
        hasher = _annotation.copy()
        hasher.update(b"".join((LENGTHS[16], bytes.fromhex(annotation.task), end)))
        return hasher.digest()


_annotation = blake2b(joined_fields("annotation"), digest_size=16)
_ENDS = 1000
