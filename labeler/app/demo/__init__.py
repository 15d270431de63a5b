"""The sample in the app, and the tour: the real widgets driven by themselves, killed, compared."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["PART", "run_demo"]

PART = "LABELER_TOUR_PART"
"""In the environment of a process of a tour: which part of it the process plays."""


def run_demo(tour: Path | None) -> int:
    """Open the person's own copy of the sample; with ``tour`` drive it by itself into that folder.

    Returns the exit code: of a tour 0 only where everything it compared was equal.
    """
    if tour is None:
        from labeler.app.demo.sample import show_sample

        return show_sample()
    part = os.environ.get(PART)
    if part:
        from labeler.app.demo.parts import play

        return play(part, tour)
    from labeler.app.demo.tour import run_tour

    return run_tour(tour)
