"""A task as a search sees it: its texts as words, its fields as facts. Read raw, a page at a time.

What people wrote, answered and marked is in it, gold and what models said is not: whoever labels a task
must not find it by what is expected of it. Names of models in a content stay out for the same reason.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from labeler.model.statuses import STATUSES
from labeler.model.value import LAYERS
from labeler.model.words import fact, fold, words_of
from labeler.store.bodies import AnnotationBody, TaskBody
from labeler.store.damage import read_body
from labeler.store.file import ProjectFile
from labeler.store.many import values_in
from labeler.store.oplog import unpack_body

__all__ = ["EVERY", "Document", "Place", "RawTask", "day_facts", "document", "drafted", "read_raw"]

_WORK, _PREDICTION = LAYERS.index("work"), LAYERS.index("prediction")
_READ = tuple(LAYERS.index(name) for name in ("work", "review", "adjudication", "consensus"))
KEEPS_ITS_STATUS = ("accepted", "missing")
_NO_TEXT = frozenset({"id", "type", "on", "model", "origin", "kind", "parent", "from", "to"})
"""Names whose values say how things hang together, and models' names."""
_LONGEST_VALUE = 200
_MOST_FACTS = 2000
_MOST_PEOPLE = 99
EVERY = fact("every", "")
"""The fact that is true of every task."""


class Place(NamedTuple):
    """Where a task stands: what the table of tasks is sorted by."""

    queue: int
    priority: int
    order: int
    task: int


class RawTask(NamedTuple):
    """A task as it lies in the file; annotations are (layer, author, versions, clock, body JSON)."""

    place: Place
    key: str
    status: int
    drafted: bool
    body: bytes | None
    annotations: list[tuple[int, int, int, int, bytes | None]]


class Document(NamedTuple):
    """Words of the key, words of all texts, facts: each joined by spaces, with one at either end."""

    key: str
    body: str
    facts: str


def drafted(file: ProjectFile) -> set[int]:
    """Tasks that are shown and somebody has a draft of in this file."""
    sql = (
        "SELECT draft.task FROM draft JOIN task ON task.id=draft.task "
        "WHERE draft.cursor<>draft.saved AND task.status>=0"
    )
    return {row[0] for row in file.rows(sql)}


def read_raw(file: ProjectFile, tasks: Sequence[int], drafts: set[int]) -> list[RawTask]:
    """These tasks (rows of the file) as they lie there, those that are shown, in order of place."""
    marks = values_in(tasks)
    annotations: dict[int, list[tuple[int, int, int, int, bytes | None]]] = {}
    for task, layer, author, heads, hlc, enc, stored in file.rows(
        "SELECT ann.task, ann.layer, ann.author, ann.heads, ann.hlc, op.enc, op.body FROM ann "
        f"LEFT JOIN op ON op.id=ann.head AND ann.layer IN ({','.join(map(str, _READ))}) "
        f"WHERE ann.task IN ({marks}) AND ann.deleted=0 ORDER BY ann.task, ann.id",
        tasks,
    ):
        raw = None if enc is None else unpack_body(file.connection, enc, stored)
        annotations.setdefault(task, []).append((layer, author, heads, hlc, raw))
    found = []
    for row in file.rows(
        "SELECT task.queue, task.prio, task.ord, task.id, task.key, task.status, op.enc, op.body "
        f"FROM task JOIN op ON op.id=task.head WHERE task.id IN ({marks}) AND task.status>=0 "
        "ORDER BY task.queue, task.prio, task.ord, task.id",
        tasks,
    ):
        body = unpack_body(file.connection, row[6], row[7])
        said = annotations.get(row[3], [])
        found.append(RawTask(Place(*row[:4]), row[4], row[5], row[3] in drafts, body, said))
    return found


