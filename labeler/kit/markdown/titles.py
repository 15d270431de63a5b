"""What stands above a section: who speaks, with a line over it from the second section on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from labeler.kit.markdown.document import TitleBlock
from labeler.kit.markdown.looks import Looks
from labeler.kit.text.laid import LaidBlock, Measures
from labeler.kit.text.marks import Mark
from labeler.kit.theme import Theme

__all__ = ["LaidTitle"]

_ABOVE, _LINE, _BELOW = 14, 10, 4


class LaidTitle(LaidBlock):
    """A title that is no part of the text: nothing in it can be selected."""

    def __init__(self, block: TitleBlock, width: float, measures: Measures, looks: Looks) -> None:
        self._looks = looks
        self._follows = block.start > 0
        super().__init__(block, width, measures)

    def place(self, marks: Sequence[Mark], lanes: Mapping[str, int], show_tags: bool) -> None:
        top = _ABOVE + _LINE if self._follows else 0
        self.height = self.stack(self.lines, top, (), {}, show_tags) + _BELOW

    def draw_under(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(self._looks.tokens.text_2)
        if self._follows:
            painter.fillRect(QRectF(0, _ABOVE, self._width, 1), self._looks.tokens.border)
