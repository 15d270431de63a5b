"""What files of format 0.1 had otherwise than those of 1.0, and how it becomes what we have.

sqlite-utils kept a table of its own in them; strands had a column for signatures that nothing was written
to; what was deleted was marked in caches; a draft was of a person's work and of nothing else.
"""

from __future__ import annotations

import msgspec

__all__ = ["COLUMNS", "FORMAT", "INDEXES", "TABLES", "fact"]

FORMAT = 1

TABLES: dict[str, str] = {
    "strand": "CREATE TABLE strand(id INTEGER PRIMARY KEY, "
    "uid BLOB NOT NULL UNIQUE CHECK(length(uid)=16), "
    "person INTEGER NOT NULL REFERENCES person(id), device TEXT NOT NULL, app TEXT NOT NULL, "
    "hlc INTEGER NOT NULL, have INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT 0, "
    "seal BLOB, sig BLOB) STRICT",
    "op": "CREATE TABLE op(id INTEGER PRIMARY KEY, strand INTEGER NOT NULL REFERENCES strand(id), "
    "seq INTEGER NOT NULL CHECK(seq>0), hlc INTEGER NOT NULL, "
    "person INTEGER NOT NULL REFERENCES person(id), kind INTEGER NOT NULL, "
    "ent INTEGER NOT NULL REFERENCES ent(id), parents BLOB, salt BLOB, "
    "enc INTEGER NOT NULL DEFAULT 0, body BLOB, h BLOB NOT NULL CHECK(length(h)=16)) STRICT",
    "queue": "CREATE TABLE queue(id INTEGER PRIMARY KEY REFERENCES ent(id), name TEXT NOT NULL, "
    "need INTEGER NOT NULL, ord INTEGER NOT NULL, deleted INTEGER NOT NULL) STRICT",
    "media": "CREATE TABLE media(id INTEGER PRIMARY KEY REFERENCES ent(id), root TEXT NOT NULL, "
    "path TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL, hash BLOB, "
    "deleted INTEGER NOT NULL) STRICT",
    "ann": "CREATE TABLE ann(id INTEGER PRIMARY KEY REFERENCES ent(id), task INTEGER NOT NULL, "
    "layer INTEGER NOT NULL, author INTEGER NOT NULL, round INTEGER NOT NULL, "
    "status INTEGER NOT NULL, head INTEGER NOT NULL, heads INTEGER NOT NULL, "
    "deleted INTEGER NOT NULL, hlc INTEGER NOT NULL) STRICT",
    "step": "CREATE TABLE step(task INTEGER NOT NULL, person INTEGER NOT NULL, "
    "round INTEGER NOT NULL, n INTEGER NOT NULL, parent INTEGER NOT NULL, "
    "strand INTEGER NOT NULL, hlc INTEGER NOT NULL, label TEXT NOT NULL, ckey TEXT NOT NULL, "
    "forward BLOB NOT NULL, inverse BLOB NOT NULL, PRIMARY KEY(task,person,round,n)) "
    "STRICT, WITHOUT ROWID",
    "checkpoint": "CREATE TABLE checkpoint(task INTEGER NOT NULL, person INTEGER NOT NULL, "
    "round INTEGER NOT NULL, n INTEGER NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL, "
    "tree BLOB NOT NULL, PRIMARY KEY(task,person,round,n)) STRICT, WITHOUT ROWID",
    "draft": "CREATE TABLE draft(task INTEGER NOT NULL, person INTEGER NOT NULL, "
    "round INTEGER NOT NULL, base BLOB, cursor INTEGER NOT NULL, saved INTEGER NOT NULL, "
    "covered INTEGER NOT NULL, last INTEGER NOT NULL, hlc INTEGER NOT NULL, state TEXT NOT NULL, "
    "PRIMARY KEY(task,person,round)) STRICT, WITHOUT ROWID",
    "_sqlite_migrations": 'CREATE TABLE "_sqlite_migrations" (\n   "id" INTEGER PRIMARY KEY,\n'
    '   "migration_set" TEXT,\n   "name" TEXT,\n   "applied_at" TEXT\n) STRICT',
}
"""Tables that differ or are no more."""

INDEXES: dict[str, str | None] = {
    "op_redact": None,
    "op_withheld": None,
    "idx__sqlite_migrations_migration_set_name": "CREATE UNIQUE INDEX "
    '"idx__sqlite_migrations_migration_set_name"\n    ON "_sqlite_migrations" '
    '("migration_set", "name")',
}
"""Indexes that differ or are no more; None of what was not there yet."""

_OF_WORK = {"layer": "0", "about": "0"}
COLUMNS = {"step": _OF_WORK, "checkpoint": _OF_WORK, "draft": _OF_WORK}
"""By table, what a row says in the columns it had not."""


def fact(name: str, told: object) -> tuple[str, object]:
    """A fact of ``meta`` as it is now: what a draft took over was msgpack, and named no layer."""
    what, *place = name.split(":")
    if what == "adopted" and len(place) == 3 and isinstance(told, bytes):
        task, person, round_ = place
        steps = msgspec.msgpack.decode(told, type=dict[str, int])
        return f"adopted:{task}:{person}:0:{round_}:0", msgspec.json.encode(steps).decode()
    return name, told
