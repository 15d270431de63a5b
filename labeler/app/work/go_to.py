"""Going to a task by its place in the queue, or by its key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from labeler.api import Refusal
from labeler.app.context import AppContext
from labeler.app.popover import Popover
from labeler.app.words import number, status_word
from labeler.kit.controls.field import SearchField
from labeler.kit.controls.rows import RowList, RowRole
from labeler.kit.controls.text import Text
from labeler.model.finding import Filter, Words
from labeler.store import Project, QueueRow, TaskRow

__all__ = ["GoToPopover", "find_tasks"]

_PAUSE_MS = 120
_MOST = 8
_SEARCH_UP_TO = 20_000
"""A queue with more tasks is looked up by exact key only: a search would hold up the lane."""


def find_tasks(
    project: Project, text: str, queue: QueueRow | None, total: int, most: int = _MOST
) -> tuple[TaskRow, ...]:
    """Tasks with this key first, then those that mention it, in the lane; at most ``most``."""
    found: list[TaskRow] = []
    name = queue.name if queue is not None else None
    try:
        found.append(project.query.find(text, name))
    except Refusal:  # no task, or several: the search below shows them
        found = []
    if total <= _SEARCH_UP_TO:
        words = Filter((Words(text, "start"),))
        rows = project.query.page(name, asked=words, limit=most, count=False).rows
        found += [row for row in rows if all(row.id != one.id for one in found)]
    return tuple(found[:most])


class GoToPopover(Popover):
    """A field and what it finds. ``position_given`` counts from 0; ``task_given`` carries a TaskRow."""

    position_given = Signal(int)
    task_given = Signal(object)

    def __init__(self, anchor: QWidget, context: AppContext, queue: QueueRow) -> None:
        super().__init__(anchor, "", width=400)
        title = self.tr("Go to task")
        self.setAccessibleName(title)
        self._context = context
        self._queue = queue
        first = self.body.itemAt(0)
        heading = first.widget() if first is not None else None
        if isinstance(heading, Text):
            heading.setText(title)
        self.field = SearchField(self.tr("Number or key"), name=title)
        self.rows = RowList(title)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = QStandardItemModel(self)
        self.rows.setModel(self._model)
        self.hint = Text("", role="text_2", wrap=True)
        for widget in (self.field, self.rows, self.hint):
            self.body.addWidget(widget)
        self._asked = QTimer(self)
        self._asked.setSingleShot(True)
        self._asked.setInterval(_PAUSE_MS)
        self._asked.timeout.connect(self._look)
        self.field.textChanged.connect(self._typed)
        self.rows.clicked.connect(self._take)
        self._typed("")
        self.open()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._model.rowCount():
            row = (self.rows.currentIndex().row() + step) % self._model.rowCount()
            self.rows.setCurrentIndex(self._model.index(row, 0))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.rows.currentIndex())
            return
        super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self._model.clear()
        wanted = _position(text)
        if wanted is not None and 1 <= wanted <= self._queue.tasks:
            entry = QStandardItem(self.tr("Task {number}").format(number=number(wanted)))
            entry.setData("list-ordered", RowRole.ICON)
            entry.setData(wanted - 1, Qt.ItemDataRole.UserRole)
            self._model.appendRow(entry)
        self._show()
        if text.strip():
            self._asked.start()

    def _look(self) -> None:
        text, queue = self.field.text().strip(), self._queue

        def found(rows: tuple[TaskRow, ...]) -> None:
            if self.field.text().strip() != text:
                return
            for row in rows:
                entry = QStandardItem(row.key)
                entry.setData(True, RowRole.MONO)
                entry.setData(status_word(row.status), RowRole.SECONDARY)
                entry.setData(row, Qt.ItemDataRole.UserRole)
                self._model.appendRow(entry)
            self._show()

        self._context.run_patient(
            lambda project: find_tasks(project, text, queue, queue.tasks), found, receiver=self
        )

    def _show(self) -> None:
        count = self._model.rowCount()
        if count and not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self._model.index(0, 0))
        self.rows.setVisible(count > 0)
        self.rows.setFixedHeight(count * self.theme.height("row_compact") + 2)
        self.hint.setVisible(count == 0)
        if not self.field.text().strip():
            total = number(self._queue.tasks)
            self.hint.setText(self.tr("A number from 1 to {total}, or a key").format(total=total))
        else:
            self.hint.setText(self.tr("No task found"))
        self.place()

    def _take(self, index: QModelIndex) -> None:
        wanted = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(wanted, int):
            self.dismiss()
            self.position_given.emit(wanted)
        elif isinstance(wanted, TaskRow):
            self.dismiss()
            self.task_given.emit(wanted)


def _position(text: str) -> int | None:
    digits = "".join(sign for sign in text if sign not in " .,'\u202f\u00a0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else None
