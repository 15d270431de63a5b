"""The bodies of ops: what each kind of entity says, as JSON with a type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from labeler.model.codec import RawValue, encode_value_json
from labeler.model.ids import (
    annotation_uid,
    guideline_uid,
    handout_uid,
    labels_uid,
    media_uid,
    out_uid,
    person_uid,
    project_entity,
    queue_uid,
)
from labeler.model.json import UNREADABLE, Json, freeze
from labeler.model.problems import Refusal
from labeler.model.queue import read_config
from labeler.store.damage import Damaged, read_body
from labeler.store.oplog import EntityKind, OpKind

__all__ = [
    "AnnotationBody",
    "AssignBody",
    "DraftBody",
    "GuidelineBody",
    "LabelsBody",
    "MediaBody",
    "PersonBody",
    "PolicyBody",
    "ProjectBody",
    "QueueBody",
    "RedactBody",
    "TaskBody",
    "body_fault",
    "encode",
    "read_annotation",
    "read_task",
    "read_value",
    "value_tree",
    "without_comment",
]

Uid = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
NoneOrUid = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{32})?$")]
Number = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]
"""What SQLite holds, with room to count."""

_encoder = msgspec.json.Encoder()
_raw_value = msgspec.json.Decoder(RawValue)


def encode(body: msgspec.Struct) -> bytes:
    """The JSON of a body."""
    return _encoder.encode(body)


class ProjectBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """The project's own settings."""

    title: str = ""
    settings: dict[str, Any] = {}


class PersonBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person, or a model that makes predictions."""

    handle: str
    name: str = ""
    kind: str = "person"
    roles: tuple[str, ...] = ()


class QueueBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A queue without its label set and guideline, which are entities of their own."""

    id: str
    title: str
    panel: str
    questions: msgspec.Raw = msgspec.Raw(b"[]")
    policy: msgspec.Raw = msgspec.Raw(b"{}")
    settings: msgspec.Raw = msgspec.Raw(b"{}")
    order: Number = 0


class PolicyBody(msgspec.Struct, frozen=True):
    """What the fold needs of a queue's policy."""

    overlap: Number = 1


class LabelsBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A queue's label set."""

    queue: str
    labels: msgspec.Raw = msgspec.Raw(b"[]")


class GuidelineBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A queue's guideline in Markdown."""

    queue: str
    markdown: str = ""


