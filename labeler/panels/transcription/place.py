"""Where the person is in a recording: view, playhead, choice, speakers; kept to come back to it."""

from __future__ import annotations

import msgspec

from labeler.api import Json

__all__ = ["Place", "read_place"]


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Times are microseconds.

    ``view`` is the time at the left edge and the microseconds a pixel holds, None for all of it;
    ``speakers`` in the order of their keys, ``speaker`` who speaks next; ``typing`` that the caret is
    in the chosen text, at ``caret``; ``rejected`` what was put away of a model's proposals.
    """

    view: tuple[float, float] | None = None
    playhead: int = 0
    chosen: str = ""
    typing: bool = False
    caret: int = 0
    top: int = 0
    speakers: tuple[str, ...] = ()
    speaker: str = ""
    mode: str = "transcribe"
    speed: float = 1.0
    loop: bool = False
    gain: float = 1.0
    pending: int | None = None
    rejected: tuple[str, ...] = ()


def read_place(state: Json) -> Place:
    """The place in a state that may be of another version; what does not fit is as at the beginning."""
    try:
        return msgspec.convert(state, Place)
    except msgspec.ValidationError:
        return Place()
