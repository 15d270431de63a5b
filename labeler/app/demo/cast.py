"""Who is in the tour: the person, and the panels in the order they come."""

from __future__ import annotations

from labeler.exchange.templates import sample

__all__ = ["PERSON", "panels"]

PERSON = ("tour", "Zoë Guide")
"""Handle and name of the one whose hands these are."""

_ORDER = ("sentiment", "transcription")
"""The panels that have a script."""


def panels() -> tuple[str, ...]:
    """The panels a tour goes through, in order: those the sample has a queue for."""
    there = {queue.panel for queue in sample().queues}
    return tuple(panel for panel in _ORDER if panel in there)
