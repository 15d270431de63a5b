"""From a source to rows: what a reader yields, checked, encoded and known by its fingerprint.

All of it is a function of a value, ``Reading``: no project is in hand, so any process may do it. The
same source gives the same elements in the same order each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_origin, get_type_hints

import msgspec

from labeler.api.formats import AnnotationIn, ImportFormat, LabelsIn, ReadOptions, TaskIn
from labeler.exchange.intake import Entry, PlainRows, Row
from labeler.exchange.looking import MediaLook, Read, TaskMedia
from labeler.exchange.reports import storable
from labeler.media.probe import probe
from labeler.model.content import Content
from labeler.model.json import canonical
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig
from labeler.model.value import LAYERS
from labeler.store.bulk import NewTask, content_fingerprint

__all__ = ["Element", "Reading", "Taken", "Unreadable", "canonical_content", "rows_of"]

Taken = Literal["tasks", "annotations", "predictions", "gold"]
"""What the rows of a source are taken as."""

_LAYERS: Mapping[str, str] = {"predictions": "prediction", "gold": "gold"}
_STATUSES = frozenset({"open", "submitted", "skipped", "flagged", "returned", "accepted"})

# What the fast encoder writes otherwise than canonical JSON: 1.0, exponents, and NaN as null.
_UNSURE = re.compile(rb"[0-9](?:\.0(?![0-9])|[eE])|null")
_sorted = msgspec.json.Encoder(order="sorted")
_plain = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that reading a source takes.

    ``folder`` is that of the media root ``root``, ``project`` the project's own file, which is never
    opened as a medium. ``part`` is the number of the file before: the rows of each are counted apart.
    ``queue`` is where they go (the project's uid, the queue's name, how many tasks are there), None
    where they only are to be read again. The others are those of ReadOptions and ImportOptions.
    """

    reader: ImportFormat
    source: Path
    folder: Path
    root: str
    project: Path
    config: QueueConfig
    settings: Mapping[str, Any]
    by: str
    taken: Taken | None = None
    embed: bool = False
    part: int = 0
    queue: tuple[bytes, str, int] | None = None


class Unreadable(msgspec.Struct, frozen=True):
    """Here the reader could not go on; nothing comes behind it."""

    problem: Problem


Element = Row | PlainRows | Problem | LabelsIn | Unreadable
"""What a source is made of, in its order."""


def rows_of(
    reading: Reading, told: Callable[[int, int], None] | None = None
) -> Generator[Element, None, None]:
    """The elements of a source. ``told`` is called with the bytes read so far and in all.

    A reader's Refusal or OSError is the last element; what else it raises comes through.
    """
    return _Rows(reading).made(told)


class _Rows:
    """The rows of one source while they are made."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._part = reading.part
        self._file = ""
        self._source = "", storable(reading.source.name)
        """A row's source as it was told, and as it is stored."""

    def made(self, told: Callable[[int, int], None] | None) -> Generator[Element, None, None]:
        reading = self._reading
        look = MediaLook(reading.folder, reading.root, reading.project, embed=reading.embed)
        ended: list[Unreadable] = []
        for one, media in look.known(self._elements(told, ended)):
            if isinstance(one, TaskIn):
                yield from self._row(one, media)
            else:
                yield one
        yield from ended

    def _elements(
        self, told: Callable[[int, int], None] | None, ended: list[Unreadable]
    ) -> Iterator[Read]:
        """What the reader yields; why it cannot go on is the one thing in ``ended``."""
        reading = self._reading
        options = ReadOptions(
            reading.config,
            embed=reading.embed,
            root=reading.root,
            told=told,
            settings=reading.settings,
            probe=probe,
        )
        try:
            yield from reading.reader.read(reading.source, options)
        except (Refusal, OSError) as error:
            ended.append(Unreadable(_problem_of(error, reading.source)))

    def _row(self, task: TaskIn, media: TaskMedia | None) -> tuple[Row | Problem, ...]:
        """The row of a task, and before it what is wrong with it; or why there is none."""
        reading = self._reading
        where, key, content = task.where, task.key, task.content
        try:
            if content is None:
                raw = fingerprint = b""
            else:
                raw = canonical_content(content)
                fingerprint = media.fingerprint if media else content_fingerprint(raw)
            meta = b"{}" if not task.meta else _plain.encode(task.meta)
        except (ValueError, TypeError, RecursionError) as error:
            return (Problem("content_invalid", where, {"reason": str(error)}),)
        if key:
            key = storable(key)
        elif content is None:
            return (Problem("content_missing", where),)
        else:
            key = None
            head, _, line = where.rpartition(":")
            name = head if line.isdigit() else where
            if name != self._file:  # equal rows are counted within a file
                self._file = name
                self._part += 1
        if task.source != self._source[0]:
            self._source = task.source, storable(task.source or reading.source.name)
        source, of_medium = self._source[1], media is not None
        new = NewTask(key, raw, fingerprint, meta, source, 0, self._part, of_medium)
        if not task.annotations or reading.taken == "tasks":
            if media is None:
                return (Row(where, new),)
            return (Row(where, new, media=media.media, files=media.files),)
        problems: list[Problem] = []
        entries = tuple([self._entry(one, problems) for one in task.annotations])
        if media is None:
            row = Row(where, new, content, entries, bare_key=task.bare_key)
        else:
            row = Row(where, new, content, entries, media.media, media.files)
        return (*problems, row)

    def _entry(self, one: AnnotationIn, problems: list[Problem]) -> Entry:
        taken = self._reading.taken
        told = one.layer if one.layer in LAYERS else None
        layer = _LAYERS.get(taken or "", told or "work")
        return Entry(
            value=one.value,
            where=one.where,
            layer=layer,
            author=one.author or self._reading.by,
            status=one.status if one.status in _STATUSES else "open",
            reason=storable(one.reason),
            context=_score(one, problems) if layer == "prediction" else b"{}",
        )


def _score(one: AnnotationIn, problems: list[Problem]) -> bytes:
    """The context of a prediction: the score its model gave it."""
    if one.score is None:
        return b"{}"
    if not 0 <= one.score <= 1:  # nor is NaN
        problems.append(Problem("score_invalid", one.where, {"score": str(one.score)}))
        return b"{}"
    return msgspec.json.encode({"score": one.score})


def _problem_of(error: Exception, source: Path) -> Problem:
    if isinstance(error, Refusal):
        return error.problem
    reason = getattr(error, "strerror", None) or str(error)
    return Problem("file_unreadable", str(source), {"reason": reason})


def canonical_content(content: Content) -> bytes:
    """The content's canonical JSON; raises ValueError where a number in it is not finite."""
    raw = _sorted.encode(content)
    if _only_texts(content) or _UNSURE.search(raw) is None:
        return raw
    return canonical(msgspec.to_builtins(content))


def _only_texts(node: msgspec.Struct) -> bool:
    """Whether there are only texts and whole numbers in it, as far as can be told at a glance."""
    for name in _open_fields(type(node)):
        inner = getattr(node, name)
        if not inner and inner.__class__ is not float:
            continue
        if isinstance(inner, dict):
            inner = tuple(inner.values())
        elif not isinstance(inner, tuple):
            inner = (inner,)
        for one in inner:
            if one.__class__ is not str and not (
                isinstance(one, msgspec.Struct) and _only_texts(one)
            ):
                return False
    return True


@cache
def _open_fields(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of the type that may hold anything but a text or a whole number."""
    hints = get_type_hints(cls)
    closed = (str, int, bool)
    return tuple(
        name
        for name in cls.__struct_fields__
        if hints[name] not in closed and get_origin(hints[name]) is not Literal
    )
