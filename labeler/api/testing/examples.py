"""Examples of a panel's work, handed to its contract: a content, a value on it, a configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from labeler.api.panel import PanelTask
from labeler.model.codec import Codec
from labeler.model.content import Content
from labeler.model.queue import QueueConfig, read_config
from labeler.model.value import Value

__all__ = ["Example", "read_examples"]


class Example(msgspec.Struct, frozen=True):
    """One task as somebody labelled it, without fault; ``meta`` is what stood beside the content."""

    content: Content
    value: Value = Value()
    config: QueueConfig = QueueConfig()
    meta: Mapping[str, Any] = {}


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    content: msgspec.Raw
    value: msgspec.Raw = msgspec.Raw(b"{}")
    meta: dict[str, Any] = {}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    config: msgspec.Raw = msgspec.Raw(b"{}")
    examples: tuple[_Row, ...] = ()


def read_examples(raw: bytes, task: PanelTask) -> tuple[Example, ...]:
    """The examples in JSON: ``{"config": {...}, "examples": [{"content", "value"?, "meta"?}]}``.

    Raises Refusal or msgspec.DecodeError where they are none.
    """
    file = msgspec.json.decode(raw, type=_File)
    config = read_config(bytes(file.config), strict=True)
    codec = Codec({cls.type_name(): cls for cls in task.region_types})
    examples = []
    for number, row in enumerate(file.examples):
        content = msgspec.json.decode(row.content, type=task.content_type)
        value = codec.read(bytes(row.value), f"example {number}", f"examples[{number}].value")
        examples.append(Example(content, task.complete(content, value), config, row.meta))
    return tuple(examples)
