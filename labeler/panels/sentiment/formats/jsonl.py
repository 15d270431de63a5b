"""JSON Lines: one table of names and values per line, in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

import msgspec

from labeler.api import Problem, ReadOptions, TaskIn, TaskOut, WriteOptions
from labeler.api.files import Batch, Progress, batches, encoding_of, not_a_row, opened, target_file
from labeler.panels.sentiment.formats.columns import Plan
from labeler.panels.sentiment.formats.outgoing import RowWriter
from labeler.panels.sentiment.formats.rows import RowReader

__all__ = ["JsonlFormat"]

_EXTENSIONS = (".jsonl", ".ndjson")
_PLANS = 1024
_BATCH = 512

_decode = msgspec.json.Decoder(dict[str, Any]).decode


class JsonlFormat:
    """``{"id"?, "text", QUESTION: answer, "spans"?}``; other names are kept as metadata."""

    id: ClassVar[str] = "text-jsonl"
    holds_one: ClassVar[bool] = False

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task for each line that is a table with a text; problems name file, line and column."""
        rows = RowReader(options.config, options.settings, cells=False)
        progress = Progress(source, _EXTENSIONS, options)
        wanted = str(options.settings.get("sentiment.encoding") or "")
        for opening in opened(source, _EXTENSIONS):
            if isinstance(opening, Problem):
                yield opening
                continue
            file, name = opening
            encoding = encoding_of(file, wanted)
            if encoding.guessed:
                yield Problem("encoding_guessed", name, {"encoding": encoding.name})
            plans: dict[tuple[str, ...], Plan] = {}
            for batch in batches(file, encoding, progress, keep_ends=False):
                yield from _tasks(batch, name, rows, plans)

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A line for each annotation, and one for each task that has none."""
        path = target_file(target, _EXTENSIONS, "tasks.jsonl")
        rows = RowWriter(options)
        with path.open("xb") as file:
            _write_lines(file, tasks, rows)
        return [path]


def _tasks(
    batch: Batch, name: str, rows: RowReader, plans: dict[tuple[str, ...], Plan]
) -> Iterator[TaskIn | Problem]:
    faults = batch.faults
    found: list[Problem] = []
    read = rows.read
    number = batch.first - 1
    for line in batch.lines:
        number += 1
        if faults and number in faults:
            yield msgspec.structs.replace(faults[number], where=f"{name}:{number}")
            continue
        try:
            row = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            problem = not_a_row(line, error, f"{name}:{number}")
            if problem is not None:
                yield problem
            continue
        names = tuple(row)
        plan = plans.get(names)
        if plan is None:
            if len(plans) == _PLANS:
                plans.clear()
            plan = plans[names] = rows.columns.plan(names)
        task = read(row, plan, f"{name}:{number}", name, found)
        if found:
            yield from found
            found.clear()
        if task is not None:
            yield task


def _write_lines(file: BinaryIO, tasks: Iterable[TaskOut], rows: RowWriter) -> None:
    encoder = msgspec.json.Encoder()
    lines: list[dict[str, Any]] = []
    for task in tasks:
        lines += rows.rows(task)
        if len(lines) >= _BATCH:
            file.write(encoder.encode_lines(lines))
            lines.clear()
    file.write(encoder.encode_lines(lines))