def document(raw: RawTask) -> Document:
    """What a search sees of a task. Raises Damaged."""
    status = STATUSES[raw.status] if raw.status < len(STATUSES) else "open"
    if raw.drafted and status not in KEEPS_ITS_STATUS:
        status = "drafted"
    work = [one for one in raw.annotations if one[0] == _WORK]
    authors = {author for _, author, _, _, _ in work}
    layers = {one[0] for one in raw.annotations}
    in_conflict = any(heads > 1 for _, _, heads, _, _ in raw.annotations)
    facts = {
        EVERY: None,
        fact("status", status): None,
        fact("queue", str(raw.place.queue)): None,
        fact("people", str(min(len(authors), _MOST_PEOPLE))): None,
        fact("conflict", "yes" if in_conflict else "no"): None,
        fact("predicted", "yes" if _PREDICTION in layers else "no"): None,
    }
    for author in sorted(authors):
        facts[fact("by", str(author))] = None
    last = max((hlc >> 16 for _, _, _, hlc, _ in work), default=0)
    for name in day_facts(last):
        facts[name] = None
    texts: list[str] = []
    if raw.body is not None:
        body = read_body(raw.body, TaskBody)
        texts += _texts(read_body(bytes(body.content), object), numbers=True)
        meta = read_body(bytes(body.meta), object)
        texts += _texts(meta, numbers=True)
        for name, value in _values(meta, ""):
            _add(facts, f"meta.{fold(name)}", value)
    for *_, stored in raw.annotations:
        if stored is not None:
            _said(read_body(stored, AnnotationBody), texts, facts)
    return Document(_joined([raw.key]), _joined(texts), f" {' '.join([*facts][:_MOST_FACTS])} ")


def _joined(texts: Sequence[str]) -> str:
    return f" {' '.join(words_of(texts))} "


def _said(body: AnnotationBody, texts: list[str], facts: dict[str, None]) -> None:
    value = read_body(bytes(body.value), object)
    if body.reason:
        texts.append(body.reason)
    if not isinstance(value, dict):
        return
    answers = value.get("answers")
    if isinstance(answers, dict):
        _answered(answers, facts)
        texts += _texts(answers, numbers=False)
    regions = value.get("regions")
    for region in regions if isinstance(regions, list) else ():
        if not isinstance(region, dict):
            continue
        label = region.get("label")
        if isinstance(label, str):
            facts[fact("label", label)] = None
        attributes = region.get("attributes")
        if isinstance(attributes, dict):
            _answered(attributes, facts)
        # The words of a segment repeat its text.
        rest = {name: one for name, one in region.items() if name != "words"}
        texts += _texts(rest, numbers=False)


def _answered(answers: dict[str, Any], facts: dict[str, None]) -> None:
    for question, answer in answers.items():
        for _, value in _values(answer, ""):
            _add(facts, f"answer.{question}", value)


def _add(facts: dict[str, None], field: str, value: str) -> None:
    if len(value) <= _LONGEST_VALUE:
        facts[fact(field, fold(value))] = None


def _texts(tree: Any, *, numbers: bool) -> Iterator[str]:
    """Every text in a tree that somebody could mean, in order."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for name, value in tree.items():
            if name not in _NO_TEXT:
                yield from _texts(value, numbers=numbers)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value, numbers=numbers)
    elif numbers and isinstance(tree, (int, float)) and not isinstance(tree, bool):
        yield str(tree)


def _values(tree: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every single value in a tree, with the names that lead to it, dots between them."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from _values(value, f"{path}.{name}" if path else name)
    elif isinstance(tree, list):
        for value in tree:
            yield from _values(value, path)
    elif isinstance(tree, bool):
        yield path, "true" if tree else "false"
    elif isinstance(tree, float) and tree.is_integer():
        yield path, str(int(tree))
    elif tree is not None:
        yield path, str(tree)


def day_facts(milliseconds: int) -> tuple[str, ...]:
    """When somebody did last (milliseconds since the epoch), as facts of this machine's calendar."""
    if not milliseconds:
        return (fact("changed", "no"),)
    try:
        day = time.strftime("%Y-%m-%d", time.localtime(milliseconds / 1000))
    except (OverflowError, ValueError, OSError):  # a clock that was never right
        return (fact("changed", "yes"),)
    return tuple(fact("changed", one) for one in ("yes", day[:4], day[:7], day))
