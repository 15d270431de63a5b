"""Where the person is in a text: scroll, caret, choice, label in hand; kept to come back to it."""

from __future__ import annotations

import msgspec

from labeler.api import Json

__all__ = ["Place", "read_place"]


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Positions are code points; ``top`` begins the first line in sight.

    ``armed`` is the label that paints, ``last`` the one used last, ``rejected`` what was put away of
    a model's proposals.
    """

    top: int = 0
    caret: int = 0
    selection: tuple[int, int] | None = None
    chosen: tuple[str, ...] = ()
    armed: str | None = None
    last: str | None = None
    rejected: tuple[str, ...] = ()


def read_place(state: Json, length: int) -> Place:
    """The place in a state that may be of another version or of another text of this length.

    What does not fit is left at its beginning.
    """
    try:
        place = msgspec.convert(state, Place)
    except msgspec.ValidationError:
        return Place()
    inside = range(length + 1)
    selection = place.selection
    if selection is not None and not (selection[0] in inside and selection[1] in inside):
        selection = None
    return msgspec.structs.replace(
        place,
        top=place.top if place.top in inside else 0,
        caret=place.caret if place.caret in inside else 0,
        selection=selection,
    )
