"""What the table of regions is made of: the rows, the labels as a list and as a drop-down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyleOptionViewItem,
    QWidget,
)

from labeler.api import QueueConfig
from labeler.kit.controls.rows import RowDelegate, RowList, RowRole
from labeler.kit.controls.select import Select
from labeler.kit.controls.table import Table
from labeler.kit.editor import RegionColumn
from labeler.kit.paint import badge_size, text_width
from labeler.kit.region_rows import swatch_of
from labeler.kit.theme import current_theme

__all__ = ["LabelDelegate", "LabelList", "RegionRows"]

Index = QModelIndex | QPersistentModelIndex
_LABEL_ROWS = 9
_LEAST_ROWS = 2
_UNBOUNDED = 1 << 24
_LINE, _GAP = 16, 8
_NARROWEST = 120
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class RegionRows(Table):
    """The table itself: Delete deletes, a label's key labels, F2 and double click open the labels."""

    label_key = Signal(str)
    delete_asked = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._keys: frozenset[str] = frozenset()
        self.delegate = LabelDelegate(self)
        self.setItemDelegateForColumn(0, self.delegate)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.horizontalHeader().setSectionsClickable(True)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setResizeContentsPrecision(50)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def theme_changed(self) -> None:
        super().theme_changed()
        rows = self.verticalHeader()
        height = self.theme.height("row_compact")
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)

    def set_label_keys(self, config: QueueConfig) -> None:
        """The keys that give labels here."""
        self._keys = frozenset(one.key.upper() for one in config.labels if one.key)

    def fit_columns(self, columns: Sequence[RegionColumn]) -> None:
        """One column takes the room left, the others what they need; few columns need no header."""
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        growing = next((at for at, one in enumerate(columns, 1) if one.grows), 0)
        modes = QHeaderView.ResizeMode
        for at in range(len(columns) + 1):
            header.setSectionResizeMode(
                at, modes.Stretch if at == growing else modes.ResizeToContents
            )
        header.setVisible(len(columns) > 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text().upper()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _DELETE and not held:
            self.delete_asked.emit()
        elif text in self._keys and not held:
            self.label_key.emit(text)
        elif len(text) == 1 and text.isprintable():
            event.ignore()  # no search by typing: the page has a use for single keys
        else:
            super().keyPressEvent(event)


class LabelDelegate(RowDelegate):
    """Draws the label, and opens the label set over it."""

    picked = Signal(str)

    def __init__(self, parent: QAbstractItemView) -> None:
        super().__init__(parent, cells=True)
        self._view = parent
        self._config = QueueConfig()

    def set_labels(self, config: QueueConfig) -> None:
        """The labels it offers."""
        self._config = config

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for number, line and badge too, up to what leaves the other columns readable."""
        theme = current_theme()
        hint = super().sizeHint(option, index)
        width = hint.width() + _LINE + _GAP
        width += text_width(theme, str(index.data(RowRole.LEADING) or ""), "mono") + _GAP
        badge = index.data(RowRole.BADGE)
        if badge:
            width += badge_size(theme, badge[0], badge[2]).width() + _GAP
        for mark in (RowRole.LOCKED, RowRole.HIDDEN):
            if index.data(mark):
                width += theme.icon_px() + _GAP
        return QSize(min(width, max(_NARROWEST, self._view.viewport().width() // 2)), hint.height())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        options = [(one.id, one.title) for one in self._config.labels if not one.retired]
        select = Select(options, name=self.tr("Label"), parent=parent)
        select.activated.connect(self._chosen)
        return select

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, Select):
            label = str(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.setCurrentIndex(editor.findData(label))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Nothing: what was chosen was said when it was chosen."""

    def _chosen(self) -> None:
        select = self.sender()
        if isinstance(select, Select):
            chosen = select.chosen
            self.closeEditor.emit(select)
            self.picked.emit(chosen)


class LabelList(RowList):
    """The label set: key, swatch, name, how many regions have it."""

    picked = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        self._entries = QStandardItemModel()
        self._room = _UNBOUNDED
        super().__init__(name, parent)
        self.setModel(self._entries)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)

    def show_labels(self, config: QueueConfig) -> None:
        """The labels that are offered, in their order."""
        self._entries.clear()
        for label in config.labels:
            if label.retired:
                continue
            entry = QStandardItem(label.title)
            entry.setEditable(False)
            entry.setData(label.id)
            entry.setData(label.key.upper(), RowRole.KEY)
            entry.setData(swatch_of(config, label), RowRole.SWATCH)
            self._entries.appendRow(entry)
        self._fit()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many regions have each label, by its id."""
        for row in range(self._entries.rowCount()):
            entry = self._entries.item(row)
            count = counts.get(entry.data(), 0)
            shown = str(count) if count else ""
            if entry.data(RowRole.TRAILING) != shown:
                entry.setData(shown, RowRole.TRAILING)

    def show_in_hand(self, label_id: str | None) -> None:
        """Show which label the next region gets."""
        for row in range(self._entries.rowCount()):
            entry = self._entries.item(row)
            chosen = entry.data() == label_id
            if bool(entry.data(RowRole.CHOSEN)) != chosen:
                entry.setData(chosen, RowRole.CHOSEN)
                words = self.tr("{label}, in hand").format(label=entry.text()) if chosen else ""
                entry.setData(words or None, Qt.ItemDataRole.AccessibleTextRole)

    def theme_changed(self) -> None:
        super().theme_changed()
        self._fit()

    def set_room(self, room: int) -> None:
        """Be no higher than this many pixels, but for two rows; the rest scrolls."""
        if room != self._room:
            self._room = room
            self._fit()

    def _fit(self) -> None:
        rows, row = min(self._entries.rowCount(), _LABEL_ROWS), self.theme.height("row_compact")
        least = min(rows, _LEAST_ROWS) * row
        self.setFixedHeight(max(1, least, min(rows * row, self._room)))

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(str(index.data(Qt.ItemDataRole.UserRole + 1)))
