"""The bar over the text that says what a model proposes, with a key to take it over or put it away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.kit.controls.button import Button
from labeler.kit.controls.text import Badge, ElidedText
from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.theme import Themed

__all__ = ["PredictionBar"]

_PAD, _GAP = 6, 8


class PredictionBar(Themed, QWidget):
    """Raised, one pixel of border, no shadow; signals say which button was pressed."""

    accepted = Signal()
    rejected = Signal()
    recalled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.init_theme()
        self.badge = Badge("", "prediction")
        self.words = ElidedText("", role="text_2")
        self.accept = Button(self.tr("Accept"), "quiet", compact=True)
        self.reject = Button(self.tr("Reject"), "quiet", compact=True)
        self.recall = Button(self.tr("Show again"), "quiet", compact=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(_GAP, _PAD, _PAD, _PAD)
        row.setSpacing(_GAP)
        row.addWidget(self.badge)
        row.addWidget(self.words, 1)
        row.addWidget(self.accept)
        row.addWidget(self.reject)
        row.addWidget(self.recall)
        self.accept.clicked.connect(self.accepted)
        self.reject.clicked.connect(self.rejected)
        self.recall.clicked.connect(self.recalled)
        for button in (self.accept, self.reject, self.recall):
            # The keys act on the text, so a click leaves the focus there.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Predictions"))
        self.hide()

    def set_keys(self, accept: str, reject: str) -> None:
        """Print the keys in force on the buttons."""
        self.accept.set_key(accept)
        self.reject.set_key(reject)

    def show_open(self, count: int, chosen: int, words: Sequence[str], changeable: bool) -> None:
        """Say how much is open, how much of it is chosen, and what it is about."""
        if chosen:
            text = self.tr("{chosen} of {count} predictions").format(chosen=chosen, count=count)
        else:
            text = self.tr("1 prediction")
            if count != 1:
                text = self.tr("{count} predictions", "", count).format(count=count)
        self.badge.set_badge(text, "prediction")
        self.words.set_text(" · ".join(words))
        for button in (self.accept, self.reject):
            button.setVisible(changeable)
        self.recall.hide()
        self._fit()

    def show_rejected(self, count: int, changeable: bool) -> None:
        """Say that predictions were put away, and offer them again."""
        words = self.tr("{count} rejected", "", count).format(count=count)
        self.badge.set_badge(words, "prediction")
        self.words.set_text("")
        self.accept.hide()
        self.reject.hide()
        self.recall.setVisible(changeable)
        self._fit()

    def _fit(self) -> None:
        self.updateGeometry()
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        tokens = self.theme.tokens
        radius = tokens.sizes.radius_panel
        draw_panel(painter, self.rect(), tokens.raised, tokens.border, radius)
        painter.end()
