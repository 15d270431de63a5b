"""Loose steps of another copy, lifted into draft ops: nobody's unfinished work stays behind.

The op of a draft is the same however often the copy is merged and by whom: its strand is named after
what it says, H("lift", strand of the last step, annotation, last step, cursor, clock, H(salt, body)),
its sequence is 1 and its clock that of the draft's last change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from labeler.model.ids import digest
from labeler.store.damage import Damaged
from labeler.store.draft_places import AT_PLACE, DraftPlace
from labeler.store.drafting import draft_op
from labeler.store.drafts import Drafts
from labeler.store.file import SQL_ERRORS, ProjectFile, refusal_of
from labeler.store.op_hash import body_digest
from labeler.store.op_rows import name_of
from labeler.store.oplog import SALT, EntityKind, OpKind, OpLog, OpRow

__all__ = ["Lifted", "lifted"]


class Lifted(NamedTuple):
    """A loose draft as an op, with device and program of the strand that wrote its last step.

    Where its steps cannot be followed: why, and their rows as msgpack.
    """

    op: OpRow | None
    device: str = ""
    app: str = ""
    why: str = ""
    raw: bytes = b""


def lifted(source: ProjectFile, project: bytes) -> Iterator[Lifted]:
    """The loose drafts of another copy, one after the other. Raises Refusal."""
    drafts = Drafts(source, OpLog(source, project))
    for place, cursor in drafts.loose():
        try:
            source.connection.execute("BEGIN")  # the draft as it is at one moment
            try:
                found = _lift(source, project, drafts, place, cursor)
            finally:
                source.connection.execute("ROLLBACK")
        except SQL_ERRORS as error:
            raise refusal_of(error, source.where) from error
        yield found


def _lift(
    source: ProjectFile, project: bytes, drafts: Drafts, place: DraftPlace, cursor: int
) -> Lifted:
    rows = source.rows(
        "SELECT n, parent, strand, hlc, label, ckey, forward, inverse FROM step "
        f"WHERE {AT_PLACE} ORDER BY n",
        place,
    )
    try:
        return _op(source, project, drafts, place, cursor, rows)
    except Damaged as damage:
        kept = {
            "draft": [list(row) for row in _draft_rows(source, place)],
            "steps": [list(row) for row in rows],
            "checkpoints": [
                list(row)
                for row in source.rows(
                    f"SELECT n, status, reason, tree FROM checkpoint WHERE {AT_PLACE} ORDER BY n",
                    place,
                )
            ],
        }
        why = f"the steps of a draft cannot be followed to step {cursor}: {damage.reason}"
        return Lifted(None, why=why, raw=msgspec.msgpack.encode(kept))


def _draft_rows(source: ProjectFile, place: DraftPlace) -> list[Any]:
    return source.rows(
        "SELECT base, cursor, saved, covered, last, hlc, ent.uid, person.uid FROM draft "
        "LEFT JOIN ent ON ent.id=task LEFT JOIN person ON person.id=draft.person "
        "WHERE task=? AND draft.person=? AND layer=? AND round=? AND about=?",
        place,
    )


def _op(
    source: ProjectFile,
    project: bytes,
    drafts: Drafts,
    place: DraftPlace,
    cursor: int,
    rows: list[Any],
) -> Lifted:
    last, hlc = _draft_rows(source, place)[0][4:6]
    names, body = draft_op(drafts, place, cursor)
    strand_uid, device, app = _written_by(source.connection, rows[-1][2])
    # It must be the same each time, and no more to be guessed than the steps it was made of.
    salt = digest("lift salt", *[field for row in rows for field in row[3:]])[:SALT]
    said = body_digest(salt, body)
    op = OpRow(
        strand=digest("lift", strand_uid, names.annotation, last, cursor, hlc, said),
        seq=1,
        hlc=hlc,
        person=names.author,
        kind=int(OpKind.DRAFT),
        entity=names.annotation,
        entity_kind=int(EntityKind.ANNOTATION),
        parents=b"",
        salt=salt,
        body=body,
        hash=b"",
    )
    name = name_of(project, op, said)
    return Lifted(msgspec.structs.replace(op, hash=name), device, app)


def _written_by(connection: sqlite3.Connection, strand: int) -> tuple[bytes, str, str]:
    row = connection.execute("SELECT uid, device, app FROM strand WHERE id=?", (strand,)).fetchone()
    if row is None:
        raise Damaged("the strand that wrote its last step is not there")
    return row[0], row[1], row[2]
