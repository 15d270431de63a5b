"""Commands about copies of a project: merge, conflicts."""

from __future__ import annotations

from pathlib import Path

import click

from labeler.cli import streams
from labeler.cli.failures import DONE, WITH_PROBLEMS
from labeler.cli.opening import reading, writing
from labeler.cli.options import PATH, as_json, project_argument
from labeler.cli.progress import Bar

__all__ = ["conflicts", "merge"]


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
        people = ", ".join(version.by for version in one.versions)
        task = f" of task {one.task}" if one.task else ""
        streams.say(f"{one.entity}  {one.kind}{task}: {len(one.versions)} versions by {people}")
    return DONE
