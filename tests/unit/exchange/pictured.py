"""A panel of pictures as the runners see one: its content, and a format that reads a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from labeler.api import (
    AnnotationIn,
    Codec,
    Content,
    MediaRef,
    MediumIn,
    Part,
    Problem,
    QueueConfig,
    ReadOptions,
    TaskIn,
    Value,
)

__all__ = ["FolderFormat", "PictureContent", "PicturePanels"]


class PictureContent(Content, frozen=True, kw_only=True):
    """One picture, and perhaps more."""

    image: MediaRef
    more: tuple[MediaRef, ...] = ()

    def parts(self) -> tuple[Part, ...]:
        """The picture."""
        return (Part(id="image", kind="image", media=self.image),)


_content = msgspec.json.Decoder(PictureContent)


class PicturePanels:
    """What the runners ask of the plugins, for pictures."""

    def codec(self, panel_id: str, /) -> Codec:
        """No region types: all are kept as they are."""
        return Codec({})

    def content_decoder(self, panel_id: str, /) -> Callable[[bytes], Content | None]:
        """Reads a picture."""
        return _content.decode

    def read_value(
        self,
        panel_id: str,
        raw: bytes,
        /,
        *,
        key: str,
        content: Content | None,
        where: str = "",
        kept: Mapping[str, bytes] | None = None,
    ) -> Value:
        """The value, completed by nothing."""
        return Codec({}).read(raw, key, where, kept)

    def problems(
        self, panel_id: str, content: Content | None, value: Value, config: QueueConfig, /
    ) -> tuple[Problem, ...]:
        """Everything is right."""
        return ()


class FolderFormat:
    """Every file of a folder is a picture; ``answers`` are people's answers by path."""

    id = "folder"

    def __init__(
        self,
        answers: Mapping[str, AnnotationIn] | None = None,
        paths: tuple[str, ...] | None = None,
        more: tuple[str, ...] = (),
    ) -> None:
        self.answers = dict(answers or {})
        self.paths = paths
        self.more = more

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """The files in order of their names, or those of ``paths``."""

        def ref(path: str) -> MediaRef:
            return MediaRef(path=path, root=options.root, mime="image/png", embedded=options.embed)

        for path in self.paths if self.paths is not None else files_below(source):
            refs = [ref(path), *(ref(one) for one in self.more)]
            yield TaskIn(
                key=path,
                content=PictureContent(image=refs[0], more=tuple(refs[1:])),
                where=path,
                annotations=(self.answers[path],) if path in self.answers else (),
                media=tuple(MediumIn(one, source / one.path) for one in refs),
            )


def files_below(folder: Path) -> list[str]:
    """Relative POSIX paths of everything below a folder that is no folder, in order."""
    found = []
    for place, _, names in os.walk(folder):
        head = Path(place).relative_to(folder).as_posix()
        found += [name if head == "." else f"{head}/{name}" for name in names]
    return sorted(found)
