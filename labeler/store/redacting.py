"""Redacting: the one way to take words out of a project for good.

An op of its own names the ops of an entity whose bodies are to go. Wherever it comes, what they said is
shown no more. Their bodies go from the file of whoever redacts, and H(salt, body) stands in their place,
so that the rest of each can still be verified and nobody can guess what it said. A merge takes no body
away and brings none back that was redacted; one that is merely missing it fills in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from labeler.model.ids import person_uid
from labeler.store.bodies import RedactBody, encode
from labeler.store.damage import refuses_damage
from labeler.store.draft_places import DraftPlace, names_of
from labeler.store.drafting import Drafting
from labeler.store.drafts import refuse_held
from labeler.store.file import ProjectFile
from labeler.store.fold import Fold
from labeler.store.heads import redacted_by
from labeler.store.op_hash import body_digest
from labeler.store.oplog import (
    BLOB,
    WITHHELD,
    EntityKind,
    OpKind,
    OpRow,
    pack_body,
    unpack_body,
)

__all__ = ["Redacting", "fill", "is_redacted", "leave_out_redacted", "withheld_of"]


def withheld_of(file: ProjectFile, strand: bytes) -> set[int]:
    """Sequences of a strand's ops (its uid) that are here without their body and were not redacted."""
    rows = file.rows(
        "SELECT op.seq, op.ent, op.h FROM op JOIN strand ON strand.id=op.strand "
        "WHERE strand.uid=? AND op.enc=3",
        (strand,),
    )
    return {seq for seq, ent, name in rows if name not in _redacted(file.connection, ent)}


def is_redacted(file: ProjectFile, strand: int, seq: int) -> bool:
    """Whether a file knows that an op (its strand's row, its sequence) was redacted, its body here or
    not."""
    row = file.row("SELECT ent, h FROM op WHERE strand=? AND seq=?", (strand, seq))
    return row is not None and row[1] in _redacted(file.connection, row[0])


def _redacted(connection: sqlite3.Connection, ent: int) -> set[bytes]:
    """The hashes of the ops of an entity (its row) that were redacted."""
    names: set[bytes] = set()
    for enc, stored in connection.execute(
        "SELECT enc, body FROM op WHERE ent=? AND kind=5", (ent,)
    ).fetchall():
        names |= redacted_by(connection, enc, stored)
    return names


def fill(connection: sqlite3.Connection, fold: Fold, ops: Sequence[OpRow]) -> None:
    """Give ops that are here without their body the one that came, unless they were redacted.

    They were verified, and are the same by their hash. Within the open transaction.
    """
    touched: dict[int, None] = {}
    for op in ops:
        row, ent = connection.execute(
            "SELECT op.id, op.ent FROM op JOIN strand ON strand.id=op.strand "
            "WHERE strand.uid=? AND op.seq=?",
            (op.strand, op.seq),
        ).fetchone()
        if op.body is None or op.hash in _redacted(connection, ent):
            continue
        values = (op.salt, *pack_body(connection, op.body), row)
        connection.execute("UPDATE op SET salt=?, enc=?, body=? WHERE id=?", values)
        touched[ent] = None
    fold.touch(touched)


def leave_out_redacted(connection: sqlite3.Connection, first: int) -> None:
    """Leave out the bodies of ops from the row ``first`` on that were redacted, within the open
    transaction. What was here before keeps its body."""
    rows = connection.execute(
        "SELECT ent, h FROM op WHERE id>=? AND enc<>3 AND ent IN (SELECT ent FROM op WHERE kind=5)",
        (first,),
    ).fetchall()
    for ent in {row[0] for row in rows}:
        new = {name for of, name in rows if of == ent}
        forget_bodies(connection, ent, new & _redacted(connection, ent))


def forget_bodies(connection: sqlite3.Connection, ent: int, names: Collection[bytes]) -> None:
    """Take the bodies of these ops of an entity (its row) out of the file, within the open transaction.

    SQLite writes zeros over what is freed (``secure_delete``). Raises Damaged where one does not unpack.
    """
    rows = connection.execute(
        "SELECT id, h, salt, enc, body FROM op WHERE ent=? AND enc<>3", (ent,)
    ).fetchall()
    for row, name, salt, enc, stored in rows:
        if name not in names:
            continue
        body = unpack_body(connection, enc, stored)
        said = body_digest(salt, body or b"")
        sql = "UPDATE op SET salt=NULL, enc=?, body=? WHERE id=?"
        connection.execute(sql, (WITHHELD, said, row))
        shared = "SELECT 1 FROM op WHERE enc=? AND body=? LIMIT 1"
        if enc == BLOB and not connection.execute(shared, (BLOB, stored)).fetchone():
            connection.execute("DELETE FROM blob WHERE hash=?", (stored,))


class Redacting(Drafting):
    """Redacts what was said of an entity."""

    @refuses_damage
    def redact(self, entity: str, ops: Sequence[str] = (), *, by: str, reason: str = "") -> int:
        """Take what these ops (their hashes) said of an entity out of this file for good, drafts of an
        annotation and their steps too; without ``ops`` all of them. All in hexadecimal.

        ``by`` is the handle of who does it, ``reason`` why. Returns how many ops were named, 0 where
        there was nothing to redact. Raises Refusal where another process writes a draft of it.
        """
        uid = bytes.fromhex(entity)
        row = self.file.row("SELECT id, kind FROM ent WHERE uid=?", (uid,))
        if row is None:
            return 0
        found = self.file.rows("SELECT h FROM op WHERE ent=? AND kind<>5", (row[0],))
        names = {name for (name,) in found if not ops or name.hex() in ops}
        if not names:
            return 0
        body = RedactBody(tuple(sorted(name.hex() for name in names)), reason)
        drafts = [place for place in self._places_of(uid) if not ops]
        with self._writing() as (connection, touched):
            for place in drafts:
                if self.drafts.holder(place.task, place.person):
                    raise refuse_held(
                        self.drafts.holder(place.task, place.person), by, self.file.where
                    )
                self.drafts.drop(connection, place)
            person = person_uid(self.uid, by).hex()
            kind, how = EntityKind(row[1]), OpKind.REDACT
            touched.append(self._put(connection, person, uid, kind, encode(body), (), how))
            forget_bodies(connection, row[0], _redacted(connection, row[0]))
        return len(names)

    def _places_of(self, annotation: bytes) -> list[DraftPlace]:
        """Where drafts of an annotation (its uid) lie."""
        rows = self.file.rows("SELECT task, person, layer, round, about FROM draft")
        places = [DraftPlace(*one) for one in rows]
        return [one for one in places if names_of(self.file, one).annotation == annotation]
