"""The tasks of one hand-out: what came back, what was begun, what is still waited for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.data.when import moment_words
from labeler.app.sharing.handout_words import person_words, so_far, task_badge
from labeler.app.sharing.rows import Cell, Column, RowModel, RowTable, cell
from labeler.app.sharing.table_and_detail import Detail
from labeler.app.words import status_word
from labeler.kit import Part
from labeler.store.handing import HandoutRow, HandoutTask

__all__ = ["HandoutDetail"]


class HandoutDetail(Detail[HandoutRow]):
    """A table of tasks, all of them or those in one state."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._tasks: list[HandoutTask] = []
        self._shown: list[HandoutTask] = []
        parts = (
            Part("all", self.tr("All")),
            Part("done", self.tr("Handed back")),
            Part("draft", self.tr("Drafts")),
            Part("waiting", self.tr("Waiting")),
        )
        self.arrange(self.tr("All hand-outs"), self.tr("Which tasks"), parts)
        self.model = RowModel(
            [
                Column(self.tr("Task"), takes_rest=True),
                Column(self.tr("Status")),
                Column(self.tr("Handed back"), at_end=True),
            ],
            self,
        )
        self.table = RowTable(self.model, self.tr("Tasks of the hand-out"))
        self.column.addWidget(self.table, 1)
        self.parts.chosen_changed.connect(self._show)
        self.table.opened.connect(self._open)

    def forget(self) -> None:
        self.row = None
        self._tasks = []
        self._show("all")

    def show_row(self, row: HandoutRow) -> None:
        if self.row is None or row.id != self.row.id:
            self._tasks = []
            self.parts.set_chosen("all")
        self.row = row
        words = self.tr("{person}: {far}")
        self.title.set_text(words.format(person=person_words(row), far=so_far(row)))
        self._context.run(
            lambda project: project.handout_tasks(row.id),
            lambda tasks: self._read(row.id, tasks),
            receiver=self,
        )

    def _read(self, handout: str, tasks: list[HandoutTask]) -> None:
        if self.row is not None and handout == self.row.id and tasks != self._tasks:
            self._tasks = tasks
            self._show(self.parts.chosen)

    def _show(self, part: str) -> None:
        self._shown = [one for one in self._tasks if part in ("all", one.state)]
        self.model.show([_cells(one) for one in self._shown])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, number: int) -> None:
        task = self._shown[number]
        if task.queue:
            self._context.show_task(task.queue, task.id)
        else:
            self._context.toast(self.tr("This task is not in this file"))


def _cells(task: HandoutTask) -> Sequence[Cell]:
    tr = QCoreApplication.translate
    badge = task_badge(task)
    if badge is not None:
        status = cell("", badge=badge)
    elif task.state == "done":
        status = cell(status_word(task.status))
    else:
        status = cell(tr("Handouts", "Waiting"), ink="text_2")
    key = task.key or tr("Handouts", "not in this file")
    return (
        cell(key, mono=bool(task.key), ink="" if task.key else "text_2"),
        status,
        cell(moment_words(task.changed), ink="text_2"),
    )
