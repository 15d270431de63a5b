"""What a person reads in a window, for tests in the pseudo-locale: what is bare, and what is cut."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from labeler.kit.controls.tabs import TabBar
from labeler.kit.controls.text import ElidedText

__all__ = ["bare_words", "cut_words", "spoken"]


_BESIDE = 42
"""Pixels that a drop-down needs beside its text."""
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))


def _of_rows(model: QAbstractItemModel) -> Iterator[str]:
    # A list's own model has no columns to be asked for: the call is private in Qt.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(model.rowCount(), 60)):
        for column in range(columns):
            index: QModelIndex = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                text = index.data(role)
                if isinstance(text, str):
                    yield text
    for column in range(columns):
        head = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(head, str):
            yield head


def spoken(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text a person sees or hears in a window, with the class of what says it."""
    for widget in [root, *root.findChildren(QWidget)]:
        name = type(widget).__name__
        if isinstance(widget, QLabel | QAbstractButton):
            yield name, widget.text()
        elif isinstance(widget, ElidedText):
            yield name, widget.text
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield name, widget.placeholderText()
        elif isinstance(widget, TabBar):
            yield from ((name, widget.tabText(tab)) for tab in range(widget.count()))
        elif isinstance(widget, QComboBox):
            yield from ((name, widget.itemText(row)) for row in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((name, text) for text in _of_rows(widget.model()))
        elif isinstance(widget, QMenu):
            yield from ((name, one.text()) for one in widget.actions() if isinstance(one, QAction))
        yield name, widget.accessibleName()
        yield name, widget.accessibleDescription()
        yield name, widget.toolTip()
    yield "window", root.windowTitle()


def bare_words(root: QWidget, data: set[str]) -> set[tuple[str, str]]:
    """The texts that never went through translation; ``data`` are texts that are nobody's words."""
    return {
        (name, text)
        for name, text in spoken(root)
        if any(sign.isalpha() for sign in text)
        and "[" not in text
        and text.translate(_ISOLATES) not in data
    }


def cut_words(root: QWidget) -> set[tuple[str, str]]:
    """The visible texts that do not fit where they stand, and what sticks out of its window."""
    QApplication.sendPostedEvents()
    found = set()
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.width() == 0:
            continue
        name = type(widget).__name__
        if isinstance(widget, QAbstractButton) and widget.text():
            if widget.width() < widget.minimumSizeHint().width():
                found.add((name, widget.text()))
        elif isinstance(widget, QLabel) and widget.text():
            if _is_cut(widget):
                found.add((name, widget.text()))
        elif isinstance(widget, QComboBox):
            metrics = QFontMetrics(widget.font())
            if metrics.horizontalAdvance(widget.currentText()) > widget.width() - _BESIDE:
                if widget.toolTip() != widget.currentText():
                    found.add((name, widget.currentText()))
    return found


def _is_cut(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    metrics = QFontMetrics(label.font())
    return metrics.horizontalAdvance(label.text()) > room.width() + 1
