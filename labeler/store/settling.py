"""Conflicts: what two copies decided differently, with what both came from, and settling them.

Settling is an op that names every version it saw; it can itself be contested by another copy's. A
deletion is a version without a value. A label set that lacks a label somebody uses is shown beside
itself with the label, said by who uses it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from labeler.model.ids import annotation_uid, person_uid
from labeler.model.json import UNREADABLE, equal_json
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.steps import ValueTree
from labeler.store.bodies import AnnotationBody, LabelsBody, body_fault, encode, value_tree
from labeler.store.damage import Damaged, read_body, refuses_damage
from labeler.store.heads import Head, common_ancestor, heads_of
from labeler.store.label_uses import LabelUse, gone_labels, newest_uses
from labeler.store.oplog import EntityKind, OpKind, unpack_body
from labeler.store.rows import ConflictRow, TaskRow, Version
from labeler.store.sharing import Sharing
from labeler.store.unknown import with_unknown

__all__ = ["Settling"]


class Settling(Sharing):
    """Lists conflicts, opens one, settles it."""

    @refuses_damage
    def conflicts(self) -> list[ConflictRow]:
        """Entities with versions that differ, each with its versions, the newest first."""
        rows = self.file.rows(
            "SELECT conflict.ent, ent.uid, ent.kind FROM conflict "
            "JOIN ent ON ent.id=conflict.ent ORDER BY conflict.ent"
        )
        return [self._conflict(*row) for row in rows]

    @refuses_damage
    def conflict(self, entity: str) -> ConflictRow:
        """The conflict about an entity (hexadecimal); raises Refusal conflict_unknown."""
        row = self.file.row(
            "SELECT conflict.ent, ent.uid, ent.kind FROM conflict "
            "JOIN ent ON ent.id=conflict.ent WHERE lower(hex(ent.uid))=?",
            (entity.lower(),),
        )
        if row is None:
            known = [
                uid.hex()
                for (uid,) in self.file.rows(
                    "SELECT ent.uid FROM conflict JOIN ent ON ent.id=conflict.ent LIMIT 1000"
                )
            ]
            hint = nearest(entity.lower(), known)
            raise Refusal.of("conflict_unknown", self.file.where, entity=entity, hint=hint)
        return self._conflict(*row)

    @refuses_damage
    def common_origin(self, conflict: ConflictRow) -> Any:
        """The JSON tree both sides of a conflict came from, as its versions are; None without one."""
        row = self.file.row(
            "SELECT id, kind FROM ent WHERE uid=?", (bytes.fromhex(conflict.entity),)
        )
        heads, _ = heads_of(self.file.connection, row[0], row[1])
        origin = common_ancestor(self.file.connection, row[0], heads)
        return None if origin is None else self._told(origin, row[1])[0]

    def task_of(self, conflict: ConflictRow) -> TaskRow:
        """The task an annotation in conflict is shown at; raises Refusal where there is none."""
        row = self.file.row(
            "SELECT ann.task FROM ann JOIN ent ON ent.id=ann.id WHERE ent.uid=?",
            (bytes.fromhex(conflict.entity),),
        )
        found = self.query.by_row(row[0]) if row else None
        if found is None:
            raise Refusal.of("task_unknown", self.file.where, task=conflict.task or "")
        return found

    def regions_of(self, conflict: ConflictRow) -> dict[str, bytes]:
        """The regions of all versions of an annotation by id, as stored; the newest of each."""
        found: dict[str, bytes] = {}
        for version in reversed(self.query.versions(conflict.entity)):
            found.update(ValueTree.read(version.value).regions)
        return found

    @refuses_damage
    def settle(
        self, conflict: ConflictRow, value: bytes, *, by: str, context: bytes = b"{}"
    ) -> None:
        """Write what a conflict comes to, in place of every version that is here now.

        ``value`` is JSON as the versions are: of an annotation its value, else the whole body; ``null``
        where one version deletes it, and it is to be deleted. ``by`` is the handle of who decides. A
        label that is used and is left out of a label set is put into it as retired. Raises Refusal:
        the versions are others by now (``conflict_changed``), or the value is none of that kind.
        """
        now = self.conflict(conflict.entity)
        if {one.op for one in now.versions} != {one.op for one in conflict.versions}:
            raise Refusal.of("conflict_changed", self.file.where, entity=conflict.entity)
        uid = bytes.fromhex(conflict.entity)
        ent, kind = self.file.row("SELECT id, kind FROM ent WHERE uid=?", (uid,))
        if len(now.versions) < 2:
            raise Refusal.of("conflict_single", self.file.where, entity=conflict.entity)
        heads, versions = heads_of(self.file.connection, ent, kind)
        op_kind, body = OpKind.PUT, value
        if value.strip() == b"null" and any(one.value is None for one in now.versions):
            op_kind, body = OpKind.DELETE, b"{}"
        elif kind == EntityKind.ANNOTATION:
            body = self._annotation_body(heads, value, context)
        fault = body_fault(self.uid, op_kind, uid, kind, body)
        if fault:
            raise Refusal(Problem("value_invalid", self.file.where, {"reason": fault}))
        if kind == EntityKind.LABELS:
            body = self._with_retired(body)
        person = person_uid(self.uid, by).hex()
        parents = [op.hash for version in versions for op in version]
        with self._writing() as (connection, touched):
            touched.append(
                self._put(connection, person, uid, EntityKind(kind), body, parents, op_kind)
            )

    def delete_annotation(
        self, task: TaskRow, *, author: str, layer: str = "work", round_: int = 0, by: str = ""
    ) -> bool:
        """Write that an annotation is gone, in place of every version here; whether there was one.

        ``author`` and ``by`` (who deletes, else the author) are handles. What it said stays in the file;
        whoever edited it meanwhile on another copy brings it back as a conflict.
        """
        uid = annotation_uid(
            bytes.fromhex(task.id), layer, person_uid(self.uid, author).hex(), round_
        )
        row = self.file.row("SELECT id FROM ann JOIN ent USING(id) WHERE uid=?", (uid,))
        if row is None:
            return False
        with self._writing() as (connection, touched):
            touched.append(
                self._put(
                    connection,
                    person_uid(self.uid, by or author).hex(),
                    uid,
                    EntityKind.ANNOTATION,
                    b"{}",
                    self._parents(uid, EntityKind.ANNOTATION),
                    OpKind.DELETE,
                )
            )
        return True

    def _used_labels(self, queue: str) -> list[tuple[LabelUse, list[Any]]]:
        """The newest uses of labels that are gone from a queue's set, each with what it uses."""
        gone = gone_labels(self.file.connection, self.uid, queue)
        if gone is None:
            return []
        return [
            (use, [gone.labels[label] for label in sorted(use.labels)])
            for use in newest_uses(self.file.connection, queue, gone)
        ]

    def _with_retired(self, body: bytes) -> bytes:
        """A label set with the labels it leaves out although they are used: kept, offered to nobody."""
        told = read_body(body, LabelsBody)
        labels = read_body(bytes(told.labels), list[dict[str, Any]])
        known = {label.get("id") for label in labels}
        for _, used in self._used_labels(told.queue):
            for label in used:
                if label["id"] not in known:
                    known.add(label["id"])
                    labels.append({**label, "retired": True})
        return encode(
            msgspec.structs.replace(told, labels=msgspec.Raw(msgspec.json.encode(labels)))
        )

    def _annotation_body(self, heads: list[Head], value: bytes, context: bytes) -> bytes:
        """An annotation with this value: of the task, layer, author and round its versions are of."""
        raw = unpack_body(self.file.connection, heads[0].enc, heads[0].stored)
        if raw is None:
            raise Damaged("a version of it has no body")
        shown = read_body(raw, AnnotationBody)
        status, reason = "submitted", ""
        for head in heads:  # who chooses a version as it stands means its status too
            said = unpack_body(self.file.connection, head.enc, head.stored)
            if said is None or head.kind == OpKind.DELETE:
                continue
            body = read_body(said, AnnotationBody)
            try:
                same = equal_json(value_tree(bytes(body.value)), value_tree(value))
            except (*UNREADABLE, Damaged) as error:
                raise Refusal.of("value_invalid", self.file.where, reason=str(error)) from None
            if same:
                status, reason = body.status, body.reason
                break
        body = msgspec.structs.replace(
            shown,
            status=status,
            reason=reason,
            value=msgspec.Raw(value),
            context=msgspec.Raw(context),
            covers={},
        )
        return with_unknown(EntityKind.ANNOTATION, raw, encode(body))

    def _conflict(self, ent: int, uid: bytes, kind: int) -> ConflictRow:
        heads, _ = heads_of(self.file.connection, ent, kind)
        versions, task = [], None
        for head in heads:
            tree, of = self._told(head, kind)
            task = of or task
            versions.append(Version(self._handle(head.person), head.hlc, head.hash.hex(), tree))
        if kind == EntityKind.LABELS and versions and isinstance(versions[0].value, dict):
            versions += self._users_versions(versions[0].value)
        name = EntityKind(kind).name.lower() if kind in set(EntityKind) else str(kind)
        return ConflictRow(uid.hex(), name, task, tuple(versions))

    def _users_versions(self, shown: Any) -> list[Version]:
        """The label set as those need it who use what is gone from it; ``op`` is their annotation's."""
        return [
            Version(
                self._handle(use.person),
                use.hlc,
                use.op.hex(),
                {**shown, "labels": [*shown.get("labels", ()), *used]},
            )
            for use, used in self._used_labels(shown.get("queue", ""))
        ]

    def _told(self, head: Head, kind: int) -> tuple[Any, str | None]:
        """What an op says, as a JSON tree, None where it deletes; of an annotation its value, and the
        task it is on."""
        raw = unpack_body(self.file.connection, head.enc, head.stored)
        if raw is None or head.kind == OpKind.DELETE:
            return None, None
        if kind == EntityKind.ANNOTATION:
            body = read_body(raw, AnnotationBody)
            return value_tree(bytes(body.value)), body.task
        return read_body(raw, object), None

    def _handle(self, person: int) -> str:
        row = self.file.row(
            "SELECT coalesce(who.handle, hex(person.uid)) FROM person "
            "LEFT JOIN who ON who.id=person.id WHERE person.id=?",
            (person,),
        )
        return str(row[0])
