"""The letters of the responses as keys: which one goes to which response."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

__all__ = ["key_of", "letter_in", "never_dealt"]

_SHIFTED = ("F", "G")
"""Letters that mean something on the whole page: with these, Shift goes to the response."""
_ALWAYS = ("A", "B", "C", "D")


def key_of(letter: str) -> str:
    """The key that goes to the response of this letter, as it is printed."""
    return f"Shift+{letter}" if letter in _SHIFTED else letter


def letter_in(event: QKeyEvent) -> str:
    """The letter of the response a key means, "" for none."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shifted = held == Qt.KeyboardModifier.ShiftModifier
    typed = event.text().upper()
    if held and not shifted:
        return ""
    return typed if shifted == (typed in _SHIFTED) else ""


def never_dealt(letters: list[str]) -> frozenset[str]:
    """The letters that answer no question while responses have these.

    Those of four responses never do, so that a question asked of pairs and of rankings alike has the
    same key in both.
    """
    return frozenset((*_ALWAYS, *letters))
