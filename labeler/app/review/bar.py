"""The bar below the conflicts: how many are decided, and what ends the one that is looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.commands import Commands
from labeler.app.words import number
from labeler.kit import Button, Plain, ProgressBar, Text
from labeler.kit.editor import CanRun

__all__ = ["DecideBar"]

_EDGE, _GAP = 12, 8


class DecideBar(Plain):
    """48 px; its buttons run commands, ``wanted`` with the id."""

    wanted = Signal(str)

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="top", parent=parent)
        self._commands = commands
        self.setAccessibleName(self.tr("Progress and deciding"))
        self.bar = ProgressBar(name=self.tr("Decided of all conflicts"))
        self.words = Text("")
        self.leave = Button(self.tr("Leave open"), "quiet", icon="skip-forward")
        self.decide = Button(self.tr("Decide and next"), "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.bar)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addSpacing(4)
        row.addWidget(self.decide)
        for button, command in ((self.leave, "review.leave_open"), (self.decide, "review.decide")):
            button.setProperty("command", command)
            button.clicked.connect(self._pressed)
        self.theme_changed()
        self.name_keys()

    def name_keys(self) -> None:
        """Show the keys in force."""
        self.leave.set_key(self._commands.key_text("review.leave_open"))
        self.decide.set_key(self._commands.key_text("review.decide"))

    def set_counts(self, decided: int, total: int) -> None:
        """How many of the conflicts are decided."""
        self.bar.set_progress(decided, total)
        words = self.tr("{done} of {total} decided")
        self.words.setText(words.format(done=number(decided), total=number(total)))

    def set_allowed(self, decide: CanRun, leave: bool) -> None:
        """What may be done now."""
        self.decide.setEnabled(decide.ok)
        self.decide.setToolTip(decide.reason)
        self.leave.setEnabled(leave)

    def theme_changed(self) -> None:
        self.setFixedHeight(self.theme.height("bottom_bar"))
        super().theme_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(
            one.sizeHint().width() for one in (self.bar, self.words, self.leave, self.decide)
        )
        self.bar.setVisible(needed + 6 * _GAP <= self.width())

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(str(sender.property("command")))
