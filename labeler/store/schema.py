"""The tables of a project file, and the check that a file has these and no others.

No triggers, views or generated columns: the fold lives in one module, and a file that has one was
not made by this program. sqlite-utils carries the DDL as migrations.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from labeler.model.problems import Refusal

if TYPE_CHECKING:
    from sqlite_utils import Migrations

__all__ = [
    "APPLICATION_ID",
    "FOLD_VERSION",
    "FORMAT",
    "FORMAT_NAME",
    "check_schema",
    "create_tables",
]

APPLICATION_ID = 0x4C424C31
FORMAT = 1
"""user_version: major × 1000 + minor. 1 is format 0.1."""
FORMAT_NAME = "0.1"
FOLD_VERSION = 2
MIGRATIONS_TABLE = "_sqlite_migrations"

TABLES: dict[str, str] = {
    "meta": "CREATE TABLE meta(k TEXT PRIMARY KEY, v ANY NOT NULL) STRICT, WITHOUT ROWID",
    # the truth
    "person": "CREATE TABLE person(id INTEGER PRIMARY KEY, "
    "uid BLOB NOT NULL UNIQUE CHECK(length(uid)=16)) STRICT",
    "strand": "CREATE TABLE strand(id INTEGER PRIMARY KEY, "
    "uid BLOB NOT NULL UNIQUE CHECK(length(uid)=16), "
    "person INTEGER NOT NULL REFERENCES person(id), device TEXT NOT NULL, app TEXT NOT NULL, "
    "hlc INTEGER NOT NULL, have INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT 0, "
    "seal BLOB, sig BLOB) STRICT",
    "ent": "CREATE TABLE ent(id INTEGER PRIMARY KEY, "
    "uid BLOB NOT NULL UNIQUE CHECK(length(uid)=16), kind INTEGER NOT NULL) STRICT",
    "op": "CREATE TABLE op(id INTEGER PRIMARY KEY, strand INTEGER NOT NULL REFERENCES strand(id), "
    "seq INTEGER NOT NULL CHECK(seq>0), hlc INTEGER NOT NULL, "
    "person INTEGER NOT NULL REFERENCES person(id), kind INTEGER NOT NULL, "
    "ent INTEGER NOT NULL REFERENCES ent(id), parents BLOB, salt BLOB, "
    "enc INTEGER NOT NULL DEFAULT 0, body BLOB, h BLOB NOT NULL CHECK(length(h)=16)) STRICT",
    "blob": "CREATE TABLE blob(hash BLOB NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, "
    "PRIMARY KEY(hash,part)) STRICT, WITHOUT ROWID",
    # caches, folded from op at any time
    "who": "CREATE TABLE who(id INTEGER PRIMARY KEY REFERENCES person(id), handle TEXT NOT NULL, "
    "name TEXT NOT NULL, kind TEXT NOT NULL, roles TEXT NOT NULL) STRICT",
    "queue": "CREATE TABLE queue(id INTEGER PRIMARY KEY REFERENCES ent(id), name TEXT NOT NULL, "
    "need INTEGER NOT NULL, ord INTEGER NOT NULL, deleted INTEGER NOT NULL) STRICT",
    "task": "CREATE TABLE task(id INTEGER PRIMARY KEY REFERENCES ent(id), queue INTEGER NOT NULL, "
    "key TEXT NOT NULL, prio INTEGER NOT NULL, ord INTEGER NOT NULL, status INTEGER NOT NULL, "
    "done INTEGER NOT NULL, head INTEGER NOT NULL, heads INTEGER NOT NULL, "
    "flags INTEGER NOT NULL, joined INTEGER, out_to INTEGER) STRICT",
    "ann": "CREATE TABLE ann(id INTEGER PRIMARY KEY REFERENCES ent(id), task INTEGER NOT NULL, "
    "layer INTEGER NOT NULL, author INTEGER NOT NULL, round INTEGER NOT NULL, "
    "status INTEGER NOT NULL, head INTEGER NOT NULL, heads INTEGER NOT NULL, "
    "deleted INTEGER NOT NULL, hlc INTEGER NOT NULL) STRICT",
    "tally": "CREATE TABLE tally(queue INTEGER NOT NULL, status INTEGER NOT NULL, "
    "n INTEGER NOT NULL, PRIMARY KEY(queue,status)) STRICT, WITHOUT ROWID",
    "conflict": "CREATE TABLE conflict(ent INTEGER PRIMARY KEY REFERENCES ent(id)) STRICT",
    "media": "CREATE TABLE media(id INTEGER PRIMARY KEY REFERENCES ent(id), root TEXT NOT NULL, "
    "path TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL, hash BLOB, "
    "deleted INTEGER NOT NULL) STRICT",
    # local to this file, never merged
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
    "lease": "CREATE TABLE lease(task INTEGER NOT NULL, person INTEGER NOT NULL, "
    "token BLOB NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, started TEXT NOT NULL, "
    "PRIMARY KEY(task,person)) STRICT, WITHOUT ROWID",
    "quarantine": "CREATE TABLE quarantine(id INTEGER PRIMARY KEY, src TEXT NOT NULL, "
    "why TEXT NOT NULL, raw BLOB NOT NULL, digest BLOB NOT NULL UNIQUE, hlc INTEGER NOT NULL) STRICT",
    "merge_log": "CREATE TABLE merge_log(id INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, "
    "src TEXT NOT NULL, digest BLOB NOT NULL, added INTEGER NOT NULL, known INTEGER NOT NULL, "
    "conflicts INTEGER NOT NULL, quarantined INTEGER NOT NULL) STRICT",
}

INDEXES: dict[str, str] = {
    "op_dot": "CREATE UNIQUE INDEX op_dot ON op(strand,seq)",
    "op_ent": "CREATE INDEX op_ent ON op(ent)",
    "task_next": "CREATE INDEX task_next ON task(queue,prio,ord,id) WHERE status=0",
    "task_order": "CREATE INDEX task_order ON task(queue,prio,ord,id)",
    "task_key": "CREATE INDEX task_key ON task(key)",
    "ann_task": "CREATE INDEX ann_task ON ann(task,layer,author)",
    "ann_author": "CREATE INDEX ann_author ON ann(author,layer,task)",
    "draft_person": "CREATE INDEX draft_person ON draft(person,hlc)",
}


def _migrations() -> Migrations:
    from sqlite_utils import Migrations  # a quarter of a second to load, and only making needs it

    migrations = Migrations(__name__.partition(".")[0])

    def first(db: object) -> None:
        for statement in (*TABLES.values(), *INDEXES.values()):
            db.execute(statement)  # type: ignore[attr-defined]

    migrations(name=f"format {FORMAT_NAME}")(first)
    return migrations


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of the current format in an empty database."""
    from sqlite_utils import Database

    db = Database(connection, execute_plugins=False, recursive_triggers=False, strict=True)
    _migrations().apply(db)


def check_schema(connection: sqlite3.Connection, where: str) -> None:
    """Raise Refusal if the file has anything but the tables and indexes of its format."""
    wanted = {("table", name): sql for name, sql in TABLES.items()}
    wanted |= {("index", name): sql for name, sql in INDEXES.items()}
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    for kind, name, table, sql in rows:
        if table == MIGRATIONS_TABLE and kind in ("table", "index"):
            if sql is not None and (" as (" in sql.lower() or "generated" in sql.lower()):
                raise Refusal.of("file_schema", where, name=name)
            continue
        if kind == "index" and sql is None and name.startswith("sqlite_autoindex_"):
            continue
        if wanted.pop((kind, name), None) != sql:
            raise Refusal.of("file_schema", where, name=f"{kind} {name}")
    for _, name in wanted:
        raise Refusal.of("file_damaged", where, reason=f"{name} is missing")
