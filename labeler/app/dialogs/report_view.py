"""What came of an import or export: the sentence, the problems with their places, the whole report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from labeler.app.i18n import problem_text
from labeler.app.words import number
from labeler.kit import Badge, Callout, CodeBlock, RowRole, Table, Text
from labeler.kit.paint import text_width
from labeler.kit.plain import plain_tip
from labeler.model.problems import Problem

__all__ = ["ProblemTable", "ReportView", "excerpt", "report_text"]

_ROWS = 6
_PLACE_MOST = 240
_LINE_MOST = 160
_FARTHEST_LINE = 2_000_000
_PLACE = re.compile(r"^(?P<file>.*?):(?P<line>[0-9]+)(?::|$)")
Index = QModelIndex | QPersistentModelIndex


def excerpt(where: str, sources: Sequence[Path]) -> str:
    """The line a place names with its neighbours, numbered; empty where that cannot be read."""
    found = _PLACE.match(where)
    if found is None:
        return ""
    line = int(found["line"])
    path = _named(found["file"], sources)
    if path is None or line > _FARTHEST_LINE:
        return ""
    first = max(1, line - 1)
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            lines = list(islice(file, first - 1, line + 1))
    except OSError:
        return ""
    width = len(str(line + 1))
    shown = (text.rstrip("\r\n")[:_LINE_MOST] for text in lines)
    return "\n".join(f"{at:>{width}}  {text}" for at, text in enumerate(shown, start=first))


def _named(name: str, sources: Sequence[Path]) -> Path | None:
    """The file among the sources, or in a folder of theirs, that a place calls by this name."""
    for source in sources:
        for path in (source, source / name, source.parent / name):
            if path.is_file() and (path.name == Path(name).name):
                return path
    return None


def report_text(title: str, lines: Sequence[str], problems: Sequence[Problem]) -> str:
    """The report as plain text, one problem a line."""
    told = [
        f"{one.where}: {problem_text(one)}" if one.where else problem_text(one) for one in problems
    ]
    return "\n".join([title, *lines, *([""] if told else []), *told])


class _Model(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.problems: tuple[Problem, ...] = ()

    def show(self, problems: Sequence[Problem]) -> None:
        self.beginResetModel()
        self.problems = tuple(problems)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.problems)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.tr("Where") if section == 0 else self.tr("What")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        problem = self.problems[index.row()]
        words = problem.where if index.column() == 0 else problem_text(problem)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(words)
        if role == RowRole.MONO:
            return index.column() == 0
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{problem.where}: {problem_text(problem)}"
        return None


class ProblemTable(Table):
    """Places and what is wrong there; as high as its rows, up to six."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._model = _Model(self)
        self.setModel(self._model)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is shown."""
        return self._model.problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these."""
        self._model.show(problems)
        if problems:
            widest = max(text_width(self.theme, one.where, "mono") for one in problems[:200])
            self.setColumnWidth(0, min(_PLACE_MOST, widest + 20))
        rows = min(_ROWS, len(problems))
        self.setFixedHeight((rows + 1) * self.theme.height("row") + 2)


class ReportView(QWidget):
    """A callout, an excerpt where there is one, counts as badges, the table of problems."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.callout = Callout("")
        self.code = CodeBlock("", name=self.tr("Where it stopped"), most=5)
        self._title = Text("", "label")
        self._lost = Badge("", "warn", "triangle-alert")
        self._noted = Badge("", "neutral", "info")
        self.table = ProblemTable(self.tr("Problems"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._noted)
        head.addWidget(self._lost)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.callout)
        column.addWidget(self.code)
        column.addLayout(head)
        column.addWidget(self.table)

    def show_problems(
        self, title: str, problems: Sequence[Problem], lost: int, noted: int, code: str = ""
    ) -> None:
        """Show the problems: how many cost a row, how many only tell of something."""
        self._title.setText(title)
        self._title.setVisible(bool(problems))
        self._lost.set_badge(self.tr("{count} left out").format(count=number(lost)), "warn", "x")
        self._lost.setVisible(bool(lost))
        self._noted.set_badge(
            self.tr("{count} to know").format(count=number(noted)), "neutral", "info"
        )
        self._noted.setVisible(bool(noted))
        self.code.set_text(code)
        self.code.setVisible(bool(code))
        self.table.setVisible(bool(problems))
        self.table.show_problems(problems)
