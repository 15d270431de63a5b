"""Ops as they travel between files: read a few at a time, each verified by its own hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from labeler.store.bodies import body_fault
from labeler.store.damage import Damaged
from labeler.store.file import ProjectFile
from labeler.store.oplog import BLOB, OpRow, body_digest, op_hash, unpack_body

__all__ = ["ReadOp", "fault", "name_of", "ops_at", "ops_of", "quarantined_raw", "sequences"]

_PAGE = 200
"""Ops whose stored bytes are in memory at once: 32 kB each at most, bodies are unpacked one by one."""
_NAMES = 20_000
_LARGEST_RAW = 64 << 20
"""Bytes of a body that does not unpack which quarantine keeps."""

_COLUMNS = (
    "SELECT strand.uid, op.seq, op.hlc, person.uid, op.kind, ent.uid, ent.kind, op.parents, "
    "op.salt, op.enc, op.body, op.h FROM op JOIN strand ON strand.id=op.strand "
    "JOIN person ON person.id=op.person JOIN ent ON ent.id=op.ent WHERE op.strand=? "
)


class ReadOp(NamedTuple):
    """An op as it was read; ``stored`` are encoding and bytes of a body that did not unpack."""

    op: OpRow
    stored: tuple[int, bytes] | None = None


def ops_of(file: ProjectFile, strand: int) -> Iterator[ReadOp]:
    """The ops of one strand (its row) in sequence; no cursor stays open between them."""
    after = 0
    while True:
        sql = _COLUMNS + "AND op.seq>? ORDER BY op.seq LIMIT ?"
        rows = file.rows(sql, (strand, after, _PAGE))
        yield from (_read(file, row) for row in rows)
        if len(rows) < _PAGE:
            return
        after = rows[-1][1]


def ops_at(file: ProjectFile, strand: int, seqs: Sequence[int]) -> Iterator[ReadOp]:
    """The ops of one strand (its row) at these sequences, which ascend."""
    todo = iter(seqs)
    while chunk := list(islice(todo, _PAGE)):
        if chunk[-1] - chunk[0] == len(chunk) - 1:
            where, parameters = "AND op.seq BETWEEN ? AND ?", [chunk[0], chunk[-1]]
        else:
            where, parameters = f"AND op.seq IN ({','.join('?' * len(chunk))})", chunk
        for row in file.rows(f"{_COLUMNS} {where} ORDER BY op.seq", (strand, *parameters)):
            yield _read(file, row)


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


def _read(file: ProjectFile, row: Any) -> ReadOp:
    stored = None
    try:
        body = unpack_body(file.connection, row[9], row[10])
    except Damaged:
        body, stored = None, (int(row[9]), _raw(file, row[9], row[10]))
    return ReadOp(
        OpRow(
            strand=row[0],
            seq=row[1],
            hlc=row[2],
            person=row[3],
            kind=row[4],
            entity=row[5],
            entity_kind=row[6],
            parents=row[7] or b"",
            salt=row[8],
            body=body,
            hash=row[11],
        ),
        stored,
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


def fault(project: bytes, read: ReadOp) -> str:
    """Why an op does not verify, or an empty text. One without a body is taken on its hash."""
    op = read.op
    if read.stored is not None:
        return "its body does not unpack"
    if op.body is None or op.salt is None:
        return "" if op.body is None and op.salt is None else "its body is missing"
    if name_of(project, op, body_digest(op.salt, op.body)) != op.hash:
        return "its hash does not match its content"
    return body_fault(project, op.kind, op.entity, op.entity_kind, op.body)
