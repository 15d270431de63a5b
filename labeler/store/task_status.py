"""The status of a task, as what people did with it makes it."""

from __future__ import annotations

from collections.abc import Sequence

from labeler.store.rows import STATUSES

__all__ = [
    "DONE",
    "FLAG_DOUBLE",
    "FLAG_JOINED",
    "FLAG_MISSING",
    "MISSING",
    "OPEN",
    "task_status",
]

OPEN = STATUSES.index("open")
MISSING = STATUSES.index("missing")
DONE = frozenset({STATUSES.index("submitted"), STATUSES.index("accepted")})
FLAG_MISSING, FLAG_JOINED, FLAG_DOUBLE = 1, 2, 4


def task_status(statuses: Sequence[int], need: int, flags: int) -> int:
    """The status of a task (index into STATUSES) from those of people's work; −2: not shown.

    It is that of the least finished annotation the task still needs.
    """
    if flags & FLAG_JOINED:
        return -2
    if flags & FLAG_MISSING:
        return MISSING
    finished = [status for status in statuses if status != OPEN]
    if len(finished) < need and not any(
        STATUSES[status] in ("returned", "flagged") for status in finished
    ):
        return OPEN
    return min(finished)
