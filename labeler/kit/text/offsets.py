"""Code points and UTF-16 units of one text: ours and Qt's way of counting, exact both ways."""

from __future__ import annotations

import re
from bisect import bisect_left

__all__ = ["Offsets"]

_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """The conversion table of one text; made once, it holds one entry per letter of two units.

    Positions lie between letters, 0 to the length. A unit in the middle of a surrogate pair belongs
    to the position before the pair.
    """

    __slots__ = ("_length", "_points", "_units")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._points = (
            [] if text.isascii() else [match.start() for match in _TWO_UNITS.finditer(text)]
        )
        self._units = [point + number for number, point in enumerate(self._points)]

    @property
    def points(self) -> int:
        """Length of the text in code points."""
        return self._length

    @property
    def units(self) -> int:
        """Length of the text in UTF-16 units."""
        return self._length + len(self._points)

    def to_units(self, point: int) -> int:
        """The position in UTF-16 units; outside the text it is a ValueError."""
        if not 0 <= point <= self._length:
            raise ValueError(f"position {point} is outside the text of {self._length} code points")
        return point + bisect_left(self._points, point)

    def to_units_end(self, point: int) -> int:
        """The position in UTF-16 units of a range's end: the same as of its start."""
        return self.to_units(point)

    def to_points(self, unit: int) -> int:
        """The position in code points; outside the text it is a ValueError."""
        if not 0 <= unit <= self.units:
            raise ValueError(f"position {unit} is outside the text of {self.units} UTF-16 units")
        before = bisect_left(self._units, unit)
        if before and self._units[before - 1] == unit - 1:
            return self._points[before - 1]
        return unit - before
