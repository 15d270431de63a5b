"""The strip above the rows that says what models propose, with keys to take it over or put it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from labeler.kit.controls.button import Button
from labeler.kit.controls.section import Plain
from labeler.kit.controls.text import Badge, ElidedText

__all__ = ["PredictionBar"]


class PredictionBar(Plain):
    """Buttons carry the id of their command in ``pressed``."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", edges="bottom", parent=parent)
        self.badge = Badge("", "prediction")
        self.words = ElidedText("", role="text_2")
        self.accept = Button(self.tr("Accept"), "quiet", compact=True)
        self.reject = Button(self.tr("Reject"), "quiet", compact=True)
        self.all = Button(self.tr("Accept all"), "quiet", compact=True)
        self.recall = Button(self.tr("Show again"), "quiet", compact=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 5)
        row.setSpacing(8)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.badge)
        row.addWidget(self.words, 1)
        for button, command in (
            (self.accept, "accept"),
            (self.reject, "reject"),
            (self.all, "accept_all"),
            (self.recall, "recall"),
        ):
            # The keys act on the rows, so a click leaves the focus there.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("command", f"transcription.{command}")
            button.clicked.connect(self._clicked)
            row.addWidget(button)
        self._count = 0
        self.setAccessibleName(self.tr("Predictions"))
        self.hide()

    def set_keys(self, key_text: Callable[[str], str]) -> None:
        """Show the keys in force."""
        for button in (self.accept, self.reject, self.all):
            button.set_key(key_text(str(button.property("command"))))

    def show_open(self, count: int, rejected: int, models: str, *, chosen: bool) -> None:
        """Say how much is open and what was put away; ``chosen`` is one of it."""
        if count:
            text = self.tr("1 prediction")
            if count != 1:
                text = self.tr("{count} predictions", "", count).format(count=count)
        else:
            text = self.tr("{count} rejected", "", rejected).format(count=rejected)
        self.badge.set_badge(text, "prediction", "sparkles")
        self.words.set_text(models)
        for button in (self.accept, self.reject):
            button.setVisible(bool(count))
            button.setEnabled(chosen)
        self._count = count
        self._arrange()
        self.recall.setVisible(bool(rejected))
        self.setVisible(bool(count or rejected))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where room is short, what concerns all of them goes."""
        shown = [one for one in (self.badge, self.accept, self.reject) if not one.isHidden()]
        room = self.width() - sum(one.sizeHint().width() + 8 for one in shown) - 32
        self.all.setVisible(self._count > 0 and self.all.sizeHint().width() <= room)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QWidget):
            self.pressed.emit(str(button.property("command")))
