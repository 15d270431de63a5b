"""How this program is started again, for what a process of its own does better."""

from __future__ import annotations

import sys

__all__ = ["program"]


def program() -> list[str]:
    """The words that start it: its own executable, or Python with the package."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", __name__.partition(".")[0]]
