"""Annotations to be added: what they say, and whether the file says so already."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from labeler.model.ids import annotation_uid, person_uid
from labeler.model.json import equal_json
from labeler.store.bodies import AnnotationBody, encode, value_tree
from labeler.store.damage import read_body
from labeler.store.file import ProjectFile
from labeler.store.heads import heads_of
from labeler.store.oplog import EntityKind, OpKind, unpack_body

__all__ = ["AboutPlace", "AddedAnnotation", "NewAnnotation", "annotation_body", "outcome_of"]


class AboutPlace(NamedTuple):
    """Which annotation of the same task one says something about; ``author`` is a handle."""

    layer: str
    author: str
    round: int = 0


class NewAnnotation(msgspec.Struct, frozen=True):
    """An annotation to be added: value and context are JSON as stored (ids, not names)."""

    task: bytes
    layer: str
    author: str
    value: bytes
    status: str = "submitted"
    reason: str = ""
    round: int = 0
    context: bytes = b"{}"
    about: AboutPlace | None = None

    def named(self, project: bytes) -> tuple[bytes, bytes, str]:
        """Its uid, its author's, and that of the annotation it is about (hexadecimal, or nothing)."""
        author, about = person_uid(project, self.author), ""
        if self.about is not None:
            who = person_uid(project, self.about.author).hex()
            about = annotation_uid(self.task, self.about.layer, who, self.about.round).hex()
        uid = annotation_uid(self.task, self.layer, author.hex(), self.round, about)
        return uid, author, about


class AddedAnnotation(msgspec.Struct, frozen=True):
    """What became of an annotation: ``added``, ``known`` (equal), or ``older_value``."""

    uid: bytes
    outcome: str


def annotation_body(new: NewAnnotation, author: bytes, about: str) -> bytes:
    """The body of its op; ``author`` and ``about`` are uids as ``named`` gives them."""
    return encode(
        AnnotationBody(
            task=new.task.hex(),
            layer=new.layer,
            author=author.hex(),
            round=new.round,
            status=new.status,
            reason=new.reason,
            value=msgspec.Raw(new.value),
            context=msgspec.Raw(new.context),
            about=about,
        )
    )


def outcome_of(file: ProjectFile, uid: bytes, new: NewAnnotation) -> str:
    """``added``, or ``known`` or ``older_value`` where the annotation has the value or has had it."""
    row = file.row("SELECT id FROM ent WHERE uid=?", (uid,))
    if row is None:
        return "added"
    connection = file.connection
    value = value_tree(new.value)
    heads, _ = heads_of(connection, row[0], EntityKind.ANNOTATION)
    shown = {head.row for head in heads}
    outcome = "added"
    for op_row, enc, stored in file.rows(
        "SELECT id, enc, body FROM op WHERE ent=? AND kind IN (?,?)",
        (row[0], int(OpKind.PUT), int(OpKind.IMPORT)),
    ):
        raw = unpack_body(connection, enc, stored)
        if raw is None:
            continue
        body = read_body(raw, AnnotationBody)
        if (
            equal_json(value_tree(bytes(body.value)), value)
            and body.status == new.status
            and body.reason == new.reason
        ):
            if op_row in shown:
                return "known"
            outcome = "older_value"
    return outcome
