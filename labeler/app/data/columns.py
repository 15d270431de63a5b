"""Choosing the columns of the table of tasks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from labeler.app.data.cells import Column
from labeler.app.data.table import TaskTable

__all__ = ["CHOSEN", "offer_columns"]

CHOSEN = (Column.QUEUE, Column.STATUS, Column.PEOPLE, Column.LAST_BY, Column.CHANGED)
"""What can be left out: the rest tells one task from another."""


def offer_columns(below: QWidget, table: TaskTable) -> QMenu:
    """Open a menu in which each column is shown or hidden."""
    menu = QMenu(below)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    hidden = set(table.hidden)
    for column in CHOSEN:
        title = str(table.model().headerData(column, Qt.Orientation.Horizontal))
        action = menu.addAction(title.replace("&", "&&"))
        action.setData(column.name.lower())
        action.setCheckable(True)
        action.setChecked(column.name.lower() not in hidden)

    def chosen() -> None:
        left_out = [str(one.data()) for one in menu.actions() if not one.isChecked()]
        table.set_hidden(left_out)

    menu.triggered.connect(chosen)
    menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))
    return menu
