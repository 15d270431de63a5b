"""Labels that were taken out of a queue's set while somebody used them: the set is then in conflict.

On one copy a label is removed that nobody has there, on another somebody gives it meanwhile. Neither
is wrong, so it is shown and a person settles it: by putting the label back, or by retiring it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from labeler.model.ids import labels_uid
from labeler.model.value import LAYERS
from labeler.store.bodies import LabelsBody
from labeler.store.damage import Damaged, read_body
from labeler.store.heads import heads_of
from labeler.store.many import chunks, values_in
from labeler.store.oplog import EntityKind, OpKind, unpack_body

__all__ = ["GoneLabels", "LabelUse", "LabelUses", "gone_labels", "newest_uses"]

_PREDICTION = LAYERS.index("prediction")
"""What a model says is no use: nobody decided it."""
_NAMED = b'"label"'
"""What a body with a labelled region has in it; the others are not decoded."""
_USES = (
    "SELECT ann.id, task.queue, op.enc, op.body, op.h, op.id, op.hlc FROM ann "
    "JOIN task ON task.id=ann.task JOIN op ON op.id=ann.head "
    f"WHERE ann.layer<>{_PREDICTION} AND (op.enc<>0 OR instr(op.body, ?)) AND "
)
_PAGE = 2000


class _Region(msgspec.Struct):
    label: Any = None


class _Value(msgspec.Struct):
    regions: tuple[_Region, ...] = ()


class _Body(msgspec.Struct):
    value: _Value


class GoneLabels(NamedTuple):
    """Labels that an earlier version of a set had and the shown one lacks, as they were last defined.

    ``ent`` is the row of the label set's entity.
    """

    ent: int
    labels: dict[str, Any]


class LabelUse(NamedTuple):
    """An annotation that uses a label which is gone: its op, the row of that, when it was written, and
    what it uses."""

    op: bytes
    row: int
    hlc: int
    labels: frozenset[str]


def gone_labels(connection: sqlite3.Connection, project: bytes, queue: str) -> GoneLabels | None:
    """What the label set of a queue (by its id) had once and has not now; None where nothing."""
    row = connection.execute(
        "SELECT id FROM ent WHERE uid=?", (labels_uid(project, queue),)
    ).fetchone()
    if row is None:
        return None
    rows = connection.execute(
        "SELECT enc, body FROM op WHERE ent=? AND kind IN (?,?) ORDER BY hlc, h",
        (row[0], int(OpKind.PUT), int(OpKind.IMPORT)),
    ).fetchall()
    if len(rows) < 2:
        return None
    found: dict[str, Any] = {}
    for enc, stored in rows:
        found.update(_defined(connection, enc, stored))
    heads, _ = heads_of(connection, row[0], EntityKind.LABELS)
    if not heads:
        return None
    for label in _defined(connection, heads[0].enc, heads[0].stored):
        found.pop(label, None)
    return GoneLabels(row[0], found) if found else None


def _defined(connection: sqlite3.Connection, enc: int, stored: bytes | None) -> dict[str, Any]:
    """The labels a version of a set has, by id."""
    try:
        raw = unpack_body(connection, enc, stored)
        if raw is None:
            return {}
        labels = read_body(bytes(read_body(raw, LabelsBody).labels), list[dict[str, Any]])
    except Damaged:
        return {}  # a check names it
    return {str(label.get("id")): label for label in labels}


def _labels_in(connection: sqlite3.Connection, enc: int, stored: bytes | None) -> frozenset[str]:
    """The labels of an annotation's regions."""
    try:
        raw = unpack_body(connection, enc, stored)
        if raw is None or _NAMED not in raw:
            return frozenset()
        regions = read_body(raw, _Body).value.regions
    except Damaged:
        return frozenset()
    return frozenset(region.label for region in regions if isinstance(region.label, str))


def newest_uses(connection: sqlite3.Connection, queue: str, gone: GoneLabels) -> list[LabelUse]:
    """Of each label that is gone its newest use, the newest of all first."""
    row = connection.execute("SELECT id FROM queue WHERE name=?", (queue,)).fetchone()
    newest: dict[str, LabelUse] = {}
    if row is None:
        return []
    for _, _, enc, stored, name, number, hlc in _rows(connection, row[0]):
        used = _labels_in(connection, enc, stored) & gone.labels.keys()
        for label in used:
            before = newest.get(label)
            if before is None or (before.hlc, before.op) < (hlc, name):
                newest[label] = LabelUse(name, number, hlc, frozenset(used))
    return sorted(set(newest.values()), key=lambda use: (-use.hlc, use.op))


