"""A dialog to read in: a search, a list at the start, what is chosen of it at the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.words import number
from labeler.kit import Dialog, IconButton, RowList, RowRole, SearchField, Text

__all__ = ["ReadingDialog"]

_WIDE, _TALL = 920, 560
_LIST = 216
_ROUND = 64
"""What stays free of the window at both sides together."""
_FRAME = 150
"""Title, buttons and paddings at the usual text size."""
_SEARCH_AFTER_MS = 120
_NAME = Qt.ItemDataRole.UserRole


class ReadingDialog(Dialog):
    """The frame: subclasses fill ``side``, and answer ``found``, ``opened`` and ``go_to_match``.

    Wider than other dialogs, because two columns of text stand in it. Typing goes to the search from
    the beginning; Up and Down walk the list from there, Enter goes from match to match.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", wide=True, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = SearchField(self.tr("Search"), name=self.tr("Search"))
        self.count = Text("", role="text_2")
        self.earlier = IconButton("chevron-up", self.tr("Previous match"), key="Shift+Enter")
        self.later = IconButton("chevron-down", self.tr("Next match"), key="Enter")
        self.rows = RowList()
        self._model = QStandardItemModel(self)
        self.rows.setModel(self._model)
        self._split = QWidget()
        self.side = QVBoxLayout()
        self.side.setSpacing(8)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SEARCH_AFTER_MS)
        self._arrange()
        self.close_button = self.add_button(self.tr("Close"), role="reject", key="Esc")
        self.close_button.setObjectName("cancel")
        self.search.textChanged.connect(self._soon.start)
        self._soon.timeout.connect(self.look)
        self.earlier.clicked.connect(self._to_previous)
        self.later.clicked.connect(self._to_next)
        self.rows.selectionModel().currentChanged.connect(self._turned)
        self._measure()
        self.search.setFocus()

    # what a subclass answers

    def found(self, wanted: str) -> Sequence[tuple[str, str, str]]:
        """The rows where a text occurs, all for an empty one: (id, title, words after it)."""
        raise NotImplementedError

    def opened(self, row: str, wanted: str) -> int:
        """Show the row with this id and mark the text in it; how often it is there."""
        raise NotImplementedError

    def go_to_match(self, step: int) -> int:
        """Go ``step`` matches on (0: stay); the number of the match, from 1, or 0."""
        raise NotImplementedError

    # looking

    @property
    def chosen(self) -> str:
        """The id of the row that is shown, empty for none."""
        return str(self.rows.currentIndex().data(_NAME) or "")

    @property
    def ids(self) -> tuple[str, ...]:
        """The rows that are in the list now."""
        count = self._model.rowCount()
        return tuple(str(self._model.index(n, 0).data(_NAME)) for n in range(count))

    def choose(self, row: str) -> bool:
        """Show a row of the list; False where it is not in it."""
        for number_ in range(self._model.rowCount()):
            index = self._model.index(number_, 0)
            if index.data(_NAME) == row:
                self.rows.setCurrentIndex(index)
                return True
        return False

    def look(self) -> None:
        """Fill the list with what the search finds; what was shown stays shown where it can."""
        self._soon.stop()
        before = self.chosen
        self.rows.selectionModel().blockSignals(True)
        self._model.clear()
        for ident, title, after in self.found(self.search.text().strip()):
            entry = QStandardItem(title)
            entry.setEditable(False)
            entry.setData(ident, _NAME)
            entry.setData(after, RowRole.SECONDARY)
            entry.setToolTip(f"{title}  {after}".strip())
            entry.setAccessibleText(f"{title}, {after}" if after else title)
            self._model.appendRow(entry)
        self.rows.selectionModel().blockSignals(False)
        if not self.choose(before):
            self.rows.setCurrentIndex(self._model.index(0, 0))
        self._show_current()

    def _turned(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._show_current()

    def _show_current(self) -> None:
        wanted = self.search.text().strip()
        matches = self.opened(self.chosen, wanted) if self.chosen else 0
        self._say(matches, wanted)

    def _say(self, matches: int, wanted: str) -> None:
        self._matches = matches
        if matches:
            words = self.tr("{at} of {count}").format(
                at=number(self.go_to_match(0)), count=number(matches)
            )
        elif wanted and not self.chosen:
            words = self.tr("Not found")
        else:
            words = ""
        self.count.setText(words)
        self.count.setVisible(bool(words))
        for button in (self.earlier, self.later):
            button.setVisible(matches > 1)

    def _to_next(self) -> None:
        self._step(1)

    def _to_previous(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._soon.isActive():
            self.look()
        elif self._matches:
            self.go_to_match(step)
            self._say(self._matches, self.search.text().strip())

    # keys and measures

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.search.hasFocus() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(-1 if back else 1)
        elif self.search.hasFocus() and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = self.rows.currentIndex().row() + step
            if 0 <= row < self._model.rowCount():
                self.rows.setCurrentIndex(self._model.index(row, 0))
        else:
            super().keyPressEvent(event)

    def theme_changed(self) -> None:
        super().theme_changed()
        # The frame's own __init__ asks already, before there is anything to measure.
        if hasattr(self, "_split"):
            self._measure()

    def _measure(self) -> None:
        scale = 1 + (self.theme.text_scale - 1) / 2
        parent = self.parentWidget()
        room = (
            self.screen().availableGeometry().size() if parent is None else parent.window().size()
        )
        self.setFixedWidth(min(round(_WIDE * scale), room.width() - _ROUND))
        frame = round(_FRAME * self.theme.text_scale)
        self._split.setFixedHeight(max(240, min(round(_TALL * scale), room.height() - frame)))
        self.rows.setFixedWidth(round(_LIST * scale))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        for widget in (self.count, self.earlier, self.later):
            top.addWidget(widget)
            widget.hide()
        columns = QHBoxLayout(self._split)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self.rows)
        columns.addLayout(self.side, 1)
        self.body.addLayout(top)
        self.body.addWidget(self._split)
        self._matches = 0
