"""The lines of a file in batches: UTF-8 whatever the file is in, bounded in length, faults by line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from labeler.api.files.encodings import MARK, Encoding
from labeler.api.files.sources import Progress
from labeler.model.problems import Problem

__all__ = ["LONGEST_LINE", "Batch", "batches"]

LONGEST_LINE = 16 << 20
"""Bytes of one line, and of one row of a table; a longer one is skipped without being kept."""

_CHUNK = 1 << 20
_TWO_BYTES = frozenset({"gb18030", "big5", "cp932", "euc_jp", "cp949"})


class Batch(NamedTuple):
    """Lines in order, ``first`` is the number of the first one, counted from 1.

    ``faults`` has the problem of each line that cannot be used, by its number and without a place;
    what stands in ``lines`` for it is there only to keep count.
    """

    first: int
    lines: list[bytes]
    faults: dict[int, Problem]


def batches(
    file: BinaryIO, encoding: Encoding, progress: Progress, *, keep_ends: bool
) -> Iterator[Batch]:
    """The file's lines, about a megabyte at a time.

    With ``keep_ends`` a line ends with ``\\n``, ``\\r\\n`` or ``\\r`` and keeps its end; without, it
    ends with ``\\n`` only and loses it (a ``\\r`` before it stays).
    """
    file.seek(encoding.mark)
    cut = _Cutter(keep_ends)
    for chunk in _chunks(file, encoding, progress):
        yield from cut.batches(chunk, encoding)
    yield from cut.batches(b"", encoding, last=True)


def _chunks(file: BinaryIO, encoding: Encoding, progress: Progress) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding.codec)(MARK) if encoding.whole else None
    while chunk := file.read(_CHUNK):
        progress.add(len(chunk))
        if decoder is not None:
            chunk = decoder.decode(chunk).encode("utf-8", "surrogatepass")
        yield chunk
    if decoder is not None:
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


class _Cutter:
    """Cuts chunks into lines and keeps the piece that has no end yet."""

    def __init__(self, keep_ends: bool) -> None:
        self._keep_ends = keep_ends
        self._rest = b""
        self._number = 1
        self._skipping = False

    def batches(self, chunk: bytes, encoding: Encoding, last: bool = False) -> Iterator[Batch]:
        block = self._rest + chunk
        if self._skipping:
            end = self._first_end(block, last)
            if end is None:
                self._rest = block[-1:]  # it may be the first half of a line's end
                return
            block = block[end:]
            self._skipping = False
        faults: dict[int, Problem] = {}
        lines: list[bytes] = []
        end = self._first_end(block, last)
        if len(block) > LONGEST_LINE and (end is None or end > LONGEST_LINE):
            limit = LONGEST_LINE >> 20
            faults[self._number] = Problem("row_too_long", "", {"limit": limit})
            lines.append(b"\n" if self._keep_ends else b"")
            self._skipping = end is None
            block = block[-1:] if end is None else block[end:]
        if not self._skipping:
            cut = len(block) if last else self._last_end(block)
            block, self._rest = block[:cut], block[cut:]
            lines += self._lines(block)
        else:
            self._rest = block
        if not lines:
            return
        lines = _checked(lines, self._number, encoding, faults)
        yield Batch(self._number, lines, faults)
        self._number += len(lines)

    def _first_end(self, block: bytes, last: bool) -> int | None:
        """Where the first line of the block ends, its end included, or None."""
        newline = block.find(b"\n")
        if self._keep_ends:
            stop = len(block) if last else len(block) - 1  # a last \r may be half of \r\n
            found = block.find(b"\r", 0, newline if newline >= 0 else stop)
            if found >= 0 and block[found + 1 : found + 2] != b"\n":
                return found + 1
        if newline >= 0:
            return newline + 1
        return len(block) if last and block else None

    def _last_end(self, block: bytes) -> int:
        end = block.rfind(b"\n")
        if self._keep_ends:
            end = max(end, block.rfind(b"\r", 0, len(block) - 1))
        return end + 1

    def _lines(self, block: bytes) -> list[bytes]:
        if self._keep_ends:
            return block.splitlines(keepends=True)
        lines = block.split(b"\n")
        if not lines[-1]:
            lines.pop()
        return lines


def _checked(
    lines: list[bytes], first: int, encoding: Encoding, faults: dict[int, Problem]
) -> list[bytes]:
    """The lines as UTF-8; those that do not fit their encoding are emptied of what is wrong."""
    narrow = not encoding.whole and encoding.codec != "utf-8"
    block = b"".join(lines)
    if block.isascii():
        return lines
    if not narrow:
        try:
            block.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return lines
    return [
        line if line.isascii() else _fitted(line, first + number, encoding, narrow, faults)
        for number, line in enumerate(lines)
    ]


def _fitted(
    line: bytes, number: int, encoding: Encoding, narrow: bool, faults: dict[int, Problem]
) -> bytes:
    try:
        text = line.decode(encoding.codec if narrow else "utf-8")
    except UnicodeDecodeError as error:
        faults.setdefault(number, _mixed(line, error, encoding))
        return line.decode("utf-8", "replace").encode("utf-8")
    if not narrow:
        return line
    if encoding.guessed and (at := _stray_utf8(line, encoding)) is not None:
        faults.setdefault(number, _problem(encoding, line[at], at + 1))
    return text.encode("utf-8")


def _stray_utf8(line: bytes, encoding: Encoding) -> int | None:
    """Where a line of a guessed encoding is UTF-8 after all (the first such byte), else None.

    In an encoding of one byte a letter no text looks like that by chance; in one of two a single
    letter does.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return None
    strange = [at for at, letter in enumerate(text) if ord(letter) > 0x7F]
    enough = 2 if encoding.codec in _TWO_BYTES else 1
    return len(text[: strange[0]]) if len(strange) >= enough else None


def _mixed(line: bytes, error: UnicodeDecodeError, encoding: Encoding) -> Problem:
    byte, at = line[error.start], error.start + 1
    if encoding.whole:
        text = line.decode("utf-8", "surrogatepass")
        place = next(n for n, letter in enumerate(text) if 0xDC00 <= ord(letter) <= 0xDFFF)
        byte, at = ord(text[place]) & 0xFF, place + 1
    return _problem(encoding, byte, at)


def _problem(encoding: Encoding, byte: int, at: int) -> Problem:
    """``at`` counts from 1: bytes of the line, letters where it is decoded as a whole."""
    params: dict[str, str | int | float] = {"encoding": encoding.name, "at": at}
    params["byte"] = f"0x{byte:02x}"
    return Problem("encoding_mixed", "", params)
