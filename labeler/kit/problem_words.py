"""A problem's words in the language of the interface: the core raises them, and does not translate."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from labeler.api import Problem
from labeler.model.problems import CATALOGUE

__all__ = ["sentence"]


def sentence(problem: Problem) -> str:
    """A problem's sentence in the language of the interface, without its place."""
    translated = QCoreApplication.translate("Problem", problem.template)
    params = {name: _told(value) for name, value in problem.params.items()}
    try:
        return translated.format(**params)
    except (LookupError, ValueError, AttributeError):
        # A translation, or a guest's own sentence, whose names do not fit: say it in English.
        return problem.message


def _told(value: str | float) -> str | float:
    """A figure of a problem; the hint at the nearest word is a sentence of its own."""
    head, _, tail = CATALOGUE["nearest"].partition("{word}")
    if isinstance(value, str) and value.startswith(head) and value.endswith(tail):
        words = QCoreApplication.translate("Problem", CATALOGUE["nearest"])
        return words.format(word=value[len(head) : -len(tail)])
    return value
