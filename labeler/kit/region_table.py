"""The Regions tab: every region as a row, which is how keyboard and screen reader reach them.

It shows a value and says what a person did; the new value is made here, writing and undo are its
host's. The selection is the editor's selection, both ways.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QLocale, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from labeler.api import Opaque, QueueConfig, Value
from labeler.kit.controls.button import IconButton
from labeler.kit.controls.keycap import shown_key
from labeler.kit.controls.text import Divider, ElidedText, Text
from labeler.kit.editor import Prediction, RegionColumn
from labeler.kit.region_fields import RegionFields
from labeler.kit.region_model import RegionModel
from labeler.kit.region_rows import Describe, RegionHands
from labeler.kit.region_views import LabelList, RegionRows

__all__ = ["RegionTable"]

_SIDE, _ABOVE, _GAP = 16, 12, 8
_LEAST_ROWS = 3
"""Rows of regions that stay in sight before labels give way and scroll."""
_LEAST_BOTH = 4
"""Two labels, and a region below its header; where not even these have room, no label is shown."""


class RegionTable(QWidget):
    """Label set with counts above, regions below, under them the figures of the one selected.

    ``selected`` carries the ids of the regions the person selected; ``changed`` a new value and the
    step's name ("Delete region"); ``label_picked`` the id of a label chosen while nothing is
    selected: the one for the next regions.
    """

    selected = Signal(tuple)
    changed = Signal(object, str)
    label_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = QueueConfig()
        self._value = Value()
        self._chosen: tuple[str, ...] = ()
        self._read_only = False
        self._following = False
        self.model = RegionModel(self)
        self.table = RegionRows(self.tr("Regions"), self)
        self.table.setModel(self.model)
        self.table.label_key.connect(self._label_by_key)
        self.table.delete_asked.connect(self.delete_selected)
        self.table.delegate.picked.connect(self.set_label)
        self.table.selectionModel().selectionChanged.connect(self._selection_moved)
        self.model.modelReset.connect(self._restore_selection)
        self.labels = LabelList(self.tr("Labels"), self)
        self.labels.picked.connect(self._pick)
        self._title = Text("", "label", parent=self)
        self._note = ElidedText("", role="text_2", parent=self)
        self.filter = IconButton("list-filter", self.tr("Show one label only"))
        self.filter.clicked.connect(self._open_filter)
        self.bin = IconButton("trash-2", self.tr("Delete selected regions"), key=shown_key("Del"))
        self.bin.clicked.connect(self.delete_selected)
        self._empty = Text(self.tr("No regions yet"), role="text_2", wrap=True, parent=self)
        self._label_title = Text(self.tr("Labels"), "label", parent=self)
        self._line = Divider()
        self._hands = RegionHands()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._share_height)
        self.fields = RegionFields(self)
        self.fields.typed.connect(self._typed)
        self._below = Divider()
        self._arrange()
        self.set_editor(QueueConfig(), (), lambda region: ())

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the regions selected, in the order of the value."""
        return self._chosen

    def set_editor(
        self,
        config: QueueConfig,
        columns: Sequence[RegionColumn],
        describe: Describe,
        hands: RegionHands | None = None,
    ) -> None:
        """The queue's label set, the editor's columns and what fills them, and what it lets change."""
        self._config = config
        self._hands = hands or RegionHands()
        self.fields.set_fields(self._hands.fields)
        self.model.set_editor(config, columns, describe, self._hands)
        self.labels.show_labels(config)
        self.table.delegate.set_labels(config)
        self.table.set_label_keys(config)
        self.table.fit_columns(columns)
        self._share_height()
        self._refresh()

    def show_value(self, value: Value, predictions: Sequence[Prediction] = ()) -> None:
        """Show these regions without a signal; what is selected and still there stays selected."""
        self._value = value
        self._following = True
        try:
            self.model.set_value(value, predictions)
        finally:
            self._following = False
        number = self.model.number_of
        self._chosen = tuple(one for one in self._chosen if number(one) is not None)
        self._refresh()

    def restate(self) -> None:
        """What is so of the regions for this person became another: draw the rows anew."""
        self.model.restate()

    def show_label(self, label_id: str | None) -> None:
        """Show which label the next region gets; None for none."""
        self.labels.show_in_hand(label_id)

    def select_regions(self, region_ids: Sequence[str]) -> None:
        """Select these rows without a signal and show the first."""
        number = self.model.number_of
        self._chosen = tuple(one for one in region_ids if number(one) is not None)
        self._restore_selection()
        self._refresh()
        self._reveal_first()

    def _reveal_first(self) -> None:
        places = [self.model.place_of(one) for one in self._chosen]
        first = next((place for place in places if place is not None), None)
        if first is not None:
            self.table.scrollTo(self.model.index(first, 0))

    def set_read_only(self, read_only: bool) -> None:
        """Only show the regions, or let them be changed again."""
        self._read_only = read_only
        triggers = QAbstractItemView.EditTrigger
        keys = triggers.EditKeyPressed | triggers.DoubleClicked
        self.table.setEditTriggers(triggers.NoEditTriggers if read_only else keys)
        self._refresh()

    def set_label(self, label_id: str) -> None:
        """Give the selected regions this label, as one step; regions nobody knows are left alone."""
        label = self._config.label(label_id)
        wanted = set(self._chosen)
        if label is None or self._read_only:
            return
        regions = tuple(
            msgspec.structs.replace(region, label=label_id)
            if region.id in wanted
            and not isinstance(region, Opaque)
            and region.label != label_id
            and (not label.types or region.type_name() in label.types)
            else region
            for region in self._value.regions
        )
        if any(new is not old for new, old in zip(regions, self._value.regions, strict=True)):
            words = self.tr("Label “{label}”").format(label=label.title)
            self._give(Value(regions, self._value.answers), words)

    def delete_selected(self) -> None:
        """Take the selected regions away, with the relations that end at them, as one step."""
        kept = {region.id for region in self._value.regions if isinstance(region, Opaque)}
        gone = set(self._chosen) - kept
        if not gone or self._read_only:
            return
        first = min(place for one in gone if (place := self.model.place_of(one)) is not None)
        words = self.tr("Delete region") if len(gone) == 1 else self.tr("Delete regions")
        self._chosen = tuple(one for one in self._chosen if one in kept)
        self._give(self._value.without(gone), words)
        row = min(first, self.model.rowCount() - 1)
        if row >= 0:
            self.table.selectionModel().setCurrentIndex(
                self.model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.selected.emit(self._chosen)

    # ------------------------------------------------------------------------------------- inside

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, _ABOVE, _SIDE - _GAP, _GAP // 2)
        head.setSpacing(_GAP)
        head.addWidget(self._title)
        head.addWidget(self._note)
        head.addStretch(1)
        head.addWidget(self.filter)
        head.addWidget(self.bin)
        above = QVBoxLayout()
        above.setContentsMargins(_SIDE, _ABOVE, _SIDE, _GAP // 2)
        above.addWidget(self._label_title)
        listed = QVBoxLayout()
        listed.setContentsMargins(_GAP, 0, _GAP, _GAP)
        listed.addWidget(self.labels)
        rows = QVBoxLayout()
        rows.setContentsMargins(_GAP, 0, _GAP, 0)
        rows.addWidget(self.table, 1)
        empty = QVBoxLayout()
        empty.setContentsMargins(_SIDE, 0, _SIDE, 0)
        empty.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addLayout(listed)
        column.addWidget(self._line)
        column.addLayout(head)
        column.addLayout(empty)
        column.addLayout(rows, 1)
        column.addWidget(self._below)
        column.addWidget(self.fields)
        # Without rows the table is hidden, and what is left of the height goes below the words.
        column.addStretch(0)

    def _give(self, value: Value, label: str) -> None:
        self.show_value(value, self.model.predictions)
        self.changed.emit(value, label)

    def _refresh(self) -> None:
        count, chosen = len(self._value.regions), len(self._chosen)
        written = QLocale().toString(count)
        self._title.setText(self.tr("Regions: {count}").format(count=written))
        self._note.set_text(self.tr("{count} selected").format(count=chosen) if chosen else "")
        shown = self.model.rowCount() > 0
        self._empty.setVisible(not shown)
        self.table.setVisible(shown)
        self._empty.setText(
            self.tr("No regions yet")
            if self.model.only is None
            else self.tr("None with this label")
        )
        free = any(not isinstance(self.model.region(one), Opaque) for one in self._chosen)
        self.bin.setEnabled(free and not self._read_only)
        self.filter.setEnabled(count > 0 or self.model.only is not None)
        self.filter.set_icon("filter" if self.model.only is not None else "list-filter")
        self.labels.show_counts(self.model.counts)
        self._show_fields()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()  # Qt is laying out: what is asked for now would be forgotten

    def _share_height(self) -> None:
        """Where the height is short, labels give way to the table: they are a key away."""
        row = self.table.theme.height("row_compact")
        room = self.height() - 4 * row
        if not self.fields.isHidden():
            room -= self.fields.sizeHint().height()
        self.labels.set_room(max(0, room - _LEAST_ROWS * row))
        shown = bool(self._config.labels) and (room >= _LEAST_BOTH * row or self.height() < row)
        for widget in (self._label_title, self.labels, self._line):
            widget.setVisible(shown)
        # Figures and questions take their room from the rows; the chosen one stays in sight.
        QTimer.singleShot(0, self, self._reveal_first)

    def _show_fields(self) -> None:
        """The figures of the one region that is selected, where the editor has any."""
        region = self.model.region(self._chosen[0]) if len(self._chosen) == 1 else None
        shown = bool(self._hands.fields) and region is not None and not isinstance(region, Opaque)
        if shown and region is not None:
            texts = self._hands.texts(region)
            shown = any(texts)
            number = (self.model.number_of(region.id) or 0) + 1
            label = self._config.label(region.label) if region.label is not None else None
            name = label.title if label is not None else (region.label or self.tr("No label"))
            title = self.tr("{label} {number}").format(label=name, number=number)
            locked = "locked" in self._hands.marks(region)
            self.fields.show_region(title, texts, self._read_only or locked)
        if self.fields.isHidden() == shown:
            self.fields.setVisible(shown)
            self._below.setVisible(shown)
            self._share_height()

    def _typed(self, key: str, text: str) -> None:
        region = self.model.region(self._chosen[0]) if len(self._chosen) == 1 else None
        number = self.model.number_of(region.id) if region is not None else None
        if region is None or number is None or self._read_only:
            return
        edited = self._hands.edit(region, key, text)
        if isinstance(edited, str):
            self.fields.set_error(key, edited)
            return
        if edited is region:
            self.fields.figures[key].put_back()
            self.fields.set_error("", "")
            return
        regions = (*self._value.regions[:number], edited, *self._value.regions[number + 1 :])
        words = self.tr("Change {field}").format(field=self.fields.figures[key].field.name)
        # What was typed is the figure from now on, as the editor writes it.
        self.fields.figures[key].put_back()
        self._give(Value(regions, self._value.answers), words)

    def _selection_moved(self) -> None:
        if self._following:
            return
        rows = self.table.selectionModel().selectedRows()
        at = sorted(index.row() for index in rows)
        shown = [self.model.rows[row] for row in at]
        self._chosen = tuple(row.region.id for row in shown if not row.author)
        self._refresh()
        self.selected.emit(self._chosen)

    def _restore_selection(self) -> None:
        """Select in the table what is chosen: rows that follow one another as one range."""
        places = sorted(
            place for one in self._chosen if (place := self.model.place_of(one)) is not None
        )
        selection = QItemSelection()
        start = 0
        for at in range(1, len(places) + 1):
            if at == len(places) or places[at] != places[at - 1] + 1:
                top, bottom = (
                    self.model.index(places[start], 0),
                    self.model.index(places[at - 1], 0),
                )
                selection.select(top, bottom)
                start = at
        flags = QItemSelectionModel.SelectionFlag
        self._following = True
        try:
            chooser = self.table.selectionModel()
            chooser.select(selection, flags.ClearAndSelect | flags.Rows)
            if places:
                chooser.setCurrentIndex(self.model.index(places[0], 0), flags.NoUpdate)
        finally:
            self._following = False

    def _label_by_key(self, key: str) -> None:
        for label in self._config.labels:
            if label.key.upper() == key and not label.retired:
                self._pick(label.id)

    def _pick(self, label_id: str) -> None:
        if self._chosen:
            self.set_label(label_id)
        elif not self._read_only:
            self.label_picked.emit(label_id)

    def _open_filter(self) -> None:
        self.filter_menu().popup(self.filter.mapToGlobal(QPoint(0, self.filter.height())))

    def filter_menu(self) -> QMenu:
        """The menu that narrows the rows to one label."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        counts = self.model.counts
        entries: list[tuple[str | None, str]] = [(None, self.tr("All labels"))]
        entries += [(one.id, one.title) for one in self._config.labels if counts[one.id]]
        if counts[""]:
            entries.append(("", self.tr("No label")))
        for label, title in entries:
            action = QAction(title, menu)
            action.setCheckable(True)
            action.setChecked(self.model.only == label)
            action.setData(label)
            action.triggered.connect(self._filter)
            menu.addAction(action)
        return menu

    def _filter(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.model.set_only(action.data())
            self._refresh()
