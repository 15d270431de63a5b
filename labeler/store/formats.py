"""Formats of project files: how another one stands to ours, and what a newer minor of ours may add.

A format is ``major × 1000 + minor``, the file's ``user_version``; ``FORMAT.md`` says what is in one. A
newer minor is opened and written, and what it added stays whole; a newer major is refused; an older
format is brought up to ours (``migrate.py``).

A newer minor may add: kinds of op and entity, fields of bodies, types of region and facts in ``meta``;
further columns of tables that are local to a file; further tables and indexes. It may change nothing
else, for an older program must be able to write every row of what it knows as it always did. Truth
that merges carry is in ops alone: what lies in further tables and columns is local or a cache.
"""

from __future__ import annotations

import re
from enum import Enum

__all__ = ["LOCAL", "Standing", "fault_of_addition", "format_name", "is_widened", "standing"]

LOCAL = ("step", "checkpoint", "draft", "lease", "quarantine", "merge_log")
"""Tables that are local to a file; a newer minor may give them further columns."""

_LONGEST = 10_000
_NAME = r"[a-z][a-z0-9_]{0,62}"
_TYPE = r"(?:INTEGER|REAL|TEXT|BLOB|ANY)"
_CONSTANT = r"(?:NULL|-?[0-9]{1,18}|'[^']{0,99}')"
_COLUMN = (
    rf"{_NAME} {_TYPE}(?: NOT NULL)?(?: DEFAULT {_CONSTANT})?(?: PRIMARY KEY| UNIQUE)?"
    r"(?: REFERENCES (?:person|strand|ent|op)\(id\))?"
)
_NAMES = rf"\({_NAME}(?:, ?{_NAME})*\)"
_TABLE = re.compile(
    rf"CREATE TABLE ({_NAME})\({_COLUMN}(?:, {_COLUMN})*(?:, PRIMARY KEY{_NAMES})?\) "
    r"STRICT(?:, WITHOUT ROWID)?"
)
_INDEX = re.compile(
    rf"CREATE INDEX ({_NAME}) ON ({_NAME}){_NAMES}(?: WHERE {_NAME}(?:=|<>|<|>)-?[0-9]{{1,18}})?"
)
_FURTHER = rf"(?:, {_NAME} {_TYPE}(?:(?: NOT NULL)? DEFAULT {_CONSTANT})?)+"


class Standing(Enum):
    """How the format of a file stands to ours."""

    SAME = "same"
    OLDER = "older"
    MINOR = "newer minor"
    NEWER = "newer"


def standing(found: int, known: int) -> Standing:
    """How the format ``found`` stands to the format ``known``."""
    if found <= known:
        return Standing.SAME if found == known else Standing.OLDER
    return Standing.MINOR if found // 1000 == known // 1000 >= 1 else Standing.NEWER


def format_name(number: int) -> str:
    """A format as people read it, ``major.minor``."""
    return f"{number // 1000}.{number % 1000}"


def is_widened(table: str, ours: str, found: str) -> bool:
    """Whether the text of a table is ours with further columns that a row of ours can do without.

    They come last, as ``ALTER TABLE … ADD COLUMN`` writes them: no key, no rule, and a constant where
    they must have a value.
    """
    if table not in LOCAL or len(found) > _LONGEST:
        return False
    keys = ours.find(", PRIMARY KEY(")
    at = keys if keys >= 0 else ours.rindex(") STRICT")
    return bool(re.fullmatch(re.escape(ours[:at]) + _FURTHER + re.escape(ours[at:]), found))


def fault_of_addition(kind: str, name: str, sql: str | None) -> str:
    """Why a table or an index of a newer minor may not be there, or an empty text.

    A table has plain columns and points to rows that are never deleted; an index refuses nothing and
    works nothing out. There is no trigger, no view, no virtual table and no generated column.
    """
    pattern = {"table": _TABLE, "index": _INDEX}.get(kind)
    if pattern is None or sql is None or len(sql) > _LONGEST:
        return f"{kind} {name}"
    told = pattern.fullmatch(sql)
    return "" if told and told[1] == name else f"{kind} {name}"
