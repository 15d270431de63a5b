"""``responses-jsonl``: one prompt with its responses per line, and what people said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from labeler.api import Problem, ReadOptions, TaskIn, TaskOut, WriteOptions
from labeler.api.files import (
    Batch,
    Progress,
    batches,
    encoding_of,
    not_a_row,
    opened,
    target_file,
)
from labeler.panels.comparison.formats.outgoing import RowWriter, write_lines
from labeler.panels.comparison.formats.rows import RowReader

__all__ = ["EXTENSIONS", "ResponsesFormat", "json_rows"]

EXTENSIONS = (".jsonl", ".ndjson")

_decode = msgspec.json.Decoder(dict[str, Any]).decode


class ResponsesFormat:
    """``{"id"?, "prompt" | "messages", "responses": [text | {"id", "text", "model"?}], QUESTION: …}``.

    A response that goes on for longer has ``messages`` in place of a text. Other names are kept as
    metadata.
    """

    id: ClassVar[str] = "responses-jsonl"
    holds_one: ClassVar[bool] = False

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task for each line with a prompt; problems name file, line and place in it."""
        rows = RowReader(options.config)
        progress = Progress(source, EXTENSIONS, options)
        found: list[Problem] = []
        for opening in opened(source, EXTENSIONS):
            if isinstance(opening, Problem):
                yield opening
                continue
            file, name = opening
            encoding = encoding_of(file)
            if encoding.guessed:
                yield Problem("encoding_guessed", name, {"encoding": encoding.name})
            for batch in batches(file, encoding, progress, keep_ends=False):
                for where, row in json_rows(batch, name):
                    if isinstance(row, Problem):
                        yield row
                        continue
                    task = rows.read(row, where, name, found)
                    if found:
                        yield from found
                        found.clear()
                    if task is not None:
                        yield task

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A line for each annotation, and one for each task that has none."""
        path = target_file(target, EXTENSIONS, "responses.jsonl")
        rows = RowWriter(options)
        with path.open("xb") as file:
            write_lines(file, chain.from_iterable(map(rows.rows, tasks)))
        return [path]


def json_rows(batch: Batch, name: str) -> Iterator[tuple[str, dict[str, Any] | Problem]]:
    """Each line's place with its table, or with what is wrong with it; empty lines are passed over."""
    faults = batch.faults
    for number, line in enumerate(batch.lines, start=batch.first):
        where = f"{name}:{number}"
        if number in faults:
            yield where, msgspec.structs.replace(faults[number], where=where)
            continue
        try:
            row = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            problem = not_a_row(line, error, where)
            if problem is not None:
                yield where, problem
            continue
        yield where, row
