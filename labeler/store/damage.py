"""Damage: what is stored is not what was written there. It is refused in one line that names the file.

A file may be anything: bits flipped on a stick, half a download, made to harm. SQLite finds what
breaks its own pages; what it lets through is met here.
"""

from __future__ import annotations

import functools
import sqlite3
import zlib
from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import msgspec

from labeler.model.json import UNREADABLE
from labeler.model.problems import Problem, Refusal
from labeler.store.file import SQL_ERRORS, ProjectFile, refusal_of

__all__ = [
    "LARGEST_BODY",
    "Damaged",
    "inflate",
    "one_line",
    "read_body",
    "read_rows",
    "refuses_damage",
]

LARGEST_BODY = 128 * 1024 * 1024
"""Bytes of a body, a step or a checkpoint uncompressed; a few stored ones may claim to be terabytes."""

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")


class Damaged(Refusal):
    """Something stored cannot be read; ``where`` names the file."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(Problem("file_damaged", where, {"reason": one_line(reason)}))
        self.reason = one_line(reason)


class HasFile(Protocol):
    """What reads one project file."""

    @property
    def file(self) -> ProjectFile:
        """The file."""


S = TypeVar("S", bound=HasFile)


def one_line(text: str) -> str:
    """A message of SQLite in one line."""
    return " ".join(text.split())


def refuses_damage(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], R]:
    """A method that reads a file: damage it meets is refused by the file's name.

    A flipped bit in a record's head makes a text of a number, and what works on it fails anywhere.
    Before that is taken for an error of the program, SQLite is asked to look through the file.
    """

    @functools.wraps(method)
    def reads(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except Damaged as error:
            if error.problem.where:
                raise
            raise Damaged(error.reason, self.file.where) from error
        except (TypeError, AttributeError, ValueError, LookupError, OverflowError) as error:
            found = self.file.rows("PRAGMA quick_check(1)")
            if not found or found[0][0] == "ok":
                raise
            raise Damaged(found[0][0], self.file.where) from error

    return reads


def read_rows(connection: sqlite3.Connection, sql: str, parameters: Any = ()) -> list[Any]:
    """All rows of a query. Raises Refusal."""
    try:
        return connection.execute(sql, parameters).fetchall()
    except SQL_ERRORS as error:
        raise refusal_of(error, _where(connection)) from error


def _where(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


@functools.cache
def _decoder(kind: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def read_body(raw: bytes | str, kind: type[T]) -> T:
    """What is stored as JSON of this type. Raises Damaged."""
    try:
        decoder: msgspec.json.Decoder[T] = _decoder(cast("Hashable", kind))
        found = decoder.decode(raw)
    except UNREADABLE as error:
        raise Damaged(f"what is stored as {kind.__name__} does not read: {error}") from None
    return found


def inflate(packed: bytes) -> bytes:
    """What was compressed. Raises Damaged, also where it would be larger than LARGEST_BODY."""
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(packed, LARGEST_BODY)
    except zlib.error as error:
        raise Damaged(f"a body does not unpack: {error}") from None
    if not unpacker.eof:
        reason = "it is cut off" if not unpacker.unconsumed_tail else "it is too large"
        raise Damaged(f"a body does not unpack: {reason}")
    if unpacker.unused_data:
        raise Damaged("a body does not unpack: something follows its end")
    return raw
