"""Problems of a value, said so that a person finds the place: which region, which question."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QCoreApplication

from labeler.api import Problem, QueueConfig, Value
from labeler.app.context import AppContext
from labeler.app.words import number

__all__ = ["place_words", "region_at", "tell_problems"]


def tell_problems(
    context: AppContext, problems: Sequence[Problem], value: Value, config: QueueConfig
) -> None:
    """Say the first of the problems of a value with its place in words, and how many others there are."""
    first = problems[0]
    where = place_words(first.where, value, config)
    context.notify(msgspec.structs.replace(first, where=where))
    if len(problems) > 1:
        tr = QCoreApplication.translate
        context.toast(tr("Telling", "%n more problems", "", len(problems) - 1))


def place_words(where: str, value: Value, config: QueueConfig) -> str:
    """A path inside a value as a person finds it: ``regions[1].x`` as ``Region 2 (Cat)``.

    A region has the number of its row in the table, a question its title. A path of another kind is
    given back as it is.
    """
    at = region_at(where)
    if 0 <= at < len(value.regions):
        return _region(at, value, config, where)
    if where.startswith("answers."):
        return _question(where.removeprefix("answers."), config)
    return where


def region_at(where: str) -> int:
    """The place of the region a path points at (``regions[3].end``), or −1."""
    if not where.startswith("regions["):
        return -1
    digits = where[len("regions[") :].partition("]")[0]
    return int(digits) if digits.isdigit() else -1


def _region(at: int, value: Value, config: QueueConfig, where: str) -> str:
    tr = QCoreApplication.translate
    label_id = value.regions[at].label
    label = config.label(label_id) if label_id is not None else None
    name = label.title if label is not None else label_id
    words = tr("Telling", "Region {number}").format(number=number(at + 1))
    if name:
        words = tr("Telling", "{region} ({label})").format(region=words, label=name)
    _, asked, question = where.partition("].attributes.")
    return f"{words}, {_question(question, config)}" if asked else words


def _question(path: str, config: QueueConfig) -> str:
    """The title of the question a path leads to; ids of questions have no dots."""
    found = config.question(path.partition(".")[0])
    return found.name if found is not None else path
