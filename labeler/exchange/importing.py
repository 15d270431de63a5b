"""Imports: the tasks and values of files into a queue, whatever the format that reads them.

Keys: a row's id, for media the path below the source, else made from the content. The same key with
the same content is known; with other content it is another task and reported. Values whose content
is absent attach by key. A value that is wrong is reported and left out, its task goes in.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import starmap
from pathlib import Path
from typing import Any, Literal, get_origin, get_type_hints

import msgspec

from labeler.api.formats import AnnotationIn, ImportFormat, LabelsIn, ReadOptions, TaskIn
from labeler.exchange.definitions import defined
from labeler.exchange.intake import Entry, Intake, Row
from labeler.exchange.media import ImportMedia, TaskMedia
from labeler.exchange.names import Names
from labeler.exchange.needs import Asks, Cancelled, Panels, Progress, here, without_pauses
from labeler.exchange.reports import ImportReport, Problems, storable
from labeler.exchange.values import LABELS_ADDED, ValueReader
from labeler.media.probe import probe
from labeler.model.content import Content
from labeler.model.json import canonical
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import Label, QueueConfig
from labeler.model.value import LAYERS
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.work.media_roots import MediaRoots

__all__ = [
    "ImportOptions",
    "Taken",
    "add_labels",
    "canonical_content",
    "on_a_copy",
    "run_import",
]

Taken = Literal["tasks", "annotations", "predictions", "gold"]
"""What the rows of a source are taken as."""

NOTES = frozenset(
    {
        *("encoding_guessed", "label_added", "key_double", "task_made", "older_value"),
        *("column_double", "score_invalid"),
    }
)
"""Problems that tell of something without a row being lost."""

_LAYERS: Mapping[str, str] = {"predictions": "prediction", "gold": "gold"}
_STATUSES = frozenset({"open", "submitted", "skipped", "flagged", "returned", "accepted"})
_PER_SOURCE = 1000
"""Progress is told in thousandths of a source."""

# What the fast encoder writes otherwise than canonical JSON: 1.0, exponents, and NaN as null.
_UNSURE = re.compile(rb"[0-9](?:\.0(?![0-9])|[eE])|null")
_sorted = msgspec.json.Encoder(order="sorted")
_plain = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person chooses of an import.

    ``by`` is who imports: author of values whose file names none (a model's name for predictions).
    ``taken`` None takes values where there are any, else tasks. ``strict_labels`` refuses values
    with labels that are not in the set, ``embed`` asks for media inside the project, ``settings``
    are those of the panel. ``dry_run`` says what would come of it and leaves the project alone.
    """

    by: str
    taken: Taken | None = None
    strict_labels: bool = False
    embed: bool = False
    dry_run: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)


def run_import(
    ask: Asks,
    panels: Panels,
    reader: ImportFormat,
    sources: Sequence[Path],
    queue: str,
    options: ImportOptions,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    roots: MediaRoots | None = None,
) -> ImportReport:
    """Import files or folders into a queue, in batches of less than half a second.

    May run in any thread: what touches the project goes through ``ask``. Progress is told in
    thousandths of a source; ``cancelled`` stops after the batch at hand, and what is in stays in.
    ``roots`` knows where media lie on this machine, and is told where these do. Raises Refusal where a
    source is not there, the queue is unknown, or the disk refuses.
    """
    for source in sources:
        if not source.exists():
            raise Refusal.of("file_missing", str(source))

    def run(ask: Asks) -> ImportReport:
        known = roots or MediaRoots()
        one = _Import(ask, panels, reader, queue, options, progress, cancelled, known)
        return one.run(sources)

    return on_a_copy(ask, run) if options.dry_run else run(ask)


def on_a_copy(ask: Asks, run: Callable[[Asks], ImportReport]) -> ImportReport:
    """The same import into a copy that is thrown away: what it says is what would be."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "copy"
        ask(lambda project: project.copy_to(place))
        copy = Project.open(place)
        try:
            return run(here(copy))
        finally:
            copy.close()


def canonical_content(content: Content) -> bytes:
    """The content's canonical JSON; raises ValueError where a number in it is not finite."""
    raw = _sorted.encode(content)
    if _only_texts(content) or _UNSURE.search(raw) is None:
        return raw
    return canonical(msgspec.to_builtins(content))


def _only_texts(node: msgspec.Struct) -> bool:
    """Whether there are only texts and whole numbers in it, as far as can be told at a glance."""
    for name in _open_fields(type(node)):
        inner = getattr(node, name)
        if not inner and inner.__class__ is not float:
            continue
        if isinstance(inner, dict):
            inner = tuple(inner.values())
        elif not isinstance(inner, tuple):
            inner = (inner,)
        for one in inner:
            if one.__class__ is not str and not (
                isinstance(one, msgspec.Struct) and _only_texts(one)
            ):
                return False
    return True


