"""Markdown to be marked: rendered, with every shown letter led back to the text as it was written.

``MarkdownSurface`` is the widget, ``Section`` one text of what it shows, ``Formulas`` draws LaTeX.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labeler.kit.markdown.document import MarkdownDocument, Section
    from labeler.kit.markdown.formulas import Formulas
    from labeler.kit.markdown.surface import MarkdownSurface

__all__ = ["Formulas", "MarkdownDocument", "MarkdownSurface", "Section"]

_HOMES = {
    "Formulas": "formulas",
    "MarkdownDocument": "document",
    "MarkdownSurface": "surface",
    "Section": "document",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
