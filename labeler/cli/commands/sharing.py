"""Commands about copies of a project: merge, conflicts, settle."""

from __future__ import annotations

from pathlib import Path

import click

from labeler.cli import streams
from labeler.cli.failures import DONE, WITH_PROBLEMS
from labeler.cli.opening import reading, writing
from labeler.cli.options import PATH, as_json, by_person, file_or_stdin, project_argument
from labeler.cli.progress import Bar
from labeler.cli.reading import bytes_of, place_of
from labeler.model.problems import Refusal

__all__ = ["conflicts", "merge", "settle"]


@click.command(
    help="Take the work in other copies of a project in. Nothing is dropped; the same copy again "
    "adds nothing. What was decided differently is kept and listed by conflicts."
)
@project_argument
@click.argument("others", metavar="OTHER...", nargs=-1, required=True, type=PATH)
@as_json
def merge(project: Path, others: tuple[Path, ...], as_json: bool) -> int:
    """Merge copies."""
    added = known = quarantined = in_conflict = 0
    with writing(project) as opened, Bar("Merge") as told:
        for other in others:
            report = opened.merge(other, told)
            added += report.added
            known += report.known
            quarantined += report.quarantined
            in_conflict = report.conflicts
        wrong = opened.wrong_clocks()
    if as_json:
        streams.data(
            {
                "added": added,
                "known": known,
                "conflicts": in_conflict,
                "quarantined": quarantined,
            }
        )
    else:
        streams.say(f"{added} changes added, {known} known, {in_conflict} conflicts")
        if quarantined:
            click.echo(f"{quarantined} damaged changes were set aside (see check)", err=True)
    for one in wrong:
        late = f"the clock of {one.device} ({one.by}) is {one.hours} hours ahead"
        click.echo(f"{late}; its work was taken in, its time is not believed", err=True)
    return WITH_PROBLEMS if in_conflict or quarantined else DONE


@click.command(help="List what two copies of a project decided differently.")
@project_argument
@as_json
def conflicts(project: Path, as_json: bool) -> int:
    """List conflicts."""
    with reading(project) as opened:
        found = opened.conflicts()
    if as_json:
        streams.data(
            [
                {
                    "entity": one.entity,
                    "kind": one.kind,
                    "task": one.task,
                    "versions": [
                        {"by": version.by, "value": version.value} for version in one.versions
                    ],
                }
                for one in found
            ]
        )
        return DONE
    for one in found:
        people = ", ".join(
            f"{version.by} (deleted)" if version.value is None else version.by
            for version in one.versions
        )
        task = f" of task {one.task}" if one.task else ""
        streams.say(f"{one.entity}  {one.kind}{task}: {len(one.versions)} versions by {people}")
    return DONE


@click.command(
    help="Settle a conflict. ENTITY is what conflicts names; the value stands in place of every "
    "version, and all of them stay in the file."
)
@project_argument
@click.argument("entity")
@by_person("Who decides.", required=True)
@file_or_stdin("--value", "JSON as conflicts shows it of a version; null deletes.", required=True)
def settle(project: Path, entity: str, by: str, value: Path) -> int:
    """Settle a conflict."""
    raw, where = bytes_of(value), place_of(value)
    with writing(project) as opened:
        found = opened.conflict(entity)
        context = b"{}"
        if found.kind == "annotation" and raw.strip() != b"null":
            from labeler.cli.values import checked_value, context_of  # a tenth of a second
            from labeler.plugins import Plugins

            plugins = Plugins.load()
            row = opened.task_of(found)
            full, queue = opened.task(row), opened.queue(row.queue)
            kept = opened.regions_of(found)
            read = checked_value(plugins, queue, full, raw, where, kept, whole=True)
            raw, context = plugins.codec(queue.panel).encode(read), context_of(queue)
        opened.sign_in(by)
        try:
            opened.settle(found, raw, by=by, context=context)
        except Refusal as refusal:
            if refusal.problem.code != "value_invalid":
                raise
            # What is wrong is what was handed to the command; the project is as it was.
            fault = str(refusal.problem.params["reason"]).rpartition(" does not read: ")[2]
            reason = f"this settles no {found.kind}: {fault}; see conflicts --json for its versions"
            raise Refusal.of("value_invalid", where, reason=reason) from None
        left = opened.query.counts()["conflicts"]
    streams.say(f"{entity}: settled by {by}, {left} conflicts left")
    return DONE
