"""The rows of a table: cells by line number, with the row that cannot be read told and passed over."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from labeler.api import Problem
from labeler.api.files import LONGEST_LINE, Encoding, Progress, batches

__all__ = ["Records", "RowFault"]


class RowFault(NamedTuple):
    """Instead of cells: what is wrong with the row, without its place."""

    problem: Problem


class _TooLong(Exception):
    """The row has grown past the limit."""


class Records:
    """Reads a table row by row; iterating yields (number of its first line, cells or RowFault).

    Quotes are read strictly: a row whose quotes do not pair is a fault, and reading goes on with the
    line after its first, so an open quote never swallows the rows below it. In a table separated by
    tabs such a row is read with its quotes as letters if it then has the header's width.
    """

    def __init__(
        self,
        file: BinaryIO,
        encoding: Encoding,
        progress: Progress,
        delimiters: Sequence[str],
        wanted: str,
    ) -> None:
        self._source = self._lines_of(file, encoding, progress)
        self._delimiters = delimiters
        self._delimiter = delimiters[0]
        self._wanted = wanted.casefold()
        self._width = 0
        self._again: list[str] = []
        self._pending: list[str] = []
        self._size = 0
        self._last = 0
        self._faults: dict[int, Problem] = {}
        # The limit is one for the whole process; ours is the greater one and is kept per row.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_LINE))

    def header(self) -> list[str] | Problem:
        """The names of the columns: the first row, split where it then has the wanted column."""
        for _line, cells in self._rows():
            if isinstance(cells, RowFault):
                return cells.problem
            if cells:
                return self._split(cells)
        return Problem("row_empty", "")

    def __iter__(self) -> Iterator[tuple[int, list[str] | RowFault]]:
        return self._rows()

    def _split(self, cells: list[str]) -> list[str]:
        self._width = len(cells)
        if any(cell.strip().casefold() == self._wanted for cell in cells) or len(cells) > 1:
            return cells
        for delimiter in self._delimiters[1:]:
            names = next(csv.reader(cells, delimiter=delimiter))
            if any(name.strip().casefold() == self._wanted for name in names):
                self._delimiter = delimiter
                self._width = len(names)
                return names
        return cells

    def _lines_of(self, file: BinaryIO, encoding: Encoding, progress: Progress) -> Iterator[str]:
        for batch in batches(file, encoding, progress, keep_ends=True):
            self._faults.update(batch.faults)
            for line in batch.lines:
                yield line.decode("utf-8")

    def _feed(self) -> Iterator[str]:
        """Lines for one parser: first those that are read again, then the file's; all noted."""
        pending = self._pending
        for line in self._lines():
            pending.append(line)
            self._size += len(line)
            if self._size > LONGEST_LINE:
                raise _TooLong
            yield line

    def _lines(self) -> Iterator[str]:
        while self._again:
            yield self._again.pop()
        for line in self._source:  # noqa: UP028 (yield from would close the source with a parser)
            yield line

    def _rows(self) -> Iterator[tuple[int, list[str] | RowFault]]:
        """Rows until the end; ``_last`` is the number of the last line that is done with."""
        pending = self._pending
        while True:
            reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
            try:
                for cells in reader:
                    first = self._last + 1
                    self._last += len(pending)
                    pending.clear()
                    self._size = 0
                    if self._faults and (fault := self._fault(first)) is not None:
                        yield first, fault
                    elif _has_nul(cells):
                        yield first, RowFault(Problem("row_nul"))
                    else:
                        yield first, cells
                return
            except (csv.Error, _TooLong) as error:
                yield self._resume(error)

    def _fault(self, first: int) -> RowFault | None:
        """The fault of a line of the row that ends at ``_last``."""
        lines = [line for line in self._faults if line <= self._last]
        problem = next((self._faults[line] for line in sorted(lines) if line >= first), None)
        for line in lines:
            del self._faults[line]
        return None if problem is None else RowFault(problem)

    def _resume(self, error: Exception) -> tuple[int, list[str] | RowFault]:
        """Give up the row at its first line and read on from the next."""
        first = self._last + 1
        lines = list(self._pending)
        self._pending.clear()
        self._size = 0
        self._last = first
        self._again += lines[:0:-1]
        fault = self._fault(first)
        if fault is not None:
            return first, fault
        cells = lines[0].rstrip("\r\n").split("\t") if lines else []
        if self._delimiter == "\t" and len(cells) == self._width and not _has_nul(cells):
            return first, cells
        if isinstance(error, _TooLong):
            return first, RowFault(Problem("row_too_long", "", {"limit": LONGEST_LINE >> 20}))
        return first, RowFault(Problem("row_quotes", "", {"reason": str(error)}, _QUOTES))


_QUOTES = "the quotes of the row do not pair: {reason}"


def _has_nul(cells: Sequence[str]) -> bool:
    return any("\0" in cell for cell in cells)
