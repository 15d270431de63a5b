"""Choosing the columns of the table of tasks, and by which of them it is sorted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from labeler.app.data.cells import Column
from labeler.app.data.sorting import SORTED_BY
from labeler.app.data.table import TaskTable
from labeler.model.finding import Sort

__all__ = ["CHOSEN", "offer_columns"]

CHOSEN = (Column.QUEUE, Column.STATUS, Column.PEOPLE, Column.LAST_BY, Column.CHANGED)
"""What can be left out: the rest tells one task from another."""


def offer_columns(below: QWidget, table: TaskTable) -> QMenu:
    """Open a menu in which each column is shown or hidden, and the order chosen."""
    menu = QMenu(below)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    hidden = set(table.hidden)
    for column in CHOSEN:
        title = str(table.model().headerData(column, Qt.Orientation.Horizontal))
        action = menu.addAction(title.replace("&", "&&"))
        action.setData(column.name.lower())
        action.setCheckable(True)
        action.setChecked(column.name.lower() not in hidden)
    columns = menu.actions()
    menu.addSeparator()
    _offer_orders(menu, table)

    def chosen(action: QAction) -> None:
        if action in columns:
            table.set_hidden([str(one.data()) for one in columns if not one.isChecked()])

    menu.triggered.connect(chosen)
    menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))
    return menu


def _offer_orders(menu: QMenu, table: TaskTable) -> None:
    tr = QCoreApplication.translate
    orders = menu.addMenu(tr("Columns", "Sort by"))
    columns, ways = QActionGroup(orders), QActionGroup(orders)
    now = table.sort

    def add(group: QActionGroup, words: str, wanted: Sort | None, *, on: bool) -> None:
        action = orders.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(on)
        action.setData(wanted)
        group.addAction(action)

    add(columns, tr("Columns", "Order of the queues"), None, on=now is None)
    for column, name in SORTED_BY.items():
        title = str(table.model().headerData(column, Qt.Orientation.Horizontal))
        wanted = Sort(name, now is not None and now.descending)
        add(columns, title, wanted, on=now is not None and now.column == name)
    if now is not None:
        orders.addSeparator()
        add(ways, tr("Columns", "Ascending"), Sort(now.column), on=not now.descending)
        add(ways, tr("Columns", "Descending"), Sort(now.column, True), on=now.descending)

    def chosen(action: QAction) -> None:
        table.sort_wanted.emit(action.data())

    orders.triggered.connect(chosen)
