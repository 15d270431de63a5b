"""The head that the pages of Data share: a quiet switch between tasks, hand-outs and merges."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.kit import Part, Plain, Segmented

__all__ = ["PlaceHead", "PlaceSwitch"]

_PAD_X, _PAD_Y = 16, 8


class PlaceSwitch(Segmented):
    """Tasks, hand-outs, merges: the one of this page is chosen, another leads to its page."""

    def __init__(self, context: AppContext, place: str, parent: QWidget | None = None) -> None:
        self._context = context
        self._place = place
        super().__init__(
            [
                Part("data", self.tr("Tasks")),
                Part("handouts", self.tr("Hand-outs")),
                Part("merges", self.tr("Merges")),
            ],
            name=self.tr("What is shown"),
            chosen=place,
            parent=parent,
        )
        self.chosen_changed.connect(self._go)

    def _go(self, place: str) -> None:
        self.set_chosen(self._place)
        self._context.go(place)


class PlaceHead(Plain):
    """The switch at the start, the page's own buttons at the end (``row``)."""

    def __init__(self, context: AppContext, place: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", edges="bottom", parent=parent)
        self.switch = PlaceSwitch(context, place)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(_PAD_X, _PAD_Y + 2, _PAD_X, _PAD_Y + 3)
        self.row.setSpacing(8)
        self.row.addWidget(self.switch)
        self.row.addStretch(1)
