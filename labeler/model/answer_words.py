"""Answers put into words: what kind of JSON one is, a figure for a sentence, how long a text reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["figure", "graphemes", "is_number", "kind_word"]


def graphemes(text: str) -> int:
    """How many characters a reader sees in the text, trimmed (extended grapheme clusters)."""
    stripped = text.strip()
    if stripped.isascii() and "\r" not in stripped:
        return len(stripped)
    import regex  # 30 ms to load, and most answers never need it

    return sum(1 for _ in regex.finditer(r"\X", stripped))


def kind_word(answer: Any) -> str:
    """What kind of JSON the answer is, with its article, for a sentence."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text"}
    if answer is None:
        return "null"
    if isinstance(answer, Mapping):
        return "a table"
    if isinstance(answer, (list, tuple)):
        return "a list"
    return names.get(type(answer), type(answer).__name__)


def is_number(answer: Any) -> bool:
    """Whether it is a number; true and false are none."""
    return isinstance(answer, (int, float)) and not isinstance(answer, bool)


def figure(answer: int | float) -> str:
    """The number for a sentence, also where it is a whole number too great for a float."""
    try:
        return f"{answer:g}"
    except OverflowError:
        return "beyond 1e308" if answer > 0 else "beyond -1e308"
