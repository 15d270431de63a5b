"""What a newer minor says in a body and this program does not know, kept when the body is changed.

An op is never changed, so what it says is there for ever. But the op that replaces it is written by
what this program knows; what it does not know is taken over from the one that was shown.
"""

from __future__ import annotations

from typing import Any

import msgspec

from labeler.model.queue import read_config
from labeler.store.bodies import (
    AnnotationBody,
    AssignBody,
    GuidelineBody,
    LabelsBody,
    MediaBody,
    PersonBody,
    ProjectBody,
    QueueBody,
    TaskBody,
    encode,
    without_comment,
)
from labeler.store.damage import read_body
from labeler.store.oplog import EntityKind

__all__ = ["with_unknown"]

_BODIES: dict[int, type[msgspec.Struct]] = {
    EntityKind.PROJECT: ProjectBody,
    EntityKind.PERSON: PersonBody,
    EntityKind.QUEUE: QueueBody,
    EntityKind.LABELS: LabelsBody,
    EntityKind.GUIDELINE: GuidelineBody,
    EntityKind.TASK: TaskBody,
    EntityKind.ANNOTATION: AnnotationBody,
    EntityKind.MEDIA: MediaBody,
    EntityKind.ASSIGN: AssignBody,
}
_ANNOTATION = frozenset(AnnotationBody.__struct_encode_fields__)


def with_unknown(kind: int, shown: bytes, body: bytes) -> bytes:
    """The body that is to replace ``shown``, with the fields of that which this program cannot have
    meant to change; ``body`` itself where there are none.

    A value keeps what it does not know by its own rules (``Opaque`` regions, fields of regions).
    Raises Damaged.
    """
    if kind == EntityKind.ANNOTATION:
        return _annotation(shown, body)
    # Why one op decided so is no part of what the next one says.
    told, known = without_comment(_tree(shown)), _tree(_as_we_write(kind, shown))
    new = _tree(body)
    return msgspec.json.encode(new) if _take_over(told, known, new) else body


def _tree(raw: bytes) -> dict[str, Any]:
    return read_body(raw, dict[str, Any])


def _annotation(shown: bytes, body: bytes) -> bytes:
    """The same for an annotation, whose value is large and stays as it was written, to the byte."""
    fields = dict[str, msgspec.Raw]
    told = read_body(shown, fields)
    more = {name: raw for name, raw in told.items() if name not in _ANNOTATION}
    return msgspec.json.encode({**more, **read_body(body, fields)}) if more else body


def _as_we_write(kind: int, raw: bytes) -> bytes:
    """The body as this program would have written it: without what it does not know."""
    body = read_body(raw, _BODIES[kind])
    if isinstance(body, QueueBody):
        tree = {"questions": body.questions, "policy": body.policy, "settings": body.settings}
        config = read_config(msgspec.json.encode(tree), body.id)
        body = msgspec.structs.replace(
            body,
            questions=msgspec.Raw(msgspec.json.encode(config.questions)),
            policy=msgspec.Raw(msgspec.json.encode(config.policy)),
        )
    elif isinstance(body, LabelsBody):
        config = read_config(msgspec.json.encode({"labels": body.labels}), body.queue)
        labels = msgspec.Raw(msgspec.json.encode(config.labels))
        body = msgspec.structs.replace(body, labels=labels)
    return encode(body)


def _take_over(told: Any, known: Any, new: Any) -> bool:
    """Put into ``new`` what ``told`` has and ``known`` has not, at the same place; whether any was.

    Of a list those are the same place that have the same id.
    """
    if isinstance(told, dict) and isinstance(known, dict) and isinstance(new, dict):
        taken = False
        for name, one in told.items():
            if name in known:
                taken |= name in new and _take_over(one, known[name], new[name])
            elif name not in new:
                new[name] = one
                taken = True
        return taken
    if isinstance(told, list) and isinstance(known, list) and isinstance(new, list):
        ours, theirs = _by_id(known), _by_id(new)
        taken = False
        for name, one in _by_id(told).items():
            if name in ours and name in theirs:
                taken |= _take_over(one, ours[name], theirs[name])
        return taken
    return False


def _by_id(rows: list[Any]) -> dict[str, Any]:
    return {
        one["id"]: one for one in rows if isinstance(one, dict) and isinstance(one.get("id"), str)
    }
