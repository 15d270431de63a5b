"""Why a task is skipped or flagged: the queue's reasons by digit, or words of one's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.popover import Popover
from labeler.kit.controls.button import Button
from labeler.kit.controls.chip import Choice, ChoiceGroup
from labeler.kit.controls.field import Field

__all__ = ["ReasonPopover"]

_DIGITS = "123456789"


class ReasonPopover(Popover):
    """Asks for a reason; ``given`` carries it, empty where none was given.

    A digit gives its reason at once, Enter the first one (or what was written), Escape ends it.
    """

    given = Signal(str)

    def __init__(
        self, anchor: QWidget, title: str, action: str, reasons: Sequence[str], *, icon: str
    ) -> None:
        super().__init__(anchor, title)
        self._reasons = tuple(reasons)
        choices = [
            Choice(reason, reason, key=_DIGITS[number] if number < len(_DIGITS) else "")
            for number, reason in enumerate(self._reasons)
        ]
        self.chips: ChoiceGroup | None = None
        if choices:
            self.chips = ChoiceGroup(choices, name=title, column=True)
            self.chips.set_chosen([self._reasons[0]])
            self.chips.changed.connect(self._chosen)
            self.body.addWidget(self.chips)
        words = self.tr("Another reason") if choices else self.tr("Reason")
        self.words = Field(words, placeholder=self.tr("In a few words"))
        self.body.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        cancel = Button(self.tr("Cancel"), "quiet", key="Esc", compact=True)
        cancel.clicked.connect(self.dismiss)
        self.act = Button(action, "primary", key=self.tr("Enter"), icon=icon, compact=True)
        self.act.clicked.connect(self._give)
        row.addWidget(cancel)
        row.addWidget(self.act)
        self.body.addLayout(row)
        self.words.edit.installEventFilter(self)
        self.open()
        self.words.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.words.edit
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
        ):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._give()
                return True
            # The field has the focus from the start; a digit typed into nothing is a choice.
            digit = event.text()
            if not self.words.text and digit and digit in _DIGITS[: len(self._reasons)]:
                self._take(self._reasons[_DIGITS.index(digit)])
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if digit and digit in _DIGITS[: len(self._reasons)]:
            self._take(self._reasons[_DIGITS.index(digit)])
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
            return
        super().keyPressEvent(event)

    def _chosen(self, chosen: tuple[str, ...]) -> None:
        if chosen:
            self._take(chosen[0])

    def _give(self) -> None:
        own = self.words.text.strip()
        self._take(own or (self._reasons[0] if self._reasons else ""))

    def _take(self, reason: str) -> None:
        self.dismiss()
        self.given.emit(reason)
