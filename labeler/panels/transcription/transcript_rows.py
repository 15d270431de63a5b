"""How a row of the transcript is drawn: one delegate, no widget per row."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from labeler.kit.paint import (
    BadgeKind,
    badge_size,
    draw_badge,
    draw_icon,
    draw_label_line,
    draw_text,
    placed,
    text_width,
)
from labeler.kit.theme import Theme, current_theme
from labeler.kit.timeline import clock_text
from labeler.kit.timeline.direction import draw_in_its_direction, draw_name
from labeler.panels.transcription.entries import Entry
from labeler.panels.transcription.transcript_model import (
    LONGEST_SHOWN,
    Column,
    EntryRole,
    Index,
    length_words,
    point_words,
)

__all__ = ["RowPainter", "column_widths", "row_height"]

_EDGE, _GAP, _BAR = 12, 8, 2
_LINE = 16
_SPEAKER_LEAST, _SPEAKER_MOST = 84, 168


def row_height(theme: Theme) -> int:
    """40 pixels as drawn, grown with the text."""
    return theme.line("body") + 19


def column_widths(
    theme: Theme, room: int, duration: int, rows: int, names: list[str], states: list[str]
) -> dict[Column, int]:
    """What each column takes of the room; the text gets the rest."""
    mono = text_width(theme, clock_text(max(duration, 1)), "mono")
    # As it is written: with the language's marks between thousands.
    last = max(QLocale().toString(rows), "00", key=len)
    number = text_width(theme, last, "mono") + _EDGE + _GAP
    longest = (length_words(LONGEST_SHOWN), point_words())
    length = max(text_width(theme, one, "mono") for one in longest)
    name = max((text_width(theme, one, "ui_strong") for one in names), default=0)
    most = theme.icon_px(_SPEAKER_MOST)
    speaker = max(theme.icon_px(_SPEAKER_LEAST), min(most, name + _LINE + 3 * _GAP))
    state = max((badge_size(theme, one, "check").width() for one in states if one), default=0)
    widths = {
        Column.NUMBER: number,
        Column.START: mono + _GAP,
        Column.LENGTH: length + 2 * _GAP,
        Column.SPEAKER: speaker,
        Column.STATE: min(most, state) + 2 * _GAP if state else _GAP,
        Column.PLAY: theme.height("control_compact") + _EDGE,
    }
    # Where room is short names and states are shortened, then the length goes, then the number.
    if room - sum(widths.values()) < room // 3:
        for long in (Column.SPEAKER, Column.STATE):
            widths[long] = min(widths[long], max(room // 6, 2 * _LINE + 2 * _GAP))
    for gone in (Column.LENGTH, Column.NUMBER):
        if room - sum(widths.values()) < room // 3:
            widths[gone] = 0
    widths[Column.TEXT] = max(80, room - sum(widths.values()))
    return widths


class RowPainter(QStyledItemDelegate):
    """Draws the cells of a row; the view says which row is hovered and which is being typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = current_theme()
        self.hover_row = -1
        self.typed_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, row_height(self._theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(EntryRole.ENTRY)
        if not isinstance(entry, Entry):
            return
        theme, tokens, box = self._theme, self._theme.tokens, QRect(option.rect)
        column = Column(index.column())
        painter.save()
        painter.setLayoutDirection(option.direction)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        fill = tokens.selection if selected else None
        if fill is None and index.row() == self.hover_row:
            fill = tokens.hover
        if fill is not None:
            painter.fillRect(box, fill)
        if selected and column == Column.NUMBER:
            bar = QRect(box.x(), box.y(), _BAR, box.height())
            painter.fillRect(placed(painter, box, bar), tokens.accent)
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), tokens.grid)
        # What is typed may have several lines; the rest of its row stays at the first.
        line = QRect(box.x(), box.y(), box.width(), min(box.height(), row_height(theme)))
        self._paint_cell(painter, line, column, index, entry)
        painter.restore()

    def _paint_cell(
        self,
        painter: QPainter,
        line: QRect,
        column: Column,
        index: Index,
        entry: Entry,
    ) -> None:
        theme, tokens = self._theme, self._theme.tokens
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        end = Qt.AlignmentFlag.AlignRight
        match column:
            case Column.NUMBER:
                place = line.adjusted(_EDGE // 2, 0, -_GAP, 0)
                draw_text(painter, theme, place, words, tokens.text_2, "mono", end)
            case Column.START:
                draw_text(painter, theme, line, words, tokens.text, "mono")
            case Column.LENGTH:
                place = placed(painter, line, line.adjusted(0, 0, -2 * _GAP, 0))
                draw_text(painter, theme, place, words, tokens.text_2, "mono", end)
            case Column.SPEAKER:
                self._paint_speaker(painter, line, words, index)
            case Column.TEXT:
                if index.row() != self.typed_row:
                    self._paint_text(painter, line, entry)
            case Column.STATE:
                self._paint_state(painter, line, entry, words)
            case Column.PLAY:
                hovered = index.row() == self.hover_row
                ink = tokens.text if hovered else tokens.text_2
                draw_icon(painter, theme, line.adjusted(0, 0, -_EDGE, 0), "play", ink)

    def _paint_speaker(self, painter: QPainter, box: QRect, name: str, index: Index) -> None:
        theme, tokens = self._theme, self._theme.tokens
        colour = index.data(EntryRole.COLOUR)
        left = box.x()
        if isinstance(colour, int):
            swatch = QRect(left, box.y(), _LINE, box.height())
            look = tokens.label_colour(colour)
            draw_label_line(painter, placed(painter, box, swatch), look)
        left += _LINE + _GAP
        place = QRect(left, box.y(), box.right() - left - _GAP, box.height())
        draw_name(painter, theme, placed(painter, box, place), name, tokens.text)

    def _paint_text(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        theme, tokens = self._theme, self._theme.tokens
        # The live text lies over it with the same margins: no letter moves when a hand goes in.
        place = box.adjusted(_GAP + 1, 0, -_GAP - 5, 0)
        text = " ".join(entry.text.split())
        if not text:
            return
        ink = tokens.prediction if entry.proposal is not None else tokens.text
        draw_in_its_direction(painter, theme, place, text, ink, "body")

    def _paint_state(self, painter: QPainter, box: QRect, entry: Entry, words: str) -> None:
        if not words:
            return
        kind, icon = _badge_of(entry)
        size = badge_size(self._theme, words, icon)
        width = min(size.width(), box.width() - _GAP)
        top = box.y() + (box.height() - size.height()) // 2
        place = QRect(box.right() + 1 - _GAP - width, top, width, size.height())
        draw_badge(painter, self._theme, placed(painter, box, place), words, kind, icon)


def _badge_of(entry: Entry) -> tuple[BadgeKind, str]:
    if entry.proposal is not None:
        return "prediction", "sparkles"
    if entry.overlap is not None:
        return "warn", "triangle-alert"
    if entry.state == "accepted":
        return "ok", "check"
    return ("accent", "") if entry.state == "edited" else ("neutral", "")
