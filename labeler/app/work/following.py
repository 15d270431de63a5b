"""Follows what others do to the task on the desk: another window, and a disk that refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from labeler.api import Problem
from labeler.app.context import AppContext
from labeler.app.session import ProjectSession
from labeler.work.desk import Loaded, Seat

if TYPE_CHECKING:
    from labeler.app.work.flow import Flow

__all__ = ["Following"]


class Following(QObject):
    """Listens to the context and tells the flow: the task anew, another holder, work not saved."""

    def __init__(self, context: AppContext, flow: Flow) -> None:
        super().__init__(flow)
        self._context = context
        self._flow = flow
        context.tasks_changed.connect(self._changed_elsewhere)
        context.saved.connect(self._saved)

    def _saved(self, what: object) -> None:
        code = what.code if isinstance(what, Problem) else ""
        self._flow.hold_on(bool(code) and code not in ("draft_elsewhere", "draft_changed"))
        if code == "draft_elsewhere":
            self._find_holder()
        elif code == "draft_changed" and isinstance(what, Problem):
            self._context.notify(what)
            self._read_anew()

    def _read_anew(self) -> None:
        """Another window was quicker on this very task: show what it made of it."""
        seat, session = self._flow.seat, self._context.session
        if seat is None or session is None or not seat.draft.overtaken:
            return

        def read(loaded: Loaded | None) -> None:
            if self._flow.seat is seat and loaded is not None and not self._flow.busy:
                self._flow.sit_again(loaded)

        self._context.answer(session.desk.fetch(seat.task), read, receiver=self)

    def _find_holder(self) -> None:
        """Another window took the draft over while it was open here: only show it from now on."""
        seat, session = self._flow.seat, self._context.session
        if seat is None or session is None:
            return

        def read(loaded: Loaded | None) -> None:
            if self._flow.seat is seat and loaded is not None and loaded.draft.holder:
                seat.holder = loaded.draft.holder
                self._flow.seated.emit(seat, True)
                self._flow.state_changed.emit()

        self._context.answer(session.desk.fetch(seat.task), read, receiver=self)

    def _changed_elsewhere(self) -> None:
        """Another process wrote: read the task anew where nothing of ours would be lost."""
        seat, session = self._flow.seat, self._context.session
        if session is None:
            return
        if seat is None:
            self._flow.state_changed.emit()
        elif not self._flow.busy and not seat.draft.unwritten:
            self._compare(seat, session)
            session.desk.prefetch()

    def _compare(self, seat: Seat, session: ProjectSession) -> None:
        """Read the task again and show it where the file has news of it."""
        before = (seat.draft.cursor, seat.writing)

        def read(loaded: Loaded | None) -> None:
            if self._flow.seat is not seat or loaded is None or self._flow.busy:
                return
            if seat.draft.unwritten or (seat.draft.cursor, seat.writing) != before:
                return  # a gesture was made meanwhile: what was read is older than the desk
            if _is_news(seat, loaded):
                self._flow.sit_again(loaded)

        self._context.answer(session.desk.fetch(seat.task), read, receiver=self)


def _is_news(seat: Seat, loaded: Loaded) -> bool:
    """Whether the file has something of this task that is not on the desk."""
    row, draft = loaded.draft, seat.draft
    return (
        row.head not in (draft.row.base, draft.row.head)
        or row.holder != seat.holder
        or row.cursor != draft.cursor
        or loaded.queue.versions != seat.queue.versions
        or bool(loaded.full.content) != bool(seat.full.content)
    )
