"""The size of a task's image for a writer: from its content, else from the head of the image itself."""

from __future__ import annotations

from typing import NamedTuple

from labeler.api import Refusal, TaskOut, WriteOptions, image_head
from labeler.panels.boxes.task import ImageContent

__all__ = ["ImageSize", "Sizes"]


class ImageSize(NamedTuple):
    """Pixels as displayed, 0 where nobody knows; ``raw`` says that stored pixels are to be written."""

    width: int
    height: int
    orientation: int = 1
    raw: bool = False

    @property
    def stored(self) -> tuple[int, int]:
        """Width and height of the pixels as the file has them."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)


class Sizes:
    """Finds sizes; one per export.

    With the setting ``boxes.raw_pixels`` coordinates are written for the pixels as they are stored.
    Of images that EXIF turns and that are written as displayed, the number is told as ``exif_turned``:
    who reads them without EXIF sees another frame.
    """

    def __init__(self, options: WriteOptions) -> None:
        self._options = options
        self._raw = bool(options.settings.get("boxes.raw_pixels", False))

    def of(self, task: TaskOut) -> ImageSize:
        """The size of the task's image; of one that is not here yet, what its file told of it."""
        content = task.content
        if not isinstance(content, ImageContent):
            return ImageSize(_pixels(task.meta.get("width")), _pixels(task.meta.get("height")))
        size = ImageSize(content.width, content.height, content.orientation, self._raw)
        if not (size.width and size.height):
            size = self._looked_at(content)
        if size.orientation != 1 and not self._raw:
            self._options.drop("exif_turned")
        return size

    def _looked_at(self, content: ImageContent) -> ImageSize:
        if self._options.open_medium is not None:
            try:
                with self._options.open_medium(content.image) as stream:
                    head = image_head(stream)
            except (Refusal, OSError):
                return ImageSize(0, 0)  # the writer says what it could not do without it
            return ImageSize(head.width, head.height, head.orientation, self._raw)
        return ImageSize(0, 0)


def _pixels(told: object) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) and told > 0 else 0
