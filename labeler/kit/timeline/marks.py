"""What stands in the lanes of a timeline: stretches and moments, each in a lane, as plain data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Lane", "LaneMarks", "TimeMark"]


@dataclass(frozen=True, slots=True)
class TimeMark:
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
        self._marks = sorted(marks, key=lambda mark: (mark.start, mark.end))
        self._starts = [mark.start for mark in self._marks]
        # The greatest end so far, so that a long mark before many short ones is found.
        self._reach: list[int] = []
        reach = -1
        for mark in self._marks:
            reach = max(reach, mark.end)
            self._reach.append(reach)

    def __len__(self) -> int:
        return len(self._marks)

    def __iter__(self) -> Iterator[TimeMark]:
        return iter(self._marks)

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

    def between(self, start: float, end: float) -> Sequence[TimeMark]:
        """Those that reach into the stretch, in order."""
        first = bisect_left(self._reach, start)
        last = bisect_right(self._starts, end)
        return [mark for mark in self._marks[first:last] if mark.end >= start]
