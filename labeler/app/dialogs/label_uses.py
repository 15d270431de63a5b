"""How many regions of a queue have a label."""

from __future__ import annotations

import msgspec

from labeler.app.context import Told
from labeler.app.dialogs.queue_reading import values_with
from labeler.exchange.needs import Asks
from labeler.model.codec import RawValue

__all__ = ["count_uses"]


class _Head(msgspec.Struct, frozen=True):
    label: str | None = None


_value = msgspec.json.Decoder(RawValue)
_head = msgspec.json.Decoder(_Head)


def count_uses(ask: Asks, queue: str, label: str, told: Told) -> int:
    """How many regions of a queue have this label, in everybody's values of every layer.

    For a worker thread.
    """
    return sum(
        _label_of(bytes(region)) == label
        for value in values_with(ask, queue, label, told)
        for region in _value.decode(value).regions
    )


def _label_of(region: bytes) -> str | None:
    try:
        return _head.decode(region).label
    except msgspec.DecodeError:
        # A region of a type nobody here knows: its label may be anything, not one of the set.
        return None
