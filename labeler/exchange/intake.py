"""Batches on their way into a queue: tasks first, then their annotations, each batch complete in itself.

A killed import leaves the batches before the kill; running it again adds what is missing and nothing
twice. Gold comes in a second run over the source, in a strand of its own: gaps in the first must not
tell which tasks have gold.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from labeler.exchange.needs import Asks
from labeler.exchange.reports import ImportReport, Problems
from labeler.model.content import Content
from labeler.model.ids import normal_handle
from labeler.model.problems import Problem
from labeler.store import Project
from labeler.store.bulk import AddedAnnotation, AddedTasks, Bulk, NewAnnotation, NewTask
from labeler.store.media_rows import NewMedium
from labeler.store.new_annotations import AboutPlace
from labeler.store.ready import ReadyTasks

__all__ = ["Entry", "Intake", "PlainRows", "Row"]

T = TypeVar("T")

_SECONDS = 0.35
"""How long a batch is to keep the project, at the longest; its size follows. The bound is half a second.

Each batch writes much of an index of hashes anew, so few large ones write a third of many small.
"""
_SMALLEST, _FIRST, _LARGEST = 50, 1000, 20_000
_BATCH_BYTES = 4 << 20


class Entry(msgspec.Struct, frozen=True):
    """One value of a row: JSON as it came, with everything that is said about it."""

    value: bytes
    where: str
    layer: str
    author: str
    status: str = "submitted"
    reason: str = ""
    round: int = 0
    context: bytes = b"{}"
    about: AboutPlace | None = None


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row of a source: its place, its task and what is said about it.

    ``content`` is the task's as the panel's type, where values are to be checked against it.
    ``media`` are those its content refers to, ``files`` where they lie, each beside its medium, where
    their bytes are to be taken in. ``bare_key`` says that the key may be one without its ending.
    """

    where: str
    task: NewTask
    content: Content | None = None
    entries: tuple[Entry, ...] = ()
    media: tuple[NewMedium, ...] = ()
    files: tuple[Path, ...] = ()
    bare_key: bool = False


class PlainRows(NamedTuple):
    """Rows that follow each other, each a task with a key and nothing said about it, made ready."""

    wheres: list[str]
    tasks: ReadyTasks

    def rows(self) -> list[Row]:
        """The same one by one."""
        return [Row(*one) for one in zip(self.wheres, self.tasks.tasks(), strict=True)]


Reads = Callable[[Entry, str, Content | None], bytes | None]
"""The value of an entry as it is stored (given the task's key and content), or None if it is refused."""


