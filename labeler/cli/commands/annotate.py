"""The command that writes a person's value for a task: annotate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
import msgspec

from labeler import __version__
from labeler.cli import streams
from labeler.cli.failures import DONE
from labeler.cli.opening import writing
from labeler.cli.options import as_json, by_person, file_or_stdin, in_queue, project_argument
from labeler.cli.reading import bytes_of, place_of
from labeler.exchange.names import Names
from labeler.model.checks import missing_answers
from labeler.model.ids import annotation_uid
from labeler.model.json import UNREADABLE
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.queue import fault_of
from labeler.model.steps import ValueTree
from labeler.model.value import Context, Value
from labeler.plugins import Plugins
from labeler.store import DraftRow, Person, Project, QueueRow, TaskFull
from labeler.store.drafts import refuse_held
from labeler.work.draft import Draft

__all__ = ["annotate"]

_FIELDS = ("regions", "answers")


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
        read = _checked(plugins, queue_row, full, raw, where, kept, whole=not draft)
        codec = plugins.codec(queue_row.panel)
        if draft:
            _keep(opened, full, author, Draft(_open(opened, full, author), codec), read)
            ident = annotation_uid(bytes.fromhex(row.id), "work", author.uid, 0).hex()
            status = "drafted"
        else:
            stored = codec.encode(read)
            written = opened.annotate(row, author=by, value=stored, context=_context(queue_row))
            ident, status = written.id, written.status
    if as_json:
        streams.data({"task": row.id, "annotation": ident, "status": status})
    else:
        streams.say(f"{row.key}: {status} by {author.handle}")
    return DONE


def _checked(
    plugins: Plugins,
    queue: QueueRow,
    full: TaskFull,
    raw: bytes,
    where: str,
    kept: Mapping[str, bytes],
    *,
    whole: bool,
) -> Value:
    """The value, with nothing wrong with it; raises Refusal with the path of the first thing that is.

    ``whole`` asks for an answer to every required question.
    """
    _refuse_other_fields(raw, where)
    if not full.content:
        raise Refusal.of("content_missing", full.row.key)
    content = plugins.content_decoder(queue.panel)(full.content)
    names = Names(queue.config, ids_first=True)
    value = plugins.read_value(
        queue.panel, names.to_ids(raw), key=full.row.key, content=content, where=where, kept=kept
    )
    found = list(plugins.problems(queue.panel, content, value, queue.config))
    if whole and not found:
        found += missing_answers(value, queue.config, plugins.parts(queue.panel, content))
    if found:
        place = f"{where}: {found[0].where}" if found[0].where else where
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        text = f"{found[0].template}{more}"
        raise Refusal(Problem(found[0].code, place, found[0].params, text))
    return value


def _refuse_other_fields(raw: bytes, where: str) -> None:
    try:
        fields = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except UNREADABLE as error:
        place, reason = fault_of(error)
        raise Refusal(Problem("json_syntax", f"{where}{place}", {"reason": reason})) from None
    for name in fields:
        if name not in _FIELDS:
            reason = f"a value has regions and answers, not {name!r}{nearest(name, _FIELDS)}"
            raise Refusal(Problem("value_invalid", f"{where}: {name}", {"reason": reason}))


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


def _context(queue: QueueRow) -> bytes:
    versions = queue.versions
    return msgspec.json.encode(
        Context(
            guideline=versions.get("guideline", ""),
            labels=versions.get("labels", ""),
            queue=versions.get("queue", ""),
            app=__version__,
        )
    )
