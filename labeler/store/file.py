"""The connection to a project file: opened after a look at its first bytes, never before.

Rollback journal, synchronous EXTRA, one ``BEGIN IMMEDIATE`` per action. Every refusal of SQLite or
the disk becomes a Refusal in one line; the file is left as it was.
"""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import stat
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from labeler.model.problems import Problem, Refusal
from labeler.store import schema
from labeler.store.beside import has_log, journal_of, refuse_strange_journal
from labeler.store.formats import Standing, format_name, standing
from labeler.store.guarding import OPENING_S, guard, hurried
from labeler.store.placing import put_in_place
from labeler.store.schema import APPLICATION_ID, check_schema, create_tables

__all__ = [
    "PRAGMAS",
    "SQL_ERRORS",
    "ProjectFile",
    "create_file",
    "leave_wal",
    "look",
    "open_file",
    "open_unlocked",
    "reading_plain",
    "refusal_of",
    "refuse_taken",
]

_MAGIC = b"SQLite format 3\x00"
_PACKED = {
    "gzip": b"\x1f\x8b",
    "zip": b"PK\x03\x04",
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ\x00",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "rar": b"Rar!\x1a\x07",
    "zstd": b"\x28\xb5\x2f\xfd",
}
"""How files begin in which a mail or a backup packs a project."""
PRAGMAS = (
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "foreign_keys=ON",
    "synchronous=EXTRA",
    "fullfsync=ON",
    "secure_delete=ON",
    "cache_size=-16384",
    "temp_store=MEMORY",
)
"""What every connection is told first."""

_ASK_AGAIN_S = 0.0005, 0.002
"""Seconds between two questions whether the file is free, at random, so that nobody is always late."""


def look(path: Path, *, wal: bool = False) -> int:
    """Read the first 100 bytes and refuse what is no project of ours; opens nothing with SQLite.

    A project that another program set to WAL is refused as ``file_wal``, unless ``wal`` lets it pass.
    Returns the format, which may be an older one or a newer minor of ours.
    """
    where = str(path)
    with reading_plain(path) as stream:
        linked = os.fstat(stream.fileno()).st_nlink > 1
        head = stream.read(100)
    if linked:
        raise Refusal.of("file_linked", where)
    if head[:16] != _MAGIC:
        raise _no_database(head, where)
    if len(head) < 100:
        raise Refusal.of("file_damaged", where, reason="it ends within its header")
    page = struct.unpack(">H", head[16:18])[0]
    if page not in (1, *(1 << n for n in range(9, 16))):
        raise Refusal.of("file_damaged", where, reason=f"the header names a page size of {page}")
    user_version, application_id = struct.unpack(">I4xI", head[60:72])
    if application_id != APPLICATION_ID:
        raise Refusal.of("file_foreign", where)
    if standing(user_version, schema.FORMAT) is Standing.NEWER:
        found, known = format_name(user_version), format_name(schema.FORMAT)
        raise Refusal.of("file_newer", where, found=found, known=known)
    if user_version < 1:
        raise Refusal.of("file_damaged", where, reason="the header names no format")
    if head[18:20] == b"\x02\x02" or (head[18:20] == b"\x01\x01" and has_log(path)):
        if not wal:
            raise Refusal.of("file_wal", where)
    elif head[18:20] != b"\x01\x01":
        raise Refusal.of("file_damaged", where, reason="the header names no journal of ours")
    return int(user_version)


@contextlib.contextmanager
def reading_plain(path: Path) -> Iterator[BinaryIO]:
    """A plain file to be read. Raises Refusal, also for what never ends or makes its reader wait: a
    pipe, a device."""
    where = str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Refusal.of("file_directory", where)
        if not stat.S_ISREG(mode):
            raise Refusal.of("file_special", where)
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise Refusal.of("file_missing", where) from None
    except PermissionError:
        raise Refusal.of("file_forbidden", where) from None
    except OSError as error:
        raise Refusal.of("file_unreadable", where, reason=error.strerror or "") from None


def _no_database(head: bytes, where: str) -> Refusal:
    """The refusal of what does not begin as a database, with the way out that its beginning tells."""
    if not head:
        return Refusal.of("file_empty", where)
    for kind, beginning in _PACKED.items():
        if head.startswith(beginning):
            return Refusal.of("file_packed", where, kind=kind)
    return Refusal.of("file_not_sqlite" if head.strip(b"\0") else "file_hollow", where)


SQL_ERRORS = (sqlite3.Error, UnicodeDecodeError, OverflowError)
"""What a query raises; the second where the message itself quotes bytes that are no text, the third
where a file's rows are numbered up to the end of all numbers."""


def refusal_of(error: sqlite3.Error | UnicodeDecodeError | OverflowError, where: str) -> Refusal:
    """The refusal that says what SQLite's error means to a person."""
    code = getattr(error, "sqlite_errorcode", 0) or 0
    told = (sqlite3.OperationalError, UnicodeDecodeError, OverflowError)
    if not code and isinstance(error, told):
        # It comes from Python's own module, of a text that is not UTF-8 or a number too large.
        return Refusal.of("file_damaged", where, reason=" ".join(str(error).split()))
    primary = code & 0xFF
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return Refusal.of("file_moved", where)
    if primary == sqlite3.SQLITE_FULL:
        return Refusal.of("disk_full", where)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Refusal.of("file_locked", where)
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return Refusal.of("file_read_only", where)
    if primary == sqlite3.SQLITE_INTERRUPT:
        return Refusal.of("file_slow", where, seconds=int(OPENING_S))
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Refusal.of("file_damaged", where, reason=" ".join(str(error).split()))
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        if not Path(where).exists():
            return Refusal.of("file_moved", where)
        return Refusal(Problem("disk_error", where, {"reason": str(error)}))
    return Refusal(Problem("disk_error", where, {"reason": str(error)}))


def _connect(
    path: Path, *, read_only: bool, timeout: float, locked: bool = True, making: bool = False
) -> sqlite3.Connection:
    if locked:
        refuse_strange_journal(path)
    uri = path.absolute().as_uri() + ("?mode=ro" if read_only else "?mode=rw")
    uri += "" if locked else "&immutable=1"
    connection = sqlite3.connect(
        uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
    )
    try:
        guard(connection, making=making)
        with hurried(connection, OPENING_S):  # the first one reads which tables there are
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


class ProjectFile:
    """An open project file: its connection and the one way to write to it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self.held = contextlib.ExitStack()
        """What is let go of when the file is closed."""
        self._inode = _inode(path)

    @property
    def where(self) -> str:
        """The path as refusals name it."""
        return str(self.path)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or, on any exception, none of it. Raises Refusal."""
        if self.read_only:
            raise Refusal.of("file_read_only", self.where)
        if _inode(self.path) != self._inode:
            raise Refusal.of("file_moved", self.where)
        try:
            self._begin()
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        except SQL_ERRORS as error:
            raise refusal_of(error, self.where) from error

    def _begin(self) -> None:
        """Begin to write, or wait until others have written.

        SQLite asks again after up to a tenth of a second; who writes one thing after the other would
        never let anybody in who asks as seldom as that.
        """
        (patience,) = self.connection.execute("PRAGMA busy_timeout").fetchone()
        until = time.monotonic() + patience / 1000
        self.connection.execute("PRAGMA busy_timeout=0")
        try:
            while True:
                try:
                    self.connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                    if not busy or time.monotonic() >= until:
                        raise
                time.sleep(random.uniform(*_ASK_AGAIN_S))
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={patience}")

    def rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        """All rows of a query, the cursor closed again. Raises Refusal."""
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except SQL_ERRORS as error:
            raise refusal_of(error, self.where) from error

    def row(self, sql: str, parameters: Any = ()) -> Any:
        """The first row of a query or None. Raises Refusal."""
        rows = self.rows(sql, parameters)
        return rows[0] if rows else None

    def meta(self, name: str) -> Any:
        """A value of the file's own table of facts, or None."""
        row = self.row("SELECT v FROM meta WHERE k=?", (name,))
        return row[0] if row else None

    @contextlib.contextmanager
    def hurried(self) -> Iterator[None]:
        """What is read within a few seconds or not at all: the first look at a stranger's file."""
        with hurried(self.connection, OPENING_S):
            yield

    def close(self) -> None:
        """Close the connection; the file is then free."""
        self.connection.close()
        self.held.close()


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - the pair is needed, not the object
    except OSError:
        return None
    return found.st_dev, found.st_ino


def refuse_taken(path: Path) -> None:
    """Refuse a name for a new file that is taken, or whose journal is: SQLite would play back into
    the new file what was another one's. Refuse one in a folder that is not there as well."""
    for taken in (path, journal_of(path)):
        if taken.exists() or taken.is_symlink():
            raise Refusal.of("file_exists", str(taken))
    if not path.parent.is_dir():
        raise Refusal.of("folder_missing", str(path))


def create_file(path: Path, facts: dict[str, Any]) -> ProjectFile:
    """Make a new project file with these facts; never overwrites. Raises Refusal.

    The file is made under another name beside it and moved into place whole.
    """
    where = str(path)
    refuse_taken(path)
    making = path.with_name(f".{path.name}.{os.getpid()}.making")
    try:
        for left in (making, journal_of(making)):
            left.unlink(missing_ok=True)
        making.touch(exist_ok=False)
        connection = _connect(making, read_only=False, timeout=10, making=True)
        try:
            connection.execute("PRAGMA page_size=4096")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={schema.FORMAT}")
            create_tables(connection)
            connection.executemany("INSERT INTO meta(k, v) VALUES(?,?)", list(facts.items()))
        finally:
            connection.close()
        put_in_place(making, path)
    except FileExistsError:
        raise Refusal.of("file_exists", where) from None
    except PermissionError:
        raise Refusal.of("folder_forbidden", where) from None
    except FileNotFoundError:
        raise Refusal.of("folder_missing", where) from None
    except OSError as error:
        raise Refusal(Problem("disk_error", where, {"reason": error.strerror or ""})) from None
    except sqlite3.Error as error:
        raise refusal_of(error, where) from error
    finally:
        for left in (making, journal_of(making)):
            with contextlib.suppress(OSError):  # the folder is gone, or never let us in
                left.unlink(missing_ok=True)
    return open_file(path)


def open_unlocked(path: Path) -> ProjectFile:
    """Open a project file to glance at it: read-only, no lock taken, a journal beside it ignored.

    What another program writes meanwhile may be seen half. Raises Refusal.
    """
    return _checked(path.absolute(), read_only=True, timeout=0, locked=False)


def open_file(
    path: Path, *, read_only: bool = False, timeout: float = 10.0, older: bool = False
) -> ProjectFile:
    """Open a project file after looking at it; ``timeout`` is seconds to wait for a lock.

    Raises Refusal in one line: missing, a folder, no permission, not SQLite, not ours, newer,
    damaged, locked by another program; an older format, unless ``older`` asks for it as it is
    (``migrate.py`` opens it as one of ours).
    """
    path = path.absolute()
    found = look(path)
    if not older and standing(found, schema.FORMAT) is Standing.OLDER:
        known = format_name(schema.FORMAT)
        raise Refusal.of("file_older", str(path), found=format_name(found), known=known)
    if not read_only and not os.access(path, os.W_OK):
        read_only = True
    return _checked(path, read_only=read_only, timeout=timeout)


def leave_wal(path: Path) -> None:
    """Set a project that another program set to WAL back to a rollback journal; its contents stay.

    Only on a disk of this machine: WAL needs memory that all its openers share. Raises Refusal, also
    where another program has the file open.
    """
    path = path.absolute()
    look(path, wal=True)
    file = _checked(path, read_only=False, timeout=0)
    try:
        if file.row("PRAGMA journal_mode=DELETE")[0] != "delete":
            raise Refusal.of("file_locked", file.where)
    finally:
        file.close()


def _checked(path: Path, *, read_only: bool, timeout: float, locked: bool = True) -> ProjectFile:
    where = str(path)
    try:
        connection = _connect(path, read_only=read_only, timeout=timeout, locked=locked)
    except SQL_ERRORS as error:
        raise refusal_of(error, where) from error
    try:
        with hurried(connection, OPENING_S):
            check_schema(connection, where)
    except SQL_ERRORS as error:
        connection.close()
        raise refusal_of(error, where) from error
    except Refusal:
        connection.close()
        raise
    return ProjectFile(path, connection, read_only=read_only)
