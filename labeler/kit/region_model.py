"""The rows of the table of regions: own ones, locked ones nobody here knows, and a model's.

A value's regions are compared by identity, so that a gesture on one of ten thousand costs a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import count
from operator import attrgetter
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from labeler.api import Label, Opaque, QueueConfig, Region, Value, changed_range
from labeler.kit.controls.rows import RowRole
from labeler.kit.editor import Prediction, RegionColumn
from labeler.kit.plain import plain_tip
from labeler.kit.region_rows import (
    Describe,
    PlainRows,
    RegionHands,
    Row,
    by_id,
    guessed_rows,
    swatch_of,
)

__all__ = ["Describe", "RegionModel", "Row", "swatch_of"]

Index = QModelIndex | QPersistentModelIndex
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RegionModel(QAbstractTableModel):
    """First number, swatch and label, then the editor's columns. Sorts itself; filters by label."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._config = QueueConfig()
        self._labels: dict[str, Label] = {}
        self._columns: tuple[RegionColumn, ...] = ()
        self._describe: Describe = _nothing
        self._value = Value()
        self._predictions: tuple[Prediction, ...] = ()
        self._guesses: list[Row] = []
        self._guessed: dict[str, list[Row]] = {}
        self._rows: Sequence[Row] = ()
        self._hands = RegionHands()
        self._cells: dict[int, tuple[Region, tuple[str, ...]]] = {}
        self._numbers: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        self._only: str | None = None
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    # ------------------------------------------------------------------------------ what is shown

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as shown."""
        return self._rows

    @property
    def counts(self) -> Counter[str]:
        """How many of the value's regions have each label, by label id ("" for none)."""
        return self._counts

    @property
    def only(self) -> str | None:
        """The label the rows are narrowed to ("" for none), or None for all."""
        return self._only

    @property
    def predictions(self) -> tuple[Prediction, ...]:
        """The models' values shown below the person's own."""
        return self._predictions

    def set_editor(
        self,
        config: QueueConfig,
        columns: Sequence[RegionColumn],
        describe: Describe,
        hands: RegionHands,
    ) -> None:
        """Another queue or editor: its label set, its columns and what fills them."""
        self.beginResetModel()
        self._config, self._hands = config, hands
        self._labels = {label.id: label for label in config.labels}
        self._columns, self._describe = tuple(columns), describe
        self._only = self._sorted = None
        self._cells.clear()
        self._fill()
        self.endResetModel()

    def set_value(self, value: Value, predictions: Sequence[Prediction] = ()) -> None:
        """Show another value; rows of regions that are the identical objects stay untouched.

        What was taken over keeps its id and is no longer listed as proposed.
        """
        others = self._predictions != tuple(predictions)
        if others:
            self._predictions = tuple(predictions)
            self._guessed = by_id(guessed_rows(self._predictions))
        old, self._value = self._value, value
        start, old_end, end = changed_range(old.regions, value.regions)
        self._count(old.regions[start:old_end], value.regions[start:end])
        self._number(start, old_end, end, old.regions)
        guesses = self._guesses
        touched = (*old.regions[start:old_end], *value.regions[start:end])
        if others or (self._guessed and any(one.id in self._guessed for one in touched)):
            still = (rows for key, rows in self._guessed.items() if key not in self._numbers)
            guesses = [row for rows in still for row in rows]
        if self._only is None and self._sorted is None:
            self._patch(guesses, start, old_end, end)
        else:
            self._guesses = guesses
            self._rearrange()

    def restate(self) -> None:
        """What is so of the regions for this person became another: draw the rows anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def region(self, region_id: str) -> Region | None:
        """One of the value's regions, shown or not."""
        number = self._numbers.get(region_id)
        return None if number is None else self._value.regions[number]

    def number_of(self, region_id: str) -> int | None:
        """Where one of the value's regions stands in it, from 0."""
        return self._numbers.get(region_id)

    def set_only(self, label: str | None) -> None:
        """Narrow the rows to one label ("" for regions without), or show all with None."""
        self._only = label
        self._rearrange()

    def place_of(self, region_id: str) -> int | None:
        """The row of one of the value's regions, or None where it is not shown."""
        if self._only is None and self._sorted is None:
            return self._numbers.get(region_id)
        return self._places.get(region_id)

    # ------------------------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self._columns[section - 1] if 0 < section <= len(self._columns) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title if column is not None else self.tr("Label")
        if role == Qt.ItemDataRole.TextAlignmentRole and column is not None and column.numeric:
            return int(_END)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and not self._rows[index.row()].locked:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return self.spoken(row)
        if index.column() > 0:
            return self._cell(row, index.column() - 1, role)
        return self._label_cell(row, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = None if column < 0 else (column, order)
        self._rearrange()

    def spoken(self, row: Row) -> str:
        """The row in words: number, label, and what it is where it is not the person's own."""
        words = [str(row.number)] if row.number else []
        words.append(self._name(row.region))
        if isinstance(row.region, Opaque):
            words.append(self._kept(row.region))
        if row.author:
            words.append(self.tr("predicted by {model}").format(model=row.author))
        marks = self._marks(row)
        if "locked" in marks:
            words.append(self.tr("locked"))
        if "hidden" in marks:
            words.append(self.tr("hidden"))
        return ", ".join([*words, *self._described(row.region)])

    # ------------------------------------------------------------------------------------- inside

    def _label_cell(self, row: Row, role: int) -> Any:
        label = self._labels.get(row.region.label or "")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._name(row.region)
            case RowRole.LEADING:
                return str(row.number) if row.number else None
            case RowRole.SWATCH:
                return None if label is None else swatch_of(self._config, label)
            case RowRole.LOCKED:
                return isinstance(row.region, Opaque) or "locked" in self._marks(row)
            case RowRole.HIDDEN:
                return "hidden" in self._marks(row)
            case RowRole.SECONDARY:
                return self._kept(row.region) if isinstance(row.region, Opaque) else None
            case RowRole.ITALIC:
                return row.region.label is None
            case RowRole.BADGE if row.author:
                score = row.region.score if row.region.score is not None else row.score
                told = row.author if score is None else QLocale().toString(score, "f", 2)
                return (told, "prediction", "sparkles")
            case Qt.ItemDataRole.ToolTipRole if row.author:
                return plain_tip(self.tr("Predicted by {model}").format(model=row.author))
            case Qt.ItemDataRole.ToolTipRole if isinstance(row.region, Opaque):
                words = self.tr("No plugin here knows “{type}”; it is kept as it is")
                return plain_tip(words.format(type=row.region.kind))
            case Qt.ItemDataRole.EditRole:
                return row.region.label or ""
        return None

    def _cell(self, row: Row, number: int, role: int) -> Any:
        column = self._columns[number]
        if role == Qt.ItemDataRole.DisplayRole:
            cells = self._described(row.region)
            return cells[number] if number < len(cells) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and column.numeric:
            return int(_END)
        if role == RowRole.MONO:
            return column.numeric
        return None

    def _marks(self, row: Row) -> tuple[str, ...]:
        return () if isinstance(row.region, Opaque) else self._hands.marks(row.region)

    def _described(self, region: Region) -> tuple[str, ...]:
        if isinstance(region, Opaque):
            return ()
        held = self._cells.get(id(region))
        if held is None or held[0] is not region:
            held = self._cells[id(region)] = (region, self._describe(region))
        return held[1]

    def _name(self, region: Region) -> str:
        if region.label is None:
            return region.kind if isinstance(region, Opaque) else self.tr("No label")
        label = self._labels.get(region.label)
        return region.label if label is None else label.title

    def _kept(self, region: Opaque) -> str:
        if region.label is None:
            return self.tr("kept as it is")
        return self.tr("{type}, kept as it is").format(type=region.kind)

    def _arranged(self) -> Sequence[Row]:
        """All rows that are to be shown, in their order."""
        plain = PlainRows(self._value.regions, self._guesses)
        if self._only is None and self._sorted is None:
            return plain
        rows = list(plain)
        if self._only is not None:
            rows = [row for row in rows if (row.region.label or "") == self._only]
        if self._sorted is not None:
            column, order = self._sorted
            # Unlike Qt's own, this keeps equal rows in the value's order both ways.
            down = order == Qt.SortOrder.DescendingOrder
            rows.sort(key=lambda row: self._sort_key(row, column), reverse=down)
        return rows

    def _sort_key(self, row: Row, column: int) -> tuple[float, str]:
        if column == 0:
            return 0.0, self._name(row.region).casefold()
        cells = self._described(row.region)
        text = cells[column - 1] if column <= len(cells) else ""
        if self._columns[column - 1].numeric:
            try:
                return float(text), ""
            except ValueError:
                return float("-inf"), text
        return 0.0, text.casefold()

    def _fill(self) -> None:
        self._rows = self._arranged()
        self._places = {}
        if self._only is not None or self._sorted is not None:
            self._places = {
                one.region.id: at for at, one in enumerate(self._rows) if not one.author
            }
        self._forget_cells()

    def _count(self, gone: Sequence[Region], come: Sequence[Region]) -> None:
        self._counts.subtract(region.label or "" for region in gone)
        self._counts.update(region.label or "" for region in come)

    def _number(self, start: int, old_end: int, end: int, old: Sequence[Region]) -> None:
        """Number the regions anew from the first that has another number."""
        regions, ident = self._value.regions, attrgetter("id")
        for region in old[start:old_end]:
            self._numbers.pop(region.id, None)
        last = end if len(old) == len(regions) else len(regions)
        self._numbers.update(zip(map(ident, regions[start:last]), count(start), strict=False))

    def _forget_cells(self) -> None:
        if len(self._cells) > 2 * len(self._rows) + 100:
            alive = {id(row.region) for row in self._rows}
            self._cells = {key: held for key, held in self._cells.items() if key in alive}

    def _rearrange(self) -> None:
        self.beginResetModel()
        self._fill()
        self.endResetModel()

    def _patch(self, guesses: list[Row], start: int, old_end: int, end: int) -> None:
        """Go from the rows shown to these with as few signals as the change needs."""
        if len(guesses) != len(self._guesses):
            # Models came or went: rare, and nothing is kept of what they proposed.
            self._guesses = guesses
            self._rearrange()
            return
        same_models = guesses is self._guesses
        removed, added = old_end - start, end - start
        common = min(removed, added)
        if removed > added:
            self.beginRemoveRows(QModelIndex(), start + common, start + removed - 1)
        elif added > removed:
            self.beginInsertRows(QModelIndex(), start + common, start + added - 1)
        self._guesses = guesses
        self._fill()
        if removed > added:
            self.endRemoveRows()
        elif added > removed:
            self.endInsertRows()
        # Rows below an insertion have new numbers.
        moved = removed != added or not same_models
        last = len(self._rows) - 1 if moved else start + common - 1
        if last >= start:
            self.dataChanged.emit(self.index(start, 0), self.index(last, self.columnCount() - 1))


def _nothing(_region: Region) -> tuple[str, ...]:
    return ()
