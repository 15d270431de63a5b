"""Merging copies into the open project while people go on working: one run after the other.

A copy is opened and looked through in a worker; its ops go in through the lane a batch at a time, and
between two batches whatever waits passes. Stopping keeps what is in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from labeler.app.context import AppContext, Cancelled, Told
from labeler.app.session import ProjectSession
from labeler.model.problems import Problem, Refusal
from labeler.store import Project
from labeler.store.incoming import open_incoming
from labeler.store.merge import refuse_itself
from labeler.store.sharing import WrongClock
from labeler.work.lane import Lane

__all__ = ["Merger", "Outcome"]


class Outcome(msgspec.Struct, frozen=True):
    """What merging some copies came to.

    ``names`` are those of the files that were taken in, ``logged`` the number of the last one's row in
    the log (0: none). ``conflicts`` counts those that are in the project now. ``stopped``: a person
    ended it, and what was in stayed. ``failed`` are files that could not be merged, or not whole.
    """

    names: tuple[str, ...] = ()
    logged: int = 0
    added: int = 0
    known: int = 0
    conflicts: int = 0
    set_aside: int = 0
    stopped: bool = False
    failed: tuple[Problem, ...] = ()
    clocks: tuple[WrongClock, ...] = ()


class Merger(QObject):
    """Takes copies in, one after the other. All signals come on the UI thread."""

    began = Signal(str)
    """Its work begins: the name of the file, or of the first of several."""
    told = Signal(int, int)
    """How far: thousandths of all, 1000."""
    over = Signal(object)
    """An Outcome."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stop = threading.Event()
        self._waiting: list[Path] = []
        self._session: ProjectSession | None = None
        context.project_changed.connect(self._project_changed)

    @property
    def is_running(self) -> bool:
        """Whether copies are being taken in."""
        return self._session is not None

    def merge(self, paths: Sequence[Path]) -> None:
        """Take these copies in, behind those that are under way."""
        session = self._context.session
        if session is None or not paths:
            return
        if self._session is not None:
            self._waiting += [path for path in paths if path not in self._waiting]
            return
        self._session = session
        self._stop.clear()
        chosen = tuple(paths)
        self.began.emit(chosen[0].name)
        self._context.background(
            lambda told: _take_all(session, chosen, self._stop, told),
            self._done,
            self._failed,
            progress=self._tell,
            cancelled=self._cancelled,
            receiver=self,
        )

    def stop(self) -> None:
        """End it after the batch that is being written; what is in stays."""
        self._waiting.clear()
        self._stop.set()

    def _tell(self, done: int, total: int | None) -> None:
        self.told.emit(done, total or 0)

    def _done(self, outcome: Outcome) -> None:
        session, self._session = self._session, None
        if session is not self._context.session or session is None:
            return
        self._context.tasks_were_changed()
        self.over.emit(outcome)
        waiting, self._waiting = self._waiting, []
        self.merge(waiting)

    def _failed(self, error: BaseException) -> None:
        self._session = None
        self._waiting.clear()
        self.over.emit(Outcome(stopped=True))
        self._context.fail(error)

    def _cancelled(self) -> None:
        self._session = None

    def _project_changed(self) -> None:
        if self._session is not None and self._session is not self._context.session:
            self.stop()


def _take_all(
    session: ProjectSession, paths: Sequence[Path], stop: threading.Event, told: Told
) -> Outcome:
    """Take copies in; in a worker. Raises LaneClosed where the project is closed meanwhile."""
    outcome, failed = Outcome(), []
    for at, path in enumerate(paths):
        if stop.is_set():
            break

        def share(done: int, total: int, at: int = at) -> None:
            told(at * 1000 // len(paths) + done * 1000 // max(1, total * len(paths)), 1000)

        before = _last(session.lane)
        try:
            _take(session, path, stop, share)
        except Refusal as refusal:
            failed.append(refusal.problem)
        except Cancelled:
            if not stop.is_set():
                raise
        outcome = _with_last(session.lane, outcome, path.name, before)
    clocks = session.lane.post(lambda project: tuple(project.wrong_clocks()), urgent=False).result()
    return msgspec.structs.replace(
        outcome, stopped=stop.is_set(), failed=tuple(failed), clocks=clocks
    )


def _take(
    session: ProjectSession, path: Path, stop: threading.Event, share: Callable[[int, int], None]
) -> None:
    lane = session.lane
    refuse_itself(lane.path, path)
    with open_incoming(path, bytes.fromhex(session.uid)) as source:

        def told(done: int, total: int) -> None:
            """In the lane, between two batches."""
            if stop.is_set():
                raise Cancelled
            lane.let_pass()
            share(done, total)

        lane.post(
            lambda project: project.merge_from(source, path.name, told), urgent=False
        ).result()


def _last(lane: Lane) -> int:
    """The number of the newest row of the log."""

    def read(project: Project) -> int:
        merges = project.merges()
        return merges[0].id if merges else 0

    return lane.post(read, urgent=False).result()


def _with_last(lane: Lane, outcome: Outcome, name: str, before: int) -> Outcome:
    """The outcome with what the log says of the merge that just ended, whole or not."""
    merges = lane.post(lambda project: project.merges(), urgent=False).result()
    if not merges or merges[0].id == before:
        return outcome
    row = merges[0]
    return Outcome(
        names=(*outcome.names, name),
        logged=row.id,
        added=outcome.added + row.added,
        known=outcome.known + row.known,
        conflicts=row.conflicts,
        set_aside=outcome.set_aside + row.quarantined,
    )
