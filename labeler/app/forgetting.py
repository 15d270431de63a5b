"""Old steps are forgotten while nobody works: a slice at a time, behind everything else."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from labeler.app.context import AppContext
from labeler.model.problems import Refusal
from labeler.store.draft_places import DraftPlace
from labeler.store.forgetting import Forgotten

__all__ = ["StepForgetter"]

IDLE_MS = 120_000
"""So long nobody has done anything since the project was opened, or since the last gesture."""
APART_MS = 1000
"""Between two slices: whoever begins to work waits for none."""


class StepForgetter(QObject):
    """Goes through the drafts of the open project once; a gesture makes it wait, closing ends it."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._after: DraftPlace | None = None
        self.forgotten = 0
        """How many drafts of the open project were forgotten."""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._forget_some)
        self._done = True
        context.project_changed.connect(self._project_changed)
        context.saved.connect(self._wait)
        context.tasks_changed.connect(self._wait)

    def _project_changed(self) -> None:
        session = self._context.session
        self._after, self.forgotten = None, 0
        self._done = session is None or session.read_only
        self.timer.stop()
        self._wait()

    def _wait(self, *_what: object) -> None:
        if not self._done:
            self.timer.start(IDLE_MS)

    def _forget_some(self) -> None:
        after = self._after
        self._context.run_patient(
            lambda project: project.forget_old_steps(after),
            self._forgot,
            self._could_not,
            receiver=self,
        )

    def _forgot(self, found: Forgotten) -> None:
        self.forgotten += found.drafts
        self._after = found.after
        self._done = found.after is None
        if not self._done:
            self.timer.start(APART_MS)

    def _could_not(self, error: BaseException) -> None:
        self._done = True
        if not isinstance(error, Refusal):
            self._context.fail(error)
        # Else somebody writes, or the disk is full: another time. Nobody asked for it, and who has
        # work to be written is told of that.
