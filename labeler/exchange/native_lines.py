"""The lines of a native export as they are read: bounded, each with its place, faults told by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from labeler.exchange.native import EXTENSIONS, NATIVE, READS, VERSION
from labeler.exchange.native_media import BytesLine, MediumLine
from labeler.exchange.needs import Progress
from labeler.model.json import UNREADABLE
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import fault_of

__all__ = ["AnnotationLine", "Line", "PersonLine", "QueueLine", "Said", "TaskLine", "lines_of"]

LONGEST_LINE = 256 << 20
"""Bytes; no project holds a longer body."""

_EMPTY = msgspec.Raw(b"{}")
_NULL = msgspec.Raw(b"null")


class Said(msgspec.Struct, frozen=True):
    """One version of an annotation."""

    status: str = "submitted"
    reason: str = ""
    value: msgspec.Raw = _EMPTY
    context: msgspec.Raw = _EMPTY


class PlaceLine(msgspec.Struct, frozen=True, kw_only=True):
    """Which annotation of a task is meant."""

    layer: str
    by: str
    round: int = 0


class AnnotationLine(Said, frozen=True, kw_only=True):
    """One annotation of a task; with ``versions`` it is in conflict. ``about`` is the one it says
    something about."""

    layer: str
    by: str
    round: int = 0
    about: PlaceLine | None = None
    versions: tuple[Said, ...] = ()


class TaskLine(msgspec.Struct, frozen=True):
    """One task; without content it is not here yet.

    ``fingerprint`` counts where it is ``of_medium``: that of the content follows from the content.
    """

    queue: str
    key: str
    fingerprint: str = ""
    of_medium: bool = False
    content: msgspec.Raw = _NULL
    meta: msgspec.Raw = _EMPTY
    source: str = ""
    priority: int = 0
    annotations: tuple[AnnotationLine, ...] = ()


class QueueLine(msgspec.Struct, frozen=True):
    """One queue with its configuration."""

    name: str
    panel: str
    title: str = ""
    config: msgspec.Raw = _EMPTY


class PersonLine(msgspec.Struct, frozen=True):
    """One author."""

    handle: str
    name: str = ""
    kind: str = "person"


class Line(msgspec.Struct, frozen=True):
    """One line; one of its fields is given."""

    format: str | None = None
    version: str = ""
    queue: QueueLine | None = None
    person: PersonLine | None = None
    medium: MediumLine | None = None
    bytes: BytesLine | None = None
    task: TaskLine | None = None


_decode = msgspec.json.Decoder(Line).decode


def lines_of(source: Path, told: Progress | None) -> Iterator[tuple[str, Line | Problem]]:
    """The lines of a file, or of the files in a folder, each with its place.

    Raises Refusal where a file is no native export or was made by a newer program, and OSError.
    """
    files = [source] if not source.is_dir() else _in_folder(source)
    if not files:
        raise Refusal.of("file_missing", str(source / f"*{EXTENSIONS[0]}"))
    total = sum(path.stat().st_size for path in files)
    read = 0
    for path in files:
        name = path.name if path == source else path.relative_to(source).as_posix()
        with path.open("rb") as file:
            begun = False
            number = 0
            while raw := file.readline(LONGEST_LINE + 1):
                number += 1
                read += len(raw)
                where = f"{name}:{number}"
                if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
                    read += _skip_line(file)
                    limit = LONGEST_LINE >> 20
                    yield where, Problem("row_too_long", where, {"limit": limit})
                    continue
                line = _line(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw, where)
                if not begun:
                    _check_head(line, str(path))
                    begun = True
                    continue
                if line is not None:
                    yield where, line
                if told is not None:
                    told(read, max(read, total))


def _in_folder(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.casefold() in EXTENSIONS and path.is_file()
    )


def _skip_line(file: object) -> int:
    read = 0
    while raw := file.readline(1 << 20):  # type: ignore[attr-defined]
        read += len(raw)
        if raw.endswith(b"\n"):
            break
    return read


def _line(raw: bytes, where: str) -> Line | Problem | None:
    """The line, what is wrong with it, or None where it is empty."""
    try:
        return _decode(raw)
    except UNREADABLE as error:
        if not raw.strip():
            return None
        if b"\0" in raw:
            return Problem("row_nul", where)
        place, reason = fault_of(error)
        if isinstance(error, msgspec.ValidationError):
            path = f"{where}: {place.lstrip('.')}" if place else where
            return Problem("value_invalid", path, {"reason": reason})
        return Problem("json_syntax", where, {"reason": reason})


def _check_head(line: Line | Problem | None, where: str) -> None:
    if not isinstance(line, Line) or line.format != NATIVE:
        text = "not a native export: its first line does not say so"
        raise Refusal(Problem("native_head", where, text=text))
    if line.version not in READS:
        raise Refusal.of("file_newer", where, found=line.version, known=VERSION)
