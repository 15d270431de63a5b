"""Labels of segments: given by their keys to what is chosen, or held in the hand for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

from labeler.api import Label, Point, Segment
from labeler.panels.transcription import edits

if TYPE_CHECKING:
    from labeler.panels.transcription.editor import TranscriptionEditor

__all__ = ["LabelHand"]


class LabelHand:
    """``hand`` is the label of the next segment, by its id."""

    def __init__(self, editor: TranscriptionEditor) -> None:
        self._editor = editor
        self.hand: str | None = None

    def handle_key(self, event: QKeyEvent) -> bool:
        """Use the label that has this key; whether one has it."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held != Qt.KeyboardModifier.NoModifier or not self._editor.may_edit:
            return False
        typed = event.text().casefold()
        for label in self._offered():
            if label.key and typed == label.key.casefold():
                if not event.isAutoRepeat():
                    self._use(label.id)
                return True
        return False

    def _offered(self) -> list[Label]:
        view = self._editor.view
        kinds = {Segment.type_name(), Point.type_name()}
        return [
            one
            for one in (view.config.labels if view is not None else ())
            if not one.retired and (not one.types or kinds & set(one.types))
        ]

    def _use(self, label: str) -> None:
        """Give the chosen row a label, or take it away; with none chosen it is for the next one."""
        editor = self._editor
        row = editor.chosen
        if row is None or row.proposal is not None:
            self.hand = None if self.hand == label else label
            return
        new = None if row.region.label == label else label
        value = edits.set_label(editor.value, {row.id}, new)
        editor.commit(value, QCoreApplication.translate("Transcription", "Change label"))
