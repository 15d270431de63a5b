"""The first rows of a source as they would come in: read by the format itself, nothing stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from labeler.api.formats import LabelsIn, ReadOptions, TaskIn
from labeler.api.manifest import FormatEntry
from labeler.app.data.summaries import Summaries
from labeler.app.i18n import problem_text
from labeler.app.words import number
from labeler.exchange.native import NATIVE
from labeler.kit import RowRole, Table
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig
from labeler.plugins import Plugins

__all__ = ["Preview", "PreviewRow", "PreviewTable", "read_preview"]

_MOST = 20
_SHOWN = 5
_KEY_WIDTH, _VALUES_WIDTH = 150, 90
_NATIVE_BYTES = 1 << 20
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row: its key (empty: made from the content), its line, how many values, or a problem."""

    key: str
    text: str
    values: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows, or why there are none."""

    rows: tuple[PreviewRow, ...]
    refused: Problem | None = None


def read_preview(
    plugins: Plugins,
    entry: FormatEntry,
    source: Path,
    config: QueueConfig,
    settings: Mapping[str, Any],
) -> Preview:
    """Read the first rows of a source; for a worker thread."""
    rows: list[PreviewRow] = []
    try:
        if entry.id == NATIVE:
            return Preview(tuple(_native_rows(source, Summaries(plugins))))
        summaries = Summaries(plugins)
        reader = plugins.reader(entry)
        options = ReadOptions(config, settings=settings)
        shown = (one for one in reader.read(source, options) if not isinstance(one, LabelsIn))
        for one in islice(shown, _MOST):
            rows.append(_row(one, entry.panel, summaries))
    except Refusal as refusal:
        return Preview(tuple(rows), refusal.problem)
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Problem("file_unreadable", str(source), {"reason": reason})
        return Preview(tuple(rows), problem)
    return Preview(tuple(rows))


def _row(one: TaskIn | Problem, panel: str, summaries: Summaries) -> PreviewRow:
    if isinstance(one, Problem):
        return PreviewRow("", "", 0, one)
    raw = msgspec.json.encode(one.content) if one.content is not None else b""
    return PreviewRow(one.key or "", summaries.line(panel, raw), len(one.annotations))


class _Task(msgspec.Struct, frozen=True):
    key: str = ""
    queue: str = ""
    content: msgspec.Raw = msgspec.Raw(b"null")
    annotations: tuple[msgspec.Raw, ...] = ()


class _Line(msgspec.Struct, frozen=True):
    task: _Task | None = None


_line = msgspec.json.Decoder(_Line)


def _native_rows(source: Path, summaries: Summaries) -> list[PreviewRow]:
    files = [source] if source.is_file() else sorted(source.rglob("*.jsonl"))
    rows: list[PreviewRow] = []
    for path in files[:1]:
        with path.open("rb") as file:
            for raw in islice(file.readlines(_NATIVE_BYTES), _MOST * 2):
                try:
                    task = _line.decode(raw).task
                except msgspec.DecodeError:
                    problem = Problem("json_syntax", path.name, {"reason": "no line of native"})
                    rows.append(PreviewRow("", "", 0, problem))
                    break
                if task is not None:
                    content = bytes(task.content)
                    text = summaries.line("", b"" if content == b"null" else content)
                    rows.append(PreviewRow(task.key, text, len(task.annotations)))
    return rows[:_MOST]


class _Model(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[PreviewRow, ...] = ()

    def show(self, rows: Sequence[PreviewRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 2:
            return Qt.AlignmentFlag.AlignRight
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Key"), self.tr("Text"), self.tr("Values"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, column)
        if role == RowRole.MONO:
            return column == 0
        if role == RowRole.INK:
            return "danger" if row.problem is not None and column == 1 else None
        if role == RowRole.ICON:
            return "circle-x" if row.problem is not None and column == 1 else None
        if role == RowRole.ICON_ROLE:
            return "danger"
        return None

    def _words(self, row: PreviewRow, column: int) -> str:
        if row.problem is not None:
            return (row.problem.where, problem_text(row.problem), "")[column]
        if column == 0:
            return row.key
        if column == 1:
            return row.text or self.tr("Without content: values for a task of this key")
        return number(row.values) if row.values else ""


class PreviewTable(Table):
    """The first rows, five at a time."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._model = _Model(self)
        self.setModel(self._model)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, _KEY_WIDTH)
        self.setColumnWidth(2, _VALUES_WIDTH)
        self.theme_changed()

    def theme_changed(self) -> None:
        super().theme_changed()
        self.setFixedHeight((_SHOWN + 1) * self.theme.height("row") + 2)

    @property
    def rows(self) -> tuple[PreviewRow, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: Sequence[PreviewRow]) -> None:
        """Show these."""
        self._model.show(rows)
