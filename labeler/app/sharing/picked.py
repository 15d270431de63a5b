"""Which tasks are picked on the Data page: those checked, or all that match its filter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from labeler.app.data.page import DataPage
from labeler.store import Project
from labeler.store.listed import Listed
from labeler.work.asks import Asks

__all__ = ["MOST_PICKED", "Picked", "picked_in", "tasks_of"]

MOST_PICKED = 10_000
"""So many tasks go out in one file by hand: nobody works through more before the next one."""
_PAGE = 500


class Picked(NamedTuple):
    """The listing of the page, the rows of the file that are checked (or with ``inverted`` are not),
    how many are checked, how many match, and whether a filter is on."""

    listing: Listed
    marks: frozenset[int]
    inverted: bool
    checked: int
    matches: int
    filtered: bool


def picked_in(page: DataPage) -> Picked | None:
    """What is picked on the page now; None where it lists nothing."""
    listing, model = page.feed.listing, page.model
    if listing is None:
        return None
    marks, inverted = model.checked_rows
    return Picked(listing, marks, inverted, model.checked, model.rowCount(), page.feed.filter.is_on)


def tasks_of(ask: Asks, picked: Picked, queue: str, *, checked: bool) -> tuple[str, ...]:
    """Ids of the tasks of a queue that are checked, else of all that match, in the listing's order; at
    most MOST_PICKED."""
    found: list[str] = []
    at = 0
    while len(found) < MOST_PICKED:
        page = ask(partial(_page, listing=picked.listing, at=at))
        if not page:
            break
        at += _PAGE
        for task, name, row in page:
            if name == queue and (not checked or (row in picked.marks) != picked.inverted):
                found.append(task)
    return tuple(found[:MOST_PICKED])


def _page(_project: Project, listing: Listed, at: int) -> Sequence[tuple[str, str, int]]:
    """In the lane: id, queue and row of some tasks; none behind the last."""
    while not listing.complete and listing.total < at + _PAGE:
        listing.find_more()
    return [(row.id, row.queue, row.row) for row in listing.tasks(at, _PAGE)]
