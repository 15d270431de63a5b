"""The tables of a project file, and the check that a file has these and no others.

No triggers, views or generated columns: the fold lives in one module, and a file that has one was
not made by this program. What they mean is in ``FORMAT.md``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, NamedTuple

from labeler.model.problems import Refusal
from labeler.store import format_0_1
from labeler.store.formats import Standing, fault_of_addition, is_widened, standing

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
FORMAT = 1000
"""user_version: major × 1000 + minor. ``FORMAT.md`` beside this module says what is in such a file."""
FORMAT_NAME = "1.0"
FOLD_VERSION = 3

TABLES: dict[str, str] = {
    "meta": "CREATE TABLE meta(k TEXT PRIMARY KEY, v ANY NOT NULL) STRICT, WITHOUT ROWID",
    # the truth
    "person": "CREATE TABLE person(id INTEGER PRIMARY KEY, "
    "uid BLOB NOT NULL UNIQUE CHECK(length(uid)=16)) STRICT",
    "strand": "CREATE TABLE strand(id INTEGER PRIMARY KEY, "
    "uid BLOB NOT NULL UNIQUE CHECK(length(uid)=16), "
    "person INTEGER NOT NULL REFERENCES person(id), device TEXT NOT NULL, app TEXT NOT NULL, "
    "hlc INTEGER NOT NULL, have INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT 0, "
    "seal BLOB) STRICT",
    "ent": "CREATE TABLE ent(id INTEGER PRIMARY KEY, "
    "uid BLOB NOT NULL UNIQUE CHECK(length(uid)=16), kind INTEGER NOT NULL) STRICT",
    "op": "CREATE TABLE op(id INTEGER PRIMARY KEY, strand INTEGER NOT NULL REFERENCES strand(id), "
    "seq INTEGER NOT NULL CHECK(seq>0), hlc INTEGER NOT NULL, "
    "person INTEGER NOT NULL REFERENCES person(id), kind INTEGER NOT NULL, "
    "ent INTEGER NOT NULL REFERENCES ent(id), parents BLOB, salt BLOB, "
    "enc INTEGER NOT NULL, body BLOB NOT NULL, h BLOB NOT NULL CHECK(length(h)=16)) STRICT",
    "blob": "CREATE TABLE blob(hash BLOB NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, "
    "PRIMARY KEY(hash,part)) STRICT, WITHOUT ROWID",
    # caches, folded from op at any time
    "who": "CREATE TABLE who(id INTEGER PRIMARY KEY REFERENCES person(id), handle TEXT NOT NULL, "
    "name TEXT NOT NULL, kind TEXT NOT NULL, roles TEXT NOT NULL) STRICT",
    "queue": "CREATE TABLE queue(id INTEGER PRIMARY KEY REFERENCES ent(id), name TEXT NOT NULL, "
    "need INTEGER NOT NULL, ord INTEGER NOT NULL) STRICT",
    "task": "CREATE TABLE task(id INTEGER PRIMARY KEY REFERENCES ent(id), queue INTEGER NOT NULL, "
    "key TEXT NOT NULL, prio INTEGER NOT NULL, ord INTEGER NOT NULL, status INTEGER NOT NULL, "
    "done INTEGER NOT NULL, head INTEGER NOT NULL, heads INTEGER NOT NULL, "
    "flags INTEGER NOT NULL, joined INTEGER, out_to INTEGER) STRICT",
    "ann": "CREATE TABLE ann(id INTEGER PRIMARY KEY REFERENCES ent(id), task INTEGER NOT NULL, "
    "layer INTEGER NOT NULL, author INTEGER NOT NULL, round INTEGER NOT NULL, "
    "status INTEGER NOT NULL, head INTEGER NOT NULL, heads INTEGER NOT NULL, "
    "hlc INTEGER NOT NULL) STRICT",
    "tally": "CREATE TABLE tally(queue INTEGER NOT NULL, status INTEGER NOT NULL, "
    "n INTEGER NOT NULL, PRIMARY KEY(queue,status)) STRICT, WITHOUT ROWID",
    "conflict": "CREATE TABLE conflict(ent INTEGER PRIMARY KEY REFERENCES ent(id)) STRICT",
    "media": "CREATE TABLE media(id INTEGER PRIMARY KEY REFERENCES ent(id), root TEXT NOT NULL, "
    "path TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL, "
    "hash BLOB) STRICT",
    # local to this file, never merged
    "step": "CREATE TABLE step(task INTEGER NOT NULL, person INTEGER NOT NULL, "
    "layer INTEGER NOT NULL, round INTEGER NOT NULL, about INTEGER NOT NULL, "
    "n INTEGER NOT NULL, parent INTEGER NOT NULL, "
    "strand INTEGER NOT NULL, hlc INTEGER NOT NULL, label TEXT NOT NULL, ckey TEXT NOT NULL, "
    "forward BLOB NOT NULL, inverse BLOB NOT NULL, "
    "PRIMARY KEY(task,person,layer,round,about,n)) "
    "STRICT, WITHOUT ROWID",
    "checkpoint": "CREATE TABLE checkpoint(task INTEGER NOT NULL, person INTEGER NOT NULL, "
    "layer INTEGER NOT NULL, round INTEGER NOT NULL, about INTEGER NOT NULL, "
    "n INTEGER NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL, tree BLOB NOT NULL, "
    "PRIMARY KEY(task,person,layer,round,about,n)) STRICT, WITHOUT ROWID",
    "draft": "CREATE TABLE draft(task INTEGER NOT NULL, person INTEGER NOT NULL, "
    "layer INTEGER NOT NULL, round INTEGER NOT NULL, about INTEGER NOT NULL, "
    "base BLOB, cursor INTEGER NOT NULL, saved INTEGER NOT NULL, "
    "covered INTEGER NOT NULL, last INTEGER NOT NULL, hlc INTEGER NOT NULL, state TEXT NOT NULL, "
    "PRIMARY KEY(task,person,layer,round,about)) STRICT, WITHOUT ROWID",
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
    "op_redact": "CREATE INDEX op_redact ON op(ent) WHERE kind=5",
    "op_withheld": "CREATE INDEX op_withheld ON op(strand,seq) WHERE enc=3",
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
    column that is not there under its name; ``fact`` what becomes of a row of ``meta``.
    """

    tables: dict[str, str]
    indexes: dict[str, str]
    columns: dict[str, dict[str, str]]
    fact: Callable[[str, Any], tuple[str, Any]] = lambda name, told: (name, told)


