"""The way of rows from the lane to the table: one listing, found in slices, read by the page.

The listing itself lives in the lane. An answer to what is no longer asked comes to nothing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from labeler.app.context import AppContext
from labeler.app.data.summaries import Summaries
from labeler.model.finding import Filter
from labeler.model.problems import Refusal
from labeler.store.listed import Listed
from labeler.store.rows import ListedTask

__all__ = ["PAGE", "Found", "Row", "RowPage", "TaskFeed"]

PAGE = 200
_OF_THE_FILTER = frozenset({"queue_unknown", "person_unknown", "search_order"})
"""Codes of what only the project can say of a filter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: the task and the line that tells it from others."""

    listed: ListedTask
    text: str


@dataclass(frozen=True, slots=True)
class RowPage:
    """The rows from ``offset`` on; fewer than a page at the end of what was found."""

    offset: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How far the finding is: matches and tasks looked at so far, all tasks the filter runs over.

    ``fresh`` is true for the first news of a filter, ``again`` where the same filter was run anew;
    ``milliseconds`` count from the filter's beginning.
    """

    matches: int
    scanned: int
    of: int
    complete: bool
    milliseconds: int
    fresh: bool
    again: bool


class TaskFeed(QObject):
    """Finds the tasks of a filter and reads pages of them, all in the lane of the open project."""

    found = Signal(object)
    """A Found: after each slice, the last one complete."""
    page_read = Signal(object)
    """A RowPage of the listing in force."""
    marks_read = Signal(object)
    """Rows in the file of a stretch of the listing (frozenset of int)."""
    refused = Signal(object)
    """A Problem: why this filter means nothing here; what was listed stays."""
    stopped = Signal()
    """Somebody gave up the search; what was found stays."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._summaries = Summaries(context.plugins)
        self._listing: Listed | None = None
        self._finding = False
        self._turn = 0
        self._began = 0.0
        self._again = False
        self._reported = False
        self.filter = Filter()

    @property
    def listing(self) -> Listed | None:
        """The listing in force; to be used in the lane only."""
        return self._listing

    @property
    def is_finding(self) -> bool:
        """Whether more may still be found."""
        return self._finding

    def show(self, wanted: Filter) -> None:
        """List the tasks of this filter; what was asked before is given up."""
        self._again = False
        self._begin(wanted)

    def refresh(self) -> None:
        """Run the same filter anew; the old rows stay good until it has found everything."""
        # A refresh in the middle of a first run stays a first run.
        self._again = self._listing is not None and (self._again or not self._finding)
        self._begin(self.filter)

    def forget(self) -> None:
        """The project is closed: nothing is listed any more."""
        self._turn += 1
        self._listing = None
        self._finding = False
        self.filter = Filter()

    def stop(self) -> None:
        """Give up looking for more. Before the first rows are here there is nothing to give up."""
        if self._finding and self._reported:
            self._turn += 1
            self._finding = False
            self.stopped.emit()

    def _begin(self, wanted: Filter) -> None:
        self._turn += 1
        turn = self._turn
        self.filter = wanted
        self._began = time.monotonic()
        self._reported = False
        self._finding = True
        self._context.run_patient(
            lambda project: _next_slice(project.query.found(wanted)),
            lambda made: self._sliced(turn, *made),
            lambda error: self._failed(turn, error),
            receiver=self,
        )

    def _failed(self, turn: int, error: BaseException) -> None:
        if turn != self._turn:
            return
        self._finding = False
        if isinstance(error, Refusal) and error.problem.code in _OF_THE_FILTER:
            self.refused.emit(error.problem)
        else:
            self._context.fail(error)

    def _sliced(self, turn: int, listing: Listed, found: Found) -> None:
        if turn != self._turn:
            return
        self._finding = not found.complete
        first = not self._reported
        if not self._again or found.complete:
            self._listing = listing
            self._reported = True
            self.found.emit(
                Found(
                    found.matches,
                    found.scanned,
                    found.of,
                    found.complete,
                    round((time.monotonic() - self._began) * 1000),
                    first,
                    self._again,
                )
            )
        if turn != self._turn or found.complete:
            return
        self._context.run_patient(
            lambda _project: _next_slice(listing),
            lambda made: self._sliced(turn, *made),
            lambda error: self._not_found(turn, error),
            receiver=self,
        )

    def read_page(self, offset: int) -> None:
        """Read the page that begins here; ``page_read`` brings it unless the filter changes first."""
        listing = self._listing
        session = self._context.session
        if listing is None or session is None:
            return
        panels = {queue.name: queue.panel for queue in session.queues}
        self._context.run(
            lambda _project: self._rows(listing, offset, panels),
            lambda page: self._page_came(listing, page),
            lambda error: self._not_read(listing, error),
            receiver=self,
        )

    def read_marks(self, first: int, count: int) -> None:
        """Read the rows in the file of this stretch; ``marks_read`` brings them."""
        listing = self._listing
        if listing is None or self._context.session is None:
            return
        self._context.run(
            lambda _project: frozenset(listing.file_rows(first, count)),
            lambda marks: self._marks_came(listing, marks),
            lambda error: self._not_read(listing, error),
            receiver=self,
        )

    def _not_found(self, turn: int, error: BaseException) -> None:
        """An index that is gone while it answers is no matter: the filter begins anew."""
        if turn != self._turn:
            return
        if isinstance(error, Refusal) and error.problem.code == "search_index":
            self._begin(self.filter)
        else:
            self._failed(turn, error)

    def _not_read(self, listing: Listed, error: BaseException) -> None:
        """An index that is gone is no matter: the same is found without it."""
        if not isinstance(error, Refusal) or error.problem.code != "search_index":
            self._context.fail(error)
        elif listing is self._listing:
            self.refresh()

    def _marks_came(self, listing: Listed, marks: frozenset[int]) -> None:
        if listing is self._listing:
            self.marks_read.emit(marks)

    def _rows(self, listing: Listed, offset: int, panels: dict[str, str]) -> RowPage:
        """In the lane."""
        return RowPage(
            offset,
            tuple(
                Row(one, self._summaries.line(panels.get(one.task.queue, ""), one.content))
                for one in listing.page(offset, PAGE)
            ),
        )

    def _page_came(self, listing: Listed, page: RowPage) -> None:
        if listing is self._listing:
            self.page_read.emit(page)


def _next_slice(listing: Listed) -> tuple[Listed, Found]:
    listing.find_more()
    return listing, Found(
        listing.total, listing.scanned, listing.of, listing.complete, 0, False, False
    )
