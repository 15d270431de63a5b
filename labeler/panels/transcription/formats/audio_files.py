"""Recordings in a folder: a task each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from labeler.api import Problem, ReadOptions, TaskIn
from labeler.panels.transcription.formats.sources import AUDIO_EXTENSIONS, files_of, recording

__all__ = ["AudioFormat"]


class AudioFormat:
    """Recordings in a folder and the folders in it, or a single one.

    The key is the path below the source; the file's head tells length and rate.
    """

    id: ClassVar[str] = "audio"

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task per recording, by name, numbers by value."""
        for file in files_of(source, AUDIO_EXTENSIONS, options):
            if isinstance(file, Problem):
                yield file
                continue
            found, problems = recording(file, options)
            yield from problems
            if found is not None:
                yield TaskIn(
                    found.key, found.content, file.name, source=file.name, media=found.media
                )
