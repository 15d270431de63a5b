"""The figures of one region as fields below the table: place and size of a box, times of a segment."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from labeler.kit.controls.field import mark_error
from labeler.kit.controls.text import ElidedText, Text
from labeler.kit.editor import RegionField
from labeler.kit.paint import draw_text, text_width
from labeler.kit.theme import Themed

__all__ = ["RegionFields"]

_SIDE, _GAP, _PAD = 16, 8, 10
_COLUMNS = 2
_TEN = 10


class _Figure(Themed, QLineEdit):
    """A line with its title inside at the start and the figure at its end."""

    settled = Signal(str)

    def __init__(self, field: RegionField, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._shown = ""
        self.setAccessibleName(field.name)
        self.setToolTip(field.name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        # Figures are written from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._settle)
        self.init_theme()
        self.theme_changed()

    def show_text(self, text: str) -> None:
        """Show a figure as it is; what is being typed is left alone."""
        if self._shown == text and self.text() == text:
            return
        typing = self.hasFocus() and self.text() != self._shown
        self._shown = text
        if not typing:
            self.setText(text)
            mark_error(self, False)

    def put_back(self) -> None:
        """Show again what is so, in place of what was typed."""
        self.setText(self._shown)
        mark_error(self, False)

    def theme_changed(self) -> None:
        self.setFont(self.theme.font("mono"))
        self.setTextMargins(text_width(self.theme, self.field.title) + _PAD, 0, 0, 0)
        self.setFixedHeight(self.theme.height("control"))
        super().theme_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        at = QRect(_PAD, 0, text_width(self.theme, self.field.title) + 1, self.height())
        tokens = self.theme.tokens
        ink = tokens.text_2 if self.isEnabled() else tokens.text_disabled
        draw_text(painter, self.theme, at, self.field.title, ink)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        by = steps.get(Qt.Key(event.key()))
        if by is not None and self.field.step and not self.isReadOnly():
            tenfold = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._step_by(by * self.field.step * (_TEN if tenfold else 1))
            return
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.put_back()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def _step_by(self, by: float) -> None:
        value, ok = QLocale.c().toDouble(self.text().replace(",", "."))
        if ok:
            self.setText(f"{round(value + by, 3):g}")
            self._settle()

    def _settle(self) -> None:
        if not self.isReadOnly() and self.text().strip() != self._shown:
            self.settled.emit(self.text().strip())


class RegionFields(Themed, QWidget):
    """One region's figures in two columns, with its name above them.

    ``typed`` carries the key of a field and what was typed, at Enter, an arrow key or when the field
    is left.
    """

    typed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: dict[str, _Figure] = {}
        # The number at its end tells it from others of its label.
        middle = Qt.TextElideMode.ElideMiddle
        self._title = ElidedText("", "label", elide=middle, parent=self)
        self._error = Text("", role="danger", wrap=True, parent=self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(_GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _SIDE - _GAP // 2, _SIDE, _SIDE - _GAP // 2)
        column.setSpacing(_GAP)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addWidget(self._error)
        self._error.hide()
        self.init_theme()

    @property
    def figures(self) -> dict[str, _Figure]:
        """The lines by the key of their field."""
        return self._figures

    def set_fields(self, fields: Sequence[RegionField]) -> None:
        """Offer these fields."""
        if [one.field for one in self._figures.values()] == list(fields):
            return
        for figure in self._figures.values():
            self._grid.removeWidget(figure)
            figure.hide()
            figure.deleteLater()
        self._figures = {}
        for number, field in enumerate(fields):
            figure = _Figure(field, self)
            figure.settled.connect(self._settled)
            self._figures[field.key] = figure
            self._grid.addWidget(figure, number // _COLUMNS, number % _COLUMNS)

    def show_region(self, title: str, texts: Sequence[str], read_only: bool) -> None:
        """Show a region's figures; an empty one is none of this region's."""
        self._title.set_text(title)
        for figure, text in zip(self._figures.values(), texts, strict=False):
            figure.setVisible(bool(text))
            figure.show_text(text)
            figure.setReadOnly(read_only)
        self.set_error("", "")

    def set_error(self, key: str, message: str) -> None:
        """Say what is wrong with what was typed into a field, or that nothing is."""
        for name, figure in self._figures.items():
            wrong = bool(message) and name == key
            mark_error(figure, wrong)
            figure.setAccessibleDescription(message if wrong else "")
        self._error.setText(message)
        self._error.setVisible(bool(message))

    def _settled(self, text: str) -> None:
        sender = self.sender()
        if isinstance(sender, _Figure):
            self.typed.emit(sender.field.key, text)
