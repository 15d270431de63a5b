"""Imports: the tasks and values of files into a queue, whatever the format that reads them.

Keys: a row's id, for media the path below the source, else made from the content. The same key with
the same content is known; with other content it is another task and reported. Values whose content
is absent attach by key. A value that is wrong is reported and left out, its task goes in.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from labeler.api.formats import ImportFormat, LabelsIn
from labeler.exchange.definitions import defined
from labeler.exchange.intake import Intake, PlainRows, Row
from labeler.exchange.media import ImportMedia
from labeler.exchange.names import Names
from labeler.exchange.needs import (
    Asks,
    Cancelled,
    Panels,
    Progress,
    Stopped,
    here,
    without_pauses,
)
from labeler.exchange.reading import Reading, Taken
from labeler.exchange.reading_apart import elements_of
from labeler.exchange.reports import ImportReport, Problems
from labeler.exchange.values import LABELS_ADDED, ValueReader
from labeler.model.content import Content
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import Label, QueueConfig
from labeler.store import Project
from labeler.store.file import look
from labeler.work.media_roots import MediaRoots

__all__ = [
    "ImportOptions",
    "Taken",
    "add_labels",
    "check_sources",
    "on_a_copy",
    "run_import",
]

NOTES = frozenset(
    {
        *("encoding_guessed", "label_added", "key_double", "task_made", "older_value"),
        *("column_double", "score_invalid"),
    }
)
"""Problems that tell of something without a row being lost."""

_PER_SOURCE = 1000
"""Progress is told in thousandths of a source."""


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
    check_sources(sources)

    def run(ask: Asks) -> ImportReport:
        known = roots or MediaRoots()
        one = _Import(ask, panels, reader, queue, options, progress, cancelled, known)
        return one.run(sources)

    return on_a_copy(ask, run) if options.dry_run else run(ask)


def check_sources(sources: Iterable[Path]) -> None:
    """Raise Refusal where a source is not there, or is a project: that is merged."""
    for source in sources:
        if not source.exists():
            raise Refusal.of("file_missing", str(source))
        try:
            look(source, wal=True)
        except Refusal:  # a file of rows, or a folder
            continue
        raise Refusal.of("import_project", str(source))


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
        self._project: bytes = ask(lambda project: project.uid)
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
        self._last_task = self._last_problem = ""
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
            except Stopped:
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
        root = self._media.begin(source)
        reading = Reading(
            *(self._reader, source, self._media.folder, root, self._media.file, self._config),
            *(self._options.settings, self._options.by, self._options.taken),
            embed=self._options.embed,
            part=self._part,
            queue=None if self._quiet else (self._project, self._queue, self._intake.order),
        )
        self._last_task = self._last_problem = ""
        with contextlib.closing(elements_of(reading, told, self._cancelled)) as elements:
            rows = self._media.taken_in(elements) if reading.embed and not self._quiet else elements
            for at, one in enumerate(rows):
                if not at & 255 and self._cancelled is not None and self._cancelled():
                    raise Stopped
                if isinstance(one, Row):
                    self._take(one)
                elif isinstance(one, PlainRows):
                    self._take_plain(one)
                elif isinstance(one, Problem):
                    self._note(one)
                elif isinstance(one, LabelsIn):
                    self._define(one)
                else:
                    self._unreadable.append(one.problem)

    def _take(self, row: Row) -> None:
        self._part = row.task.part
        self._count(row.where, row.where, 1)
        if row.media:
            self._media.tell()
        self._intake.add(row)

    def _take_plain(self, plain: PlainRows) -> None:
        self._count(plain.wheres[0], plain.wheres[-1], len(plain.wheres))
        self._intake.add_plain(plain)

    def _count(self, first: str, last: str, rows: int) -> None:
        """Count rows that are tasks; one that a problem was told of is counted by then."""
        if self._quiet:
            return
        if self._last_problem and _same_line(self._last_problem, first):
            rows -= 1
        self._rows += rows
        self._last_task, self._last_problem = last, ""

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


def _same_line(one: str, other: str) -> bool:
    """Whether two places are in one line: the same, or one of them a path inside the other."""
    short, long = sorted((one, other), key=len)
    return bool(short) and (short == long or long.startswith(f"{short}:"))
