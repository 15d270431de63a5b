"""Tables of texts with a header: CSV and TSV, in and out."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, ClassVar

import msgspec

from labeler.api import Json, Problem, ReadOptions, Refusal, TaskIn, TaskOut, WriteOptions
from labeler.api.files import Progress, encoding_of, opened, target_file
from labeler.panels.sentiment.formats.answers import cell_of, kind_of
from labeler.panels.sentiment.formats.outgoing import RowWriter
from labeler.panels.sentiment.formats.records import Records, RowFault
from labeler.panels.sentiment.formats.rows import RowReader

__all__ = ["CsvFormat", "TsvFormat"]

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula."""

_ESCAPED = "escaped"
"""The column that names, as a JSON list, the columns whose cells were written with a ``'`` before."""

_DELIMITERS = (",", ";", "\t")
_BATCH = 512


class _TableFormat:
    """What CSV and TSV share: a header, then a text per row."""

    id: ClassVar[str]
    holds_one: ClassVar[bool] = True
    delimiter: ClassVar[str]
    extensions: ClassVar[tuple[str, ...]]

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task for each row; problems name file, line and column.

        The header's own separator is taken where it is another than usual. A table without a column
        for the text is a Refusal, unless it brings answers for known keys.
        """
        rows = RowReader(options.config, options.settings, cells=True)
        progress = Progress(source, self.extensions, options)
        wanted = str(options.settings.get("sentiment.encoding") or "")
        for opening in opened(source, self.extensions):
            if isinstance(opening, Problem):
                yield opening
                continue
            file, name = opening
            encoding = encoding_of(file, wanted)
            if encoding.guessed:
                yield Problem("encoding_guessed", name, {"encoding": encoding.name})
            delimiters = (self.delimiter, *(d for d in _DELIMITERS if d != self.delimiter))
            records = Records(file, encoding, progress, delimiters, rows.columns.text_name)
            yield from _tasks(records, name, rows)

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A row for each task. Scalars stand plain, lists are joined by ``|``, spans are JSON.

        Texts a spreadsheet would take for formulas get a ``'`` before them and the column
        ``escaped`` names their columns, unless ``sentiment.spreadsheet_safe`` is off.
        """
        path = target_file(target, self.extensions, f"tasks{self.extensions[0]}")
        safe = bool(options.settings.get("sentiment.spreadsheet_safe", True))
        mark = bool(options.settings.get("sentiment.byte_order_mark", False))
        table = _Table(RowWriter(options), options, self.delimiter, safe)
        with path.open("xb") as file, tempfile.TemporaryFile(dir=path.parent) as body:
            table.write(tasks, body)
            file.write(b"\xef\xbb\xbf" if mark else b"")
            table.join(body, file)
        return [path]


class CsvFormat(_TableFormat):
    """Comma-separated values as spreadsheets write them (RFC 4180)."""

    id: ClassVar[str] = "text-csv"
    delimiter: ClassVar[str] = ","
    extensions: ClassVar[tuple[str, ...]] = (".csv",)


class TsvFormat(_TableFormat):
    """Tab-separated values; quotes as in CSV, and as plain letters where they do not pair."""

    id: ClassVar[str] = "text-tsv"
    delimiter: ClassVar[str] = "\t"
    extensions: ClassVar[tuple[str, ...]] = (".tsv",)


def _tasks(records: Records, name: str, rows: RowReader) -> Iterator[TaskIn | Problem]:
    header = records.header()
    if isinstance(header, Problem):
        yield msgspec.structs.replace(header, where=f"{name}:1")
        return
    found: list[Problem] = []
    header = _unlike(_unescaped_names(header), f"{name}:1", found)
    plan = rows.columns.plan(header)
    if plan.text is None and (plan.hint or plan.id is None or plan.plain):
        params = {"column": rows.columns.text_name, "hint": plan.hint}
        raise Refusal(Problem("column_missing", f"{name}:1", params))
    yield from found
    found.clear()
    width = len(header)
    escapes = _ESCAPED in header
    for line, cells in records:
        where = f"{name}:{line}"
        if cells.__class__ is RowFault:
            yield msgspec.structs.replace(cells.problem, where=where)
            continue
        if len(cells) != width:
            if cells:
                params_ = {"found": len(cells), "expected": width}
                yield Problem("row_ragged", where, params_)
            continue
        row: dict[str, Any] = {
            column: cell for column, cell in zip(header, cells, strict=True) if cell
        }
        if escapes and _ESCAPED in row:
            _unescape(row)
        if plan.text is not None and plan.text not in row:
            if row:
                yield Problem("row_empty", f"{where}: {plan.text}")
            continue
        task = rows.read(row, plan, where, name, found)
        if found:
            yield from found
            found.clear()
        if task is not None:
            yield task


def _unlike(header: Sequence[str], where: str, found: list[Problem]) -> list[str]:
    """The header with a name of its own for every column; doubles are told and numbered."""
    names: list[str] = []
    for number, name in enumerate(header, start=1):
        unlike = name or f"column {number}"
        if unlike in names:
            text = "the column {column!r} is there twice; the second is kept as {name!r}"
            again = next(n for k in range(2, len(header) + 2) if (n := f"{name} {k}") not in names)
            params = {"column": name, "name": again}
            found.append(Problem("column_double", where, params, text))
            unlike = again
        names.append(unlike)
    return names


