"""The foot of the table: which rows are seen, going to one by its number, and the keys there are."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from labeler.app.data.index_line import IndexLine
from labeler.app.indexer import Indexer
from labeler.app.words import number
from labeler.kit import Divider, Field, KeyCap, Plain, Text

__all__ = ["Footer"]

_PAD_X, _PAD_Y = 16, 6
_FIELD = 120
_HINTS_FROM = 760


class _NumberLine(Field):
    """Where the row's number is typed; Escape gives it up."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class Footer(Plain):
    """``row_wanted`` carries the number of a row to go to, counted from 0."""

    row_wanted = Signal(int)
    closed = Signal()

    def __init__(self, indexer: Indexer, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="top", parent=parent)
        self._total = 0
        self.index = IndexLine(indexer)
        self._range = Text("", role="text_2")
        self._order = Text("", role="text_2")
        self._line = Divider(upright=True)
        self._ask = Text(self.tr("Go to row"), role="text_2")
        self.field = _NumberLine(name=self.tr("Go to row"))
        self.field.setMaximumWidth(_FIELD)
        self._wrong = Text("", role="danger")
        self.field.edit.returnPressed.connect(self._go)
        self.field.edit.textEdited.connect(self._typed)
        self.field.given_up.connect(self.close_field)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD_X, _PAD_Y + 1, _PAD_X, _PAD_Y)
        row.setSpacing(8)
        for widget in (self._range, self._line, self._order, self._ask, self.field, self._wrong):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.index)
        self._hints: list[QWidget] = []
        self._own = KeyCap("")
        for cap, words in (
            (KeyCap("Enter"), self.tr("open")),
            (KeyCap(self.tr("Space")), self.tr("select")),
            (self._own, self.tr("go to row")),
        ):
            pair = [cap, Text(words, role="text_2")]
            self._hints += pair
            for one in pair:
                row.addWidget(one)
            row.addSpacing(4)
        self._show_field(False)

    def set_key(self, key: str) -> None:
        """Show another key that asks for a row, or no hint where there is none."""
        self._own.set_key(key)
        for one in self._hints[-2:]:
            one.setVisible(bool(key))

    def set_range(self, first: int, last: int, total: int) -> None:
        """Say which rows are seen (counted from 0) of how many."""
        self._total = total
        if last < first:
            self._range.setText("")
            return
        words = self.tr("Rows {first} to {last}")
        self._range.setText(words.format(first=number(first + 1), last=number(last + 1)))

    def set_order(self, words: str) -> None:
        """Say in which order the rows come."""
        self._order.setText(words)

    def ask(self) -> None:
        """Let a row's number be typed."""
        self._show_field(True)
        self.field.set_text("")
        self._wrong.setText("")
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def line(self) -> QLineEdit:
        """Where the number is typed."""
        return self.field.edit

    def close_field(self) -> None:
        """Give it up; the table has the keys again."""
        self._show_field(False)
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() >= round(_HINTS_FROM * self.theme.text_scale)
        for widget in self._hints:
            widget.setVisible(room)

    def _show_field(self, on: bool) -> None:
        asked: tuple[QWidget, ...] = (self._ask, self.field, self._wrong)
        usual: tuple[QWidget, ...] = (self._range, self._line, self._order)
        for widget in (*asked, *usual):
            widget.setVisible((widget in asked) == on)

    def _typed(self, _text: str) -> None:
        self._wrong.setText("")

    def _go(self) -> None:
        wanted, is_number = QLocale().toULongLong(self.field.text.strip())
        if not is_number or not 1 <= wanted <= self._total:
            words = self.tr("Type a number from 1 to {last}")
            self._wrong.setText(words.format(last=number(self._total)))
            return
        self._show_field(False)
        self.row_wanted.emit(wanted - 1)
