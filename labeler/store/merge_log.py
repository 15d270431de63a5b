"""What merges did, kept in the file: each row of the log can be opened, and so can quarantine.

An op's row says nothing of how it came. So a merge notes the rows of each batch it wrote beside its
row of the log (``meta``, under ``merge:`` and its number); what it lists is looked up from there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from labeler.store.damage import Damaged
from labeler.store.file import ProjectFile
from labeler.store.oplog import EntityKind, OpKind

__all__ = [
    "MergeRow",
    "MergedChange",
    "QuarantineRow",
    "log_merge",
    "merged_changes",
    "merges",
    "quarantine",
    "quarantine_put",
    "quarantined_bytes",
]


_LARGEST_READ = 1 << 20
"""Bytes of something set aside that are looked into for whose it is."""


class MergeRow(msgspec.Struct, frozen=True):
    """A merge: when it ended (milliseconds since the epoch), the file's name, what it came to.

    ``whole`` is false of one that was interrupted; what it had taken in by then stays. ``digest`` names
    what the copy held, in hexadecimal, where all of it was taken in.
    """

    id: int
    when: int
    src: str
    added: int
    known: int
    conflicts: int
    quarantined: int
    whole: bool
    digest: str = ""


class MergedChange(msgspec.Struct, frozen=True):
    """An op that a merge added: its hash, what it is about (uids in hexadecimal) and by whom.

    ``action`` is ``put``, ``delete``, ``draft``, ``import``, ``redact`` or a number nobody here knows,
    ``kind`` that of the entity. ``task`` is empty where it is about none; ``when`` in milliseconds.
    """

    row: int
    op: str
    action: str
    entity: str
    kind: str
    task: str
    by: str
    when: int
    conflict: bool


class QuarantineRow(msgspec.Struct, frozen=True):
    """Something set aside: from which file, why, how many bytes, when (milliseconds).

    ``by`` is the handle of whom the change is by, the uid where nobody here knows them, empty where it
    is no change or cannot be read.
    """

    id: int
    src: str
    why: str
    size: int
    when: int
    by: str = ""


class _Signed(msgspec.Struct):
    """What matters of the bytes of an op: whose it is."""

    person: bytes


class _Rows(msgspec.Struct):
    """Ranges of rows (first, last) that a merge wrote."""

    ops: list[tuple[int, int]] = []
    quarantine: list[tuple[int, int]] = []


def log_merge(
    connection: sqlite3.Connection,
    number: int | None,
    *,
    hlc: int,
    src: str,
    digest: bytes,
    counts: tuple[int, int, int, int],
    ops: tuple[int, int],
    set_aside: tuple[int, int],
) -> int:
    """Write or bring up to date a merge's row within the open transaction; returns its number.

    ``counts`` are added, known, conflicts, quarantined so far; ``ops`` and ``set_aside`` the first and
    last row this batch wrote (nothing where the last is before the first).
    """
    if number is None:
        number = int(
            connection.execute(
                "INSERT INTO merge_log(hlc, src, digest, added, known, conflicts, quarantined) "
                "VALUES(?,?,?,?,?,?,?) RETURNING id",
                (hlc, src, digest, *counts),
            ).fetchone()[0]
        )
        rows = _Rows()
    else:
        connection.execute(
            "UPDATE merge_log SET hlc=?, digest=?, added=?, known=?, conflicts=?, quarantined=? "
            "WHERE id=?",
            (hlc, digest, *counts, number),
        )
        rows = _rows(connection, number)
    _extend(rows.ops, ops)
    _extend(rows.quarantine, set_aside)
    connection.execute(
        "INSERT OR REPLACE INTO meta(k, v) VALUES(?,?)",
        (f"merge:{number}", msgspec.msgpack.encode(rows)),
    )
    return number


def _extend(ranges: list[tuple[int, int]], new: tuple[int, int]) -> None:
    first, last = new
    if last < first:
        return
    if ranges and ranges[-1][1] == first - 1:
        ranges[-1] = (ranges[-1][0], last)
    else:
        ranges.append(new)


def _rows(connection: sqlite3.Connection, number: int) -> _Rows:
    row = connection.execute("SELECT v FROM meta WHERE k=?", (f"merge:{number}",)).fetchone()
    if row is None:
        return _Rows()
    try:
        return msgspec.msgpack.decode(row[0], type=_Rows)
    except (msgspec.DecodeError, TypeError) as error:
        raise Damaged(f"what merge {number} wrote does not read: {error}") from None


def merges(file: ProjectFile) -> list[MergeRow]:
    """The merges into this file, the newest first."""
    return [
        MergeRow(
            id=row[0],
            when=row[1] >> 16,
            src=row[2],
            added=row[3],
            known=row[4],
            conflicts=row[5],
            quarantined=row[6],
            whole=row[7] != b"",
            digest=row[7].hex(),
        )
        for row in file.rows(
            "SELECT id, hlc, src, added, known, conflicts, quarantined, digest FROM merge_log "
            "ORDER BY id DESC"
        )
    ]


def merged_changes(
    file: ProjectFile, number: int, after: int = 0, limit: int = 500
) -> list[MergedChange]:
    """What a merge added, page by page; ``after`` is the ``row`` the page before ended with."""
    found: list[MergedChange] = []
    for first, last in _rows(file.connection, number).ops:
        if last > after and len(found) < limit:
            found += _changes(file, max(first, after + 1), last, limit - len(found))
    return found


def _changes(file: ProjectFile, first: int, last: int, limit: int) -> list[MergedChange]:
    rows = file.rows(
        "SELECT op.id, op.h, op.kind, ent.uid, ent.kind, op.hlc, "
        "coalesce(who.handle, lower(hex(person.uid))), "
        "CASE WHEN ent.kind=? THEN ent.uid ELSE (SELECT of.uid FROM ann JOIN ent AS of "
        "ON of.id=ann.task WHERE ann.id=ent.id) END, "
        "EXISTS(SELECT 1 FROM conflict WHERE conflict.ent=ent.id) "
        "FROM op JOIN ent ON ent.id=op.ent JOIN person ON person.id=op.person "
        "LEFT JOIN who ON who.id=op.person WHERE op.id BETWEEN ? AND ? ORDER BY op.id LIMIT ?",
        (int(EntityKind.TASK), first, last, limit),
    )
    return [
        MergedChange(
            row=row[0],
            op=row[1].hex(),
            action=_word(OpKind, row[2]),
            entity=row[3].hex(),
            kind=_word(EntityKind, row[4]),
            task=row[7].hex() if row[7] else "",
            by=row[6],
            when=row[5] >> 16,
            conflict=bool(row[8]),
        )
        for row in rows
    ]


def _word(words: type[OpKind] | type[EntityKind], number: int) -> str:
    known: Sequence[int] = [int(one) for one in words]
    return words(number).name.lower() if number in known else str(number)


def quarantine(file: ProjectFile, merge: int | None = None) -> list[QuarantineRow]:
    """What was set aside, by all merges or by one, the newest first; its bytes are read one by one."""
    rows = file.rows("SELECT id, src, why, length(raw), hlc FROM quarantine ORDER BY id DESC")
    if merge is not None:
        ranges = _rows(file.connection, merge).quarantine
        rows = [row for row in rows if any(first <= row[0] <= last for first, last in ranges)]
    return [
        QuarantineRow(row[0], row[1], row[2], row[3], row[4] >> 16, _by(file, row[0], row[3]))
        for row in rows
    ]


def _by(file: ProjectFile, number: int, size: int) -> str:
    """Whose change something set aside claims to be."""
    if size > _LARGEST_READ:
        return ""
    row = file.row("SELECT raw FROM quarantine WHERE id=?", (number,))
    try:
        person = msgspec.msgpack.decode(row[0], type=_Signed).person
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    known = file.row(
        "SELECT who.handle FROM person JOIN who ON who.id=person.id WHERE person.uid=?", (person,)
    )
    return str(known[0]) if known else person.hex()


def quarantined_bytes(file: ProjectFile, number: int) -> bytes:
    """The bytes of something set aside; raises Damaged where there is no such row."""
    row = file.row("SELECT raw FROM quarantine WHERE id=?", (number,))
    if row is None:
        raise Damaged(f"nothing with the number {number} was set aside", file.where)
    return bytes(row[0])


def quarantine_put(
    connection: sqlite3.Connection, src: str, why: str, raw: bytes, name: bytes, hlc: int
) -> int:
    """Set something aside within the open transaction; 1, or 0 where it was before."""
    found = connection.execute(
        "INSERT OR IGNORE INTO quarantine(src, why, raw, digest, hlc) VALUES(?,?,?,?,?) "
        "RETURNING id",
        (src, why, raw, name, hlc),
    ).fetchone()
    return 0 if found is None else 1
