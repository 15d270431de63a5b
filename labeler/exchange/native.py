"""The format ``native``: everything about the tasks of a project as lines of JSON, nothing lost.

The first line names the format. A queue stands before its tasks, a person before the first line that
names them, tasks in the order of their queue:

    {"format":"native","version":"1.0"}
    {"queue":{"name":…,"title":…,"panel":…,"config":{…}}}
    {"person":{"handle":…,"name":…,"kind":"person"}}
    {"medium":{"root":…,"path":…,"size":…,"mime":…,"fingerprint":…,"hash":…}}
    {"bytes":{"part":0,"data":…}}
    {"task":{"id":…,"queue":…,"key":…,"fingerprint":…,"content":{…},"meta":{…},"source":…,
             "priority":…,"annotations":[{"id":…,"layer":…,"by":…,"round":…,"about":{…},"status":…,
                                          "reason":…,"value":{…},"context":{…}}]}}

Equal contents give equal lines in every copy of a project: nothing in them depends on when or where
they were written, nor on rows of the file. An ``id`` is the uid, the same in every copy; what reads
the lines into another project derives its own from queue, key and fingerprint, so there the lines
are the same but for their ids. Regions stand byte for byte as they are stored. An annotation in
conflict has ``versions`` in place of status, reason, value and context. ``about`` (of a review) says by
layer, by and round which annotation of the task is meant. Empty parts are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from labeler.api.manifest import FormatEntry
from labeler.exchange.exporting import ExportOptions
from labeler.exchange.native_media import MediaWriter
from labeler.exchange.needs import Asks, Cancelled, Progress
from labeler.exchange.reports import ExportReport
from labeler.exchange.selection import Selection, tasks_of
from labeler.exchange.targets import placed
from labeler.model.codec import RawValue
from labeler.model.json import canonical, read_json
from labeler.model.value import LAYERS
from labeler.store import AnnotationRow, Person, Project, QueueRow, TaskFull
from labeler.store.bulk import content_fingerprint

__all__ = [
    "EXTENSIONS",
    "NATIVE",
    "VERSION",
    "config_tree",
    "native_entry",
    "run_native_export",
]

NATIVE = "native"
VERSION = "1.0"
READS = ("0.1", VERSION)
"""Versions that are read; 0.1 had no ``about``."""
EXTENSIONS = (".jsonl", ".ndjson")
_FILE_NAME = "native.jsonl"
_LINES = 512
_LINES_BYTES = 1 << 20

_encode = msgspec.json.Encoder().encode
_raw_value = msgspec.json.Decoder(RawValue)


def native_entry(panel: str) -> FormatEntry:
    """What a list of formats says of ``native`` for a panel."""
    return FormatEntry(
        id=NATIVE,
        title="Everything, as this program exports it",
        extensions=EXTENSIONS,
        code="",
        import_=True,
        export=True,
        panel=panel,
    )


def config_tree(row: QueueRow) -> dict[str, Any]:
    """A queue's configuration as JSON, defaults left out."""
    tree = msgspec.to_builtins(row.config)
    return {name: value for name, value in tree.items() if value}