@cache
def _open_fields(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of the type that may hold anything but a text or a whole number."""
    hints = get_type_hints(cls)
    closed = (str, int, bool)
    return tuple(
        name
        for name in cls.__struct_fields__
        if hints[name] not in closed and get_origin(hints[name]) is not Literal
    )


class _Stopped(Exception):
    """The person asked for the import to stop."""


class _Import:
    """One import into one queue while it runs."""

    def __init__(
        self,
        ask: Asks,
        panels: Panels,
        reader: ImportFormat,
        queue: str,
        options: ImportOptions,
        progress: Progress | None,
        cancelled: Cancelled | None,
        roots: MediaRoots,
    ) -> None:
        self._ask = ask
        self._reader = reader
        self._queue = queue
        self._options = options
        self._progress = progress
        self._cancelled = cancelled
        self._problems = Problems()
        row = ask(lambda project: project.queue(queue))
        self._panel = row.panel
        self._config = row.config
        kind = "model" if options.taken == "predictions" else "person"
        ask(lambda project: project.sign_in(options.by, kind=kind))
        self._values = ValueReader(
            panels, row.panel, row.config, self._problems, strict=options.strict_labels
        )
        self._decoder = panels.content_decoder(row.panel)
        self._media = ImportMedia(
            ask, roots, self._problems, embed=options.embed, dry=options.dry_run
        )
        self._labels_written = 0
        self._intake = Intake(
            ask,
            queue,
            options.by,
            self._problems,
            lambda entry, key, content: self._values.read(entry.value, key, content, entry.where),
            decode=self._decode,
            before=self._add_labels,
        )
        self._rows = 0
        self._part = 0
        self._quiet = False
        """Whether this is the second run over the sources: their problems are told already."""
        self._last_task = self._last_problem = self._file = ""
        self._source = "", ""
        """A row's source as it was told, and as it is stored."""
        self._unreadable: list[Problem] = []

    def run(self, sources: Sequence[Path]) -> ImportReport:
        """Read the sources, once more where they hold gold, and say what came of it."""
        stopped = False
        with without_pauses():
            try:
                self._read_all(sources)
                if self._intake.gold_waits:
                    self._intake.begin_gold()
                    self._quiet = True
                    self._part = 0
                    self._read_all(sources)
            except _Stopped:
                self._intake.flush()
                stopped = True
        return self._intake.report(self._rows, stopped=stopped)

    def _decode(self, raw: bytes) -> Content | None:
        try:
            return self._decoder(raw)
        except Refusal as refusal:
            self._problems.add(refusal.problem)
            return None

    def _add_labels(self, project: Project) -> None:
        """Add the labels that values brought to the queue's set as it is now."""
        new = self._values.names.new[self._labels_written :]
        if new:
            add_labels(project, self._queue, new, self._options.by)
            self._labels_written += len(new)

    def _define(self, told: LabelsIn) -> None:
        """Take in what the source defines, ahead of the values that use it."""
        if self._options.strict_labels or self._quiet:
            return
        self._ask(self._add_labels)
        queue, by = self._queue, self._options.by

        def write(project: Project) -> tuple[QueueConfig, list[Label]]:
            row = project.queue(queue)
            config, new = defined(row.config, told, most=LABELS_ADDED)
            if config != row.config:
                project.put_queue(queue, config, panel=row.panel, title=row.title, by=by)
            return config, new

        try:
            config, new = self._ask(write)
        except (ValueError, TypeError, RecursionError) as error:
            self._problems.add(Problem("config_invalid", told.where, {"reason": str(error)}))
            return
        for label in new:
            self._problems.add(Problem("label_added", told.where, {"label": label.title}))
        self._values.names = Names(config)
        self._labels_written = 0

    # reading

    def _read_all(self, sources: Sequence[Path]) -> None:
        for number, source in enumerate(sources):
            self._part += 1
            self._read(source, self._told(number, len(sources)))
            self._intake.flush()
        if self._quiet or not self._unreadable:
            return
        if not self._rows:
            raise Refusal(self._unreadable[0])
        for problem in self._unreadable:  # what the other sources held is in
            self._problems.add(problem)
            self._rows += 1

    def _told(self, number: int, count: int) -> Progress | None:
        tell = self._progress
        if tell is None:
            return None

        def told(done: int, total: int) -> None:
            share = _PER_SOURCE * done // total if total else 0
            tell(_PER_SOURCE * number + min(share, _PER_SOURCE), _PER_SOURCE * count)

        return told

    def _read(self, source: Path, told: Progress | None) -> None:
        self._source = "", storable(source.name)
        options = ReadOptions(
            self._config,
            embed=self._options.embed,
            root=self._media.begin(source),
            told=told,
            settings=self._options.settings,
            probe=probe,
        )
        self._last_task = self._last_problem = self._file = ""
        add = self._intake.add
        rows = self._made(source, options)
        if options.embed and not self._quiet:
            rows = self._media.taken_in(rows)
        for at, one in enumerate(rows):
            if not at & 255 and self._cancelled is not None and self._cancelled():
                raise _Stopped
            if isinstance(one, Problem):
                self._note(one)
                continue
            if not self._quiet:
                if not self._last_problem or not _same_line(self._last_problem, one.where):
                    self._rows += 1
                self._last_task, self._last_problem = one.where, ""
            add(one)

    def _made(self, source: Path, options: ReadOptions) -> Iterator[Row | Problem]:
        """The rows of a source and its problems, in order."""
        row = partial(self._row, source)
        return starmap(row, self._media.known(self._elements(source, options)))

    def _elements(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """What the reader yields; where it cannot go on, that is noted. The project's own refusals
        are raised where the rows are taken in, not here."""
        try:
            for one in self._reader.read(source, options):
                if isinstance(one, LabelsIn):
                    self._define(one)
                else:
                    yield one
        except (Refusal, OSError) as error:
            self._unreadable.append(_problem_of(error, source))

    def _note(self, problem: Problem) -> None:
        """Take note of a reader's problem; several in one line count as one row."""
        if self._quiet:
            return
        self._problems.add(problem)
        where = problem.where
        if problem.code in NOTES or _same_line(where, self._last_task):
            return
        if not _same_line(where, self._last_problem):
            self._rows += 1
        self._last_problem = where

    def _row(self, source: Path, task: TaskIn | Problem, media: TaskMedia | None) -> Row | Problem:
        if isinstance(task, Problem):
            return task
        where, key, content = task.where, task.key, task.content
        try:
            if content is None:
                raw = fingerprint = b""
            else:
                raw = canonical_content(content)
                fingerprint = media.fingerprint if media else content_fingerprint(raw)
            meta = b"{}" if not task.meta else _plain.encode(task.meta)
        except (ValueError, TypeError, RecursionError) as error:
            return Problem("content_invalid", where, {"reason": str(error)})
        if key:
            key = storable(key)
        elif content is None:
            return Problem("content_missing", where)
        else:
            key = None
            head, _, line = where.rpartition(":")
            name = head if line.isdigit() else where
            if name != self._file:  # equal rows are counted within a file
                self._file = name
                self._part += 1
        entries: tuple[Entry, ...] = ()
        if task.annotations and self._options.taken != "tasks":
            entries = tuple([self._entry(one) for one in task.annotations])
        if task.source != self._source[0]:
            self._source = task.source, storable(task.source or source.name)
        if not media:
            new = NewTask(key, raw, fingerprint, meta, self._source[1], 0, self._part)
            if not entries:
                return Row(where, new)
            return Row(where, new, content, entries, bare_key=task.bare_key)
        new = NewTask(key, raw, fingerprint, meta, self._source[1], 0, self._part, True)
        content = content if entries else None
        return Row(where, new, content, entries, media.media, media.files)

    def _entry(self, one: AnnotationIn) -> Entry:
        taken = self._options.taken
        told = one.layer if one.layer in LAYERS else None
        layer = _LAYERS.get(taken or "", told or "work")
        return Entry(
            value=one.value,
            where=one.where,
            layer=layer,
            author=one.author or self._options.by,
            status=one.status if one.status in _STATUSES else "open",
            reason=storable(one.reason),
            context=self._score(one) if layer == "prediction" else b"{}",
        )

    def _score(self, one: AnnotationIn) -> bytes:
        """The context of a prediction: the score its model gave it."""
        if one.score is None:
            return b"{}"
        if not 0 <= one.score <= 1:  # nor is NaN
            if not self._quiet:
                params = {"score": str(one.score)}
                self._problems.add(Problem("score_invalid", one.where, params))
            return b"{}"
        return msgspec.json.encode({"score": one.score})


def add_labels(project: Project, queue: str, new: Sequence[Label], by: str) -> QueueConfig:
    """Add labels to a queue's set as it is now; those it has by then are left as they are."""
    row = project.queue(queue)
    known = {label.id for label in row.config.labels}
    added = tuple(label for label in new if label.id not in known)
    if not added:
        return row.config
    config = msgspec.structs.replace(row.config, labels=(*row.config.labels, *added))
    project.put_queue(queue, config, panel=row.panel, title=row.title, by=by)
    return config


def _problem_of(error: Exception, source: Path) -> Problem:
    if isinstance(error, Refusal):
        return error.problem
    reason = getattr(error, "strerror", None) or str(error)
    return Problem("file_unreadable", str(source), {"reason": reason})


def _same_line(one: str, other: str) -> bool:
    """Whether two places are in one line: the same, or one of them a path inside the other."""
    short, long = sorted((one, other), key=len)
    return bool(short) and (short == long or long.startswith(f"{short}:"))
