"""A problem's words in the language of the interface: the core raises them, and does not translate."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from labeler.api import Problem

__all__ = ["sentence"]


def sentence(problem: Problem) -> str:
    """A problem's sentence in the language of the interface, without its place."""
    translated = QCoreApplication.translate("Problem", problem.template)
    try:
        return translated.format(**problem.params)
    except (LookupError, ValueError, AttributeError):
        # A translation, or a guest's own sentence, whose names do not fit: say it in English.
        return problem.message
