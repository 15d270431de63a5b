"""The sample in the app, and the tour: the real widgets driven by themselves, killed, compared."""

from __future__ import annotations

import os
from pathlib import Path

from labeler.assets import brand

__all__ = ["act_variable", "run_demo"]


def act_variable() -> str:
    """The variable of the environment that says which act of a tour a process plays."""
    return f"{brand().id.upper().replace('-', '_')}_TOUR_ACT"


def run_demo(tour: Path | None) -> int:
    """Open the person's own copy of the sample; with ``tour`` drive it by itself into that folder.

    Returns the exit code: of a tour 0 only where every step did what it should and everything it
    compared was equal. Raises Refusal where the folder holds something of these names that no tour
    made.
    """
    if tour is None:
        from labeler.app.demo.sample import show_sample

        return show_sample()
    act = os.environ.get(act_variable())
    if act:
        from labeler.app.demo.acts import play
        from labeler.app.demo.places import places

        return play(act, places(tour))
    from labeler.app.demo.tour import run_tour

    return run_tour(tour)
