"""Which letters of the text as it was written each shown letter stands for, exact both ways.

What is shown of Markdown leaves signs out (``**``), puts others in their place (``&amp;``) and cuts
lines anew. Everything outside counts code points of the raw text; a layout counts UTF-16 units of
what is shown. This is the table between the two, for one block.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from labeler.kit.text.offsets import Offsets

__all__ = ["RawMap"]


class RawMap:
    """Each shown letter covers the raw range ``starts[n]`` to ``ends[n]``, in rising order.

    Raw positions count from the block's start, 0 to ``length``. A position among signs that are not
    shown lies at the shown letter after them; one inside a letter's range lies before that letter.
    """

    __slots__ = ("_length", "_offsets", "ends", "starts")

    def __init__(self, shown: str, starts: Sequence[int], ends: Sequence[int], length: int) -> None:
        if not len(shown) == len(starts) == len(ends):
            raise ValueError("every shown letter has a start and an end")
        self._offsets = Offsets(shown)
        self._length = length
        self.starts = starts
        self.ends = ends

    @property
    def points(self) -> int:
        """Length of the raw text in code points."""
        return self._length

    @property
    def units(self) -> int:
        """Length of what is shown in UTF-16 units."""
        return self._offsets.units

    def shown_before(self, point: int) -> int:
        """How many shown letters end at or before a raw position: where it lies in what is shown."""
        return bisect_right(self.ends, point)

    def shown_until(self, point: int) -> int:
        """How many shown letters begin before a raw position: where a range that ends there ends."""
        return bisect_left(self.starts, point)

    def to_units(self, point: int) -> int:
        """Where a raw position lies in what is shown, in UTF-16 units."""
        return self._offsets.to_units(self.shown_before(point))

    def to_units_end(self, point: int) -> int:
        """Where a range that ends at a raw position ends in what is shown."""
        return self._offsets.to_units(max(self.shown_until(point), self.shown_before(point)))

    def to_points(self, unit: int) -> int:
        """The raw position of a place in what is shown: the start of the letter after it."""
        return self.raw_of(self._offsets.to_points(unit))

    def raw_of(self, shown: int) -> int:
        """The raw position before the shown letter of this number; the ends of all at its ends."""
        if shown <= 0:
            return 0
        return self.starts[shown] if shown < len(self.starts) else self._length

    def tidied(self, start: int, end: int) -> tuple[int, int] | None:
        """The raw range from the first to the last shown letter it touches, or None."""
        first, last = self.shown_before(start), self.shown_until(end)
        if first >= last:
            return None
        return self.starts[first], self.ends[last - 1]
