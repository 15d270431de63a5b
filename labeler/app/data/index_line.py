"""How far the search index is, in the foot of the table: only while it is made, or cannot be."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.i18n import problem_text
from labeler.app.indexer import Indexer
from labeler.app.words import of_total
from labeler.kit import Button, ProgressBar, Text

__all__ = ["IndexLine"]

_WORTH_SAYING = 2000
"""Tasks that are looked through before anybody has read that they are."""
_BAR = 64


class IndexLine(QWidget):
    """Words, a bar and a button that pauses and goes on."""

    def __init__(self, indexer: Indexer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._indexer = indexer
        self.words = Text("", role="text_2")
        self.bar = ProgressBar(width=_BAR, name=self.tr("Search index"))
        self.button = Button(self.tr("Pause"), "quiet", icon="pause", compact=True)
        self.button.clicked.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        for widget in (self.words, self.bar, self.button):
            row.addWidget(widget)
        indexer.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Say what is so now."""
        state, paused = self._indexer.state, self._indexer.paused
        making = state is not None and not state.ready and state.of > _WORTH_SAYING
        failed = state is not None and state.problem is not None
        self.setVisible(making or failed)
        self.bar.setVisible(making and not failed)
        self.button.setVisible(making and not failed)
        if state is None:
            return
        if state.problem is not None:
            self.words.setText(self.tr("Searches read every task"))
            self.words.setToolTip(problem_text(state.problem))
            return
        words = (
            self.tr("Search index paused: {count}") if paused else self.tr("Search index: {count}")
        )
        self.words.setText(words.format(count=of_total(state.done, state.of)))
        self.words.setToolTip(
            self.tr("Until it is made, searches read every task and take longer.")
        )
        self.bar.set_progress(state.done, state.of)
        self.button.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.button.set_icon("play" if paused else "pause")

    def _turn(self) -> None:
        self._indexer.pause(not self._indexer.paused)
