"""What commands and marks see of the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from labeler.api import Value
from labeler.kit.editor import EditorHost, TaskView
from labeler.kit.form.ordering import Ordering
from labeler.panels.comparison.board import Board
from labeler.panels.comparison.pane import ResponsePane
from labeler.panels.comparison.prompt import PromptPane

if TYPE_CHECKING:
    from labeler.panels.comparison.marking import Marking

__all__ = ["Scene"]


class Scene(Protocol):
    """The editor, as far as commands and marks need it."""

    board: Board
    prompt: PromptPane
    host: EditorHost
    marking: Marking

    @property
    def view(self) -> TaskView | None:
        """The task on screen."""

    @property
    def value(self) -> Value:
        """The value on screen."""

    @property
    def may_edit(self) -> bool:
        """Whether there is a task and it may be changed."""

    @property
    def pane(self) -> ResponsePane | None:
        """The pane the person is at."""

    @property
    def ranking(self) -> Ordering | None:
        """The order of the responses, where one is asked for."""

    def text_of(self, part: str) -> str:
        """A part's own text."""

    def commit(self, value: Value, label: str, key: str = "") -> None:
        """Show a value of one's own making and emit it."""

    def find_words(self) -> None:
        """Look for words in the texts."""

    def show_layout(self, layout: str) -> None:
        """Lay the responses out this way."""

    def set_raw(self, raw: bool) -> None:
        """Show all texts as they were written, or rendered."""

    def set_linked(self, linked: bool) -> None:
        """Scroll responses together, or each by itself."""

    @property
    def raw(self) -> bool:
        """Whether all texts are shown as they were written."""
