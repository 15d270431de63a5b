"""Plain text, out: who says what, a line for each segment, with or without speakers and times."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from labeler.api import AnnotationOut, Point, TaskOut, WriteOptions
from labeler.panels.transcription.formats.outgoing import count_lost, in_time, write_each
from labeler.panels.transcription.formats.times import clock_text

__all__ = ["TextFormat"]


class TextFormat:
    """``[00:01:02.345] Ann: text``; settings leave out the time, the speaker or both.

    Points and segments without text are left out and counted.
    """

    id: ClassVar[str] = "transcript-text"
    holds_one: ClassVar[bool] = True

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A file per task, named like its recording."""
        return write_each(tasks, target, ".txt", options, _text)


def _text(task: TaskOut, annotation: AnnotationOut, options: WriteOptions) -> str:
    times = bool(options.settings.get("transcription.text_times", True))
    speakers = bool(options.settings.get("transcription.text_speakers", True))
    count_lost(annotation, options)
    lines = []
    for region in in_time(annotation.value.regions, options):
        said = " ".join(region.text.split())
        if isinstance(region, Point):
            options.drop("point")
            continue
        if not said:
            options.drop("segment_without_text")
            continue
        head = f"[{clock_text(region.start)}] " if times else ""
        name = f"{region.speaker}: " if speakers and region.speaker else ""
        lines.append(f"{head}{name}{said}\n")
    return "".join(lines)