def _rows(connection: sqlite3.Connection, queue: int) -> Iterable[Any]:
    """The annotations of a queue (its row) that may use a label, some thousand at a time."""
    after = 0
    while True:
        rows = connection.execute(
            f"{_USES} task.queue=? AND ann.id>? ORDER BY ann.id LIMIT ?",
            (_NAMED, queue, after, _PAGE),
        ).fetchall()
        yield from rows
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


class LabelUses:
    """Keeps note of which label sets lack a label that is in use, within the open transaction."""

    def __init__(self, connection: sqlite3.Connection, project: bytes) -> None:
        self.connection = connection
        self.project = project
        self._gone: dict[int, GoneLabels] | None = None
        self._witness: dict[int, int] = {}
        """An annotation that uses a label that is gone, by queue: while it does, no other is sought."""
        self._annotations: dict[int, None] = {}
        self._tasks: dict[int, None] = {}
        self._sets: dict[int, None] = {}

    def changed(self, ent: int) -> None:
        """A label set (its entity's row) is another now, or its queue is only known from now on."""
        self._sets[ent] = None
        self._gone = None

    def saw(self, annotations: Iterable[int]) -> None:
        """These annotations were folded."""
        self._annotations.update(dict.fromkeys(annotations))

    def saw_tasks(self, tasks: Iterable[int]) -> None:
        """These tasks were folded: what is on them may be on another task or queue from now on."""
        self._tasks.update(dict.fromkeys(tasks))

    def settle(self) -> None:
        """Bring the conflicts of label sets up to date with all that was folded."""
        if not (self._annotations or self._tasks or self._sets):
            return
        gone = self._all_gone()
        if gone:
            used = self._used_by_what_was_folded(gone)
            for queue, one in gone.items():
                if one.ent not in self._sets and queue not in used and not self._noted(one.ent):
                    continue  # it was in order, and nothing that was folded changes that
                uses = queue in used or self._has_use(queue, one)
                self._note(one.ent, uses)
        for ent in self._sets:
            if all(ent != one.ent for one in gone.values()):
                self._note(ent, False)
        self._annotations.clear()
        self._tasks.clear()
        self._sets.clear()

    def _all_gone(self) -> dict[int, GoneLabels]:
        if self._gone is None:
            self._gone = {}
            for queue, name in self.connection.execute("SELECT id, name FROM queue").fetchall():
                found = gone_labels(self.connection, self.project, name)
                if found is not None:
                    self._gone[queue] = found
        return self._gone

    def _used_by_what_was_folded(self, gone: dict[int, GoneLabels]) -> set[int]:
        """The queues of which something that was folded uses a label that is gone."""
        for part in chunks(list(self._tasks)):
            self.saw(
                row[0]
                for row in self.connection.execute(
                    f"SELECT id FROM ann WHERE task IN ({values_in(part)})", part
                ).fetchall()
            )
        found: set[int] = set()
        for part in chunks(list(self._annotations)):
            for row in self.connection.execute(
                f"{_USES} ann.id IN ({values_in(part)})", (_NAMED, *part)
            ).fetchall():
                if row[1] in gone and row[1] not in found and self._uses(row, gone[row[1]]):
                    found.add(row[1])
        return found

    def _uses(self, row: Any, gone: GoneLabels) -> bool:
        if _labels_in(self.connection, row[2], row[3]).isdisjoint(gone.labels):
            return False
        self._witness[row[1]] = row[0]
        return True

    def _has_use(self, queue: int, gone: GoneLabels) -> bool:
        known = self._witness.get(queue)
        if known is not None:
            row = self.connection.execute(f"{_USES} ann.id=?", (_NAMED, known)).fetchone()
            if row is not None and row[1] == queue and self._uses(row, gone):
                return True
        return any(self._uses(row, gone) for row in _rows(self.connection, queue))

    def _noted(self, ent: int) -> bool:
        sql = "SELECT 1 FROM conflict WHERE ent=?"
        return self.connection.execute(sql, (ent,)).fetchone() is not None

    def _note(self, ent: int, uses: bool) -> None:
        if uses or len(heads_of(self.connection, ent, EntityKind.LABELS)[0]) > 1:
            self.connection.execute("INSERT OR IGNORE INTO conflict(ent) VALUES(?)", (ent,))
        else:
            self.connection.execute("DELETE FROM conflict WHERE ent=?", (ent,))
