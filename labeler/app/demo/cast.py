"""Who is in the tour: the person, and the panels in the order they come."""

from __future__ import annotations

from labeler.exchange.templates import sample

__all__ = ["PANELS", "PERSON", "cast"]

PERSON = ("tour", "Zoë Guide")
"""Handle and name of the one whose hands these are."""

PANELS = ("sentiment", "boxes", "transcription", "comparison")
"""The panels a tour goes through, in this order; each has a script."""


def cast() -> tuple[str, ...]:
    """Those of the panels that the sample has a queue for."""
    queues = sample().panels
    return tuple(panel for panel in PANELS if panel in queues)
