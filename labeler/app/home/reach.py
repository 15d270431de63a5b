"""Which of the recent projects are within reach: one look at a time, for a folder may not answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from labeler.app.context import AppContext, Errand
from labeler.app.home.notes import Stamp, stamp_of

__all__ = ["Reach"]


class Reach(QObject):
    """What lay at the paths of the recent projects when it was looked at last."""

    looked = Signal()
    """A look is over: ``stamps`` holds what was found."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._looking: Errand | None = None
        self._again = False
        self._found: Mapping[str, Stamp | None] = {}

    @property
    def is_looking(self) -> bool:
        """Whether a look is under way."""
        return self._looking is not None

    @property
    def stamps(self) -> dict[str, Stamp]:
        """The projects that are there, by their paths."""
        return {path: one for path, one in self._found.items() if one is not None}

    def is_lost(self, path: str) -> bool:
        """Whether a project was looked for, and is not where it was."""
        return path in self._found and self._found[path] is None

    def look(self) -> None:
        """Look now, or as soon as the look that is under way is over; ``looked`` tells."""
        self._again = self.is_looking
        if not self._again:
            self._look()

    def _look(self) -> None:
        if self._context.ending:
            return
        paths = [one.path for one in self._context.settings.values.recent]
        self._looking = self._context.background(
            lambda _told: {path: stamp_of(Path(path)) for path in paths},
            self._seen,
            self._not_seen,
            receiver=self,
        )

    def _seen(self, found: dict[str, Stamp | None]) -> None:
        self._looking = None
        if self._again:
            self._again = False
            self._look()
            return
        self._found = found
        self.looked.emit()

    def _not_seen(self, error: BaseException) -> None:
        self._looking = None
        self._context.fail(error)
