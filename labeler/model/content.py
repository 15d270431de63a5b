"""What a task shows: content, and the parts of it that regions and answers can point at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from labeler.model.json import EMPTY, Json, freeze

__all__ = ["Content", "MediaRef", "Part", "media_names"]


class MediaRef(msgspec.Struct, frozen=True, omit_defaults=True):
    """A medium outside the content: a relative POSIX path under a named root.

    The root's folder is mapped per machine and never stored in the project. ``embedded`` media lie
    in the project file itself.
    """

    path: str
    root: str = ""
    mime: str = ""
    embedded: bool = False


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing of the content that can be pointed at.

    ``kind`` is the word a question's scope uses (turn, response, result, reference, file, test case,
    video stream, text, image, audio); ``parent`` is the id of the part it belongs to.
    """

    id: str
    kind: str
    parent: str | None = None
    text: str | None = None
    media: MediaRef | None = None
    title: str = ""


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The content of a task; each panel brings its own type of it.

    ``extra`` keeps what an import brought and the panel does not know.
    """

    extra: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if self.extra is not EMPTY:
            msgspec.structs.force_setattr(self, "extra", freeze(self.extra))

    def parts(self) -> tuple[Part, ...]:
        """The parts in order of showing; ids are stable for the life of the task."""
        raise NotImplementedError


def media_names(tree: Json) -> Iterator[tuple[str, str]]:
    """Root and path of whatever in a content's JSON looks like a reference to a medium, in order."""
    waiting: list[Json] = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            root, path = one.get("root", ""), one.get("path")
            if isinstance(path, str) and isinstance(root, str):
                yield root, path
            waiting += reversed(one.values())
        elif isinstance(one, (list, tuple)):
            waiting += reversed(one)