def run_native_export(
    ask: Asks,
    target: Path,
    queue: str | None,
    options: ExportOptions,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ExportReport:
    """Export a queue, or all of them, to a ``.jsonl`` file or into a folder; raises Refusal."""
    by = options.by
    if by is not None:
        ask(lambda project: project.person(by))
    run = _NativeExport(ask, queue, options)
    with placed(target) as place:
        path = place.path
        if path.suffix.casefold() not in EXTENSIONS:
            path.mkdir()
            path = path / _FILE_NAME
        with path.open("xb") as file:
            lines: list[bytes] = []
            size = 0
            for line in run.lines(progress, cancelled):
                lines.append(line)
                size += len(line)
                if len(lines) == _LINES or size >= _LINES_BYTES:
                    file.write(b"\n".join([*lines, b""]))
                    lines.clear()
                    size = 0
            file.write(b"\n".join([*lines, b""]) if lines else b"")
        place.wrote([path])
    return ExportReport(run.tasks, run.annotations, run.dropped, place.files)


class _NativeExport:
    """One native export while it runs."""

    def __init__(self, ask: Asks, queue: str | None, options: ExportOptions) -> None:
        self._ask = ask
        self._queues = [
            row
            for row in ask(lambda project: project.queues())
            if queue is None or row.name == queue
        ]
        if queue is not None and not self._queues:
            ask(lambda project: project.queue(queue))  # refuses it, with the nearest name
        self.dropped: dict[str, int] = {}
        self._selection = Selection(options.source, options.by, self._drop, conflicts=True)
        self._people = {one.handle: one for one in ask(lambda project: project.people())}
        self._told: set[str] = set()
        self._media = MediaWriter(ask, self._drop)
        self.tasks = 0
        self.annotations = 0

    def _drop(self, reason: str) -> None:
        self.dropped[reason] = self.dropped.get(reason, 0) + 1

    def lines(self, progress: Progress | None, cancelled: Cancelled | None) -> Iterator[bytes]:
        """The lines of the file, without their ends."""
        yield _encode({"format": NATIVE, "version": VERSION})
        total = sum(row.tasks for row in self._queues)
        before = 0
        for row in self._queues:
            yield canonical_line("queue", _queue_tree(row))
            told = _shifted(progress, before, total)
            tasks = tasks_of(self._ask, row.name, self._selection.layers, told, cancelled)
            for task in _in_order(tasks):
                yield from self._task(task)
            before += row.tasks

    def _task(self, task: TaskFull) -> Iterator[bytes]:
        wanted = self._selection.of(task)
        if not wanted and not self._selection.whole:
            return
        annotations = []
        about = self._abouts(wanted)
        for one in wanted:
            if one.about and one.about not in about:
                self._drop("content_missing")
                continue
            if one.author not in self._told:
                self._told.add(one.author)
                yield canonical_line("person", _person_tree(self._people.get(one.author), one))
            annotations.append(self._annotation(one, about.get(one.about)))
        if about:  # uids are hashes, and others in another project
            annotations.sort(
                key=lambda tree: (*_layer_by_round(tree), canonical(tree.get("about")))
            )
        for line in self._media.lines(task):
            yield canonical(line)
        self.tasks += 1
        self.annotations += len(annotations)
        tree: dict[str, Any] = {"id": task.row.id, "queue": task.row.queue, "key": task.row.key}
        if task.content:
            tree["fingerprint"] = task.fingerprint or _fingerprint(task.content)
            if task.fingerprint:
                tree["of_medium"] = True
            tree["content"] = msgspec.Raw(task.content)
        if task.meta:
            tree["meta"] = msgspec.Raw(canonical(task.meta))
        if task.source:
            tree["source"] = task.source
        if task.row.priority:
            tree["priority"] = task.row.priority
        if annotations:
            tree["annotations"] = annotations
        yield _line({"task": tree})

    def _abouts(self, wanted: Iterable[AnnotationRow]) -> dict[str, dict[str, Any]]:
        """The annotations that these are about, by id, as lines name them; those that are here."""
        found = {}
        for uid in {one.about for one in wanted} - {""}:
            versions = self._ask(partial(_versions, uid=uid))
            if versions:
                found[uid] = _place(versions[0])
        return found

    def _annotation(self, one: AnnotationRow, about: dict[str, Any] | None) -> dict[str, Any]:
        tree: dict[str, Any] = {"id": one.id, **_place(one)}
        if about:
            tree["about"] = about
        if one.heads > 1:
            versions = self._ask(partial(_versions, uid=one.id))
            tree["versions"] = sorted((_said(version) for version in versions), key=_encode)
        else:
            tree |= _said(one)
        return tree


def _versions(project: Project, uid: str) -> tuple[AnnotationRow, ...]:
    return project.query.versions(uid)


def _place(one: AnnotationRow) -> dict[str, Any]:
    tree = {"layer": one.layer, "by": one.author, "round": one.round}
    return tree if one.round else {name: told for name, told in tree.items() if name != "round"}


def _layer_by_round(tree: dict[str, Any]) -> tuple[int, str, int]:
    layer = tree["layer"]
    return LAYERS.index(layer) if layer in LAYERS else len(LAYERS), tree["by"], tree.get("round", 0)


def _fingerprint(content: bytes) -> str:
    return content_fingerprint(canonical(read_json(content))).hex()


def _said(one: AnnotationRow) -> dict[str, Any]:
    tree: dict[str, Any] = {"status": one.status}
    if one.reason:
        tree["reason"] = one.reason
    tree["value"] = _value_tree(one.value)
    context = read_json(one.context)
    if context:
        tree["context"] = msgspec.Raw(canonical(context))
    return tree


def _value_tree(raw: bytes) -> dict[str, Any]:
    """The value with its regions as they are stored; the order of its answers is no part of it."""
    outer = _raw_value.decode(raw)
    tree: dict[str, Any] = {}
    if outer.regions:
        tree["regions"] = list(outer.regions)
    if outer.answers:
        tree["answers"] = msgspec.Raw(canonical(outer.answers))
    return tree


def _queue_tree(row: QueueRow) -> dict[str, Any]:
    tree = {"name": row.name, "panel": row.panel, "config": config_tree(row)}
    return tree if row.title == row.name else {**tree, "title": row.title}


def _person_tree(person: Person | None, one: AnnotationRow) -> dict[str, Any]:
    if person is None:
        return {"handle": one.author}
    tree = {"handle": person.handle, "name": person.name, "kind": person.kind}
    return {name: value for name, value in tree.items() if value and value != "person"}


def canonical_line(what: str, tree: dict[str, Any]) -> bytes:
    """A line of JSON whose names are sorted."""
    return canonical({what: tree})


def _line(tree: dict[str, Any]) -> bytes:
    # Between the names of a region that is kept byte for byte there may be line ends.
    return _encode(tree).replace(b"\n", b" ").replace(b"\r", b" ")


def _in_order(tasks: Iterable[TaskFull]) -> Iterator[TaskFull]:
    """The tasks with those of one place sorted by key and content: rows of the file do not count.

    Two share a place where two copies of a project imported different tasks before they were merged.
    """
    for _, group in groupby(tasks, key=lambda task: (task.row.priority, task.row.order)):
        same = list(group)
        if len(same) > 1:
            same.sort(key=lambda task: (task.row.key, task.content))
        yield from same


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _: progress(before + done, max(total, before + done))
