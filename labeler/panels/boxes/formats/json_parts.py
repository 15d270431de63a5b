"""A large JSON document in parts: the elements of its outermost lists, one block of the file at a time.

Memory does not grow with the file. A block is cut behind its last whole element: where that is gets
guessed (a brace with a comma behind it) and proved by decoding; what cannot be guessed is scanned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

import msgspec

from labeler.api import Problem

__all__ = ["BLOCK", "Elements", "JsonCut", "Member", "parts_of"]

BLOCK = 1 << 20
"""Bytes of the file looked at together."""
LARGEST = 1 << 28
"""Bytes of one element or value; what is larger is no description of an image."""

_GUESSES = 4
_BLANK = re.compile(rb"[ \t\r\n]*")
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{},]', re.DOTALL)
_END = re.compile(rb"\}[ \t\r\n]*[,\]]")
_MARK = b"\xef\xbb\xbf"

_raws = msgspec.json.Decoder(list[msgspec.Raw])


class Elements(NamedTuple):
    """Whole elements of a list that follow each other.

    ``key`` names the list in the outermost table (empty where the document is a list itself),
    ``first`` is the number of the first element, ``at`` and ``raw`` are their places in the file
    and their bytes, which need not be sound JSON.
    """

    key: str
    first: int
    at: list[int]
    raw: list[bytes]


class Member(NamedTuple):
    """A value of the outermost table that is no list."""

    key: str
    raw: bytes


class JsonCut(Exception):
    """The document ends or breaks here; what came before stands."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(f"{reason} (byte {at})")

    def problem(self, where: str) -> Problem:
        """What is told of it."""
        return Problem("json_syntax", where, {"reason": str(self)})


def parts_of(
    file: BinaryIO, told: Callable[[int], None] | None = None
) -> Iterator[Elements | Member]:
    """The parts of the document in an open file, in its order; raises JsonCut.

    ``told`` is called with the bytes read so far.
    """
    window = _Window(file, told)
    first = window.peek()
    if first == b"[":
        window.skip(1)
        yield from _elements(window, "")
        return
    if first != b"{":
        raise JsonCut("it begins neither with a table nor with a list", window.offset)
    window.skip(1)
    while window.peek() != b"}":
        raw = window.take(window.end_of_value())
        try:
            key = msgspec.json.decode(raw, type=str)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise JsonCut("a name is expected", window.offset - len(raw)) from None
        if window.peek() != b":":
            raise JsonCut("a colon is expected", window.offset)
        window.skip(1)
        if window.peek() == b"[":
            window.skip(1)
            yield from _elements(window, key)
        else:
            yield Member(key, window.take(window.end_of_value()))
        if window.peek() == b",":
            window.skip(1)
        elif window.peek() != b"}":
            raise JsonCut("a comma or the table's end is expected", window.offset)


