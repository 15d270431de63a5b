"""The bar over the image that says what a model proposes, with keys to take it over or put it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.text import Badge, ElidedText
from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.theme import Themed

__all__ = ["PredictionBar"]

_PAD, _GAP = 6, 8


class PredictionBar(Themed, QWidget):
    """Raised, one pixel of border, no shadow; ``wanted`` carries the id of the command pressed."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.init_theme()
        self.badge = Badge("", "prediction")
        self.words = ElidedText("", role="text_2")
        self.looser = IconButton("minus", self.tr("Less sure predictions too"))
        self.stricter = IconButton("plus", self.tr("Only surer predictions"))
        self.accept = Button(self.tr("Accept"), "secondary", compact=True)
        self.reject = Button(self.tr("Reject"), "quiet", compact=True)
        self.recall = Button(self.tr("Show again"), "quiet", compact=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(_GAP, _PAD, _PAD, _PAD)
        row.setSpacing(_GAP)
        row.addWidget(self.badge)
        row.addWidget(self.words, 1)
        for button, command in (
            (self.looser, "boxes.looser"),
            (self.stricter, "boxes.stricter"),
            (self.accept, "boxes.accept"),
            (self.reject, "boxes.reject"),
            (self.recall, "boxes.recall"),
        ):
            row.addWidget(button)
            button.setProperty("command", command)
            button.clicked.connect(self._pressed)
            # The keys act on the image, so a click leaves the focus there.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Predictions"))
        self.hide()

    def name_keys(self, key_text: Callable[[str], str]) -> None:
        """Print the keys in force on the buttons."""
        self.accept.set_key(key_text("boxes.accept"))
        self.reject.set_key(key_text("boxes.reject"))
        self.looser.set_name(self.tr("Less sure predictions too"), key_text("boxes.looser"))
        self.stricter.set_name(self.tr("Only surer predictions"), key_text("boxes.stricter"))

    def show_open(
        self, count: int, chosen: int, rejected: int, words: Sequence[str], *, changeable: bool
    ) -> None:
        """Say how much is open, how much of it is chosen, and from whom with which scores.

        With nothing open it says how much was rejected, or that all of it is less sure.
        """
        if chosen:
            text = self.tr("{chosen} of {count} predictions").format(chosen=chosen, count=count)
        elif count or not rejected:
            text = self.tr("1 prediction")
            if count != 1:
                text = self.tr("{count} predictions", "", count).format(count=count)
        else:
            text = self.tr("{count} rejected", "", rejected).format(count=rejected)
        self.badge.set_badge(text, "prediction", "sparkles")
        self.words.set_text(", ".join(words))
        self.setAccessibleDescription(", ".join([text, *words]))
        for button in (self.accept, self.reject):
            button.setVisible(changeable and count > 0)
        self.recall.setVisible(changeable and rejected > 0 and not count)
        self.updateGeometry()
        self.adjustSize()

    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.wanted.emit(str(button.property("command")))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        tokens = self.theme.tokens
        radius = tokens.sizes.radius_panel
        draw_panel(painter, self.rect(), tokens.raised, tokens.border, radius)
        painter.end()
