"""What the cells of a row are drawn from, put together once: a view asks sixteen times a cell."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt

from labeler.app.data.direction import isolated
from labeler.app.data.feed import Row
from labeler.app.data.states import state_look
from labeler.app.data.when import moment_words
from labeler.app.words import number, status_word
from labeler.kit import RowRole

__all__ = ["Cell", "Column", "alignment", "cells_of"]

Cell = Mapping[int, Any]
"""What a cell answers, by role."""

_TEXT = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_BADGE, _INK, _MONO, _ITALIC = (
    int(role) for role in (RowRole.BADGE, RowRole.INK, RowRole.MONO, RowRole.ITALIC)
)
_ICON, _ICON_ROLE = int(RowRole.ICON), int(RowRole.ICON_ROLE)


class Column(IntEnum):
    """The columns in their order."""

    CHECK = 0
    TASK = 1
    TEXT = 2
    QUEUE = 3
    STATUS = 4
    PEOPLE = 5
    LAST_BY = 6
    CHANGED = 7


def alignment(column: int, *, numbered: bool) -> Qt.AlignmentFlag:
    """Numbers stand at their end; ``numbered`` says whether the tasks' keys are numbers."""
    at_end = column in (Column.PEOPLE, Column.CHANGED) or (column == Column.TASK and numbered)
    return Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft


def cells_of(row: Row, queue_title: str, *, numbered: bool, gold: bool) -> tuple[Cell, ...]:
    """The cells of a row by column; ``gold`` says whether it may be told which tasks have it.

    Whether the row is checked is the model's to say.
    """
    cells: tuple[dict[int, Any], ...] = (
        {},
        {_TEXT: row.listed.task.key, _MONO: True, _INK: "text_2", _SPOKEN: _spoken(row)},
        _text(row, gold=gold),
        {_TEXT: queue_title},
        _status(row.listed.task.status),
        {_TEXT: number(row.listed.people) if row.listed.people else ""},
        {_TEXT: row.listed.last_by, _INK: "text_2"},
        {_TEXT: moment_words(row.listed.changed), _INK: "text_2"},
    )
    for column, cell in enumerate(cells):
        cell[_ALIGN] = alignment(column, numbered=numbered)
    return cells


def _spoken(row: Row) -> str:
    words = (row.listed.task.key, row.text, status_word(row.listed.task.status))
    return ", ".join(word for word in words if word)


def _text(row: Row, *, gold: bool) -> dict[int, Any]:
    tr = QCoreApplication.translate
    if not row.text:
        words = tr("Cells", "The content of this task is not here yet")
        return {_TEXT: words, _ITALIC: True, _BADGE: _badges(row, gold=gold)}
    return {_TEXT: isolated(row.text), _BADGE: _badges(row, gold=gold)}


def _badges(row: Row, *, gold: bool) -> list[tuple[str, str, str]]:
    tr = QCoreApplication.translate
    badges = []
    if row.listed.conflict:
        badges.append((tr("Cells", "In conflict"), "danger", "git-compare"))
    if gold and row.listed.gold:
        badges.append((tr("Cells", "Gold"), "gold", ""))
    if row.listed.predicted:
        badges.append((tr("Cells", "Model"), "prediction", ""))
    return badges


def _status(status: str) -> dict[int, Any]:
    look = state_look(status)
    if look.badge is not None:
        return {_BADGE: [(status_word(status), look.badge, look.icon)]}
    cell: dict[int, Any] = {_TEXT: status_word(status), _INK: look.ink}
    if look.icon:
        cell |= {_ICON: look.icon, _ICON_ROLE: "ok"}
    return cell
