"""JSON that a person hands to a command, from a file or on stdin."""

from __future__ import annotations

import sys
from pathlib import Path

from labeler.model.problems import Problem, Refusal

__all__ = ["LARGEST", "bytes_of", "place_of"]

LARGEST = 256 << 20
"""Bytes; no project holds a larger body."""


def place_of(path: Path) -> str:
    """How messages name a file that a command reads."""
    return "stdin" if str(path) == "-" else str(path)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file, or those on stdin for ``-``; raises Refusal."""
    where = place_of(path)
    try:
        if where == "stdin":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Refusal.of("file_missing", where) from None
    except IsADirectoryError:
        raise Refusal.of("file_directory", where) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal(Problem("file_unreadable", where, {"reason": reason})) from None
    if len(raw) > LARGEST:
        raise Refusal.of("file_unreadable", where, reason=f"it is larger than {LARGEST >> 20} MB")
    return raw.removeprefix(b"\xef\xbb\xbf")
