"""What the commands see of the editor: the text, the value, what is chosen and proposed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from labeler.api import Value
from labeler.kit.editor import EditorHost
from labeler.kit.text import TextSurface
from labeler.panels.sentiment.proposals import Proposal

__all__ = ["Scene"]


class Scene(Protocol):
    """The editor, as far as commands need it."""

    surface: TextSurface
    host: EditorHost

    @property
    def value(self) -> Value:
        """The value on screen."""

    @property
    def text(self) -> str:
        """The text on screen."""

    @property
    def may_edit(self) -> bool:
        """Whether there is a task and it may be changed."""

    @property
    def armed(self) -> str | None:
        """The label that every range drawn gets, or None."""

    @property
    def open(self) -> Sequence[Proposal]:
        """What is proposed and not yet decided."""

    def label_name(self, label_id: str | None) -> str:
        """What a label is called."""

    def find_words(self) -> None:
        """Look for words in the text."""

    def arm(self, label: str | None) -> None:
        """Take a label into the hand, or put it down with None."""

    def commit(self, value: Value, label: str, key: str = "") -> None:
        """Show a value of one's own making and emit it."""

    @property
    def rejected(self) -> Collection[str]:
        """Ids of the proposals put away."""

    def choose_regions(self, ids: Sequence[str]) -> None:
        """Choose spans, of the value or proposed, as a hand does."""

    def reject(self, ids: Collection[str]) -> None:
        """Put proposals away."""

    def recall(self) -> None:
        """Show the rejected ones again."""

    def chosen_own(self) -> list[str]:
        """Ids of the chosen spans that are the value's."""

    def chosen_open(self) -> list[Proposal]:
        """The chosen proposals."""

    def in_order(self) -> list[str]:
        """Ids of all marks in the order of the text."""
