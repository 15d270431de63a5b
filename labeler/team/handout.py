"""Handing tasks out: one file with all a person needs for them, media included, and nothing else.

Handing back is a merge like that of any copy. The file is made in any thread; the project is asked for
one page at a time, so that whoever works in it meanwhile is never kept waiting.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from labeler.model.content import MediaRef, media_names
from labeler.model.json import read_json
from labeler.model.problems import Refusal
from labeler.store import Project, TaskRow
from labeler.store.bodies import AssignBody
from labeler.store.copying import making
from labeler.store.file import refuse_taken
from labeler.store.handout_file import HandoutFile, Packed
from labeler.store.listed import Listed
from labeler.store.media_rows import LARGEST_MEDIUM, MEDIUM_PART, medium_digest
from labeler.store.taking import Take
from labeler.work.asks import Asks, here

__all__ = ["Estimate", "Handout", "HandoutWish", "estimate", "hand_out", "hand_out_through"]

Opens = Callable[[MediaRef], BinaryIO]
Told = Callable[[int, int], None]

_PAGE = 200


class Handout(msgspec.Struct, frozen=True):
    """What was handed out: its id, how many tasks and media, how many ops the file holds."""

    id: str
    tasks: int
    media: int
    changes: int


class HandoutWish(msgspec.Struct, frozen=True):
    """Which tasks are to go out to whom: of a queue the first ``count`` that are free, or those of
    ``tasks`` (ids) that are.

    ``search`` narrows to tasks with a text in them, ``due`` is a date (YYYY-MM-DD) or empty; ``name``
    is what a person is called who is new here.
    """

    to: str
    by: str
    queue: str
    count: int = 0
    tasks: tuple[str, ...] | None = None
    search: str = ""
    due: str = ""
    name: str = ""


class Estimate(msgspec.Struct, frozen=True):
    """What would go out: how many tasks, how many media and the bytes they have together; ``left`` are
    tasks that were chosen and cannot go out: somebody has them, or the person has done them."""

    tasks: int = 0
    left: int = 0
    media: int = 0
    size: int = 0


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
    wish = HandoutWish(to=to, by=by, queue=queue, count=count, search=search, due=due)
    return hand_out_through(here(project), out, wish, opens)


def hand_out_through(
    ask: Asks, out: Path, wish: HandoutWish, opens: Opens, told: Told = lambda _done, _total: None
) -> Handout:
    """The same in a thread of its own, through ``ask``; ``opens`` opens media in this thread.

    ``told`` is called with how much is done of how much, in mebibytes and tasks; what it raises ends
    it, and nothing is handed out then.
    """
    _check(wish)
    refuse_taken(out)
    where, uid = ask(lambda project: (str(project.path), project.uid))
    predictions = ask(lambda project: project.queue(wish.queue).config.policy.show_predictions)
    person = ask(lambda project: project.sign_in(wish.to, wish.name))
    ask(lambda project: project.sign_in(wish.by))
    tasks, _ = _chosen(ask, msgspec.structs.replace(wish, to=person.handle))
    if not tasks:
        if wish.tasks is None and wish.search:
            raise Refusal.of("handout_search", where, queue=wish.queue, search=wish.search)
        raise Refusal.of("handout_nothing", where, queue=wish.queue)
    named = _media_of(ask, tasks)
    count = _Count(told, 2 * sum(_parts_of(size) for _, size in named) + len(tasks))
    media = [_packed(ref, opens, count.part) for ref, _ in named]
    body = ask(
        lambda project: project.assign(
            wish.queue, tasks, to=person.handle, by=wish.by, due=wish.due, out=out
        )
    )
    try:
        with making(out) as made:
            file = HandoutFile(made, uid, ask(lambda project: project.facts_out(body)))
            try:
                ops = _going_out(ask, body, media, count.task, predictions=predictions)
                changes = file.take(ops, lambda: None)
                for medium in media:
                    file.pack(medium, count.part)
                file.look_through(str(out))
            finally:
                file.close()
        ask(lambda project: project.handed_out(body.handout))
    except BaseException:
        ask(lambda project: project.recall(body.handout, by=wish.by))
        raise
    return Handout(body.handout, len(tasks), len(media), changes)


def estimate(ask: Asks, wish: HandoutWish) -> Estimate:
    """What would go out. Raises Refusal where there is no such queue."""
    tasks, left = _chosen(ask, wish)
    media = _media_of(ask, tasks)
    return Estimate(len(tasks), left, len(media), sum(size for _, size in media))


def _check(wish: HandoutWish) -> None:
    if wish.tasks is None and wish.count < 1:
        raise Refusal.of("argument", reason="hand out at least one task")
    if wish.due:
        try:
            datetime.date.fromisoformat(wish.due)
        except ValueError:
            raise Refusal.of("argument", reason=f"{wish.due!r} is no date (YYYY-MM-DD)") from None


class _Count:
    """Counts what is done: a mebibyte and a task are one each."""

    def __init__(self, told: Told, total: int) -> None:
        self._told, self._total, self._done = told, total, 0

    def part(self) -> None:
        """A part of a medium was read or written."""
        self.task(1)

    def task(self, count: int) -> None:
        """The ops of so many tasks were found."""
        self._done = min(self._done + count, self._total)
        self._told(self._done, self._total)


# which tasks


def _chosen(ask: Asks, wish: HandoutWish) -> tuple[list[TaskRow], int]:
    """The tasks that go out in order, and how many of those chosen by hand do not."""
    if wish.tasks is None:
        return _first_free(ask, wish), 0
    found: list[TaskRow] = []
    for start in range(0, len(wish.tasks), _PAGE):
        ids = wish.tasks[start : start + _PAGE]
        found += ask(partial(_free, wish=wish, ids=ids))
    return found, len(wish.tasks) - len(found)


def _free(project: Project, wish: HandoutWish, ids: Sequence[str]) -> list[TaskRow]:
    rows = [project.query.find(one, wish.queue) for one in ids]
    rows = [row for row in rows if row.queue == wish.queue]
    return project.free_among(rows, wish.to, by=wish.by)


def _first_free(ask: Asks, wish: HandoutWish) -> list[TaskRow]:
    """The first tasks of the queue that the person could work at, in order, found slice by slice."""
    listing = ask(lambda project: project.query.listing(wish.queue, "open", wish.search))
    found: list[TaskRow] = []
    at, whole = 0, False
    while len(found) < wish.count and not whole:
        page, at, whole = ask(partial(_slice, listing=listing, at=at, wish=wish))
        found += page
    return found[: wish.count]


def _slice(
    project: Project, listing: Listed, at: int, wish: HandoutWish
) -> tuple[list[TaskRow], int, bool]:
    """Some more free tasks, where to go on, and whether that was all."""
    if listing.total <= at and not listing.complete:
        listing.find_more()
    page = listing.tasks(at, _PAGE)
    whole = listing.complete and at + len(page) >= listing.total
    return project.free_among(page, wish.to, by=wish.by), at + len(page), whole


# what goes along


def _media_of(ask: Asks, tasks: Sequence[TaskRow]) -> list[tuple[MediaRef, int]]:
    """Every medium that the tasks name and the project knows, once, with its size in bytes."""
    if not ask(lambda project: project.media.any()):
        return []
    found: dict[tuple[str, str], tuple[MediaRef, int]] = {}
    for start in range(0, len(tasks), _PAGE):
        page = tasks[start : start + _PAGE]
        for ref, size in ask(partial(_media, tasks=page)):
            found.setdefault((ref.root, ref.path), (ref, size))
    return list(found.values())


def _media(project: Project, tasks: Sequence[TaskRow]) -> list[tuple[MediaRef, int]]:
    found = []
    for task in tasks:
        content = project.task(task, frozenset()).content
        for root, path in media_names(read_json(content)) if content else ():
            known = project.media.find(root, path)
            if known is not None:
                found.append((MediaRef(path=path, root=root), known.size))
    return found


def _going_out(
    ask: Asks,
    body: AssignBody,
    media: Sequence[Packed],
    told: Callable[[int], None],
    *,
    predictions: bool,
) -> Iterator[Take]:
    """The ops that go out, strand by strand."""
    names = [(one.root, one.path) for one in media]
    chosen: dict[int, set[int]] = {}

    def note(pairs: Sequence[tuple[int, int]]) -> None:
        for strand, sequence in pairs:
            chosen.setdefault(strand, set()).add(sequence)

    note(ask(lambda project: project.ops_of(project.settings_out(body, names))))
    for start in range(0, len(body.tasks), _PAGE):
        page = body.tasks[start : start + _PAGE]
        note(ask(partial(_ops, body=body, tasks=page, predictions=predictions)))
        told(len(page))
    for strand in ask(lambda project: project.strands()):
        sequences = sorted(chosen.get(strand.row, ()))
        for start in range(0, len(sequences), _PAGE):
            some = sequences[start : start + _PAGE]
            reads = ask(partial(Project.read_ops, strand=strand.row, sequences=some))
            yield from (Take(strand, read) for read in reads)


def _ops(
    project: Project, body: AssignBody, tasks: Sequence[str], predictions: bool
) -> list[tuple[int, int]]:
    return project.ops_of(project.work_out(body, tasks, predictions=predictions))


# media


def _parts_of(size: int) -> int:
    return max(1, -(-size // MEDIUM_PART))


def _packed(ref: MediaRef, opens: Opens, told: Callable[[], None]) -> Packed:
    return Packed(ref.root, ref.path, _digest(ref, opens, told), _reader(ref, opens))


def _digest(ref: MediaRef, opens: Opens, told: Callable[[], None]) -> bytes:
    hasher, size = medium_digest(), 0
    for data in _parts(ref, opens):
        hasher.update(data)
        size += len(data)
        told()
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
