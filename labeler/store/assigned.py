"""Who a task is handed out to, as the ops say: folded into ``task.out_to``."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from labeler.model.ids import Digester, handout_uid, out_uid
from labeler.store.bodies import AssignBody
from labeler.store.damage import Damaged, read_body
from labeler.store.heads import Head, heads_of
from labeler.store.many import chunks, values_in
from labeler.store.oplog import EntityKind, unpack_body

__all__ = ["assigned", "out_to", "tasks_of", "with_place"]

_KEPT = 8
_holders: dict[tuple[bytes, int, bytes | None], bytes] = {}
"""Who has a hand-out, by the hash of the op that says so and the bytes it is stored as."""


def assigned(connection: sqlite3.Connection, ent: int) -> AssignBody | None:
    """What the shown version of a hand-out, or of a task's place in one, says; None where nothing."""
    heads, _ = heads_of(connection, ent, EntityKind.ASSIGN)
    return _told(connection, heads[0]) if heads else None


def _told(connection: sqlite3.Connection, head: Head) -> AssignBody | None:
    try:
        raw = unpack_body(connection, head.enc, head.stored)
        return None if raw is None else read_body(raw, AssignBody)
    except Damaged:
        return None  # a check names it


def out_to(connection: sqlite3.Connection, project: bytes, task: int) -> int | None:
    """The row of the person a task (its row) is handed out to, or None."""
    (uid,) = connection.execute("SELECT uid FROM ent WHERE id=?", (task,)).fetchone()
    place = _entity(connection, out_uid(uid))
    told = None if place is None else assigned(connection, place)
    if told is None:
        return None
    handout = _entity(connection, handout_uid(project, told.handout))
    uid = None if handout is None else _holder(connection, handout)
    if not uid:
        return None
    connection.execute("INSERT OR IGNORE INTO person(uid) VALUES(?)", (uid,))
    return int(connection.execute("SELECT id FROM person WHERE uid=?", (uid,)).fetchone()[0])


def _holder(connection: sqlite3.Connection, handout: int) -> bytes | None:
    """The uid of the person who has a hand-out, empty where it was recalled; None where nothing says.

    Each of its tasks asks, and it names them all: what one version says is read once.
    """
    heads, _ = heads_of(connection, handout, EntityKind.ASSIGN)
    if not heads:
        return None
    version = heads[0].hash, heads[0].enc, heads[0].stored
    found = _holders.get(version)
    if found is None:
        whole = _told(connection, heads[0])
        if whole is None:
            return None
        found = b"" if whole.recalled else bytes.fromhex(whole.person)
        if len(_holders) >= _KEPT:
            _holders.clear()
        _holders[version] = found
    return found


def with_place(connection: sqlite3.Connection, tasks: Sequence[bytes]) -> list[bytes]:
    """Those of some tasks (uids) of which anything was ever said about a hand-out."""
    place = Digester("out")  # out_uid for many
    places = {place(uid): uid for uid in tasks}
    found = []
    for part in chunks(list(places)):
        rows = connection.execute(f"SELECT uid FROM ent WHERE uid IN ({values_in(part)})", part)
        found += [places[row[0]] for row in rows.fetchall()]
    return found


def tasks_of(connection: sqlite3.Connection, ent: int) -> list[int]:
    """The rows of the tasks that an op about a hand-out, or a place in one, touches."""
    told = assigned(connection, ent)
    if told is None:
        return []
    uids = [told.task] if told.task else told.tasks
    rows = [_entity(connection, bytes.fromhex(uid)) for uid in uids]
    return [row for row in rows if row is not None]


def _entity(connection: sqlite3.Connection, uid: bytes) -> int | None:
    row = connection.execute("SELECT id FROM ent WHERE uid=?", (uid,)).fetchone()
    return int(row[0]) if row else None
