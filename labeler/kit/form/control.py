"""What every answer control is: it shows and takes an answer, and knows nothing of undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.api import Json, Part

__all__ = ["Compared", "Control"]


class Control(QWidget):
    """The answer to one question at one place; each kind of question has its subclass.

    ``answered`` carries the answer a person gave (None takes it away) and the name of the field
    being written in: answers with the same non-empty name in a row are one step. ``left`` fires
    when the caret leaves such a field, ``rebuilt`` when rows came or went, so that Tab finds them.
    """

    answered = Signal(object, str)
    left = Signal()
    rebuilt = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_answer(self, answer: Json) -> None:
        """Show an answer without a signal. What does not fit the question is shown as none."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Only show the answer, or take one again."""
        raise NotImplementedError

    def set_keys(self, keys: Sequence[str]) -> None:
        """Show these keys, one per answer in the order shown, "" for none; or no keys at all."""

    def press(self, position: int) -> None:
        """What the key at this place of ``set_keys`` does."""

    def set_wrong(self, message: str) -> None:
        """Mark it as wrong, or as right again where the message is empty; the words stand below."""
        self.setAccessibleDescription(message)

    def focus(self) -> None:
        """Put the keyboard where an answer is given."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """End a composition under way: its text belongs to the answer."""

    @property
    def progress(self) -> str:
        """How far it is ("3 of 4"), shown beside the question; empty where there is nothing to say."""
        return ""


class Compared(Control):
    """A control whose answer is about several parts: their ids, names and order come from the task."""

    def set_parts(
        self, parts: Sequence[Part], shown: Sequence[Part], names: Mapping[str, str]
    ) -> None:
        """The parts compared, in the order of the content and as shown, and their names by id."""
        raise NotImplementedError

    def set_current(self, part: str) -> None:
        """The part keys act on; one it does not know is left aside."""
