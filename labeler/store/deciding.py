"""What deciding conflicts asks of the file: pages of them, histories, taking a settlement back.

Taking back is an op like any other: each version that was replaced is written once more, naming what
had replaced it, so that copies which know the settlement learn that it is open again.
"""

from __future__ import annotations

import msgspec

from labeler.model.ids import person_uid
from labeler.model.problems import Refusal
from labeler.store.bodies import TaskBody, encode
from labeler.store.damage import Damaged, read_body, refuses_damage
from labeler.store.heads import (
    Head,
    heads_of,
    history_of,
    originals_of,
    versions_of,
)
from labeler.store.listed import COLUMNS, FROM, task_row
from labeler.store.oplog import EntityKind, OpKind, unpack_body
from labeler.store.rows import ConflictRow, HistoryRow, TaskRow
from labeler.store.settling import Settling
from labeler.store.task_status import FLAG_DOUBLE, FLAG_MISSING

__all__ = ["ConflictPage", "Deciding"]

_SAYS = (OpKind.PUT, OpKind.IMPORT, OpKind.DELETE)


class ConflictPage(msgspec.Struct, frozen=True):
    """A stretch of the open conflicts; ``last`` is where the next begins, 0 where there is none."""

    conflicts: tuple[ConflictRow, ...]
    last: int


