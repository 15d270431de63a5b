"""Drafts that came as ops: which of them are still somebody's unfinished work.

A draft op names the steps it covers: of each strand that wrote steps of the draft, the greatest number.
It is retired by a later op of the same person that covers those steps too: the annotation made of
them, or a newer draft. It is never a head, and nothing is lost by its being retired.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import msgspec

from labeler.model.value import LAYERS
from labeler.store.bodies import DraftBody
from labeler.store.damage import Damaged, read_body, read_rows
from labeler.store.draft_places import DraftPlace, adopted_key
from labeler.store.oplog import EntityKind, OpKind, unpack_body

__all__ = ["LiveDraft", "adopt", "covers_of", "is_left", "leave", "live_drafts"]


class LiveDraft(msgspec.Struct, frozen=True):
    """Unfinished work that came in a copy or was left: annotation and task it is for, author and op
    (hexadecimal), its hybrid clock, the JSON of its value and how many steps it took."""

    annotation: str
    task: str
    author: str
    round: int
    hlc: int
    op: str
    value: bytes
    steps: int = 0


class _Covering(msgspec.Struct):
    """What matters of any op's body: the steps it covers."""

    covers: dict[str, int] = {}


class _Op(msgspec.Struct):
    order: tuple[int, bytes, int]
    kind: int
    person: int
    name: bytes
    covers: Mapping[str, int]
    body: bytes


def covers_of(connection: sqlite3.Connection, place: DraftPlace) -> dict[str, int]:
    """The greatest step of a draft by strand (hexadecimal)."""
    rows = read_rows(
        connection,
        "SELECT strand.uid, max(step.n) FROM step JOIN strand ON strand.id=step.strand "
        "WHERE task=? AND step.person=? AND layer=? AND round=? AND about=? "
        "GROUP BY strand.uid ORDER BY strand.uid",
        place,
    )
    covers = {uid.hex(): number for uid, number in rows}
    for strand, number in _adopted(connection, place).items():
        covers[strand] = max(number, covers.get(strand, 0))
    return covers


def adopt(connection: sqlite3.Connection, place: DraftPlace, draft: LiveDraft) -> None:
    """Note that the draft here was made of one that came along too: whatever is written of it
    covers the steps of both. Within the open transaction."""
    covers = _adopted(connection, place)
    op = connection.execute(
        "SELECT op.enc, op.body FROM op WHERE op.h=?", (bytes.fromhex(draft.op),)
    ).fetchone()
    body = None if op is None else unpack_body(connection, op[0], op[1])
    if body is None:
        raise Damaged(f"the draft {draft.op} is not here")
    for strand, number in read_body(body, _Covering).covers.items():
        covers[strand] = max(number, covers.get(strand, 0))
    connection.execute(
        "INSERT OR REPLACE INTO meta(k, v) VALUES(?,?)",
        (adopted_key(place), msgspec.json.encode(covers).decode()),
    )


def leave(connection: sqlite3.Connection, op: str) -> None:
    """Note that a draft (its op) is not to be offered any more. Within the open transaction."""
    connection.execute("INSERT OR REPLACE INTO meta(k, v) VALUES(?,1)", (f"left:{op}",))


def is_left(connection: sqlite3.Connection, op: str) -> bool:
    """Whether a draft (its op) was left."""
    return bool(read_rows(connection, "SELECT 1 FROM meta WHERE k=?", (f"left:{op}",)))


def _adopted(connection: sqlite3.Connection, place: DraftPlace) -> dict[str, int]:
    """Steps of drafts that came along and were taken over: a fact of this file, as steps are."""
    rows = read_rows(connection, "SELECT v FROM meta WHERE k=?", (adopted_key(place),))
    return read_body(rows[0][0], dict[str, int]) if rows else {}


def live_drafts(connection: sqlite3.Connection, ent: int) -> list[LiveDraft]:
    """The draft ops of an annotation (row of ``ent``) that nothing retired, the newest first.

    Those whose steps lie in this file are left out: the draft itself is here.
    """
    ops = _ops(connection, ent)
    found = []
    for draft in ops:
        if draft.kind != OpKind.DRAFT or any(_retires(other, draft) for other in ops):
            continue
        body = read_body(draft.body, DraftBody)
        if draft.covers and _within(draft.covers, _here(connection, draft.person, body)):
            continue
        uid = connection.execute("SELECT uid FROM ent WHERE id=?", (ent,)).fetchone()[0]
        found.append(
            LiveDraft(
                annotation=uid.hex(),
                task=body.task,
                author=body.author,
                round=body.round,
                hlc=draft.order[0],
                op=draft.name.hex(),
                value=bytes(body.value),
                steps=max(draft.covers.values(), default=0),
            )
        )
    return sorted(found, key=lambda one: (-one.hlc, one.op))


def _ops(connection: sqlite3.Connection, ent: int) -> list[_Op]:
    found = []
    for row in read_rows(
        connection,
        "SELECT op.hlc, strand.uid, op.seq, op.kind, op.person, op.h, op.enc, op.body FROM op "
        "JOIN strand ON strand.id=op.strand JOIN ent ON ent.id=op.ent "
        "WHERE op.ent=? AND ent.kind=? AND op.kind IN (?,?,?)",
        (ent, int(EntityKind.ANNOTATION), OpKind.PUT, OpKind.IMPORT, OpKind.DRAFT),
    ):
        try:
            body = unpack_body(connection, row[6], row[7])
            if body is None:
                continue
            covers = read_body(body, _Covering).covers
        except Damaged:
            continue  # a check names it
        found.append(_Op((row[0], row[1], row[2]), row[3], row[4], row[5], covers, body))
    return found


def _retires(op: _Op, draft: _Op) -> bool:
    """Whether an op was made of all that a draft op was made of, and of more or later.

    Who covers more steps is later whatever the clocks say. A draft that names no steps was written
    before drafts did; whatever its person said later retires it.
    """
    if op.person != draft.person or not _within(draft.covers, op.covers):
        return False
    more = bool(draft.covers) and op.covers != draft.covers
    return more or op.order > draft.order


def _within(less: Mapping[str, int], more: Mapping[str, int]) -> bool:
    return all(more.get(strand, 0) >= number for strand, number in less.items())


def _here(connection: sqlite3.Connection, person: int, body: DraftBody) -> dict[str, int]:
    rows = {
        uid: connection.execute("SELECT id FROM ent WHERE uid=?", (bytes.fromhex(uid),)).fetchone()
        for uid in (body.task, body.about)
        if uid
    }
    if None in rows.values() or body.layer not in LAYERS:
        return {}
    layer, about = LAYERS.index(body.layer), rows[body.about][0] if body.about else 0
    return covers_of(connection, DraftPlace(rows[body.task][0], person, layer, body.round, about))
