"""Progress on stderr: a bar where it is a terminal, nothing elsewhere, nothing for what is quick."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Bar"]

_QUIET = 0.4
"""Seconds before anything is shown."""
_PERIOD = 0.1


class Bar:
    """Shows how far a long command has come; use it as a context."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._began = self._shown = time.monotonic()
        self._bar: Any = None
        self._task: Any = None
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> Callable[[int, int], None] | None:
        """What is to be called with how much is done and how much there is; None: nobody looks."""
        return self._tell if self._terminal else None

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _tell(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._began < _QUIET or now - self._shown < _PERIOD:
            return
        self._shown = now
        if self._bar is None:
            # 60 ms to load: only where somebody looks and it takes longer than that.
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TextColumn("{task.percentage:>3.0f} %"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._bar.add_task(self._title, total=total)
            self._bar.start()
        self._bar.update(self._task, completed=done, total=total)