class TaskBody(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A task. ``content`` null means that its content is not here yet.

    ``fingerprint`` (hex) is that of the medium it is known by; left out where it is of the content.
    ``joins`` is the uid of the task it belongs to, where several have its key and somebody decided.
    """

    queue: str
    key: str
    content: msgspec.Raw = msgspec.Raw(b"null")
    meta: msgspec.Raw = msgspec.Raw(b"{}")
    source: str = ""
    order: Number = 0
    priority: Number = 0
    fingerprint: NoneOrUid = ""
    joins: NoneOrUid = ""


class AnnotationBody(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One author's value on one task; ``task`` and ``author`` are uids in hexadecimal.

    ``covers`` are the steps it was made of: the greatest number by strand. ``comment`` is why a
    conflict was settled so. ``about`` is the annotation it says something about (a review's), a uid in
    hexadecimal or empty.
    """

    task: Uid
    layer: str
    author: Uid
    round: Number = 0
    status: str = "submitted"
    reason: str = ""
    value: msgspec.Raw = msgspec.Raw(b"{}")
    context: msgspec.Raw = msgspec.Raw(b"{}")
    covers: dict[Uid, Number] = {}
    comment: str = ""
    about: NoneOrUid = ""


class DraftBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A draft at the moment a person left or its copy was merged: its value at ``step``.

    ``covers`` are the steps it was made of, those that an undo hid among them: the greatest number
    by strand. ``layer`` and ``about`` are those of the annotation that is made of it.
    """

    task: Uid
    author: Uid
    round: Number
    step: Number
    value: msgspec.Raw = msgspec.Raw(b"{}")
    covers: dict[Uid, Number] = {}
    layer: str = "work"
    about: NoneOrUid = ""


class AssignBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A hand-out, or with ``task`` whose hand-out one task is in.

    ``handout`` is its own random id; ``person`` has it and ``by`` gave it (uids in hexadecimal),
    ``since`` and ``recalled`` are in milliseconds since the epoch, ``due`` is a date (ISO 8601).
    """

    handout: Uid
    person: Uid
    task: NoneOrUid = ""
    queue: str = ""
    by: str = ""
    tasks: tuple[Uid, ...] = ()
    since: Number = 0
    due: str = ""
    recalled: Number = 0


class RedactBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which ops of its entity an op redacts (their hashes in hexadecimal), and why."""

    ops: tuple[Uid, ...]
    reason: str = ""


class MediaBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A medium by reference: named root and relative POSIX path; ``hash`` is BLAKE2b-256 in hex."""

    root: str
    path: str
    size: Number = 0
    mime: str = ""
    hash: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    fingerprint: NoneOrUid = ""


def without_comment(tree: Any) -> Any:
    """A body's tree without why it was decided so, which is no part of what it says."""
    if isinstance(tree, Mapping) and "comment" in tree:
        return {key: one for key, one in tree.items() if key != "comment"}
    return tree


def value_tree(raw: bytes) -> Json:
    """The JSON tree of a value for comparing, an empty list or table of it left out.

    Raises Damaged where it is no value.
    """
    try:
        outer = _raw_value.decode(raw)
        regions = [msgspec.Raw(bytes(region)) for region in outer.regions]
        return freeze(msgspec.json.decode(encode_value_json(regions, outer.answers)))
    except (*UNREADABLE, ValueError) as error:
        raise Damaged(f"a value does not read: {error}") from None


def body_fault(project: bytes, kind: int, entity: bytes, entity_kind: int, body: bytes) -> str:
    """Why an op's body is not what its kinds say, or is about another entity; else an empty text.

    Kinds that are not known may say what they like. A body with a fault is never folded.
    """
    if kind not in (OpKind.PUT, OpKind.IMPORT, OpKind.DRAFT, OpKind.REDACT):
        return ""
    try:
        read_text(body)
        if kind == OpKind.REDACT:
            read_body(body, RedactBody)
            told = entity
        elif kind == OpKind.DRAFT:
            draft = read_body(body, DraftBody)
            read_value(draft.value)
            told = annotation_uid(
                bytes.fromhex(draft.task), draft.layer, draft.author, draft.round, draft.about
            )
        else:
            told = _read_entity(project, entity_kind, body) or entity
    except Damaged as damage:
        return damage.reason
    except Refusal as refusal:
        return refusal.problem.message
    return "" if told == entity else "its body is about another entity"


def _read_entity(project: bytes, entity_kind: int, body: bytes) -> bytes | None:
    """Read a body as whatever reads it later does; the uid of what it is about, where it tells.

    Raises Refusal.
    """
    match entity_kind:
        case EntityKind.PROJECT:
            read_body(body, ProjectBody)
            return project_entity(project)
        case EntityKind.PERSON:
            return person_uid(project, read_body(body, PersonBody).handle)
        case EntityKind.QUEUE:
            queue = read_body(body, QueueBody)
            read_body(bytes(queue.policy), PolicyBody)
            tree = {
                "questions": queue.questions,
                "policy": queue.policy,
                "settings": queue.settings,
            }
            read_config(_encoder.encode(tree), queue.id)
            return queue_uid(project, queue.id)
        case EntityKind.LABELS:
            labels = read_body(body, LabelsBody)
            read_config(_encoder.encode({"labels": labels.labels}), labels.queue)
            return labels_uid(project, labels.queue)
        case EntityKind.GUIDELINE:
            return guideline_uid(project, read_body(body, GuidelineBody).queue)
        case EntityKind.TASK:
            read_task(body)
        case EntityKind.ANNOTATION:
            annotation = read_annotation(body)
            task = bytes.fromhex(annotation.task)
            return annotation_uid(
                task, annotation.layer, annotation.author, annotation.round, annotation.about
            )
        case EntityKind.ASSIGN:
            assigned = read_body(body, AssignBody)
            if assigned.task:
                return out_uid(bytes.fromhex(assigned.task))
            return handout_uid(project, assigned.handout)
        case EntityKind.MEDIA:
            medium = read_body(body, MediaBody)
            return media_uid(project, medium.root, medium.path)
    return None


def read_text(body: bytes) -> None:
    """Look whether a body is UTF-8 throughout: what a type does not name is not looked at otherwise.

    Raises Damaged.
    """
    if not body.isascii():
        try:
            body.decode()
        except UnicodeDecodeError as error:
            raise Damaged(f"a body is not UTF-8 (byte {error.start})") from None


def read_task(body: bytes) -> TaskBody:
    """The body of an op about a task, all of it looked at. Raises Damaged."""
    try:
        task = _task.decode(body)
    except UNREADABLE as error:  # read_body written out, for every op of every merge
        raise Damaged(f"what is stored as TaskBody does not read: {error}") from None
    read_text(body)
    if task.meta != _NO_TABLE:
        read_body(bytes(task.meta), dict[str, Any])
    _frozen(task.content)
    return task


def read_annotation(body: bytes) -> AnnotationBody:
    """The body of an op about an annotation, all of it looked at. Raises Damaged."""
    try:
        annotation = _annotation.decode(body)
    except UNREADABLE as error:
        raise Damaged(f"what is stored as AnnotationBody does not read: {error}") from None
    read_text(body)
    if annotation.context != _NO_TABLE:
        read_body(bytes(annotation.context), dict[str, Any])
    read_value(annotation.value)
    return annotation


_NO_TABLE = msgspec.Raw(b"{}")
_task, _annotation = msgspec.json.Decoder(TaskBody), msgspec.json.Decoder(AnnotationBody)


def _frozen(raw: msgspec.Raw) -> None:
    try:
        freeze(read_body(bytes(raw), object))
    except ValueError as error:
        raise Damaged(str(error)) from None


class _Identified(msgspec.Struct):
    id: str


class _Outer(msgspec.Struct):
    regions: tuple[_Identified, ...] = ()
    answers: dict[str, Any] = {}


class _Whole(msgspec.Struct):
    regions: list[Any] = []
    answers: dict[str, Any] = {}


_outer, _whole = msgspec.json.Decoder(_Outer), msgspec.json.Decoder(_Whole)
_FLAT = frozenset({str, int, bool, float, type(None)})


def read_value(raw: msgspec.Raw) -> None:
    """Read a value as whatever reads it later does (``value_tree``, ``ValueTree.read``), and drop it.

    Raises Damaged.
    """
    try:
        outer = _outer.decode(raw)
        if len({one.id for one in outer.regions}) != len(outer.regions):
            raise Damaged("two regions of a value have one id")
        if not outer.regions and _FLAT.issuperset(map(type, outer.answers.values())):
            return  # most values: there is nothing in it that could be nested too deeply
        whole = _whole.decode(raw)
        freeze({"regions": whole.regions, "answers": whole.answers})
    except (*UNREADABLE, ValueError) as error:
        raise Damaged(f"a value does not read: {error}") from None
