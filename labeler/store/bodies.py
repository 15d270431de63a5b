"""The bodies of ops: what each kind of entity says, as JSON with a type."""

from __future__ import annotations

from typing import Any

import msgspec

from labeler.model.codec import RawValue, encode_value_json
from labeler.model.json import Json, freeze

__all__ = [
    "AnnotationBody",
    "DraftBody",
    "GuidelineBody",
    "LabelsBody",
    "MediaBody",
    "PersonBody",
    "ProjectBody",
    "QueueBody",
    "TaskBody",
    "encode",
    "value_tree",
]

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
    order: int = 0


class LabelsBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A queue's label set."""

    queue: str
    labels: msgspec.Raw = msgspec.Raw(b"[]")


class GuidelineBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A queue's guideline in Markdown."""

    queue: str
    markdown: str = ""


class TaskBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A task. ``content`` null means that its content is not here yet."""

    queue: str
    key: str
    content: msgspec.Raw = msgspec.Raw(b"null")
    meta: msgspec.Raw = msgspec.Raw(b"{}")
    source: str = ""
    order: int = 0
    priority: int = 0


class AnnotationBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """One author's value on one task; ``task`` and ``author`` are uids in hexadecimal."""

    task: str
    layer: str
    author: str
    round: int = 0
    status: str = "submitted"
    reason: str = ""
    value: msgspec.Raw = msgspec.Raw(b"{}")
    context: msgspec.Raw = msgspec.Raw(b"{}")


class DraftBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A draft at the moment a person left: its value and the steps it covers (up to ``step``)."""

    task: str
    author: str
    round: int
    step: int
    value: msgspec.Raw = msgspec.Raw(b"{}")


class MediaBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A medium by reference: named root and relative POSIX path; ``hash`` is BLAKE2b-256 in hex."""

    root: str
    path: str
    size: int = 0
    mime: str = ""
    hash: str = ""
    fingerprint: str = ""


def value_tree(raw: bytes) -> Json:
    """The JSON tree of a value for comparing, an empty list or table of it left out."""
    outer = _raw_value.decode(raw)
    regions = [msgspec.Raw(bytes(region)) for region in outer.regions]
    return freeze(msgspec.json.decode(encode_value_json(regions, outer.answers)))
