"""Hand-outs in words: who has one, until when, how far it is, and whether it is late."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from labeler.app.words import number
from labeler.store.handing import HandoutRow, HandoutTask
from labeler.team.due import is_late

__all__ = [
    "date_words",
    "done_words",
    "person_words",
    "so_far",
    "state_badge",
    "task_badge",
    "waiting",
]


def person_words(row: HandoutRow) -> str:
    """Who has a hand-out: the name, else the handle."""
    return row.name or row.person


def waiting(row: HandoutRow) -> int:
    """How many of its tasks came back neither done nor begun."""
    return max(0, row.tasks - row.done - row.drafts)


def date_words(due: str) -> str:
    """A day (ISO) as the language writes it, empty for none."""
    try:
        day = date.fromisoformat(due)
    except ValueError:
        return due
    #: A day of a year, in Qt's letters: d day, MMM short name of the month.
    pattern = QCoreApplication.translate("When", "d MMM").strip("[]~")
    words = QLocale().toString(QDate(day.year, day.month, day.day), pattern)
    return f"{words} {day.year}"


def state_badge(row: HandoutRow) -> tuple[str, str, str] | None:
    """The badge of a hand-out somebody is to act on, or that is over; None for one on its way."""
    tr = QCoreApplication.translate
    if row.recalled:
        return (tr("Handouts", "Recalled"), "neutral", "")
    if row.done >= row.tasks:
        return (tr("Handouts", "Handed back"), "neutral", "check")
    if is_late(row):
        return (tr("Handouts", "Overdue"), "warn", "timer")
    return None


def task_badge(task: HandoutTask) -> tuple[str, str, str] | None:
    """The badge of a task that was begun; None for one that is done or waits."""
    tr = QCoreApplication.translate
    return (tr("Handouts", "Draft"), "neutral", "") if task.state == "draft" else None


def done_words(row: HandoutRow) -> str:
    """``37 of 200 done, 2 begun``, as whoever has it reads it."""
    tr = QCoreApplication.translate
    words = tr("Handouts", "{done} of {total} done").format(
        done=number(row.done), total=number(row.tasks)
    )
    return _with_begun(words, row)


def so_far(row: HandoutRow) -> str:
    """``37 of 200 handed back, 2 begun``."""
    tr = QCoreApplication.translate
    words = tr("Handouts", "{done} of {total} handed back").format(
        done=number(row.done), total=number(row.tasks)
    )
    return _with_begun(words, row)


def _with_begun(words: str, row: HandoutRow) -> str:
    tr = QCoreApplication.translate
    if row.drafts:
        begun = tr("Handouts", "{count} begun").format(count=number(row.drafts))
        words = f"{words}, {begun}"
    return words
