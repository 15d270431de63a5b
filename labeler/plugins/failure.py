"""What is known of a plugin's failure: the line for a list, and the report for a card."""

from __future__ import annotations

import platform
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from traceback import FrameSummary, StackSummary, TracebackException

import msgspec

from labeler import __version__
from labeler.api import API_VERSION
from labeler.model.problems import Problem

__all__ = ["Failure", "failure_of"]

_LONGEST_ERROR = 500
_DEEPEST_CHAIN = 8


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """One failure of a plugin.

    ``what`` says what it was asked to do ("paint"), ``error`` is one line, ``report`` the text a
    person can copy: versions, time, and the traceback with the plugin's own frames. ``log`` is the
    file it was also written to, None where that could not be done. ``count`` numbers the failures
    of this plugin in this run from 1.
    """

    plugin: str
    what: str
    error: str
    report: str
    count: int = 1
    log: Path | None = None

    @property
    def problem(self) -> Problem:
        """The failure as a problem a person can read."""
        return Problem("plugin_failed", self.plugin, {"reason": f"{self.what}: {self.error}"})


def failure_of(
    error: BaseException,
    *,
    plugin: str,
    what: str,
    count: int,
    versions: str,
    place: Path | None,
    when: datetime,
) -> Failure:
    """The failure this exception is. ``place`` is the plugin's folder: its frames are kept.

    A frame outside the folder is kept only where the exception was raised, and then without the
    path to it: a report must not tell where somebody's files lie.
    """
    told = TracebackException.from_exception(error, lookup_lines=True)
    root = None if place is None else place.resolve()
    _trim(told, root, _DEEPEST_CHAIN)
    line = _one_line(error)
    head = (
        f"plugin: {plugin} {versions}\n"
        f"failed in: {what} (failure {count} of this run)\n"
        f"time: {when.isoformat(timespec='seconds')}\n"
        f"program: {__version__}, api {API_VERSION}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()}\n"
    )
    report = f"{head}\n{''.join(told.format())}"
    return Failure(plugin=plugin, what=what, error=line, report=report, count=count)


def _one_line(error: BaseException) -> str:
    try:
        text = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - the guest's own __str__ may be what is broken
        text = "(its message cannot be shown)"
    if len(text) > _LONGEST_ERROR:
        text = f"{text[:_LONGEST_ERROR]}…"
    name = type(error).__name__
    return f"{name}: {text}" if text else name


def _trim(told: TracebackException, root: Path | None, deepest: int) -> None:
    last = len(told.stack) - 1
    kept = [
        FrameSummary(name, frame.lineno, frame.name, line=frame.line)
        for number, frame in enumerate(told.stack)
        if (name := _shown(frame.filename, root, always=number == last))
    ]
    told.stack = StackSummary.from_list(kept)
    for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
        if other is not None and deepest:
            _trim(other, root, deepest - 1)


@lru_cache(maxsize=256)
def _shown(filename: str, root: Path | None, *, always: bool) -> str:
    """How a frame's file is named in a report; empty for a file outside the plugin's folder."""
    path = Path(filename)
    if root is not None and path.resolve().is_relative_to(root):
        return path.resolve().relative_to(root.parent).as_posix()
    return f"…/{'/'.join(path.parts[-2:])}" if always or root is None else ""
