"""The tables of a project file, and the check that a file has these and no others.

No triggers, views or generated columns: the fold lives in one module, and a file that has one was
not made by this program. sqlite-utils carries the DDL as migrations.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from labeler.model.problems import Refusal
from labeler.store.formats import Standing, fault_of_addition, is_widened, standing

if TYPE_CHECKING:
    from sqlite_utils import Migrations

__all__ = [
    "APPLICATION_ID",
    "FOLD_VERSION",
    "FORMAT",
    "FORMAT_NAME",
    "OLDER",
    "Older",
    "check_schema",
    "create_tables",
    "older_than_ours",
]

APPLICATION_ID = 0x4C424C31
FORMAT = 1
"""user_version: major × 1000 + minor. 1 is format 0.1."""
FORMAT_NAME = "0.1"
FOLD_VERSION = 2
MIGRATIONS_TABLE = "_sqlite_migrations"

_NAMED = r'["\[]?\w+["\]]?'
_OF_MIGRATIONS = {  # as sqlite-utils 3 and 4 write them, STRICT or not, quoted or not
    "table": re.compile(
        rf"CREATE TABLE {_NAMED}\s?\(\s*{_NAMED} INTEGER PRIMARY KEY"
        rf"(?:,\s+{_NAMED} TEXT(?: PRIMARY KEY)?)*\s*\)(?: STRICT)?"
    ),
    "index": re.compile(
        rf"CREATE (?:UNIQUE )?INDEX {_NAMED}\s+ON {_NAMED}\s?\({_NAMED}(?:,\s+{_NAMED})*\)"
    ),
}

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


class Older(NamedTuple):
    """The tables and indexes of an older format where they differ from ours, and where rows go.

    ``columns`` gives, by table of ours, an SQL expression over a row of the older table for each
    column that is not there under its name.
    """

    tables: dict[str, str]
    indexes: dict[str, str]
    columns: dict[str, dict[str, str]]


OLDER: dict[int, Older] = {}
"""Formats whose tables differ from ours, by the newest format that has them so."""


def older_than_ours(found: int) -> Older:
    """The tables of an older format, and how its rows become ours."""
    return next(
        (OLDER[number] for number in sorted(OLDER) if number >= found), Older(TABLES, INDEXES, {})
    )


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


def _is_of_migrations(kind: str, sql: str) -> bool:
    """Whether it is what sqlite-utils makes to note its migrations in: plain columns and an index of
    them. A check or an expression in it would be worked out wherever the file is looked through."""
    pattern = _OF_MIGRATIONS.get(kind)
    return pattern is not None and len(sql) < 1000 and pattern.fullmatch(sql) is not None


def check_schema(connection: sqlite3.Connection, where: str) -> None:
    """Raise Refusal if the file has anything but the tables and indexes of its format.

    What a newer minor of ours may have besides is in ``formats.py``.
    """
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    stands = standing(found, FORMAT)
    older = older_than_ours(found) if stands is Standing.OLDER else Older(TABLES, INDEXES, {})
    wanted = {("table", name): sql for name, sql in older.tables.items()}
    wanted |= {("index", name): sql for name, sql in older.indexes.items()}
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    for kind, name, table, sql in rows:
        if table == MIGRATIONS_TABLE and _is_of_migrations(kind, sql or ""):
            continue
        if kind == "index" and sql is None and name.startswith("sqlite_autoindex_"):
            continue
        ours = wanted.pop((kind, name), None)
        if ours == sql:
            continue
        if stands is Standing.MINOR and (
            (ours is None and not fault_of_addition(kind, name, sql))
            or (ours is not None and kind == "table" and is_widened(name, ours, sql or ""))
        ):
            continue
        raise Refusal.of("file_schema", where, name=f"{kind} {name}")
    for _, name in wanted:
        raise Refusal.of("file_damaged", where, reason=f"{name} is missing")
