"""Ways to begin: a place to drop files, a new project, the sample, the templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from labeler.app.dialogs.drop_zone import DropZone
from labeler.app.i18n import template_description, template_title
from labeler.app.words import number
from labeler.kit import Button, Plain, Text
from labeler.kit.controls.pressable import Pressable
from labeler.kit.paint import draw_icon, draw_panel, draw_text, painter_for, placed

if TYPE_CHECKING:
    from labeler.exchange.templates import Template

__all__ = ["BeginColumn", "TemplateRow"]

_PAD = 24
_TILE = 32
_EDGE, _GAP = 6, 12
_TEXT_LEFT = _EDGE + _TILE + _GAP


class TemplateRow(Pressable):
    """One template: icon, title, what it is for, in as many lines as that takes."""

    def __init__(self, template: Template, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.template = template
        self.setText(template_title(template))
        self.setAccessibleName(template_title(template))
        self.setAccessibleDescription(template_description(template))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - _TEXT_LEFT - _EDGE), 10_000)
        metrics = QFontMetrics(self.theme.font("ui"))
        wrapped = int(Qt.TextFlag.TextWordWrap)
        text = metrics.boundingRect(room, wrapped, template_description(self.template)).height()
        lines = round(text / metrics.height())
        height = self.theme.line("ui_strong") + lines * self.theme.line() + 2 * _EDGE
        return max(height, _TILE + 2 * _EDGE)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _TILE + 2 * _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, box = self.theme, self.theme.tokens, self.rect()
        painter = painter_for(self)
        fill = t.pressed if self.isDown() else self.hovered(t.bg, t.hover)
        draw_panel(painter, box, fill, None, t.sizes.radius_control)
        tile = QRect(_EDGE, _EDGE, _TILE, _TILE)
        at = placed(painter, box, tile)
        rim = t.border if t.is_high_contrast else None
        draw_panel(painter, at, t.sunken, rim, t.sizes.radius_control)
        draw_icon(painter, theme, at, self.template.icon or "file", "text_2")
        line = theme.line("ui_strong")
        room = box.width() - _TEXT_LEFT - _EDGE
        place = placed(painter, box, QRect(_TEXT_LEFT, _EDGE, room, line))
        draw_text(painter, theme, place, self.text(), t.text, "ui_strong")
        below = QRect(_TEXT_LEFT, _EDGE + line, room, box.height() - 2 * _EDGE - line)
        place = placed(painter, box, below)
        draw_text(painter, theme, place, template_description(self.template), t.text_2, wrap=True)
        painter.end()


class BeginColumn(Plain):
    """The column at the end of Home."""

    template_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="start", parent=parent)
        self.drop = DropZone(self.tr("Drop a folder or a file"), "")
        self.new = Button(self.tr("New project…"))
        self.sample = Button(self.tr("Try the sample"))
        self._count = Text("", role="text_2")
        self._templates = QVBoxLayout()
        self._templates.setSpacing(2)
        self.rows: list[TemplateRow] = []
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        for button in (self.new, self.sample):
            # They share whatever there is; below one another where that is too little.
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._buttons.addWidget(button, 1)
        head = QHBoxLayout()
        head.addWidget(Text(self.tr("Templates"), "heading"))
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, 28, _PAD, _PAD)
        column.setSpacing(_GAP)
        column.addWidget(Text(self.tr("Begin"), "heading"))
        column.addWidget(self.drop)
        column.addLayout(self._buttons)
        column.addSpacing(12)
        column.addLayout(head)
        column.addLayout(self._templates)
        column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widths = self.new.sizeHint().width(), self.sample.sizeHint().width()
        fits = sum(widths) + 8 <= self.width() - 2 * _PAD
        ways = QBoxLayout.Direction
        self._buttons.setDirection(ways.LeftToRight if fits else ways.TopToBottom)
        for place, width in enumerate(widths):
            self._buttons.setStretch(place, width if fits else 0)

    def show_templates(self, templates: Sequence[Template]) -> None:
        """Offer these templates."""
        for row in self.rows:
            self._templates.removeWidget(row)
            row.deleteLater()
        self.rows = [TemplateRow(template) for template in templates]
        for row in self.rows:
            row.clicked.connect(self._chosen)
            self._templates.addWidget(row)
        self._count.setText(number(len(self.rows)))

    def _chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, TemplateRow):
            self.template_chosen.emit(sender.template.name)
