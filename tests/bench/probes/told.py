"""What probes have in common: what they were told, and how they say their figures."""

from __future__ import annotations

import json
import sys
import time

__all__ = ["since_start", "tell", "words"]


def words() -> list[str]:
    """The probe's own arguments, after the time it was started."""
    return sys.argv[2:]


def since_start() -> float:
    """Seconds since whoever started this process did so."""
    return (time.monotonic_ns() - int(sys.argv[1])) / 1e9


def tell(**figures: object) -> None:
    """Say the figures, in one line."""
    print(json.dumps(figures), flush=True)
