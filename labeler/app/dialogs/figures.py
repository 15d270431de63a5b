"""Counts in words, as imports and exports say them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from labeler.app.words import number

__all__ = ["rows_words", "tasks_words", "values_words"]


def tasks_words(count: int) -> str:
    """``1 task``, ``1,204 tasks``."""
    tr = QCoreApplication.translate
    if count == 1:
        return tr("Figures", "1 task")
    return tr("Figures", "{count} tasks").format(count=number(count))


def values_words(count: int) -> str:
    """``1 value``, ``300 values``."""
    tr = QCoreApplication.translate
    if count == 1:
        return tr("Figures", "1 value")
    return tr("Figures", "{count} values").format(count=number(count))


def rows_words(count: int) -> str:
    """``1 row``, ``12 rows``."""
    tr = QCoreApplication.translate
    if count == 1:
        return tr("Figures", "1 row")
    return tr("Figures", "{count} rows").format(count=number(count))
