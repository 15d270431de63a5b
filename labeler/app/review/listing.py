"""The list of conflicts: read page by page as it is scrolled, decided ones at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from labeler.app.context import AppContext, Told
from labeler.app.review.titles import icon_of, title_of
from labeler.app.review.words import Words
from labeler.plugins import Plugins
from labeler.store import Project
from labeler.work.conflict_case import Read, cut, names_of, read_conflict

__all__ = ["Brief", "ConflictModel", "ConflictRole", "brief_of"]

PAGE = 20
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Brief:
    """A conflict as its row says it: what differs, at which task, between whom."""

    entity: str
    title: str
    key: str
    people: str
    icon: str


class ConflictRole(IntEnum):
    """What the model answers beside the text: the Brief, and whether it was decided."""

    BRIEF = Qt.ItemDataRole.UserRole
    DECIDED = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class _Page:
    briefs: tuple[Brief, ...]
    last: int
    total: int


def brief_of(read: Read, plugins: Plugins) -> Brief:
    """The row of a conflict; it cuts the conflict, and is not for the UI thread."""
    panel = read.queue.panel if read.queue is not None else ""
    case = cut(read, plugins.codec(panel) if panel else None)
    words = Words(case)
    found = plugins.panel(panel) if panel else None
    icon = icon_of(case, found.manifest.icon if found is not None else "")
    people = ", ".join(dict.fromkeys(names_of(read.conflict.versions)))
    return Brief(case.entity, title_of(case, words), words.key, people, icon)


class ConflictModel(QAbstractListModel):
    """Open conflicts, then those decided since the project was opened.

    ``counted`` fires when how many are open or decided became another, ``read`` after a page.
    """

    counted = Signal()
    read = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._open: list[Brief] = []
        self._decided: list[Brief] = []
        self._total = 0
        self._last: int | None = None
        """Behind which the next page begins; None where everything was read."""
        self._ticket = 0
        self._reading = self._moves = False
        self.complete = False
        """Whether the first page was read."""

    # what there is

    @property
    def open_count(self) -> int:
        """How many conflicts are open, those not read yet included."""
        return self._total

    @property
    def decided_count(self) -> int:
        """How many were decided since the project was opened."""
        return len(self._decided)

    @property
    def is_reading(self) -> bool:
        """Whether a page is on its way."""
        return self._reading

    def row_of(self, entity: str) -> int:
        """The row of a conflict, or −1."""
        for row, brief in enumerate((*self._open, *self._decided)):
            if brief.entity == entity:
                return row
        return -1

    def entity_at(self, row: int) -> str:
        """What is in conflict in a row, "" beyond the last."""
        every = len(self._open)
        if 0 <= row < every:
            return self._open[row].entity
        return self._decided[row - every].entity if 0 <= row - every < len(self._decided) else ""

    def is_decided(self, entity: str) -> bool:
        """Whether it was decided since the project was opened."""
        return any(one.entity == entity for one in self._decided)

    def next_open(self, entity: str) -> str:
        """The open conflict behind this one, else the first; "" where there is none."""
        rows = [one.entity for one in self._open]
        if not rows:
            return ""
        at = rows.index(entity) + 1 if entity in rows else 0
        return rows[at] if at < len(rows) else rows[0]

    # reading

    def forget(self) -> None:
        """Another project: nothing is known."""
        self.beginResetModel()
        self._open, self._decided, self._total, self._last = [], [], 0, None
        self._ticket += 1
        self._reading = self.complete = False
        self.endResetModel()
        self.counted.emit()

    def refresh(self) -> None:
        """Read the first pages anew, as many rows as were read before."""
        if self._context.session is None:
            return
        self._ticket += 1
        self._read(0, max(PAGE, len(self._open)), fresh=True)

    def canFetchMore(self, parent: Index) -> bool:
        return self._last is not None and not self._reading and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self._last is not None and not self._reading:
            self._read(self._last, PAGE, fresh=False)

    def _read(self, after: int, limit: int, *, fresh: bool) -> None:
        session = self._context.session
        if session is None:
            return
        ticket, plugins = self._ticket, self._context.plugins
        self._reading = True

        def work(_told: Told) -> _Page:
            briefs: list[Brief] = []
            last, total = after, 0
            while len(briefs) < limit:
                # Short turns in the lane: whoever works at a task waits for none of this.
                page, last, total = session.lane.post(_reader(last), urgent=False).result()
                briefs += [brief_of(one, plugins) for one in page]
                if not last:
                    break
            return _Page(tuple(briefs), last, total)

        def done(page: _Page) -> None:
            if ticket == self._ticket:
                self._take(page, fresh=fresh)

        self._context.background(work, done, self._failed, receiver=self)

    def _take(self, page: _Page, *, fresh: bool) -> None:
        self._reading = False
        self.complete = True
        known = {one.entity for one in page.briefs}
        if fresh:
            self.beginResetModel()
            self._open = list(page.briefs)
            self._decided = [one for one in self._decided if one.entity not in known]
            self.endResetModel()
        elif page.briefs:
            have = {one.entity for one in self._open}
            new = [one for one in page.briefs if one.entity not in have]
            first = len(self._open)
            if new:
                self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
                self._open += new
                self.endInsertRows()
        self._last = page.last or None
        self._total = page.total
        self.counted.emit()
        self.read.emit()

    def _failed(self, error: BaseException) -> None:
        self._reading = False
        self._context.fail(error)

    # deciding

    def decide(self, entity: str) -> None:
        """A conflict was decided: it goes to the end."""
        row = next((n for n, one in enumerate(self._open) if one.entity == entity), -1)
        if row < 0:
            return
        brief = self._open[row]
        self._move(row, self.rowCount())
        del self._open[row]
        self._decided.append(brief)
        self._moved(self.rowCount() - 1)
        self._total = max(len(self._open), self._total - 1)
        self.counted.emit()

    def reopen(self, entity: str) -> None:
        """A decision was taken back: the conflict is open again, as the first."""
        row = next((n for n, one in enumerate(self._decided) if one.entity == entity), -1)
        if row < 0:
            return
        brief = self._decided[row]
        self._move(len(self._open) + row, 0)
        del self._decided[row]
        self._open.insert(0, brief)
        self._moved(0)
        self._total += 1
        self.counted.emit()

    def _move(self, row: int, to: int) -> None:
        none = QModelIndex()
        self._moves = to not in (row, row + 1)  # a row that stays where it is cannot be moved
        if self._moves:
            self.beginMoveRows(none, row, row, none, to)

    def _moved(self, row: int) -> None:
        if self._moves:
            self.endMoveRows()
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    # what a view asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._open) + len(self._decided)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, every = index.row(), len(self._open)
        if not 0 <= row < every + len(self._decided):
            return None
        decided = row >= every
        brief = self._decided[row - every] if decided else self._open[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return brief.title
        if role == ConflictRole.BRIEF:
            return brief
        if role == ConflictRole.DECIDED:
            return decided
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [brief.title, brief.key, brief.people]
            return ", ".join([*words, self.tr("Decided")] if decided else words)
        return None


def _reader(after: int) -> Callable[[Project], tuple[Sequence[Read], int, int]]:
    """Reads a few conflicts behind ``after``; in the lane."""

    def read(project: Project) -> tuple[Sequence[Read], int, int]:
        page = project.conflict_page(after, 5)
        reads = [read_conflict(project, one, whole=False) for one in page.conflicts]
        return reads, page.last, project.query.counts()["conflicts"]

    return read
