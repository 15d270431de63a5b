"""The strip above the content: previous, next, which task this is, its status, the panel's tools."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from shiboken6 import isValid

from labeler.app.commands import Commands
from labeler.app.words import of_total, status_word
from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.section import Plain
from labeler.kit.controls.text import Badge, ElidedText, Text
from labeler.work.desk import Seat

__all__ = ["TaskStrip"]

_EDGE, _GAP = 12, 8
_PLAIN = ("submitted", "accepted", "open", "")
"""Statuses that are normal: a word at most, no badge."""
_KINDS = {"flagged": "warn", "skipped": "neutral", "returned": "warn", "missing": "warn"}


class _Key(ElidedText):
    """A task's key; never shortened below what tells it from its neighbours."""

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 7 * self.theme.line()), hint.height())


class TaskStrip(Plain):
    """40 px between the top bar and the content. Its buttons run commands, ``wanted`` with the id."""

    wanted = Signal(str)

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__("surface", edges="bottom", parent=parent)
        self._commands = commands
        self._tools: QWidget | None = None
        self._facts: tuple[object, ...] = ()
        self.setAccessibleName(self.tr("Task"))
        self.previous = IconButton("chevron-left", self.tr("Previous task"))
        self.next = IconButton("chevron-right", self.tr("Next task"))
        self.key = _Key("", "mono", elide=Qt.TextElideMode.ElideMiddle)
        self.key.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.position = Text("", role="text_2")
        self.badge = Badge("")
        self.word = Text("", role="text_2")
        self.reopen = Button(self.tr("Reopen"), compact=True, icon="pencil")
        self.conflict = Button(self.tr("In conflict"), compact=True, icon="git-compare")
        self.conflict.hide()
        self.go_to = IconButton("list-ordered", self.tr("Go to task"))
        self.unfold = IconButton("panel-right-open", self.tr("Show the inspector"))
        self.unfold.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addWidget(self.key)
        row.addWidget(self.position)
        row.addWidget(self.go_to)
        row.addWidget(self.badge)
        row.addWidget(self.word)
        row.addWidget(self.reopen)
        row.addWidget(self.conflict)
        row.addStretch(1)
        row.addWidget(self.unfold)
        self._row = row
        for button, command in (
            (self.previous, "work.previous"),
            (self.next, "work.next"),
            (self.reopen, "work.reopen"),
            (self.conflict, "app.show_conflict"),
            (self.go_to, "work.go_to"),
            (self.unfold, "work.toggle_inspector"),
        ):
            button.setProperty("command", command)
            button.clicked.connect(self._pressed)
        self.theme_changed()
        self.name_keys()

    def name_keys(self) -> None:
        """Show the keys in force."""
        keys = self._commands.key_text
        self.previous.set_name(self.tr("Previous task"), keys("work.previous"))
        self.next.set_name(self.tr("Next task"), keys("work.next"))
        self.go_to.set_name(self.tr("Go to task"), keys("work.go_to"))
        self.reopen.set_key(keys("work.reopen"))
        self.conflict.setToolTip(self.tr("Show the conflict") + "  " + keys("app.show_conflict"))
        self.unfold.set_name(self.tr("Show the inspector"), keys("work.toggle_inspector"))

    def show_unfold(self, shown: bool) -> None:
        """Offer to show the inspector, where it is hidden."""
        self.unfold.setVisible(shown)

    def show_seat(self, seat: Seat, total: int, *, can_reopen: bool) -> None:
        """Say which task is on the desk; ``total`` counts the queue's tasks."""
        draft = seat.draft
        facts = (
            *(seat.task.key, seat.position, total, can_reopen),
            *(draft.status, draft.tree.reason, draft.dirty, bool(seat.full.content)),
            any(one.heads > 1 for one in seat.full.annotations),
        )
        if facts == self._facts:
            return
        self._facts = facts
        self.conflict.setVisible(any(one.heads > 1 for one in seat.full.annotations))
        self.key.set_text(seat.task.key)
        self.position.setText(of_total(seat.position + 1, total))
        self.next.setEnabled(seat.position + 1 < total)
        self.previous.setEnabled(seat.position > 0)
        status = seat.draft.status
        if seat.content is None and not seat.full.content:
            status = "missing"
        elif seat.draft.dirty and status in ("open", "returned"):
            status = "drafted"
        self.badge.setVisible(status not in _PLAIN)
        self.word.setVisible(status in ("submitted", "accepted"))
        words = status_word(status)
        reason = seat.draft.tree.reason
        if reason and status in ("flagged", "skipped", "returned"):
            words = f"{words}: {reason}"
        self.badge.set_badge(words, _KINDS.get(status, "neutral"))  # type: ignore[arg-type]
        self.word.setText(words)
        self.reopen.setVisible(can_reopen)

    def set_tools(self, tools: QWidget | None) -> None:
        """Put a panel's tools at the end, in place of the last ones."""
        if self._tools is tools:
            return
        old = self._tools
        if old is not None and isValid(old):
            self._row.removeWidget(old)
            old.hide()
            old.setParent(None)
        self._tools = tools
        if tools is not None:
            self._row.insertWidget(self._row.count() - 1, tools)
            tools.show()

    def theme_changed(self) -> None:
        self.setFixedHeight(self.theme.height("task_strip"))
        super().theme_changed()

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(str(sender.property("command")))
