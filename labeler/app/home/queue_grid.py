"""The queues of the open project as cards, as many across as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from labeler.app.home.cards import QueueCard
from labeler.kit import Text, Themed
from labeler.store import QueueRow

__all__ = ["QueueGrid"]

_CARD_LEAST = 240
_MOST_ACROSS = 3
_GAP = 12


class QueueGrid(Themed, QWidget):
    """``chosen`` carries the name of the queue whose card was pressed; not shown without queues.

    ``icon_of`` says which icon a panel has.
    """

    chosen = Signal(str)

    def __init__(self, icon_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.init_theme()
        self._icon_of = icon_of
        self._across = 0
        self.cards: list[QueueCard] = []
        self._title = Text("", "heading", wrap=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        self.hide()

    def show_queues(self, project: str, queues: Sequence[QueueRow]) -> None:
        """Show these queues of the project with this title."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for queue in queues:
            card = QueueCard(queue, self._icon_of(queue.panel))
            card.clicked.connect(self._pressed)
            self.cards.append(card)
        self._title.setText(self.tr("Open to me in {project}").format(project=project))
        self.setVisible(bool(queues))
        self._across = 0
        self.lay_out(self.width())

    def lay_out(self, room: int) -> None:
        """Put the cards into as many columns as this width has room for, in rows of equal length."""
        least = round(_CARD_LEAST * self.theme.text_scale)
        across = max(1, min(_MOST_ACROSS, room // least))
        rows = -(-len(self.cards) // across)
        across = max(1, -(-len(self.cards) // max(1, rows)))
        if across == self._across or not self.cards:
            return
        self._across = across
        for column in range(_MOST_ACROSS):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // across, number % across)

    def _pressed(self) -> None:
        card = self.sender()
        if isinstance(card, QueueCard):
            self.chosen.emit(card.queue.name)
