"""What the tests of imports and exports share: a queue, and a short way to carry files in and out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from labeler.exchange import (
    ExportOptions,
    ExportReport,
    ImportOptions,
    ImportReport,
    Source,
    here,
    run_export,
    run_import,
    run_native_export,
    run_native_import,
)
from labeler.plugins import Plugins
from labeler.store import AnnotationRow, Project, TaskFull

CONFIG = b"""{
 "labels": [{"id": "praise", "name": "Praise"}, {"id": "blame", "name": "Blame"}],
 "questions": [
  {"id": "sentiment", "kind": "choice", "required": true, "choices": [
   {"id": "positive", "title": "Positive"}, {"id": "negative", "title": "Negative"}]},
  {"id": "note", "kind": "text"}],
 "guideline": "# 1 Read the text"
}"""


class Carrier:
    """One project, and files beside it."""

    def __init__(self, project: Project, plugins: Plugins, folder: Path) -> None:
        self.project = project
        self.plugins = plugins
        self.folder = folder

    def written(self, name: str, content: str | bytes) -> Path:
        """A file beside the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def rows(self, name: str, *rows: Any) -> Path:
        """A JSONL file beside the project; a text among the rows is a line as it is."""
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        return self.written(name, "".join(f"{line}\n" for line in lines))

    def take(self, *sources: Path, form: str = "text-jsonl", **options: Any) -> ImportReport:
        """Import files; ``options`` are those of ImportOptions, with progress and cancelled."""
        run = {name: options.pop(name) for name in ("progress", "cancelled") if name in options}
        chosen = ImportOptions(by=options.pop("by", "anna"), **options)
        ask = here(self.project)
        if form == "native":
            return run_native_import(ask, self.plugins, sources, None, chosen, **run)
        reader = self.plugins.reader(self.plugins.format(form, "sentiment"))
        return run_import(ask, self.plugins, reader, sources, "texts", chosen, **run)

    def give(
        self,
        name: str,
        form: str = "text-jsonl",
        *,
        source: Source | None = None,
        by: str | None = None,
        **run: Any,
    ) -> ExportReport:
        """Export to a file or folder beside the project."""
        ask, target = here(self.project), self.folder / name
        if form == "native":
            options = ExportOptions(source=source or "all", by=by)
            return run_native_export(ask, target, None, options, **run)
        entry = self.plugins.format(form, "sentiment")
        return run_export(
            *(ask, self.plugins, self.plugins.writer(entry), target, "texts"),
            ExportOptions(source=source or "submitted", by=by),
            holds_one=entry.holds_one,
            **run,
        )

    def task(self, key: str) -> TaskFull:
        """A task by its key."""
        return self.project.task(self.project.query.find(key))

    def said(self, key: str) -> list[tuple[str, str, Any]]:
        """Layer, author and value of everything that is said about a task."""
        return [
            (one.layer, one.author, json.loads(one.value)) for one in self.task(key).annotations
        ]

    def annotation(self, key: str) -> AnnotationRow:
        """The only annotation of a task."""
        (one,) = self.task(key).annotations
        return one

    def task_keys(self) -> list[str]:
        """The keys of all tasks in order."""
        return [row.key for row in self.project.query.page(limit=10**6).rows]

    def labels(self) -> list[str]:
        """The ids of the queue's labels."""
        return [label.id for label in self.project.queue("texts").config.labels]


def codes(report: ImportReport) -> list[tuple[str, str]]:
    """Place and code of a report's problems."""
    return [(problem.where, problem.code) for problem in report.problems]


def counts(report: ImportReport) -> tuple[int, int, int]:
    """Tasks, annotations and rows skipped."""
    return report.tasks, report.annotations, report.skipped
