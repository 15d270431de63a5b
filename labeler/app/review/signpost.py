"""The signpost to the Review place: how many conflicts are open, said quietly at its tile."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from labeler.app.context import AppContext
from labeler.app.words import number
from labeler.kit.controls.rail import Rail
from labeler.store import Project

__all__ = ["Signpost"]

_LATER_MS = 400


class Signpost(QObject):
    """Counts behind everything else, after a project opened and after tasks changed."""

    def __init__(self, context: AppContext, rail: Rail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rail = rail
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._count)
        context.project_changed.connect(self._project_changed)
        context.tasks_changed.connect(self._later.start)

    def _project_changed(self) -> None:
        self._rail.set_note("review", "")
        if self._context.session is not None:
            self._later.start()

    def _count(self) -> None:
        if self._context.session is not None:
            self._context.run_patient(_conflicts, self._say, receiver=self)

    def _say(self, count: int) -> None:
        if count == 1:
            words = self.tr("1 open conflict")
        else:
            words = self.tr("{count} open conflicts").format(count=number(count)) if count else ""
        self._rail.set_note("review", words)


def _conflicts(project: Project) -> int:
    return project.query.counts()["conflicts"]
