"""Conflicts: what two copies decided differently, with what both came from, and settling them.

Settling is an op that names every version it saw; it can itself be contested by another copy's. A
deletion is a version without a value. A label set that lacks a label somebody uses is shown beside
itself with the label, said by who uses it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from labeler.model.ids import annotation_uid, person_uid
from labeler.model.json import UNREADABLE, equal_json
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.steps import ValueTree
from labeler.store.bodies import (
    AnnotationBody,
    LabelsBody,
    body_fault,
    encode,
    value_tree,
    without_comment,
)
from labeler.store.damage import Damaged, read_body, refuses_damage
from labeler.store.heads import Head, common_ancestor, heads_of, originals_of
from labeler.store.label_uses import LabelUse, gone_labels, newest_uses
from labeler.store.oplog import EntityKind, OpKind, unpack_body
from labeler.store.rows import STATUSES, ConflictRow, TaskRow, Version
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
        origin = self.origin(conflict)
        return None if origin is None else origin.value

    @refuses_damage
    def origin(self, conflict: ConflictRow) -> Version | None:
        """What both sides of a conflict came from, with whose it was and when; None without one."""
        row = self.file.row(
            "SELECT id, kind FROM ent WHERE uid=?", (bytes.fromhex(conflict.entity),)
        )
        heads, _ = heads_of(self.file.connection, row[0], row[1])
        origin = common_ancestor(self.file.connection, row[0], heads)
        if origin is None:
            return None
        (made,) = originals_of(self.file.connection, row[0], [origin])
        return self._version(origin, made, row[1])[0]

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
        self,
        conflict: ConflictRow,
        value: bytes,
        *,
        by: str,
        context: bytes = b"{}",
        status: str = "",
        reason: str = "",
        comment: str = "",
    ) -> str:
        """Write what a conflict comes to, in place of every version that is here now.

        ``value`` is JSON as the versions are: of an annotation its value, else the whole body; ``null``
        where one version deletes it, and it is to be deleted. ``by`` is the handle of who decides,
        ``comment`` why. ``status`` and ``reason`` are those of an annotation; without one they are those
        of the version it equals, else it is submitted. A label that is used and is left out of a label
        set is put into it as retired. Returns the hash of the op (hex). Raises Refusal: the versions
        are others by now (``conflict_changed``), or the value is none of that kind.
        """
        now = self.conflict(conflict.entity)
        if {one.op for one in now.versions} != {one.op for one in conflict.versions}:
            raise Refusal.of("conflict_changed", self.file.where, entity=conflict.entity)
        uid = bytes.fromhex(conflict.entity)
        ent, kind = self.file.row("SELECT id, kind FROM ent WHERE uid=?", (uid,))
        if len(now.versions) < 2:
            raise Refusal.of("conflict_single", self.file.where, entity=conflict.entity)
        if status and status not in STATUSES:
            why = f"there is no status {status!r}{nearest(status, STATUSES)}"
            raise Refusal.of("argument", self.file.where, reason=why)
        heads, versions = heads_of(self.file.connection, ent, kind)
        if value.strip() == b"null" and not any(one.deleted for one in now.versions):
            why = "no version deletes it, so null settles nothing; give the value that is to hold"
            raise Refusal.of("value_invalid", self.file.where, reason=why)
        op_kind, body = OpKind.PUT, value
        if value.strip() == b"null":
            op_kind, body = OpKind.DELETE, _with_comment(b"{}", comment)
        elif kind == EntityKind.ANNOTATION:
            body = self._annotation_body(heads, value, context, (status, reason), comment)
        else:
            body = _with_comment(value, comment)
        parents = [op.hash for version in versions for op in version]
        return self._settled(uid, kind, body, by, parents, op_kind)

    def _settled(
        self,
        uid: bytes,
        kind: int,
        body: bytes,
        by: str,
        parents: list[bytes],
        op_kind: OpKind = OpKind.PUT,
    ) -> str:
        fault = body_fault(self.uid, op_kind, uid, kind, body)
        if fault:
            raise Refusal(Problem("value_invalid", self.file.where, {"reason": fault}))
        if kind == EntityKind.LABELS:
            body = self._with_retired(body)
        person = person_uid(self.uid, by).hex()
        with self._writing() as (connection, touched):
            ent = self._put(connection, person, uid, EntityKind(kind), body, parents, op_kind)
            touched.append(ent)
            row = connection.execute("SELECT h FROM op WHERE ent=? ORDER BY id DESC", (ent,))
            return str(row.fetchone()[0].hex())

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
        comment = str(read_body(body, dict[str, Any]).get("comment", ""))
        labels = read_body(bytes(told.labels), list[dict[str, Any]])
        known = {label.get("id") for label in labels}
        for _, used in self._used_labels(told.queue):
            for label in used:
                if label["id"] not in known:
                    known.add(label["id"])
                    labels.append({**label, "retired": True})
        whole = msgspec.structs.replace(told, labels=msgspec.Raw(msgspec.json.encode(labels)))
        return _with_comment(encode(whole), comment)

    def _annotation_body(
        self,
        heads: list[Head],
        value: bytes,
        context: bytes,
        ending: tuple[str, str],
        comment: str,
    ) -> bytes:
        """An annotation with this value: of the task, layer, author and round its versions are of."""
        readable = [one for one in map(self._readable, heads) if one is not None]
        if not readable:
            raise Damaged("no version of it has a body")
        raw, shown = readable[0]
        status, reason = ending if ending[0] else ("submitted", "")
        for _, body in readable if not ending[0] else ():  # choosing a version means its status too
            try:
                same = equal_json(value_tree(bytes(body.value)), value_tree(value))
            except Damaged as error:
                raise Refusal.of("value_invalid", self.file.where, reason=error.reason) from None
            except UNREADABLE as error:
                raise Refusal.of("value_invalid", self.file.where, reason=str(error)) from None
            if same:
                status, reason = body.status, body.reason
                break
        settled = msgspec.structs.replace(
            shown,
            status=status,
            reason=reason,
            value=msgspec.Raw(value),
            context=msgspec.Raw(context),
            covers={},
            comment=comment,
        )
        return with_unknown(EntityKind.ANNOTATION, raw, encode(settled))

    def _readable(self, head: Head) -> tuple[bytes, AnnotationBody] | None:
        """The stored bytes of a version of an annotation and what they say; None where it deletes, was
        redacted or does not read."""
        try:
            raw = unpack_body(self.file.connection, head.enc, head.stored)
            if raw is None or head.gone:
                return None
            return raw, read_body(raw, AnnotationBody)
        except Damaged:
            return None  # a check names it

    def _conflict(self, ent: int, uid: bytes, kind: int) -> ConflictRow:
        heads, _ = heads_of(self.file.connection, ent, kind)
        versions, task = [], None
        made = originals_of(self.file.connection, ent, heads) if len(heads) > 1 else heads
        for head, one in zip(heads, made, strict=True):
            version, of = self._version(head, one, kind)
            task = of or task
            versions.append(version)
        if kind == EntityKind.LABELS and versions and isinstance(versions[0].value, dict):
            versions += self._users_versions(versions[0].value)
        name = EntityKind(kind).name.lower() if kind in set(EntityKind) else str(kind)
        return ConflictRow(uid.hex(), name, task, tuple(versions))

    def _users_versions(self, shown: Any) -> list[Version]:
        """The label set as those need it who use what is gone from it; ``op`` is their annotation's."""
        found = []
        for use, used in self._used_labels(shown.get("queue", "")):
            handle, name, device = self._who(use.row)
            value = {**shown, "labels": [*shown.get("labels", ()), *used]}
            found.append(
                Version(handle, use.hlc, use.op.hex(), value, name=name, device=device, uses=True)
            )
        return found

    def _who(self, op: int) -> tuple[str, str, str]:
        """Handle and name of who wrote an op (its row), and the machine they did it on."""
        row = self.file.row(
            "SELECT coalesce(who.handle, hex(person.uid)), coalesce(who.name, ''), strand.device "
            "FROM op JOIN person ON person.id=op.person JOIN strand ON strand.id=op.strand "
            "LEFT JOIN who ON who.id=person.id WHERE op.id=?",
            (op,),
        )
        return str(row[0]), str(row[1]), str(row[2])

    def _version(self, head: Head, made: Head, kind: int) -> tuple[Version, str | None]:
        """A side of a conflict, and the task an annotation is on; ``made`` is what it brought back, or
        the side itself."""
        handle, name, device = self._who(made.row)
        told, task = self._told(made, kind)
        version = Version(
            by=handle,
            hlc=made.hlc,
            op=head.hash.hex(),
            value=told.value,
            name=name,
            status=told.status,
            reason=told.reason,
            device=device,
            comment=told.comment,
            deleted=made.gone,
        )
        return version, task

    def _told(self, head: Head, kind: int) -> tuple[_Told, str | None]:
        """What an op says, as a JSON tree, None where it deletes; of an annotation its value, and the
        task it is on."""
        try:
            raw = unpack_body(self.file.connection, head.enc, head.stored)
            if raw is None:
                return _Told(None), None
            if head.kind == OpKind.DELETE:
                return _Told(None, comment=_comment_in(read_body(raw, object))), None
            if kind == EntityKind.ANNOTATION:
                body = read_body(raw, AnnotationBody)
                value = value_tree(bytes(body.value))
                return _Told(value, body.status, body.reason, body.comment), body.task
            tree: Any = read_body(raw, object)
        except Damaged:
            return _Told(None), None  # a check names it; the other versions can be chosen
        return _Told(without_comment(tree), comment=_comment_in(tree)), None


class _Told(NamedTuple):
    """What an op says: its JSON tree, an annotation's status and reason, why it was decided so."""

    value: Any
    status: str = ""
    reason: str = ""
    comment: str = ""


def _comment_in(tree: Any) -> str:
    return str(tree.get("comment", "")) if isinstance(tree, dict) else ""


def _with_comment(body: bytes, comment: str) -> bytes:
    """A body with why it was decided so beside what it says."""
    if not comment:
        return body
    try:
        tree = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except UNREADABLE:
        return body  # what it is instead is refused with its fault
    return msgspec.json.encode({**tree, "comment": comment})
