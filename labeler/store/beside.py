"""What lies beside a project file, and what SQLite would do because of it before anybody could look.

A journal takes back what a killed program left half written. It may also name a super-journal, one for
several databases at once; SQLite then deletes the file of that name when it is done. A stranger's
journal may name any file of ours. Our programs attach no database, so no journal of theirs names one.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from labeler.model.problems import Refusal

__all__ = ["has_log", "journal_of", "refuse_strange_journal"]

_MAGIC = bytes.fromhex("d9d505f920a163d7")
"""Ends a journal that names a super-journal (SQLite's file format, section 3)."""
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what takes a half written transaction back."""
    return path.with_name(f"{path.name}-journal")


def refuse_strange_journal(path: Path) -> None:
    """Refuse a project beside whose file lies a journal that is no plain file or that names another
    file. Raises Refusal; to be called before SQLite opens the project."""
    journal = journal_of(Path(os.path.realpath(path)))  # SQLite follows links to the project first
    try:
        if not stat.S_ISREG(os.lstat(journal).st_mode):
            raise Refusal.of("file_journal", str(path), journal=journal.name)
        with os.fdopen(os.open(journal, _READ), "rb") as stream:
            stream.seek(-min(len(_MAGIC), os.fstat(stream.fileno()).st_size), os.SEEK_END)
            named = stream.read() == _MAGIC
    except FileNotFoundError:
        return
    except OSError:
        # One that cannot be read cannot be played back either; SQLite says so in its own words.
        return
    if named:
        raise Refusal.of("file_journal", str(path), journal=journal.name)


def has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside a project: SQLite reads it whatever the file's head says."""
    try:
        return os.stat(f"{os.path.realpath(path)}-wal").st_size > 0  # noqa: PTH116 - as SQLite names it
    except OSError:
        return False
