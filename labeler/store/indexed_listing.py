"""A listing the search index answers: found in stretches, read by the page."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence

from labeler.model.problems import Refusal
from labeler.store.index_answers import Answer, ByChange, Matching
from labeler.store.indexing import Indexing
from labeler.store.listed import Listed
from labeler.store.listing import tallied

__all__ = ["IndexedListing"]


class IndexedListing(Listed):
    """The tasks an index says match. It shows what was so when it was made, but for what changed since.

    Raises Refusal where the index is taken away while it is read: another listing scans.
    """

    def __init__(
        self, indexing: Indexing, matching: Matching, *, answer: Answer | None = None
    ) -> None:
        self.file = indexing.file
        self._indexing = indexing
        self._matching = matching
        self._answer = answer or matching
        # The index has all tasks, whatever queue is asked for.
        self.of = tallied(self.file)
        self._note()

    def by_change(self, *, descending: bool) -> IndexedListing:
        """The same tasks in order of the last work at them."""
        answer = ByChange(self._matching, descending=descending)
        return IndexedListing(self._indexing, self._matching, answer=answer)

    @property
    def total(self) -> int:
        """How many tasks match, of those found so far."""
        return len(self._answer.found)

    def find_more(self, seconds: float = 0.015) -> bool:
        """Read more, at least one stretch, for about this long; returns ``complete``."""
        began = before = time.perf_counter()
        while not self.complete:
            try:
                self._answer.find_more()
            except sqlite3.Error as error:
                raise self._gone(error) from error
            self._note()
            now = time.perf_counter()
            # Another one takes about as long as this one did.
            if now - began + (now - before) > seconds:
                break
            before = now
        return self.complete

    def _note(self) -> None:
        self.complete = self._answer.complete
        self.scanned = self.of if self.complete else min(self.of, self._answer.looked)

    def file_rows(self, offset: int, limit: int) -> Sequence[int]:
        """The rows in the file of these tasks."""
        try:
            return self._answer.tasks(offset, limit)
        except sqlite3.Error as error:
            raise self._gone(error) from error

    def place_of(self, task: int) -> int | None:
        """Where the task in this row of the file stands; None if it is not there."""
        try:
            return self._answer.place_of(task)
        except sqlite3.Error as error:
            raise self._gone(error) from error

    def _gone(self, error: sqlite3.Error) -> Refusal:
        self._indexing.met(error)
        reason = " ".join(str(error).split())
        return Refusal.of("search_index", self.file.where, reason=reason)
