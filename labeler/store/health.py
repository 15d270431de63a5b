"""Whether a project file is sound: pages, tables, every op, every seal, caches, media."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from labeler.model.problems import Problem
from labeler.store.damage import one_line
from labeler.store.file import ProjectFile, refusal_of
from labeler.store.fold import CACHES, Fold
from labeler.store.media_rows import Media, embedded_media, medium_fault
from labeler.store.op_hash import sealed
from labeler.store.op_rows import Verifier, ops_of
from labeler.store.schema import TABLES

__all__ = ["SET_ASIDE", "problems_of"]

SET_ASIDE = "change_set_aside"
"""The code of what is told of a sound file: bytes that came and prove nothing lie in it, apart."""

Progress = Callable[[int, int], None]
_TELL_EVERY = 1000
_PAGES = 2000
_ABSENT = "absent"


def problems_of(
    file: ProjectFile, project: bytes, progress: Progress | None = None
) -> Iterator[Problem]:
    """Everything wrong with the file: pages, tables, op hashes, gaps in a strand, caches.

    What was set aside is told as well (SET_ASIDE), and makes no file unsound.
    """
    where = file.where
    for row in file.rows("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield Problem("file_damaged", where, {"reason": one_line(row[0])})
    yield from _tables(file)
    for row in file.rows("PRAGMA foreign_key_check"):
        reason = f"a row of {row[0]} points to a row of {row[2]} that is not there"
        yield Problem("file_damaged", where, {"reason": reason})
    yield from _ops(file, project, progress)
    yield from _media(file)
    yield from _packed(file)
    for src, why in file.rows("SELECT src, why FROM quarantine"):
        yield Problem(SET_ASIDE, where, {"source": src, "reason": why})
    yield from _caches(file, project)


def _tables(file: ProjectFile) -> Iterator[Problem]:
    from sqlite_utils import Database  # a quarter of a second to load, and only a check needs it

    db = Database(file.connection, execute_plugins=False, recursive_triggers=False)
    if db.triggers or db.view_names():
        reason = "it has triggers or views, and no project has"
        yield Problem("file_damaged", file.where, {"reason": reason})
    for name in TABLES:
        if name not in db.table_names():
            yield Problem("file_damaged", file.where, {"reason": f"the table {name} is missing"})


def _ops(file: ProjectFile, project: bytes, progress: Progress | None) -> Iterator[Problem]:
    total = file.row("SELECT count(*) FROM op")[0]
    done = 0
    verifier = Verifier(project)
    for strand, uid, have, last, seal in file.rows("SELECT id, uid, have, last, seal FROM strand"):
        running, seen, greatest = b"", 0, 0
        for read in ops_of(file, strand):
            op, why = read.op, verifier.fault(read)
            greatest = op.seq
            if why:
                reason = f"op {op.seq} of strand {uid.hex()[:8]}: {why}"
                yield Problem("file_damaged", file.where, {"reason": reason})
            if op.seq == seen + 1 and seen < have:
                seen, running = op.seq, sealed(running, op.hash)
            done += 1
            if progress is not None and done % _TELL_EVERY == 0:
                progress(done, total)
        if seen != have or (have and running != seal):
            reason = f"strand {uid.hex()[:8]}: its seal does not match its ops"
            yield Problem("file_damaged", file.where, {"reason": reason})
        if greatest != last:
            reason = f"strand {uid.hex()[:8]} ends with op {greatest}, not with {last} as it says"
            yield Problem("file_damaged", file.where, {"reason": reason})
    if progress is not None:
        progress(done, total)


def _media(file: ProjectFile) -> Iterator[Problem]:
    """Media whose bytes the project has taken in: are they here, and are they those?"""
    checked: dict[bytes, str] = {}
    for path, size, name in embedded_media(file.connection):
        if name not in checked:
            checked[name] = medium_fault(file.connection, name, size)
            if checked[name] and not Media(file, b"").here([name]):
                checked[name] = _ABSENT
        if checked[name] == _ABSENT:
            yield Problem("medium_absent", file.where, {"path": path})
        elif checked[name]:
            yield Problem("medium_damaged", file.where, {"path": path, "reason": checked[name]})


def _packed(file: ProjectFile) -> Iterator[Problem]:
    """Bytes that were packed into this file alone, for a hand-out."""
    rows = file.rows(
        "SELECT root, path, size, v FROM media JOIN ent ON ent.id=media.id "
        "JOIN meta ON k='packed:' || lower(hex(ent.uid))"
    )
    for root, path, size, name in rows:
        fault = medium_fault(file.connection, name, size)
        if fault:
            where = f"{root}/{path}" if root else path
            yield Problem("medium_damaged", file.where, {"path": where, "reason": fault})


def _snapshot(connection: sqlite3.Connection) -> dict[str, bytes]:
    found = {}
    for table in CACHES:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        order = ", ".join(names[:2])
        where = " WHERE n<>0" if table == "tally" else ""
        running = blake2b()
        rows = connection.execute(f"SELECT * FROM {table}{where} ORDER BY {order}")
        while page := rows.fetchmany(_PAGES):
            running.update(repr(page).encode("utf-8", "surrogatepass"))
        found[table] = running.digest()
    return found


def _caches(file: ProjectFile, project: bytes) -> Iterator[Problem]:
    """Fold the whole anew in a transaction that is rolled back, and compare.

    Where the file can only be read, in a copy of it.
    """
    with contextlib.ExitStack() as stack:
        connection = _copied(file, stack) if file.read_only else file.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                before = _snapshot(connection)
                Fold(connection, project).whole()
                after = _snapshot(connection)
            finally:
                if connection.in_transaction:  # a full disk ends it without us
                    connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise refusal_of(error, file.where) from error
    for table in CACHES:
        if before[table] != after[table]:
            reason = f"the cache {table} differs from what the ops say; repair rebuilds it"
            yield Problem("file_damaged", file.where, {"reason": reason})


def _copied(file: ProjectFile, stack: contextlib.ExitStack) -> sqlite3.Connection:
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="check-"))
    connection = sqlite3.connect(Path(folder) / "copy", isolation_level=None)
    stack.callback(connection.close)
    try:
        file.connection.backup(connection, pages=_PAGES)
    except sqlite3.Error as error:
        raise refusal_of(error, file.where) from error
    return connection
