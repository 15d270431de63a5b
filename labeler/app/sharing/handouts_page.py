"""The Hand-outs page: who holds which tasks, since when, until when, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.app.data.when import moment_words
from labeler.app.sharing.handout_detail import HandoutDetail
from labeler.app.sharing.handout_words import (
    date_words,
    done_words,
    person_words,
    so_far,
    state_badge,
    waiting,
)
from labeler.app.sharing.rows import Cell, Column, cell
from labeler.app.sharing.table_and_detail import TableAndDetail
from labeler.app.words import number
from labeler.kit import Button, Dialog, EmptyState, Plain, Text
from labeler.kit.editor import CanRun
from labeler.store.handing import HandoutRow
from labeler.team.due import is_late

__all__ = ["HandoutsPage"]


class HandoutsPage(TableAndDetail[HandoutRow]):
    """A row for each hand-out; Enter lists its tasks."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        columns = (
            Column(self.tr("For"), takes_rest=True),
            Column(self.tr("Queue")),
            Column(self.tr("Since")),
            Column(self.tr("Due")),
            Column(self.tr("Given"), at_end=True),
            Column(self.tr("Handed back"), at_end=True),
            Column(self.tr("Drafts"), at_end=True),
            Column(self.tr("Waiting"), at_end=True),
            Column(self.tr("State")),
        )
        none = EmptyState(
            self.tr("Nothing is handed out"),
            self.tr(
                "A hand-out is a file with some tasks, their media and the guideline, for one person."
                " Until they have done theirs nobody else gets these tasks."
            ),
            icon="users",
        )
        self.arrange(
            "handouts",
            self.tr("Hand-outs"),
            columns,
            fetch=lambda project: project.handouts(),
            cells=self._told,
            none=none,
            detail=HandoutDetail(context),
            begin=("project.hand_out", self.tr("Hand out…"), "upload"),
        )
        self._foot = Plain("bg", edges="top")
        self._note = Text("", role="text_2", wrap=True)
        merge = Button(self.tr("Merge a return…"), "quiet", compact=True)
        self.tasks = Button(self.tr("Tasks"), "quiet", compact=True, key="Enter")
        self.tasks.clicked.connect(self.open_current)
        self.recall = self.runs("handouts.recall", Button(self.tr("Recall…"), compact=True))
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(16, 7, 16, 6)
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.runs("project.merge_copy", merge))
        foot.addWidget(self.tasks)
        foot.addWidget(self.recall)
        self.column.addWidget(self._foot)

    # recalling

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

    # rows

    def turned(self) -> None:
        super().turned()
        row = self.current
        self._foot.setVisible(row is not None)
        if row is None:
            return
        self.recall.setText(self.tr("Give it again") if row.recalled else self.tr("Recall…"))
        self.tasks.setVisible(not self.is_open)
        words, session = self.tr("{far}. Given by {person}."), self._context.session
        handed = session.handed if session is not None else None
        if handed is not None and handed.id == row.id:
            # This file is that hand-out: it need not know who gave it, but says so, and nothing is back.
            far, giver = done_words(row), handed.by or self.tr("somebody")
        else:
            far, giver = so_far(row), row.giver or row.by
        self._note.setText(words.format(far=far, person=giver))

    def _told(self, row: HandoutRow) -> Sequence[Cell]:
        left = waiting(row)
        return (
            cell(person_words(row)),
            cell(self._context.queue_title(row.queue), ink="text_2"),
            cell(moment_words(row.since), ink="text_2"),
            cell(date_words(row.due), ink="warn" if is_late(row) else "text_2"),
            cell(number(row.tasks)),
            cell(number(row.done)),
            cell(number(row.drafts), ink="" if row.drafts else "text_2"),
            cell(number(left), ink="" if left else "text_2"),
            cell("", badge=state_badge(row)),
        )
