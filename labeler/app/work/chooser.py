"""Choosing a queue: what there is to do, how far it is, one key each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from labeler.app.words import number, of_total
from labeler.kit.controls.button import Button
from labeler.kit.controls.centred import across
from labeler.kit.controls.pressable import Pressable
from labeler.kit.controls.text import Text
from labeler.kit.paint import (
    cap_size,
    draw_cap,
    draw_icon,
    draw_panel,
    draw_text,
    painter_for,
    placed,
    text_width,
)
from labeler.store import QueueRow

__all__ = ["QueueChooser"]

_WIDTH = 640
_PAD, _GAP = 16, 12
_BAR, _BAR_HEIGHT = 128, 6


class _QueueCard(Pressable):
    """One queue: icon, title, how many are open, the bar, its key."""

    def __init__(self, queue: QueueRow, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.queue = queue
        self._icon = icon
        self._key = key
        left = queue.tasks - queue.done
        self._left = (
            self.tr("{count} open").format(count=number(left)) if left else self.tr("All done")
        )
        if not queue.tasks:
            self._left = self.tr("No tasks so far")
        self._counts = of_total(queue.done, queue.tasks)
        self.setText(queue.title)
        self.setAccessibleName(f"{queue.title}, {self._left}, {self._counts}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        height = 2 * _PAD + self.theme.line("label") + self.theme.line("ui") + 4
        return QSize(360, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, box = self.theme, self.theme.tokens, self.rect()
        painter = painter_for(self)
        fill = t.pressed if self.isDown() else self.hovered(t.surface, t.hover)
        draw_panel(painter, box, fill, t.border_strong, t.sizes.radius_panel)
        side = theme.icon_px()
        line = theme.line("label")

        def at(x: int, y: int, width: int, height: int) -> QRect:
            return placed(painter, box, QRect(x, y, width, height))

        draw_icon(painter, theme, at(_PAD, _PAD, side, line), self._icon, t.text_2, side)
        left = _PAD + side + _GAP
        end = box.width() - _PAD
        if self._key:
            cap = cap_size(theme, self._key)
            end -= cap.width()
            top = (box.height() - cap.height()) // 2
            draw_cap(painter, theme, at(end, top, cap.width(), cap.height()), self._key)
            end -= _GAP
        figures = max(text_width(theme, self._counts), _BAR)
        end -= figures
        draw_text(painter, theme, at(end, _PAD, figures, line), self._counts, t.text_2)
        share = self.queue.done / self.queue.tasks if self.queue.tasks else 0.0
        y = _PAD + line + 4 + (theme.line("ui") - _BAR_HEIGHT) // 2
        rim = t.border if t.is_high_contrast else None
        draw_panel(painter, at(end, y, _BAR, _BAR_HEIGHT), t.pressed, rim, _BAR_HEIGHT / 2)
        if share > 0:
            done = max(_BAR_HEIGHT // 2, round(_BAR * share))
            draw_panel(painter, at(end, y, done, _BAR_HEIGHT), t.accent, None, _BAR_HEIGHT / 2)
        room = end - _GAP - left
        draw_text(painter, theme, at(left, _PAD, room, line), self.text(), t.text, "label")
        place = at(left, _PAD + line + 4, room, theme.line("ui"))
        draw_text(painter, theme, place, self._left, t.text_2)
        painter.end()


class QueueChooser(QScrollArea):
    """The project's queues, one card each; ``chosen`` carries a queue's name.

    ``left`` says that the person goes back to the task put aside for it.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cards: list[_QueueCard] = []
        page = QWidget()
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 32, 0, 32)
        self._column.setSpacing(_GAP)
        self.back = Button("", "quiet", key="Esc", compact=True)
        self.back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(Text(self.tr("Choose a queue"), "title"))
        head.addStretch(1)
        head.addWidget(self.back)
        self._column.addLayout(head)
        self._column.addStretch(1)
        row = across(inner, _WIDTH)
        row.setContentsMargins(32, 0, 32, 0)
        page.setLayout(row)
        self.setWidget(page)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)

    def show_queues(
        self, queues: Sequence[QueueRow], icons: Mapping[str, str], aside: str = ""
    ) -> None:
        """Show these queues; ``icons`` by panel, ``aside`` the key of the task to go back to."""
        self.back.setVisible(bool(aside))
        self.back.setText(self.tr("Back to {task}").format(task=aside) if aside else "")
        focused = next((card.queue.name for card in self._cards if card.hasFocus()), "")
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for place, queue in enumerate(queues):
            key = str(place + 1) if place < 9 else ""
            card = _QueueCard(queue, icons.get(queue.panel, "puzzle"), key)
            card.clicked.connect(self._clicked)
            self._column.insertWidget(1 + place, card)
            self._cards.append(card)
        for card in self._cards:
            if card.queue.name == focused:
                card.setFocus()

    def focus_first(self) -> None:
        """Put the keyboard on the first queue with something to do."""
        for card in self._cards:
            if card.queue.done < card.queue.tasks:
                card.setFocus()
                return
        if self._cards:
            self._cards[0].setFocus()

    def handle_key(self, event: QKeyEvent) -> bool:
        """A digit chooses its queue, arrows walk them, Escape leads back."""
        if event.key() == Qt.Key.Key_Escape and self.back.isVisibleTo(self):
            self.left.emit()
            return True
        digit = event.text()
        if digit and digit in "123456789"[: len(self._cards)]:
            self.chosen.emit(self._cards[int(digit) - 1].queue.name)
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._cards:
            at = next((n for n, card in enumerate(self._cards) if card.hasFocus()), -step)
            self._cards[(at + step) % len(self._cards)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for card in self._cards:
                if card.hasFocus():
                    self.chosen.emit(card.queue.name)
                    return True
        return False

    def _clicked(self) -> None:
        card = self.sender()
        if isinstance(card, _QueueCard):
            self.chosen.emit(card.queue.name)
