"""A conflict that is to be decided, as it was read: its sides, what they came from, where they differ.

Qt-free. Whatever is in conflict (a value, a label set, a queue, a guideline, a task) is laid out as one
kind of tree and cut by the same three-way difference, so that one page decides all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from labeler.model.codec import Codec
from labeler.model.json import equal_json
from labeler.model.problems import Refusal
from labeler.model.regions import REGION_TYPES, Region
from labeler.model.three_way import (
    ABSENT,
    Apart,
    Children,
    Difference,
    Place,
    differences,
)
from labeler.store import ConflictRow, HistoryRow, Project, QueueRow, TaskFull, Version

__all__ = [
    "BODY",
    "STATUS",
    "Case",
    "Read",
    "Tree",
    "cut",
    "ending_of",
    "names_of",
    "put_back",
    "read_case",
    "read_conflict",
]

Tree = dict[str, Any]
STATUS = "\x00status"
"""The question that stands for an annotation's status and reason; no queue can ask one of this id."""
BODY = "\x00body"
"""The question that stands for all of what can only be chosen as a whole."""
_LISTED = {"labels": "labels", "queue": "questions"}
"""Kinds of entity that are a list of things with ids, and the field it is in."""
_TABLES = ("policy", "settings")
_APART = {"segment": ("speaker",), "point": ("speaker",), "aspect": ("category", "polarity")}


