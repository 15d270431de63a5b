"""Media in a native export: what a task refers to, and the bytes the project has taken in.

A medium stands before the first task that names it; its bytes follow in parts of a mebibyte, so that
neither side holds a whole one.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from labeler.exchange.needs import Asks
from labeler.model.content import media_names
from labeler.model.json import read_json
from labeler.model.problems import Problem, Refusal
from labeler.store import Project, TaskFull
from labeler.store.media_rows import (
    LARGEST_MEDIUM,
    MEDIUM_PART,
    BlobPart,
    KnownMedium,
    NewMedium,
    PartsWriter,
    medium_digest,
)
from labeler.work.media_files import leads_out

__all__ = ["BytesLine", "MediaReader", "MediaWriter", "MediumLine", "task_fingerprint"]


class MediumLine(msgspec.Struct, frozen=True):
    """A medium; with a ``hash`` (BLAKE2b-256, hex) the project had its bytes."""

    path: str
    root: str = ""
    size: int = 0
    mime: str = ""
    fingerprint: str = ""
    hash: str = ""


class BytesLine(msgspec.Struct, frozen=True):
    """The next part of the bytes of the medium before it, in base64."""

    part: int
    data: str


class MediaWriter:
    """Makes the lines of media, each medium and its bytes once."""

    def __init__(self, ask: Asks, drop: Callable[[str], None]) -> None:
        self._ask = ask
        self._drop = drop
        self._none = not ask(lambda project: project.media.any())
        self._told = bytearray()
        self._hashes: set[bytes] = set()

    def lines(self, task: TaskFull) -> Iterator[dict[str, Any]]:
        """The lines that stand before a task, each as what is in it."""
        if self._none or not task.content:
            return
        for root, path in media_names(read_json(task.content)):
            known = self._ask(_finds(root, path))
            if known is None or self._was_told(known.row):
                continue
            tree: dict[str, Any] = {"path": path, "size": known.size}
            tree |= {"root": root} if root else {}
            tree |= {"mime": known.mime} if known.mime else {}
            tree |= {"fingerprint": known.fingerprint.hex()} if known.fingerprint else {}
            lengths = self._lengths(known)
            if lengths:
                tree["hash"] = known.hash.hex()
            yield {"medium": tree}
            for number in range(len(lengths)) if known.hash not in self._hashes else ():
                data = self._ask(_reads(known.hash, number))
                yield {"bytes": {"part": number, "data": b64encode(data).decode()}}
            self._hashes.add(known.hash)

    def _lengths(self, known: KnownMedium) -> list[int]:
        if not known.hash:
            return []
        if known.double:  # which of them the task means is not known
            self._drop("medium_double")
            return []
        lengths = self._ask(lambda project: project.media.parts(known.hash))
        if not lengths:
            self._drop("medium_absent")
        return lengths

    def _was_told(self, row: int) -> bool:
        """Whether this is not the first time; a bit each, for there may be a million."""
        place, bit = row >> 3, 1 << (row & 7)
        if place >= len(self._told):
            self._told.extend(bytes(place + 1 - len(self._told)))
        before = self._told[place] & bit
        self._told[place] |= bit
        return bool(before)


def _finds(root: str, path: str) -> Callable[[Project], KnownMedium | None]:
    return lambda project: project.media.find(root, path)


def _reads(name: bytes, number: int) -> Callable[[Project], bytes]:
    return lambda project: project.media.part(name, number)


class MediaReader:
    """Takes the lines of media in: their bytes at once, the rest with the task they stand before."""

    def __init__(self, ask: Asks, note: Callable[[Problem], None]) -> None:
        self._ask = ask
        self._note = note
        self._writer = PartsWriter(
            lambda parts: ask(lambda project: project.media.put_parts(parts))
        )
        self._waiting: list[NewMedium] = []
        self._taken: _Bytes | None = None
        self.is_other = False
        """Whether one of those that wait has the name of another that the project has taken in."""

    def medium(self, line: MediumLine, where: str) -> None:
        """A medium of the task that follows."""
        self._finish()
        reason = _fault(line)
        if reason:
            self._note(Problem("value_invalid", f"{where}: medium", {"reason": reason}))
            return
        fingerprint = bytes.fromhex(line.fingerprint)
        new = NewMedium(line.root, line.path, line.size, line.mime, fingerprint)
        known = self._ask(lambda project: project.media.find(line.root, line.path))
        if known is not None and known.hash and known.fingerprint != fingerprint:
            self._note(Problem("medium_other", f"{where}: {line.path}"))
            self.is_other = True
            return
        if not line.hash:
            self._waiting.append(new)
            return
        name = bytes.fromhex(line.hash)
        self._writer.flush()
        here = bool(self._ask(lambda project: project.media.here([name])))
        self._taken = _Bytes(new, name, where, here)

    def bytes(self, line: BytesLine, where: str) -> None:
        """The next part of its bytes."""
        taken = self._taken
        if taken is None or taken.here:
            return
        try:
            data = b64decode(line.data, validate=True)
        except ValueError as error:
            self._note(Problem("value_invalid", f"{where}: bytes", {"reason": str(error)}))
            taken.broken = True
            return
        taken.take(line.part, data, self._writer)

    def of_task(self) -> tuple[NewMedium, ...]:
        """The media of a task whose line has come, their bytes in the project."""
        self._finish()
        self._writer.flush()
        media, self._waiting = tuple(self._waiting), []
        self.is_other = False
        return media

    def _finish(self) -> None:
        taken, self._taken = self._taken, None
        if taken is None:
            return
        new = taken.new
        if taken.here or taken.settle(self._writer):
            new = msgspec.structs.replace(new, hash=taken.name)
        else:
            self._writer.flush()
            self._ask(lambda project: project.media.drop_parts(taken.name))
            code = "medium_damaged" if taken.begun else "medium_absent"
            reason = "its bytes do not match their hash"
            self._note(Problem(code, taken.where, {"path": new.path, "reason": reason}))
        self._waiting.append(new)


class _Bytes:
    """The bytes of one medium on their way in."""

    def __init__(self, new: NewMedium, name: bytes, where: str, here: bool) -> None:
        self.new = new
        self.name = name
        self.where = where
        self.here = here
        self.broken = False
        self._hasher = medium_digest()
        self._first = b""
        self._number = self._length = 0
        self._ended = False

    @property
    def begun(self) -> bool:
        """Whether any of them came."""
        return self._number > 0 or self.broken

    def take(self, number: int, data: bytes, writer: PartsWriter) -> None:
        """Take the next part."""
        if number != self._number or self._ended or len(data) > MEDIUM_PART:
            self.broken = True
        if self.broken:
            return
        self._ended = len(data) < MEDIUM_PART  # only the last is smaller
        self._hasher.update(data)
        self._length += len(data)
        if number:
            writer.add(BlobPart(self.name, number, data))
        else:
            self._first = data
        self._number += 1

    def settle(self, writer: PartsWriter) -> bool:
        """All came: with its first part the medium is here. False where they are not those."""
        whole = self._number and not self.broken and self._length == self.new.size
        if not whole or self._hasher.digest() != self.name:
            return False
        writer.add(BlobPart(self.name, 0, self._first))
        return True


def _fault(line: MediumLine) -> str:
    """Why a medium cannot be noted, or an empty text."""
    if leads_out(line.path):
        return Refusal.of("medium_outside").problem.message
    if not 0 <= line.size < 1 << 62 or (line.hash and line.size > LARGEST_MEDIUM):
        return f"{line.size} is no size of a medium"
    for text, lengths in ((line.fingerprint, (0, 32)), (line.hash, (0, 64))):
        if len(text) not in lengths or set(text) - set("0123456789abcdef"):
            return f"{text!r} is no hash"
    return ""


def task_fingerprint(text: str) -> bytes:
    """The fingerprint of the medium a task is known by; raises ValueError where it is none."""
    if len(text) != 32 or set(text) - set("0123456789abcdef"):
        raise ValueError(f"{text!r} is no fingerprint")
    return bytes.fromhex(text)
