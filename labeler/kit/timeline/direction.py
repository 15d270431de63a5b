"""Which way a text runs, told by its first strong letter as the bidirectional algorithm does (P2)."""

from __future__ import annotations

import unicodedata
from typing import Literal

__all__ = ["direction_of"]


def direction_of(text: str) -> Literal["ltr", "rtl", ""]:
    """``rtl`` or ``ltr`` by the first strong letter, empty where there is none."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return ""
