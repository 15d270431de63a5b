"""Taking ops in that were written elsewhere: in batches of at most half a second.

A batch is one transaction with all that belongs to it: the ops, the caches they change, the seals of
their strands, what did not verify, and the row of the log. A kill leaves the batches before it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from labeler.model.ids import digest
from labeler.store.file import ProjectFile
from labeler.store.fold import Fold
from labeler.store.merge_log import log_merge, quarantine_put
from labeler.store.op_rows import ReadOp, fault, quarantined_raw
from labeler.store.oplog import OpLog, OpRow, pack_body

__all__ = ["Counts", "SetAside", "Strand", "Take", "Taking", "conflict_count"]

BATCH_S = 0.25
"""Seconds after which a batch takes no more ops; with its last slice folded it stays below 0.5."""
_SLICE = 100
"""Entities that are folded at once."""


class Strand(NamedTuple):
    """A strand of another copy; ``row`` is its row there, 0 for one that a lift makes."""

    row: int
    uid: bytes
    person: bytes
    device: str
    app: str
    hlc: int
    have: int = 0
    last: int = 0
    seal: bytes | None = None


class Take(NamedTuple):
    """An op that is not here."""

    strand: Strand
    read: ReadOp


class SetAside(NamedTuple):
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


def conflict_count(file: ProjectFile) -> int:
    """How many entities are in conflict."""
    return int(file.row("SELECT count(*) FROM conflict")[0])


class Taking:
    """Takes in what comes from one source, named ``src`` in the log; with ``logged`` false the log
    is left alone."""

    def __init__(
        self, file: ProjectFile, log: OpLog, project: bytes, src: str, *, logged: bool = True
    ) -> None:
        self.file = file
        self.log = log
        self.project = project
        self.src = src
        self.counts = Counts()
        self._is_logged = logged
        self._logged: int | None = None

    def run(self, todo: Todo, told: Callable[[], None]) -> None:
        """Write all of it, batch by batch; ``told`` is called after each. Raises Refusal."""
        for found in todo:
            if found is not None:
                with self.file.writing() as connection:
                    counts = _Batch(self, connection).write(found, todo)
                self.counts = counts
            told()

    def end(self, state: bytes, quarantined_before: int) -> None:
        """End the row of the log: all is in. ``state`` tells what the source held, and what was set
        aside after row ``quarantined_before`` without a batch belongs to it."""
        with self.file.writing() as connection:
            after = connection.execute("SELECT coalesce(max(id), 0) FROM quarantine").fetchone()[0]
            self.write_log(connection, self.counts, state, (1, 0), (quarantined_before + 1, after))

    def write_log(
        self,
        connection: sqlite3.Connection,
        counts: Counts,
        state: bytes,
        ops: tuple[int, int],
        set_aside: tuple[int, int],
    ) -> None:
        """Bring the row of the log up to date; ``state`` is empty until all is in."""
        if not self._is_logged:
            return
        number = log_merge(
            connection,
            self._logged,
            hlc=self.log.clock.now(),
            src=self.src,
            digest=state,
            counts=(counts.added, counts.known, conflict_count(self.file), counts.quarantined),
            ops=ops,
            set_aside=set_aside,
        )
        self._logged = number


class _Batch:
    """One transaction: ops, what they change in the caches, seals and the log."""

    def __init__(self, taking: Taking, connection: sqlite3.Connection) -> None:
        self.taking = taking
        self.connection = connection
        self.fold = Fold(connection, taking.project)
        self.touched: dict[int, None] = {}
        self.added = self.known = self.quarantined = 0
        self._people: dict[bytes, int] = {}
        self._strands: dict[bytes, int] = {}
        self._greatest: dict[int, tuple[int, int]] = {}
        """Greatest sequence and clock added, by the strand's row."""

    def write(
        self,
        first: Take | SetAside,
        todo: Todo,
    ) -> Counts:
        """Write what is there to be written until time is up; returns the merge's counts after it."""
        began = time.monotonic()
        ops, set_aside = self._next_row("op"), self._next_row("quarantine")
        found: Take | SetAside | None = first
        while True:
            if isinstance(found, SetAside):
                self._set_aside(found)
            elif found is not None:
                self._take(found)
            if len(self.touched) >= _SLICE:
                self._fold()
            if time.monotonic() - began >= BATCH_S:
                break
            try:
                found = next(todo)
            except StopIteration:
                break
        self._fold()
        for strand, (last, hlc) in self._greatest.items():
            self._reseal(strand, last, hlc)
        before = self.taking.counts
        counts = Counts(
            before.added + self.added,
            before.known + self.known,
            before.quarantined + self.quarantined,
        )
        self.taking.write_log(
            self.connection,
            counts,
            b"",
            (ops, self._next_row("op") - 1),
            (set_aside, self._next_row("quarantine") - 1),
        )
        return counts

    def _next_row(self, table: str) -> int:
        row = self.connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()
        return int(row[0])

    def _fold(self) -> None:
        self.fold.touch(self.touched)
        self.touched.clear()

    def _take(self, found: Take) -> None:
        op = found.read.op
        why = fault(self.taking.project, found.read)
        strand = self._strand_row(found.strand) if not why else self._strands.get(op.strand)
        if strand is not None:
            present = self.connection.execute(
                "SELECT h FROM op WHERE strand=? AND seq=?", (strand, op.seq)
            ).fetchone()
            if present is not None and present[0] == op.hash:
                self.known += 1  # another process wrote it meanwhile
                return
            if present is not None:
                why = why or "another op has its strand and sequence"
        if why:
            self._set_aside(SetAside(self.taking.src, why, quarantined_raw(found.read)))
            return
        assert strand is not None
        self._insert(strand, op)

    def _insert(self, strand: int, op: OpRow) -> None:
        connection = self.connection
        ent = self.taking.log.entity_row(connection, op.entity, op.entity_kind)
        enc, stored = (0, None) if op.body is None else pack_body(connection, op.body)
        connection.execute(
            "INSERT INTO op(strand, seq, hlc, person, kind, ent, parents, salt, enc, body, h) "
            "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            (
                strand,
                op.seq,
                op.hlc,
                self._person_row(op.person),
                op.kind,
                ent,
                op.parents or None,
                op.salt,
                enc,
                stored,
                op.hash,
            ),
        )
        self.taking.log.clock.see(op.hlc)
        last, hlc = self._greatest.get(strand, (0, 0))
        self._greatest[strand] = max(last, op.seq), max(hlc, op.hlc)
        self.touched[ent] = None
        self.added += 1

    def _strand_row(self, strand: Strand) -> int:
        known = self._strands.get(strand.uid)
        if known is None:
            connection = self.connection
            sql = "SELECT id FROM strand WHERE uid=?"
            row = connection.execute(sql, (strand.uid,)).fetchone()
            if row is None:
                person = self._person_row(strand.person)
                row = connection.execute(
                    "INSERT INTO strand(uid, person, device, app, hlc) VALUES(?,?,?,?,0) "
                    "RETURNING id",
                    (strand.uid, person, strand.device, strand.app),
                ).fetchone()
            known = self._strands[strand.uid] = int(row[0])
        return known

    def _person_row(self, uid: bytes) -> int:
        known = self._people.get(uid)
        if known is None:
            connection = self.connection
            connection.execute("INSERT OR IGNORE INTO person(uid) VALUES(?)", (uid,))
            row = connection.execute("SELECT id FROM person WHERE uid=?", (uid,)).fetchone()
            known = self._people[uid] = int(row[0])
        return known

    def _set_aside(self, found: SetAside) -> None:
        self.quarantined += quarantine_put(
            self.connection,
            found.src,
            found.why,
            found.raw,
            digest(found.raw),
            self.taking.log.clock.now(),
        )

    def _reseal(self, strand: int, last: int, hlc: int) -> None:
        """Bring a strand's count and seal up to date with the ops that are here without a gap."""
        connection = self.connection
        have, seal = connection.execute(
            "SELECT have, seal FROM strand WHERE id=?", (strand,)
        ).fetchone()
        seal = seal or b""
        rows = connection.execute(
            "SELECT seq, h FROM op WHERE strand=? AND seq>? ORDER BY seq", (strand, have)
        )
        for seq, name in rows:
            if seq != have + 1:
                break
            have, seal = seq, digest(seal, name)
        rows.close()
        connection.execute(
            "UPDATE strand SET have=?, last=max(last, ?), hlc=max(hlc, ?), seal=? WHERE id=?",
            (have, last, hlc, seal, strand),
        )