@dataclass(frozen=True, slots=True)
class Read:
    """A conflict as it was read in the lane, with what is shown of it.

    ``full`` is the task it is about, where it is about one, ``candidates`` the tasks one without
    content may belong to. ``author`` and ``layer`` say whose annotation it is.
    """

    conflict: ConflictRow
    origin: Version | None
    full: TaskFull | None = None
    queue: QueueRow | None = None
    author: str = ""
    layer: str = ""
    candidates: tuple[TaskFull, ...] = ()
    history: tuple[HistoryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A conflict cut into what can be chosen. ``sides`` are what is chosen between.

    ``trees`` are those of the sides, ``base`` is that of what they came from, or None.
    """

    read: Read
    sides: tuple[Version, ...]
    trees: tuple[Tree, ...]
    base: Tree | None
    found: tuple[Difference, ...]
    children: Children = field(default_factory=dict)
    apart: Apart = field(default_factory=dict)

    @property
    def entity(self) -> str:
        """What is in conflict (hexadecimal)."""
        return self.read.conflict.entity

    @property
    def kind(self) -> str:
        """Which kind of thing it is; ``double`` of a task that may belong to one of several."""
        return "double" if self.read.candidates else self.read.conflict.kind

    @property
    def contested(self) -> tuple[Place, ...]:
        """The places where somebody has to choose."""
        return tuple(one.place for one in self.found if one.verdict == "contested")

    @property
    def pieces(self) -> int:
        """How large it is: regions and answers of all sides."""
        return sum(len(one.get("regions", ())) + len(one["answers"]) for one in self.trees)


def read_case(project: Project, entity: str, *, whole: bool = True) -> Read:
    """Read a conflict in the lane; without ``whole`` only what its row in a list says.

    Raises Refusal ``conflict_unknown`` where it is none any more.
    """
    return read_conflict(project, project.conflict(entity), whole=whole)


def read_conflict(project: Project, conflict: ConflictRow, *, whole: bool = True) -> Read:
    """The same for a conflict that was read already."""
    origin = project.origin(conflict)
    full: TaskFull | None = None
    author = layer = name = ""
    candidates: tuple[TaskFull, ...] = ()
    if conflict.kind == "annotation":
        row = project.task_of(conflict)
        full = project.task(row, frozenset() if not whole else None)
        name = row.queue
        versions = project.query.versions(conflict.entity)
        author, layer = (versions[0].author, versions[0].layer) if versions else ("", "")
    elif conflict.kind == "task":
        full = _task_at(project, conflict.entity)
        name = full.row.queue if full is not None else ""
        candidates = tuple(project.task(one, frozenset()) for one in project.candidates(conflict))
    else:
        name = _queue_named(conflict)
    queue = next((one for one in project.queues() if one.name == name), None)
    history = project.history(conflict.entity) if whole else ()
    return Read(conflict, origin, full, queue, author, layer, candidates, history)


def _task_at(project: Project, entity: str) -> TaskFull | None:
    try:
        return project.task(project.query.find(entity), frozenset())
    except Refusal:
        return None  # both sides deleted it, or it is shown at the task it was joined to


def _queue_named(conflict: ConflictRow) -> str:
    for version in conflict.versions:
        if isinstance(version.value, Mapping):
            return str(version.value.get("id" if conflict.kind == "queue" else "queue", ""))
    return ""


def cut(read: Read, codec: Codec | None = None) -> Case:
    """Cut a conflict into what can be chosen; ``codec`` knows the panel's types of region.

    It takes its time on thousands of regions: not for the UI thread.
    """
    types: dict[str, type[Region]] = {**REGION_TYPES, **(codec.types if codec else {})}
    children = {name: cls.CHILDREN for name, cls in types.items() if cls.CHILDREN is not None}
    apart = {
        name: (*cls.TEXTS, *_APART.get(name, ()))
        for name, cls in types.items()
        if cls.TEXTS or name in _APART
    }
    if read.candidates:
        sides = tuple(Version("", 0, one.row.id, _offered(one)) for one in read.candidates)
        trees = tuple(_whole(side.value) for side in sides)
        return Case(read, sides, trees, None, differences({}, trees))
    kind = read.conflict.kind
    # What was redacted or does not read can be replaced, but not chosen.
    sides = tuple(one for one in read.conflict.versions if one.value is not None or one.deleted)
    # Part of a deletion means nothing: it is all of the one side or all of the other.
    whole = any(one.deleted for one in sides)
    trees = tuple(_laid_out(kind, side, whole=whole) for side in sides)
    origin = read.origin
    base = None
    if origin is not None and origin.value is not None:
        base = _laid_out(kind, origin, whole=whole)
    found = _with_uses(differences(base or {}, trees, children, apart), sides)
    found = _with_endings(found)
    return Case(read, sides, trees, base, found, children, apart)


def _offered(task: TaskFull) -> Tree:
    """A task that one without content may belong to, as a side of the conflict."""
    return {
        "content": msgspec.json.decode(task.content),
        "source": task.source,
        "task": task.row.id,
    }


def _whole(value: Any) -> Tree:
    return {"regions": (), "answers": {BODY: value}}


def _with_uses(found: tuple[Difference, ...], sides: Sequence[Version]) -> tuple[Difference, ...]:
    """What somebody took out and somebody uses is for a person to decide, though one only changed it."""
    if not any(side.uses for side in sides):
        return found
    return tuple(
        msgspec.structs.replace(one, verdict="contested") if one.verdict == "one" else one
        for one in found
    )


def _with_endings(found: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """Who skips while somebody else goes on working is no single change: a skip of what was done?"""
    ended = next((one for one in found if one.place.question == STATUS), None)
    if ended is None or ended.verdict != "one":
        return found
    makers = [number for number, side in enumerate(ended.versions) if side != ended.base]
    others = any(
        one is not ended
        and any(
            number not in makers and not _same(side, one.base)
            for number, side in enumerate(one.versions)
        )
        for one in found
    )
    if not others:
        return found
    contested = msgspec.structs.replace(ended, verdict="contested")
    return tuple(contested if one is ended else one for one in found)


def _same(one: Any, other: Any) -> bool:
    return one is other if ABSENT in (one, other) else equal_json(one, other)


def _laid_out(kind: str, version: Version, *, whole: bool) -> Tree:
    """A version's body as a tree of regions and answers; with ``whole`` as one answer."""
    body = version.value
    if whole:
        ending = (version.status, version.reason)
        return _whole((body, *ending) if kind == "annotation" and body is not None else body)
    if kind == "annotation":
        value = body if isinstance(body, Mapping) else {}
        answers = {**value.get("answers", {}), STATUS: (version.status, version.reason)}
        return {"regions": value.get("regions", ()), "answers": answers}
    listed = _LISTED.get(kind)
    if kind not in ("labels", "queue", "guideline") or not _is_listed(body, listed):
        return _whole(body)
    answers = {}
    for name, one in body.items():
        if name in _TABLES and isinstance(one, Mapping):
            answers.update({f"{name}/{key}": entry for key, entry in one.items()})
        elif name != listed:
            answers[name] = one
    return {"regions": body.get(listed, ()) if listed else (), "answers": answers}


def _is_listed(body: Any, listed: str | None) -> bool:
    """Whether its list has things with ids that tell them apart, so that it can be cut."""
    if not isinstance(body, Mapping):
        return False
    ids = [one.get("id") for one in body.get(listed, ())] if listed else []
    return all(isinstance(one, str) for one in ids) and len(ids) == len(set(ids))


def ending_of(tree: Tree) -> tuple[str, str]:
    """The status and reason of the annotation that a tree lays out; empty for anything else."""
    answers = tree["answers"]
    if STATUS in answers:
        status, reason = answers[STATUS]
        return str(status), str(reason)
    body = answers.get(BODY)
    if isinstance(body, tuple) and len(body) == 3:
        return str(body[1]), str(body[2])
    return "", ""


def put_back(kind: str, tree: Tree) -> Any:
    """The body that a tree lays out."""
    answers = dict(tree["answers"])
    if BODY in answers:
        whole = answers[BODY]
        return whole[0] if kind == "annotation" and whole is not None else whole
    regions = list(tree.get("regions", ()))
    if kind == "annotation":
        answers.pop(STATUS, None)
        value = {"regions": regions, "answers": answers}
        return {name: one for name, one in value.items() if one}
    body: Tree = {}
    for name, one in answers.items():
        table, slash, key = name.partition("/")
        if slash and table in _TABLES:
            body.setdefault(table, {})[key] = one
        else:
            body[name] = one
    if kind in _LISTED:
        body[_LISTED[kind]] = regions
    return body


def names_of(sides: Sequence[Version]) -> tuple[str, ...]:
    """A name for each side; who stands on several is told apart by machine, else by number.

    A side that is nobody's has none.
    """
    titles = [side.title for side in sides]
    found = []
    for number, side in enumerate(sides):
        if not side.title or titles.count(side.title) == 1:
            found.append(side.title)
            continue
        same = [one.device for one in sides if one.title == side.title]
        if side.device and same.count(side.device) == 1:
            found.append(f"{side.title} ({side.device})")
        else:
            found.append(f"{side.title} ({titles[: number + 1].count(side.title)})")
    return tuple(found)
