"""What is read of a whole queue before something of it goes: its values page by page, its drafts."""

from __future__ import annotations

from collections.abc import Iterator

from labeler.app.context import Told
from labeler.exchange.needs import Asks
from labeler.store import TaskFull

__all__ = ["count_drafts", "values_with"]


def values_with(ask: Asks, queue: str, word: str, told: Told) -> Iterator[bytes]:
    """Everybody's values of every layer that may hold this word, as JSON; for a worker thread.

    What surely does not hold it is passed over without being decoded; ``told`` hears how many tasks
    of how many were read.
    """
    total = ask(lambda project: project.queue(queue).tasks)
    pages: Iterator[list[TaskFull]] = ask(lambda project: project.pages(queue))
    needle, done = word.encode(), 0
    plain = word.isascii() and word.isprintable() and not set(word) & {'"', "\\"}
    while True:
        page = ask(lambda _project: next(pages, None))
        if page is None:
            return
        for task in page:
            for one in task.annotations:
                if not plain or needle in one.value or b"\\u" in one.value:
                    yield one.value
        done += len(page)
        told(done, max(done, total))


def count_drafts(ask: Asks, queue: str) -> int:
    """How many tasks of a queue somebody has an unsubmitted draft of; for a worker thread."""
    listing = ask(lambda project: project.query.listing(queue, "drafted"))
    while not ask(lambda _project: listing.find_more()):
        pass
    return listing.total
