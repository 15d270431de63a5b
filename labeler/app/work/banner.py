"""The line above the content that says why it is read-only here, with the way to change that."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.commands import Commands
from labeler.app.session import ProjectSession
from labeler.kit.controls.button import Button
from labeler.kit.controls.section import Plain
from labeler.kit.controls.text import IconMark, Text
from labeler.work.desk import Seat

__all__ = ["Banner"]


class Banner(Plain):
    """``wanted`` fires on its button."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", edges="bottom", parent=parent)
        self._words = Text("", wrap=True)
        self._mark = IconMark("lock", "text_2", 16)
        self._button = Button("", compact=True)
        self._button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 7)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.hide()

    def say(self, text: str, *, action: str = "", key: str = "", icon: str = "lock") -> None:
        """Show a sentence; an empty one hides the banner."""
        self._words.setText(text)
        self._mark.set_icon(icon)
        self._button.setText(action)
        self._button.set_key(key)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def say_why(self, seat: Seat, session: ProjectSession | None, commands: Commands) -> None:
        """Say why the task on the desk cannot be changed here, or nothing where it can."""
        if seat.holder:
            host, _, process = seat.holder.rpartition(":")
            words = self.tr(
                "This draft is open in another window (process {process} on {host})."
                " What is done there shows here."
            ).format(process=process, host=host)
            if session is None or session.read_only:
                self.say(words)
            else:
                key = commands.key_text("work.take_over")
                self.say(words, action=self.tr("Take over"), key=key)
        elif session is not None and session.read_only:
            self.say(self.tr("The project file is read-only: nothing can be changed here."))
        else:
            self.say("")
