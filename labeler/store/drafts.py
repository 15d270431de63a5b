"""Steps and drafts: a gesture is a row, undo and redo move a cursor, nothing is ever deleted by them.

A draft is base op + steps + a cursor. Steps form a tree: a new step after an undo begins a branch and
hides the old one. ``saved`` is the step whose value the last annotation op has; the draft holds
unsubmitted work where ``cursor`` differs from it. All of it is local to this copy of the file.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from labeler.model.json import UNREADABLE
from labeler.model.problems import Refusal
from labeler.model.steps import Change, ValueTree, decode_changes
from labeler.store.bodies import AnnotationBody
from labeler.store.damage import Damaged, inflate, read_body, refuses_damage
from labeler.store.draft_places import AT_PLACE, DraftPlace, adopted_key, names_of
from labeler.store.file import ProjectFile
from labeler.store.heads import heads_of
from labeler.store.oplog import EntityKind, OpLog, unpack_body
from labeler.store.processes import is_alive, this_process
from labeler.store.rows import DraftRow, NewStep, StepRow

__all__ = ["CHECKPOINT_EVERY", "Drafts"]

_NOTHING = AnnotationBody("", "", "")

CHECKPOINT_EVERY = 1000
COMPRESS_ABOVE = 1024


def _pack(raw: bytes) -> bytes:
    return b"z" + zlib.compress(raw, 1) if len(raw) > COMPRESS_ABOVE else b"j" + raw


def _unpack(stored: bytes) -> bytes:
    return inflate(stored[1:]) if stored[:1] == b"z" else stored[1:]


def _changes(stored: bytes) -> tuple[Change, ...]:
    try:
        return decode_changes(_unpack(stored))
    except UNREADABLE as error:
        raise Damaged(f"a step of a draft does not read: {error}") from None


def _before(raw: bytes, status: str, reason: str, steps: Sequence[StepRow]) -> ValueTree:
    """The value that these steps, oldest first, made this one of."""
    try:
        tree = ValueTree.read(raw, status, reason)
        for step in reversed(steps):
            tree.apply_all(step.inverse)
    except (*UNREADABLE, ValueError) as error:
        raise Damaged(f"the steps of a draft do not fit its value: {error}") from None
    return tree


def _state(stored: str) -> dict[str, Any]:
    """What the editor keeps with the draft; lost scroll and caret are no reason to refuse the work."""
    try:
        return read_body(stored, dict[str, Any])
    except Damaged:
        return {}


class DraftState(NamedTuple):
    """How far a draft is: the op it started from, cursor, the step its annotation has, hybrid clock."""

    base: bytes | None
    cursor: int
    saved: int
    hlc: int


class Drafts:
    """The drafts of one project file, as one process writes and others follow them."""

    def __init__(self, file: ProjectFile, log: OpLog) -> None:
        self.file = file
        self.log = log
        self.token = os.urandom(16)

    # who writes

    def take(self, task: int, person: int, *, over: bool = False) -> str:
        """Become the one that writes this draft, or say who is: ``host:pid``; empty when taken.

        A process of this machine that no longer lives has lost it; ``over`` takes it in any case.
        """
        host, pid, started = this_process()
        with self.file.writing() as connection:
            row = connection.execute(
                "SELECT token, host, pid, started FROM lease WHERE task=? AND person=?",
                (task, person),
            ).fetchone()
            if row is not None and row[0] != self.token and not over and is_alive(*row[1:]):
                return f"{row[1]}:{row[2]}"
            connection.execute(
                "INSERT OR REPLACE INTO lease(task, person, token, host, pid, started) "
                "VALUES(?,?,?,?,?,?)",
                (task, person, self.token, host, pid, started),
            )
        return ""

    def release(self, task: int, person: int) -> None:
        """Stop writing this draft."""
        with self.file.writing() as connection:
            connection.execute(
                "DELETE FROM lease WHERE task=? AND person=? AND token=?",
                (task, person, self.token),
            )

    def holds(self, connection: sqlite3.Connection, task: int, person: int) -> bool:
        """Whether this process still is the one that writes the draft."""
        row = connection.execute(
            "SELECT token FROM lease WHERE task=? AND person=?", (task, person)
        ).fetchone()
        return row is not None and row[0] == self.token

    # reading

    @refuses_damage
    def read(self, place: DraftPlace, handle: str = "") -> DraftRow:
        """The draft as it lies in the file; one that starts from the annotation where there is none.

        ``handle`` is that of its person.
        """
        names = names_of(self.file, place)
        annotation = names.annotation
        head_hash, head_body = self._head(annotation)
        base_hash, base_body = head_hash, head_body
        row = self.file.row(
            f"SELECT base, cursor, saved, last, state FROM draft WHERE {AT_PLACE}", place
        )
        cursor, saved, last, state = 0, 0, 0, "{}"
        if row is not None:
            cursor, saved, last, state = row[1:]
            if row[0] is None:
                base_hash, base_body = b"", _NOTHING
            elif row[0] != head_hash:
                base_hash, base_body = self._op(annotation, row[0])
        status, reason = (base_body.status, base_body.reason) if base_hash else ("open", "")
        steps = self.path(place, cursor)
        for number in range(len(steps) - 1, -1, -1):
            found = self._checkpoint(place, steps[number].number)
            if found is not None:
                start, (raw, status, reason) = steps[number].number, found
                steps = steps[number + 1 :]
                break
        else:
            # The base is the value at ``saved``: taking the steps up to there back gives the beginning.
            done = self.path(place, saved)
            tree = _before(bytes(base_body.value), status, reason, done)
            start, raw, status, reason = 0, tree.json(), tree.status, tree.reason
        return DraftRow(
            task=names.task.hex(),
            person=handle,
            round=place.round,
            base=base_hash.hex(),
            base_status=base_body.status if base_hash else "open",
            cursor=cursor,
            saved=saved,
            last=last,
            tree=raw,
            tree_status=status,
            tree_reason=reason,
            tree_at=start,
            path=tuple(steps),
            ahead=tuple(self.ahead(place, cursor)),
            state=_state(state),
            holder=self.holder(place.task, place.person),
            head=head_hash.hex(),
            head_value=bytes(head_body.value),
            head_status=head_body.status if head_hash else "open",
            head_reason=head_body.reason,
            layer=names.layer,
            about=names.about.hex(),
        )

    def holder(self, task: int, person: int) -> str:
        """The living process that writes the draft, ``host:pid``, where it is not this one."""
        row = self.file.row(
            "SELECT token, host, pid, started FROM lease WHERE task=? AND person=?", (task, person)
        )
        if row is None or row[0] == self.token or not is_alive(*row[1:]):
            return ""
        return f"{row[1]}:{row[2]}"

    def _head(self, annotation: bytes) -> tuple[bytes, AnnotationBody]:
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (annotation,))
        heads = heads_of(self.file.connection, row[0], EntityKind.ANNOTATION)[0] if row else []
        if not heads:
            return b"", _NOTHING
        raw = unpack_body(self.file.connection, heads[0].enc, heads[0].stored)
        return heads[0].hash, read_body(raw, AnnotationBody) if raw is not None else _NOTHING

    def _op(self, annotation: bytes, name: bytes) -> tuple[bytes, AnnotationBody]:
        row = self.file.row(
            "SELECT op.enc, op.body FROM op JOIN ent ON ent.id=op.ent WHERE ent.uid=? AND op.h=?",
            (annotation, name),
        )
        raw = unpack_body(self.file.connection, *row) if row else None
        return name, read_body(raw, AnnotationBody) if raw is not None else _NOTHING

    def _rows(self, sql: str, parameters: Sequence[Any]) -> list[StepRow]:
        rows = self.file.rows(
            f"SELECT n, parent, label, ckey, hlc, forward, inverse FROM step {sql}", parameters
        )
        return [
            StepRow(
                row[0],
                row[1],
                row[2],
                row[3],
                row[4],
                _changes(row[5]),
                _changes(row[6]),
            )
            for row in rows
        ]

    @refuses_damage
    def path(self, place: DraftPlace, cursor: int, limit: int = 2**31) -> list[StepRow]:
        """The steps from the base to the cursor, oldest first; of a long path the newest ``limit``."""
        if cursor == 0:
            return []
        parents = dict(
            self.file.rows(
                f"SELECT n, parent FROM step WHERE {AT_PLACE} AND n<=?", (*place, cursor)
            )
        )
        chain: list[int] = []
        while cursor and len(chain) < limit:
            chain.append(cursor)
            parent = parents.get(cursor)
            if parent is None or not 0 <= parent < cursor:
                raise Damaged(f"the steps of a draft do not lead to its step {chain[0]}")
            cursor = parent
        chain.reverse()
        rows = {
            row.number: row
            for row in self._rows(
                f"WHERE {AT_PLACE} AND n BETWEEN ? AND ?", (*place, chain[0], chain[-1])
            )
        }
        return [rows[number] for number in chain]

    def ahead(self, place: DraftPlace, cursor: int) -> list[StepRow]:
        """The steps a redo would do from here, nearest first: at each fork the newest branch."""
        newest = {
            parent: number
            for number, parent in self.file.rows(
                f"SELECT n, parent FROM step WHERE {AT_PLACE} AND n>? ORDER BY n", (*place, cursor)
            )
            if parent < number
        }
        chain: list[int] = []
        while cursor in newest and len(chain) < CHECKPOINT_EVERY:
            cursor = newest[cursor]
            chain.append(cursor)
        if not chain:
            return []
        rows = {
            row.number: row
            for row in self._rows(
                f"WHERE {AT_PLACE} AND n BETWEEN ? AND ?", (*place, chain[0], chain[-1])
            )
        }
        return [rows[number] for number in chain]

    def _checkpoint(self, place: DraftPlace, number: int) -> tuple[bytes, str, str] | None:
        if number % CHECKPOINT_EVERY:
            return None
        row = self.file.row(
            f"SELECT tree, status, reason FROM checkpoint WHERE {AT_PLACE} AND n=?",
            (*place, number),
        )
        return (_unpack(row[0]), row[1], row[2]) if row else None

    # writing

    def write(
        self,
        connection: sqlite3.Connection,
        place: DraftPlace,
        person_uid: bytes,
        base: bytes,
        steps: Sequence[NewStep],
        cursor: int,
        saved: int,
        state: dict[str, Any] | None = None,
    ) -> int:
        """Write steps and the cursor within the open transaction; returns the hybrid clock.

        Raises Refusal ``draft_changed`` where another process wrote steps in the place of these: a
        draft read before that never overwrites them.
        """
        self._refuse_overtaken(connection, place, steps)
        strand = self.log.strand_row(connection, person_uid)
        hlc = self.log.clock.now()
        connection.executemany(
            "INSERT OR REPLACE INTO step(task, person, layer, round, about, n, parent, strand, hlc, "
            "label, ckey, forward, inverse) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    *place,
                    step.number,
                    step.parent,
                    strand,
                    hlc,
                    step.label,
                    step.key,
                    _pack(step.forward),
                    _pack(step.inverse),
                )
                for step in steps
            ],
        )
        for step in steps:
            if step.tree:
                connection.execute(
                    "INSERT OR REPLACE INTO checkpoint(task, person, layer, round, about, n, status, "
                    "reason, tree) VALUES(?,?,?,?,?,?,?,?,?)",
                    (*place, step.number, step.status, step.reason, _pack(step.tree)),
                )
        connection.execute(
            "INSERT INTO draft(task, person, layer, round, about, base, cursor, saved, covered, last, "
            "hlc, state) VALUES(?,?,?,?,?,?,?,?,-1,?,?,'{}') "
            "ON CONFLICT(task, person, layer, round, about) DO UPDATE SET "
            "base=excluded.base, cursor=excluded.cursor, saved=excluded.saved, "
            "last=max(draft.last, excluded.last), hlc=excluded.hlc",
            (
                *place,
                base or None,
                cursor,
                saved,
                max([step.number for step in steps], default=cursor),
                hlc,
            ),
        )
        if state is not None:
            connection.execute(
                f"UPDATE draft SET state=? WHERE {AT_PLACE}",
                (msgspec.json.encode(state).decode(), *place),
            )
        return hlc

    def _refuse_overtaken(
        self, connection: sqlite3.Connection, place: DraftPlace, steps: Sequence[NewStep]
    ) -> None:
        if not steps:
            return
        present = connection.execute(
            f"SELECT n, parent, forward FROM step WHERE {AT_PLACE} AND n>=?",
            (*place, steps[0].number),
        ).fetchall()
        if present:  # the same steps: they were written, and the answer was lost
            mine = {step.number: (step.parent, _pack(step.forward)) for step in steps}
            if any(mine.get(number) != (parent, forward) for number, parent, forward in present):
                raise Refusal.of("draft_changed", self.file.where)

    def latest(self, person: int, before: int | None = None) -> tuple[int, int, int] | None:
        """The draft of this person's work whose step at the cursor is the newest: (task, round, clock).

        ``before`` asks for one older than that clock.
        """
        found = self.file.row(
            "SELECT draft.task, draft.round, step.hlc FROM draft JOIN step ON step.task=draft.task "
            "AND step.person=draft.person AND step.layer=draft.layer AND step.round=draft.round "
            "AND step.about=draft.about AND step.n=draft.cursor "
            "WHERE draft.person=? AND draft.layer=0 AND step.hlc<? "
            "ORDER BY step.hlc DESC, step.n DESC LIMIT 1",
            (person, before if before is not None else 2**62),
        )
        return (found[0], found[1], found[2]) if found else None

    def loose(self) -> list[tuple[DraftPlace, int]]:
        """Drafts with work that no op has yet, each with its cursor."""
        rows = self.file.rows(
            "SELECT task, person, layer, round, about, cursor FROM draft "
            "WHERE cursor<>saved AND cursor<>covered"
        )
        return [(DraftPlace(*row[:5]), row[5]) for row in rows]

    def at(self, place: DraftPlace) -> DraftState | None:
        """How far a draft is, or None where there is none."""
        sql = f"SELECT base, cursor, saved, hlc FROM draft WHERE {AT_PLACE}"
        row = self.file.row(sql, place)
        return None if row is None else DraftState(*row)

    def is_written(self, task: int, person: int) -> bool:
        """Whether a living process writes this person's drafts of a task: another one, or this one."""
        row = self.file.row(
            "SELECT host, pid, started FROM lease WHERE task=? AND person=?", (task, person)
        )
        return row is not None and is_alive(*row)

    def drop(self, connection: sqlite3.Connection, place: DraftPlace) -> int:
        """Drop a draft with its steps within the open transaction; how many steps it had."""
        steps = connection.execute(f"DELETE FROM step WHERE {AT_PLACE}", place).rowcount
        for table in ("checkpoint", "draft"):
            connection.execute(f"DELETE FROM {table} WHERE {AT_PLACE}", place)
        connection.execute("DELETE FROM meta WHERE k=?", (adopted_key(place),))
        return steps


def refuse_held(holder: str, person: str, where: str) -> Refusal:
    """The refusal that says who has the draft."""
    host, _, pid = holder.rpartition(":")
    return Refusal.of("draft_elsewhere", where, person=person, pid=pid, host=host)
