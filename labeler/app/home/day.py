"""My day: what the person did today, for their own eyes; nobody else ever sees it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.settings import Day
from labeler.app.words import duration, number, stopwatch, today
from labeler.kit import Plain, Text

__all__ = ["MyDay"]


class _Figure(Plain):
    """One figure behind a line: what, how much, and what follows from it."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", edges="start", parent=parent)
        self._what = what
        self.value = Text("", "heading")
        self.rest = Text("", role="text_2")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(2)
        column.addWidget(Text(what, role="text_2"))
        column.addWidget(self.value)
        column.addWidget(self.rest)

    def show_figure(self, value: str, rest: str = "") -> None:
        """Show a figure."""
        self.value.setText(value)
        self.rest.setText(rest)
        self.setAccessibleName(", ".join(one for one in (self._what, value, rest) if one))


class MyDay(QWidget):
    """Active time and tasks of today; not shown on a day without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.active = _Figure(self.tr("Active"))
        self.tasks = _Figure(self.tr("Tasks"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(self.tr("My day"), "heading"))
        head.addWidget(Text(self.tr("Only you see this"), role="text_2"))
        head.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.active, 1)
        row.addWidget(self.tasks, 1)
        row.addStretch(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(row)
        self.hide()

    def show_day(self, day: Day) -> None:
        """Show what was done, if that was today."""
        is_today = day.date == today() and (day.tasks > 0 or day.active_ms > 0)
        self.setVisible(is_today)
        self.active.show_figure(duration(day.active_ms))
        mean = ""
        if day.tasks:
            words = self.tr("{time} each")
            mean = words.format(time=stopwatch(day.active_ms // day.tasks))
        self.tasks.show_figure(number(day.tasks), mean)
