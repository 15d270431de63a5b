"""Merging: the union of two copies' ops. Nothing is dropped, nothing is overwritten.

What does not verify (a wrong hash, a body that is no body, the same strand and sequence with another
hash) goes to quarantine with its bytes; what a person had begun there comes along as draft ops.
Idempotent, commutative and associative by construction. Written in batches of at most half a second,
each complete in itself: a kill leaves a smaller merge, and merging again adds the rest.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from labeler.model.ids import digest
from labeler.store.file import ProjectFile
from labeler.store.fold import Fold
from labeler.store.incoming import open_incoming, state_digest
from labeler.store.lift import lifted
from labeler.store.merge_log import log_merge, quarantine_put
from labeler.store.merge_media import take_media
from labeler.store.op_rows import ReadOp, fault, ops_at, quarantined_raw, sequences
from labeler.store.oplog import OpLog, OpRow, pack_body
from labeler.store.rows import MergeReport

__all__ = ["merge"]

BATCH_S = 0.25
"""Seconds after which a batch takes no more ops; with its last slice folded it stays below 0.5."""
_SLICE = 100
"""Entities that are folded at once."""
Progress = Callable[[int, int], None]


def merge(
    file: ProjectFile,
    log: OpLog,
    project: bytes,
    other: Path,
    progress: Progress | None = None,
) -> MergeReport:
    """Take the ops of another copy of this project in. Raises Refusal; a kill leaves a smaller merge."""
    if other.exists() and other.samefile(file.path):
        total = file.row("SELECT count(*) FROM op")[0]
        return MergeReport(0, total, _conflicts(file), 0)
    with open_incoming(other, project) as source:
        return _Merge(file, log, project, source, other.name, progress).run()


def _conflicts(file: ProjectFile) -> int:
    return int(file.row("SELECT count(*) FROM conflict")[0])


class _Strand(NamedTuple):
    """A strand of the other copy; ``row`` is its row there, 0 for one that a lift makes."""

    row: int
    uid: bytes
    person: bytes
    device: str
    app: str
    hlc: int
    have: int = 0
    last: int = 0
    seal: bytes | None = None


class _Take(NamedTuple):
    """An op that is not here."""

    strand: _Strand
    read: ReadOp


class _SetAside(NamedTuple):
    """Bytes to be kept in quarantine."""

    src: str
    why: str
    raw: bytes


class _Counts(msgspec.Struct):
    added: int = 0
    known: int = 0
    quarantined: int = 0


class _Merge:
    """One merge while it runs."""

    def __init__(
        self,
        file: ProjectFile,
        log: OpLog,
        project: bytes,
        source: ProjectFile,
        src: str,
        progress: Progress | None,
    ) -> None:
        self.file = file
        self.log = log
        self.project = project
        self.source = source
        self.src = src
        self.progress = progress
        self.counts = _Counts()
        self.logged: int | None = None

    def run(self) -> MergeReport:
        """Take everything in that is not here, then end the merge's row of the log."""
        total = self.source.row("SELECT count(*) FROM op")[0]
        todo = self._todo()
        for found in todo:
            if found is not None:
                with self.file.writing() as connection:
                    counts = _Batch(self, connection).write(found, todo)
                self.counts = counts
            if self.progress is not None:
                done = self.counts.added + self.counts.known + self.counts.quarantined
                self.progress(min(done, total), total)
        before = self.file.row("SELECT coalesce(max(id), 0) FROM quarantine")[0]
        hlc = self.log.clock.now()
        self.counts.quarantined += take_media(self.file, self.source, self.project, self.src, hlc)
        with self.file.writing() as connection:
            after = connection.execute("SELECT coalesce(max(id), 0) FROM quarantine").fetchone()[0]
            self.write_log(
                connection, self.counts, state_digest(self.source), (1, 0), (before + 1, after)
            )
        counts = self.counts
        return MergeReport(counts.added, counts.known, _conflicts(self.file), counts.quarantined)

    def write_log(
        self,
        connection: sqlite3.Connection,
        counts: _Counts,
        state: bytes,
        ops: tuple[int, int],
        set_aside: tuple[int, int],
    ) -> None:
        """Bring the merge's row of the log up to date; ``state`` is empty until all is in."""
        number = log_merge(
            connection,
            self.logged,
            hlc=self.log.clock.now(),
            src=self.src,
            digest=state,
            counts=(counts.added, counts.known, _conflicts(self.file), counts.quarantined),
            ops=ops,
            set_aside=set_aside,
        )
        self.logged = number

    # what is not here

    def _todo(self) -> Iterator[_Take | _SetAside | None]:
        """What the other copy has and this one has not; None now and then while it has nothing new."""
        for row in self.source.rows(
            "SELECT strand.id, strand.uid, person.uid, device, app, strand.hlc, have, last, seal "
            "FROM strand JOIN person ON person.id=strand.person ORDER BY strand.id"
        ):
            yield from self._missing(_Strand(*row))
        for draft in lifted(self.source, self.project):
            if draft.op is None:
                yield _SetAside(self.src, draft.why, draft.raw)
            else:
                op = draft.op
                strand = _Strand(0, op.strand, op.person, draft.device, draft.app, op.hlc)
                if self._here(op.strand, op.seq) == op.hash:
                    self.counts.known += 1
                else:
                    yield _Take(strand, ReadOp(op))
        yield from self._their_quarantine()

    def _missing(self, strand: _Strand) -> Iterator[_Take | None]:
        """The ops of one strand that are not here, or are others here.

        Between full strands one seal proves all of them; a hand-out has gaps and is compared op by op.
        """
        mine = self.file.row("SELECT have, last, seal FROM strand WHERE uid=?", (strand.uid,))
        if mine is not None and mine == strand[6:9] and mine[0] == mine[1]:
            self.counts.known += strand.have
            return
        for theirs in sequences(self.source, strand.row):
            seqs = list(theirs)
            here = dict(
                self.file.rows(
                    "SELECT seq, h FROM op WHERE strand=(SELECT id FROM strand WHERE uid=?) "
                    "AND seq BETWEEN ? AND ?",
                    (strand.uid, seqs[0], seqs[-1]),
                )
            )
            new = [seq for seq in seqs if here.get(seq) != theirs[seq]]
            self.counts.known += len(seqs) - len(new)
            for read in ops_at(self.source, strand.row, new):
                yield _Take(strand, read)
            yield None

    def _here(self, strand: bytes, seq: int) -> bytes | None:
        row = self.file.row(
            "SELECT h FROM op WHERE strand=(SELECT id FROM strand WHERE uid=?) AND seq=?",
            (strand, seq),
        )
        return bytes(row[0]) if row else None

    def _their_quarantine(self) -> Iterator[_SetAside]:
        """What the other copy set aside is kept here too, but for ops that are in order here."""
        for (number,) in self.source.rows("SELECT id FROM quarantine ORDER BY id"):
            row = self.source.row("SELECT src, why, raw FROM quarantine WHERE id=?", (number,))
            try:
                op = msgspec.msgpack.decode(row[2], type=OpRow)
            except (msgspec.DecodeError, UnicodeDecodeError):
                op = None  # no op, or none that could be read
            if op is None or self._here(op.strand, op.seq) != op.hash:
                yield _SetAside(*row)


