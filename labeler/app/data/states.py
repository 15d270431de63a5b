"""How a table shows a task's status: a badge only where somebody is to act on it."""

from __future__ import annotations

from dataclasses import dataclass

from labeler.kit.paint import BadgeKind

__all__ = ["StateLook", "state_look"]


@dataclass(frozen=True, slots=True)
class StateLook:
    """A badge where ``badge`` is set, else a word in a token's colour (``ink``) behind an icon."""

    badge: BadgeKind | None = None
    icon: str = ""
    ink: str = "text"


_LOOKS = {
    "open": StateLook(ink="text_2"),
    "drafted": StateLook("neutral"),
    "returned": StateLook("warn", "corner-up-left"),
    "flagged": StateLook("danger", "flag"),
    "skipped": StateLook(ink="text_2"),
    "submitted": StateLook(),
    "accepted": StateLook(icon="check"),
    "missing": StateLook("warn", "triangle-alert"),
}


def state_look(status: str) -> StateLook:
    """How this status is drawn; one that nobody knows is a plain word."""
    return _LOOKS.get(status, StateLook())
