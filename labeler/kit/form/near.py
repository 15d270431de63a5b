"""The regions that questions are asked about, found in a value without looking at all of it."""

from __future__ import annotations

from collections.abc import Sequence

from labeler.api import Region, Value

__all__ = ["NearRegions"]


class NearRegions:
    """Looks where the regions were last: a look at each of ten thousand, at every gesture, is felt."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def find(self, value: Value, ids: Sequence[str]) -> list[Region]:
        """Those of the regions that are there, in the value's order."""
        there, places = value.regions, self._places
        if any(
            one not in places or places[one] >= len(there) or there[places[one]].id != one
            for one in ids
        ):
            wanted = set(ids)
            places = {one.id: at for at, one in enumerate(there) if one.id in wanted}
            self._places = places
        return [there[at] for at in sorted(places[one] for one in ids if one in places)]
