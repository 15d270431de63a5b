"""Plain text files: one text per file or, where it is asked for, one per line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import msgspec

from labeler.api import Problem, ReadOptions, TaskIn
from labeler.api.files import LONGEST_LINE, Batch, Progress, batches, encoding_of, opened
from labeler.panels.sentiment.task import TextContent

__all__ = ["TextFilesFormat"]

_EXTENSIONS = (".txt",)


class TextFilesFormat:
    """``.txt`` files in a folder and the folders in it, or a single file.

    A file's text is kept as it is, line ends included, under its path below the source as key. With
    the setting ``sentiment.line_per_task`` each line that is not empty is a text, without its end.
    """

    id: ClassVar[str] = "text-files"

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task per file or line, files by name."""
        progress = Progress(source, _EXTENSIONS, options)
        wanted = str(options.settings.get("sentiment.encoding") or "")
        by_line = bool(options.settings.get("sentiment.line_per_task", False))
        for opening in opened(source, _EXTENSIONS):
            if isinstance(opening, Problem):
                yield opening
                continue
            file, name = opening
            encoding = encoding_of(file, wanted)
            if encoding.guessed:
                yield Problem("encoding_guessed", name, {"encoding": encoding.name})
            lines = batches(file, encoding, progress, keep_ends=True)
            if by_line:
                for batch in lines:
                    yield from _by_line(batch, name)
            else:
                yield _whole(lines, name)


def _by_line(batch: Batch, name: str) -> Iterator[TaskIn | Problem]:
    for number, line in enumerate(batch.lines, start=batch.first):
        where = f"{name}:{number}"
        fault = batch.faults.get(number)
        if fault is not None:
            yield msgspec.structs.replace(fault, where=where)
        elif b"\0" in line:
            yield Problem("row_nul", where)
        else:
            text = line.decode("utf-8").rstrip("\r\n")
            if text.strip():
                yield TaskIn(None, TextContent(text=text), where, {}, (), name)


def _whole(lines: Iterator[Batch], name: str) -> TaskIn | Problem:
    pieces: list[bytes] = []
    size = 0
    for batch in lines:
        for number, fault in sorted(batch.faults.items()):
            return msgspec.structs.replace(fault, where=f"{name}:{number}")
        piece = b"".join(batch.lines)
        if b"\0" in piece:
            lines_before = next(n for n, line in enumerate(batch.lines) if b"\0" in line)
            return Problem("row_nul", f"{name}:{batch.first + lines_before}")
        size += len(piece)
        if size > LONGEST_LINE:
            return Problem("row_too_long", name, {"limit": LONGEST_LINE >> 20})
        pieces.append(piece)
    text = b"".join(pieces).decode("utf-8")
    if not text.strip():
        return Problem("row_empty", name)
    return TaskIn(name, TextContent(text=text), name, {}, (), name)
