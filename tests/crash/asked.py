"""How much is asked for: LABELER_KILLS kills of every kind, 20 where nobody wants more."""

from __future__ import annotations

import os

__all__ = ["KILLS", "THOROUGH"]

KILLS = int(os.environ.get("LABELER_KILLS", "20"))
THOROUGH = KILLS > 20
"""Whether every fault, and everybody of a crowd, is to be met: that is behind ``make crash``."""
