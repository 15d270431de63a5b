"""Handing tasks out: one file with all a person needs for them, media included, and nothing else.

Handing back is a merge like that of any copy.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from labeler.model.content import MediaRef, media_names
from labeler.model.json import read_json
from labeler.model.problems import Refusal
from labeler.store import Project, TaskRow
from labeler.store.handing import Packed
from labeler.store.media_rows import LARGEST_MEDIUM, MEDIUM_PART, medium_digest

__all__ = ["Handout", "hand_out"]

Opens = Callable[[MediaRef], BinaryIO]


class Handout(msgspec.Struct, frozen=True):
    """What was handed out: its id, how many tasks and media, how many ops the file holds."""

    id: str
    tasks: int
    media: int
    changes: int


def hand_out(
    project: Project,
    out: Path,
    *,
    to: str,
    by: str,
    queue: str,
    count: int,
    opens: Opens,
    due: str = "",
    search: str = "",
) -> Handout:
    """Hand the next ``count`` tasks of a queue out to a person, as a file of their own.

    ``search`` narrows to tasks with a text in them, ``due`` is a date (YYYY-MM-DD). Media are read
    before anything is written. Raises Refusal: no task is free, a medium is not within reach, the
    date is none, ``out`` is there; nothing is handed out then.
    """
    _check(due, count)
    if out.exists() or out.is_symlink():
        raise Refusal.of("file_exists", str(out))
    config = project.queue(queue).config
    person = project.sign_in(to)
    project.sign_in(by)
    tasks = project.to_hand_out(queue, person.handle, count, by=by, search=search)
    if not tasks:
        raise Refusal.of("handout_nothing", str(project.path), queue=queue)
    media = list(_media(project, tasks, opens))
    body = project.assign(queue, tasks, to=person.handle, by=by, due=due)
    try:
        changes = project.write_handout(
            out, body, media, predictions=config.policy.show_predictions
        )
    except BaseException:
        project.recall(body.handout, by=by)
        raise
    return Handout(body.handout, len(tasks), len(media), changes)


def _check(due: str, count: int) -> None:
    if count < 1:
        raise Refusal.of("argument", reason="hand out at least one task")
    if due:
        try:
            datetime.date.fromisoformat(due)
        except ValueError:
            raise Refusal.of("argument", reason=f"{due!r} is no date (YYYY-MM-DD)") from None


def _media(project: Project, tasks: list[TaskRow], opens: Opens) -> Iterator[Packed]:
    """Every medium that the tasks name and the project knows, once."""
    if not project.media.any():
        return
    told: set[tuple[str, str]] = set()
    for task in tasks:
        content = project.task(task, frozenset()).content
        for root, path in media_names(read_json(content)) if content else ():
            if (root, path) in told or project.media.find(root, path) is None:
                continue
            told.add((root, path))
            ref = MediaRef(path=path, root=root)
            yield Packed(root, path, _digest(ref, opens), _reader(ref, opens))


def _digest(ref: MediaRef, opens: Opens) -> bytes:
    hasher, size = medium_digest(), 0
    for data in _parts(ref, opens):
        hasher.update(data)
        size += len(data)
    if size > LARGEST_MEDIUM:
        limit = LARGEST_MEDIUM >> 20
        raise Refusal.of("medium_too_large", ref.path, size=size >> 20, limit=limit)
    return hasher.digest()


def _reader(ref: MediaRef, opens: Opens) -> Callable[[], Iterator[bytes]]:
    return lambda: _parts(ref, opens)


def _parts(ref: MediaRef, opens: Opens) -> Iterator[bytes]:
    """The bytes of a medium by mebibytes; an empty one has one empty part. Raises Refusal."""
    try:
        with opens(ref) as stream:
            number = 0
            while data := stream.read(MEDIUM_PART):
                number += 1
                yield data
            if not number:
                yield b""
    except OSError as error:
        raise Refusal.of("file_unreadable", ref.path, reason=error.strerror or "") from None
