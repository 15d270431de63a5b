"""Words and figures that more than one page says: statuses, kinds of things, counts, times, steps."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from labeler.model.problems import Problem

__all__ = [
    "clock",
    "duration",
    "initials",
    "kind_word",
    "number",
    "of_total",
    "region_word",
    "short_reason",
    "status_word",
    "step_label",
    "stopwatch",
    "today",
]


def number(count: int) -> str:
    """A count with the thousands marks of the language."""
    return QLocale().toString(count)


def of_total(done: int, total: int) -> str:
    """``18,372 of 1,000,000``."""
    text = QCoreApplication.translate("Words", "{done} of {total}")
    return text.format(done=number(done), total=number(total))


def status_word(status: str) -> str:
    """A task's status as people read it."""
    tr = QCoreApplication.translate
    match status:
        case "open":
            return tr("Words", "Open")
        case "drafted":
            return tr("Words", "Draft")
        case "submitted":
            return tr("Words", "Submitted")
        case "returned":
            return tr("Words", "Returned")
        case "accepted":
            return tr("Words", "Accepted")
        case "skipped":
            return tr("Words", "Skipped")
        case "flagged":
            return tr("Words", "Flagged")
        case "missing":
            return tr("Words", "Content missing")
    return status


def kind_word(kind: str) -> str:
    """What a change in the project is about, by the kind of its entity."""
    tr = QCoreApplication.translate
    match kind:
        case "project":
            return tr("Words", "Project")
        case "person":
            return tr("Words", "Person")
        case "queue":
            return tr("Words", "Queue")
        case "labels":
            return tr("Words", "Label set")
        case "guideline":
            return tr("Words", "Guideline")
        case "media":
            return tr("Words", "Medium")
        case "task":
            return tr("Words", "Task")
        case "annotation":
            return tr("Words", "Annotation")
        case "assign":
            return tr("Words", "Hand-out")
        case "same_as":
            return tr("Words", "Two people who are one")
        case "review":
            return tr("Words", "Review")
    return tr("Words", "Something newer than this program")


def region_word(kind: str) -> str:
    """A type of region as people say it; one that nobody knows by its own name."""
    tr = QCoreApplication.translate
    match kind:
        case "box":
            return tr("Words", "Box")
        case "polygon":
            return tr("Words", "Polygon")
        case "mask":
            return tr("Words", "Mask")
        case "keypoints":
            return tr("Words", "Keypoints")
        case "track":
            return tr("Words", "Track")
        case "segment":
            return tr("Words", "Segment")
        case "point":
            return tr("Words", "Point")
        case "span":
            return tr("Words", "Span")
        case "lines":
            return tr("Words", "Lines")
        case "aspect":
            return tr("Words", "Aspect")
        case "claim":
            return tr("Words", "Claim")
        case "relation":
            return tr("Words", "Link")
    return kind or tr("Words", "Region")


def step_label(label: str) -> str:
    """The name of a step; those the core makes are in English and are looked up here."""
    tr = QCoreApplication.translate
    match label:
        case "Submit":
            return tr("Words", "Submit")
        case "Skip":
            return tr("Words", "Skip")
        case "Flag":
            return tr("Words", "Flag")
        case "Changed elsewhere":
            return tr("Words", "Changed elsewhere")
    return label


def short_reason(problem: Problem) -> str:
    """Why work could not be saved, in two or three words for the saved chip."""
    tr = QCoreApplication.translate
    match problem.code:
        case "disk_full":
            return tr("Words", "disk full")
        case "file_moved":
            return tr("Words", "file moved or deleted")
        case "file_locked":
            return tr("Words", "file in use")
        case "file_permission" | "file_read_only":
            return tr("Words", "no permission")
        case "draft_elsewhere":
            return tr("Words", "open elsewhere")
    return tr("Words", "disk error")


def clock(seconds: float) -> str:
    """A time of day with seconds, for the saved chip."""
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(moment.time(), "HH:mm:ss")


def stopwatch(milliseconds: int) -> str:
    """``00:41``, with hours where there are any."""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    short = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{short}" if hours else short


def duration(milliseconds: int) -> str:
    """``3 h 12 min``; under a minute ``0 min``."""
    hours, minutes = divmod(milliseconds // 60_000, 60)
    tr = QCoreApplication.translate
    if hours:
        return tr("Words", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return tr("Words", "{minutes} min").format(minutes=minutes)


def initials(name: str, handle: str) -> str:
    """Up to two letters for the avatar: of the first and last name, else of the handle."""
    words = [word for word in (name or handle).replace("-", " ").replace(".", " ").split() if word]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[-1][0]).upper()


def today() -> str:
    """This day by the person's own clock, as ``2026-05-14``."""
    return datetime.now().astimezone().date().isoformat()
