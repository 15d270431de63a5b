"""A task as a search sees it: its texts as words, its fields as facts. Read raw, a page at a time.

What people wrote, answered and marked is in it, gold and what models said is not: whoever labels a task
must not find it by what is expected of it. Names of models in a content stay out for the same reason.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from labeler.model.statuses import STATUSES
from labeler.model.value import LAYERS
from labeler.model.words import fact, fold, words_of
from labeler.store.bodies import AnnotationBody, TaskBody
from labeler.store.damage import read_body
from labeler.store.file import ProjectFile
from labeler.store.many import values_in
from labeler.store.oplog import unpack_body

__all__ = [
    "EVERY",
    "KEEPS_ITS_STATUS",
    "LARGE",
    "MOST_PEOPLE",
    "READ",
    "Document",
    "Place",
    "RawTask",
    "days",
    "document",
    "drafted",
    "part_of",
    "read_raw",
]

_WORK, _PREDICTION = LAYERS.index("work"), LAYERS.index("prediction")
READ = tuple(LAYERS.index(name) for name in ("work", "review", "adjudication", "consensus"))
"""Layers whose annotations are read: gold and what models said are not."""
KEEPS_ITS_STATUS = ("accepted", "missing")
"""Statuses that work begun in this file does not change."""
_NO_TEXT = frozenset({"id", "type", "on", "model", "origin", "kind", "parent", "from", "to"})
"""Names whose values say how things hang together, and models' names."""
_LONGEST_VALUE = 200
_MOST_FACTS = 2000
LARGE = 8000
"""Bytes of body and annotations below which no task has as many facts or words as are left out."""
MOST_PEOPLE = 99
"""People who worked on a task that are counted."""
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

    @property
    def changed(self) -> int:
        """When somebody worked at it last, by the hybrid clock; 0 for nobody."""
        return max((hlc for layer, _, _, hlc, _ in self.annotations if layer == _WORK), default=0)


class Document(NamedTuple):
    """Words of the key, words of all texts, facts: each joined by spaces, with one at either end."""

    key: str
    body: str
    facts: str


def drafted(file: ProjectFile) -> set[int]:
    """Tasks that are shown and somebody has a draft of in this file."""
    sql = (
        "SELECT draft.task FROM draft JOIN task ON task.id=draft.task "
        "WHERE draft.cursor<>draft.saved AND draft.layer=0 AND task.status>=0"
    )
    return {row[0] for row in file.rows(sql)}


def read_raw(file: ProjectFile, tasks: Sequence[int], drafts: set[int]) -> list[RawTask]:
    """These tasks (rows of the file) as they lie there, those that are shown, in order of place."""
    marks = values_in(tasks)
    annotations: dict[int, list[tuple[int, int, int, int, bytes | None]]] = {}
    for task, layer, author, heads, hlc, enc, stored in file.rows(
        "SELECT ann.task, ann.layer, ann.author, ann.heads, ann.hlc, op.enc, op.body FROM ann "
        f"LEFT JOIN op ON op.id=ann.head AND ann.layer IN ({','.join(map(str, READ))}) "
        f"WHERE ann.task IN ({marks}) ORDER BY ann.task, ann.id",
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
    said = [stored for *_, stored in raw.annotations if stored is not None]
    return part_of(raw.key, raw.body, said, facts=_facts_of(raw))


def part_of(
    key: str,
    body: bytes | None,
    said: Iterable[bytes],
    *,
    has_words: bool = True,
    facts: dict[str, None] | None = None,
) -> Document:
    """What a search sees of a key, a body and annotations (JSON). Raises Damaged.

    ``facts`` are those it has already; without them none are looked for, with ``has_words`` false
    no words.
    """
    texts: list[str] = []
    if body is not None:
        read = read_body(body, TaskBody)
        meta = read_body(bytes(read.meta), object)
        if has_words:
            texts += _texts(read_body(bytes(read.content), object), numbers=True)
            texts += _texts(meta, numbers=True)
        if facts is not None:
            for name, column in _values(meta, ""):
                _add(facts, f"meta.{fold(name)}", column)
    for stored in said:
        told = read_body(stored, AnnotationBody)
        value = read_body(bytes(told.value), object)
        if has_words:
            texts += [told.reason, *_texts_said(value)]
        if facts is not None:
            _facts_said(value, facts)
    return Document(
        _joined([key]) if has_words else "",
        _joined(texts) if has_words else "",
        f" {' '.join([*(facts or ())][:_MOST_FACTS])} ",
    )


def _facts_of(raw: RawTask) -> dict[str, None]:
    """What is so of a task whatever is in it."""
    status = STATUSES[raw.status] if raw.status < len(STATUSES) else "open"
    if raw.drafted and status not in KEEPS_ITS_STATUS:
        status = "drafted"
    work = [one for one in raw.annotations if one[0] == _WORK]
    authors = sorted({author for _, author, _, _, _ in work})
    predicted = any(one[0] == _PREDICTION for one in raw.annotations)
    in_conflict = any(heads > 1 for _, _, heads, _, _ in raw.annotations)
    found = [
        EVERY,
        fact("status", status),
        fact("queue", str(raw.place.queue)),
        fact("people", str(min(len(authors), MOST_PEOPLE))),
        fact("conflict", "yes" if in_conflict else "no"),
        fact("predicted", "yes" if predicted else "no"),
        *(fact("by", str(author)) for author in authors),
        *(fact("changed", day) for day in days(raw.changed >> 16)),
    ]
    return dict.fromkeys(found)


def _joined(texts: Sequence[str]) -> str:
    return f" {' '.join(words_of(texts))} "


def _texts_said(value: Any) -> Iterator[str]:
    """What somebody wrote and marked."""
    if isinstance(value, dict):
        yield from _texts(value.get("answers"), numbers=False)
        for region in _regions(value):
            # The words of a segment repeat its text.
            rest = {name: one for name, one in region.items() if name != "words"}
            yield from _texts(rest, numbers=False)


def _facts_said(value: Any, facts: dict[str, None]) -> None:
    """What somebody answered, and with which labels."""
    if not isinstance(value, dict):
        return
    _answered(value.get("answers"), facts)
    for region in _regions(value):
        label = region.get("label")
        if isinstance(label, str):
            facts[fact("label", label)] = None
        _answered(region.get("attributes"), facts)


def _regions(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    regions = value.get("regions")
    for region in regions if isinstance(regions, list) else ():
        if isinstance(region, dict):
            yield region


def _answered(answers: Any, facts: dict[str, None]) -> None:
    for question, answer in answers.items() if isinstance(answers, dict) else ():
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


def days(milliseconds: int) -> tuple[str, ...]:
    """When somebody did last (milliseconds since the epoch), in this machine's calendar.

    ``no`` where nobody did, else ``yes``, the year, the month and the day.
    """
    if not milliseconds:
        return ("no",)
    try:
        day = time.strftime("%Y-%m-%d", time.localtime(milliseconds / 1000))
    except (OverflowError, ValueError, OSError):  # a clock that was never right
        return ("yes",)
    return "yes", day[:4], day[:7], day
