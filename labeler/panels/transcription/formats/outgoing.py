"""Transcripts on their way out, for every format alike: which file is whose, and what is left behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path

from labeler.api import (
    AnnotationOut,
    Point,
    Refusal,
    Region,
    Segment,
    TaskOut,
    WriteOptions,
)
from labeler.panels.transcription.formats.sources import AUDIO_EXTENSIONS

__all__ = ["Outlet", "count_lost", "in_time", "write_each"]

_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_LONGEST_NAME = 150
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")

Renders = Callable[[TaskOut, AnnotationOut, WriteOptions], str]
"""The text of a file with one annotation of a task."""


class Outlet:
    """Where the files of an export go: one file for the only task, or one a task below a folder.

    A file lies where its task's key says and is named like its recording: ``calls/a.wav`` gives
    ``calls/a.srt``, and a second ``calls/a.mp3`` gives ``calls/a.mp3.srt``.
    """

    def __init__(self, target: Path, ending: str) -> None:
        self._target = target
        self._ending = ending
        self._single = target.suffix.casefold() == ending.casefold()
        self._used: set[str] = set()
        self.paths: list[Path] = []

    def path(self, key: str) -> Path:
        """A new file for the task with this key; its folder is made.

        Raises Refusal where something is there already, or the target is one file and was given.
        """
        if self._single:
            if self.paths:
                raise Refusal.of("export_one_file", str(self._target))
            path = self._target
        else:
            path = self._target / self._name(key)
            path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise Refusal.of("file_exists", str(path))
        self.paths.append(path)
        return path

    def ready(self) -> list[Path]:
        """The files written. Where there were none, an empty one or an empty folder is there."""
        if not self.paths:
            if self._single:
                self._target.write_bytes(b"")
                self.paths.append(self._target)
            else:
                self._target.mkdir(parents=True, exist_ok=True)
        return self.paths

    def _name(self, key: str) -> str:
        parts = [_safe(part) for part in key.replace("\\", "/").split("/")]
        parts = [part for part in parts if part] or ["task"]
        folder, last = "/".join(parts[:-1]), parts[-1]
        stem, suffix = Path(last).stem, Path(last).suffix
        short = stem if suffix.casefold() in AUDIO_EXTENSIONS else last
        numbered = (f"{last} ({number})" for number in count(2))
        names = (f"{folder}/{name}" if folder else name for name in chain((short, last), numbered))
        free = next(name for name in names if name.casefold() not in self._used)
        self._used.add(free.casefold())
        return f"{free}{self._ending}"


def _safe(part: str) -> str:
    """A part of a path that every system takes and that leads nowhere else."""
    safe = _FORBIDDEN.sub("_", part).strip(" .")
    if _RESERVED.fullmatch(safe):
        safe = f"_{safe}"
    while len(safe.encode("utf-8", "replace")) > _LONGEST_NAME:
        safe = safe[:-1]
    return safe


def write_each(
    tasks: Iterable[TaskOut], target: Path, ending: str, options: WriteOptions, renders: Renders
) -> Sequence[Path]:
    """Write a file for each task that has an annotation; a task without one is left out silently."""
    outlet = Outlet(target, ending)
    for task in tasks:
        for annotation in task.annotations[:1]:
            text = renders(task, annotation, options)
            path = outlet.path(task.key)
            path.write_bytes(text.encode("utf-8", "replace"))
    return outlet.ready()


def in_time(regions: Iterable[Region], options: WriteOptions) -> Iterator[Segment | Point]:
    """Segments and points by time; regions of other types are counted as left behind."""
    timed: list[tuple[int, int, int, Segment | Point]] = []
    for number, region in enumerate(regions):
        if isinstance(region, Segment):
            timed.append((region.start, region.end, number, region))
        elif isinstance(region, Point):
            timed.append((region.at, region.at, number, region))
        else:
            options.drop("region_type")
    timed.sort(key=lambda one: one[:3])
    for *_, region in timed:
        yield region


def count_lost(annotation: AnnotationOut, options: WriteOptions, *kept: str) -> None:
    """Count what a format of times, speakers and texts has no place for; ``kept`` names exceptions."""
    if annotation.value.answers:
        options.drop("answers", len(annotation.value.answers))
    for region in annotation.value.regions:
        if region.label is not None and "label" not in kept:
            options.drop("label")
        if region.attributes:
            options.drop("attributes")
        if isinstance(region, Segment) and region.words:
            options.drop("words")
