"""Images beside the annotations of an export, where that is wanted and they are within reach."""

from __future__ import annotations

import shutil
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from labeler.api import IMAGE_EXTENSIONS, Refusal, TaskOut, WriteOptions
from labeler.panels.boxes.task import ImageContent

__all__ = ["Copies", "named_image"]

_ENDINGS = {"image/jpeg": ".jpg", "image/tiff": ".tif"}
_LONGEST_NAME, _LONGEST_PATH = 200, 1000
"""Bytes of a name and of a path that every disk takes, with room for endings and the export's folder."""


def named_image(task: TaskOut) -> PurePosixPath:
    """The task's key as the path of an image: relative, inside, with an ending images have.

    What no disk takes for its length is cut and ends in a digest of all of it.
    """
    pieces = [one for one in task.key.replace("\\", "/").split("/") if one not in ("", ".", "..")]
    if len("/".join(pieces).encode("utf-8", "replace")) > _LONGEST_PATH:
        pieces = [_cut("_".join(pieces))]
    path = PurePosixPath(*(map(_cut, pieces) if pieces else ["image"]))
    if path.suffix.casefold() in IMAGE_EXTENSIONS:
        return path
    content = task.content
    mime = content.image.mime if isinstance(content, ImageContent) else ""
    _, _, kind = mime.partition("/")
    return path.with_name(path.name + (_ENDINGS.get(mime) or (f".{kind}" if kind else ".jpg")))


def _cut(name: str) -> str:
    """A name that is short enough; of one that was not the beginning, a digest and its ending."""
    raw = name.encode("utf-8", "replace")
    if len(raw) <= _LONGEST_NAME:
        return name
    ending = PurePosixPath(name).suffix
    ending = ending if ending.casefold() in IMAGE_EXTENSIONS else ""
    rest = f"~{blake2b(raw, digest_size=8).hexdigest()}{ending}"
    return raw[: _LONGEST_NAME - len(rest)].decode("utf-8", "ignore") + rest


class Copies:
    """Copies images; one per export. Those out of reach are counted as ``image_missing``."""

    def __init__(self, options: WriteOptions) -> None:
        self._options = options
        self._wanted = bool(options.settings.get("boxes.copy_images", True))

    def put(self, task: TaskOut, target: Path) -> Path | None:
        """Write the task's image there; None where it is not wanted or not within reach."""
        content, opened = task.content, self._options.open_medium
        if not self._wanted or opened is None or not isinstance(content, ImageContent):
            return None
        try:
            stream = opened(content.image)
        except (Refusal, OSError):
            self._options.drop("image_missing")
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        with stream, target.open("xb") as file:
            shutil.copyfileobj(stream, file, 1 << 20)
        return target
