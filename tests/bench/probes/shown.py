"""Waits for a window to have been painted once, then says when that was and what it took."""

from __future__ import annotations

import psutil
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from told import since_start, tell

__all__ = ["Shown"]


class Shown(QObject):
    """Quits the application once the window was painted and the events waiting by then are done."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._app = app
        self._window = window
        self._done = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Paint and not self._done:
            self._done = True
            QTimer.singleShot(0, self._say)
        return False

    def _say(self) -> None:
        tell(seconds=since_start(), mb=psutil.Process().memory_info().rss / 1e6)
        self._app.quit()
