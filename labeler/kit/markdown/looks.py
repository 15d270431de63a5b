"""How the letters of Markdown look in the theme in force: fonts, line heights, formats of runs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout

from labeler.kit.markdown.highlight import CodeRole
from labeler.kit.markdown.shown import Run, Style
from labeler.kit.text.laid import Measures
from labeler.kit.text.offsets import Offsets
from labeler.kit.theme import Theme

__all__ = ["FormatRange", "Looks", "spaced"]

FormatRange = QTextLayout.FormatRange

_TAG_ROOM = 10
_HEADINGS = {1: "title", 2: "title", 3: "heading"}
_GAP = "i"
"""The letter that keeps a formula's place in a line, spaced out to its width and not painted."""


class Looks:
    """Fonts, measures and formats of one theme at one text size; made anew when those change."""

    def __init__(self, theme: Theme, widest_tag: int = 240) -> None:
        self.theme = theme
        self.tokens = theme.tokens
        self._widest_tag = round(widest_tag * theme.text_scale)
        self._measures: dict[str, Measures] = {}
        self._formats: dict[tuple[str, Style], QTextCharFormat] = {}
        self._roles: dict[CodeRole, QTextCharFormat] = {}

    def style_of_heading(self, level: int) -> str:
        """The type style of a heading's level, 1 to 6."""
        return _HEADINGS.get(level, "heading")

    def measures(self, style: str) -> Measures:
        """What lays out letters of a type style."""
        found = self._measures.get(style)
        if found is None:
            theme, line = self.theme, self.theme.line(style)
            tag = theme.line("ui_strong")
            found = self._measures[style] = Measures(
                font=theme.font(style),
                tag_font=theme.font("ui_strong"),
                line=line,
                tagged=line + tag + _TAG_ROOM,
                tag_line=tag,
                widest_tag=self._widest_tag,
            )
        return found

    @property
    def formula_size(self) -> int:
        """How high the letters of a formula in a paragraph are, in pixels."""
        return self.theme.font("reading").pixelSize()

    def format(self, style: str, look: Style) -> QTextCharFormat:
        """The format of letters of a look within text of a type style."""
        found = self._formats.get((style, look))
        if found is None:
            found = self._formats[style, look] = self._make(style, look)
        return found

    def _make(self, style: str, look: Style) -> QTextCharFormat:
        t = self.tokens
        made = QTextCharFormat()
        fixed = bool(look & (Style.CODE | Style.BROKEN))
        font = QFont(self.theme.font("code" if fixed else style))
        if look & Style.STRONG:
            font.setWeight(QFont.Weight.DemiBold)
        if look & Style.EMPHASIS:
            font.setItalic(True)
        if look & Style.STRUCK:
            font.setStrikeOut(True)
        made.setFont(font)
        if look & Style.CODE:
            made.setBackground(t.sunken)
        if look & Style.LINK:
            made.setFontUnderline(True)
            made.setUnderlineColor(t.text_2)
        if look & Style.ADDRESS:
            made.setForeground(t.text_2)
        if look & Style.BROKEN:
            made.setForeground(t.warn)
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            made.setUnderlineColor(t.warn)
        if look & Style.FORMULA:
            made.setForeground(Qt.GlobalColor.transparent)
        return made

    def role(self, role: CodeRole) -> QTextCharFormat:
        """The format of a word of a listing."""
        found = self._roles.get(role)
        if found is None:
            t = self.tokens
            inks: dict[CodeRole, QColor] = {
                "keyword": t.accent,
                "text": t.ok,
                "comment": t.text_2,
                "number": t.accent,
            }
            found = self._roles[role] = QTextCharFormat()
            found.setForeground(inks[role])
            found.setFontItalic(role == "comment")
        return found

    def ranges(self, style: str, runs: Sequence[Run], offsets: Offsets) -> list[FormatRange]:
        """The formats of a block's runs, in units of what is laid out."""
        return [
            make_range(
                offsets.to_units(run.start),
                offsets.to_units(run.end),
                self.format(style, run.style),
            )
            for run in runs
        ]

    def gap(self, style: str, width: float) -> QTextCharFormat:
        """The format that makes the letter in a formula's place as wide as the formula."""
        font = QFont(self.theme.font(style))
        own = QFontMetricsF(font).horizontalAdvance(_GAP)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, width - own)
        made = QTextCharFormat()
        made.setFont(font)
        made.setForeground(Qt.GlobalColor.transparent)
        return made


def spaced(shown: str) -> str:
    """What is laid out of shown letters: formulas hold their place with a letter."""
    return shown.replace("\ufffc", _GAP)


def make_range(start: int, end: int, look: QTextCharFormat) -> FormatRange:
    """A format for the units from ``start`` to ``end``."""
    made = FormatRange()
    made.start, made.length, made.format = start, end - start, look
    return made
