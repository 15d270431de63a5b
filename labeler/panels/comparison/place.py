"""Where the person is in a task, as JSON, to come back there."""

from __future__ import annotations

import msgspec

from labeler.api import Json
from labeler.panels.comparison.board import Layout

__all__ = ["Place", "read_place"]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Positions are code points of the raw texts, so they hold for rendered and raw text alike."""

    current: int = 0
    layout: Layout = "beside"
    linked: bool = True
    raw: bool = False
    folded: bool = False
    prompt: int = 0
    tops: tuple[int, ...] = ()
    carets: tuple[int, ...] = ()
    chosen: tuple[str, ...] = ()

    def as_json(self) -> Json:
        """The place as plain JSON."""
        tree: Json = msgspec.to_builtins(self)
        return tree


def read_place(state: Json, count: int) -> Place | None:
    """The place that ``state`` tells of, fitted to so many responses; None where it is none."""
    try:
        place = msgspec.convert(state, Place)
    except msgspec.ValidationError:
        return None

    def fitted(numbers: tuple[int, ...]) -> tuple[int, ...]:
        kept = tuple(max(0, number) for number in numbers[:count])
        return kept + (0,) * (count - len(kept))

    return msgspec.structs.replace(
        place,
        current=min(max(0, place.current), max(0, count - 1)),
        prompt=max(0, place.prompt),
        tops=fitted(place.tops),
        carets=fitted(place.carets),
    )