class Deciding(Settling):
    """Reads conflicts page by page and takes settlements back."""

    @refuses_damage
    def conflict_page(self, after: int = 0, limit: int = 20) -> ConflictPage:
        """The open conflicts behind ``after`` (the ``last`` of the page before), in file order."""
        rows = self.file.rows(
            "SELECT conflict.ent, ent.uid, ent.kind FROM conflict JOIN ent ON ent.id=conflict.ent "
            "WHERE conflict.ent>? ORDER BY conflict.ent LIMIT ?",
            (after, limit),
        )
        last = rows[-1][0] if len(rows) == limit else 0
        return ConflictPage(tuple(self._conflict(*row) for row in rows), last)

    def conflicts_of(self, task: TaskRow) -> list[str]:
        """The conflicts (entities) that concern a task: its annotations, its content, its key."""
        rows = self.file.rows(
            "SELECT ent.uid FROM conflict JOIN ent ON ent.id=conflict.ent WHERE conflict.ent IN ("
            "SELECT id FROM ann WHERE task=?1 UNION ALL SELECT other.id FROM task AS mine "
            "JOIN task AS other ON other.key=mine.key AND other.queue=mine.queue "
            "WHERE mine.id=?1 AND (other.id=?1 OR other.flags & ?2)) ORDER BY conflict.ent",
            (task.row, FLAG_DOUBLE),
        )
        return [row[0].hex() for row in rows]

    @refuses_damage
    def history(self, entity: str) -> tuple[HistoryRow, ...]:
        """Every op of an entity (hexadecimal), the newest first; empty where there is none."""
        row = self.file.row("SELECT id, kind FROM ent WHERE uid=?", (bytes.fromhex(entity),))
        if row is None:
            return ()
        ent, kind = row
        people = {
            op: (handle, name, device)
            for op, handle, name, device in self.file.rows(
                "SELECT op.id, coalesce(who.handle, hex(person.uid)), coalesce(who.name, ''), "
                "strand.device FROM op JOIN person ON person.id=op.person JOIN strand ON "
                "strand.id=op.strand LEFT JOIN who ON who.id=person.id WHERE op.ent=?",
                (ent,),
            )
        }
        ops = history_of(self.file.connection, ent)
        by_name = {op.hash: op for op in ops}
        made = originals_of(self.file.connection, ent, ops)
        return tuple(
            self._in_history(
                kind,
                op,
                people[op.row],
                None if one.row != op.row else [by_name[n] for n in op.parents & by_name.keys()],
            )
            for op, one in zip(reversed(ops), reversed(made), strict=True)
        )

    def _in_history(
        self, kind: int, op: Head, who: tuple[str, str, str], replaced: list[Head] | None
    ) -> HistoryRow:
        """``replaced`` are the ops that are here and that it names; None where it brings one back."""
        told, _ = self._told(op, kind) if op.kind in _SAYS else (None, None)
        known: set[int] = set(OpKind)
        handle, name, device = who
        return HistoryRow(
            op=op.hash.hex(),
            action=OpKind(op.kind).name.lower() if op.kind in known else str(op.kind),
            by=handle,
            name=name,
            when=op.hlc >> 16,
            device=device,
            status=told.status if told is not None else "",
            reason=told.reason if told is not None else "",
            comment=told.comment if told is not None else "",
            replaced=len(versions_of(self.file.connection, replaced or (), kind)),
            restored=replaced is None,
        )

    @refuses_damage
    def unsettle(self, entity: str, op: str, *, by: str) -> None:
        """Open a conflict again that this op (hex) settled; ``by`` is the handle of who takes it back.

        Raises Refusal ``conflict_changed`` where something was written since, or the op settled none.
        """
        uid = bytes.fromhex(entity)
        row = self.file.row("SELECT id, kind FROM ent WHERE uid=?", (uid,))
        versions = [] if row is None else heads_of(self.file.connection, *row)[1]
        if [[one.hash.hex() for one in version] for version in versions] != [[op]]:
            raise Refusal.of("conflict_changed", self.file.where, entity=entity)
        ent, kind = row
        settled = versions[0][0]
        replaced = [
            op for op in history_of(self.file.connection, ent) if op.hash in settled.parents
        ]
        before = versions_of(self.file.connection, replaced, kind)
        if kind == EntityKind.TASK and len(before) == 1:
            self._part_again(uid, settled, before[0], by)
            return
        if len(before) < (
            1 if kind == EntityKind.LABELS else 2
        ):  # a set and who uses what it lacks
            raise Refusal.of("conflict_changed", self.file.where, entity=entity)
        person = person_uid(self.uid, by).hex()
        with self._writing() as (connection, touched):
            for version in reversed(before):  # the newest is the one shown again
                body = unpack_body(connection, version[0].enc, version[0].stored)
                if body is None:
                    continue  # what was redacted cannot come back
                parents = [settled.hash, *(one.hash for one in version)]
                deletes = version[0].kind == OpKind.DELETE
                how = OpKind.DELETE if deletes else OpKind.PUT
                ent = self._put(connection, person, uid, EntityKind(kind), body, parents, how)
                touched.append(ent)

    def _part_again(self, uid: bytes, settled: Head, before: list[Head], by: str) -> None:
        """Take back to which task one without content belongs."""
        raw = unpack_body(self.file.connection, before[0].enc, before[0].stored)
        if raw is None or not self._task_body(settled).joins:
            raise Refusal.of("conflict_changed", self.file.where, entity=uid.hex())
        self._settled(uid, EntityKind.TASK, raw, by, [settled.hash])

    # a task without content, and several of its key with one

    @refuses_damage
    def candidates(self, conflict: ConflictRow) -> tuple[TaskRow, ...]:
        """The tasks that one without content may belong to; empty for any other conflict."""
        row = self.file.row(
            "SELECT task.key, task.queue FROM task JOIN ent ON ent.id=task.id "
            "WHERE ent.uid=? AND task.flags & ?",
            (bytes.fromhex(conflict.entity), FLAG_DOUBLE),
        )
        if row is None:
            return ()
        rows = self.file.rows(
            f"SELECT {COLUMNS} {FROM} WHERE task.key=? AND task.queue=? AND task.flags & ? = 0 "
            "AND task.status>=0 ORDER BY task.id",
            (*row, FLAG_MISSING),
        )
        return tuple(task_row(one) for one in rows)

    @refuses_damage
    def join_task(self, conflict: ConflictRow, task: TaskRow, *, by: str, comment: str = "") -> str:
        """Say to which of its candidates a task without content belongs; returns the op's hash (hex).

        Raises Refusal ``conflict_changed`` where it is none of them any more.
        """
        if task.id not in [one.id for one in self.candidates(conflict)]:
            raise Refusal.of("conflict_changed", self.file.where, entity=conflict.entity)
        uid = bytes.fromhex(conflict.entity)
        ent = self.file.row("SELECT id FROM ent WHERE uid=?", (uid,))[0]
        heads, versions = heads_of(self.file.connection, ent, EntityKind.TASK)
        body = msgspec.structs.replace(self._task_body(heads[0]), joins=task.id)
        tree = {**msgspec.json.decode(encode(body)), **({"comment": comment} if comment else {})}
        parents = [op.hash for version in versions for op in version]
        return self._settled(uid, EntityKind.TASK, msgspec.json.encode(tree), by, parents)

    def _task_body(self, head: Head) -> TaskBody:
        raw = unpack_body(self.file.connection, head.enc, head.stored)
        if raw is None:
            raise Damaged("a task has no body")
        return read_body(raw, TaskBody)
