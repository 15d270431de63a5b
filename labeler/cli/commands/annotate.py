"""The command that writes a person's value for a task: annotate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from labeler.cli import streams
from labeler.cli.failures import DONE
from labeler.cli.opening import writing
from labeler.cli.options import as_json, by_person, file_or_stdin, in_queue, project_argument
from labeler.cli.reading import bytes_of, place_of
from labeler.cli.values import checked_value, context_of
from labeler.model.ids import annotation_uid
from labeler.model.steps import ValueTree
from labeler.model.value import Value
from labeler.plugins import Plugins
from labeler.store import DraftRow, Person, Project, TaskFull
from labeler.store.drafts import refuse_held
from labeler.work.draft import Draft

__all__ = ["annotate"]


@click.command(help="Submit a person's value for a task. TASK is an id or a key.")
@project_argument
@click.argument("task")
@by_person("Whose value it is.", required=True)
@file_or_stdin("--value", 'JSON: {"regions": [...], "answers": {...}}.', required=True)
@click.option("--draft", is_flag=True, help="Keep it as a draft instead of submitting it.")
@in_queue("The queue, where a key is in several.")
@as_json
def annotate(
    project: Path,
    task: str,
    by: str,
    value: Path,
    draft: bool,
    queue: str | None,
    as_json: bool,
) -> int:
    """Submit a value, or keep it as a draft."""
    raw, where = bytes_of(value), place_of(value)
    plugins = Plugins.load()
    with writing(project) as opened:
        row = opened.query.find(task, queue)
        full = opened.task(row, frozenset({"work"}))
        queue_row = opened.queue(row.queue)
        author = opened.sign_in(by)
        kept = _kept(full, author)
        read = checked_value(plugins, queue_row, full, raw, where, kept, whole=not draft)
        codec = plugins.codec(queue_row.panel)
        if draft:
            _keep(opened, full, author, Draft(_open(opened, full, author), codec), read)
            ident = annotation_uid(bytes.fromhex(row.id), "work", author.uid, 0).hex()
            status = "drafted"
        else:
            stored = codec.encode(read)
            written = opened.annotate(row, author=by, value=stored, context=context_of(queue_row))
            ident, status = written.id, written.status
    if as_json:
        streams.data({"task": row.id, "annotation": ident, "status": status})
    else:
        streams.say(f"{row.key}: {status} by {author.handle}")
    return DONE


def _kept(full: TaskFull, author: Person) -> Mapping[str, bytes]:
    """The regions the person's annotation has already, by id."""
    for one in full.annotations:
        if one.author == author.handle and one.round == 0:
            return ValueTree.read(one.value).regions
    return {}


def _open(project: Project, full: TaskFull, author: Person) -> DraftRow:
    row = project.open_draft(full.row, author)
    if row.holder:
        raise refuse_held(row.holder, author.title, full.row.key)
    return row


def _keep(project: Project, full: TaskFull, author: Person, draft: Draft, value: Value) -> None:
    """Write the value as one step of the person's draft, which an undo in the app takes back."""
    draft.emit(value, "Annotate")
    batch = draft.take_batch()
    if batch is not None:
        project.write_steps(full.row, author, draft.row, batch.steps, batch.cursor, batch.saved)
