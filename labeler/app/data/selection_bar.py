"""The bar over the table while tasks are selected: how many, and what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.words import number
from labeler.kit import Button, Divider, Text, Themed
from labeler.kit.controls.toast import SHADOW_MARGIN
from labeler.kit.paint import draw_panel, draw_shadow, painter_for

__all__ = ["SelectionBar"]

_PAD = 8
_BOTTOM = 16


class SelectionBar(Themed, QWidget):
    """Lies at the bottom of its host, in the middle; shown only while something is selected."""

    all_wanted = Signal()
    copy_wanted = Signal()
    cleared = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.init_theme()
        self._count = Text("", "ui_strong")
        self._all = Button("", "quiet", compact=True)
        self.copy = Button(self.tr("Copy keys"), "quiet", icon="copy", compact=True)
        self.clear = Button(self.tr("Clear"), "quiet", key="Esc", compact=True)
        self.hand_out = Button(self.tr("Hand out…"), "quiet", compact=True)
        self._all.clicked.connect(self.all_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.clear.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        edge = SHADOW_MARGIN + _PAD
        row.setContentsMargins(edge + _PAD, edge, edge, edge)
        row.setSpacing(_PAD)
        row.addWidget(self._count)
        row.addWidget(self._all)
        row.addWidget(Divider(upright=True))
        row.addWidget(self.hand_out)
        row.addWidget(self.copy)
        row.addWidget(Divider(upright=True))
        row.addWidget(self.clear)
        host.installEventFilter(self)
        self.setAccessibleName(self.tr("Selected tasks"))
        self.hide()

    def set_selected(self, selected: int, total: int) -> None:
        """Say how many of how many are selected; none hides the bar."""
        if not selected:
            self.hide()
            return
        self._count.setText(self.tr("{count} selected").format(count=number(selected)))
        self._all.setText(self.tr("All {count}").format(count=number(total)))
        self._all.setVisible(selected < total)
        self.show()
        self.place()

    def place(self) -> None:
        """Lie where it belongs."""
        host = self._host
        self.adjustSize()
        x = (host.width() - self.width()) // 2
        self.move(x, host.height() - self.height() + SHADOW_MARGIN - _BOTTOM)
        self.raise_()

    def theme_changed(self) -> None:
        super().theme_changed()
        if self.isVisible():
            self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        t = self.theme.tokens
        edge = SHADOW_MARGIN
        frame = self.rect().adjusted(edge, edge, -edge, -edge)
        painter = painter_for(self)
        draw_shadow(painter, self.theme, frame, t.sizes.radius_panel)
        draw_panel(painter, frame, t.raised, t.border_strong, t.sizes.radius_panel)
        painter.end()
