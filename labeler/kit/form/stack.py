"""Rows of a control one below the other, a line after each, and the button for one more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.kit.controls.button import Button
from labeler.kit.controls.text import Divider

__all__ = ["Stack"]

_GAP = 8
Row = TypeVar("Row", bound=QWidget)


class Stack(Generic[Row]):
    """What fills a control whose answer has as many rows as the person wants."""

    def __init__(self, control: QWidget, add: Button) -> None:
        self.rows: list[Row] = []
        self._lines: list[Divider] = []
        self._add = add
        self._column = QVBoxLayout()
        self._column.setSpacing(_GAP)
        foot = QHBoxLayout()
        foot.addWidget(add)
        foot.addStretch(1)
        whole = QVBoxLayout(control)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(_GAP)
        whole.addLayout(self._column)
        whole.addLayout(foot)

    def fit(self, count: int, make: Callable[[int], Row]) -> bool:
        """Have so many rows; ``make`` gets the number of a new one. Whether there were others."""
        changed = len(self.rows) != count
        while len(self.rows) > count:
            gone: tuple[QWidget, QWidget] = (self.rows.pop(), self._lines.pop())
            for widget in gone:
                self._column.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        while len(self.rows) < count:
            row, line = make(len(self.rows)), Divider()
            self._column.addWidget(row)
            self._column.addWidget(line)
            self.rows.append(row)
            self._lines.append(line)
        return changed

    def set_read_only(self, read_only: bool) -> None:
        """Offer another row, or end with the last one."""
        self._add.setVisible(not read_only)
        for line in self._lines:
            line.setVisible(not (read_only and line is self._lines[-1]))
