"""A set of pairs in, in with its judgments, and out: ``import_pairs.py PROJECT JSONL OUT``."""

from __future__ import annotations

import time
from pathlib import Path

from board import peak_mb
from told import tell, words

from labeler.exchange import (
    ExportOptions,
    ImportOptions,
    ImportReport,
    here,
    run_export,
    run_import,
)
from labeler.exchange.templates import new_project
from labeler.plugins import Plugins
from labeler.store import Project


def _import(
    plugins: Plugins, project: Project, source: Path, options: ImportOptions
) -> tuple[float, ImportReport]:
    reader = plugins.reader(plugins.format("responses-jsonl", "comparison"))
    start = time.perf_counter()
    report = run_import(here(project), plugins, reader, [source], "comparison", options)
    return time.perf_counter() - start, report


def main() -> None:
    path, source, target = map(Path, words())
    plugins = Plugins.load(safe_mode=True)
    project = new_project(path.with_suffix(".plain"), "comparison", handle="anna")
    plain, _ = _import(plugins, project, source, ImportOptions(by="anna", taken="tasks"))
    project.close()
    project = new_project(path, "comparison", handle="anna")
    judged, report = _import(plugins, project, source, ImportOptions(by="anna"))
    entry = plugins.format("preference", "comparison")
    start = time.perf_counter()
    written = run_export(
        *(here(project), plugins, plugins.writer(entry), target, "comparison", ExportOptions()),
        holds_one=entry.holds_one,
    )
    exported = time.perf_counter() - start
    project.close()
    tell(
        imported=plain,
        judged=judged,
        exported=exported,
        mb=peak_mb(),
        tasks=report.tasks,
        annotations=report.annotations,
        problems=len(report.problems),
        written=written.annotations,
    )


main()
