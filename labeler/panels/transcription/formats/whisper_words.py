"""The words of a model's segment: their times, and texts that joined give the segment's text again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from labeler.api import Json
from labeler.panels.transcription.formats.times import to_whole_milliseconds

__all__ = ["Timed", "words_of"]


class Timed(NamedTuple):
    """A word as a file tells it: anything may be missing."""

    text: Json
    start: Json
    end: Json
    score: float | None


def words_of(words: Sequence[Timed], text: str, start: int, end: int) -> list[dict[str, Any]]:
    """The words as JSON, times in microseconds; ``text``, ``start`` and ``end`` are the segment's.

    What stands between two words in the text belongs to the second, so that texts joined without
    anything between give the segment's text, in scripts that have no spaces too. A word whose times
    are missing (WhisperX does not align numbers) lies between its neighbours; one that ends before it
    starts has no length.
    """
    said = [one for one in words if isinstance(one.text, str) and one.text.strip()]
    times = _times(said, start, end)
    texts = _texts([str(one.text) for one in said], text)
    made = []
    for number, (one, (first, last), piece) in enumerate(zip(said, times, texts, strict=True), 1):
        word: dict[str, Any] = {"id": str(number), "start": first, "end": last, "text": piece}
        if one.score is not None:
            word["score"] = round(one.score, 6)
        made.append(word)
    return made


def _times(words: Sequence[Timed], start: int, end: int) -> list[tuple[int, int]]:
    known = [(_time(one.start), _time(one.end)) for one in words]
    times: list[tuple[int, int]] = []
    at = start
    for number, (first, last) in enumerate(known):
        if first is None:
            first = at
        if last is None:
            later = (one for one, _ in known[number + 1 :] if one is not None)
            last = next(later, end)
        last = max(first, last)
        times.append((first, last))
        at = last
    return times


def _time(seconds: Json) -> int | None:
    if not isinstance(seconds, (int, float, str)):
        return None
    try:
        return max(0, to_whole_milliseconds(seconds))
    except ValueError:
        return None


def _texts(words: Sequence[str], text: str) -> list[str]:
    pieces = []
    at = 0
    for word in words:
        bare = word.strip()
        found = text.find(bare, at)
        if found < 0:
            return _plain(words)
        pieces.append(text[at : found + len(bare)])
        at = found + len(bare)
    if pieces:
        pieces[-1] += text[at:]
    return pieces


def _plain(words: Sequence[str]) -> list[str]:
    """The words as they came, but for what stands before the first."""
    return [word.lstrip() if number == 0 else word for number, word in enumerate(words)]
