"""The search index of the open project, made while nobody works: in slices, behind everything else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from labeler.store import Project
from labeler.store.indexing import Indexing, IndexState

if TYPE_CHECKING:
    from labeler.app.context import AppContext
    from labeler.model.problems import Problem

__all__ = ["Indexer"]

_FIRST_MS = 2000
"""After a project was opened: first its own page, its first task, its media."""
_NEXT_MS = 12
"""Between two slices: as long as a slice, so that the machine is never more than half ours."""
_SOON_MS = 300
_QUIET = 1.5
"""Seconds without a gesture after which we go on."""


class Indexer(QObject):
    """Makes the index and lets it follow; ``state`` is None while no project is open.

    What a person labels comes first: while gestures are written, the index waits.
    """

    changed = Signal()
    """``state`` or ``paused`` is another one."""

    def __init__(self, context: AppContext, folder: Path) -> None:
        super().__init__(context)
        self._context = context
        self._folder = folder
        self._busy_until = 0.0
        self._running = False
        self.paused = False
        """Whether the person stopped it; searches then read every task."""
        self.state: IndexState | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)
        context.project_changed.connect(self._project_changed)
        context.tasks_changed.connect(self._tasks_changed)
        context.saved.connect(self._saved)

    def pause(self, on: bool) -> None:
        """Stop making it, or go on."""
        self.paused = on
        if not on:
            self._soon(0)
        self.changed.emit()

    def _project_changed(self) -> None:
        self._timer.stop()
        self._running = False
        self.paused = False
        self.state = None
        if self._context.session is not None:
            folder = self._folder
            self._context.run(lambda project: _attach(project, folder), self._stepped)
            self._timer.start(_FIRST_MS)
        self.changed.emit()

    def _tasks_changed(self) -> None:
        self._soon(_SOON_MS)

    def _saved(self, _what: float | Problem) -> None:
        self._busy_until = time.monotonic() + _QUIET
        self._soon(round(1000 * _QUIET))

    def _soon(self, milliseconds: int) -> None:
        if self._context.session is not None and not (self._running or self._timer.isActive()):
            self._timer.start(milliseconds)

    def _step(self) -> None:
        if self._context.session is None or self.paused:
            return
        wait = self._busy_until - time.monotonic()
        if wait > 0:
            self._timer.start(round(1000 * wait) + 1)
            return
        self._running = True
        self._context.run_patient(_one_slice, self._stepped)

    def _stepped(self, state: IndexState | None) -> None:
        went_on = self._running
        self._running = False
        if state is None:
            return
        if state != self.state:
            self.state = state
            self.changed.emit()
        if went_on and not state.ready and state.problem is None and not self.paused:
            self._timer.start(_NEXT_MS)


def _attach(project: Project, folder: Path) -> IndexState:
    """In the lane: an index that is there answers at once."""
    project.query.index = Indexing(project.file, folder)
    return project.query.index.state()


def _one_slice(project: Project) -> IndexState | None:
    """In the lane."""
    return project.query.index.step() if project.query.index is not None else None
