"""Commands that carry data in and out: import, export, formats."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from labeler.api.manifest import FormatEntry
from labeler.cli import streams
from labeler.cli.failures import DONE, WITH_PROBLEMS
from labeler.cli.opening import login_name, media_of, reading, writing
from labeler.cli.options import PATH, as_json, by_person, in_queue, project_argument
from labeler.cli.progress import Bar
from labeler.exchange.exporting import ExportOptions, run_export
from labeler.exchange.importing import ImportOptions, run_import
from labeler.exchange.native import NATIVE, native_entry, run_native_export
from labeler.exchange.native_reading import run_native_import
from labeler.exchange.needs import here
from labeler.exchange.reports import ImportReport
from labeler.exchange.selection import SOURCES
from labeler.model.problems import Problem, Refusal, counted, nearest
from labeler.plugins import Plugins
from labeler.store import Project, QueueRow
from labeler.store.rows import STATUSES
from labeler.work.media_roots import MediaRoots, roots_file

__all__ = ["export_files", "import_files", "list_formats"]


@click.command(
    name="import",
    help="Take tasks and values in from files or folders. The same source again adds nothing.",
)
@project_argument
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=PATH)
@click.option("--format", "format_id", required=True, metavar="ID", help="See formats.")
@in_queue("The queue; may be left out where the format's panel has one.")
@click.option(
    "--as",
    "taken",
    type=click.Choice(["tasks", "annotations", "predictions", "gold"]),
    help="What the rows are; annotations if there are any, else tasks.",
)
@by_person("Whose values they are where the file names nobody; else the login name.")
@click.option(
    "--media",
    type=click.Choice(["reference", "embed"]),
    default="reference",
    show_default=True,
    help="Whether media stay where they are or go into the project.",
)
@click.option("--strict-labels", is_flag=True, help="Refuse labels that are not in the set.")
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and change nothing.")
@as_json
def import_files(
    project: Path,
    sources: tuple[Path, ...],
    format_id: str,
    queue: str | None,
    taken: Any,
    by: str | None,
    media: str,
    strict_labels: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Import files."""
    plugins = Plugins.load()
    options = ImportOptions(
        by=by or login_name(),
        taken=taken,
        strict_labels=strict_labels,
        embed=media == "embed",
        dry_run=dry_run,
    )
    with writing(project) as opened, Bar("Import") as told:
        ask = here(opened)
        if format_id == NATIVE:
            report = run_native_import(ask, plugins, sources, queue, options, progress=told)
        else:
            entry, queue = _format_and_queue(plugins, opened, format_id, queue)
            reader = plugins.reader(entry)
            settings = _settings(plugins, entry, opened.queue(queue))
            options = replace(options, settings=settings)
            run = (ask, plugins, reader, sources, queue, options)
            report = run_import(*run, progress=told, roots=MediaRoots(roots_file()))
    _tell_import(report, as_json=as_json, would=dry_run)
    return WITH_PROBLEMS if report.problems else DONE


def _tell_import(report: ImportReport, *, as_json: bool, would: bool) -> None:
    if as_json:
        streams.data(
            {
                "tasks": report.tasks,
                "annotations": report.annotations,
                "skipped": report.skipped,
                "problems": [streams.problem_tree(one) for one in report.problems],
            }
        )
        return
    streams.problems(report.problems)
    added = f"{counted(report.tasks, 'task')} and {counted(report.annotations, 'annotation')}"
    verb = "would be added" if would else "added"
    streams.say(f"{added} {verb}, {counted(report.skipped, 'row')} skipped")


