"""What stands in the lanes of a timeline: stretches and moments, each in a lane, as plain data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter, is_

import msgspec
import numpy as np
from numpy.typing import NDArray

from labeler.kit.timeline.axis import TimeAxis

__all__ = ["Lane", "LaneMarks", "TimeMark"]

Ints = NDArray[np.int64]


class TimeMark(msgspec.Struct, frozen=True):
    """One stretch from ``start`` to ``end`` (microseconds), or a moment where they are equal.

    ``lane`` is the id of its lane, ``text`` is drawn in the box where there is room; ``dashed`` marks
    what a model proposes, ``warned`` what somebody should look at.
    """

    id: str
    lane: str
    start: int
    end: int
    text: str = ""
    dashed: bool = False
    warned: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: ``title`` stands before it, ``colour`` is a label's place (1, 2, …) or ``#RRGGBB``."""

    id: str
    title: str
    colour: str | int | None = None


class LaneMarks:
    """The marks of one lane in order of time, found by the stretch in sight."""

    def __init__(self, marks: Iterable[TimeMark]) -> None:
        self._marks = sorted(marks, key=attrgetter("start", "end"))
        self._starts = [mark.start for mark in self._marks]
        ends = [mark.end for mark in self._marks]
        self._times: Ints = np.array([self._starts, ends], np.int64).reshape(2, -1)
        # The greatest end so far, so that a long mark before many short ones is found.
        self._reach: list[int] = np.maximum.accumulate(self._times[1]).tolist()

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[TimeMark]:
        return iter(self._marks)

    def holds(self, marks: Sequence[TimeMark]) -> bool:
        """Whether it was made of exactly these marks, given in order of time."""
        return len(marks) == len(self._marks) and all(map(is_, marks, self._marks))

    def replace(self, old: TimeMark, new: TimeMark) -> bool:
        """Put a mark in the place of one with the same times; False where that is not here."""
        if (old.start, old.end) != (new.start, new.end):
            return False
        for at in range(bisect_left(self._starts, old.start), len(self._marks)):
            if self._marks[at] is old:
                self._marks[at] = new
                return True
            if self._marks[at].start > old.start:
                break
        return False

    def drawn(
        self, axis: TimeAxis, width: int, least: int
    ) -> tuple[list[tuple[int, int]], list[TimeMark]]:
        """What is in sight: runs (first pixel, how many) of marks narrower than ``least`` pixels, and
        the wider ones themselves, moments among them.
        """
        first = bisect_left(self._reach, axis.start)
        last = bisect_right(self._starts, axis.end)
        if last - first <= width // (2 * least):
            found = self._marks[first:last]
            return [], [mark for mark in found if mark.end >= axis.start]
        starts, ends = self._times[0, first:last], self._times[1, first:last]
        left = np.floor((starts - axis.start) / axis.per_pixel).astype(np.int64)
        right = np.floor((ends - axis.start) / axis.per_pixel).astype(np.int64)
        narrow = (right - left < least) & (ends > starts)
        # One more at each column a mark begins in, one less where it has ended.
        changes = np.zeros(width + 2, np.int64)
        np.add.at(changes, np.clip(left[narrow], 0, width), 1)
        np.add.at(changes, np.clip(np.maximum(right, left + 1)[narrow], 0, width + 1), -1)
        covered = np.concatenate([[0], np.cumsum(changes[:-1]) > 0, [0]]).astype(np.int8)
        edges = np.flatnonzero(np.diff(covered))
        runs = [(int(a), int(b - a)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        wide = [self._marks[first + at] for at in np.flatnonzero(~narrow & (right >= 0))]
        return runs, wide

    def between(self, start: float, end: float) -> Sequence[TimeMark]:
        """Those that reach into the stretch, in order."""
        first = bisect_left(self._reach, start)
        last = bisect_right(self._starts, end)
        return [mark for mark in self._marks[first:last] if mark.end >= start]