def _unescaped_names(header: list[str]) -> list[str]:
    """The header without the ``'`` our own export put before a name."""
    if _ESCAPED not in header:
        return header
    return [
        name[1:] if name.startswith("'") and name[1:].startswith(_DANGEROUS) else name
        for name in header
    ]


def _unescape(row: dict[str, Any]) -> None:
    """Take away the ``'`` our own export put before a cell, where it says that it did."""
    try:
        names = msgspec.json.decode(row[_ESCAPED], type=list[str])
    except (msgspec.DecodeError, RecursionError):
        return  # a column of that name that is somebody's own
    if all(name in row and row[name].startswith("'") for name in names):
        del row[_ESCAPED]
        for name in names:
            row[name] = row[name][1:]


class _Table:
    """Rows as a table whose columns are found while it is written.

    Metadata may bring a new column with any task, so the body goes to a file of its own first; the
    header is known at the end.
    """

    def __init__(self, rows: RowWriter, options: WriteOptions, delimiter: str, safe: bool) -> None:
        self._rows = rows
        self._options = options
        self._delimiter = delimiter
        self._safe = safe
        self._columns = {name: at for at, name in enumerate(["id", "text", *rows.questions])}
        self._first_width = 0
        self._encode = msgspec.json.Encoder().encode
        self._choices = {
            name for name, question in rows.questions.items() if kind_of(question) == "choices"
        }
        self._known: dict[tuple[str, Json], str] = {}

    def write(self, tasks: Iterable[TaskOut], body: IO[bytes]) -> None:
        """Write the rows without a header."""
        lines = io.TextIOWrapper(body, "utf-8", newline="")
        writer = csv.writer(lines, delimiter=self._delimiter)
        rows, cells_of = self._rows.rows, self._cells
        batch: list[list[Json]] = []
        for task in tasks:
            if task.content is None:
                self._options.drop("content_missing")
                continue
            for row in rows(task):
                cells = cells_of(row)
                if cells is not None:
                    batch.append(cells)
            if len(batch) >= _BATCH:
                self._first_width = self._first_width or len(batch[0])
                writer.writerows(batch)
                batch.clear()
        if batch:
            self._first_width = self._first_width or len(batch[0])
            writer.writerows(batch)
        lines.detach()

    def join(self, body: IO[bytes], file: BinaryIO) -> None:
        """Write the header and, under it, the rows, each filled up to the header's width."""
        lines = io.TextIOWrapper(file, "utf-8", newline="")
        writer = csv.writer(lines, delimiter=self._delimiter)
        if self._safe and any(name.startswith(_DANGEROUS) for name in self._columns):
            self._columns.setdefault(_ESCAPED, len(self._columns))
        writer.writerow(
            f"'{name}" if self._safe and name.startswith(_DANGEROUS) else name
            for name in self._columns
        )
        lines.flush()
        body.seek(0)
        width = len(self._columns)
        if self._first_width in (0, width):
            shutil.copyfileobj(body, file)
        else:
            csv.field_size_limit(max(csv.field_size_limit(), (1 << 31) - 1))
            for cells in csv.reader((line.decode() for line in body), delimiter=self._delimiter):
                writer.writerow(cells + [""] * (width - len(cells)))
        lines.detach()

    def _cells(self, row: dict[str, Json]) -> list[Json] | None:
        """The row's cells by column, numbers as they are; None where a table cannot hold it."""
        columns = self._columns
        cells: list[Json] = [""] * len(columns)
        escaped: list[str] = []
        safe = self._safe
        if _ESCAPED in row:
            del row[_ESCAPED]
            self._options.drop("metadata_name")
        for name, value in row.items():
            if value.__class__ is str:
                if "\0" in value:
                    self._options.drop("nul")
                    return None
                if safe and value.startswith(_DANGEROUS):
                    value = "'" + value
                    escaped.append(name)
            elif value is None:
                continue
            elif value.__class__ is not int:
                number = value.__class__ is float
                value = self._cell(name, value)
                if safe and not number and value.startswith(_DANGEROUS):
                    value = "'" + value
                    escaped.append(name)
            at = columns.get(name)
            if at is None:
                at = columns[name] = len(columns)
            if at >= len(cells):
                cells += [""] * (at + 1 - len(cells))
            cells[at] = value
        if escaped:
            at = columns.setdefault(_ESCAPED, len(columns))
            cells += [""] * (at + 1 - len(cells))
            cells[at] = self._encode(escaped).decode()
        return cells

    def _cell(self, name: str, value: Json) -> str:
        question = self._rows.questions.get(name)
        if question is None:
            return self._encode(value).decode()
        if name not in self._choices:
            return cell_of(question, value)
        # Lists of choices are few and come again and again.
        cell = self._known.get((name, tuple(value)))
        if cell is None:
            if len(self._known) >= _BATCH:
                self._known.clear()
            cell = self._known[name, tuple(value)] = cell_of(question, value)
        return cell
