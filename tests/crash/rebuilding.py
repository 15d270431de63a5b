"""What a power cut leaves: files rebuilt from a log of writes, with what was not synced lost or torn.

A disk keeps what was synced. Of the rest it has written some, in any order, by sectors of 512 bytes.
Names (made, moved, removed) reach it in their order, and surely only when their folder is synced.
"""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

__all__ = ["Call", "Disk", "read_log"]

SECTOR = 512


class Call(NamedTuple):
    """A call that changed the disk: what, on which path, with which bytes (or name), at which place."""

    what: str
    path: str
    data: bytes
    at: int


def read_log(log: Path) -> list[Call]:
    """The calls of a log, in order; ``!`` is what the program said between them."""
    raw, at, found = log.read_bytes(), 0, []
    while at < len(raw):
        what, length, size, place = struct.unpack_from("=cIIq", raw, at)
        at += 17
        path = raw[at : at + length].decode()
        at += length
        found.append(Call(what.decode(), path, raw[at : at + size], place))
        at += size
    return found


@dataclass
class _File:
    """A file: what was synced, and the calls since."""

    kept: bytes = b""
    loose: list[Call] = field(default_factory=list)

    def now(self) -> bytes:
        """Its content with every call."""
        content = bytearray(self.kept)
        for call in self.loose:
            _apply(content, call)
        return bytes(content)

    def cut(self, chance: random.Random, wild: float) -> bytes:
        """Its content after a power cut; ``wild`` is how likely each loose call is not whole there."""
        content = bytearray(self.kept)
        for call in self.loose:
            if chance.random() >= wild:
                _apply(content, call)
            elif call.what == "w" and chance.random() < 0.5:
                _tear(content, call, chance)
        return bytes(content)


def _apply(content: bytearray, call: Call) -> None:
    if call.what == "t":
        del content[call.at :]
        content.extend(bytes(call.at - len(content)))
        return
    content.extend(bytes(max(0, call.at - len(content))))
    content[call.at : call.at + len(call.data)] = call.data


def _tear(content: bytearray, call: Call, chance: random.Random) -> None:
    """Write some sectors of it."""
    first = -call.at % SECTOR
    edges = [0, *range(first or SECTOR, len(call.data), SECTOR), len(call.data)]
    for start, end in pairwise(edges):
        if chance.random() < 0.5:
            _apply(content, Call("w", call.path, call.data[start:end], call.at + start))


class Disk:
    """A disk as calls come in, and as power cuts would leave it."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = {name: _File(content) for name, content in files.items()}
        self._kept = dict(self._files)
        self._loose: list[tuple[Call, _File | None]] = []
        self.said: list[str] = []

    def call(self, call: Call) -> None:
        """Take a call in."""
        if call.what == "!":
            self.said.append(call.path.rpartition("/")[2])
        elif call.what == "s":
            self._sync(call.path)
        elif call.what in "wt":
            self._files[call.path].loose.append(call)
        else:
            made = _File() if call.what == "c" else None
            self._loose.append((call, made))
            _rename(self._files, call, made)

    def _sync(self, path: str) -> None:
        found = self._files.get(path)
        if found is not None:
            found.kept, found.loose = found.now(), []
            return
        for call, made in self._loose:
            _rename(self._kept, call, made)
        self._loose = []

    def cut(self, chance: random.Random, wild: float) -> dict[str, bytes]:
        """Files by path after a power cut at this moment; with ``wild`` 0 all that was called."""
        names = dict(self._kept)
        many = len(self._loose) if wild == 0 else chance.randint(0, len(self._loose))
        for call, made in self._loose[:many]:
            _rename(names, call, made)
        return {name: one.cut(chance, wild) for name, one in names.items()}


def _rename(names: dict[str, _File], call: Call, made: _File | None) -> None:
    if call.what == "c":
        assert made is not None
        names[call.path] = made
    elif call.what == "u":
        names.pop(call.path, None)
    elif call.path in names:
        names[call.data.decode()] = names.pop(call.path)
