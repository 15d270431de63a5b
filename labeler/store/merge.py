"""Merging: the union of two copies' ops. Nothing is dropped, nothing is overwritten.

What does not verify (a wrong hash, an unknown project, the same strand and sequence with another
hash) goes to quarantine with its bytes. Idempotent, commutative and associative by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from labeler.model.ids import digest
from labeler.model.problems import Refusal
from labeler.store.bodies import body_fault
from labeler.store.damage import Damaged, one_line
from labeler.store.file import ProjectFile, open_file
from labeler.store.fold import Fold
from labeler.store.media_rows import (
    LARGEST_MEDIUM,
    MEDIUM_PART,
    BlobPart,
    Media,
    PartsWriter,
    absent_media,
    medium_digest,
)
from labeler.store.oplog import BLOB, OpLog, OpRow, body_digest, op_hash, pack_body, unpack_body
from labeler.store.rows import MergeReport

__all__ = ["merge", "ops_of"]

BATCH = 5000
BATCH_BYTES = 4 << 20
"""Stored bytes of a page's bodies; uncompressed they are some ten times that."""
Progress = Callable[[int, int], None]


def ops_of(file: ProjectFile, strand: int, after: int = 0) -> Iterator[list[OpRow]]:
    """The ops of one strand in pages, in sequence, with uids in place of row ids."""
    for last in _page_ends(file, strand, after):
        rows = file.rows(
            "SELECT strand.uid, op.seq, op.hlc, person.uid, op.kind, ent.uid, ent.kind, op.parents, "
            "op.salt, op.enc, op.body, op.h FROM op JOIN strand ON strand.id=op.strand "
            "JOIN person ON person.id=op.person JOIN ent ON ent.id=op.ent "
            "WHERE op.strand=? AND op.seq>? AND op.seq<=? ORDER BY op.seq",
            (strand, after, last),
        )
        after = last
        page = []
        for row in rows:
            try:
                body = unpack_body(file.connection, row[9], row[10])
            except Damaged:
                body = None
            page.append(
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
                )
            )
        if page:
            yield page


def _page_ends(file: ProjectFile, strand: int, after: int) -> Iterator[int]:
    """The last sequence of each page: so many ops, or so many stored bytes."""
    while True:
        rows = file.rows(
            "SELECT op.seq, coalesce(length(op.body), 0) + coalesce((SELECT sum(length(blob.data)) "
            "FROM blob WHERE op.enc=? AND blob.hash=op.body), 0) FROM op "
            "WHERE op.strand=? AND op.seq>? ORDER BY op.seq LIMIT ?",
            (BLOB, strand, after, BATCH),
        )
        size = 0
        for seq, stored in rows:
            size += stored
            if size >= BATCH_BYTES:
                yield seq
                size = 0
        if size or rows:
            yield rows[-1][0]
        if len(rows) < BATCH:
            return
        after = rows[-1][0]


def fault(project: bytes, op: OpRow) -> str:
    """Why an op does not verify, or an empty text. One without a body is taken on its hash."""
    if op.body is None or op.salt is None:
        return "" if op.body is None and op.salt is None else "its body is missing"
    name = op_hash(
        project,
        op.strand,
        op.seq,
        op.hlc,
        op.person,
        op.kind,
        op.entity,
        op.entity_kind,
        op.parents,
        body_digest(op.salt, op.body),
    )
    if name != op.hash:
        return "its hash does not match its content"
    return body_fault(project, op.kind, op.entity, op.entity_kind, op.body)


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
    source = open_file(other, read_only=True)
    try:
        damage = source.rows("PRAGMA quick_check(1)")
        if damage and damage[0][0] != "ok":
            raise Refusal.of("file_damaged", source.where, reason=one_line(damage[0][0]))
        if source.meta("project") != project:
            raise Refusal.of("project_other", source.where)
        return _Merge(file, log, project, source, progress).run()
    finally:
        source.close()


def _conflicts(file: ProjectFile) -> int:
    return int(file.row("SELECT count(*) FROM conflict")[0])


