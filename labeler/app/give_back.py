"""Working copies on their way back into the shared file: when a project closes, on demand, at start.

All of it happens in workers. A program that ends waits for it with a dialog, and whoever has no time
puts it off: what is not merged back stays in its copy and is tried at the next start.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext, Errand, Told
from labeler.app.i18n import problem_text
from labeler.app.session import ProjectSession
from labeler.model.problems import Problem, Refusal
from labeler.store import MergeReport
from labeler.work.working_copy import WorkingCopy, copies_at, give_back, owing

__all__ = ["GiveBack"]

T = TypeVar("T")

_GRACE_MS = 300
"""What is merged back within this needs no words when the program ends."""


class GiveBack(QObject):
    """Merges copies back. What cannot be merged now stays in its copy and is tried at the next start."""

    told = Signal(int, int)
    """How far what is under way is: so much of so much."""
    over = Signal()
    """Nothing is under way any more; ``kept`` says what could not be merged."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._runs: dict[Errand, str] = {}
        self.kept: list[Problem] = []
        """What could not be merged back, but where the shared file is not there to merge into."""
        context.project_closed.connect(self._closed)
        context.back_wanted.connect(self.now)

    @property
    def name(self) -> str:
        """The name of a shared file that something is merged back into now, empty for none."""
        return next(iter(self._runs.values()), "")

    def begin(self, opening: Path | None = None) -> None:
        """Merge back what an earlier run could not; nothing is said where there is nothing.

        The copy of a file that is about to be opened is merged back when that is closed.
        """
        for copy in copies_at(self._context.copies):
            self._run(copy, partial(self._owed, copy, opening), self._still_owed)

    def _owed(self, copy: WorkingCopy, opening: Path | None, told: Told) -> MergeReport | None:
        if opening is not None and copy.origin == Path(os.path.realpath(opening)):
            return None
        session = self._context.session
        if session is not None and session.path == copy.path:
            return None
        return self._given(copy, told) if copy.origin.exists() and owing(copy) else None

    def _still_owed(self, error: BaseException) -> None:
        """It is told when the project is opened and closed the next time."""
        if not isinstance(error, (Refusal, OSError)):
            self._context.fail(error)

    def _closed(self, session: object) -> None:
        copy = session.way.copy if isinstance(session, ProjectSession) else None
        if copy is not None:
            self._run(copy, partial(self._given, copy), self._failed)

    def now(self) -> None:
        """Merge the open copy back and take what is new in the shared file; work goes on meanwhile."""
        session = self._context.session
        copy = session.way.copy if session is not None else None
        if session is None or copy is None:
            return
        lane = session.lane
        session.desk.flush()

        def work(told: Told) -> MergeReport | None:
            def passing(done: int, total: int) -> None:
                lane.let_pass()
                told(done, total)

            def snapshot(target: Path) -> None:
                lane.post(lambda project: project.copy_to(target, passing), urgent=False).result()

            report = give_back(copy, snapshot, progress=told, where=self._context.place_of)
            lane.post(lambda project: project.merge(copy.origin, passing), urgent=False).result()
            return report

        def done(report: MergeReport | None) -> None:
            self._context.tasks_were_changed()
            if report is None or not report.added:
                self._context.toast(self.tr("The shared file has all of it already"))

        self._run(copy, work, self._failed, done)

    def _given(self, copy: WorkingCopy, told: Told) -> MergeReport | None:
        return give_back(copy, progress=told, where=self._context.place_of)

    # runs

    def _run(
        self,
        copy: WorkingCopy,
        work: Callable[[Told], MergeReport | None],
        failed: Callable[[BaseException], None],
        done: Callable[[MergeReport | None], None] | None = None,
    ) -> None:
        def end() -> None:
            del self._runs[errand]
            if not self._runs:
                self.over.emit()

        def came(report: MergeReport | None) -> None:
            if report is not None and report.added:
                words = self.tr("Merged back into {name}")
                self._context.toast(words.format(name=copy.origin.name))
            if done is not None:
                done(report)
            end()

        def broke(error: BaseException) -> None:
            failed(error)
            end()

        errand = self._context.background(
            work, came, broke, progress=self._tell, cancelled=end, receiver=self
        )
        self._runs[errand] = copy.origin.name

    def _tell(self, done: int, total: int | None) -> None:
        self.told.emit(done, total or 0)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Refusal):
            self._context.fail(error)
            return
        problem = error.problem
        away = problem.code == "file_missing"
        if problem.code != "origin_open":
            reason = problem_text(problem)
            problem = Problem("copy_kept", problem.where, {"reason": reason})
        if not away:
            self.kept.append(problem)
        self._context.notify(problem)

    # the end of the program

    def end(self, parent: QWidget) -> None:
        """Merge back before the program ends: close a working copy, wait for what is under way.

        What takes longer than a breath is said, and may be put off; so is what cannot be merged, but
        where the shared file is out of reach: whoever is away from it knows.
        """
        session = self._context.session
        self.kept.clear()
        if session is not None and session.way.copy is not None:
            self._context.close_project()
        if self._runs:
            loop = QEventLoop()
            self.over.connect(loop.quit)
            QTimer.singleShot(_GRACE_MS, loop, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if self._runs or self.kept:
            from labeler.app.dialogs.merging_back import MergingBackDialog

            MergingBackDialog(self, parent).exec()
        self.put_off()

    def put_off(self) -> None:
        """End what is under way at its next safe place; the next start goes on with it."""
        for errand in tuple(self._runs):
            errand.cancel()
