"""A column of text in the middle of a wide page: lines that go on and on are hard to read."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

__all__ = ["across", "in_the_middle"]

_MOST_OF_IT = 100


def across(inner: QWidget, widest: int) -> QHBoxLayout:
    """A row with a widget in its middle, as wide as there is room up to ``widest`` pixels."""
    inner.setMaximumWidth(widest)
    inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(inner, _MOST_OF_IT)
    row.addStretch(1)
    return row


def in_the_middle(page: QWidget, inner: QWidget, widest: int) -> None:
    """Lay a widget into the middle of an empty page, both ways."""
    column = QVBoxLayout(page)
    column.addStretch(1)
    column.addLayout(across(inner, widest))
    column.addStretch(1)
