"""Media on their way in: what the root of a source's files is called, and their bytes taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from labeler.exchange.intake import Row
from labeler.exchange.looking import MediaLook, placed
from labeler.exchange.reading import Element
from labeler.exchange.reports import Problems, storable
from labeler.model.problems import Problem, Refusal
from labeler.store.media_rows import (
    MEDIUM_PART,
    BlobPart,
    KnownMedium,
    NewMedium,
    PartsWriter,
    medium_digest,
)
from labeler.work.asks import Asks
from labeler.work.media_files import MediaFolder, fingerprint_of, refusal_of
from labeler.work.media_roots import MediaRoots

__all__ = ["ImportMedia", "root_name"]

_HELD = 256
_HELD_BYTES = 16 << 20
"""Bytes of media between two looks at whether the import is to stop."""
_PROBED = 20
_NAMELESS = "media"

_Known = Mapping[tuple[str, str], KnownMedium | None]


class ImportMedia:
    """The media of one import, source after source.

    ``roots`` says where roots lie on this machine and is told of new ones, unless ``dry``: then
    nothing is remembered, and bytes are looked at but not taken in.
    """

    def __init__(
        self, ask: Asks, roots: MediaRoots, problems: Problems, *, embed: bool, dry: bool
    ) -> None:
        self._ask = ask
        self._roots = roots
        self._problems = problems
        self._embed = embed
        self._dry = dry
        self._project: str = ask(lambda project: project.uid.hex())
        self.file: Path = ask(lambda project: project.path)
        """The project's own."""
        self._look = MediaLook(Path(), "", self.file, embed=embed)
        self._root = ""
        self._told = True

    def begin(self, source: Path) -> str:
        """Begin a source: the name of its media root."""
        folder = (source if source.is_dir() else source.parent).absolute()
        self._root = root_name(self._ask, self._roots, self._project, folder)
        self._look = MediaLook(folder, self._root, self.file, embed=self._embed)
        self._told = False
        return self._root

    @property
    def folder(self) -> Path:
        """The folder that the source's root is."""
        return self._look.folder.path

    def tell(self) -> None:
        """Remember once where the source's root lies: media were found there."""
        if self._told or self._dry:
            return
        self._told = True
        try:
            self._roots.tell(self._project, self._root, self.folder)
        except OSError as error:
            params = {"root": self._root, "reason": error.strerror or str(error)}
            self._problems.add(Problem("media_root_unsaved", str(self._roots.path), params))

    # their bytes; in the thread that writes

    def taken_in(self, rows: Iterable[Element]) -> Iterator[Element]:
        """The rows in order, the bytes of their media in the project by the time they come."""
        writer = PartsWriter(self._put)
        held: list[Element] = []
        size = 0
        for row in rows:
            held.append(row)
            if isinstance(row, Row):
                size += sum(medium.size for medium in row.media)
            if len(held) == _HELD or size >= _HELD_BYTES:
                yield from self._whole(held, writer)
                held, size = [], 0
        yield from self._whole(held, writer)

    def _whole(self, rows: Sequence[Element], writer: PartsWriter) -> list[Element]:
        names = [(new.root, new.path) for row in rows if isinstance(row, Row) for new in row.media]
        known = self._ask(
            lambda project: {name: project.media.find(*name) for name in dict.fromkeys(names)}
        )
        made: list[Element] = []
        for row in rows:
            if not isinstance(row, Row) or not row.files:
                made.append(row)
            else:
                made += self._row(row, known, writer)
        writer.flush()
        return made

    def _put(self, parts: Sequence[BlobPart]) -> None:
        if not self._dry:
            self._ask(lambda project: project.media.put_parts(parts))

    def _row(self, row: Row, known: _Known, writer: PartsWriter) -> Iterator[Row | Problem]:
        media: list[NewMedium] = []
        for number, (new, file) in enumerate(zip(row.media, row.files, strict=True)):
            try:
                media.append(self._bytes(new, file, known[new.root, new.path], writer))
            except Refusal as refusal:
                yield placed(refusal.problem, row.where, new.path)
                if refusal.problem.code == "medium_other":
                    return  # what is said of this file must not be said of that one
                if not number:
                    if row.entries:
                        task = msgspec.structs.replace(
                            row.task, content=b"", fingerprint=b"", of_medium=False
                        )
                        yield Row(row.where, task, None, row.entries)
                    return
        yield msgspec.structs.replace(row, media=tuple(media), files=())

    def _bytes(
        self, new: NewMedium, file: Path, known: KnownMedium | None, writer: PartsWriter
    ) -> NewMedium:
        """The medium with the hash of its bytes, which are in the project or on their way there."""
        if known is not None and known.hash:
            if known.fingerprint != new.fingerprint:
                raise Refusal.of("medium_other", str(file))
            if known.here:
                return msgspec.structs.replace(new, hash=known.hash)
        folder, path = self._look.place(file, new.path, new.root)
        with folder.stream(path) as stream:
            try:
                name = self._read(stream, new, writer)
            except EOFError:
                raise Refusal.of("medium_changed", folder.where(path)) from None
            except OSError as error:
                raise refusal_of(error, folder.where(path)) from None
        return msgspec.structs.replace(new, hash=name)

    def _read(self, stream: BinaryIO, new: NewMedium, writer: PartsWriter) -> bytes:
        """Read a file and hand its parts on; its hash. Raises EOFError where it is another by now."""
        if fingerprint_of(stream.fileno(), new.size) != new.fingerprint:
            raise EOFError
        stream.seek(0)
        hasher, length = medium_digest(), 0
        first = b""
        while data := stream.read(MEDIUM_PART):
            first = first or data
            hasher.update(data)
            length += len(data)
        name = hasher.digest()
        if length != new.size:
            raise EOFError
        if length > len(first):
            if self._ask(lambda project: project.media.here([name])):
                return name
            if not _write_rest(stream, name, first, writer):
                writer.flush()
                self._ask(lambda project: project.media.drop_parts(name))
                raise EOFError
        writer.add(BlobPart(name, 0, first))  # the last: with it the medium is here
        return name


