"""JSON Lines from outside: what is wrong with a line that is no table."""

from __future__ import annotations

import json

import msgspec

from labeler.model.problems import Problem

__all__ = ["not_a_row"]


def not_a_row(line: bytes, error: Exception, where: str) -> Problem | None:
    """What is wrong with a line that is no table, or None for an empty one.

    ``error`` is what decoding it raised: one of msgspec, UnicodeDecodeError or RecursionError.
    """
    if not line.strip():
        return None
    if b"\0" in line:
        return Problem("row_nul", where)
    if isinstance(error, msgspec.ValidationError) and "Expected `object`" in str(error):
        return Problem("row_not_table", where)
    return Problem("json_syntax", where, {"reason": _reason(line, error)})


def _reason(line: bytes, error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    try:
        json.loads(line)
    except json.JSONDecodeError as fault:
        return f"{fault.msg[:1].lower()}{fault.msg[1:]} at character {fault.pos + 1}"
    except (ValueError, RecursionError):
        return str(error)
    if "out of range" in str(error):
        return "a number is too large"
    # The library that is more forgiving took it, so it is half of a pair of surrogates.
    return r"a \u escape is half of a surrogate pair"
