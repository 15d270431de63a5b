"""Which signs of emphasis may open and close a run: what stands before and after them decides.

No Qt in here.
"""

from __future__ import annotations

import unicodedata

__all__ = ["flanks", "punctuates"]


def punctuates(sign: str) -> bool:
    """Whether a letter is punctuation or a symbol."""
    return unicodedata.category(sign)[0] in "PS"


def flanks(before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of signs is left-flanking and right-flanking (CommonMark 6.2)."""
    space_after, space_before = after.isspace(), before.isspace()
    mark_after, mark_before = punctuates(after), punctuates(before)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    return left, right
