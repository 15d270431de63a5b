"""What became of a text, as runs that stayed, went and came: word by word or letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

__all__ = ["Run", "difference"]

RunKind = Literal["same", "removed", "added"]
_MOST = 4000
"""So many different pieces are compared; a text with more that differ has changed as a whole there."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"


class Run(msgspec.Struct, frozen=True):
    """A stretch of text that is ``same`` in both, was ``removed`` or ``added``."""

    kind: RunKind
    text: str


def difference(before: str, after: str, *, letters: bool = False) -> tuple[Run, ...]:
    """The runs that lead from one text to the other; what was removed stands before what was added.

    Words are what stands between blanks, signs included, and each letter of a language that sets none;
    letters are what a reader sees as one (grapheme clusters). Same and removed runs together are
    ``before``, same and added ``after``.
    """
    import regex  # 30 ms to load, and most starts of the program never need it

    pieces = r"\X" if letters else rf"\s+|[^\s{_UNSPACED}]+|\X"
    old, new = regex.findall(pieces, before), regex.findall(pieces, after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    runs = [Run("same", "".join(old[:start]))]
    runs += _middle(left, right)
    runs.append(Run("same", "".join(old[len(old) - end :])))
    return _joined(runs)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _middle(left: Sequence[str], right: Sequence[str]) -> list[Run]:
    if len(left) + len(right) > _MOST:
        return [Run("removed", "".join(left)), Run("added", "".join(right))]
    runs = []
    for _, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if left[a:b] == right[c:d]:
            runs.append(Run("same", "".join(left[a:b])))
        else:
            runs += [Run("removed", "".join(left[a:b])), Run("added", "".join(right[c:d]))]
    return runs


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Without empty runs; blanks between two changed words are part of the change."""
    found: list[Run] = []
    full = [run for run in runs if run.text]
    number = 0
    while number < len(full):
        removed = added = ""
        while number < len(full) and (
            full[number].kind != "same"
            or (removed and added and full[number].text.isspace() and _changes(full, number + 1))
        ):
            run = full[number]
            removed += run.text if run.kind != "added" else ""
            added += run.text if run.kind != "removed" else ""
            number += 1
        found += [Run("removed", removed)] if removed else []
        found += [Run("added", added)] if added else []
        if number < len(full):
            found.append(full[number])
            number += 1
    return tuple(found)


def _changes(runs: Sequence[Run], number: int) -> bool:
    """Whether something was replaced from here on, with another text in its place."""
    kinds = [run.kind for run in runs[number : number + 2]]
    return kinds == ["removed", "added"]
