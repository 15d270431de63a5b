"""What the palette lists: hits with the letters that matched, and how a row of them is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from labeler.kit.paint import (
    cap_size,
    draw_cap,
    draw_icon,
    draw_panel,
    draw_text,
    placed,
    text_width,
)
from labeler.kit.theme import current_theme

__all__ = ["ROW", "Hit", "HitDelegate", "Hits", "letters_of", "matched"]

Index = QModelIndex | QPersistentModelIndex
ROW = 36


@dataclass(frozen=True, slots=True)
class Hit:
    """A row: what it is, its text with the letters that matched, why it cannot be run.

    ``kind`` is ``heading``, ``command``, ``rule`` or ``task``; ``what`` an id, a reference, a row.
    """

    kind: str
    text: str
    what: object = None
    note: str = ""
    icon: str = ""
    key: str = ""
    letters: frozenset[int] = frozenset()
    enabled: bool = True


def letters_of(wanted: str, text: str) -> tuple[int, frozenset[int]] | None:
    """How well a text fits (smaller is better) and which of its letters do, or None.

    Every letter wanted must occur in order; a run, and the start of a word, count for more.
    """
    if not wanted:
        return 0, frozenset()
    # Letter by letter, so that places in the one are places in the other (İ has two in lower case).
    low, needle = ("".join(sign.lower()[:1] for sign in one) for one in (text, wanted))
    at = low.find(needle)
    if at >= 0:
        begins = at == 0 or not text[at - 1].isalnum()
        return (0 if begins else 10) + at, frozenset(range(at, at + len(needle)))
    found: list[int] = []
    position = -1
    gaps = 0
    for letter in needle:
        if letter.isspace():
            continue
        following = low.find(letter, position + 1)
        if following < 0:
            return None
        gaps += following - position - 1 if position >= 0 else 0
        found.append(following)
        position = following
    return 100 + gaps, frozenset(found)


def matched(wanted: str, hits: Sequence[Hit], most: int) -> list[Hit]:
    """The hits whose text fits, the best first; those that cannot be run last."""
    from dataclasses import replace

    fits = []
    for number, hit in enumerate(hits):
        found = letters_of(wanted, hit.text)
        if found is not None:
            fits.append((not hit.enabled, found[0], number, replace(hit, letters=found[1])))
    fits.sort(key=lambda fit: fit[:3])
    return [fit[3] for fit in fits[:most]]


class Hits(QAbstractListModel):
    """The hits of what was typed, in groups."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def take(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.hits)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.hits[index.row()].kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.text
        if role == Qt.ItemDataRole.UserRole:
            return hit
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (hit.text, hit.note, hit.key) if part)
        return None


class HitDelegate(QStyledItemDelegate):
    """Rows of 36 px: icon, text with its matched letters in accent, note, key cap."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current_theme()
        grown = theme.line("ui") - theme.tokens.type["ui"].line
        return QSize(400, ROW + grown)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        t = theme.tokens
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        box = QRect(option.rect)
        painter.save()
        painter.setLayoutDirection(option.direction)

        def at(x: int, width: int, height: int = 0) -> QRect:
            tall = height or box.height()
            top = box.y() + (box.height() - tall) // 2
            return placed(painter, box, QRect(box.x() + x, top, width, tall))

        if hit.kind == "heading":
            draw_text(painter, theme, at(20, box.width() - 40), hit.text, t.text_2)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            ground = box.adjusted(8, 0, -8, 0)
            rim = t.accent if t.is_high_contrast else None
            draw_panel(painter, ground, t.accent_soft, rim, t.sizes.radius_control)
        ink = t.text if hit.enabled else t.text_disabled
        side = theme.icon_px()
        draw_icon(painter, theme, at(20, side), hit.icon, t.text_2 if hit.enabled else ink, side)
        left, end = 20 + side + 12, box.width() - 20
        if hit.key:
            cap = cap_size(theme, hit.key)
            end -= cap.width()
            draw_cap(painter, theme, at(end, cap.width(), cap.height()), hit.key)
            end -= 12
        room = end - left
        used = min(room, text_width(theme, hit.text, "label" if hit.letters else "ui"))
        self._draw_text(painter, at(left, room), hit, ink)
        if hit.note and room - used > 40:
            note = at(left + used + 12, room - used - 12)
            draw_text(painter, theme, note, hit.note, t.text_2)
        painter.restore()

    def _draw_text(self, painter: QPainter, place: QRect, hit: Hit, ink: QColor) -> None:
        """The text as one line, its matched letters in accent and semibold, whatever its script."""
        theme = current_theme()
        rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        strong = QTextCharFormat()
        strong.setFont(theme.font("label"))
        strong.setForeground(theme.tokens.accent if hit.enabled else ink)
        ranges = []
        for start, length in _runs(hit.letters):
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = start, length, strong
            ranges.append(one)
        layout = QTextLayout(hit.text, theme.font("ui"))
        option = QTextOption(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(ranges)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(place.width())
        layout.endLayout()
        if line.naturalTextWidth() > place.width():
            draw_text(painter, theme, place, hit.text, ink)
            return
        painter.setPen(ink)
        top = place.y() + (place.height() - line.height()) / 2
        layout.draw(painter, QPointF(place.x(), top))


def _runs(letters: frozenset[int]) -> list[tuple[int, int]]:
    """The matched letters as runs: where each starts and how long it is."""
    runs: list[tuple[int, int]] = []
    for place in sorted(letters):
        if runs and runs[-1][0] + runs[-1][1] == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
