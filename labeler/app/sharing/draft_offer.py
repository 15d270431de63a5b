"""The line above a task that offers what its person began elsewhere: take it over, or leave it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.api import Value
from labeler.app.context import AppContext
from labeler.app.data.when import day_words
from labeler.app.words import number
from labeler.app.work.flow import Flow
from labeler.kit import Button, IconMark, Plain, Text
from labeler.store.live_drafts import LiveDraft
from labeler.work.desk import Seat

__all__ = ["DraftOffer"]


class DraftOffer(Plain):
    """Shown while the task on the desk has a draft that came along and differs from what is there."""

    def __init__(self, context: AppContext, flow: Flow, parent: QWidget | None = None) -> None:
        super().__init__("sunken", edges="bottom", parent=parent)
        self._context = context
        self._flow = flow
        self.draft: LiveDraft | None = None
        self._value = Value()
        self.words = Text("", wrap=True)
        self.accept = Button(self.tr("Take it over"), compact=True)
        self.decline = Button(self.tr("Leave it"), "quiet", compact=True)
        context.commands.follow(self.accept, "work.take_draft")
        context.commands.follow(self.decline, "work.leave_draft")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 7)
        row.setSpacing(8)
        row.addWidget(IconMark("git-branch", "text_2", 16))
        row.addWidget(self.words, 1)
        row.addWidget(self.accept)
        row.addWidget(self.decline)
        self.hide()
        self.accept.clicked.connect(self.take)
        self.decline.clicked.connect(self.leave)
        flow.seated.connect(self._seated)
        flow.unseated.connect(self._unseated)
        context.project_changed.connect(self._unseated)
        context.tasks_changed.connect(self._merged)

    def _seated(self, seat: Seat, _same: bool) -> None:
        self._say(None)
        session = self._context.session
        if session is None or session.read_only or not self._flow.allowed.edit().ok:
            return
        row, person, round_ = seat.task, session.person, seat.draft.row.round
        self._context.run(
            lambda project: project.drafts_offered(row, person, round_),
            lambda found: self._found(seat, found),
            receiver=self,
        )

    def _merged(self) -> None:
        """A merge may have brought something for this very task."""
        if self._flow.seat is not None and self.draft is None:
            self._seated(self._flow.seat, True)

    def _unseated(self, _why: str = "") -> None:
        self._say(None)

    def _found(self, seat: Seat, found: list[LiveDraft]) -> None:
        if self._flow.seat is not seat:
            return
        for draft in found:
            value = seat.draft.codec.decode(draft.value)
            if value != seat.draft.value:
                self._value = value
                self._say(draft)
                return

    def _say(self, draft: LiveDraft | None) -> None:
        self.draft = draft
        self.setVisible(draft is not None)
        if draft is None:
            return
        day = day_words((draft.hlc >> 16) / 1000)
        if draft.steps == 1:
            words = self.tr("Your unfinished work from another copy, {day}, 1 change")
        else:
            words = self.tr("Your unfinished work from another copy, {day}, {count} changes")
        self.words.setText(words.format(day=day, count=number(draft.steps)))
        self.setAccessibleName(self.words.text())

    def take(self) -> None:
        """Put it in place of what is there, as a step that can be undone."""
        draft, seat, session = self.draft, self._flow.seat, self._context.session
        if draft is None or seat is None or session is None:
            return
        if not self._flow.take(self._value, self.tr("Take over unfinished work")):
            return
        self._flow.end_key()
        self._flow.value_changed.emit()
        row, person = seat.task, session.person
        # Behind the step that was just posted: a kill between the two offers it once more.
        self._context.run(lambda project: project.adopt_draft(row, person, draft), receiver=self)
        self._say(None)
        self._context.toast(self.tr("Taken over; go on from there"), undo=True)

    def leave(self) -> None:
        """Offer it no more; it stays in the file."""
        draft = self.draft
        if draft is not None:
            self._context.run(lambda project: project.leave_draft(draft), receiver=self)
            self._say(None)
