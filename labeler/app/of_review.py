"""What runs the commands of the Review place, and when each can be run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from labeler.app.context import AppContext
from labeler.kit.editor import CanRun
from labeler.store import Project, TaskRow

if TYPE_CHECKING:
    from labeler.app.review.page import ReviewPage
    from labeler.app.window import MainWindow

__all__ = ["can_show_conflict", "review_asks", "review_runs", "show_conflict"]

_SIDES = range(9)


def review_runs(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What runs each command of the place; its page is built when one is first run."""
    page = window.need_review_page
    return {
        "review.decide": lambda: page().decide(),
        "review.leave_open": lambda: page().leave_open(),
        "review.next": lambda: page().step(forward=True),
        "review.previous": lambda: page().step(forward=False),
        **{f"review.keep_{side + 1}": _keeps(page, side) for side in _SIDES},
        "review.keep_both": lambda: page().keep_both(),
        "review.write": lambda: page().write(),
        "review.letters": lambda: page().middle.compare_next(),
        "review.decision": lambda: page().turn_to("decision"),
        "review.history": lambda: page().turn_to("history"),
        "review.guidelines": lambda: page().turn_to("guidelines"),
    }


def _keeps(page: Callable[[], ReviewPage], side: int) -> Callable[[], None]:
    return lambda: page().keep(side)


def review_asks(window: MainWindow) -> dict[str, Callable[[], CanRun]]:
    """When each command of the place can be run."""
    return {
        "review.decide": _asks(window, lambda page: page.sitting.can_choose()),
        "review.leave_open": _asks(window, lambda page: page.allowed.leave()),
        "review.next": _asks(window, lambda page: page.allowed.move()),
        "review.previous": _asks(window, lambda page: page.allowed.move()),
        **{f"review.keep_{side + 1}": _asks(window, _can_keep(side)) for side in _SIDES},
        "review.keep_both": _asks(window, lambda page: page.allowed.keep_both()),
        "review.write": _asks(window, lambda page: page.allowed.write()),
        "review.letters": _asks(window, lambda page: page.allowed.compare()),
        "review.decision": _asks(window, lambda page: page.allowed.move()),
        "review.history": _asks(window, lambda page: page.allowed.move()),
        "review.guidelines": _asks(window, lambda page: page.allowed.move()),
    }


def _can_keep(side: int) -> Callable[[ReviewPage], CanRun]:
    return lambda page: page.allowed.keep(side)


def _asks(window: MainWindow, ask: Callable[[ReviewPage], CanRun]) -> Callable[[], CanRun]:
    def can_run() -> CanRun:
        page = window.review_page
        if page is None:
            words = QCoreApplication.translate("Commands", "There is no conflict to decide")
            return CanRun(False, words)
        return ask(page)

    return can_run


# the way from a task to its conflict


def can_show_conflict(context: AppContext, window: MainWindow) -> CanRun:
    """Whether the task that is looked at, in Work or in Data, is in conflict."""
    if _task(context, window) is not None:
        return CanRun(True)
    words = QCoreApplication.translate("Commands", "No task in conflict is looked at")
    return CanRun(False, words)


def _task(context: AppContext, window: MainWindow) -> TaskRow | None:
    """The task that is looked at, where it is in conflict."""
    from labeler.app.data.page import DataPage

    if context.session is None:
        return None
    if context.commands.place == "data":
        page = window.page("data")
        assert isinstance(page, DataPage)
        row = page.model.row(page.table.currentIndex().row())
        return row.listed.task if row is not None and row.listed.conflict else None
    seat = window.work_page.flow.seat if window.work_page is not None else None
    if context.commands.place != "work" or seat is None:
        return None
    return seat.task if any(one.heads > 1 for one in seat.full.annotations) else None


def show_conflict(context: AppContext, window: MainWindow) -> None:
    """Go to the conflict of the task that is looked at."""
    task = _task(context, window)
    if task is None:
        return

    def found(entities: list[str]) -> None:
        if entities:
            window.need_review_page().show_conflict(entities[0])
            window.go("review")

    def look(project: Project) -> list[str]:
        return project.conflicts_of(task)

    context.run(look, found, receiver=window)
