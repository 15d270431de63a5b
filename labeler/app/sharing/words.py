"""What a merge came to, in words: its figures, why something was set aside, what a change is about."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from labeler.app.words import kind_word, number
from labeler.store.merge_log import MergedChange

__all__ = [
    "added_words",
    "aside_words",
    "conflicts_words",
    "known_words",
    "size_words",
    "what_words",
    "why_words",
]


def added_words(count: int) -> str:
    """``1,206 changes added``."""
    tr = QCoreApplication.translate
    if count == 1:
        return tr("Merges", "1 change added")
    return tr("Merges", "{count} changes added").format(count=number(count))


def known_words(count: int) -> str:
    """``88 known``."""
    return QCoreApplication.translate("Merges", "{count} known").format(count=number(count))


def conflicts_words(count: int) -> str:
    """``3 conflicts``."""
    tr = QCoreApplication.translate
    if count == 1:
        return tr("Merges", "1 conflict")
    return tr("Merges", "{count} conflicts").format(count=number(count))


def aside_words(count: int) -> str:
    """``2 set aside``."""
    return QCoreApplication.translate("Merges", "{count} set aside").format(count=number(count))


def what_words(change: MergedChange) -> str:
    """What a change is about: ``Annotation``, ``Draft``, ``Task deleted``."""
    tr = QCoreApplication.translate
    if change.action == "draft":
        return tr("Merges", "Draft")
    words = kind_word(change.kind)
    if change.action == "delete":
        return tr("Merges", "{what}, deleted").format(what=words)
    if change.action == "redact":
        return tr("Merges", "{what}, its text removed").format(what=words)
    return words


def why_words(why: str) -> str:
    """Why something was set aside; the core says it in English, what it says often is known here."""
    tr = QCoreApplication.translate
    match why:
        case "another op has its strand and sequence":
            return tr(
                "Merges", "Another change has its place: a machine was put back to an old state"
            )
        case "its hash does not match its content":
            return tr("Merges", "It was changed after it was written")
        case "its body does not unpack" | "its body is missing":
            return tr("Merges", "It is damaged and cannot be read")
        case "its body is about another entity":
            return tr("Merges", "It says to be about something else than it is filed under")
    if why.startswith("the bytes of the medium "):
        return tr("Merges", "The bytes of a medium are damaged")
    if why.startswith("the steps of a draft "):
        return tr("Merges", "The steps of a draft cannot be followed")
    return tr("Merges", "It cannot be read: {reason}").format(reason=why)


def size_words(size: int) -> str:
    """``431 bytes``, ``2.3 MB``."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
