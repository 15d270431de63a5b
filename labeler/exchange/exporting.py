"""Exports: the tasks of a queue and their values into files, whatever the format that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from labeler.api.formats import AnnotationOut, ExportFormat, TaskOut, WriteOptions
from labeler.exchange.needs import Asks, Cancelled, Panels, Progress
from labeler.exchange.reports import ExportReport
from labeler.exchange.selection import Selection, Source, tasks_of
from labeler.exchange.targets import placed
from labeler.model.content import MediaRef
from labeler.model.json import UNREADABLE
from labeler.model.problems import Refusal
from labeler.model.value import Context
from labeler.store import AnnotationRow, TaskFull

__all__ = ["ExportOptions", "Source", "run_export"]

_NO_CONTEXT = Context()
_context = msgspec.json.Decoder(Context)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person chooses of an export: where values come from, by whom, the panel's settings.

    ``by`` is a person's handle or a model's name.
    """

    source: Source = "submitted"
    by: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


def run_export(
    ask: Asks,
    panels: Panels,
    writer: ExportFormat,
    target: Path,
    queue: str,
    options: ExportOptions,
    *,
    holds_one: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    open_medium: Callable[[MediaRef], BinaryIO] | None = None,
) -> ExportReport:
    """Export a queue to a file or folder that is not there yet.

    ``open_medium`` gets at the bytes of its media (``MediaOpener.open``). May run in any thread.
    ``holds_one`` says that the format has room for one value a task: where a task has several, the
    export is refused and nothing is written. Raises Refusal; then no file of it is left.
    """
    row = ask(lambda project: project.queue(queue))
    by = options.by
    if by is not None:
        ask(lambda project: project.person(by))
    write = WriteOptions(row.config, settings=options.settings, open_medium=open_medium)
    run = _Export(ask, panels, row.panel, queue, options, write, holds_one)
    with placed(target) as place:
        place.wrote(writer.write(run.tasks(progress, cancelled), place.path, write))
    return ExportReport(run.count, run.annotations, dict(write.dropped), place.files)


class _Export:
    """One export while it runs."""

    def __init__(
        self,
        ask: Asks,
        panels: Panels,
        panel: str,
        queue: str,
        options: ExportOptions,
        write: WriteOptions,
        holds_one: bool,
    ) -> None:
        self._ask = ask
        self._queue = queue
        self._drop = write.drop
        self._selection = Selection(options.source, options.by, write.drop)
        self._holds_one = holds_one
        self._content = panels.content_decoder(panel)
        self._value = panels.codec(panel).decode
        self.count = 0
        self.annotations = 0

    def tasks(self, progress: Progress | None, cancelled: Cancelled | None) -> Iterator[TaskOut]:
        """The tasks that have a wanted value, or all of them, as the format gets them."""
        selection = self._selection
        whole = selection.whole
        for task in tasks_of(self._ask, self._queue, selection.layers, progress, cancelled):
            wanted = selection.of(task)
            if not wanted and not whole:
                continue
            if len(wanted) > 1 and self._holds_one:
                where = task.row.key
                raise Refusal.of("export_refused", where, count=len(wanted))
            out = self._task(task, wanted)
            if out is not None:
                self.count += 1
                self.annotations += len(out.annotations)
                yield out

    def _task(self, task: TaskFull, wanted: list[AnnotationRow]) -> TaskOut | None:
        content = None
        if task.content:
            try:
                content = self._content(task.content)
            except Refusal as refusal:
                if refusal.problem.code != "content_invalid":
                    raise
                self._drop("content_invalid")
                return None
        row = task.row
        return TaskOut(
            id=row.id,
            key=row.key,
            queue=row.queue,
            content=content,
            raw=task.content,
            meta=task.meta,
            status=row.status,
            annotations=tuple([out for one in wanted if (out := self._annotation(one))]),
            source=task.source,
            order=row.order,
        )

    def _annotation(self, one: AnnotationRow) -> AnnotationOut | None:
        try:
            value = self._value(one.value)
            context = _NO_CONTEXT if one.context == b"{}" else _context.decode(one.context)
        except UNREADABLE:
            self._drop("value_invalid")
            return None
        return AnnotationOut(
            one.id,
            one.layer,
            one.author,
            one.status,
            value,
            one.value,
            context,
            one.reason,
            one.round,
        )
