"""Praat's TextGrid read: the text form long and short, by what Praat itself looks at.

Praat reads the numbers, the texts in quotes and the flags that stand free between white space, in
order, and passes over everything else (manual, "TextGrid file formats"); so do we, and that is why
the dialects of other programs (``item[1]``, ``intervals: size=2``) make no difference.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from labeler.api import Problem
from labeler.panels.transcription.formats.incoming import Regions, invalid, line_problem
from labeler.panels.transcription.formats.times import to_microseconds

__all__ = ["read_textgrid"]

_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
    | (?P<open>"(?:[^"]|"")*\Z)
    | (?P<comment>(?<!\S)![^\n]*)
    | (?P<flag>(?<!\S)<(?:exists|absent)>)
    | (?P<number>(?<![^\s=])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?=[\s%]|\Z))
    | (?P<word>(?<!\S)--undefined--(?!\S))
    """,
    re.VERBOSE,
)
_TIERS = ("IntervalTier", "TextTier")


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def read_textgrid(text: str, name: str, found: list[Problem]) -> Regions:
    """Segments of interval tiers and points of point tiers, the tier's name their speaker.

    Intervals without text are the gaps between segments. Raises Refusal where it is no TextGrid;
    what is wrong with an entry is added to ``found`` with its line, and reading goes on.
    """
    tokens = list(_tokens(text))
    head = [token.text for token in tokens if token.kind == "text"][:2]
    if head[:1] == ["Praat chronological TextGrid text file"]:
        raise invalid(name, "a chronological TextGrid; save it as a text file in Praat")
    if head[:2] != ["ooTextFile", "TextGrid"]:
        reason = "no TextGrid"
        if text.startswith("ooBinaryFile"):
            reason = "a binary Praat file; save it as a text file in Praat"
        elif head[:1] == ["ooTextFile"] and len(head) > 1:
            reason = f"no TextGrid but a Praat file of kind {head[1]!r}"
        raise invalid(name, reason)
    return _Reader(tokens, name, found).regions()


def _tokens(text: str) -> Iterator[_Token]:
    ends = [match.start() for match in re.finditer("\n", text)]
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "comment":
            continue
        line = bisect_right(ends, match.start() - 1) + 1
        raw = match[0]
        if kind == "text":
            raw = raw[1:-1].replace('""', '"')
        elif kind == "word":
            kind = "number"
        yield _Token(kind, raw, line)


class _Reader:
    """Reads the tokens after the head, tier by tier."""

    def __init__(self, tokens: list[_Token], name: str, found: list[Problem]) -> None:
        self._tokens = tokens
        self._at = 2
        self._name = name
        self._found = found

    def regions(self) -> Regions:
        regions: Regions = []
        told = self._head()
        tiers = 0
        while (token := self._peek()) is not None:
            if token.kind == "text" and token.text in _TIERS:
                regions += self._tier()
                tiers += 1
            elif token.kind == "open":
                self._tell(
                    "textgrid_quote", token, "a text that begins with a quote here has no end"
                )
                break
            else:
                self._at += 1
        if told is not None and told != tiers:
            sentence = f"the file tells of {told} tiers, {tiers} are there"
            self._found.append(line_problem("textgrid_count", self._name, sentence))
        return regions

    def _head(self) -> int | None:
        """How many tiers the file tells of: the number after the flag."""
        for at in range(self._at, min(self._at + 8, len(self._tokens) - 1)):
            if self._tokens[at].kind == "flag" and self._tokens[at].text == "<exists>":
                after = self._tokens[at + 1]
                self._at = at + 2
                return _count(after) if after.kind == "number" else None
        return None

    def _tier(self) -> Regions:
        token = self._next()
        points = token.text == "TextTier"
        name = self._peek()
        speaker = ""
        if name is not None and name.kind == "text":
            speaker = " ".join(self._next().text.split())
        bounds: list[_Token] = []
        while len(bounds) < 3 and (one := self._peek()) is not None and one.kind == "number":
            bounds.append(self._next())
        told = _count(bounds[2]) if len(bounds) == 3 else None
        width = 2 if points else 3
        regions: Regions = []
        entries = 0
        while (first := self._peek()) is not None and first.kind == "number":
            entry = [self._next()]
            while len(entry) < width and (one := self._peek()) is not None:
                wanted = "text" if len(entry) == width - 1 else "number"
                if one.kind != wanted or (one.text in _TIERS and self._begins_a_tier()):
                    break
                entry.append(self._next())
            entries += 1
            if len(entry) < width:
                self._tell("textgrid_entry", first, "the entry is not whole; it was left out")
                self._resume()
                continue
            region = self._region(entry, speaker)
            if region is not None:
                regions.append((region, f"{self._name}:{first.line}"))
        if told is not None and told != entries:
            sentence = f"the tier tells of {told} entries, {entries} are there"
            self._tell("textgrid_count", token, sentence)
        return regions

    def _resume(self) -> None:
        """After an entry that is not whole: go on where a number or a tier begins."""
        while (one := self._peek()) is not None:
            if one.kind in ("number", "open") or (one.kind == "text" and one.text in _TIERS):
                return
            self._at += 1

    def _region(self, entry: list[_Token], speaker: str) -> dict[str, Any] | None:
        text = entry[-1].text
        try:
            times = [to_microseconds(token.text) for token in entry[:-1]]
        except ValueError as error:
            self._tell("textgrid_time", entry[0], f"{error}; the entry was left out")
            return None
        region: dict[str, Any] = {"type": "segment"}
        if len(times) == 1:
            region = {"type": "point", "at": times[0]}
        elif not text.strip():
            return None
        else:
            region |= {"start": times[0], "end": times[1]}
        if speaker:
            region["speaker"] = speaker
        return region | {"text": text} if text else region

    def _begins_a_tier(self) -> bool:
        """Whether a tier's class and name stand here; a label of that word has no name behind it."""
        here = self._tokens[self._at : self._at + 2]
        return (
            len(here) == 2
            and all(token.kind == "text" for token in here)
            and here[0].text in _TIERS
            and here[1].text not in _TIERS
        )

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _tell(self, code: str, token: _Token, sentence: str) -> None:
        self._found.append(line_problem(code, f"{self._name}:{token.line}", sentence))


def _count(token: _Token) -> int | None:
    return int(token.text) if token.text.isdigit() and len(token.text) < 10 else None