class _Merge:
    """One merge while it runs."""

    def __init__(
        self,
        file: ProjectFile,
        log: OpLog,
        project: bytes,
        source: ProjectFile,
        progress: Progress | None,
    ) -> None:
        self.file = file
        self.log = log
        self.project = project
        self.source = source
        self.progress = progress
        self.added = self.known = self.quarantined = 0

    def run(self) -> MergeReport:
        """Take every strand in, then write the merge log."""
        total = self.source.row("SELECT count(*) FROM op")[0]
        strands = self.source.rows(
            "SELECT strand.id, strand.uid, person.uid, device, app, strand.hlc, have, last, seal "
            "FROM strand JOIN person ON person.id=strand.person ORDER BY strand.id"
        )
        for strand in strands:
            mine = self.file.row("SELECT have, last, seal FROM strand WHERE uid=?", (strand[1],))
            if mine is not None and tuple(mine) == tuple(strand[6:9]) and mine[0] == mine[1]:
                self.known += strand[6]
                continue
            for page in ops_of(self.source, strand[0]):
                self._page(strand, page)
                if self.progress is not None:
                    self.progress(self.added + self.known + self.quarantined, total)
        self._copy_quarantine()
        self._media()
        conflicts = _conflicts(self.file)
        with self.file.writing() as connection:
            connection.execute(
                "INSERT INTO merge_log(hlc, src, digest, added, known, conflicts, quarantined) "
                "VALUES(?,?,?,?,?,?,?)",
                (
                    self.log.clock.now(),
                    self.source.path.name,
                    digest(
                        *[field for row in strands for field in (row[1], row[7], row[8] or b"")]
                    ),
                    self.added,
                    self.known,
                    conflicts,
                    self.quarantined,
                ),
            )
        return MergeReport(self.added, self.known, conflicts, self.quarantined)

    def _page(self, strand: tuple[Any, ...], page: list[OpRow]) -> None:
        """Take a page of one strand's ops in, in one transaction."""
        added = known = quarantined = 0
        with self.file.writing() as connection:
            row = connection.execute("SELECT id FROM strand WHERE uid=?", (strand[1],)).fetchone()
            if row is None:
                person = self._person(strand[2])
                row = connection.execute(
                    "INSERT INTO strand(uid, person, device, app, hlc) VALUES(?,?,?,?,?) "
                    "RETURNING id",
                    (strand[1], person, strand[3], strand[4], strand[5]),
                ).fetchone()
            strand_row = row[0]
            present = dict(
                connection.execute(
                    "SELECT seq, h FROM op WHERE strand=? AND seq BETWEEN ? AND ?",
                    (strand_row, page[0].seq, page[-1].seq),
                ).fetchall()
            )
            touched: dict[int, None] = {}
            for op in page:
                here = present.get(op.seq)
                if here == op.hash:
                    known += 1
                    continue
                why = fault(self.project, op)
                if here is not None:
                    why = why or "another op has its strand and sequence"
                if why:
                    quarantined += self._quarantine(op, why)
                    continue
                touched[self._insert(strand_row, op)] = None
                added += 1
            self._reseal(strand_row)
            Fold(connection, self.project).touch(touched)
        self.added += added
        self.known += known
        self.quarantined += quarantined

    def _person(self, uid: object) -> int:
        connection = self.file.connection
        connection.execute("INSERT OR IGNORE INTO person(uid) VALUES(?)", (uid,))
        row = connection.execute("SELECT id FROM person WHERE uid=?", (uid,)).fetchone()
        return int(row[0])

    def _insert(self, strand: int, op: OpRow) -> int:
        connection = self.file.connection
        ent = self.log.entity_row(connection, op.entity, op.entity_kind)
        enc, stored = (0, None) if op.body is None else pack_body(connection, op.body)
        connection.execute(
            "INSERT INTO op(strand, seq, hlc, person, kind, ent, parents, salt, enc, body, h) "
            "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            (
                strand,
                op.seq,
                op.hlc,
                self._person(op.person),
                op.kind,
                ent,
                op.parents or None,
                op.salt,
                enc,
                stored,
                op.hash,
            ),
        )
        self.log.clock.see(op.hlc)
        return ent

    def _quarantine(self, op: OpRow, why: str) -> int:
        raw = msgspec.msgpack.encode(op)
        found = self.file.connection.execute(
            "INSERT OR IGNORE INTO quarantine(src, why, raw, digest, hlc) VALUES(?,?,?,?,?) "
            "RETURNING id",
            (self.source.path.name, why, raw, digest(raw), self.log.clock.now()),
        ).fetchone()
        return 0 if found is None else 1

    def _reseal(self, strand: int) -> None:
        """Bring a strand's count and seal up to date with the ops that are here without a gap."""
        connection = self.file.connection
        have, seal = connection.execute(
            "SELECT have, seal FROM strand WHERE id=?", (strand,)
        ).fetchone()
        seal = seal or b""
        rows = connection.execute(
            "SELECT seq, h FROM op WHERE strand=? AND seq>? ORDER BY seq", (strand, have)
        ).fetchall()
        for seq, name in rows:
            if seq != have + 1:
                break
            have, seal = seq, digest(seal, name)
        last, hlc = connection.execute(
            "SELECT max(seq), max(hlc) FROM op WHERE strand=?", (strand,)
        ).fetchone()
        connection.execute(
            "UPDATE strand SET have=?, last=coalesce(?,0), hlc=max(hlc, coalesce(?,0)), seal=? "
            "WHERE id=?",
            (have, last, hlc, seal, strand),
        )

    def _media(self) -> None:
        """Take in the bytes of media that are here by name only, where the other copy has them."""
        theirs, ours = Media(self.source, self.project), Media(self.file, self.project)
        writer = PartsWriter(ours.put_parts)
        for path, size, name in absent_media(self.file.connection):
            lengths = theirs.parts(name)
            if not lengths:
                continue  # nor has the other copy; a check names it
            if not _copy_medium(theirs, writer, name, lengths, size):
                writer.flush()
                ours.drop_parts(name)
                self.quarantined += self._note_bad_medium(path, name, sum(lengths))
        writer.flush()

    def _note_bad_medium(self, path: str, name: bytes, length: int) -> int:
        """Note in quarantine that a medium of the other copy is not what its hash says."""
        raw = msgspec.msgpack.encode({"medium": path, "hash": name, "length": length})
        why = f"the bytes of the medium {path!r} do not match their hash"
        with self.file.writing() as connection:
            found = connection.execute(
                "INSERT OR IGNORE INTO quarantine(src, why, raw, digest, hlc) VALUES(?,?,?,?,?) "
                "RETURNING id",
                (self.source.path.name, why, raw, digest(raw), self.log.clock.now()),
            ).fetchone()
        return 0 if found is None else 1

    def _copy_quarantine(self) -> None:
        """What the other copy holds in quarantine is held here too: its bytes are nobody's to drop."""
        rows = self.source.rows("SELECT src, why, raw, digest, hlc FROM quarantine")
        if rows:
            with self.file.writing() as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO quarantine(src, why, raw, digest, hlc) "
                    "VALUES(?,?,?,?,?)",
                    rows,
                )


def _copy_medium(
    theirs: Media, writer: PartsWriter, name: bytes, lengths: list[int], size: int
) -> bool:
    """Write the other copy's bytes of a medium; whether they match their hash. Else it is not here."""
    cut = [MEDIUM_PART] * (len(lengths) - 1)
    if (
        size > LARGEST_MEDIUM
        or sum(lengths) != size
        or lengths[:-1] != cut
        or lengths[-1] > MEDIUM_PART
    ):
        return False
    hasher, first = medium_digest(), b""
    for number in range(len(lengths)):
        try:
            data = theirs.part(name, number)
        except Damaged:
            return False
        hasher.update(data)
        if number:
            writer.add(BlobPart(name, number, data))
        else:
            first = data
    if hasher.digest() != name:
        return False
    writer.add(BlobPart(name, 0, first))  # the last: with it the medium is here
    return True
