"""The measure of dialogs whose content changes: as high as what is in them, never beyond the screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtWidgets import QLayout, QWidget

from labeler.kit import Dialog

__all__ = ["fit_height", "room_for", "walk"]

_EDGE = 32
_LEAST = 480


def room_for(dialog: Dialog) -> int:
    """How high a dialog may be: within the screen, and within its window where that is not tiny."""
    room = dialog.screen().availableGeometry().height() - _EDGE
    parent = dialog.parentWidget()
    if parent is None:
        return room
    return min(room, max(_LEAST, parent.window().height() - _EDGE // 2))


def fit_height(dialog: Dialog) -> None:
    """Give a dialog the height its content needs at its width, and keep it in the middle."""
    layout = dialog.layout()
    if layout is None:
        return
    # Qt would hold the dialog to a height measured at the narrowest width of wrapped text.
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    dialog.setMinimumHeight(0)
    layout.invalidate()
    layout.activate()
    wanted = layout.totalHeightForWidth(dialog.width())
    if wanted < 0:
        wanted = layout.totalSizeHint().height()
    height = min(room_for(dialog), wanted)
    if height == dialog.height():
        return
    middle = dialog.geometry().center()
    dialog.resize(dialog.width(), height)
    if dialog.isVisible():
        dialog.move(middle - dialog.rect().center())


def walk(stops: Sequence[QWidget]) -> None:
    """Let Tab go from stop to stop in this order. All of them must be in one window by now."""
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)
