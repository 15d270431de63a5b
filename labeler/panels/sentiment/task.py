"""The Qt-free half of the panel: what a sentiment task is, and what can be wrong with its spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from labeler.api import Content, Opaque, Part, Problem, QueueConfig, Region, Span, Value, equal_json

__all__ = ["PART", "SentimentTask", "TextContent"]

PART = "text"
"""The id and the kind of the one part a text has."""

_SUMMARY_LENGTH = 200
_OTHER_LABEL = 0.5
"""What sharing a place counts where the labels differ."""


class TextContent(Content, frozen=True, kw_only=True, omit_defaults=True):
    """One text as it came: never normalised, line ends included; offsets are code points of it.

    ``language`` is a BCP 47 tag, ``direction`` overrules what the text's own letters say, ``title``
    names it. What else an import brings is the task's metadata, so that the same text is the same
    task whatever columns stood beside it.
    """

    text: str
    language: str = ""
    direction: Literal["", "ltr", "rtl"] = ""
    title: str = ""

    def parts(self) -> tuple[Part, ...]:
        return (Part(PART, PART, text=self.text, title=self.title),)


class SentimentTask:
    """What the core and the command line need of this panel."""

    @property
    def region_types(self) -> Sequence[type[Region]]:
        return (Span,)

    @property
    def content_type(self) -> type[Content]:
        return TextContent

    def summary(self, content: Content) -> str:
        """The text's beginning in one line, white space as single spaces."""
        # Four times the length leaves enough where a text begins with white space.
        line = " ".join(_text(content)[: 4 * _SUMMARY_LENGTH].split())
        return line if len(line) <= _SUMMARY_LENGTH else line[: _SUMMARY_LENGTH - 1] + "…"

    def complete(self, content: Content, value: Value) -> Value:
        """The value with the words under each span filled in where they were left out."""
        text = _text(content)
        regions: list[Region] | None = None
        for number, region in enumerate(value.regions):
            if not isinstance(region, Span) or region.text or not _lies_in(region, text):
                continue
            if regions is None:
                regions = list(value.regions)
            covered = text[region.start : region.end]
            regions[number] = msgspec.structs.replace(region, text=covered)
        return value if regions is None else Value(tuple(regions), value.answers)

    def check(self, content: Content, value: Value, config: QueueConfig) -> Iterable[Problem]:
        """Spans that lie outside the text, and spans that name other words than they cover."""
        return _span_problems(_text(content), value)

    def distance(self, content: Content, one: Region, other: Region) -> float:
        """1 − overlap ÷ union of two spans; where the labels differ the overlap counts half.

        Regions of any other type are equal or have nothing in common.
        """
        if not isinstance(one, Span) or not isinstance(other, Span):
            return 0.0 if _same(one, other) else 1.0
        if (one.on or PART) != (other.on or PART):
            return 1.0
        overlap = min(one.end, other.end) - max(one.start, other.start)
        union = max(one.end, other.end) - min(one.start, other.start)
        if overlap <= 0 or union <= 0:
            return 1.0
        share = overlap / union
        return 1.0 - (share if one.label == other.label else share * _OTHER_LABEL)


def _text(content: Content) -> str:
    return content.text if isinstance(content, TextContent) else ""


def _lies_in(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _span_problems(text: str, value: Value) -> Iterator[Problem]:
    for number, region in enumerate(value.regions):
        if not isinstance(region, Span):
            continue
        if not _lies_in(region, text):
            length = {"start": region.start, "end": region.end, "length": len(text)}
            yield Problem("span_range", f"regions[{number}].end", length)
        elif region.text and region.text != text[region.start : region.end]:
            words = {"found": text[region.start : region.end], "told": region.text}
            yield Problem("span_text", f"regions[{number}].text", words)


def _same(one: Region, other: Region) -> bool:
    if isinstance(one, Opaque) and isinstance(other, Opaque):
        return one.kind == other.kind and one.raw == other.raw
    if type(one) is not type(other):
        return False
    return equal_json(_without_id(one), _without_id(other))


def _without_id(region: Region) -> object:
    return msgspec.to_builtins(msgspec.structs.replace(region, id=""))
