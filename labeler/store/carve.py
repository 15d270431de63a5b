"""Rows out of a damaged file, page by page, without SQLite: what no index or root page leads to any more.

A file of SQLite is pages; a page that holds rows says so in its first byte and lists its cells. Each
page is read for itself (https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1), so one that is
damaged costs its own rows. Which table a row is of, its columns tell. Nothing found here is believed:
whoever takes it verifies it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["Carved", "carve"]

Cell = int | float | str | bytes | None
_Pages = Callable[[int], bytes]

_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02
_LARGEST_CELL = 256 << 20
_HEADER = 100
"""Bytes of the file's head on its first page."""


class Carved(NamedTuple):
    """A row: its number (rowid; None in a table or index that has none) and its columns."""

    row: int | None
    columns: tuple[Cell, ...]


def carve(path: Path, page_size: int = 4096) -> Iterator[Carved | None]:
    """Every row that can be read, in the order of pages; None after each page. Raises OSError."""
    size = path.stat().st_size
    count = (size + page_size - 1) // page_size
    with path.open("rb") as stream:

        def page(number: int) -> bytes:
            stream.seek((number - 1) * page_size)
            return stream.read(page_size).ljust(page_size, b"\0")

        for number in range(1, count + 1):
            raw = page(number)
            for offset in _cells(raw, _HEADER if number == 1 else 0):
                found = _cell(raw, offset, raw[_HEADER if number == 1 else 0], page, count)
                if found is not None:
                    yield found
            yield None


def _cells(raw: bytes, start: int) -> list[int]:
    """Where the cells of a page lie; none where it is no page with rows."""
    kind = raw[start]
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
        return []
    head = start + (12 if kind == _INDEX_INTERIOR else 8)
    (count,) = struct.unpack_from(">H", raw, start + 3)
    count = min(count, (len(raw) - head) // 2)
    offsets = struct.unpack_from(f">{count}H", raw, head)
    return [offset for offset in offsets if head + 2 * count <= offset < len(raw)]


def _cell(raw: bytes, at: int, kind: int, page: _Pages, pages: int) -> Carved | None:
    """The row in the cell at this place, or None where it does not read."""
    try:
        if kind == _INDEX_INTERIOR:
            at += 4  # the page left of it
        length, at = _varint(raw, at)
        row = None
        if kind == _TABLE_LEAF:
            row, at = _varint(raw, at)
        payload = _payload(raw, at, length, kind, page, pages)
        return None if payload is None else Carved(row, _record(payload))
    except (IndexError, ValueError, struct.error):
        return None


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, two's complement, and the place after it."""
    value = 0
    for count in range(8):
        byte = raw[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    value = value << 8 | raw[at + 8]
    return (value - (1 << 64) if value >= 1 << 63 else value), at + 9


def _payload(raw: bytes, at: int, length: int, kind: int, page: _Pages, pages: int) -> bytes | None:
    """The bytes of a row, those on overflow pages too; None where the chain breaks."""
    usable = len(raw)
    if not 0 <= length <= _LARGEST_CELL:
        return None
    most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
    if length <= most:
        found = raw[at : at + length]
        return found if len(found) == length else None
    least = (usable - 12) * 32 // 255 - 23
    local = least + (length - least) % (usable - 4)
    local = least if local > most else local
    parts = [raw[at : at + local]]
    (following,) = struct.unpack_from(">I", raw, at + local)
    left, seen = length - local, 0
    while left > 0:
        seen += 1
        if not 1 < following <= pages or seen > pages:
            return None
        data = page(following)
        (following,) = struct.unpack_from(">I", data)
        parts.append(data[4 : 4 + min(left, usable - 4)])
        left -= usable - 4
    return b"".join(parts)


def _record(payload: bytes) -> tuple[Cell, ...]:
    """The columns of a row."""
    head, at = _varint(payload, 0)
    if not at <= head <= len(payload):
        raise ValueError("a head longer than its row")
    types = []
    while at < head:
        kind, at = _varint(payload, at)
        types.append(kind)
    if len(types) > 64:
        raise ValueError("no table has so many columns")
    columns: list[Cell] = []
    at = head
    for kind in types:
        value, at = _column(payload, at, kind)
        columns.append(value)
    return tuple(columns)


_WIDTHS = (0, 1, 2, 3, 4, 6, 8)


def _column(payload: bytes, at: int, kind: int) -> tuple[Cell, int]:
    if kind == 0:
        return None, at
    if 1 <= kind <= 6:
        end = at + _WIDTHS[kind]
        return int.from_bytes(_exact(payload, at, end), "big", signed=True), end
    if kind == 7:
        value: float = struct.unpack(">d", _exact(payload, at, at + 8))[0]
        return value, at + 8
    if kind in (8, 9):
        return kind - 8, at
    if kind < 12:
        raise ValueError("no such type")
    end = at + (kind - 12) // 2
    found = _exact(payload, at, end)
    return (found.decode() if kind % 2 else found), end


def _exact(payload: bytes, at: int, end: int) -> bytes:
    found = payload[at:end]
    if len(found) != end - at:
        raise ValueError("a row that ends too early")
    return found
