"""The Qt-free half of the panel: what a comparison task is, and what can be wrong with its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

import msgspec

from labeler.api import (
    Claim,
    Content,
    Lines,
    Opaque,
    Problem,
    QueueConfig,
    Region,
    Span,
    Value,
    equal_json,
)
from labeler.panels.comparison.content import RESPONSE, ComparisonContent

__all__ = ["ComparisonTask"]

_SUMMARY_LENGTH = 200
_OTHER_LABEL = 0.5
"""What sharing a place counts where the labels differ."""

_LINES_RANGE = "the lines {start}–{end} do not lie in the text, which ends with line {length}"
_NO_TEXT = "there is no text in {part!r} to mark"


class ComparisonTask:
    """What the core and the command line need of this panel."""

    shuffled: ClassVar[tuple[str, ...]] = (RESPONSE,)
    """Responses are shown to each person in an order of their own."""

    @property
    def region_types(self) -> Sequence[type[Region]]:
        return (Span, Claim, Lines)

    @property
    def content_type(self) -> type[Content]:
        return ComparisonContent

    def summary(self, content: Content) -> str:
        """The beginning of the prompt in one line: its first message that is not the system's."""
        text = _opening(content)
        # Four times the length leaves enough where a text begins with white space.
        line = " ".join(text[: 4 * _SUMMARY_LENGTH].split())
        return line if len(line) <= _SUMMARY_LENGTH else line[: _SUMMARY_LENGTH - 1] + "…"

    def complete(self, content: Content, value: Value) -> Value:
        """The value with the words under each span and claim filled in where they were left out."""
        regions: list[Region] | None = None
        for number, region in enumerate(value.regions):
            if not isinstance(region, Span | Claim) or region.text:
                continue
            text = _text_under(content, region)
            if text is None or not _lies_in(region, text):
                continue
            if regions is None:
                regions = list(value.regions)
            covered = text[region.start : region.end]
            regions[number] = msgspec.structs.replace(region, text=covered)
        return value if regions is None else Value(tuple(regions), value.answers)

    def check(self, content: Content, value: Value, config: QueueConfig) -> Iterable[Problem]:
        """Marks that lie outside their text, spans that name other words than they cover.

        Whether ranks and preferences fit the responses is the core's to say: it knows the parts.
        """
        for number, region in enumerate(value.regions):
            if isinstance(region, Span | Claim | Lines):
                yield from _mark_problems(content, region, f"regions[{number}]")

    def distance(self, content: Content, one: Region, other: Region) -> float:
        """1 − overlap ÷ union of two marks; where labels or verdicts differ the overlap counts half.

        A span overlaps a claim as far as they cover the same letters; lines overlap lines only.
        Regions of any other type, and claims that stand nowhere, are equal or have nothing in common.
        """
        if _same(one, other):
            return 0.0
        if one.on != other.on or isinstance(one, Lines) is not isinstance(other, Lines):
            return 1.0
        first, second = _extent(one), _extent(other)
        if first is None or second is None:
            return 1.0
        overlap = min(first[1], second[1]) - max(first[0], second[0])
        union = max(first[1], second[1]) - min(first[0], second[0])
        if overlap <= 0 or union <= 0:
            return 1.0
        share = overlap / union
        return 1.0 - (share if _said(one) == _said(other) else share * _OTHER_LABEL)


def _opening(content: Content) -> str:
    if not isinstance(content, ComparisonContent):
        return ""
    texts = [turn.text for turn in content.turns if turn.role != "system"]
    texts += [turn.text for turn in content.turns]
    return next((text for text in texts if text and not text.isspace()), "")


def _text_under(content: Content, region: Region) -> str | None:
    """The text of the part a mark is on; of the only one with a text where it names none."""
    if not isinstance(content, ComparisonContent):
        return None
    if region.on is not None:
        return content.text_of(region.on)
    texts = [part.text for part in content.parts()]
    return texts[0] if len(texts) == 1 else None


def _lies_in(mark: Span | Claim, text: str) -> bool:
    if mark.start is None or mark.end is None:
        return False
    return 0 <= mark.start < mark.end <= len(text)


def _mark_problems(content: Content, mark: Span | Claim | Lines, path: str) -> Iterator[Problem]:
    if isinstance(mark, Claim):
        if mark.start is None and mark.end is None:
            return  # a claim about the response as a whole
        if mark.start is None or mark.end is None:
            reason = "a claim has both a start and an end, or neither"
            yield Problem("region_invalid", f"{path}.end", {"reason": reason})
            return
    text = _text_under(content, mark)
    if text is None:
        # An unknown part, or none named among several, is for the core to tell.
        known = isinstance(content, ComparisonContent) and mark.on is not None
        if known and any(part.id == mark.on for part in content.parts()):
            yield Problem("part_no_text", f"{path}.on", {"part": mark.on or ""}, _NO_TEXT)
        return
    if isinstance(mark, Lines):
        length = text.count("\n") + (not text.endswith("\n"))
        if mark.end > length:
            params = {"start": mark.start, "end": mark.end, "length": length}
            yield Problem("lines_range", f"{path}.end", params, _LINES_RANGE)
    elif not _lies_in(mark, text):
        figures = {"start": mark.start or 0, "end": mark.end or 0, "length": len(text)}
        yield Problem("span_range", f"{path}.end", figures)
    elif isinstance(mark, Span) and mark.text and mark.text != text[mark.start : mark.end]:
        words = {"found": text[mark.start : mark.end], "told": mark.text}
        yield Problem("span_text", f"{path}.text", words)


def _extent(mark: Region) -> tuple[int, int] | None:
    if isinstance(mark, Lines):
        return mark.start - 1, mark.end
    if isinstance(mark, Span | Claim) and mark.start is not None and mark.end is not None:
        return mark.start, mark.end
    return None


def _said(mark: Region) -> tuple[str, str | None, str]:
    """What the mark says of its place, besides words of its own."""
    return mark.type_name(), mark.label, mark.verdict if isinstance(mark, Claim) else ""


def _same(one: Region, other: Region) -> bool:
    if isinstance(one, Opaque) and isinstance(other, Opaque):
        return one.kind == other.kind and one.raw == other.raw
    if type(one) is not type(other):
        return False
    return equal_json(_without_id(one), _without_id(other))


def _without_id(region: Region) -> object:
    return msgspec.to_builtins(msgspec.structs.replace(region, id=""))
