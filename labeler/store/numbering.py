"""Keys of rows that have none: H(content) with the row's number among equals in its file.

A file may have any number of rows. What it has had is kept as one bit per entity of the project, so
that memory hardly grows with a file, and a row's number never depends on where a batch ended.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from labeler.store.oplog import EntityKind

__all__ = ["Keyless", "Numbering", "derived_key"]

Keyless = tuple[int, int, bytes]
"""A row without a key: its place in the batch, the number of its file, its content's fingerprint."""


def derived_key(fingerprint: bytes, number: int) -> str:
    """The key of a row that has none: H(content), with its number among equals from the second on."""
    return fingerprint.hex() + (f"#{number + 1}" if number else "")


class Numbering:
    """Numbers the rows without a key of one import; ``uid_of`` gives the uid of (key, fingerprint)."""

    def __init__(self, uid_of: Callable[[str, bytes], bytes]) -> None:
        self._uid_of = uid_of
        self._part = 0
        self._seen = bytearray()

    def guess(self, rows: Sequence[Keyless]) -> list[str]:
        """The rows' keys as if their files began with this batch."""
        keys = []
        equals: dict[bytes, int] = {}
        part = None
        for _, of, fingerprint in rows:
            if of != part:
                part = of
                equals = {}
            number = equals.get(fingerprint, 0)
            equals[fingerprint] = number + 1
            keys.append(derived_key(fingerprint, number))
        return keys

    def settle(
        self,
        connection: sqlite3.Connection,
        rows: Sequence[Keyless],
        keys: list[str],
        uids: list[bytes],
        ids: list[int],
        fresh: list[bool],
        *,
        make: bool,
    ) -> None:
        """Correct the guesses for rows whose equals came in earlier batches of the same file.

        ``keys``, ``uids``, ``ids`` (0 where it is not known) and ``fresh`` are those of the whole
        batch; entities that a guess made wrongly are taken away, and with ``make`` others are made.
        """
        again: set[bytes] = set()
        for at, part, fingerprint in rows:
            if fresh[at]:
                continue
            ids[at] = _id_of(connection, uids[at])
            if part == self._part and self._is_seen(ids[at]):
                again.add(fingerprint)
        if again:
            self._settle_again(connection, rows, again, keys, uids, ids, fresh, make)
        self._remember(rows, ids)

    def _settle_again(
        self,
        connection: sqlite3.Connection,
        rows: Sequence[Keyless],
        again: set[bytes],
        keys: list[str],
        uids: list[bytes],
        ids: list[int],
        fresh: list[bool],
        make: bool,
    ) -> None:
        wrong = [
            (at, fingerprint)
            for at, part, fingerprint in rows
            if part == self._part and fingerprint in again
        ]
        connection.executemany(
            "DELETE FROM ent WHERE id=?", [(ids[at],) for at, _ in wrong if fresh[at]]
        )
        numbers: dict[bytes, int] = {}
        for at, fingerprint in wrong:
            number = numbers.get(fingerprint)
            if number is None:
                number = self._first_unseen(connection, fingerprint)
            numbers[fingerprint] = number + 1
            keys[at] = derived_key(fingerprint, number)
            uids[at] = self._uid_of(keys[at], fingerprint)
            ids[at], fresh[at] = _id_of(connection, uids[at]), False
            if not ids[at] and make:
                ids[at] = connection.execute(
                    "INSERT INTO ent(uid, kind) VALUES(?,?) RETURNING id",
                    (uids[at], int(EntityKind.TASK)),
                ).fetchone()[0]
                fresh[at] = True
        for at, part, fingerprint in rows:
            if part != self._part and fingerprint in again and not fresh[at]:
                ids[at] = _id_of(connection, uids[at])

    def _first_unseen(self, connection: sqlite3.Connection, fingerprint: bytes) -> int:
        """The first number that no row of this file had; those before it were all had."""

        def seen(number: int) -> bool:
            uid = self._uid_of(derived_key(fingerprint, number), fingerprint)
            return self._is_seen(_id_of(connection, uid))

        high = 1
        while seen(high):
            high *= 2
        low = high // 2
        while low + 1 < high:
            middle = (low + high) // 2
            if seen(middle):
                low = middle
            else:
                high = middle
        return high

    def _is_seen(self, ent: int) -> bool:
        return ent >> 3 < len(self._seen) and bool(self._seen[ent >> 3] & (1 << (ent & 7)))

    def _remember(self, rows: Sequence[Keyless], ids: Sequence[int]) -> None:
        if not rows:
            return
        last = rows[-1][1]
        if last != self._part:
            self._part = last
            self._seen.clear()
        marked = [ids[at] for at, part, _ in rows if part == last and ids[at]]
        missing = (max(marked, default=0) >> 3) + 1 - len(self._seen)
        if missing > 0:
            self._seen.extend(bytes(missing))
        for ent in marked:
            self._seen[ent >> 3] |= 1 << (ent & 7)


def _id_of(connection: sqlite3.Connection, uid: bytes) -> int:
    row = connection.execute("SELECT id FROM ent WHERE uid=?", (uid,)).fetchone()
    return row[0] if row else 0
