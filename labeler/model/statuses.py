"""The words for how far a task, and a person's work on it, has come."""

from __future__ import annotations

__all__ = ["STATUSES"]

STATUSES = (
    "open",
    "drafted",
    "returned",
    "flagged",
    "skipped",
    "submitted",
    "accepted",
    "missing",
)
"""Words for a task's status, the least finished first; ``missing`` has no content yet."""
