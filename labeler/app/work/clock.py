"""The person's time: on this task, and active today; it stands while they are away or pause."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from labeler.app.settings import Day, SettingsStore
from labeler.app.words import today

__all__ = ["WorkClock"]

_TICK_MS = 1000
_AWAY_S = 60.0
_KEEP_MS = 60_000
_LONGEST_STEP_MS = 3000
"""A tick that took longer than this was a machine asleep, not a person at work."""
_SIGNS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
}


class WorkClock(QObject):
    """Counts while the window is in front, not paused, and a hand moved in the last minute.

    ``ticked`` fires each second with the milliseconds that count, 0 while it stands.
    """

    ticked = Signal(int)

    def __init__(self, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._last = time.monotonic()
        self._sign = self._last
        kept = settings.values.day
        self._day = kept if kept.date == today() else Day(today())
        self._written = self._day.active_ms
        self.paused = False
        self.running = False
        """Whether a task is on screen."""
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    @property
    def day(self) -> Day:
        """What was done today so far."""
        now = today()
        if self._day.date != now:
            self._day = Day(now)
            self._written = 0
        return self._day

    def start(self) -> None:
        """A task is on screen."""
        self.running = True
        self._last = self._sign = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """No task is on screen."""
        self.running = False
        self._timer.stop()
        self._keep()

    def task_ended(self) -> None:
        """One more task was submitted, skipped or flagged today."""
        day = self.day
        self._day = Day(day.date, day.tasks + 1, day.active_ms)
        self._keep()

    def _keep(self) -> None:
        self._written = self._day.active_ms
        self._settings.change(day=self._day)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._sign = time.monotonic()
        return False

    def _tick(self) -> None:
        now = time.monotonic()
        step = int((now - self._last) * 1000)
        self._last = now
        app = QApplication.instance()
        in_front = (
            isinstance(app, QApplication)
            and app.applicationState() == Qt.ApplicationState.ApplicationActive
        )
        counts = (
            not self.paused and in_front and now - self._sign < _AWAY_S and step <= _LONGEST_STEP_MS
        )
        if counts:
            day = self.day
            self._day = Day(day.date, day.tasks, day.active_ms + step)
            if self._day.active_ms - self._written >= _KEEP_MS:
                self._keep()
        self.ticked.emit(step if counts else 0)
