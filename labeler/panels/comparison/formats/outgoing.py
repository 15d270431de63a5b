"""Tasks to rows: what a task and its annotations are as a table of names and values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from labeler.api import AnnotationOut, Json, Opaque, Region, TaskOut, WriteOptions
from labeler.panels.comparison.content import ComparisonContent, Response
from labeler.panels.comparison.formats.messages import is_conversation, messages_of, turn_id
from labeler.panels.comparison.formats.rows import OWN_COLUMNS

__all__ = ["CONVERSATIONAL", "WHO", "RowWriter", "write_in_one_form", "write_lines"]

CONVERSATIONAL = "comparison.conversational"
WHO = "comparison.export_who"
"""Settings of the exports for training: messages throughout, and who said what of which models."""

_BATCH = 512
_decode = msgspec.json.Decoder(dict[str, Any]).decode
_LINE_ENDS = (("\u0085", b"\\u0085"), ("\u2028", b"\\u2028"), ("\u2029", b"\\u2029"))
_ENDS = tuple((letter.encode(), escape) for letter, escape in _LINE_ENDS)
"""What some readers take for the end of a line, and how JSON writes it otherwise."""


def write_lines(file: BinaryIO, rows: Iterable[Mapping[str, Json]]) -> int:
    """Write one JSON table per line (UTF-8, ends with ``\\n``); returns how many.

    Letters that some programs take for the end of a line are escaped, so that a row is always one
    line.
    """
    encoder = msgspec.json.Encoder()
    batch: list[Mapping[str, Json]] = []
    count = 0
    for row in rows:
        batch.append(row)
        if len(batch) >= _BATCH:
            file.write(_one_line_each(encoder.encode_lines(batch)))
            count += len(batch)
            batch.clear()
    file.write(_one_line_each(encoder.encode_lines(batch)))
    return count + len(batch)


def write_in_one_form(
    path: Path,
    rows: Iterator[dict[str, Json]],
    as_messages: Callable[[dict[str, Json]], dict[str, Json]],
    *,
    always: bool,
) -> None:
    """Write rows whose ``prompt`` is a text throughout, or throughout a list of messages.

    A reader of columns takes no file that mixes the two. So from the first row that only messages
    can tell (or ``always``) all are told so, those written before it anew.
    """

    def told(row: dict[str, Json]) -> dict[str, Json]:
        return as_messages(row) if isinstance(row["prompt"], str) else row

    if always:
        with path.open("xb") as file:
            write_lines(file, map(told, rows))
        return
    waiting: list[dict[str, Json]] = []

    def of_texts() -> Iterator[dict[str, Json]]:
        for row in rows:
            if not isinstance(row["prompt"], str):
                waiting.append(row)
                return
            yield row

    before = path.with_name(f"{path.name}.texts")
    with before.open("xb") as file:
        write_lines(file, of_texts())
    if not waiting:
        before.rename(path)
        return
    with path.open("xb") as file, before.open("rb") as written:
        write_lines(file, (as_messages(_decode(line)) for line in written))
        write_lines(file, waiting)
        write_lines(file, map(told, rows))
    before.unlink()


def _one_line_each(raw: bytes) -> bytes:
    for letter, escape in _ENDS:
        if letter in raw:
            raw = raw.replace(letter, escape)
    return raw


class RowWriter:
    """Makes rows of tasks; one per export. Labels are written by name, choices by id.

    A row is what ``RowReader`` takes for the same task. What it cannot hold is counted as dropped:
    regions of other panels (``region_type``), metadata under a name that is taken
    (``metadata_name``), the model's name of a response that is not there (``model_name``).
    """

    def __init__(self, options: WriteOptions) -> None:
        self._drop = options.drop
        self._names = {label.id: label.title for label in options.config.labels}
        self._kept = set(OWN_COLUMNS)

    def rows(self, task: TaskOut) -> Iterator[dict[str, Json]]:
        """A row for each annotation of the task, or one where it has none."""
        start: dict[str, Json] = {"id": task.key}
        if isinstance(task.content, ComparisonContent):
            start |= self._content(task.content)
        if not task.annotations:
            yield self._joined(start, {}, task.meta)
        for annotation in task.annotations:
            yield self._joined(start, self._work(annotation, task.meta), task.meta)

    def _joined(
        self, start: dict[str, Json], work: dict[str, Json], meta: Mapping[str, Any]
    ) -> dict[str, Json]:
        row = {**start, **meta, **work}
        if len(row) < len(start) + len(meta) + len(work):
            row |= start
            self._drop("metadata_name", len(start) + len(meta) + len(work) - len(row))
        return row

    def _content(self, content: ComparisonContent) -> dict[str, Json]:
        row: dict[str, Json] = {}
        first = content.turns[0] if content.turns else None
        plain = first is not None and first.id == turn_id(0) and not first.extra
        if first is not None and plain and not _in_messages(content) and first.text.strip():
            row["prompt"] = first.text
        else:
            row["messages"] = messages_of(content.turns, whole=True)
        row["responses"] = [
            self._response(one, number, content) for number, one in enumerate(content.responses)
        ]
        unknown = sum(1 for ident in content.models if ident not in _ids(content))
        if unknown:
            self._drop("model_name", unknown)
        if content.references:
            row["references"] = [msgspec.to_builtins(one) for one in content.references]
        if content.extra:
            row["content_extra"] = content.extra
        return row

    def _response(self, response: Response, number: int, content: ComparisonContent) -> Json:
        model = content.models.get(response.id)
        row: dict[str, Json] = {"id": response.id}
        if response.turns:
            row["messages"] = messages_of(response.turns, response.id, whole=True)
        else:
            row["text"] = response.text
        if model:
            row["model"] = model
        row |= {name: one for name, one in response.extra.items() if name not in row}
        if set(row) == {"id", "text"} and response.id == f"r{number + 1}":
            return response.text
        return row

    def _work(self, annotation: AnnotationOut, meta: Mapping[str, Any]) -> dict[str, Json]:
        value = annotation.value
        own = {name: one for name, one in value.answers.items() if name in self._kept}
        work: dict[str, Json] = {
            name: one for name, one in value.answers.items() if name not in self._kept
        }
        if own:
            work["answers"] = own
        regions = [self._region(one) for one in value.regions if not isinstance(one, Opaque)]
        if len(regions) < len(value.regions):
            self._drop("region_type", len(value.regions) - len(regions))
        if regions or not work:
            work["regions"] = regions
        if annotation.author:
            work["by"] = annotation.author
        # Said also where metadata of that name would be read as what it is not.
        if annotation.layer != "work" or "layer" in meta:
            work["layer"] = annotation.layer
        if annotation.status != "submitted" or "status" in meta:
            work["status"] = annotation.status
        if annotation.reason:
            work["reason"] = annotation.reason
        return work

    def _region(self, region: Region) -> dict[str, Json]:
        row: dict[str, Json] = msgspec.to_builtins(region)
        if region.label is not None:
            row["label"] = self._names.get(region.label, region.label)
        return row


def _in_messages(content: ComparisonContent) -> bool:
    return len(content.turns) != 1 or is_conversation(
        msgspec.structs.replace(content, responses=())
    )


def _ids(content: ComparisonContent) -> set[str]:
    return {response.id for response in content.responses}
