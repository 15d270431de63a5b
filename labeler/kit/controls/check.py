"""Check boxes and radio buttons in the theme's own drawing; the text wraps nowhere, it elides."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from labeler.kit.paint import draw_check, draw_text, painter_for, placed, text_width
from labeler.kit.theme import Theme, Themed

__all__ = ["CheckBox", "RadioButton"]

_GAP = 8


def _size(theme: Theme, text: str) -> QSize:
    side = theme.icon_px()
    height = max(theme.tokens.sizes.hit_min, theme.line() + 6)
    return QSize(side + (_GAP + text_width(theme, text) if text else 0) + 1, height)


def _paint(button: QAbstractButton, theme: Theme, state: Qt.CheckState, round_: bool) -> None:
    painter = painter_for(button)
    bounds = button.rect()
    side = theme.icon_px()
    box = QRect(0, (bounds.height() - side) // 2, side, side)
    on = button.isEnabled()
    draw_check(painter, theme, placed(painter, bounds, box), state, round_, on)
    ink = theme.tokens.text if on else theme.tokens.text_disabled
    left = side + _GAP
    place = QRect(left, 0, max(0, bounds.width() - left), bounds.height())
    draw_text(painter, theme, placed(painter, bounds, place), button.text(), ink)
    painter.end()


class _Ticked(Themed):
    """What both share: room for the mark and the text, and the whole of it can be hit."""

    def sizeHint(self) -> QSize:
        assert isinstance(self, QAbstractButton)
        return _size(self.theme, self.text())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 4 * self.theme.line()), hint.height())

    def hitButton(self, position: object) -> bool:
        return True


class CheckBox(_Ticked, QCheckBox):
    """On, off, or partly where ``setTristate`` allows it."""

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.init_theme()
        self.setAccessibleName(name or text)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, self.theme, self.checkState(), False)


class RadioButton(_Ticked, QRadioButton):
    """One of several that share a parent or a QButtonGroup."""

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.init_theme()
        self.setAccessibleName(name or text)

    def paintEvent(self, event: QPaintEvent) -> None:
        state = Qt.CheckState.Checked if self.isChecked() else Qt.CheckState.Unchecked
        _paint(self, self.theme, state, True)
