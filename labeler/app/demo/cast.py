"""Who is in the tour: the person, and the panels in the order they come."""

from __future__ import annotations

from labeler.exchange.templates import sample

__all__ = ["PERSON", "SCRIPTED", "panels"]

PERSON = ("tour", "Zoë Guide")
"""Handle and name of the one whose hands these are."""

SCRIPTED = ("sentiment", "boxes")
"""The panels there is a script for."""


def panels() -> tuple[str, ...]:
    """The panels a tour goes through: those of the sample's queues, each with a script."""
    return tuple(one for one in sample().panels if one in SCRIPTED)
