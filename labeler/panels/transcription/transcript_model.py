"""The transcript as a table model: number, start, length, speaker, text, state of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from labeler.kit import plain_tip
from labeler.kit.timeline import clock_text
from labeler.panels.transcription.entries import Entry
from labeler.panels.transcription.overlaps import Overlap

__all__ = ["LONGEST_SHOWN", "Column", "EntryRole", "TranscriptModel"]

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LONGEST_SHOWN = 99_990_000
"""Microseconds of the longest segment that room is kept for; what is longer is rare."""
tr = QCoreApplication.translate


class Column(IntEnum):
    """The columns in reading order."""

    NUMBER = 0
    START = 1
    LENGTH = 2
    SPEAKER = 3
    TEXT = 4
    STATE = 5
    PLAY = 6


class EntryRole(IntEnum):
    """What the delegate asks beside Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 0x300
    COLOUR = Qt.ItemDataRole.UserRole + 0x301


class TranscriptModel(QAbstractTableModel):
    """Rows of entries; a row whose entry alone changed keeps its place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._rows: dict[str, int] = {}
        self._names: Mapping[str, str] = {}
        self._colours: Mapping[str, int] = {}
        self.labels: Mapping[str, str] = {}
        """What labels are called, by id."""
        self.one_model = False
        """Whether all that is proposed comes from one model, which the bar above names."""
        self._titles = {
            Column.NUMBER: tr("Transcription", "Number"),
            Column.START: tr("Transcription", "Start"),
            Column.LENGTH: tr("Transcription", "Length"),
            Column.SPEAKER: tr("Transcription", "Speaker"),
            Column.TEXT: tr("Transcription", "Text"),
            Column.STATE: tr("Transcription", "State"),
            Column.PLAY: tr("Transcription", "Play"),
        }

    def set_entries(
        self, entries: Sequence[Entry], names: Mapping[str, str], colours: Mapping[str, int]
    ) -> None:
        """Show these rows; ``names`` and ``colours`` are how speakers are called and drawn."""
        same_look = names == self._names and colours == self._colours
        self._names, self._colours = dict(names), dict(colours)
        old, new = self._entries, list(entries)
        models = {one.proposal.author for one in new if one.proposal is not None}
        self.one_model = len(models) == 1
        same_rows = len(old) == len(new) and all(
            one.id == other.id for one, other in zip(old, new, strict=True)
        )
        if not same_rows:
            self.beginResetModel()
            self._entries = new
            self._rows = {entry.id: row for row, entry in enumerate(new)}
            self.endResetModel()
            return
        self._entries = new
        changed = [
            row
            for row, (one, other) in enumerate(zip(old, new, strict=True))
            if one is not other and one != other
        ]
        if not same_look and new:
            changed = [0, len(new) - 1]
        if changed:
            first, last = self.index(changed[0], 0), self.index(changed[-1], len(Column) - 1)
            self.dataChanged.emit(first, last)

    def replace(self, entry: Entry) -> None:
        """Show a row's entry changed, its times being the same."""
        row = self._rows.get(entry.id)
        if row is not None:
            self._entries[row] = entry
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    @property
    def entries(self) -> Sequence[Entry]:
        """All rows."""
        return self._entries

    def entry(self, row: int) -> Entry | None:
        """The entry of a row, or None."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, ident: str) -> int:
        """The row of an entry, −1 for an unknown one."""
        return self._rows.get(ident, -1)

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == EntryRole.ENTRY:
            return entry
        if role == EntryRole.COLOUR:
            return self._colours.get(entry.speaker)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return self._words(entry, Column(index.column()), index.row(), spoken=spoken)
        if role == Qt.ItemDataRole.ToolTipRole:
            if index.column() == Column.TEXT:
                return plain_tip(entry.text) or None
            if index.column() == Column.STATE and entry.overlap is not None:
                return plain_tip(self._overlap_words(entry, entry.overlap))
        return None

    def state_of(self, entry: Entry) -> str:
        """What is written of a row's state."""
        return state_words(entry, self.labels, named=not self.one_model)

    def _words(self, entry: Entry, column: Column, row: int, *, spoken: bool) -> str:
        match column:
            case Column.NUMBER:
                return QLocale().toString(row + 1)
            case Column.START:
                return clock_text(entry.start)
            case Column.LENGTH:
                return point_words() if entry.is_point else length_words(entry.end - entry.start)
            case Column.SPEAKER:
                return self._names.get(entry.speaker, entry.speaker)
            case Column.TEXT:
                return entry.text
            case Column.STATE:
                if spoken and entry.overlap is not None:
                    return self._overlap_words(entry, entry.overlap)
                return state_words(entry, self.labels) if spoken else self.state_of(entry)
            case Column.PLAY:
                return tr("Transcription", "Play this")

    def _overlap_words(self, entry: Entry, overlap: Overlap) -> str:
        if entry.speaker:
            words = tr("Transcription", "{speaker} speaks twice at once, for {length}: see {time}")
        else:
            words = tr("Transcription", "Two without a speaker overlap for {length}: see {time}")
        return words.format(
            speaker=self._names.get(entry.speaker, entry.speaker),
            length=length_words(overlap.length),
            time=clock_text(overlap.since),
        )


def length_words(length: int) -> str:
    """How long a segment of so many microseconds is."""
    seconds = QLocale().toString(length / 1_000_000, "f", 2)
    return tr("Transcription", "{seconds} s").format(seconds=seconds)


def point_words() -> str:
    """What stands there for a moment, which has no length."""
    return tr("Transcription", "point")


def state_words(entry: Entry, labels: Mapping[str, str], *, named: bool = True) -> str:
    """What is to be said of a row: whose it is, what to look at, else its label.

    The model is not ``named`` where another place says which it is and there is a score to show.
    """
    if entry.proposal is not None:
        score = entry.proposal.score
        if score is None:
            return entry.proposal.author
        told = QLocale().toString(score, "f", 2)
        return f"{entry.proposal.author} {told}" if named else told
    if entry.overlap is not None:
        return tr("Transcription", "Overlap")
    if entry.state == "accepted":
        return tr("Transcription", "Accepted")
    if entry.state == "edited":
        return tr("Transcription", "Edited")
    label = entry.region.label
    return labels.get(label, label) if label else ""
