"""Whether a project file is sound, and copies of it that are."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from labeler.model.ids import digest
from labeler.model.problems import Problem, Refusal
from labeler.store.damage import one_line
from labeler.store.file import ProjectFile, refusal_of
from labeler.store.fold import CACHES, Fold
from labeler.store.media_rows import Media, embedded_media, medium_fault
from labeler.store.op_rows import fault, ops_of
from labeler.store.schema import TABLES

__all__ = ["copy_to", "problems_of"]

Progress = Callable[[int, int], None]
_PAGES = 2000
_TELL_EVERY = 1000
_ABSENT = "absent"


def problems_of(
    file: ProjectFile, project: bytes, progress: Progress | None = None
) -> Iterator[Problem]:
    """Everything wrong with the file: pages, tables, op hashes, gaps in a strand, caches."""
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
    for src, why in file.rows("SELECT src, why FROM quarantine"):
        reason = f"an op from {src} is in quarantine: {why}"
        yield Problem("file_damaged", where, {"reason": reason})
    if not file.read_only:
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
    for strand, uid, have, seal in file.rows("SELECT id, uid, have, seal FROM strand"):
        running, seen = b"", 0
        for read in ops_of(file, strand):
            op, why = read.op, fault(project, read)
            if why:
                reason = f"op {op.seq} of strand {uid.hex()[:8]}: {why}"
                yield Problem("file_damaged", file.where, {"reason": reason})
            if op.seq == seen + 1 and seen < have:
                seen, running = op.seq, digest(running, op.hash)
            done += 1
            if progress is not None and done % _TELL_EVERY == 0:
                progress(done, total)
        if seen != have or (have and running != seal):
            reason = f"strand {uid.hex()[:8]}: its seal does not match its ops"
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


def _snapshot(connection: sqlite3.Connection) -> dict[str, bytes]:
    found = {}
    for table in CACHES:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        order = ", ".join(names[:2])
        where = " WHERE n<>0" if table == "tally" else ""
        running = b""
        for row in connection.execute(f"SELECT * FROM {table}{where} ORDER BY {order}"):
            running = digest(running, repr(row))
        found[table] = running
    return found


def _caches(file: ProjectFile, project: bytes) -> Iterator[Problem]:
    """Fold the whole anew in a transaction that is rolled back, and compare."""
    connection = file.connection
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            before = _snapshot(connection)
            Fold(connection, project).whole()
            after = _snapshot(connection)
        finally:
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise refusal_of(error, file.where) from error
    for table in CACHES:
        if before[table] != after[table]:
            reason = f"the cache {table} differs from what the ops say; repair rebuilds it"
            yield Problem("file_damaged", file.where, {"reason": reason})


def _verify_media(original: sqlite3.Connection, copy: sqlite3.Connection, where: str) -> None:
    """Refuse a copy whose media are not those of the original; what is damaged there may be here."""
    for path, size, name in embedded_media(copy):
        if medium_fault(copy, name, size) and not medium_fault(original, name, size):
            reason = f"the medium {path} was not written as it is"
            raise Refusal.of("disk_error", where, reason=reason)


def copy_to(file: ProjectFile, target: Path, progress: Progress | None = None) -> None:
    """A verified copy of the open file under another name; never overwrites. Raises Refusal.

    Made with SQLite's backup under a name beside the target, checked, synced, then moved there.
    """
    where = str(target)
    if target.exists() or target.is_symlink():
        raise Refusal.of("file_exists", where)
    making = target.with_name(f".{target.name}.{os.getpid()}.making")
    try:
        making.unlink(missing_ok=True)
        connection = sqlite3.connect(making, isolation_level=None)
        try:
            file.connection.backup(
                connection,
                pages=_PAGES,
                progress=(lambda _, left, total: progress(total - left, total))
                if progress
                else None,
            )
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise Refusal.of("file_damaged", file.where, reason=one_line(found))
            connection.execute("DELETE FROM lease")
            _verify_media(file.connection, connection, where)
        finally:
            connection.close()
        with making.open("rb+") as stream:
            os.fsync(stream.fileno())
        target.touch(exist_ok=False)
        making.replace(target)
    except Refusal:
        making.unlink(missing_ok=True)
        raise
    except FileExistsError:
        making.unlink(missing_ok=True)
        raise Refusal.of("file_exists", where) from None
    except sqlite3.Error as error:
        making.unlink(missing_ok=True)
        raise refusal_of(error, where) from error
    except PermissionError as error:
        raise Refusal.of("file_permission", where, reason=error.strerror or "") from None
    except OSError as error:
        making.unlink(missing_ok=True)
        raise Refusal.of("disk_error", where, reason=error.strerror or "") from None
