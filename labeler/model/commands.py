"""Commands as data: what a person can do, its keys and when it can be done."""

from __future__ import annotations

import msgspec

__all__ = ["Command"]


class Command(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing a person can do.

    ``id`` begins with its owner (``app.``, ``work.``, ``data.`` or a plugin's id), ``keys`` are Qt key
    sequences in portable text (``Ctrl+K``); ``group`` is the heading it stands under in lists.
    """

    id: str
    title: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    group: str = ""
    help: str = ""
