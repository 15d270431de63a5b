"""Copies beside the open project: looked for in the background, offered until they are merged."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from labeler.app.context import AppContext
from labeler.app.session import ProjectSession
from labeler.store.siblings import Sibling, siblings_beside

__all__ = ["SiblingWatch"]


class SiblingWatch(QObject):
    """Looks when a project opens and after each merge. ``found`` carries a list of Sibling, maybe
    empty: copies that hold something which is not here yet, and were not put off in this run."""

    found = Signal(list)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._put_off: set[tuple[str, int]] = set()
        self.siblings: list[Sibling] = []
        context.project_changed.connect(self._project_changed)

    def look(self) -> None:
        """Look now; ``found`` tells."""
        session = self._context.session
        if session is None or session.read_only:
            return
        self._context.background(
            lambda _told: _look(session), lambda all_: self._looked(session, all_), receiver=self
        )

    def put_off(self) -> None:
        """Offer those that were found no more in this run, unless they change."""
        self._put_off |= {(str(one.path), one.changed) for one in self.siblings}
        self._tell([])

    def _project_changed(self) -> None:
        self._tell([])
        self.look()

    def _looked(self, session: ProjectSession, siblings: list[Sibling]) -> None:
        if session is self._context.session:
            self._tell(
                [
                    one
                    for one in siblings
                    if not one.merged and (str(one.path), one.changed) not in self._put_off
                ]
            )

    def _tell(self, siblings: list[Sibling]) -> None:
        if siblings or self.siblings:
            self.siblings = siblings
            self.found.emit(siblings)


def _look(session: ProjectSession) -> list[Sibling]:
    """In a worker: folders of the network may take their time."""
    merged = session.lane.post(lambda project: project.merged_states(), urgent=False).result()
    return siblings_beside(session.shared, bytes.fromhex(session.uid), merged)
