"""Importing a native export: queues, tasks and every value as they were, into any project.

Tasks get the uids that this project derives for their key and content, so what is here already is
known. A queue that is not here is made as it was; one without tasks takes the configuration in the
file; one that has tasks keeps its own, with the labels it lacks added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from labeler.exchange.importing import ImportOptions, add_labels, check_sources, on_a_copy
from labeler.exchange.intake import Entry, Intake, Row
from labeler.exchange.native_lines import (
    AnnotationLine,
    PersonLine,
    QueueLine,
    Said,
    TaskLine,
    lines_of,
)
from labeler.exchange.native_media import MediaReader, task_fingerprint
from labeler.exchange.needs import Asks, Cancelled, Panels, Progress, Stopped, without_pauses
from labeler.exchange.reports import ImportReport, Problems
from labeler.model.codec import RawValue
from labeler.model.json import UNREADABLE, canonical, equal_json, freeze, read_json
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig, read_config
from labeler.model.value import LAYERS, Context
from labeler.store import Project, QueueRow
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.store.new_annotations import AboutPlace

__all__ = ["run_native_import"]

_STATUSES = frozenset({"open", "submitted", "skipped", "flagged", "returned", "accepted"})
_HIGHEST_ROUND = 1_000_000
_PER_SOURCE = 1000

_raw_value = msgspec.json.Decoder(RawValue)
_context = msgspec.json.Decoder(Context)


class _Id(msgspec.Struct, frozen=True):
    id: str


_id = msgspec.json.Decoder(_Id)


def run_native_import(
    ask: Asks,
    panels: Panels,
    sources: Sequence[Path],
    queue: str | None,
    options: ImportOptions,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportReport:
    """Import native exports; with ``queue`` all their tasks go into that one.

    As run_import otherwise. ``options.taken`` may be ``tasks``; what else a value is taken as, the
    file itself says.
    """
    check_sources(sources)
    if options.taken in ("predictions", "gold"):
        reason = "a native export says itself what each value is; leave out what to take it as"
        raise Refusal.of("argument", reason=reason)
    if queue is not None:
        wanted = queue
        ask(lambda project: project.queue(wanted))
    if options.dry_run:
        return on_a_copy(
            ask,
            lambda copy: _NativeImport(copy, panels, queue, options, progress, cancelled).run(
                sources
            ),
        )
    return _NativeImport(ask, panels, queue, options, progress, cancelled).run(sources)


class _NativeImport:
    """One native import while it runs; each queue has an intake of its own."""

    def __init__(
        self,
        ask: Asks,
        panels: Panels,
        queue: str | None,
        options: ImportOptions,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._ask = ask
        self._panels = panels
        self._queue = queue
        self._options = options
        self._progress = progress
        self._cancelled = cancelled
        self._problems = Problems()
        self._intakes: dict[str, Intake] = {}
        self._queues: dict[str, str | None] = {}
        """Queues of the file by name: into which of the project they go, None for none."""
        self._panel_of: dict[str, str] = {}
        self._people: dict[str, tuple[str, str]] = {}
        self._rows = 0
        self._quiet = False
        self._media = MediaReader(ask, self._note)
        ask(lambda project: project.sign_in(options.by))

    def run(self, sources: Sequence[Path]) -> ImportReport:
        """Read the sources, once more where they hold gold, and say what came of it."""
        stopped = False
        with without_pauses():
            try:
                self._read_all(sources)
                if any(intake.gold_waits for intake in self._intakes.values()):
                    for intake in self._intakes.values():
                        intake.begin_gold()
                    self._quiet = True
                    self._read_all(sources)
            except Stopped:
                stopped = True
                self._flush()
        return ImportReport(
            tasks=sum(one.tasks for one in self._intakes.values()),
            annotations=sum(one.annotations for one in self._intakes.values()),
            skipped=max(0, self._rows - sum(one.added_to for one in self._intakes.values())),
            problems=self._problems.told(),
            counts=dict(self._problems.counts),
            stopped=stopped,
        )

    def _flush(self) -> None:
        for intake in self._intakes.values():
            intake.flush()

    def _note(self, problem: Problem) -> None:
        if not self._quiet:
            self._problems.add(problem)

    def _read_all(self, sources: Sequence[Path]) -> None:
        for number, source in enumerate(sources):
            self._queues.clear()
            for at, (where, line) in enumerate(lines_of(source, self._told(number, len(sources)))):
                if not at & 63 and self._cancelled is not None and self._cancelled():
                    raise Stopped
                if isinstance(line, Problem):
                    self._note(line)
                    self._rows += not self._quiet
                elif line.task is not None:
                    self._rows += not self._quiet
                    self._task(line.task, where)
                elif self._quiet and (line.medium or line.bytes):
                    continue
                elif line.medium is not None:
                    self._media.medium(line.medium, where)
                elif line.bytes is not None:
                    self._media.bytes(line.bytes, where)
                elif line.queue is not None:
                    self._flush()
                    self._queues[line.queue.name] = self._queue_for(line.queue, where)
                elif line.person is not None:
                    self._person(line.person)
            self._flush()

    def _told(self, number: int, count: int) -> Progress | None:
        tell = self._progress
        if tell is None:
            return None

        def told(done: int, total: int) -> None:
            share = _PER_SOURCE * done // total if total else 0
            tell(_PER_SOURCE * number + share, _PER_SOURCE * count)

        return told

    def _person(self, line: PersonLine) -> None:
        kind = "model" if line.kind == "model" else "person"
        self._people[line.handle] = (line.name, kind)

    # queues

    def _queue_for(self, line: QueueLine, where: str) -> str | None:
        try:
            config = read_config(bytes(line.config), f"{where}: queue.config")
        except Refusal as refusal:
            self._note(refusal.problem)
            return None
        name = self._queue or line.name
        if self._quiet:
            return name if name in self._intakes else None
        here = self._ask(lambda project: [row for row in project.queues() if row.name == name])
        if here and here[0].panel != line.panel:
            params = {"queue": name, "panel": here[0].panel}
            self._note(Problem("queue_panel", where, params))
            return None
        self._ask(lambda project: self._configure(project, here, name, line, config, where))
        if name not in self._intakes:
            self._panel_of[name] = line.panel
            self._intakes[name] = Intake(
                self._ask,
                name,
                self._options.by,
                self._problems,
                lambda entry, _key, _content: entry.value,
                names=self._people,
            )
        return name

    def _configure(
        self,
        project: Project,
        here: Sequence[QueueRow],
        name: str,
        line: QueueLine,
        config: QueueConfig,
        where: str,
    ) -> None:
        by = self._options.by
        if not here or (not here[0].tasks and not _equal(here[0].config, config)):
            title = line.title or line.name
            project.put_queue(name, config, panel=line.panel, title=title, by=by)
            return
        present = here[0].config
        known = {label.id for label in present.labels}
        for label in config.labels:
            if label.id not in known:
                self._note(Problem("label_added", where, {"label": label.title}))
        present = add_labels(project, name, config.labels, by)
        if not _equal(msgspec.structs.replace(config, labels=present.labels), present):
            text = "the queue {queue!r} has tasks and keeps its own questions, guideline and policy"
            self._note(Problem("queue_kept", where, {"queue": name}, text))

    # tasks

    def _task(self, line: TaskLine, where: str) -> None:
        other, media = self._media.is_other, self._media.of_task()
        queue = self._queues.get(line.queue)
        if queue is None:
            if line.queue not in self._queues:
                self._note(Problem("queue_unknown", where, {"queue": line.queue, "hint": ""}))
            return
        try:
            row = self._row(line, where, self._panel_of[queue])
        except Refusal as refusal:
            place = f"{where}: {refusal.problem.where}" if refusal.problem.where else where
            self._note(msgspec.structs.replace(refusal.problem, where=place))
            return
        except (ValueError, *UNREADABLE) as error:
            self._note(Problem("content_invalid", where, {"reason": str(error)}))
            return
        row = msgspec.structs.replace(row, media=media) if media else row
        if not other:  # else it would show another file than the one it is about
            self._intakes[queue].add(row)

    def _row(self, line: TaskLine, where: str, panel: str) -> Row:
        content = read_json(bytes(line.content))
        raw = b"" if content is None else canonical(content)
        if raw and not self._quiet:
            self._panels.content_decoder(panel)(raw)
        if not line.key:
            raise Refusal.of("content_invalid", "task.key", reason="a task has a key")
        meta = read_json(bytes(line.meta))
        if not isinstance(meta, dict):
            raise Refusal.of("content_invalid", "task.meta", reason="metadata is a table")
        entries: list[Entry] = []
        if self._options.taken != "tasks":
            for number, one in enumerate(line.annotations):
                entries += self._entries(one, f"{where}: annotations[{number}]")
        of_medium = bool(raw) and line.of_medium
        fingerprint = content_fingerprint(raw) if raw else b""
        if of_medium:
            fingerprint = task_fingerprint(line.fingerprint)
        task = NewTask(
            *(line.key, raw, fingerprint, bytes(line.meta), line.source, line.priority),
            of_medium=of_medium,
        )
        return Row(where, task, None, tuple(entries))

    def _entries(self, line: AnnotationLine, where: str) -> Iterator[Entry]:
        """The annotation, or each of its versions; what is wrong with one is noted."""
        for one in line.versions or (line,):
            reason = _fault(line, one)
            if reason:
                self._note(Problem("value_invalid", where, {"reason": reason}))
                continue
            yield Entry(
                value=bytes(one.value),
                where=where,
                layer=line.layer,
                author=line.by,
                status=one.status,
                reason=one.reason,
                round=line.round,
                context=bytes(one.context),
                about=_about(line),
            )


def _about(line: AnnotationLine) -> AboutPlace | None:
    one = line.about
    return None if one is None else AboutPlace(one.layer, one.by, one.round)


def _fault(line: AnnotationLine, one: Said) -> str:
    """Why an annotation cannot be stored, or an empty text."""
    if line.layer not in LAYERS:
        return f"there is no layer {line.layer!r}"
    if one.status not in _STATUSES:
        return f"there is no status {one.status!r}"
    for place in (line, line.about):
        if place is not None and not place.by.strip():
            return "an annotation has an author"
        if place is not None and not 0 <= place.round <= _HIGHEST_ROUND:
            return f"{place.round} is no round"
    try:
        value = _raw_value.decode(one.value)
        freeze(value.answers)
        ids = [_id.decode(region).id for region in value.regions]
        _context.decode(one.context)
    except (ValueError, *UNREADABLE) as error:
        return str(error)
    if len(set(ids)) < len(ids) or "" in ids:
        return "each region has an id of its own"
    return ""


def _equal(one: QueueConfig, other: QueueConfig) -> bool:
    return equal_json(msgspec.to_builtins(one), msgspec.to_builtins(other))
