"""Commands about copies of a project: merge, conflicts, settle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from labeler.cli import streams
from labeler.cli.failures import DONE, REFUSED, WITH_PROBLEMS
from labeler.cli.opening import reading, writing
from labeler.cli.options import PATH, as_json, by_person, file_or_stdin, project_argument
from labeler.cli.progress import Bar
from labeler.cli.reading import bytes_of, place_of
from labeler.model.problems import Problem, Refusal, counted
from labeler.store import Project
from labeler.store.merge_log import MergeRow

__all__ = ["conflicts", "merge", "settle"]


@click.command(
    help="Take the work in other copies of a project in. Nothing is dropped; the same copy again "
    "adds nothing. What was decided differently is kept and listed by conflicts. A copy that is "
    "refused keeps none of the others out."
)
@project_argument
@click.argument("others", metavar="OTHER...", nargs=-1, required=True, type=PATH)
@as_json
def merge(project: Path, others: tuple[Path, ...], as_json: bool) -> int:
    """Merge copies, each for itself; refused is what took no copy in whole."""
    taken: list[tuple[Path, MergeRow]] = []
    refused: list[Problem] = []
    with writing(project) as opened, Bar("Merge") as told:
        for other in others:
            before = _newest(opened)
            try:
                opened.merge(other, told)
            except Refusal as refusal:
                if refusal.problem not in refused:  # a full disk is one problem for all of them
                    refused.append(refusal.problem)
            row = _newest(opened)
            if row is not None and row != before:
                taken.append((other, row))
        in_conflict = opened.query.counts()["conflicts"]
        wrong = opened.wrong_clocks()
    quarantined = sum(row.quarantined for _, row in taken)
    if as_json:
        streams.data(_merge_tree(taken, refused, in_conflict))
    elif taken:
        _tell_merge(taken, in_conflict, each=len(others) > 1)
    streams.problems(refused)
    if quarantined and not as_json:
        click.echo(f"{counted(quarantined, 'change')} set aside as damaged (see check)", err=True)
    for one in wrong:
        late = f"the clock of {one.device} ({one.by}) is {counted(one.hours, 'hour')} ahead"
        click.echo(
            streams.line(f"{late}; its work was taken in, its time is not believed"), err=True
        )
    if refused and not any(row.whole for _, row in taken):
        return REFUSED
    return WITH_PROBLEMS if in_conflict or quarantined or refused else DONE


def _newest(project: Project) -> MergeRow | None:
    """The newest row of the log: a merge that was refused halfway has one as well."""
    return next(iter(project.merges()), None)


def _tell_merge(taken: Sequence[tuple[Path, MergeRow]], in_conflict: int, *, each: bool) -> None:
    for other, row in taken if each else ():
        end = "" if row.whole else ", then it was refused"
        streams.say(f"{other}: {counted(row.added, 'change')} added, {row.known} known{end}")
    added, known = (sum(getattr(row, name) for _, row in taken) for name in ("added", "known"))
    conflict = counted(in_conflict, "conflict")
    streams.say(f"{counted(added, 'change')} added, {known} known, {conflict}")


def _merge_tree(
    taken: Sequence[tuple[Path, MergeRow]], refused: Sequence[Problem], in_conflict: int
) -> dict[str, Any]:
    """What ``merge --json`` prints."""
    files = [
        {
            "file": str(other),
            "whole": row.whole,
            "added": row.added,
            "known": row.known,
            "quarantined": row.quarantined,
        }
        for other, row in taken
    ]
    figures = {
        name: sum(getattr(row, name) for _, row in taken)
        for name in ("added", "known", "quarantined")
    }
    problems = [streams.problem_tree(one) for one in refused]
    return {**figures, "conflicts": in_conflict, "files": files, "problems": problems}


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
        streams.say(
            f"{one.entity}  {one.kind}{task}: {counted(len(one.versions), 'version')} by {people}"
        )
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
    streams.say(f"{entity}: settled by {by}, {counted(left, 'conflict')} left")
    return DONE