def _write_rest(stream: BinaryIO, name: bytes, first: bytes, writer: PartsWriter) -> bool:
    """Read a file again, write its parts but the first; whether it is still the same."""
    hasher, number = medium_digest(), 1
    hasher.update(first)
    stream.seek(len(first))
    while data := stream.read(MEDIUM_PART):
        hasher.update(data)
        writer.add(BlobPart(name, number, data))
        number += 1
    return hasher.digest() == name


def root_name(ask: Asks, roots: MediaRoots, project: str, folder: Path) -> str:
    """The media root that a folder is in a project: the one it has been, else one of its name.

    Where that is another folder, here or for whoever brought its media, a number is added.
    """
    told = roots.folders(project)
    for name, place in told.items():
        if _same_folder(place, folder):
            return name
    plain = storable(folder.resolve().name) or _NAMELESS
    number, name = 1, plain
    while (name in told and told[name].is_dir()) or not _may_be(ask, name, folder):
        number += 1
        name = f"{plain}-{number}"
    return name


def _may_be(ask: Asks, root: str, folder: Path) -> bool:
    """Whether the media that a project knows under a root may be those in a folder."""
    some = ask(lambda project: project.media.some_under(root, _PROBED))
    there = MediaFolder(folder)
    return not some or any(_is_that(there, path, known) for path, known in some)


def _is_that(folder: MediaFolder, path: str, known: KnownMedium) -> bool:
    """Whether a folder holds the very file; its size alone says little, of frames for one."""
    try:
        size, fingerprint = folder.fingerprint(path)
    except Refusal:
        return False
    return size == known.size and known.fingerprint in (fingerprint, b"")


def _same_folder(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False
