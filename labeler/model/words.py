"""Words as a search knows them: folded, cut where scripts cut, the same for a text and a question.

Case, accents and presentation forms count for nothing (``Straße`` is ``strasse``, ``É`` is ``e``).
Letters and digits are words of their own, so that ``IMG_0412`` is found by ``0412``. Scripts that put
no space between words (Chinese, Japanese, Thai …) give a word per letter: what is typed is then
found as it stands, wherever it stands. A symbol, an emoji too, is a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

__all__ = ["BREAK", "LONGEST_WORD", "MOST_WORDS", "fact", "fold", "words", "words_of"]

LONGEST_WORD = 80
"""Letters of a word that count; what differs later only is the same."""
MOST_WORDS = 1_000_000
"""Words of one task that can be found, the first ones."""
BREAK = "_"
"""Stands between two texts of one task, so that no phrase goes across; never part of a word."""

_ASCII = re.compile(r"[a-z]+|[0-9]+")
_FACT = 10
_NO_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_DROPPED = (
    (0x0300, 0x036F),  # accents of Latin, Greek and Cyrillic
    (0x0591, 0x05C7),  # Hebrew points
    (0x0610, 0x061A),
    (0x0640, 0x0640),  # Arabic tatweel, then vowel signs
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0xFE00, 0xFE0F),  # variation selectors
)


_GONE = re.compile(f"[{''.join(f'{chr(low)}-{chr(high)}' for low, high in _DROPPED)}]+")


def fold(text: str) -> str:
    """The text without what does not count: case, accents, presentation forms."""
    if text.isascii():
        return text.lower()
    bare = _GONE.sub("", unicodedata.normalize("NFKD", text)).casefold()
    if bare.isascii():
        return bare
    # Case folding may bring marks of its own, as that of the dotted İ does.
    again = _GONE.sub("", unicodedata.normalize("NFKD", bare))
    return unicodedata.normalize("NFC", again)


def words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    folded = fold(text)
    if folded.isascii():
        return [word[:LONGEST_WORD] for word in _ASCII.findall(folded)]
    return [word[:LONGEST_WORD] for word in _cut(folded)]


def _cut(folded: str) -> Iterator[str]:
    begun = ""
    kind = ""
    for letter in folded:
        now = _kind(letter)
        if begun and (now != kind or now == "alone"):
            yield begun
            begun = ""
        if now:
            begun += letter
        kind = now
    if begun:
        yield begun


@lru_cache(4096)
def _kind(letter: str) -> str:
    """``letters``, ``digits``, ``alone`` for what is a word by itself, or nothing between words."""
    if letter.isascii():
        if letter.isdigit():
            return "digits"
        return "letters" if letter.isalpha() else ""
    if any(low <= ord(letter) <= high for low, high in _NO_SPACES):
        return "alone" if unicodedata.category(letter)[0] in "LMN" else ""
    match unicodedata.category(letter):
        case "So":
            return "alone"
        case "Nd":
            return "digits"
        case category if category[0] in "LMN":
            return "letters"
        case _:
            return ""


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of several texts, with BREAK between them."""
    found: list[str] = []
    for text in texts:
        inside = words(text)
        if inside:
            if found:
                found.append(BREAK)
            found += inside[: MOST_WORDS - len(found)]
            if len(found) >= MOST_WORDS:
                break
    return found


@lru_cache(8192)
def fact(field: str, value: str) -> str:
    """A word that stands for a field's value and that no text holds: 50 bits of a hash.

    Lone halves of surrogate pairs count as a question mark: there may be any JSON in a file.
    """
    number = (
        int.from_bytes(
            blake2b(f"{field}\0{value}".encode(errors="replace"), digest_size=8).digest()
        )
        >> 14
    )
    digits = "0123456789abcdefghijklmnopqrstuv"
    return BREAK + "".join(digits[number >> 5 * place & 31] for place in range(_FACT))
