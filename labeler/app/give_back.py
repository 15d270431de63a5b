"""Working copies on their way back into the shared file: when a project closes, on demand, at start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from labeler.app.context import AppContext, Told
from labeler.app.i18n import problem_text
from labeler.app.session import ProjectSession
from labeler.model.problems import Problem, Refusal
from labeler.store import MergeReport
from labeler.work.working_copy import WorkingCopy, copies_at, give_back, owing

__all__ = ["GiveBack"]


class GiveBack(QObject):
    """Merges copies back. What cannot be merged now stays in its copy and is tried at the next start."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        context.project_closed.connect(self._closed)
        context.back_wanted.connect(self.now)

    def begin(self) -> None:
        """Merge back what an earlier run could not; nothing is said where there is nothing."""
        folder = self._context.copies
        if folder.is_dir():
            self._context.background(lambda _told: self._owed(folder), self._all_back)

    def _owed(self, folder: Path) -> list[WorkingCopy]:
        done = []
        for copy in copies_at(folder):
            session = self._context.session
            if session is not None and session.path == copy.path:
                continue
            try:
                if copy.origin.exists() and owing(copy) and self._given(copy) is not None:
                    done.append(copy)
            except (Refusal, OSError):
                continue  # it is told when the project is opened and closed the next time
        return done

    def _all_back(self, done: list[WorkingCopy]) -> None:
        for copy in done:
            self._say(copy)

    def _closed(self, session: object) -> None:
        copy = session.way.copy if isinstance(session, ProjectSession) else None
        if copy is None:
            return
        if self._context.ending:
            try:
                self._given(copy)
            except Refusal:
                return  # there is no window left to say it in; the next start tries again
            return
        self._context.background(
            lambda _told: self._given(copy),
            lambda report: self._done(copy, report),
            self._failed,
            receiver=self,
        )

    def now(self) -> None:
        """Merge the open copy back and take what is new in the shared file; work goes on meanwhile."""
        session = self._context.session
        copy = session.way.copy if session is not None else None
        if session is None or copy is None:
            return
        lane = session.lane
        session.desk.flush()

        def snapshot(target: Path) -> None:
            lane.post(lambda project: project.copy_to(target), urgent=False).result()

        def work(told: Told) -> MergeReport | None:
            report = give_back(copy, snapshot, where=self._context.place_of)
            lane.post(lambda project: project.merge(copy.origin), urgent=False).result()
            return report

        def done(report: MergeReport | None) -> None:
            self._context.tasks_were_changed()
            if report is None or not report.added:
                self._context.toast(self.tr("The shared file has all of it already"))
            else:
                self._done(copy, report)

        self._context.background(work, done, self._failed, receiver=self)

    def _given(self, copy: WorkingCopy) -> MergeReport | None:
        return give_back(copy, where=self._context.place_of)

    def _done(self, copy: WorkingCopy, report: MergeReport | None) -> None:
        if report is not None and report.added:
            self._say(copy)

    def _say(self, copy: WorkingCopy) -> None:
        words = self.tr("Merged back into {name}")
        self._context.toast(words.format(name=copy.origin.name))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Refusal):
            self._context.fail(error)
            return
        problem = error.problem
        if problem.code != "origin_open":
            reason = problem_text(problem)
            problem = Problem("copy_kept", problem.where, {"reason": reason})
        self._context.notify(problem)
