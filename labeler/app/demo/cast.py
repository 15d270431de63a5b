"""Who is in the tour: the person, and the panels in the order they come."""

from __future__ import annotations

__all__ = ["PANELS", "PERSON"]

PERSON = ("tour", "Zoë Guide")
"""Handle and name of the one whose hands these are."""

PANELS = ("sentiment",)
"""The panels a tour goes through; each has a queue of its own in the sample, and a script."""