OLDER: dict[int, Older] = {
    format_0_1.FORMAT: Older(
        {**TABLES, **format_0_1.TABLES},
        {name: sql for name, sql in {**INDEXES, **format_0_1.INDEXES}.items() if sql is not None},
        format_0_1.COLUMNS,
        format_0_1.fact,
    )
}
"""Formats whose tables differ from ours, by the newest format that has them so."""


def older_than_ours(found: int) -> Older:
    """The tables of an older format, and how its rows become ours."""
    return next(
        (OLDER[number] for number in sorted(OLDER) if number >= found), Older(TABLES, INDEXES, {})
    )


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of the current format in an empty database, in one transaction."""
    connection.execute("BEGIN")
    for statement in (*TABLES.values(), *INDEXES.values()):
        connection.execute(statement)
    connection.execute("COMMIT")


def check_schema(connection: sqlite3.Connection, where: str) -> None:
    """Raise Refusal if the file has anything but the tables and indexes of its format.

    What a newer minor of ours may have besides is in ``formats.py``.
    """
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    stands = standing(found, FORMAT)
    older = older_than_ours(found) if stands is Standing.OLDER else Older(TABLES, INDEXES, {})
    wanted = {("table", name): sql for name, sql in older.tables.items()}
    wanted |= {("index", name): sql for name, sql in older.indexes.items()}
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    for kind, name, sql in rows:
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
