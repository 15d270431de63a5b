"""Sorting the table: which columns can be, what a press on a header means, and the words for an order."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from labeler.app.data.cells import Column
from labeler.model.finding import Sort

__all__ = ["SORTED_BY", "column_of", "order_words", "pressed"]

SORTED_BY = {
    Column.TASK: "key",
    Column.QUEUE: "queue",
    Column.STATUS: "status",
    Column.PEOPLE: "people",
    Column.CHANGED: "changed",
}
"""Columns tasks can be sorted by, with the names orders have."""
_GREATEST_FIRST = ("people", "changed")
"""Where what is latest, or most, is what one looks for."""


def column_of(sort: Sort) -> Column:
    """The column that shows what tasks are sorted by."""
    return next(column for column, name in SORTED_BY.items() if name == sort.column)


def pressed(column: int, sort: Sort | None) -> Sort | None:
    """The order after a press on a header: one way, the other way, then that of the queues again."""
    name = SORTED_BY.get(Column(column))
    if name is None:
        return sort
    first = Sort(name, name in _GREATEST_FIRST)
    if sort is None or sort.column != name:
        return first
    return Sort(name, not first.descending) if sort == first else None


def order_words(sort: Sort | None, title: str) -> str:
    """The order in words; ``title`` is that of the column."""
    tr = QCoreApplication.translate
    if sort is None:
        return tr("Sorting", "In the order of the queues")
    if sort.descending:
        return tr("Sorting", "Sorted by {column}, descending").format(column=title)
    return tr("Sorting", "Sorted by {column}, ascending").format(column=title)
