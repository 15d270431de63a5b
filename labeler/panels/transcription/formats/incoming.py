"""Transcripts on their way in, for every format alike: segments that fit the recording, and its task."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from labeler.api import AnnotationIn, MediumIn, Problem, ReadOptions, Refusal, TaskIn
from labeler.panels.transcription.formats.sources import (
    AUDIO_EXTENSIONS,
    SourceFile,
    beside,
    files_of,
    recording,
)
from labeler.panels.transcription.formats.texts import read_bytes
from labeler.panels.transcription.task import TOLERANCE, AudioContent

__all__ = ["Transcript", "fitted", "invalid", "line_problem", "transcripts"]

Regions = list[tuple[dict[str, Any], str]]
"""Regions as JSON, each with its place in the file."""


class Transcript(NamedTuple):
    """What a file holds; ``author`` and ``layer`` where it says them, ``score`` a model's 0–1."""

    regions: Regions
    layer: str | None = None
    author: str | None = None
    score: float | None = None


Reads = Callable[[bytes, str, list[Problem]], Transcript | None]
"""The transcript in a file's bytes (given its name), problems added to the list; None is none."""


def transcripts(
    source: Path, extensions: Sequence[str], options: ReadOptions, reads: Reads
) -> Iterator[TaskIn | Problem]:
    """A task for each transcript of the source, with the recording beside it or by its key alone.

    A single file that is no transcript is a Refusal, one among others a Problem.
    """
    for file in files_of(source, extensions, options):
        if isinstance(file, Problem):
            yield file
            continue
        found: list[Problem] = []
        try:
            transcript = _read(file, reads, found)
        except Refusal as refusal:
            if file.path == source:
                raise
            found, transcript = [refusal.problem], None
        if transcript is None:
            yield from found
            continue
        yield from _task(file, transcript, options, found)


def _read(file: SourceFile, reads: Reads, found: list[Problem]) -> Transcript | None:
    raw = read_bytes(file)
    if isinstance(raw, Problem):
        found.append(raw)
        return None
    return reads(raw, file.name, found)


def _task(
    file: SourceFile, transcript: Transcript, options: ReadOptions, found: list[Problem]
) -> Iterator[TaskIn | Problem]:
    audio, key = beside(file)
    content: AudioContent | None = None
    media: tuple[MediumIn, ...] = ()
    if audio is not None:
        recorded, problems = recording(audio, options)
        found += problems
        if recorded is not None:
            content, media = recorded.content, recorded.media
    regions = fitted(transcript.regions, content.duration if content is not None else 0, found)
    # By time, so that a file gives the same value however its tiers are ordered.
    regions.sort(key=_in_time)
    annotation = AnnotationIn(
        msgspec.json.encode({"regions": regions}),
        file.name,
        layer=transcript.layer,
        author=transcript.author,
        score=transcript.score,
    )
    yield from found
    bare = content is None and not key.casefold().endswith(AUDIO_EXTENSIONS)
    yield TaskIn(key, content, file.name, {}, (annotation,), file.name, media, bare)


def _in_time(region: dict[str, Any]) -> tuple[int, int, str, str, str]:
    at = region.get("at", 0)
    names = region["type"], region.get("speaker", ""), region.get("text", "")
    return region.get("start", at), region.get("end", at), *names


def fitted(regions: Regions, duration: int, found: list[Problem]) -> list[dict[str, Any]]:
    """The regions that have a length and lie in the recording; the others are told.

    A segment that goes on after the end is cut there, one that begins after it left out. Where the
    length is unknown (0) only what is before the beginning is looked at.
    """
    kept = []
    for region, where in regions:
        problem = _fault(region, duration, where)
        if problem is None:
            kept.append(region)
            continue
        found.append(problem)
        if problem.code == "time_cut":
            start, end = max(0, region["start"]), region["end"]
            if duration:
                end = min(end, duration)
            words = [word for word in region.get("words", ()) if start <= word["start"] < end]
            cut = {**region, "start": start, "end": end}
            if words:
                cut["words"] = [{**word, "end": min(word["end"], end)} for word in words]
            else:
                cut.pop("words", None)
            kept.append(cut)
    return kept


def _fault(region: dict[str, Any], duration: int, where: str) -> Problem | None:
    limit = duration + TOLERANCE if duration else None
    if "at" in region:
        at = region["at"]
        if at < 0 or (limit is not None and at > limit):
            return line_problem("time_beyond", where, "the point lies outside the recording")
        return None
    start, end = region["start"], region["end"]
    if end <= start:
        sentence = "the segment has no length" if end == start else "it ends before it starts"
        return line_problem("segment_empty", where, f"{sentence}; it was left out")
    if end <= 0 or (duration and start >= duration):
        return line_problem("time_beyond", where, "the segment lies outside the recording")
    if start < 0 or (limit is not None and end > limit):
        sentence = "the segment goes on outside the recording; it was cut"
        return line_problem("time_cut", where, sentence)
    return None


def line_problem(code: str, where: str, sentence: str) -> Problem:
    """A problem of a place in a file, with a sentence of its own."""
    return Problem(code, where, text=sentence)


def invalid(name: str, reason: str) -> Refusal:
    """The refusal of a whole file that is not what it should be."""
    return Refusal(Problem("transcript_invalid", name, {"reason": reason}, "{reason}"))
