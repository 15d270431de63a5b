"""Which files a source means, in one order for every machine, and the tasks that images make."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from labeler.api import (
    AnnotationIn,
    ImageHead,
    MediaRef,
    MediumIn,
    Problem,
    ReadOptions,
    Refusal,
    TaskIn,
    image_head,
)
from labeler.panels.boxes.formats.frames import Frame
from labeler.panels.boxes.task import ImageContent

__all__ = [
    "Found",
    "folder_of",
    "frame_of",
    "head_of",
    "image_task",
    "natural",
    "unreadable",
    "walk",
]


class Found(NamedTuple):
    """One file of a source; ``name`` is its path below it with ``/`` between, on every system."""

    path: Path
    name: str


_PIECES = re.compile(r"(\d+)")
_NOT_OURS = frozenset({"__macosx", "@eadir", "$recycle.bin", "system volume information"})
"""Folders that systems put beside people's files, their copies of images in them."""

_SIZE = "the file says {width} × {height} pixels, the image has {wide} × {high}"
_SHORT = {"jpg": "jpeg", "ppm": "x-portable-anymap", "jpeg2000": "jp2"}


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """The key by which ``img2`` comes before ``img10`` and ``B`` after ``a``."""
    key = [
        (0, int(one), one) if one.isdecimal() else (1, 0, one.casefold())
        for one in _PIECES.split(name)
        if one
    ]
    # The name itself decides between equals (img1 and img01).
    return (*key, (-1, 0, name))


def folder_of(source: Path) -> Path:
    """The folder keys are relative to: the source, or the folder a single file lies in."""
    return source if source.is_dir() else source.parent


def walk(folder: Path, extensions: Sequence[str]) -> Iterator[Found | Problem]:
    """Files below a folder by natural order of their names; what cannot be listed as problems.

    What is hidden is left out. A link to a folder is followed, but never into a folder one is in.
    """
    yield from _walk(folder, "", tuple(extensions), frozenset())


def _walk(
    folder: Path, prefix: str, extensions: tuple[str, ...], above: frozenset[tuple[int, int]]
) -> Iterator[Found | Problem]:
    try:
        status = folder.stat()
        with os.scandir(folder) as entries:
            listed = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        yield unreadable(error, prefix or str(folder))
        return
    inside = above | {(status.st_dev, status.st_ino)} if status.st_ino else above
    listed.sort(key=lambda entry: natural(entry.name))
    for entry in listed:
        name = entry.name
        if name.casefold().endswith(extensions) and _is_file(entry):
            yield Found(folder / name, prefix + name)
        elif name.casefold() not in _NOT_OURS and _is_folder(entry):
            path = folder / name
            if not (entry.is_symlink() and _leads_up(path, inside)):
                yield from _walk(path, f"{prefix}{name}/", extensions, inside)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False  # a link that leads round in a circle


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _leads_up(path: Path, inside: frozenset[tuple[int, int]]) -> bool:
    try:
        status = path.stat()
    except OSError:
        return True
    return (status.st_dev, status.st_ino) in inside


def unreadable(error: OSError, where: str) -> Problem:
    """The problem that says why a file or folder cannot be read."""
    reason = error.strerror or type(error).__name__
    code = "file_permission" if isinstance(error, PermissionError) else "file_unreadable"
    return Problem(code, where, {"reason": reason[:1].lower() + reason[1:]})


def head_of(path: Path, where: str) -> ImageHead | Problem | None:
    """The head of the image in a file, what is wrong with it, or None where there is no file."""
    try:
        # Unbuffered: the head is read in pieces of its own.
        with io.FileIO(str(path)) as file:
            return image_head(file, where)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError:
        return Problem("file_directory", where)
    except OSError as error:
        return unreadable(error, where)
    except Refusal as refusal:
        return refusal.problem


def frame_of(
    size: tuple[int, int], head: ImageHead | Problem | None, where: str, *, raw_pixels: bool
) -> tuple[Frame, Problem | None]:
    """The frame a file's coordinates are in, and what is odd about the size it tells.

    They are those of the image as displayed, unless ``raw_pixels`` says otherwise or the size the
    file tells can only be that of the stored pixels.
    """
    if not isinstance(head, ImageHead):
        return Frame(*size), None
    shown, stored = (head.width, head.height), head.stored
    if raw_pixels or (size == stored and size != shown):
        return Frame(*stored, head.orientation), None
    if size in (shown, (0, 0)):
        return Frame(*shown), None
    params = {"width": size[0], "height": size[1], "wide": shown[0], "high": shown[1]}
    return Frame(*shown), Problem("image_size", where, params, _SIZE)


def image_task(
    key: str,
    file: Path,
    head: ImageHead,
    where: str,
    options: ReadOptions,
    *,
    source: str = "",
    meta: dict[str, object] | None = None,
    annotations: tuple[AnnotationIn, ...] = (),
) -> TaskIn:
    """The task of an image that is there; ``key`` is its path below the source."""
    mime = f"image/{_SHORT.get(head.format, head.format)}"
    ref = MediaRef(path=key, root=options.root, mime=mime, embedded=options.embed)
    content = ImageContent(
        image=ref, width=head.width, height=head.height, orientation=head.orientation
    )
    media = (MediumIn(ref, file),)
    return TaskIn(key, content, where, meta or {}, annotations, source, media)
