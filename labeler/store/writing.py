"""How ops are written: one transaction, what was touched folded before the commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from labeler.model.ids import annotation_uid, person_uid
from labeler.model.json import equal_json, read_json
from labeler.store.bodies import AnnotationBody, encode, without_comment
from labeler.store.drafts import Drafts
from labeler.store.file import ProjectFile
from labeler.store.fold import Fold
from labeler.store.heads import heads_of
from labeler.store.oplog import EntityKind, OpKind, OpLog
from labeler.store.query import Query
from labeler.store.rows import TaskRow
from labeler.store.unknown import with_unknown

__all__ = ["Writer"]


class Writer:
    """An open file with its op log, its reads and its drafts, and the ways to write ops into it."""

    def __init__(self, file: ProjectFile) -> None:
        self.file = file
        self.uid: bytes = file.meta("project")
        self.log = OpLog(file, self.uid)
        self.query = Query(file, self.uid)
        self.drafts = Drafts(file, self.log)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self.file.read_only

    def _writing(self) -> _Writing:
        return _Writing(self)

    def _put(
        self,
        connection: Any,
        person: str,
        entity: bytes,
        kind: EntityKind,
        body: bytes,
        parents: Sequence[bytes],
        op_kind: OpKind = OpKind.PUT,
    ) -> int:
        ent, _ = self.log.append(
            connection,
            person=bytes.fromhex(person),
            kind=op_kind,
            entity=entity,
            entity_kind=kind,
            parents=parents,
            body=body,
        )
        return ent

    def _parents(self, entity: bytes, kind: EntityKind) -> list[bytes]:
        """The ops a new op of an entity replaces: every head there is."""
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (entity,))
        if row is None:
            return []
        _, versions = heads_of(self.file.connection, row[0], kind)
        return [op.hash for version in versions for op in version]

    def _change(self, person: str, entity: bytes, kind: EntityKind, body: bytes) -> bool:
        """Put an entity's body unless it is what it has already; returns whether it was written."""
        raw, _, count = self.query.body_of(entity, kind)
        if raw is not None:
            body = with_unknown(kind, raw, body)
        if raw is not None and count == 1 and _says_the_same(raw, body):
            return False
        parents = self._parents(entity, kind)
        with self._writing() as (connection, touched):
            touched.append(self._put(connection, person, entity, kind, body, parents))
        return True

    def _annotate(
        self,
        connection: Any,
        task: TaskRow,
        author: str,
        value: bytes,
        layer: str,
        round_: int,
        status: str,
        reason: str,
        context: bytes,
        by: str,
        parents: Sequence[bytes] | None,
        covers: Mapping[str, int] | None = None,
        about: str = "",
    ) -> int:
        person = person_uid(self.uid, author).hex()
        entity = annotation_uid(bytes.fromhex(task.id), layer, person, round_, about)
        body = AnnotationBody(
            task=task.id,
            layer=layer,
            author=person,
            round=round_,
            status=status,
            reason=reason,
            value=msgspec.Raw(value),
            context=msgspec.Raw(context),
            covers=dict(covers or {}),
            about=about,
        )
        if parents is None:
            parents = self._parents(entity, EntityKind.ANNOTATION)
        raw = encode(body)
        if parents:
            shown, _, _ = self.query.body_of(entity, EntityKind.ANNOTATION)
            raw = raw if shown is None else with_unknown(EntityKind.ANNOTATION, shown, raw)
        return self._put(
            connection,
            person_uid(self.uid, by).hex(),
            entity,
            EntityKind.ANNOTATION,
            raw,
            parents,
        )


def _says_the_same(one: bytes, other: bytes) -> bool:
    return equal_json(without_comment(read_json(one)), read_json(other))


class _Writing:
    """One transaction of ops: on leaving, what was touched is folded before the commit."""

    def __init__(self, project: Writer) -> None:
        self.project = project
        self._transaction: Any = None
        self._touched: list[int] = []

    def __enter__(self) -> tuple[Any, list[int]]:
        self._transaction = self.project.file.writing()
        connection = self._transaction.__enter__()
        return connection, self._touched

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if error is None:
                try:
                    Fold(self.project.file.connection, self.project.uid).touch(self._touched)
                except BaseException as failure:
                    if not self._transaction.__exit__(type(failure), failure, None):
                        raise
                    return
            self._transaction.__exit__(kind, error, trace)
        except BaseException:
            self.project.log.forget()
            raise
        if error is not None:
            self.project.log.forget()
