"""The order of Tab in widgets that are made at different times: as they lie in their layouts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

__all__ = ["chain", "stops"]


def stops(widget: QWidget) -> Iterator[QWidget]:
    """The widgets below this one that Tab stops at, in the order of the layouts."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        entry = layout.itemAt(number)
        if entry is None:
            continue
        inner, below = entry.widget(), entry.layout()
        if inner is not None:
            yield from stops(inner)
        elif below is not None:
            yield from _in_layout(below)


def chain(before: QWidget, widgets: Sequence[QWidget]) -> None:
    """Let Tab go from ``before`` through these, one after the other."""
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget
