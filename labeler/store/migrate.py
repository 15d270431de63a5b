"""Files of older formats: brought up to ours, or read through a copy that is.

The older file is not altered in place. A verified backup of it is made beside it, then a new file of
our format with its rows, its caches folded anew; what both hold is compared, heads among it, and only
then the new one takes the name. A kill at any moment leaves the older file or the new one, whole.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from labeler.model.ids import digest
from labeler.model.problems import Refusal
from labeler.store import schema
from labeler.store.copying import copy_to, making
from labeler.store.damage import one_line
from labeler.store.file import (
    SQL_ERRORS,
    ProjectFile,
    create_file,
    look,
    open_file,
    refusal_of,
)
from labeler.store.fold import CACHES, Fold
from labeler.store.formats import Standing, format_name, standing
from labeler.store.oplog import OpKind
from labeler.store.schema import TABLES, older_than_ours

__all__ = ["bring_up", "open_current"]

_HEAD = 100
_TELL_EVERY = 5000
"""Rows between two calls of who wants to know how far it is."""
_SET_VALUE = (OpKind.PUT, OpKind.DELETE, OpKind.IMPORT)


Progress = Callable[[int, int], None]


def open_current(
    path: Path,
    *,
    read_only: bool = False,
    timeout: float = 10.0,
    change: bool = True,
    progress: Progress | None = None,
) -> ProjectFile:
    """Open a file of our format, of a newer minor, or of an older format as one of ours.

    An older one is brought up to ours where it may be changed (``change``), else it is read through a
    copy that lasts until the file is closed. ``progress`` is called meanwhile with how much is done of
    how much, never for a file of ours; what it raises ends it, and the file is as it was. Raises Refusal.
    """
    path = path.absolute()
    if standing(look(path), schema.FORMAT) is not Standing.OLDER:
        return open_file(path, read_only=read_only, timeout=timeout)
    if read_only or not change or not os.access(path, os.W_OK):
        return _through_a_copy(path, timeout, _Stages(progress))
    bring_up(path, timeout, progress)
    return open_file(path, timeout=timeout)


class _Stage(IntEnum):
    """What is done one after the other, by how much of a thousand is done before it."""

    COUNT = 0
    BACKUP = 50
    COPY = 300
    FOLD = 500
    COMPARE = 800
    END = 1000


class _Stages:
    """Makes one progress of several, each of which counts in units of its own."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def of(self, stage: _Stage) -> Progress:
        """The progress of one stage."""
        stages = list(_Stage)
        end = stages[stages.index(stage) + 1]

        def told(done: int, total: int) -> None:
            if self._progress is not None:
                share = (end - stage) * min(done, total) // max(total, 1)
                self._progress(stage + share, int(_Stage.END))

        return told


def bring_up(path: Path, timeout: float = 10.0, progress: Progress | None = None) -> Path:
    """Bring an older file up to our format; returns its backup, which stays. Raises Refusal.

    ``progress`` is called in between; what it raises ends it, and the older file is as it was.
    """
    stages = _Stages(progress)
    with contextlib.ExitStack() as held:
        old = held.enter_context(contextlib.closing(open_file(path, timeout=timeout, older=True)))
        # Nobody else writes while it is copied; what writes cannot be copied, hence two of them.
        guard = held.enter_context(contextlib.closing(open_file(path, timeout=timeout, older=True)))
        with making(path, over=True) as made:
            with guard.writing():
                before = _first_bytes(path)
                backup = _backup(old, stages)
                _convert(old, made, stages)
            held.close()  # where an open file cannot be replaced
            if _first_bytes(path) != before:
                raise Refusal.of("file_locked", str(path))
    return backup


def _first_bytes(path: Path) -> bytes:
    """The file's header; SQLite counts every change of the file in it."""
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        raise Refusal.of("file_unreadable", str(path), reason=error.strerror or "") from None


def _backup(old: ProjectFile, stages: _Stages) -> Path:
    """A verified copy beside the file, named after its format; one that holds the same will do."""
    found = old.row("PRAGMA user_version")[0]
    wanted = _held(old.connection, found, stages.of(_Stage.COUNT))
    number = 1
    while True:
        count = "" if number == 1 else f".{number}"
        target = old.path.with_name(
            f"{old.path.stem}.format-{format_name(found)}{count}{old.path.suffix}"
        )
        if not target.exists() and not target.is_symlink():
            break
        if _backup_holds(target) == wanted:
            return target
        number += 1
    copy_to(old, old.meta("project"), target, stages.of(_Stage.BACKUP))
    if _backup_holds(target) != wanted:
        raise Refusal.of("disk_error", str(target), reason="it was not written as it is")
    return target


def _backup_holds(path: Path) -> _Held | None:
    try:
        file = open_file(path, read_only=True, timeout=0, older=True)
    except Refusal:
        return None
    try:
        return _held(file.connection, file.row("PRAGMA user_version")[0])
    except SQL_ERRORS:
        return None
    finally:
        file.close()


def _through_a_copy(path: Path, timeout: float, stages: _Stages) -> ProjectFile:
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="older-"))
        copy = Path(folder) / "copy"
        old = open_file(path, read_only=True, timeout=timeout, older=True)
        try:
            _convert(old, copy, stages)
        finally:
            old.close()
        read = open_file(copy, read_only=True)
        file = ProjectFile(path, read.connection, read_only=True)
        file.held = stack.pop_all()
    return file


def _convert(old: ProjectFile, made: Path, stages: _Stages) -> None:
    """Make a file of our format with the rows of an older one, and compare. Raises Refusal."""
    found = old.row("PRAGMA user_version")[0]
    new = create_file(made, {})
    try:
        new.connection.execute("PRAGMA synchronous=OFF")  # it is synced whole at the end
        with new.writing() as connection:
            told = _Counted(old.connection, stages.of(_Stage.COPY))
            for table in TABLES:
                if table not in CACHES:
                    _copy_rows(old, connection, table, found, told)
            Fold(connection, old.meta("project")).whole(stages.of(_Stage.FOLD))
            connection.execute(
                "INSERT OR REPLACE INTO meta(k, v) VALUES('fold', ?)", (schema.FOLD_VERSION,)
            )
        was = _held(old.connection, found)
        now = _held(new.connection, schema.FORMAT, stages.of(_Stage.COMPARE))
        for what in _Held._fields:
            if getattr(was, what) != getattr(now, what):
                reason = f"its {what} did not come over as they are"
                raise Refusal.of("file_damaged", old.where, reason=reason)
        for (told,) in new.rows("PRAGMA quick_check(1)"):
            if told != "ok":
                raise Refusal.of("disk_error", old.where, reason=one_line(told))
    except SQL_ERRORS as error:
        raise refusal_of(error, old.where) from error
    finally:
        new.close()


class _Counted:
    """Tells of rows that go by, every so many; how many there are is known by those of ``op``."""

    def __init__(self, connection: sqlite3.Connection, told: Progress) -> None:
        (self._total,) = connection.execute("SELECT 2*coalesce(max(id), 0) FROM op").fetchone()
        self._told = told
        self._done = 0

    def __call__(self, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows, told of as they go by."""
        for row in rows:
            self._done += 1
            if self._done % _TELL_EVERY == 0:
                self._told(self._done, self._total)
            yield row


def _copy_rows(
    old: ProjectFile, connection: sqlite3.Connection, table: str, found: int, told: _Counted
) -> None:
    names, query = _selected(old.connection, table, found)
    rows: Iterable[Any] = old.connection.execute(query)
    if table == "meta":
        rows = _facts(old.connection, found)
    connection.executemany(
        f"INSERT OR REPLACE INTO {table}({', '.join(names)}) VALUES({_marks(names)})", told(rows)
    )


def _facts(connection: sqlite3.Connection, found: int) -> list[tuple[str, Any]]:
    """The facts of a file as they are in one of ours, in order."""
    rows = connection.execute("SELECT k, v FROM meta ORDER BY k").fetchall()
    if found == schema.FORMAT:
        return rows
    return sorted((older_than_ours(found).fact(*row) for row in rows), key=lambda row: row[0])


def _marks(names: list[str]) -> str:
    return ",".join("?" * len(names))


def _selected(connection: sqlite3.Connection, table: str, found: int) -> tuple[list[str], str]:
    """Columns of ours that a file of this format says something for, and the query of its rows."""
    moved = older_than_ours(found).columns.get(table, {}) if found != schema.FORMAT else {}
    here = {*_columns(connection, table), *moved}
    names = [name for name in _our_columns()[table] if name in here]
    told = ", ".join(f"{moved[name]} AS {name}" if name in moved else name for name in names)
    return names, f"SELECT {told} FROM {table}"


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


@functools.cache
def _our_columns() -> dict[str, list[str]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        for statement in TABLES.values():
            connection.execute(statement)
        return {table: _columns(connection, table) for table in TABLES}


class _Held(NamedTuple):
    """What a file holds, each in 16 bytes: the same in its backup and in what is made of it."""

    ops: bytes
    heads: bytes
    media: bytes
    drafts: bytes
    quarantine: bytes
    merges: bytes
    facts: bytes


def _untold(_done: int, _total: int) -> None:
    """Who is told where nobody wants to know."""


def _held(connection: sqlite3.Connection, found: int, told: Progress = _untold) -> _Held:
    seen = _Counted(connection, told)

    def rows(*tables: str) -> bytes:
        running = b""
        for table in tables:
            names, query = _selected(connection, table, found)
            for row in seen(connection.execute(f"{query} ORDER BY {', '.join(names[:4])}")):
                running = digest(running, repr(row))
        return running

    return _Held(
        ops=rows("person", "strand", "ent", "op"),
        heads=_heads(connection, found),
        media=rows("blob"),
        drafts=rows("step", "checkpoint", "draft"),
        quarantine=rows("quarantine"),
        merges=rows("merge_log"),
        facts=digest(*[repr(one) for one in _facts(connection, found) if one[0] != "fold"]),
    )


def _heads(connection: sqlite3.Connection, found: int) -> bytes:
    """The heads of every entity, found as ``heads_of`` finds them before it looks at values."""
    names, query = _selected(connection, "op", found)
    ent, kind, parents, name = (names.index(one) for one in ("ent", "kind", "parents", "h"))
    running = b""
    ordered = connection.execute(f"{query} ORDER BY ent, h")
    for entity, ops in groupby(ordered, lambda row: row[ent]):
        put = [row for row in ops if row[kind] in _SET_VALUE]
        told = b"".join(row[parents] or b"" for row in put)
        replaced = {told[at : at + 16] for at in range(0, len(told), 16)}
        for row in put:
            if row[name] not in replaced:
                running = digest(running, entity, row[name])
    return running
