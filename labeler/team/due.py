"""When what was handed out is wanted, and whether it is late: by the clock and the calendar of here."""

from __future__ import annotations

from datetime import date, datetime

from labeler.store.handing import HandoutRow

__all__ = ["is_late", "is_overdue"]


def is_overdue(due: str, *, today: date | None = None) -> bool:
    """Whether a day (ISO, empty for none) is over."""
    try:
        return bool(due) and date.fromisoformat(due) < (today or datetime.now().astimezone().date())
    except ValueError:
        return False


def is_late(row: HandoutRow) -> bool:
    """Whether a hand-out is overdue: its day is over, it is still out, and not all of it is done."""
    return is_overdue(row.due) and not row.recalled and row.done < row.tasks
