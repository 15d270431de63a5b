"""A control of a form with its words above it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.kit import Text

__all__ = ["labelled"]


def labelled(label: str, control: QWidget) -> QWidget:
    """A control below its label, which leads to it."""
    both = QWidget()
    box = QVBoxLayout(both)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(4)
    words = Text(label, role="text_2")
    words.setBuddy(control)
    box.addWidget(words)
    box.addWidget(control)
    return both
