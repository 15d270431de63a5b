"""One batch of ops that were written elsewhere: one transaction with all that belongs to it.

Ops are taken by the slice: verified one after the other, then written and folded with a few statements
for all of them. What is here for the first time and has one op needs no look at heads.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from labeler.model.ids import digest
from labeler.store.bodies import AnnotationBody, TaskBody
from labeler.store.fold import FirstAnnotation, FirstTask, Fold
from labeler.store.many import add_entities, chunks, in_order, insert_many, same_or_each, values_in
from labeler.store.merge_log import quarantine_put
from labeler.store.op_hash import sealed
from labeler.store.op_rows import ReadOp, Verifier, quarantined_raw
from labeler.store.oplog import (
    WITHHELD,
    EntityKind,
    OpLog,
    OpRow,
    latest_believed,
    pack_body,
)
from labeler.store.redacting import fill, leave_out_redacted

__all__ = ["BATCH_S", "Batch", "Counts", "SetAside", "Strand", "Take", "Todo"]

BATCH_S = 0.25
"""Seconds after which a batch takes no more ops; with its last slice folded it stays below 0.5."""
SLICE = 1000
"""Ops that are written and folded at once."""
_SLICE_BYTES = 4 << 20
"""Bytes of bodies after which a slice takes no more."""


class Strand(NamedTuple):
    """A strand of another copy; ``row`` is its row there, 0 for one that a lift makes.

    ``person`` is empty where their row is lost.
    """

    row: int
    uid: bytes
    person: bytes
    device: str
    app: str
    hlc: int
    have: int = 0
    last: int = 0
    seal: bytes | None = None


class Take(msgspec.Struct, frozen=True, gc=False):
    """An op that is not here."""

    strand: Strand
    read: ReadOp


class SetAside(msgspec.Struct, frozen=True, gc=False):
    """Bytes to be kept in quarantine."""

    src: str
    why: str
    raw: bytes


Todo = Iterator[Take | SetAside | None]
"""What is to be written; None now and then while nothing new is found."""


class Counts(msgspec.Struct):
    """Ops added, known before, and set aside."""

    added: int = 0
    known: int = 0
    quarantined: int = 0


class _Taken(msgspec.Struct, frozen=True, gc=False):
    """An op that verified, what it says where it is about a task or an annotation, its strand's row."""

    take: Take
    said: TaskBody | AnnotationBody | None
    strand: int


class _StrandHere(msgspec.Struct):
    """A strand in this file: its row, the greatest sequence there was, and sequence and clock added."""

    row: int
    last: int
    added: int = 0
    hlc: int = 0


class _End:
    """Stands behind the last of what is to be written."""


_END = _End()


