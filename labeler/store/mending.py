"""Mending in place what a file says twice: its indexes, and its caches, which repeat ops.

Nothing that is the truth or local is changed. Where more is wrong than that, a new file is made of what
can be proven (``repair.py``).
"""

from __future__ import annotations

import re
import sqlite3

from labeler.model.problems import Refusal
from labeler.store.damage import one_line
from labeler.store.file import SQL_ERRORS, ProjectFile, refusal_of
from labeler.store.fold import Fold
from labeler.store.schema import FOLD_VERSION

__all__ = ["mend"]

_OF_AN_INDEX = re.compile(
    r"(row \d+ missing from|wrong # of entries in|non-unique entry in) index .+"
)
"""What SQLite's check says of an index that differs from its table."""


def mend(file: ProjectFile, project: bytes) -> None:
    """Make indexes and caches anew, all of them or none. Raises Refusal ``repair_in_place`` where pages
    are damaged: then writing to the file would make it worse."""
    try:
        rows = file.rows("PRAGMA integrity_check(1000)")
    except Refusal as refusal:
        if refusal.problem.code != "file_damaged":
            raise
        rows = [(str(refusal.problem.params["reason"]),)]
    for (told,) in rows:
        if told != "ok" and not _OF_AN_INDEX.fullmatch(one_line(told)):
            raise Refusal.of("repair_in_place", file.where, reason=one_line(told))
    try:
        with file.writing() as connection:
            connection.execute("REINDEX")
            Fold(connection, project).whole()
            connection.execute("UPDATE meta SET v=? WHERE k='fold'", (FOLD_VERSION,))
    except Refusal as refusal:
        cause = refusal.__cause__
        if isinstance(cause, sqlite3.IntegrityError):  # two rows where an index allows one
            raise Refusal.of("repair_in_place", file.where, reason=one_line(str(cause))) from None
        raise
    except SQL_ERRORS as error:
        raise refusal_of(error, file.where) from error
