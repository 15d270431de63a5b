"""A look at the files of media that a reader names: what each is known by, without a project in hand.

A reader says which file a task's content refers to; nothing of the file is the reader's to say. Each is
looked for below the source's folder and nowhere else, and read as little as its fingerprint needs.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import msgspec

from labeler.api.formats import LabelsIn, MediumIn, TaskIn
from labeler.exchange.reports import storable
from labeler.model.problems import Problem, Refusal
from labeler.store.media_rows import LARGEST_MEDIUM, NewMedium
from labeler.work.media_files import MediaFolder

__all__ = ["MediaLook", "Read", "TaskMedia", "placed"]

_HELD = 256
_THREADS = 2
_SLOW = 0.001
"""Seconds a file takes to be looked at where the disk is what is waited for: then threads help.

Of files in memory they take turns at the interpreter, which costs as much as the looking.
"""

Read = TaskIn | LabelsIn | Problem
"""What a reader yields."""


class TaskMedia(NamedTuple):
    """The media of one task: what is known of them, and their files where they are to be taken in."""

    media: tuple[NewMedium, ...]
    files: tuple[Path, ...]
    fingerprint: bytes
    """Of the first."""


_Facts = list[tuple[TaskMedia | None, list[Problem]] | None]
_Looking = tuple[Sequence[Read], Future[_Facts]]


class MediaLook:
    """Looks at the media of one source. ``folder`` is that of the media root ``root``.

    ``project`` is the project's own file, which is never opened; ``embed`` says that the bytes of the
    media are to be taken in.
    """

    def __init__(self, folder: Path, root: str, project: Path, *, embed: bool) -> None:
        self.folder = MediaFolder(folder, project)
        self._root = root
        self._project = project
        self._embed = embed

    def known(self, elements: Iterable[Read]) -> Iterator[tuple[Read, TaskMedia | None]]:
        """The elements of a source in order, each task with its media.

        Where a task's first medium cannot be read there is a problem, and of the task only what was
        said about it is left.
        """
        held: list[Read] = []
        ahead: deque[_Looking] = deque()
        pool: ThreadPoolExecutor | None = None
        try:
            for one in elements:
                if not held and not ahead and (not isinstance(one, TaskIn) or not one.media):
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

    def _later(self, looking: _Looking) -> Iterator[tuple[Read, TaskMedia | None]]:
        held, looked = looking
        return self._found(held, looked.result())

    def _found(
        self, held: Sequence[Read], looked: _Facts
    ) -> Iterator[tuple[Read, TaskMedia | None]]:
        for one, facts in zip(held, looked, strict=True):
            if facts is None or not isinstance(one, TaskIn):
                yield one, None
                continue
            media, problems = facts
            for problem in problems:
                yield problem, None
            if media is not None:
                yield one, media
            elif one.annotations:
                yield msgspec.structs.replace(one, content=None, media=()), None

    def _look(self, elements: Sequence[Read]) -> _Facts:
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
                problems.append(placed(refusal.problem, task.where, one.ref.path))
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
        folder, path = self.place(one.file, ref.path, ref.root)
        size, fingerprint = folder.fingerprint(path)
        if self._embed and size > LARGEST_MEDIUM:
            limit = LARGEST_MEDIUM >> 20
            raise Refusal.of("medium_too_large", folder.where(path), size=size >> 20, limit=limit)
        return NewMedium(ref.root, ref.path, size, ref.mime, fingerprint)

    def place(self, file: Path, path: str, root: str) -> tuple[MediaFolder, str]:
        """Where a medium is looked for: by reference where it will be looked for later."""
        if root == self._root and (not self._embed or str(file) == self.folder.where(path)):
            return self.folder, path
        return MediaFolder(file.parent, self._project), file.name


def placed(problem: Problem, where: str, path: str) -> Problem:
    """The problem with the row's place and the medium's path, each said once."""
    place = where if where.endswith(path) else f"{where}: {path}"
    return msgspec.structs.replace(problem, where=place)
