"""The keys in force on every button of the editor, and what to press first where nothing is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from labeler.kit.controls.keycap import shown_key
from labeler.panels.transcription.segment_commands import KEYED_SPEAKERS

if TYPE_CHECKING:
    from labeler.panels.transcription.editor import TranscriptionEditor

__all__ = ["Caps"]

tr = QCoreApplication.translate


class Caps:
    """Shows keys as they must be pressed now: with Alt where letters go into a text."""

    def __init__(self, editor: TranscriptionEditor) -> None:
        self._editor = editor

    def show(self) -> None:
        """Show them anew."""
        editor, keys = self._editor, self._key
        editor.stage.set_keys(keys)
        editor.transcript.hint = self._hint()
        editor.transcript.viewport().update()
        editor.tools.speakers.set_keys(self._speaker, keys("transcription.new_speaker"))
        editor.tools.mode.set_key("segment", keys("transcription.mode"))

    def _key(self, command: str) -> str:
        key = self._editor.host.key_text(command)
        if self._editor.is_typing and _is_letter(key):
            return tr("Transcription", "Alt+{key}").format(key=key)
        return key

    def _speaker(self, number: int) -> str:
        return self._key(f"transcription.speaker_{number}") if number <= KEYED_SPEAKERS else ""

    def _hint(self) -> str:
        """How to begin."""
        key = self._editor.host.key_text
        play, start, end = (key(f"transcription.{one}") for one in ("play_pause", "start", "end"))
        if self._editor.stage.is_refused:
            return ""
        if not (self._editor.may_edit and play and start and end):
            return tr("Transcription", "There is no segment") if self._editor.view else ""
        return tr(
            "Transcription",
            "There is no segment yet. Play with {play}, press {start} where somebody begins to speak"
            " and {end} where they end; or drag over the wave.",
        ).format(play=play, start=start, end=end)


def _is_letter(key: str) -> bool:
    """Whether a key, as a cap shows it, types where a text is written: a letter, also with Shift."""
    shift = shown_key("Shift+A").removesuffix("A")
    return len(key.removeprefix(shift)) == 1