class Intake:
    """Takes the rows of one import in. ``reads`` makes values of entries.

    ``decode`` makes content of a stored task's JSON, for values that come without it. ``before`` is
    called in the project's thread before each batch of values is written.
    """

    def __init__(
        self,
        ask: Asks,
        queue: str,
        by: str,
        problems: Problems,
        reads: Reads,
        *,
        decode: Callable[[bytes], Content | None] | None = None,
        before: Callable[[Project], None] | None = None,
        names: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        self._ask = ask
        self._queue = queue
        self._problems = problems
        self._reads = reads
        self._decode = decode
        self._before = before
        self._names = {} if names is None else names
        self._by = by
        self._people: set[str] = {one.handle for one in ask(lambda project: project.people())}
        self._bulk: Bulk = ask(self._begin)
        self._rows: list[Row] = []
        self._plain: list[PlainRows] = []
        """Rows that wait are all here, or all among the others."""
        self._bytes = 0
        self._size = _FIRST
        self._longest = 0.0
        self._of_gold = False
        self._number = 0
        self._took = bytearray()
        self.gold_waits = False
        """Whether values of the gold layer wait for the second run."""
        self.tasks = 0
        self.annotations = 0
        self.added_to = 0
        """Rows that added something."""

    def _begin(self, project: Project) -> Bulk:
        return project.bulk(self._queue, by=self._by)

    def begin_gold(self) -> None:
        """Begin the second run: the same rows again, of which only gold is taken."""
        self.flush()
        self._bulk = self._ask(self._begin)
        self._of_gold = True
        self.gold_waits = False
        self._number = 0

    @property
    def order(self) -> int:
        """How many tasks the queue has before those that wait here, as far as it is known."""
        return self._bulk.order

    def add(self, row: Row) -> None:
        """Take a row in, now or with those that follow."""
        if self._plain:
            self._one_by_one()
        rows = self._rows
        rows.append(row)
        size = len(row.task.content)
        if row.entries:
            for entry in row.entries:
                size += len(entry.value)
        if row.media:
            for medium in row.media:
                if medium.hash:  # what was taken in is soon to be named by its task
                    size += medium.size >> 2
        self._bytes += size
        if len(rows) >= self._size or self._bytes >= _BATCH_BYTES:
            self.flush()

    def add_plain(self, plain: PlainRows) -> None:
        """Take plain rows in, now or with those that follow."""
        self._plain.append(plain)
        self._bytes += len(plain.tasks.told)
        if self._rows or self._of_gold:
            self._one_by_one()
        if self._waiting() >= self._size or self._bytes >= _BATCH_BYTES:
            self.flush()

    def _one_by_one(self) -> None:
        """Take the plain rows that wait as any others: they are among others now."""
        plain, self._plain = self._plain, []
        self._rows += [row for some in plain for row in some.rows()]

    def _waiting(self) -> int:
        return len(self._rows) + sum(len(some.wheres) for some in self._plain)

    def report(self, rows: int, *, stopped: bool) -> ImportReport:
        """What was done; ``rows`` is how many the sources had, readable or not."""
        return ImportReport(
            tasks=self.tasks,
            annotations=self.annotations,
            skipped=max(0, rows - self.added_to),
            problems=self._problems.told(),
            counts=dict(self._problems.counts),
            stopped=stopped,
        )

    def flush(self) -> None:
        """Write the rows that wait."""
        count = self._waiting()
        if not count:
            return
        rows, self._rows, self._bytes = self._rows, [], 0
        self._longest = 0.0
        if self._plain:
            took = self._all_plain()
        else:
            took = self._tasks(rows)
            self._values(rows, took)
        self.added_to += sum(took) if not self._of_gold else self._first_time(took)
        if not self._of_gold and self.gold_waits:
            self._remember(took)
        self._number += count
        ideal = int(count * _SECONDS / max(self._longest, 1e-6))
        self._size = min(max(ideal, self._size // 2, _SMALLEST), self._size * 2, _LARGEST)

    def _timed(self, work: Callable[[Project], T]) -> T:
        """What the work returns; how long it kept the project is noted."""
        began = time.perf_counter()
        try:
            return self._ask(work)
        finally:
            self._longest = max(self._longest, time.perf_counter() - began)

    # tasks

    def _tasks(self, rows: Sequence[Row]) -> list[bool]:
        """Add the rows' tasks, those with content first; the key and uid of each are kept."""
        self._contents: dict[int, Content] = {}
        if not self._of_gold and all(row.task.content for row in rows):
            return self._all_of(rows)
        self._keys: list[str] = [row.task.key or "" for row in rows]
        self._uids: list[bytes] = [b""] * len(rows)
        took = [False] * len(rows)
        absent = [number for number, row in enumerate(rows) if not row.task.content]
        if not absent:
            self._add(rows, range(len(rows)), took)
            return took
        self._add(rows, [n for n in range(len(rows)) if rows[n].task.content], took)
        self._timed(lambda _: self._attach(rows, absent))
        self._add(rows, [number for number in absent if not self._uids[number]], took)
        return took

    def _all_of(self, rows: Sequence[Row]) -> list[bool]:
        """The same where all of them come with their content, as most do."""
        tasks = [row.task for row in rows]
        media = [medium for row in rows if row.media for medium in row.media]
        added = self._timed(lambda _: self._bulk.add(tasks, media))
        self._keys, self._uids = added.keys, added.uids
        self._told_double([row.where for row in rows], added)
        return list(added.new)

    def _all_plain(self) -> list[bool]:
        """The same for plain rows."""
        plain, self._plain = self._plain, []
        added = self._timed(lambda _: self._bulk.add_ready([some.tasks for some in plain]))
        self._told_double([where for some in plain for where in some.wheres], added)
        return added.new

    def _told_double(self, wheres: Sequence[str], added: AddedTasks) -> None:
        self.tasks += sum(added.new)
        for at in sorted(added.doubles):
            self._problems.add(Problem("key_double", wheres[at], {"key": added.keys[at]}))

    def _add(self, rows: Sequence[Row], numbers: Sequence[int], took: list[bool]) -> None:
        if not numbers:
            return
        tasks = [rows[number].task for number in numbers]
        if self._of_gold:
            found = self._timed(lambda _: self._bulk.find(tasks))
            for number, (key, uid) in zip(numbers, found, strict=True):
                self._keys[number], self._uids[number] = key, uid
            return
        media = [medium for number in numbers for medium in rows[number].media]
        added = self._timed(lambda _: self._bulk.add(tasks, media))
        for number, key, uid in zip(numbers, added.keys, added.uids, strict=True):
            self._keys[number], self._uids[number] = key, uid
        for at, number in enumerate(numbers):
            took[number] = added.new[at]
        self._told_double([rows[number].where for number in numbers], added)
        if not tasks[0].content:
            for at, number in enumerate(numbers):
                if added.new[at]:
                    where, key = rows[number].where, added.keys[at]
                    self._problems.add(Problem("task_made", where, {"key": key}))

    def _attach(self, rows: Sequence[Row], numbers: Sequence[int]) -> None:
        """Find the tasks of values that came without content. Where none is clear, one is made."""
        for number in numbers:
            found = self._bulk.existing(self._keys[number])
            if rows[number].bare_key and not any(map(self._bulk.content_of, found)):
                # Nor does a task count that was made for a transcript which came first.
                whole = self._bulk.with_ending(self._keys[number])
                if len(whole) == 1:
                    self._keys[number] = whole[0]
                    found = self._bulk.existing(whole[0])
            if len(found) != 1:
                continue
            self._uids[number] = found[0]
            stored = self._bulk.content_of(found[0])
            content = self._decode(stored) if self._decode and stored else None
            if content is not None:
                self._contents[number] = content

    # values

    def _values(self, rows: Sequence[Row], took: list[bool]) -> None:
        batch: list[NewAnnotation] = []
        places: list[tuple[int, Entry]] = []
        for number, row in enumerate(rows):
            if not row.entries:
                continue
            content = row.content or self._contents.get(number)
            for entry in row.entries:
                if (entry.layer == "gold") is not self._of_gold:
                    self.gold_waits = self.gold_waits or not self._of_gold
                    continue
                value = self._reads(entry, self._keys[number], content)
                if value is None:
                    continue
                places.append((number, entry))
                batch.append(_new_annotation(self._uids[number], entry, value))
        if not batch:
            return
        keys = [self._keys[number] for number, _ in places]
        outcomes = self._timed(lambda project: self._write_values(project, keys, batch))
        for (number, entry), added in zip(places, outcomes, strict=True):
            if added.outcome == "added":
                self.annotations += 1
                took[number] = True
            elif added.outcome == "older_value":
                self._problems.add(Problem("older_value", entry.where))

    def _write_values(
        self, project: Project, keys: Sequence[str], batch: Sequence[NewAnnotation]
    ) -> list[AddedAnnotation]:
        if self._before is not None:
            self._before(project)
        for new in batch:
            if new.author not in self._people and normal_handle(new.author) not in self._people:
                self._people.add(new.author)
                kind = "model" if new.layer == "prediction" else "person"
                name, kind = self._names.get(new.author, ("", kind))
                project.sign_in(new.author, name, kind=kind)
        uids = self._bulk.known_as(keys, [new.task for new in batch])
        return self._bulk.annotations(
            [
                new if new.task == uid else msgspec.structs.replace(new, task=uid)
                for new, uid in zip(batch, uids, strict=True)
            ]
        )

    # rows that added something are counted once, over both runs

    def _remember(self, took: Sequence[bool]) -> None:
        end = (self._number + len(took) >> 3) + 1
        self._took.extend(bytes(max(0, end - len(self._took))))
        for number, one in enumerate(took, start=self._number):
            if one:
                self._took[number >> 3] |= 1 << (number & 7)

    def _first_time(self, took: Sequence[bool]) -> int:
        count = 0
        for number, one in enumerate(took, start=self._number):
            place = number >> 3
            known = place < len(self._took) and self._took[place] & (1 << (number & 7))
            count += bool(one and not known)
        return count


def _new_annotation(task: bytes, entry: Entry, value: bytes) -> NewAnnotation:
    return NewAnnotation(
        task=task,
        layer=entry.layer,
        author=entry.author,
        value=value,
        status=entry.status,
        reason=entry.reason,
        round=entry.round,
        context=entry.context,
        about=entry.about,
    )
