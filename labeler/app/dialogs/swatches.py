"""Choosing a label's colour: the eight of Okabe and Ito, told apart by name and pattern too, or any."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from labeler.kit import Button, Field, Themed, Tokens
from labeler.kit.controls.pressable import Pressable
from labeler.kit.paint import draw_label_line, draw_panel, painter_for, placed

__all__ = ["Swatches", "colour_name", "offered_colours"]

_WIDTH, _HEIGHT = 40, 28
_LINE = 26
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_OFFERED = 8


def offered_colours(tokens: Tokens) -> tuple[str, ...]:
    """The label colours of the house in their order, as ``#RRGGBB``."""
    places = range(1, _OFFERED + 1)
    return tuple(tokens.label_colour(place).media.name().upper() for place in places)


def colour_name(place: int) -> str:
    """What the colour at this place (from 1 to 8) is called."""
    tr = QCoreApplication.translate
    return (
        tr("Colours", "Orange"),
        tr("Colours", "Sky blue"),
        tr("Colours", "Bluish green"),
        tr("Colours", "Yellow"),
        tr("Colours", "Blue"),
        tr("Colours", "Vermillion"),
        tr("Colours", "Reddish purple"),
        tr("Colours", "Black"),
    )[place - 1]


class _Swatch(Pressable):
    """One colour with the pattern that goes with it."""

    def __init__(self, colour: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, box = self.theme.tokens, self.rect()
        painter = painter_for(self)
        chosen = self.isChecked()
        fill = t.accent_soft if chosen else self.hovered(t.surface, t.hover)
        rim = t.accent if chosen else t.border_strong
        draw_panel(painter, box, fill, rim, t.sizes.radius_control, width=2 if chosen else 1)
        line = QRect((box.width() - _LINE) // 2, 0, _LINE, box.height())
        draw_label_line(painter, placed(painter, box, line), t.label_colour(self.colour))
        painter.end()


class Swatches(Themed, QWidget):
    """``changed`` carries the chosen colour as ``#RRGGBB``; arrow keys walk the eight."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.init_theme()
        self._dialog: QColorDialog | None = None
        self._colour = ""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.swatches: list[_Swatch] = []
        for place, colour in enumerate(offered_colours(self.theme.tokens), start=1):
            swatch = _Swatch(colour, colour_name(place))
            swatch.clicked.connect(self._clicked)
            self.swatches.append(swatch)
            line.addWidget(swatch)
        line.addStretch(1)
        self.hex = Field(mono=True, name=self.tr("Colour as #RRGGBB"))
        self.hex.setMaximumWidth(110)
        self.hex.edit.textEdited.connect(self._typed)
        self._other = Button(self.tr("Other…"), "quiet", compact=True)
        self._other.clicked.connect(self._choose)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.hex)
        below.addWidget(self._other, 0, Qt.AlignmentFlag.AlignTop)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(row)
        column.addLayout(below)
        self.setAccessibleName(self.tr("Colour"))

    @property
    def colour(self) -> str:
        """The chosen colour, empty for none."""
        return self._colour

    def set_colour(self, colour: str) -> None:
        """Show a colour as chosen; nothing is told."""
        self._colour = colour.upper()
        for swatch in self.swatches:
            swatch.setChecked(swatch.colour == self._colour)
        self.hex.set_text(self._colour)
        self.hex.set_error("")

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab reaches, in order."""
        return (*self.swatches, self.hex.edit, self._other)

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Swatch):
            self._take(sender.colour)

    def _take(self, colour: str) -> None:
        self.set_colour(colour)
        self.changed.emit(self._colour)

    def _typed(self, text: str) -> None:
        wanted = text if text.startswith("#") else f"#{text}"
        if not _HEX.fullmatch(wanted):
            self.hex.set_error(self.tr("Like #0072B2"))
            return
        self.hex.set_error("")
        self._colour = wanted.upper()
        for swatch in self.swatches:
            swatch.setChecked(swatch.colour == self._colour)
        self.changed.emit(self._colour)

    def _choose(self) -> None:
        dialog = QColorDialog(QColor(self._colour or "#000000"), self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._colour_selected)
        self._dialog = dialog
        dialog.open()

    def _colour_selected(self, colour: QColor) -> None:
        self._take(colour.name())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step and isinstance(focused, _Swatch):
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                step = -step
            place = (self.swatches.index(focused) + step) % len(self.swatches)
            self.swatches[place].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)
