"""The card on Home for whoever has a hand-out open: from whom, until when, how far, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.app.sharing.hand_back import own_handout
from labeler.app.sharing.handout_words import date_words, done_words
from labeler.kit import Badge, Button, Card, FlowLayout, IconMark, ProgressBar, Text
from labeler.store.handing import Handed, HandoutRow
from labeler.team.due import is_late

__all__ = ["HandoutCard"]

_PAD, _GAP = 16, 8


class HandoutCard(Card):
    """Shown only while the open project is a hand-out; follows what is done in it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._title = Text("", "heading", wrap=True)
        self._due = Text("", role="text_2")
        self._late = Badge(self.tr("Overdue"), "warn", "timer")
        self._far = Text("", role="text_2")
        self._bar = ProgressBar(name=self.tr("Done"))
        self.back = Button(self.tr("Hand back…"), icon="corner-up-left")
        context.commands.follow(self.back, "project.hand_back")
        self.back.clicked.connect(self._hand_back)
        # The bar stands in the middle of its words, which a line that breaks would not see to.
        self._progress = QWidget()
        beside = QHBoxLayout(self._progress)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(_GAP)
        beside.addWidget(self._bar)
        beside.addWidget(self._far)
        # Lines that break: the card must not be wider than a narrow window's middle.
        line = FlowLayout(gap=_GAP)
        for widget in (self._progress, self._due, self._late):
            line.addWidget(widget)
        column = QVBoxLayout()
        column.setSpacing(_GAP)
        column.addWidget(self._title)
        column.addLayout(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        row.setSpacing(_PAD)
        row.addWidget(IconMark("users", "text_2", 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self.back)
        self.hide()
        context.project_changed.connect(self.refresh)
        context.queues_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Say again how far it is."""
        session = self._context.session
        handed = session.handed if session is not None else None
        self.setVisible(handed is not None)
        if handed is None:
            return
        self._title.setText(self._whose(handed))
        due = self.tr("due {day}").format(day=date_words(handed.due)) if handed.due else ""
        self._due.setText(due)
        self._due.setVisible(bool(due))
        self._late.hide()
        self.setAccessibleName(self._title.text())
        self._context.run_patient(
            lambda project: own_handout(project.handouts(), handed),
            lambda row: self._read(handed, row),
            receiver=self,
        )

    def _whose(self, handed: Handed) -> str:
        session = self._context.session
        giver = handed.by or self.tr("somebody")
        if session is not None and session.person.handle == handed.to:
            return self.tr("Handed out to you by {giver}").format(giver=giver)
        words = self.tr("Handed out to {person} by {giver}")
        return words.format(person=handed.name or handed.to, giver=giver)

    def _read(self, handed: Handed, row: HandoutRow | None) -> None:
        self._progress.setVisible(row is not None)
        if row is not None:
            self._bar.set_progress(row.done, row.tasks)
            self._far.setText(done_words(row))
            self._late.setVisible(is_late(row))
            self.setAccessibleDescription(f"{self._far.text()}, {self._due.text()}")

    def _hand_back(self) -> None:
        self._context.commands.run("project.hand_back")
