"""A piece of work outside the lane: how it is cancelled and how often it tells how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

__all__ = ["Cancelled", "Clock", "Errand", "Told"]

Told = Callable[[int, int | None], None]
"""How far a piece of work is: (done, total or None). Raises Cancelled once it was cancelled."""


class Cancelled(Exception):
    """The person cancelled this piece of work; it ends at its next safe place."""


class Errand:
    """A piece of work outside the lane; ``cancel`` asks it to stop."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop; safe to ask from any thread."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask it to stop at its next call of ``told``."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise Cancelled where it was asked to stop."""
        if self.cancelled:
            raise Cancelled


class Clock:
    """Lets something through at most every 50 ms, and the last one always."""

    def __init__(self) -> None:
        self._last = 0.0

    def due(self, *, last: bool) -> bool:
        """Whether it is time."""
        now = time.monotonic()
        if not last and now - self._last < 0.05:
            return False
        self._last = now
        return True
