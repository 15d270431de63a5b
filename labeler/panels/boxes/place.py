"""Where the person is on an image: zoom, middle, choice, what is locked and hidden; kept to come back."""

from __future__ import annotations

import math

import msgspec

from labeler.api import Json

__all__ = ["Place", "read_place"]


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """``zoom`` is screen pixels per image pixel, None for the whole image; ``middle`` is in pixels.

    ``label`` is the one in hand, ``rejected`` what was put away of a model's proposals, ``least``
    the score from which they are shown, if it is not the setting's.
    """

    zoom: float | None = None
    middle: tuple[float, float] = (0.0, 0.0)
    chosen: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    label: str | None = None
    rejected: tuple[str, ...] = ()
    least: float | None = None


def read_place(state: Json) -> Place:
    """The place in a state that may be of another version; what does not fit is the beginning."""
    try:
        place = msgspec.convert(state, Place)
    except msgspec.ValidationError:
        return Place()
    figures = (*place.middle, place.zoom or 1.0, place.least or 0.0)
    if not all(math.isfinite(one) for one in figures) or (place.zoom or 1.0) <= 0:
        return Place()
    return place
