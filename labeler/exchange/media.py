"""Media on their way in: what a source's files are called, known by and, where asked for, taken in.

A reader says which file a task's content refers to; nothing of the file is the reader's to say. Each is
looked for below the source's folder and nowhere else, and read as little as its fingerprint needs.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from labeler.api.formats import MediumIn, TaskIn
from labeler.exchange.intake import Row
from labeler.exchange.reports import Problems, storable
from labeler.model.problems import Problem, Refusal
from labeler.store.media_rows import (
    LARGEST_MEDIUM,
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

__all__ = ["ImportMedia", "TaskMedia", "root_name"]

_HELD = 256
_HELD_BYTES = 16 << 20
"""Bytes of media between two looks at whether the import is to stop."""
_THREADS = 2
_SLOW = 0.001
"""Seconds a file takes to be looked at where the disk is what is waited for: then threads help.

Of files in memory they take turns at the interpreter, which costs as much as the looking.
"""
_PROBED = 20
_NAMELESS = "media"


class TaskMedia(NamedTuple):
    """The media of one task: what is known of them, and their files where they are to be taken in."""

    media: tuple[NewMedium, ...]
    files: tuple[Path, ...]
    fingerprint: bytes
    """Of the first."""


_Facts = list[tuple[TaskMedia | None, list[Problem]] | None]
_Known = Mapping[tuple[str, str], KnownMedium | None]
_Looking = tuple[Sequence[TaskIn | Problem], Future[_Facts]]


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
        self._path: Path = ask(lambda project: project.path)
        self._folder = MediaFolder(Path())
        self._root = ""
        self._told = True

    def begin(self, source: Path) -> str:
        """Begin a source: the name of its media root."""
        folder = (source if source.is_dir() else source.parent).absolute()
        self._folder = MediaFolder(folder, self._path)
        self._root = root_name(self._ask, self._roots, self._project, folder)
        self._told = False
        return self._root

    # what is known of them; in the thread that reads

    def known(
        self, elements: Iterable[TaskIn | Problem]
    ) -> Iterator[tuple[TaskIn | Problem, TaskMedia | None]]:
        """The elements of a source in order, each task with its media.

        Where a task's first medium cannot be read there is a problem, and of the task only what was
        said about it is left.
        """
        held: list[TaskIn | Problem] = []
        ahead: deque[_Looking] = deque()
        pool: ThreadPoolExecutor | None = None
        try:
            for one in elements:
                if not held and not ahead and (isinstance(one, Problem) or not one.media):
                    yield one, None
                    continue
                held.append(one)
                if len(held) < _HELD:
                    continue
                if pool is None:
                    began = time.perf_counter()
                    facts = self._look(held)
                    if time.perf_counter() - began > _SLOW * len(held):
                        pool = ThreadPoolExecutor(_THREADS, "fingerprints")
                    yield from self._found(held, facts)
                else:
                    ahead.append((held, pool.submit(self._look, held)))
                    if len(ahead) > _THREADS:
                        yield from self._later(ahead.popleft())
                held = []
            while ahead:
                yield from self._later(ahead.popleft())
            yield from self._found(held, self._look(held))
        finally:
            if pool is not None:
                pool.shutdown(cancel_futures=True)

    def _later(self, looking: _Looking) -> Iterator[tuple[TaskIn | Problem, TaskMedia | None]]:
        held, looked = looking
        return self._found(held, looked.result())

    def _found(
        self, held: Sequence[TaskIn | Problem], looked: _Facts
    ) -> Iterator[tuple[TaskIn | Problem, TaskMedia | None]]:
        for one, facts in zip(held, looked, strict=True):
            if facts is None or isinstance(one, Problem):
                yield one, None
                continue
            media, problems = facts
            for problem in problems:
                yield problem, None
            if media is not None:
                self._tell()
                yield one, media
            elif one.annotations:
                yield msgspec.structs.replace(one, content=None, media=()), None

    def _look(self, elements: Sequence[TaskIn | Problem]) -> _Facts:
        return [
            self._facts(one) if isinstance(one, TaskIn) and one.media else None for one in elements
        ]

    def _facts(self, task: TaskIn) -> tuple[TaskMedia | None, list[Problem]]:
        media: list[NewMedium] = []
        files: list[Path] = []
        problems: list[Problem] = []
        for number, one in enumerate(task.media):
            try:
                new = self._medium(one)
            except Refusal as refusal:
                problems.append(_placed(refusal.problem, task.where, one.ref.path))
                if not number:
                    return None, problems
                continue
            media.append(new)
            if self._embed:
                files.append(one.file)
        return TaskMedia(tuple(media), tuple(files), media[0].fingerprint), problems

    def _medium(self, one: MediumIn) -> NewMedium:
        ref = one.ref
        if storable(ref.path) != ref.path:
            raise Refusal.of("medium_name", ref.path)
        folder, path = self._place(one.file, ref.path, ref.root)
        size, fingerprint = folder.fingerprint(path)
        if self._embed and size > LARGEST_MEDIUM:
            limit = LARGEST_MEDIUM >> 20
            raise Refusal.of("medium_too_large", folder.where(path), size=size >> 20, limit=limit)
        return NewMedium(ref.root, ref.path, size, ref.mime, fingerprint)

    def _place(self, file: Path, path: str, root: str) -> tuple[MediaFolder, str]:
        """Where a medium is looked for: by reference where it will be looked for later."""
        if root == self._root and (not self._embed or str(file) == self._folder.where(path)):
            return self._folder, path
        return MediaFolder(file.parent, self._path), file.name

    def _tell(self) -> None:
        """Remember once where the source's root lies."""
        if self._told or self._dry:
            return
        self._told = True
        try:
            self._roots.tell(self._project, self._root, self._folder.path)
        except OSError as error:
            params = {"root": self._root, "reason": error.strerror or str(error)}
            self._problems.add(Problem("media_root_unsaved", str(self._roots.path), params))

    # their bytes; in the thread that writes

    def taken_in(self, rows: Iterable[Row | Problem]) -> Iterator[Row | Problem]:
        """The rows in order, the bytes of their media in the project by the time they come."""
        writer = PartsWriter(self._put)
        held: list[Row | Problem] = []
        size = 0
        for row in rows:
            held.append(row)
            if isinstance(row, Row):
                size += sum(medium.size for medium in row.media)
            if len(held) == _HELD or size >= _HELD_BYTES:
                yield from self._whole(held, writer)
                held, size = [], 0
        yield from self._whole(held, writer)

    def _whole(self, rows: Sequence[Row | Problem], writer: PartsWriter) -> list[Row | Problem]:
        names = [(new.root, new.path) for row in rows if isinstance(row, Row) for new in row.media]
        known = self._ask(
            lambda project: {name: project.media.find(*name) for name in dict.fromkeys(names)}
        )
        made: list[Row | Problem] = []
        for row in rows:
            if isinstance(row, Problem) or not row.files:
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
                yield _placed(refusal.problem, row.where, new.path)
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
        folder, path = self._place(file, new.path, new.root)
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


def _placed(problem: Problem, where: str, path: str) -> Problem:
    """The problem with the row's place and the medium's path, each said once."""
    place = where if where.endswith(path) else f"{where}: {path}"
    return msgspec.structs.replace(problem, where=place)
