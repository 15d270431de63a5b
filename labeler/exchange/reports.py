"""What an import or export says of itself at its end; problems are bounded, their counts are not."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import msgspec

from labeler.model.problems import Problem

__all__ = ["PROBLEMS_KEPT", "ExportReport", "ImportReport", "Problems", "storable"]

PROBLEMS_KEPT = 1000
"""So many problems of one run are kept whole; the others are counted by their code."""


class ImportReport(msgspec.Struct, frozen=True):
    """What an import did.

    ``tasks`` and ``annotations`` were added (values of any layer), ``skipped`` rows added nothing:
    everything in them was known, or they could not be read. ``problems`` are the first
    PROBLEMS_KEPT in the order they were met; where there were more, a last one says how many and of
    which codes. ``counts`` has all of them by code. ``stopped`` is true where it was cancelled.
    """

    tasks: int = 0
    annotations: int = 0
    skipped: int = 0
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = {}
    stopped: bool = False


class ExportReport(msgspec.Struct, frozen=True):
    """What an export wrote: ``dropped`` counts by reason what was left out."""

    tasks: int = 0
    annotations: int = 0
    dropped: Mapping[str, int] = {}
    files: tuple[Path, ...] = ()


class Problems:
    """The problems of one run: the first ones whole, all of them counted. Any thread may add some."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.counts: dict[str, int] = {}
        self._kept: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Take note of a problem."""
        with self._lock:
            self.counts[problem.code] = self.counts.get(problem.code, 0) + 1
            if len(self._kept) < PROBLEMS_KEPT:
                self._kept.append(_sound(problem))

    def told(self) -> tuple[Problem, ...]:
        """The problems to be shown, with a last one for those that were only counted."""
        more = dict(self.counts)
        for problem in self._kept:
            more[problem.code] -= 1
        left = {code: count for code, count in sorted(more.items()) if count}
        if not left:
            return tuple(self._kept)
        codes = ", ".join(f"{count} × {code}" for code, count in left.items())
        params: dict[str, str | int | float] = {"count": sum(left.values()), "codes": codes}
        text = "and {count} more problems: {codes}"
        return (*self._kept, Problem("problems_more", "", params, text))


def storable(text: str) -> str:
    """The text as UTF-8 can hold it: what a file system cannot name in it is escaped."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


def _sound(problem: Problem) -> Problem:
    """The problem with nothing in it that JSON cannot hold, and no text of a megabyte."""
    params = {
        name: _short(storable(value)) if isinstance(value, str) else value
        for name, value in problem.params.items()
    }
    return Problem(problem.code, _short(storable(problem.where)), params, problem.text)


def _short(text: str) -> str:
    return text if len(text) <= 500 else f"{text[:499]}…"
