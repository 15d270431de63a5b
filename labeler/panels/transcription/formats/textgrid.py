"""Praat TextGrid, in and out: a tier of intervals for a speaker's segments, one of points for points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from labeler.api import (
    AnnotationOut,
    Point,
    Problem,
    ReadOptions,
    Segment,
    TaskIn,
    TaskOut,
    WriteOptions,
)
from labeler.panels.transcription.formats.incoming import Transcript, transcripts
from labeler.panels.transcription.formats.outgoing import count_lost, in_time, write_each
from labeler.panels.transcription.formats.textgrid_reading import read_textgrid
from labeler.panels.transcription.formats.texts import text_of
from labeler.panels.transcription.formats.times import seconds_text
from labeler.panels.transcription.task import AudioContent

__all__ = ["TextGridFormat"]

_EXTENSIONS = (".textgrid",)

Interval = tuple[int, int, str]
Moment = tuple[int, str]


class TextGridFormat:
    """Reads long and short text files in UTF-8, UTF-16 and others; writes long ones in UTF-8.

    Times are exact to the microsecond both ways. What has no text cannot be told from a gap, so a
    segment without text is left out and counted. Segments of one speaker that overlap, and points at
    one moment, need tiers of their own, which then have the same name.
    """

    id: ClassVar[str] = "textgrid"
    holds_one: ClassVar[bool] = True

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task per file, of the recording beside it."""
        return transcripts(source, _EXTENSIONS, options, _read)

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A file per task, named like its recording."""
        return write_each(tasks, target, ".TextGrid", options, _text)


def _read(raw: bytes, name: str, found: list[Problem]) -> Transcript:
    return Transcript(read_textgrid(text_of(raw, name, found), name, found))


def _text(task: TaskOut, annotation: AnnotationOut, options: WriteOptions) -> str:
    count_lost(annotation, options)
    intervals: dict[str, list[list[Interval]]] = {}
    moments: dict[str, list[list[Moment]]] = {}
    end = task.content.duration if isinstance(task.content, AudioContent) else 0
    for region in in_time(annotation.value.regions, options):
        if isinstance(region, Point):
            _put_moment(moments.setdefault(region.speaker, []), (region.at, region.text))
            end = max(end, region.at)
        elif not region.text.strip():
            options.drop("segment_without_text")
        elif region.end <= region.start:
            options.drop("segment_without_length")
        else:
            _put_interval(intervals.setdefault(region.speaker, []), _interval(region))
            end = max(end, region.end)
    end = max(end, 1)  # Praat takes no file without length
    tiers = [_interval_tier(name, tier, end) for name, tiers in intervals.items() for tier in tiers]
    tiers += [_point_tier(name, tier, end) for name, tiers in moments.items() for tier in tiers]
    if not tiers:
        tiers = [_interval_tier("", [], end)]
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0 "]
    lines += [
        f"xmax = {seconds_text(end)} ",
        "tiers? <exists> ",
        f"size = {len(tiers)} ",
        "item []: ",
    ]
    for number, tier in enumerate(tiers, start=1):
        lines.append(f"    item [{number}]:")
        lines += tier
    return "\n".join(lines) + "\n"


def _interval(segment: Segment) -> Interval:
    return segment.start, segment.end, segment.text


def _put_interval(tiers: list[list[Interval]], interval: Interval) -> None:
    """Put it into the first tier whose last interval has ended; segments come by start."""
    for tier in tiers:
        if tier[-1][1] <= interval[0]:
            tier.append(interval)
            return
    tiers.append([interval])


def _put_moment(tiers: list[list[Moment]], moment: Moment) -> None:
    for tier in tiers:
        if tier[-1][0] < moment[0]:
            tier.append(moment)
            return
    tiers.append([moment])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _head(kind: str, name: str, end: int) -> list[str]:
    return [
        f"        class = {_quoted(kind)} ",
        f"        name = {_quoted(name)} ",
        "        xmin = 0 ",
        f"        xmax = {seconds_text(end)} ",
    ]


def _interval_tier(name: str, segments: Sequence[Interval], end: int) -> list[str]:
    """A tier without gaps: what nobody says has no text."""
    whole: list[Interval] = []
    at = 0
    for start, stop, text in segments:
        if start > at:
            whole.append((at, start, ""))
        whole.append((start, stop, text))
        at = stop
    if at < end:
        whole.append((at, end, ""))
    lines = [*_head("IntervalTier", name, end), f"        intervals: size = {len(whole)} "]
    for number, (start, stop, text) in enumerate(whole, start=1):
        lines += [
            f"        intervals [{number}]:",
            f"            xmin = {seconds_text(start)} ",
            f"            xmax = {seconds_text(stop)} ",
            f"            text = {_quoted(text)} ",
        ]
    return lines


def _point_tier(name: str, moments: Sequence[Moment], end: int) -> list[str]:
    lines = [*_head("TextTier", name, end), f"        points: size = {len(moments)} "]
    for number, (at, text) in enumerate(moments, start=1):
        lines += [
            f"        points [{number}]:",
            f"            number = {seconds_text(at)} ",
            f"            mark = {_quoted(text)} ",
        ]
    return lines
