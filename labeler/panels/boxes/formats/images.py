"""Image files as tasks: a folder with all folders in it, or a single file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from labeler.api import IMAGE_EXTENSIONS, Problem, ReadOptions, Refusal, TaskIn
from labeler.panels.boxes.formats.sources import Found, head_of, image_task, walk

__all__ = ["ImagesFormat"]

_TOLD_EVERY = 64


class ImagesFormat:
    """Images by reference or embedded, each under its path below the source.

    What the folders hold besides (sidecars, hidden files, a system's own copies) is passed over. A
    file that is named like an image and is none is a problem with its name.
    """

    id: ClassVar[str] = "images"

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task per image, by natural order of their paths (``img2`` before ``img10``)."""
        files: list[Found] = []
        if not source.exists():
            raise Refusal.of("file_missing", str(source))
        found = walk(source, IMAGE_EXTENSIONS) if source.is_dir() else [Found(source, source.name)]
        for one in found:
            if isinstance(one, Problem):
                yield one
            else:
                files.append(one)
        if not files:
            raise Refusal.of("file_missing", str(source / "*.jpg *.png …"))
        for number, (file, name) in enumerate(files):
            head = head_of(file, name)
            if head is None:
                yield Problem("file_missing", name)
            elif isinstance(head, Problem):
                yield head
            else:
                yield image_task(name, file, head, name, options)
            if options.told is not None and not number % _TOLD_EVERY:
                options.told(number + 1, len(files))