class Batch:
    """Writes what is there to be written until its time is up."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        log: OpLog,
        verifier: Verifier,
        project: bytes,
        src: str,
    ) -> None:
        self.connection = connection
        self.log = log
        self.verifier = verifier
        self.src = src
        self.fold = Fold(connection, project)
        self.counts = Counts()
        self.ops = (1, 0)
        """First and last row of ``op`` that was written; the last is before the first where none was."""
        self.set_aside = (1, 0)
        """The same of ``quarantine``."""
        self._people: dict[bytes, int] = {}
        self._strands: dict[bytes, _StrandHere] = {}

    def write(self, first: Take | SetAside, todo: Todo) -> None:
        """Write ``first`` and what comes after it until time is up; then bring the seals up to date."""
        began = time.monotonic()
        ops, aside = self._next_row("op"), self._next_row("quarantine")
        found: Take | SetAside | _End | None = first
        while not isinstance(found, _End):
            if found is not None:
                self._write(_slice(found, todo))
            if time.monotonic() - began >= BATCH_S:
                break
            found = next(todo, _END)
        for strand in self._strands.values():
            if strand.added:
                self._reseal(strand)
        self.ops = ops, self._next_row("op") - 1
        self.set_aside = aside, self._next_row("quarantine") - 1

    def _next_row(self, table: str) -> int:
        row = self.connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()
        return int(row[0])

    def _write(self, some: Sequence[Take | SetAside]) -> None:
        """Verify and write a slice, and fold what it changes."""
        taken = []
        for found in some:
            if isinstance(found, SetAside):
                self._set_aside(found)
                continue
            why, said = self.verifier.told(found.read)
            if not why:
                taken.append((found, said))
            elif self._is_here(found.read.op):
                self.counts.known += 1
            else:
                self._refuse(found, why)
        new, withheld = self._not_here(taken)
        new, rows, fresh = self._entities(new)
        if new:
            first = self._insert(new, rows)
            leave_out_redacted(self.connection, first)
            self._fold(new, first, rows, fresh)
        if withheld:
            fill(self.connection, self.fold, withheld)

    def _is_here(self, op: OpRow) -> bool:
        row = self.connection.execute(
            "SELECT 1 FROM op JOIN strand ON strand.id=op.strand "
            "WHERE strand.uid=? AND seq=? AND h=?",
            (op.strand, op.seq, op.hash),
        ).fetchone()
        return row is not None

    def _not_here(
        self, taken: Sequence[tuple[Take, TaskBody | AnnotationBody | None]]
    ) -> tuple[list[_Taken], list[OpRow]]:
        """Those whose strand and sequence are free; the others are known, or of a strand that forked.
        Besides those that are known without their body, which they bring."""
        names: dict[tuple[int, int], bytes] = {}
        bare: set[bytes] = set()
        withheld: list[OpRow] = []
        asked: dict[int, list[int]] = {}
        uid, strand = b"", _StrandHere(0, 0)
        for take, _ in taken:
            if take.strand.uid != uid:
                uid, strand = take.strand.uid, self._strand(take)
            if take.read.op.seq <= strand.last or take.read.op.seq <= strand.added:
                asked.setdefault(strand.row, []).append(take.read.op.seq)
        for row, seqs in asked.items():
            for part in chunks(seqs):
                for seq, name, enc in self.connection.execute(
                    f"SELECT seq, h, enc FROM op WHERE strand=? AND seq IN ({values_in(part)})",
                    (row, *part),
                ):
                    names[row, seq] = name
                    if enc == WITHHELD:
                        bare.add(name)
        new = []
        for take, said in taken:
            op = take.read.op
            if op.strand != uid:
                uid, strand = op.strand, self._strands[op.strand]
            row = strand.row
            present = names.get((row, op.seq))
            if present is None:
                names[row, op.seq] = op.hash
                new.append(_Taken(take, said, row))
            elif present == op.hash:
                self.counts.known += 1  # another process wrote it meanwhile, or without its body
                if present in bare and op.body is not None:
                    withheld.append(op)
            else:
                self._refuse(take, "another op has its strand and sequence")
        return new, withheld

    def _entities(self, new: Sequence[_Taken]) -> tuple[list[_Taken], dict[bytes, int], set[bytes]]:
        """The rows of what the ops are about, made where they are not there, and which were made;
        before them the ops that can be written.

        An op about something that is of another kind here is set aside: it would be read as of that
        kind, and then not be what its hash says.
        """
        by_kind: dict[int, dict[bytes, None]] = {}
        for one in new:
            op = one.take.read.op
            by_kind.setdefault(op.entity_kind, {})[op.entity] = None
        rows: dict[bytes, int] = {}
        made: set[bytes] = set()
        kinds: dict[bytes, int] = {}
        kept: list[_Taken] = []
        for kind, wanted in by_kind.items():
            uids = list(wanted)
            ids, fresh = add_entities(self.connection, uids, kind)
            for uid, row, is_new in zip(uids, ids, fresh, strict=True):
                if is_new:
                    rows[uid], kinds[uid] = row, kind
                    made.add(uid)
            for part in chunks([uid for uid in uids if uid not in rows]):
                for uid, row, known in self.connection.execute(
                    f"SELECT uid, id, kind FROM ent WHERE uid IN ({values_in(part)})", part
                ):
                    rows[uid], kinds[uid] = row, known
        for one in new:
            if kinds[one.take.read.op.entity] == one.take.read.op.entity_kind:
                kept.append(one)
            else:
                self._refuse(one.take, "it is about something that is of another kind here")
        return kept, rows, made

    def _insert(self, new: Sequence[_Taken], rows: dict[bytes, int]) -> int:
        """Write the ops; returns the row of the first, the others follow it."""
        connection = self.connection
        first = self._next_row("op")
        ops = [one.take.read.op for one in new]
        packed: list[tuple[int, bytes]] = []
        for one in new:
            read = one.take.read
            if read.op.body is None:
                packed.append((WITHHELD, read.op.withheld))
            else:
                packed.append(read.packed or pack_body(connection, read.op.body))
        parents = [op.parents or None for op in ops]
        insert_many(
            connection,
            "op",
            {
                "id": range(first, first + len(ops)),
                "strand": same_or_each([one.strand for one in new]),
                "seq": in_order([op.seq for op in ops]),
                "hlc": [op.hlc for op in ops],
                "person": same_or_each([self._person_row(op.person) for op in ops]),
                "kind": same_or_each([op.kind for op in ops]),
                "ent": in_order([rows[op.entity] for op in ops]),
                "parents": parents if any(parents) else None,
                "salt": [op.salt for op in ops],
                "enc": same_or_each([enc for enc, _ in packed]),
                "body": [stored for _, stored in packed],
                "h": [op.hash for op in ops],
            },
        )
        believed = latest_believed()
        self.log.clock.see(max((op.hlc for op in ops if op.hlc <= believed), default=0))
        uid, strand = b"", _StrandHere(0, 0)
        for op in ops:
            if op.strand != uid:
                uid, strand = op.strand, self._strands[op.strand]
            if op.seq > strand.added:
                strand.added = op.seq
            if op.hlc > strand.hlc:
                strand.hlc = op.hlc
        self.counts.added += len(ops)
        return first

    def _fold(
        self, new: Sequence[_Taken], first: int, rows: dict[bytes, int], fresh: set[bytes]
    ) -> None:
        """Fold what the slice touched: queues and label sets, then tasks, then what is on them."""
        times = Counter(one.take.read.op.entity for one in new)
        tasks, annotations = [], []
        before: dict[int, None] = {}
        after: dict[int, None] = {}
        for number, one in enumerate(new):
            op, said = one.take.read.op, one.said
            row = rows[op.entity]
            if said is None or op.entity not in fresh or times[op.entity] > 1:
                (before if op.entity_kind < EntityKind.TASK else after)[row] = None
            elif isinstance(said, TaskBody):
                missing = bytes(said.content) == b"null"
                tasks.append(
                    FirstTask(
                        *(op.entity, row, said.queue, said.key, said.priority, said.order),
                        *(missing, first + number),
                    )
                )
            else:
                annotations.append(
                    FirstAnnotation(
                        *(row, bytes.fromhex(said.task), said.layer, bytes.fromhex(said.author)),
                        *(said.round, said.status, first + number, op.hlc),
                    )
                )
        if before:
            self.fold.touch(before)
        self.fold.first_tasks(tasks)
        if after:
            self.fold.touch(after)
        if annotations:
            self.fold.first_annotations(annotations)

    def _strand(self, take: Take) -> _StrandHere:
        strand = take.strand
        known = self._strands.get(strand.uid)
        if known is None:
            connection = self.connection
            row = connection.execute("SELECT id FROM strand WHERE uid=?", (strand.uid,)).fetchone()
            if row is None:
                writer = strand.person or take.read.op.person  # its row may be lost there
                row = connection.execute(
                    "INSERT INTO strand(uid, person, device, app, hlc) VALUES(?,?,?,?,0) "
                    "RETURNING id",
                    (strand.uid, self._person_row(writer), strand.device, strand.app),
                ).fetchone()
            last = connection.execute("SELECT max(seq) FROM op WHERE strand=?", row).fetchone()
            known = self._strands[strand.uid] = _StrandHere(row[0], last[0] or 0)
        return known

    def _person_row(self, uid: bytes) -> int:
        known = self._people.get(uid)
        if known is None:
            connection = self.connection
            connection.execute("INSERT OR IGNORE INTO person(uid) VALUES(?)", (uid,))
            row = connection.execute("SELECT id FROM person WHERE uid=?", (uid,)).fetchone()
            known = self._people[uid] = int(row[0])
        return known

    def _refuse(self, take: Take, why: str) -> None:
        self._set_aside(SetAside(self.src, why, quarantined_raw(take.read)))

    def _set_aside(self, found: SetAside) -> None:
        self.counts.quarantined += quarantine_put(
            self.connection,
            found.src,
            found.why,
            found.raw,
            digest(found.raw),
            self.log.clock.now(),
        )

    def _reseal(self, strand: _StrandHere) -> None:
        """Bring a strand's count and seal up to date with the ops that are here without a gap."""
        connection = self.connection
        have, seal = connection.execute(
            "SELECT have, seal FROM strand WHERE id=?", (strand.row,)
        ).fetchone()
        seal = seal or b""
        rows = connection.execute(
            "SELECT seq, h FROM op WHERE strand=? AND seq>? ORDER BY seq", (strand.row, have)
        )
        for seq, name in rows:
            if seq != have + 1:
                break
            have, seal = seq, sealed(seal, name)
        rows.close()
        connection.execute(
            "UPDATE strand SET have=?, last=max(last, ?), hlc=max(hlc, ?), seal=? WHERE id=?",
            (have, strand.added, strand.hlc, seal, strand.row),
        )


def _slice(first: Take | SetAside, todo: Todo) -> list[Take | SetAside]:
    """What is written next: so much of it as may be in memory at once."""
    some = [first]
    size = _size(first)
    while len(some) < SLICE and size < _SLICE_BYTES:
        found = next(todo, None)
        if found is None:
            break
        some.append(found)
        size += _size(found)
    return some


def _size(found: Take | SetAside) -> int:
    raw = found.raw if isinstance(found, SetAside) else found.read.op.body
    return len(raw or b"")