@click.command(
    name="export", help="Write tasks and values to a file or folder that is not there yet."
)
@project_argument
@click.argument("target", type=PATH)
@click.option("--format", "format_id", required=True, metavar="ID", help="See formats.")
@in_queue("The queue; may be left out where the format's panel has one.")
@click.option(
    "--source",
    type=click.Choice(SOURCES),
    help="Which values; submitted ones, for native all.",
)
@by_person("Only the values of this person or model.")
@as_json
def export_files(
    project: Path,
    target: Path,
    format_id: str,
    queue: str | None,
    source: Any,
    by: str | None,
    as_json: bool,
) -> int:
    """Export to files."""
    plugins = Plugins.load()
    with reading(project) as opened, Bar("Export") as told:
        ask = here(opened)
        if format_id == NATIVE:
            options = ExportOptions(source=source or "all", by=by)
            report = run_native_export(ask, target, queue, options, progress=told)
        else:
            entry, queue = _format_and_queue(plugins, opened, format_id, queue)
            writer = plugins.writer(entry)
            settings = _settings(plugins, entry, opened.queue(queue))
            options = ExportOptions(source=source or "submitted", by=by, settings=settings)
            report = run_export(
                *(ask, plugins, writer, target, queue, options),
                holds_one=entry.holds_one,
                progress=told,
                open_medium=media_of(opened).open,
            )
    if as_json:
        streams.data(
            {
                "tasks": report.tasks,
                "annotations": report.annotations,
                "dropped": dict(report.dropped),
                "files": [str(path) for path in report.files],
            }
        )
    else:
        for reason, count in sorted(report.dropped.items()):
            click.echo(streams.line(f"{count} left out: {reason}"), err=True)
        written = f"{counted(report.tasks, 'task')} and {counted(report.annotations, 'annotation')}"
        streams.say(f"{written} written")
        for path in report.files:
            streams.say(str(path))
    # Work that nobody has submitted was not asked for; everything else left out is a problem.
    return WITH_PROBLEMS if set(report.dropped) - set(STATUSES) else DONE


def _format_and_queue(
    plugins: Plugins, project: Project, format_id: str, queue: str | None
) -> tuple[FormatEntry, str]:
    """The format and the queue that are meant; raises Refusal where that is not clear."""
    if queue is not None:
        row = project.queue(queue)
        return plugins.format(format_id, row.panel), queue
    entries = [entry for entry in plugins.formats() if entry.id == format_id]
    if not entries:
        known = [NATIVE, *(entry.id for entry in plugins.formats())]
        hint = nearest(format_id, known)
        raise Refusal.of("format_unknown", format=format_id, hint=hint)
    panels = {entry.panel for entry in entries}
    rows = [row for row in project.queues() if row.panel in panels]
    if len(rows) == 1:
        return next(entry for entry in entries if entry.panel == rows[0].panel), rows[0].name
    if not rows:
        text = "the project has no queue of the panel {panel!r}; make one with the command queue"
        params = {"panel": " or ".join(sorted(panels))}
        raise Refusal(Problem("queue_needed", str(project.path), params, text))
    raise Refusal.of("queue_needed", str(project.path), count=len(rows))


def _settings(plugins: Plugins, entry: FormatEntry, queue: QueueRow) -> dict[str, Any]:
    """The panel's settings: the manifest's defaults, and what the queue's configuration says."""
    found = plugins.panel(entry.panel)
    told = queue.config.settings
    settings = {}
    for one in found.manifest.settings if found else ():
        value = told.get(one.key, one.default)
        settings[one.key] = one.default if one.fault(value) else value
    return settings


@click.command(name="formats", help="List the formats of import and export, panel by panel.")
@as_json
def list_formats(as_json: bool) -> int:
    """List the formats."""
    plugins = Plugins.load()
    found = [
        entry
        for panel in plugins.panels()
        for entry in (*plugins.formats(panel.id), native_entry(panel.id))
    ]
    if as_json:
        streams.data(
            [
                {
                    "id": one.id,
                    "panel": one.panel,
                    "import": one.import_,
                    "export": one.export,
                    "title": one.title,
                    "extensions": one.extensions,
                    "loses": one.loses,
                }
                for one in found
            ]
        )
        return DONE
    for one in found:
        ways = " and ".join(
            way for way, has in (("import", one.import_), ("export", one.export)) if has
        )
        streams.say(f"{one.panel}  {one.id}  {one.title} ({ways})")
    return DONE
