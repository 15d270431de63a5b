"""The Hand-outs page: who holds which tasks, since when, until when, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.app.data.when import moment_words
from labeler.app.sharing.handout_detail import HandoutDetail
from labeler.app.sharing.handout_words import (
    date_words,
    person_words,
    so_far,
    state_badge,
    waiting,
)
from labeler.app.sharing.place import PlaceHead
from labeler.app.sharing.rows import Cell, Column, RowModel, RowTable, cell
from labeler.app.words import number
from labeler.kit import Button, Dialog, EmptyState, Plain, Text
from labeler.kit.editor import CanRun
from labeler.store.handing import HandoutRow
from labeler.team.due import is_late

__all__ = ["HandoutsPage"]


class HandoutsPage(Plain):
    """A row for each hand-out, the newest first; Enter lists its tasks."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._context = context
        self.rows: list[HandoutRow] = []
        self.setAccessibleName(self.tr("Hand-outs"))
        follow = context.commands.follow
        self.head = PlaceHead(context, "handouts")
        self.merge = Button(self.tr("Merge a return…"), "quiet", compact=True)
        self.hand_out = Button(self.tr("Hand out…"), icon="upload")
        follow(self.merge, "project.merge_copy")
        follow(self.hand_out, "project.hand_out")
        self.head.row.addWidget(self.hand_out)
        self.model = RowModel(
            [
                Column(self.tr("For"), takes_rest=True),
                Column(self.tr("Queue")),
                Column(self.tr("Since")),
                Column(self.tr("Due")),
                Column(self.tr("Given"), at_end=True),
                Column(self.tr("Handed back"), at_end=True),
                Column(self.tr("Drafts"), at_end=True),
                Column(self.tr("Waiting"), at_end=True),
                Column(self.tr("State")),
            ],
            self,
        )
        self.table = RowTable(self.model, self.tr("Hand-outs"))
        self.detail = HandoutDetail(context)
        self.none = EmptyState(
            self.tr("Nothing is handed out"),
            self.tr(
                "A hand-out is a file with some tasks, their media and the guideline, for one person."
                " Until they have done theirs nobody else gets these tasks."
            ),
            icon="users",
        )
        begin = self.none.add_button(self.tr("Hand out…"), "primary")
        follow(begin, "project.hand_out")
        self._foot = Plain("bg", edges="top")
        self._note = Text("", role="text_2", wrap=True)
        self.tasks = Button(self.tr("Tasks"), "quiet", compact=True, key="Enter")
        self.recall = Button(self.tr("Recall…"), compact=True)
        follow(self.recall, "handouts.recall")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(16, 7, 16, 6)
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.merge)
        foot.addWidget(self.tasks)
        foot.addWidget(self.recall)
        self.stack = QStackedWidget()
        for one in (self.none, self.table, self.detail):
            self.stack.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        column.addWidget(self._foot)
        for button, command in (
            (self.merge, "project.merge_copy"),
            (self.hand_out, "project.hand_out"),
            (begin, "project.hand_out"),
            (self.recall, "handouts.recall"),
        ):
            button.setProperty("command", command)
            button.clicked.connect(self._pressed)
        self.tasks.clicked.connect(self._open_current)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._chosen)
        self.detail.left.connect(self.show_all)
        context.project_changed.connect(self._project_changed)
        context.tasks_changed.connect(self._changed)

    # what the window and commands call

    def arrive(self) -> None:
        """The person comes to the page."""
        self.read()
        self._focus()

    @property
    def current(self) -> HandoutRow | None:
        """The hand-out that is shown or chosen, or None."""
        if self.stack.currentWidget() is self.detail:
            return next((row for row in self.rows if row.id == self.detail.handout), None)
        number_ = self.table.row
        return self.rows[number_] if 0 <= number_ < len(self.rows) else None

    def can_recall(self) -> CanRun:
        """Whether the current hand-out can be recalled, or its recall taken back."""
        row, session = self.current, self._context.session
        tr = QCoreApplication.translate
        if row is None or session is None:
            return CanRun(False, tr("Commands", "No hand-out is chosen"))
        if session.read_only:
            return CanRun(False, tr("Commands", "The project is read-only"))
        if session.handed is not None and row.id == session.handed.id:
            words = tr("Commands", "This file is that hand-out; whoever gave it recalls it")
            return CanRun(False, words)
        return CanRun(True)

    def ask_recall(self) -> None:
        """Recall the current hand-out after a question; one that is recalled is given again."""
        row, session = self.current, self._context.session
        if row is None or session is None or not self.can_recall().ok:
            return
        by = session.person.handle
        if row.recalled:
            self._context.run(
                lambda project: project.give_again(row.id, by=by), self._given, receiver=self
            )
            return
        dialog = Dialog(
            self.tr("Recall what {person} has?").format(person=person_words(row)),
            parent=self.window(),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = self.tr(
            "{far}. The tasks are for everybody again. What still comes back is kept, and the recall"
            " can be taken back here."
        )
        dialog.body.addWidget(Text(words.format(far=so_far(row)), "body", "text_2", wrap=True))
        dialog.add_button(self.tr("Cancel"), role="reject")
        recall = dialog.add_button(self.tr("Recall"), "danger", role="accept")
        recall.setObjectName("recall")
        recall.clicked.connect(lambda: self._recall(row, by))
        recall.setFocus()
        dialog.open()

    def _recall(self, row: HandoutRow, by: str) -> None:
        self._context.run(
            lambda project: project.recall(row.id, by=by), self._recalled, receiver=self
        )

    def _recalled(self, row: HandoutRow) -> None:
        words = self.tr("Recalled from {person}").format(person=person_words(row))
        self._context.toast(words)
        self._context.tasks_were_changed()

    def _given(self, row: HandoutRow) -> None:
        words = self.tr("{person} has the tasks again").format(person=person_words(row))
        self._context.toast(words)
        self._context.tasks_were_changed()

    # reading

    def read(self) -> None:
        """Read the hand-outs anew."""
        if self._context.session is None:
            self._show([])
        else:
            self._context.run_patient(lambda project: project.handouts(), self._show, receiver=self)

    def _show(self, rows: list[HandoutRow]) -> None:
        if rows != self.rows:
            before = self.current
            self.rows = rows
            self.model.show([_cells(row, self._queue(row.queue)) for row in rows])
            at = next((n for n, row in enumerate(rows) if before and row.id == before.id), 0)
            self.table.choose(at)
            shown = next((row for row in rows if row.id == self.detail.handout), None)
            if shown is not None:
                self.detail.show_handout(shown)
        if self.stack.currentWidget() is not self.detail:
            self.stack.setCurrentWidget(self.table if rows else self.none)
        for button in (self.merge, self.hand_out):
            can = self._context.commands.can_run(str(button.property("command")))
            button.setEnabled(can.ok)
            button.setToolTip(can.reason)
        self._chosen()

    def _queue(self, name: str) -> str:
        session = self._context.session
        queue = session.queue(name) if session is not None else None
        return queue.title if queue is not None else name

    def _chosen(self, _row: int = -1) -> None:
        row = self.current
        self._foot.setVisible(row is not None)
        if row is None:
            return
        self.recall.setText(self.tr("Give it again") if row.recalled else self.tr("Recall…"))
        can = self.can_recall()
        self.recall.setEnabled(can.ok)
        self.recall.setToolTip(can.reason)
        self.tasks.setVisible(self.stack.currentWidget() is self.table)
        words = self.tr("{far}. Given by {person}.")
        self._note.setText(words.format(far=so_far(row), person=row.giver or row.by))

    def _changed(self) -> None:
        if self.isVisible():
            self.read()

    def _project_changed(self) -> None:
        self.rows = []
        self.model.show([])
        self.detail.forget()
        self.stack.setCurrentWidget(self.none)
        self._foot.hide()
        if self.isVisible():
            self.read()

    # going to and fro

    def _open_current(self) -> None:
        self._open(self.table.row)

    def _open(self, number_: int) -> None:
        if 0 <= number_ < len(self.rows):
            self.detail.show_handout(self.rows[number_])
            self.stack.setCurrentWidget(self.detail)
            self._chosen()
            self._focus()

    def show_all(self) -> None:
        """Back from the tasks of a hand-out to all hand-outs."""
        self.stack.setCurrentWidget(self.table if self.rows else self.none)
        self._chosen()
        self._focus()

    def _focus(self) -> None:
        shown = self.stack.currentWidget()
        target = self.detail.table if shown is self.detail else shown
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.detail:
            self.show_all()
            return
        super().keyPressEvent(event)

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._context.commands.run(str(sender.property("command")))


def _cells(row: HandoutRow, queue: str) -> Sequence[Cell]:
    left = waiting(row)
    return (
        cell(person_words(row)),
        cell(queue, ink="text_2"),
        cell(moment_words(row.since), ink="text_2"),
        cell(date_words(row.due), ink="warn" if is_late(row) else "text_2"),
        cell(number(row.tasks)),
        cell(number(row.done)),
        cell(number(row.drafts), ink="" if row.drafts else "text_2"),
        cell(number(left), ink="" if left else "text_2"),
        cell("", badge=state_badge(row)),
    )
