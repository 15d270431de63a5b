"""What is typed into the live text and becomes of it: the value letter by letter, undone word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from labeler.api import Point, Segment
from labeler.panels.transcription import edits
from labeler.panels.transcription.live_text import WordRuns

if TYPE_CHECKING:
    from labeler.panels.transcription.editor import TranscriptionEditor

__all__ = ["TextHand"]


class TextHand:
    """Takes what a hand types into the chosen row to the value."""

    def __init__(self, editor: TranscriptionEditor) -> None:
        self._editor = editor
        self._runs = WordRuns()

    def end_run(self) -> None:
        """What is typed next is undone by itself."""
        self._runs.end()

    def typed(self, text: str) -> None:
        """The text of the row is another one."""
        editor, ident = self._editor, self._editor.transcript.typed
        row = editor.entry(ident)
        if row is None or row.proposal is not None or not editor.may_edit:
            return
        run = self._runs.run(row.text, text)
        value = edits.replace_text(editor.value, ident, text)
        words = QCoreApplication.translate("Transcription", "Type text")
        editor.change(value, words, f"text:{ident}:{run}")
        region = value.region(ident)
        if isinstance(region, (Segment, Point)):
            editor.put_entry(row.with_text(region))

    def step(self, way: int) -> None:
        """On to the next row, or back to the one before."""
        name = "next" if way > 0 else "previous"
        self._editor.run(f"transcription.{name}")

    def left(self) -> None:
        """The keyboard went elsewhere."""
        self._runs.end()
        self._editor.host.end_key()
        self._editor.show_keys()
