"""A listing the search index answers: counted at once, read by the page."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from labeler.model.problems import Refusal
from labeler.store.file import ProjectFile
from labeler.store.listed import Listed
from labeler.store.search_index import Matching

__all__ = ["IndexedListing"]


class IndexedListing(Listed):
    """The tasks an index says match. It shows what was so when it was made, but for what changed since.

    Raises Refusal where the index is taken away while it is read: another listing scans.
    """

    def __init__(self, file: ProjectFile, matching: Matching, of: int) -> None:
        self.file = file
        self._matching = matching
        self.of = of
        self.scanned = of
        self.complete = True

    @property
    def total(self) -> int:
        """How many tasks match."""
        return self._matching.count

    def find_more(self, seconds: float = 0.015) -> bool:
        """Everything was found; returns True."""
        return True

    def file_rows(self, offset: int, limit: int) -> Sequence[int]:
        """The rows in the file of these tasks."""
        try:
            return self._matching.tasks(offset, limit)
        except sqlite3.Error as error:
            raise self._gone(error) from error

    def place_of(self, task: int) -> int | None:
        """Where the task in this row of the file stands; None if it is not there."""
        try:
            return self._matching.place_of(task)
        except sqlite3.Error as error:
            raise self._gone(error) from error

    def _gone(self, error: sqlite3.Error) -> Refusal:
        reason = " ".join(str(error).split())
        return Refusal.of("search_index", self.file.where, reason=reason)
