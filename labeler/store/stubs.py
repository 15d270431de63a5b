"""Tasks made before their content: which of several tasks of its key one belongs to, once decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from labeler.store.bodies import TaskBody
from labeler.store.damage import Damaged, read_body
from labeler.store.heads import heads_of
from labeler.store.oplog import EntityKind, unpack_body

__all__ = ["chosen_of"]


def chosen_of(connection: sqlite3.Connection, stub: int, real: Sequence[int]) -> int | None:
    """Which of these tasks (rows) somebody said that a task without content belongs to, or None.

    None too where two copies said it differently: that is a conflict of its own.
    """
    if not real:
        return None
    heads, _ = heads_of(connection, stub, EntityKind.TASK)
    if len(heads) != 1:
        return None
    try:
        raw = unpack_body(connection, heads[0].enc, heads[0].stored)
        joins = "" if raw is None else read_body(raw, TaskBody).joins
    except Damaged:
        return None
    if not joins:
        return None
    row = connection.execute("SELECT id FROM ent WHERE uid=?", (bytes.fromhex(joins),)).fetchone()
    return int(row[0]) if row is not None and row[0] in real else None
