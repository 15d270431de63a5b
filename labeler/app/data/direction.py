"""Texts that keep their own direction inside an interface that runs the other way (UAX #9)."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

__all__ = ["enclosed", "isolated", "path_text"]

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u2066", "\u2067"
"""Unicode's isolates: what follows is laid out in this direction by itself."""
_END = "\u2069"
"""What ends one."""


def _mirrored() -> bool:
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def isolated(text: str) -> str:
    """The text so that it keeps its own direction, and an ellipsis stands at its own end.

    Unchanged where it runs the way the interface does.
    """
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            if (kind != "L") == _mirrored():
                return text
            return f"{_LEFT_TO_RIGHT if kind == 'L' else _RIGHT_TO_LEFT}{text}"
    return text


def enclosed(text: str) -> str:
    """The same inside a sentence that goes on after it, or begins before it."""
    found = isolated(text)
    return text if found == text else f"{found}{_END}"


def path_text(path: str) -> str:
    """A path as it is read in every language: from the left."""
    return f"{_LEFT_TO_RIGHT}{path}" if _mirrored() else path
