"""Which files a source means, in the order a person would count them, and the recordings beside them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from labeler.api import MediaRef, MediumIn, Problem, ReadOptions, Refusal
from labeler.panels.transcription.task import AudioContent

__all__ = ["AUDIO_EXTENSIONS", "Recording", "SourceFile", "beside", "files_of", "recording"]

_MIMES = {
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".w64": "audio/x-w64",
    ".aiff": "audio/aiff",
    ".aif": "audio/aiff",
    ".caf": "audio/x-caf",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".aac": "audio/aac",
    ".mka": "audio/matroska",
    ".webm": "video/webm",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".mkv": "video/matroska",
}
AUDIO_EXTENSIONS = tuple(_MIMES)
"""What recordings end with. Of several beside a transcript the first in this order is meant: what
loses nothing before what does, sound before video."""

_DIGITS = re.compile(r"(\d+)")


class SourceFile(NamedTuple):
    """One file of a source; ``name`` is its path below the source with ``/``: its place in messages."""

    path: Path
    name: str


class Recording(NamedTuple):
    """A recording that is there: its key, and what a task needs of it."""

    key: str
    content: AudioContent
    media: tuple[MediumIn, ...]


def files_of(
    source: Path, extensions: Sequence[str], options: ReadOptions
) -> Iterator[SourceFile | Problem]:
    """The source if it is a file, else the files below it with these extensions, counted for progress.

    Folders are walked by name, numbers in names by value (2 before 10). A folder that cannot be read
    is a Problem; a source that is not there, or holds no such file, is a Refusal.
    """
    if not source.is_dir():
        if not source.exists():
            raise Refusal.of("file_missing", str(source))
        if not source.is_file():
            raise Refusal.of("file_unreadable", str(source), reason="it is no regular file")
        yield SourceFile(source, source.name)
        return
    found = list(_walk(source, tuple(extensions)))
    if not any(isinstance(one, Path) for one in found):
        for one in found:
            if isinstance(one, Problem):
                raise Refusal(one)
        wanted = " ".join(f"*{extension}" for extension in extensions[:4])
        raise Refusal.of("file_missing", str(source / wanted))
    for number, one in enumerate(found, start=1):
        if isinstance(one, Problem):
            yield one
        else:
            yield SourceFile(one, one.relative_to(source).as_posix())
        if options.told is not None:
            options.told(number, len(found))


def _walk(folder: Path, extensions: tuple[str, ...]) -> Iterator[Path | Problem]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: _natural(entry.name))
    except OSError as error:
        yield unreadable(error, str(folder))
        return
    for entry in listed:
        # A link to a folder is not followed: it may lead back up. ._x is what macOS leaves beside x.
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), extensions)
        elif entry.name.casefold().endswith(extensions) and not entry.name.startswith("._"):
            if entry.is_file():
                yield Path(entry.path)


def _natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    pieces = _DIGITS.split(name.casefold())
    # \d takes digits of any script, and int reads them.
    return [(1, 0, piece) if at % 2 == 0 else (0, int(piece), "") for at, piece in
            enumerate(pieces) if piece], name  # fmt: skip


def unreadable(error: OSError, where: str) -> Problem:
    """What an error of the disk means to a person."""
    reason = error.strerror or type(error).__name__
    code = "file_permission" if isinstance(error, PermissionError) else "file_unreadable"
    return Problem(code, where, {"reason": reason[:1].lower() + reason[1:]})


def beside(file: SourceFile) -> tuple[SourceFile | None, str]:
    """The recording that a transcript is of, and the key its task has.

    ``talk.srt`` is of the recording ``talk.wav`` (or ``talk.flac`` …) in the same folder, and
    ``talk.wav.srt`` of ``talk.wav``. Where none is there the key is what the transcript's own name
    tells of it: ``talk``, or ``talk.wav``.
    """
    stem = file.path.with_suffix("")
    key = file.name[: len(file.name) - len(file.path.suffix)]
    if stem.suffix.casefold() in _MIMES:
        return (SourceFile(stem, key) if stem.is_file() else None), key
    for extension in AUDIO_EXTENSIONS:
        for spelled in (extension, extension.upper()):
            audio = file.path.with_name(stem.name + spelled)
            if audio.is_file():
                return SourceFile(audio, key + spelled), key + spelled
    return None, key


def recording(
    file: SourceFile, options: ReadOptions, key: str | None = None
) -> tuple[Recording | None, list[Problem]]:
    """The recording as a task takes it, by its path below the source unless it has another key.

    One whose head says nothing sound is taken nevertheless and named: its work is not lost, and the
    editor says what is wrong with it. One that cannot be opened at all is not taken.
    """
    ref = MediaRef(
        path=file.name,
        root=options.root,
        mime=_MIMES.get(file.path.suffix.casefold(), ""),
        embedded=options.embed,
    )
    problems: list[Problem] = []
    duration = rate = 0
    try:
        with file.path.open("rb") as stream:
            if options.probe is not None:
                try:
                    head = options.probe(stream)
                    duration, rate = head.duration, head.rate
                except Refusal as refusal:
                    told = refusal.problem
                    problems.append(Problem(told.code, file.name, told.params, told.text))
    except OSError as error:
        return None, [unreadable(error, file.name)]
    content = AudioContent(audio=ref, duration=duration, rate=rate)
    return Recording(key or file.name, content, (MediumIn(ref, file.path),)), problems
