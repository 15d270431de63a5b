"""Which values an export takes: by where they come from and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from labeler.exchange.needs import Asks, Cancelled, Progress
from labeler.model.ids import normal_handle
from labeler.model.problems import Problem, Refusal
from labeler.store import AnnotationRow, TaskFull

__all__ = ["SOURCES", "Selection", "Source", "tasks_of"]

Source = Literal["submitted", "accepted", "consensus", "gold", "predictions", "all"]
SOURCES: tuple[Source, ...] = (
    *("submitted", "accepted", "consensus"),
    *("gold", "predictions", "all"),
)

_LAYER: dict[str, str] = {
    "submitted": "work",
    "accepted": "work",
    "consensus": "consensus",
    "gold": "gold",
    "predictions": "prediction",
}
_STATUSES: dict[str, frozenset[str]] = {
    "submitted": frozenset({"submitted", "accepted"}),
    "accepted": frozenset({"accepted"}),
}


class Selection:
    """The values that are wanted, with ``drop`` told of those of theirs that are left out.

    A conflict is left out as ``conflict`` unless ``conflicts`` are wanted; work that is not
    submitted under the word of its status.
    """

    def __init__(
        self,
        source: Source,
        by: str | None,
        drop: Callable[[str], None],
        *,
        conflicts: bool = False,
    ) -> None:
        layer = _LAYER.get(source)
        self.layers = None if layer is None else frozenset({layer})
        self.whole = source == "all" and by is None
        """Whether tasks without any value are wanted too."""
        self._statuses = _STATUSES.get(source)
        self._by = None if by is None else normal_handle(by)
        self._drop = drop
        self._conflicts = conflicts

    def of(self, task: TaskFull) -> list[AnnotationRow]:
        """The values of a task that are wanted."""
        wanted = []
        statuses, by = self._statuses, self._by
        for one in task.annotations:
            if by is not None and one.author != by:
                continue
            if statuses is not None and one.status not in statuses:
                self._drop(one.status)
            elif one.heads > 1 and not self._conflicts:
                self._drop("conflict")
            else:
                wanted.append(one)
        return wanted


def tasks_of(
    ask: Asks,
    queue: str | None,
    layers: frozenset[str] | None,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Iterator[TaskFull]:
    """Every task in order, a page at a time; raises Refusal ``stopped`` where it is cancelled."""
    total = 0
    if progress is not None:
        rows = ask(lambda project: project.queues())
        total = sum(row.tasks for row in rows if queue is None or row.name == queue)
    pages = ask(lambda project: project.pages(queue, layers=layers))
    done = 0
    while True:
        if cancelled is not None and cancelled():
            raise Refusal(Problem("stopped", text="stopped; nothing was written"))
        page = ask(lambda _: next(pages, None))
        if page is None:
            return
        yield from page
        done += len(page)
        if progress is not None:
            progress(done, max(done, total))
