"""SubRip subtitles, in and out: a cue is a segment, to the millisecond."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from labeler.api import (
    AnnotationOut,
    Point,
    Problem,
    ReadOptions,
    TaskIn,
    TaskOut,
    WriteOptions,
)
from labeler.panels.transcription.formats.incoming import (
    Regions,
    Transcript,
    invalid,
    line_problem,
    transcripts,
)
from labeler.panels.transcription.formats.outgoing import count_lost, in_time, write_each
from labeler.panels.transcription.formats.texts import text_of
from labeler.panels.transcription.formats.times import clock_text, milliseconds

__all__ = ["SrtFormat"]

_EXTENSIONS = (".srt",)
_CLOCK = r"(\d{1,3}):([0-5]?\d):([0-5]?\d)(?:[,.](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
_MARKUP = re.compile(r"</?(?:[ibu]|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)
_SPEAKER = re.compile(r"(?P<name>[^\W\d_][\w.'’\- ]{0,39}): +(?P<text>\S.*)", re.DOTALL)
_MOST_WORDS = 4


class _Cue(NamedTuple):
    start: int
    end: int
    line: int
    lines: list[str]


class SrtFormat:
    """Conventions of dialogue, both ways:

    ``Ann: text`` is a text of the speaker Ann: a name of at most four words, the first letter a capital
    where its script has them, then a colon and a space. A cue of which every line begins with ``- ``
    has a segment for each, all with its times. Bold, italic and underlined, fonts and positions are
    not kept. Times are rounded to milliseconds, half to even.
    """

    id: ClassVar[str] = "srt"
    holds_one: ClassVar[bool] = True

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task per file, of the recording beside it."""
        return transcripts(source, _EXTENSIONS, options, _read)

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A file per task, named like its recording."""
        return write_each(tasks, target, ".srt", options, _text)


def _read(raw: bytes, name: str, found: list[Problem]) -> Transcript | None:
    text = text_of(raw, name, found)
    regions: Regions = []
    cues = list(_cues(text, name, found))
    if not cues and text.strip():
        if any(problem.code == "srt_time" for problem in found):
            return None
        raise invalid(name, "there is no line with times (00:00:01,000 --> 00:00:02,000) in it")
    for cue in cues:
        where = f"{name}:{cue.line}"
        for speaker, said in _said(cue.lines):
            region: dict[str, Any] = {"type": "segment", "start": cue.start, "end": cue.end}
            if speaker:
                region["speaker"] = speaker
            if said:
                region["text"] = said
            regions.append((region, where))
    return Transcript(regions)


def _cues(text: str, name: str, found: list[Problem]) -> Iterator[_Cue]:
    """The cues of a file: a cue begins at its times, the number before them is not needed."""
    cue: _Cue | None = None
    skipping = False
    for number, line in enumerate(text.split("\n"), start=1):
        if "-->" not in line:
            if cue is not None:
                cue.lines.append(line)
            elif line.strip() and not line.strip().isdigit() and not skipping:
                sentence = "this stands before the first times; it was left out"
                found.append(line_problem("srt_outside", f"{name}:{number}", sentence))
                skipping = True
            continue
        if cue is not None:
            yield _whole(cue)
        match = _TIMES.fullmatch(line)
        cue, skipping = None, True
        if match is None:
            sentence = "the times cannot be read; the cue was left out"
            found.append(line_problem("srt_time", f"{name}:{number}", sentence))
            continue
        parts = match.groups()
        cue = _Cue(_time(parts[:4]), _time(parts[4:]), number, [])
    if cue is not None:
        yield _whole(cue, last=True)


def _time(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    # ",5" is five tenths: digits after the comma, as decimals.
    thousandths = int((parts[3] or "0").ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + thousandths * 1000


def _whole(cue: _Cue, *, last: bool = False) -> _Cue:
    """The cue without the number of the next one and without empty lines."""
    lines = [line.strip() for line in cue.lines]
    # The number stands right above the times; with an empty line between it is what somebody said.
    if lines and not last and lines[-1].isdigit():
        lines.pop()
    return cue._replace(lines=[line for line in lines if line])


def _said(lines: list[str]) -> list[tuple[str, str]]:
    """Speaker and text of each segment of a cue."""
    plain = [_MARKUP.sub("", line).strip() for line in lines]
    plain = [line for line in plain if line]
    if len(plain) > 1 and all(line.startswith(("- ", "– ", "— ")) for line in plain):
        return [_named(line[2:].strip()) for line in plain]
    return [_named("\n".join(plain))]


def _named(text: str) -> tuple[str, str]:
    match = _SPEAKER.fullmatch(text)
    if match is None:
        return "", text
    name = match["name"].strip()
    capital = not name[0].islower()
    if not capital or len(name.split()) > _MOST_WORDS or "\n" in name:
        return "", text
    return name, match["text"]


def _text(task: TaskOut, annotation: AnnotationOut, options: WriteOptions) -> str:
    count_lost(annotation, options)
    cues: list[str] = []
    for region in in_time(annotation.value.regions, options):
        if isinstance(region, Point):
            options.drop("point")
            continue
        if milliseconds(region.end) <= milliseconds(region.start):
            options.drop("segment_without_length")
            continue
        said = _cue_text(region.text, options)
        if not said:
            options.drop("segment_without_text")
            continue
        if region.speaker:
            said = f"{region.speaker}: {said}"
            if _named(said) != (region.speaker, said[len(region.speaker) + 2 :]):
                options.drop("speaker_unreadable")
        elif _named(said)[0]:
            options.drop("text_like_a_speaker")
        times = f"{clock_text(region.start, ',')} --> {clock_text(region.end, ',')}"
        cues.append(f"{len(cues) + 1}\n{times}\n{said}\n")
    return "\n".join(cues)


def _cue_text(text: str, options: WriteOptions) -> str:
    """The text as a cue can hold it: an empty line would end it, an arrow begin another."""
    lines = [line.strip() for line in text.splitlines()]
    kept = [line for line in lines if line]
    if lines != kept and kept:
        options.drop("empty_line", len(lines) - len(kept))
    said = "\n".join(kept)
    if "-->" in said:
        options.drop("arrow", said.count("-->"))
        said = said.replace("-->", "->")
    return said
