"""A text to be marked: painted by paragraph, with spans under its words, offsets in code points.

``TextSurface`` is the widget, ``TextView`` the same to be read only, ``Mark`` one span as it is
drawn. ``Offsets`` converts between code points, in which everything of ours counts, and the UTF-16
units in which Qt counts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labeler.kit.text.document import Block, Document
    from labeler.kit.text.marks import Mark
    from labeler.kit.text.offsets import Offsets
    from labeler.kit.text.surface import TextSurface
    from labeler.kit.text.view import TextView

__all__ = ["Block", "Document", "Mark", "Offsets", "TextSurface", "TextView"]

_HOMES = {
    "Block": "document",
    "Document": "document",
    "Mark": "marks",
    "Offsets": "offsets",
    "TextSurface": "surface",
    "TextView": "view",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
