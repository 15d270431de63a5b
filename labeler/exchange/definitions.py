"""What a source defines, on its way into a queue: labels in its order, and what it says of itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import msgspec

from labeler.api.formats import LabelsIn
from labeler.model.json import equal_json
from labeler.model.queue import Label, QueueConfig, label_id

__all__ = ["defined"]


def defined(config: QueueConfig, told: LabelsIn, *, most: int) -> tuple[QueueConfig, list[Label]]:
    """The configuration with what the source defines, and the labels that are new in it.

    What the queue says stays; what it leaves open is filled in. At most ``most`` labels are added.
    Raises ValueError where the source says what JSON cannot hold.
    """
    labels = list(config.labels)
    places = {_normal(label.title): at for at, label in reversed(list(enumerate(labels)))}
    new: list[Label] = []
    for one in told.labels:
        name = _normal(one.title)
        at = places.get(name)
        if at is not None:
            labels[at] = _filled(labels[at], one)
        elif name and len(new) < most:
            ident = label_id(name, (label.id for label in labels))
            label = msgspec.structs.replace(one, id=ident, name="" if name == ident else name)
            places[name] = len(labels)
            labels.append(label)
            new.append(label)
    settings = {**told.settings, **config.settings}
    for key in told.settings.keys() & config.settings.keys():
        settings[key] = _both(told.settings[key], config.settings[key])
    made = msgspec.structs.replace(config, labels=tuple(labels), settings=settings)
    return made, new


def _filled(label: Label, told: Label) -> Label:
    """The label with what it does not say itself; its types and its key stay as they are."""
    extra = _both(told.extra, label.extra)
    if equal_json(extra, label.extra):
        return label
    return msgspec.structs.replace(label, extra=extra)


def _both(told: Any, own: Any) -> Any:
    """Two tables as one, of which the second counts; of anything else the second."""
    if not isinstance(told, Mapping) or not isinstance(own, Mapping):
        return own
    return {**told, **own}


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())
