"""What stands on the stage where a task's medium is not within reach: why, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.api import MediaRef, Problem
from labeler.app.i18n import problem_text
from labeler.kit.controls.button import Button
from labeler.kit.controls.notice import Callout

__all__ = ["MissingMedium"]

_SIDE, _TOP, _GAP = 32, 24, 12


class MissingMedium(QWidget):
    """The medium and why it cannot be opened. Skipping, flagging and going on still work.

    ``locate`` asks for the media folders, ``try_again`` for the task to be shown anew.
    """

    locate = Signal()
    try_again = Signal()

    def __init__(self, ref: MediaRef, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = f"{ref.root}/{ref.path}" if ref.root else ref.path
        reason = problem_text(problem)
        self.callout = Callout(
            self.tr("The medium of this task is not within reach"),
            self.tr(
                "{file}: {reason}. Say where its folder is on this machine, or flag or skip the task;"
                " what was done is kept."
            ).format(file=name, reason=reason),
            "warn",
        )
        self.folders = Button(self.tr("Media folders…"), "primary", icon="folder-open")
        self.folders.setObjectName("media_folders")
        self.again = Button(self.tr("Try again"))
        self.again.setObjectName("try_again")
        self.folders.clicked.connect(self.locate)
        self.again.clicked.connect(self.try_again)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.folders)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _TOP, _SIDE, _TOP)
        column.setSpacing(_GAP)
        column.addWidget(self.callout)
        column.addLayout(buttons)
        column.addStretch(1)
        self.setFocusProxy(self.folders)
