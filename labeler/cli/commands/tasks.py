"""Commands that look at tasks: tasks, show, next."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from labeler.cli import streams
from labeler.cli.failures import DONE
from labeler.cli.opening import reading
from labeler.cli.options import as_json, by_person, in_queue, project_argument
from labeler.cli.progress import Bar
from labeler.model.finding import SORTED, read_sort
from labeler.model.ids import person_uid
from labeler.model.json import read_json
from labeler.store import Project, TaskFull, TaskRow
from labeler.store.indexing import Indexing, index_folder
from labeler.store.listed import Listed
from labeler.store.rows import STATUSES
from labeler.work.views import SavedViews, views_file

__all__ = ["list_tasks", "next_task", "show"]

_PAGE = 5000


@click.command(
    name="tasks",
    help='List tasks in the order they are worked on. TEXT is words, "words in a row", -without, '
    "FIELD:value; see the page Search of the help.",
)
@project_argument
@in_queue("Only this queue.")
@click.option("--search", default="", metavar="TEXT", help="Only those this finds.")
@click.option("--view", default="", metavar="NAME", help="Only those of a view saved in Data.")
@click.option("--status", type=click.Choice(STATUSES), help="Only those of this status.")
@click.option(
    "--sort",
    default="",
    metavar="COLUMN[:desc]",
    help=f"Sorted by a column, else in order of the queues: {', '.join(SORTED)}.",
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most so many.")
@click.option("--index", "make", is_flag=True, help="First make this machine's search index.")
@as_json
def list_tasks(
    project: Path,
    queue: str | None,
    search: str,
    view: str,
    status: str | None,
    sort: str,
    limit: int | None,
    make: bool,
    as_json: bool,
) -> int:
    """List tasks."""
    with reading(project) as opened, _indexed(opened, make=make):
        asked = opened.query.read_filter(search)
        if view:
            asked = SavedViews(views_file()).view(opened.uid.hex(), view).asked.also(asked)
        if sort:
            asked = asked.sorted_by(read_sort(sort))
        found = _listed(opened.query.listing(queue, status, asked=asked), limit)
        if as_json:
            streams.data(
                [
                    {
                        "id": one.id,
                        "key": one.key,
                        "queue": one.queue,
                        "status": one.status,
                        "annotations": one.annotations,
                    }
                    for one in found
                ]
            )
            return DONE
        for one in found:
            streams.say(f"{one.id}  {one.queue}  {one.status}  {one.key}")
    return DONE


@contextlib.contextmanager
def _indexed(project: Project, *, make: bool) -> Iterator[None]:
    """Let the index of this machine answer, where there is one; with ``make`` make it first."""
    index = Indexing(project.file, index_folder())
    try:
        if make:
            with Bar("index") as tell:
                state = index.step()
                while not state.ready and state.problem is None:
                    state = index.step()
                    if tell is not None:
                        tell(state.done, state.of)
            if state.problem is not None:
                streams.problems([state.problem])
        if index.exists:
            project.query.index = index
        yield
    finally:
        index.close()


def _listed(listing: Listed, limit: int | None) -> Iterator[TaskRow]:
    at = 0
    while limit is None or at < limit:
        wanted = _PAGE if limit is None else min(_PAGE, limit - at)
        while not listing.complete and listing.total < at + wanted:
            listing.find_more()
        rows = listing.tasks(at, wanted)
        if not rows:
            return
        yield from rows
        at += len(rows)


@click.command(help="Show a task, its content and what was said about it. TASK is an id or a key.")
@project_argument
@click.argument("task")
@in_queue("The queue, where a key is in several.")
@as_json
def show(project: Path, task: str, queue: str | None, as_json: bool) -> int:
    """Show a task."""
    with reading(project) as opened:
        full = opened.task(opened.query.find(task, queue))
    _tell(full, as_json=as_json)
    return DONE


@click.command(name="next", help="Show the next task a person is to work on. Nothing is written.")
@project_argument
@by_person("Whose next task.", required=True)
@in_queue("The queue; else the first with something to do.")
@as_json
def next_task(project: Path, by: str, queue: str | None, as_json: bool) -> int:
    """Show the next task."""
    with reading(project) as opened:
        names = [queue] if queue is not None else [one.name for one in opened.queues()]
        if queue is not None:
            opened.queue(queue)
        person = person_uid(opened.uid, by)
        found = (opened.query.next_open(name, person) for name in names)
        row = next((one for one in found if one is not None), None)
        full = None if row is None else opened.task(row)
    if full is not None:
        _tell(full, as_json=as_json)
    elif as_json:
        streams.data(None)
    else:
        streams.say("nothing to do")
    return DONE


def _tell(full: TaskFull, *, as_json: bool) -> None:
    tree = task_tree(full)
    if as_json:
        streams.data(tree)
        return
    row = full.row
    streams.say(f"{row.id}  {row.queue}  {row.status}  {row.key}")
    streams.say(f"content: {full.content.decode() or 'not here yet'}")
    for one in full.annotations:
        if one.layer == "prediction":
            streams.say(f"prediction by {one.author}: {one.value.decode()}")
        elif one.layer == "work":
            reason = f" ({one.reason})" if one.reason else ""
            streams.say(f"{one.status} by {one.author}{reason}: {one.value.decode()}")
            order = read_json(one.context).get("order")
            if order:
                streams.say(f"  was shown in the order {', '.join(map(str, order))}")


def task_tree(full: TaskFull) -> dict[str, Any]:
    """A task as ``show`` prints it. Gold is not shown: whoever labels a task must not know it."""
    return {
        "id": full.row.id,
        "key": full.row.key,
        "queue": full.row.queue,
        "status": full.row.status,
        "content": read_json(full.content) if full.content else None,
        "predictions": [
            {"by": one.author, "value": msgspec.Raw(one.value)}
            for one in full.annotations
            if one.layer == "prediction"
        ],
        "annotations": [
            {
                "by": one.author,
                "status": one.status,
                "value": msgspec.Raw(one.value),
                "context": msgspec.Raw(one.context),
            }
            for one in full.annotations
            if one.layer == "work"
        ],
    }