class _Window:
    """The part of the file that is in memory, and where in it reading stands."""

    def __init__(self, file: BinaryIO, told: Callable[[int], None] | None) -> None:
        self._file = file
        self._told = told
        self._base = 0
        self.data = b""
        self.place = 0
        self.ended = False
        self.fill(BLOCK)
        if self.data.startswith(_MARK):
            self.place = len(_MARK)

    @property
    def offset(self) -> int:
        """Where in the file reading stands."""
        return self._base + self.place

    def fill(self, count: int) -> bool:
        """Have at least so many bytes ahead where the file has them; whether any were added."""
        ahead = len(self.data) - self.place
        if self.ended or ahead >= count:
            return False
        pieces = [self.data[self.place :]]
        while ahead < count:
            piece = self._file.read(count - ahead)
            if not piece:
                self.ended = True
                break
            pieces.append(piece)
            ahead += len(piece)
        self._base += self.place
        self.data, self.place = b"".join(pieces), 0
        if self._told is not None:
            self._told(self._base + len(self.data))
        return len(pieces) > 1

    def grow(self) -> None:
        """Have twice as much ahead; raises JsonCut where there is nothing or far too much."""
        ahead = len(self.data) - self.place
        if ahead >= LARGEST:
            raise JsonCut(f"a value is larger than {LARGEST >> 20} MB", self.offset)
        if not self.fill(2 * max(ahead, BLOCK // 2)):
            raise JsonCut("the file ends too early", self.offset + ahead)

    def peek(self) -> bytes:
        """The next byte that is no blank; raises JsonCut at the end."""
        while True:
            blank = _BLANK.match(self.data, self.place)
            self.place = blank.end() if blank else self.place
            if self.place < len(self.data):
                return self.data[self.place : self.place + 1]
            if not self.fill(BLOCK):
                raise JsonCut("the file ends too early", self.offset)

    def skip(self, count: int) -> None:
        """Go so many bytes on."""
        self.place += count

    def take(self, end: int) -> bytes:
        """The bytes up to ``end``, which is where reading stands then."""
        raw = self.data[self.place : end]
        self.place = end
        return raw

    def end_of_value(self) -> int:
        """Where the value ends that begins here."""
        while True:
            end = self._scanned_end()
            if end is not None:
                return end
            self.grow()

    def _scanned_end(self) -> int | None:
        if self.data[self.place : self.place + 1] not in (b"{", b"[", b'"'):
            plain = re.compile(rb"[^,\]}:\s]*").match(self.data, self.place)
            end = plain.end() if plain else self.place
            return end if end < len(self.data) or self.ended else None
        depth = 0
        for token in _TOKEN.finditer(self.data, self.place):
            mark = token.group()
            if mark in (b"{", b"["):
                depth += 1
            elif mark in (b"}", b"]"):
                depth -= 1
            if depth <= 0:
                return token.end()
        return None


def _elements(window: _Window, key: str) -> Iterator[Elements]:
    """The elements of the list whose bracket was just passed, and its other bracket passed too."""
    first = 0
    while True:
        if window.peek() == b"]":
            window.skip(1)
            return
        window.fill(BLOCK)
        found = _guessed(window) or _scanned(window)
        while found is None:
            window.grow()
            found = _scanned(window)
        starts, raws = found
        yield Elements(key, first, starts, raws)
        first += len(raws)
        if window.peek() == b",":
            window.skip(1)
            if window.peek() == b"]":
                raise JsonCut("an element is expected", window.offset)
        elif window.peek() != b"]":
            raise JsonCut("a comma or the list's end is expected", window.offset)


def _guessed(window: _Window) -> tuple[list[int], list[bytes]] | None:
    """The elements of this block, where one of the last braces proves to be the end of one."""
    data, place = window.data, window.place
    end = len(data)
    for _ in range(_GUESSES):
        while True:
            end = data.rfind(b"}", place, end)
            if end < 0:
                return None
            if _END.match(data, end):
                break
        block = b"".join((b"[", data[place : end + 1], b"]"))
        try:
            found = _raws.decode(block)
        except (ValueError, RecursionError):
            continue
        base = window.offset - 1  # of the bracket that was put before
        starts, raws, at = [], [], 1
        for one in found:
            raw = bytes(one)
            at = block.index(raw[:1], at)
            starts.append(base + at)
            raws.append(raw)
            at += len(raw)
        window.skip(end + 1 - place)
        return starts, raws
    return None


def _scanned(window: _Window) -> tuple[list[int], list[bytes]] | None:
    """The whole elements in this block token by token; None where there is not one."""
    data, begin, depth = window.data, window.place, 0
    base = window.offset - window.place
    starts: list[int] = []
    raws: list[bytes] = []
    last = begin
    for token in _TOKEN.finditer(data, begin):
        mark = token.group()
        if mark in (b"{", b"["):
            depth += 1
        elif mark == b"}" or (mark == b"]" and depth):
            depth -= 1
        elif depth == 0 and mark in (b",", b"]"):
            raw = data[begin : token.start()]
            stripped = raw.lstrip(b" \t\r\n")
            starts.append(base + begin + len(raw) - len(stripped))
            raws.append(stripped.rstrip(b" \t\r\n"))
            last = begin = token.start()
            if mark == b"]":
                break
            begin = token.end()
    if not raws:
        return None
    window.skip(last - window.place)
    return starts, raws
