"""Token lines: a task is a few lines of fields between tabs, the first of which says what it is.

::

    T  key
    S  sentence id  language  token  token …
    A  author  layer  status
    M  id  sentence id  token number  severity  label  fix id  fix  fix id  fix …
    Q  question  sentence id or empty  answer in JSON

``\\t``, ``\\n``, ``\\r`` and ``\\\\`` stand for themselves; an empty line ends a task.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from labeler.api import (
    AnnotationIn,
    AnnotationOut,
    Problem,
    QueueConfig,
    ReadOptions,
    TaskIn,
    TaskOut,
    WriteOptions,
)

from .marks import Sentence, TokenMark, TokenPair

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_BACK = {written: one for one, written in _ESCAPES.items()}


class TokFormat:
    """Reads and writes token lines."""

    holds_one = False

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task for each block of lines; a line that is none is a problem with its number."""
        total = source.stat().st_size
        with source.open("rb") as file:
            block = _Block(str(source))
            for number, raw in enumerate(_lines(file), 1):
                if raw.strip():
                    yield from block.line(raw, number)
                    continue
                if options.told is not None:
                    options.told(file.tell(), total)
                yield from block.end()
            yield from block.end()

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A block for each task."""
        with target.open("x", encoding="utf-8", newline="\n") as file:
            for task in tasks:
                if not isinstance(task.content, TokenPair):
                    options.drop("content")
                    continue
                file.write("".join(f"{line}\n" for line in _task_lines(task, options)) + "\n")
        return [target]


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while raw := file.readline():
        yield raw.rstrip(b"\r\n")


def _fields(*texts: str) -> str:
    return "\t".join(re.sub(r"[\\\t\n\r]", lambda one: _ESCAPES[one[0]], text) for text in texts)


def _task_lines(task: TaskOut, options: WriteOptions) -> Iterator[str]:
    yield _fields("T", task.key)
    assert isinstance(task.content, TokenPair)
    for sentence in task.content.sentences:
        yield _fields("S", sentence.id, sentence.language, *sentence.tokens)
    for annotation in task.annotations:
        yield from _annotation_lines(annotation, options)


def _annotation_lines(annotation: AnnotationOut, options: WriteOptions) -> Iterator[str]:
    yield _fields("A", annotation.author, annotation.layer, annotation.status)
    names = {label.id: label.title for label in options.config.labels}
    for region in annotation.value.regions:
        if not isinstance(region, TokenMark):
            options.drop("region_type")
            continue
        label = names.get(region.label or "", region.label or "")
        fixes = [text for fix in region.fixes for text in (fix.id, fix.text)]
        head = (region.id, region.on or "", str(region.token), region.severity, label)
        yield _fields("M", *head, *fixes)
    for question, answer in annotation.value.answers.items():
        for part, one in _by_part(options.config, question, answer):
            yield _fields("Q", question, part, msgspec.json.encode(one).decode())


def _by_part(config: QueueConfig, question: str, answer: Any) -> Iterator[tuple[str, Any]]:
    known = config.question(question)
    if known is not None and known.part_kind is not None and isinstance(answer, Mapping):
        yield from answer["per"].items()
    else:
        yield "", answer


class _Block:
    """The lines of one task as they are read."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._start()

    def _start(self) -> None:
        self._where = ""
        self._key: str | None = None
        self._sentences: list[Sentence] = []
        self._people: list[tuple[str, str, str, str, dict[str, Any]]] = []

    def line(self, raw: bytes, number: int) -> Iterator[Problem]:
        where = f"{self._source}:{number}"
        self._where = self._where or where
        try:
            kind, *fields = (_unescaped(one) for one in raw.decode("utf-8").split("\t"))
            self._take(kind, fields, where)
        except (ValueError, RecursionError, msgspec.DecodeError) as error:
            reason = str(error) or "nested too deeply"
            yield Problem("tokens.line", where, {"reason": reason[:200]}, "no token line: {reason}")

    def _take(self, kind: str, fields: list[str], where: str) -> None:
        value = self._people[-1][4] if self._people else {}
        match kind, fields:
            case "T", [key]:
                self._key = key
            case "S", [ident, language, *tokens]:
                self._sentences.append(Sentence(ident, tuple(tokens), language))
            case "A", [author, layer, status]:
                self._people.append((author, layer, status, where, {}))
            case "M", [ident, part, token, severity, label, *fixes] if self._people:
                mark = {
                    "id": ident,
                    "type": "token_mark",
                    "token": int(token),
                    "severity": severity,
                }
                mark |= {"on": part} if part else {}
                mark |= {"label": label} if label else {}
                pairs = zip(fixes[::2], fixes[1::2], strict=True)
                mark["fixes"] = [{"id": one, "text": text} for one, text in pairs]
                value.setdefault("regions", []).append(mark)
            case "Q", [question, part, answer] if self._people:
                answers = value.setdefault("answers", {})
                read = msgspec.json.decode(answer)
                if part:
                    answers.setdefault(question, {"per": {}})["per"][part] = read
                else:
                    answers[question] = read
            case _:
                raise ValueError(f"a line {kind[:20]!r} with {len(fields)} fields is not due here")

    def end(self) -> Iterator[TaskIn | Problem]:
        if self._where:
            try:
                content = TokenPair(sentences=tuple(self._sentences)) if self._sentences else None
            except ValueError as error:
                params = {"reason": str(error)}
                yield Problem("tokens.line", self._where, params, "no token line: {reason}")
            else:
                if content is not None or (self._key and self._people):
                    yield self._task(content)
        self._start()

    def _task(self, content: TokenPair | None) -> TaskIn:
        annotations = tuple(
            AnnotationIn(msgspec.json.encode(value), where, layer, author or None, status)
            for author, layer, status, where, value in self._people
        )
        return TaskIn(self._key or None, content, self._where, {}, annotations, self._source)


def _unescaped(text: str) -> str:
    return re.sub(r"\\[\\tnr]", lambda one: _BACK[one[0]], text)
