"""Where words stand in a text as it is shown: what a reader sees is looked through, not its markup."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from labeler.kit.text.document import Document

__all__ = ["places_of"]


def places_of(document: Document, words: str) -> Iterator[tuple[int, int]]:
    """Every range (code points of the text) that shows these words, from the beginning to the end.

    Capitals do not matter, nor how wide or of what kind white space is; a range lies within one
    block and takes whole letters. Nothing is found for nothing but space.
    """
    parts = words.split()
    if not parts:
        return
    pattern = regex.compile(r"\s+".join(map(regex.escape, parts)), regex.IGNORECASE)
    for block in document.blocks:
        for match in pattern.finditer(block.shown):
            first, last = _units(block.shown, match.start()), _units(block.shown, match.end() - 1)
            start = block.start + block.offsets.to_points(first)
            end = block.start + block.offsets.to_points(last) + 1
            yield document.snapped(start, end, words=False)


def _units(shown: str, letters: int) -> int:
    """How many UTF-16 units so many code points take."""
    before = shown[:letters]
    return letters if before.isascii() else len(before.encode("utf-16-le", "surrogatepass")) // 2
