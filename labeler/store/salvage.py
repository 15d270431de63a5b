"""What pages of a damaged file still say: ops that verify, and the local rows that go with them.

Rows point to each other by number; what a number means is told by other pages, some of which are
gone. So a number has candidates (also from the indexes, and from a backup, where the same numbers mean
the same), and an op's hash says which of them is right. Nothing without a valid hash is accepted.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from labeler.store.carve import Carved, Cell, carve
from labeler.store.damage import Damaged
from labeler.store.op_hash import body_digest
from labeler.store.op_rows import ReadOp, name_of
from labeler.store.oplog import EntityKind, OpRow, unpack_body
from labeler.store.schema import TABLES
from labeler.store.taking import SetAside, Strand, Take

__all__ = ["Pages", "StrandTold"]

_SCRATCH = ("blob", "step", "checkpoint", "draft", "quarantine", "merge_log")
"""Tables whose rows are kept aside as they are, to be verified by whoever takes them."""


class StrandTold(NamedTuple):
    """What a strand's row says of it: person's row, machine, program, clock, ops without a gap, last."""

    uid: bytes
    person: int
    device: str
    app: str
    hlc: int
    have: int
    last: int


class _OpCells(NamedTuple):
    """The cells of a row of ``op``, in the order of its columns."""

    strand: int
    seq: int
    hlc: int
    person: int
    kind: int
    ent: int
    parents: bytes | None
    salt: bytes | None
    enc: int
    stored: bytes | None
    name: bytes


class Pages:
    """The rows of one or more damaged files, gathered in two passes over their pages."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = sqlite3.connect(scratch, isolation_level=None)
        self.scratch.execute("PRAGMA synchronous=OFF")
        for table in _SCRATCH:
            self.scratch.execute(TABLES[table])
        self.projects: set[bytes] = set()
        self.facts: dict[str, bytes] = {}
        """What a hand-out says of itself: whose it is, which media are packed into it."""
        self.strands: dict[int, list[StrandTold]] = {}
        self.people: dict[int, bytes] = {}
        self.entities: dict[int, tuple[bytes, int]] = {}
        self._named: dict[int, list[bytes]] = {}
        """Uids by row, from indexes: of a strand, a person or an entity, they do not tell which."""
        self.unread = 0
        """Rows that were ops once, and verify no more."""

    def close(self) -> None:
        """Let go of what was kept aside."""
        self.scratch.close()

    # the first pass: what numbers mean

    def gather(self, path: Path, page_size: int, told: Callable[[], None]) -> None:
        """Take in all rows but ops; ``told`` is called after each page."""
        self.scratch.execute("BEGIN")
        for found in carve(path, page_size):
            if found is None:
                told()
            elif found.row is None:
                self._unnumbered(found.columns)
            else:
                self._numbered(found.row, found.columns)
        self.scratch.execute("COMMIT")

    def _numbered(self, row: int, columns: tuple[Cell, ...]) -> None:
        """A row by what its cells are; a newer minor may have further ones in what is local."""
        match columns:
            case (None, bytes() as uid) if len(uid) == 16:
                self.people.setdefault(row, uid)
            case (None, bytes() as uid, int() as kind) if len(uid) == 16:
                self.entities.setdefault(row, (uid, kind))
            case (
                None,
                bytes() as uid,
                int() as person,
                str() as device,
                str() as app,
                int() as hlc,
                int() as have,
                int() as last,
                bytes() | None,
                *_,
            ) if len(uid) == 16:
                told = StrandTold(uid, person, device, app, hlc, have, last)
                self.strands.setdefault(row, []).append(told)
            case (None, str(), str(), bytes(), bytes(), int(), *_):
                self._keep("quarantine", columns[:6])
            case (None, int(), str(), bytes(), int(), int(), int(), int(), *_):
                self._keep("merge_log", (row, *columns[1:8]))

    def _unnumbered(self, columns: tuple[Cell, ...]) -> None:
        match columns:
            case ("project", bytes() as uid) if len(uid) == 16:
                self.projects.add(uid)
            case (str() as fact, bytes() as told) if fact.startswith(("packed:", "handout")):
                self.facts.setdefault(fact, told)
            case (bytes() as uid, int() as row) if len(uid) == 16:
                self._named.setdefault(row, []).append(uid)
            case (bytes(), int(), bytes()):
                self._keep("blob", columns)
            case (int(), int(), int(), int(), int(), *rest):
                self._of_a_draft(columns, tuple(rest))

    def _of_a_draft(self, columns: tuple[Cell, ...], rest: tuple[Cell, ...]) -> None:
        """A row of a draft, by what follows its place."""
        match rest:
            case (int(), str(), str(), bytes(), *_):
                self._keep("checkpoint", columns[:9])
            case (int(), int(), int(), int(), str(), str(), bytes(), bytes(), *_):
                self._keep("step", columns[:13])
            case (bytes() | None, int(), int(), int(), int(), int(), str(), *_):
                self._keep("draft", columns[:12])

    def _keep(self, table: str, columns: Sequence[Cell]) -> None:
        marks = ",".join("?" * len(columns))
        self.scratch.execute(f"INSERT OR IGNORE INTO {table} VALUES({marks})", columns)

    # the second pass: ops

    def ops(
        self, path: Path, page_size: int, project: bytes, src: str
    ) -> Iterator[Take | SetAside | None]:
        """The ops that verify; rows that look like ops and do not are set aside; None after a page."""
        for found in carve(path, page_size):
            if found is None:
                yield None
            elif (cells := _op_cells(found)) is not None:
                yield self._op(found, cells, project, src)

    def _op(self, found: Carved, cells: _OpCells, project: bytes, src: str) -> Take | SetAside:
        try:
            body = unpack_body(self.scratch, cells.enc, cells.stored)
        except Damaged as damage:
            return self._aside(found, src, damage.reason)
        if cells.stored is None or (body is None) != (cells.salt is None):
            return self._aside(found, src, "its body is missing")
        said = cells.stored
        if body is not None and cells.salt is not None:
            said = body_digest(cells.salt, body)
        for told, who, (entity, entity_kind) in itertools.product(
            self._strands_of(cells.strand),
            self._people_of(cells.person),
            self._entities_of(cells.ent),
        ):
            op = OpRow(
                strand=told.uid,
                seq=cells.seq,
                hlc=cells.hlc,
                person=who,
                kind=cells.kind,
                entity=entity,
                entity_kind=entity_kind,
                parents=cells.parents or b"",
                salt=cells.salt,
                body=body,
                hash=cells.name,
                withheld=b"" if body is not None else said,
            )
            if op.hash == name_of(project, op, said):
                self.entities[cells.ent] = (entity, entity_kind)
                self.people[cells.person] = who
                writer = self.people.get(told.person, who)
                strand_told = Strand(0, told.uid, writer, told.device, told.app, 0)
                return Take(strand_told, ReadOp(op))
        return self._aside(found, src, "its hash does not match its content")

    def _aside(self, found: Carved, src: str, why: str) -> SetAside:
        self.unread += 1
        return SetAside(src, why, msgspec.msgpack.encode(found.columns))

    def _strands_of(self, row: int) -> list[StrandTold]:
        known = self.strands.get(row, [])
        return [*known, *(StrandTold(uid, -1, "", "", 0, 0, 0) for uid in self._named.get(row, ()))]

    def _people_of(self, row: int) -> list[bytes]:
        known = self.people.get(row)
        return [*([known] if known else ()), *self._named.get(row, ())]

    def _entities_of(self, row: int) -> list[tuple[bytes, int]]:
        known = self.entities.get(row)
        named = itertools.product(self._named.get(row, ()), (int(one) for one in EntityKind))
        return [*([known] if known else ()), *named]


def _op_cells(found: Carved) -> _OpCells | None:
    """The row as one of ``op``, or None where it is none."""
    if found.row is None:
        return None
    match found.columns:
        case (
            None,
            int() as strand,
            int() as seq,
            int() as hlc,
            int() as person,
            int() as kind,
            int() as ent,
            bytes() | None as parents,
            bytes() | None as salt,
            int() as enc,
            bytes() | None as stored,
            bytes() as name,
        ) if len(name) == 16:
            return _OpCells(strand, seq, hlc, person, kind, ent, parents, salt, enc, stored, name)
    return None