class _Batch:
    """One transaction of a merge: ops, what they change in the caches, seals and the log."""

    def __init__(self, merge: _Merge, connection: sqlite3.Connection) -> None:
        self.merge = merge
        self.connection = connection
        self.fold = Fold(connection, merge.project)
        self.touched: dict[int, None] = {}
        self.added = self.known = self.quarantined = 0
        self._people: dict[bytes, int] = {}
        self._strands: dict[bytes, int] = {}
        self._greatest: dict[int, tuple[int, int]] = {}
        """Greatest sequence and clock added, by the strand's row."""

    def write(
        self,
        first: _Take | _SetAside,
        todo: Iterator[_Take | _SetAside | None],
    ) -> _Counts:
        """Write what is there to be written until time is up; returns the merge's counts after it."""
        began = time.monotonic()
        ops, set_aside = self._next_row("op"), self._next_row("quarantine")
        found: _Take | _SetAside | None = first
        while True:
            if isinstance(found, _SetAside):
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
        before = self.merge.counts
        counts = _Counts(
            before.added + self.added,
            before.known + self.known,
            before.quarantined + self.quarantined,
        )
        self.merge.write_log(
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

    def _take(self, found: _Take) -> None:
        op = found.read.op
        why = fault(self.merge.project, found.read)
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
            self._set_aside(_SetAside(self.merge.src, why, quarantined_raw(found.read)))
            return
        assert strand is not None
        self._insert(strand, op)

    def _insert(self, strand: int, op: OpRow) -> None:
        connection = self.connection
        ent = self.merge.log.entity_row(connection, op.entity, op.entity_kind)
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
        self.merge.log.clock.see(op.hlc)
        last, hlc = self._greatest.get(strand, (0, 0))
        self._greatest[strand] = max(last, op.seq), max(hlc, op.hlc)
        self.touched[ent] = None
        self.added += 1

    def _strand_row(self, strand: _Strand) -> int:
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

    def _set_aside(self, found: _SetAside) -> None:
        self.quarantined += quarantine_put(
            self.connection,
            found.src,
            found.why,
            found.raw,
            digest(found.raw),
            self.merge.log.clock.now(),
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
