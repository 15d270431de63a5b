"""The rows of the table of regions: own ones, locked ones nobody here knows, and a model's.

A value's regions are compared by identity, so that a gesture on one of ten thousand costs a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from labeler.api import Label, Opaque, QueueConfig, Region, Value
from labeler.kit.controls.rows import RowRole
from labeler.kit.editor import Prediction, RegionColumn

__all__ = ["Describe", "RegionModel", "Row", "swatch_of"]

Index = QModelIndex | QPersistentModelIndex
Describe = Callable[[Region], tuple[str, ...]]
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Row:
    """One region in the table; ``number`` counts the value's regions from 1, 0 for a model's.

    ``author`` and ``score`` are those of the prediction it comes from.
    """

    region: Region
    number: int
    author: str = ""
    score: float | None = None

    @property
    def locked(self) -> bool:
        """Whether it can only be looked at."""
        return bool(self.author) or isinstance(self.region, Opaque)


def swatch_of(config: QueueConfig, label: Label) -> str | int:
    """A label's colour as the tokens take it: its own, else its place in the set."""
    return label.colour or config.labels.index(label) + 1


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
        self._rows: list[Row] = []
        self._cells: dict[int, tuple[Region, tuple[str, ...]]] = {}
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
        self, config: QueueConfig, columns: Sequence[RegionColumn], describe: Describe
    ) -> None:
        """Another queue or editor: its label set, its columns and what fills them."""
        self.beginResetModel()
        self._config = config
        self._labels = {label.id: label for label in config.labels}
        self._columns, self._describe = tuple(columns), describe
        self._only = self._sorted = None
        self._cells.clear()
        self._fill()
        self.endResetModel()

    def set_value(self, value: Value, predictions: Sequence[Prediction] = ()) -> None:
        """Show another value; rows of regions that are the identical objects stay untouched."""
        plain = self._only is None and self._sorted is None
        same_models = self._predictions == tuple(predictions)
        self._value, self._predictions = value, tuple(predictions)
        self._counts = Counter(region.label or "" for region in value.regions)
        if plain:
            self._patch(self._arranged(), same_models)
        else:
            self._rearrange()

    def set_only(self, label: str | None) -> None:
        """Narrow the rows to one label ("" for regions without), or show all with None."""
        self._only = label
        self._rearrange()

    def place_of(self, region_id: str) -> int | None:
        """The row of one of the value's regions, or None where it is not shown."""
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
                return isinstance(row.region, Opaque)
            case RowRole.SECONDARY:
                return self._kept(row.region) if isinstance(row.region, Opaque) else None
            case RowRole.ITALIC:
                return row.region.label is None
            case RowRole.BADGE if row.author:
                score = row.region.score if row.region.score is not None else row.score
                return (row.author if score is None else f"{score:.2f}", "prediction", "sparkles")
            case Qt.ItemDataRole.ToolTipRole if row.author:
                return self.tr("Predicted by {model}").format(model=row.author)
            case Qt.ItemDataRole.ToolTipRole if isinstance(row.region, Opaque):
                return self.tr("No plugin here knows “{type}”; it is kept as it is").format(
                    type=row.region.kind
                )
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

    def _arranged(self) -> list[Row]:
        """All rows that are to be shown, in their order."""
        rows = [Row(region, number) for number, region in enumerate(self._value.regions, 1)]
        for told in self._predictions:
            rows += [Row(one, 0, told.author, told.score) for one in told.value.regions]
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
        self._find_places()

    def _find_places(self) -> None:
        self._places = {row.region.id: at for at, row in enumerate(self._rows) if not row.author}
        if len(self._cells) > 2 * len(self._rows) + 100:
            alive = {id(row.region) for row in self._rows}
            self._cells = {key: held for key, held in self._cells.items() if key in alive}

    def _rearrange(self) -> None:
        self.beginResetModel()
        self._fill()
        self.endResetModel()

    def _patch(self, rows: list[Row], same_models: bool) -> None:
        """Go from the rows shown to these with as few signals as the change needs."""
        old = self._rows
        start, least = 0, min(len(old), len(rows))
        while start < least and old[start].region is rows[start].region:
            start += 1
        end = 0
        while end < least - start and old[-1 - end].region is rows[-1 - end].region:
            end += 1
        removed, added = len(old) - start - end, len(rows) - start - end
        common = min(removed, added)
        last_column = self.columnCount() - 1
        if removed > added:
            self.beginRemoveRows(QModelIndex(), start + common, start + removed - 1)
        elif added > removed:
            self.beginInsertRows(QModelIndex(), start + common, start + added - 1)
        self._rows = rows
        self._find_places()
        if removed > added:
            self.endRemoveRows()
        elif added > removed:
            self.endInsertRows()
        first = start
        # Rows below an insertion have new numbers.
        last = len(rows) - 1 if removed != added or not same_models else start + common - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, last_column))


def _nothing(_region: Region) -> tuple[str, ...]:
    return ()
