"""The card that leads back to where one left off, and the cards of the open project's queues."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from labeler.app.data.states import state_look
from labeler.app.data.when import moment_words
from labeler.app.home.notes import Note, Place
from labeler.app.words import number, of_total, status_word
from labeler.kit import Badge, Button, Card, ElidedText, Text, Themed
from labeler.kit.controls.pressable import Pressable
from labeler.kit.paint import (
    BadgeKind,
    badge_size,
    draw_badge,
    draw_icon,
    draw_panel,
    draw_text,
    painter_for,
    placed,
    text_width,
)
from labeler.store import QueueRow

__all__ = ["ContinueCard", "QueueCard"]

_PAD, _GAP = 16, 12
_TILE = 56
_BAR_HEIGHT = 6


class _Tile(Themed, QWidget):
    """A panel's icon on a quiet ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = "puzzle"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.init_theme()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_TILE, _TILE)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = self.theme.tokens
        painter = painter_for(self)
        rim = t.border if t.is_high_contrast else None
        draw_panel(painter, self.rect(), t.sunken, rim, t.sizes.radius_control)
        draw_icon(painter, self.theme, self.rect(), self._icon, "text_2", 24)
        painter.end()


class ContinueCard(Card):
    """Says exactly where: project, queue, task of how many, key, state. ``go`` is its button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.path = ""
        self._tile = _Tile()
        self._when = Text("", role="text_2", wrap=True)
        self._where = Text("", "heading", wrap=True)
        self._what = ElidedText("", "mono", "text_2", elide=Qt.TextElideMode.ElideMiddle)
        self._state = Badge("")
        self._rest = Text("", role="text_2", wrap=True)
        self.go = Button(self.tr("Continue"), "primary", key="Enter")
        self.go.setAutoDefault(False)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        for line in (self._when, self._where, self._what):
            lines.addWidget(line)
        # A widget and no layout: a layout of which nothing is shown lets what holds it not grow.
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 4, 0, 0)
        below.setSpacing(8)
        below.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._rest, 1)
        lines.addWidget(self._below)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        row.setSpacing(_PAD)
        row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        row.addWidget(self.go)

    def show_project(self, path: str, file: str, title: str, note: Note | None, icon: str) -> None:
        """Lead back to this project; where nothing more is known, to it as a whole."""
        self.path = path
        place = note.place if note is not None else None
        self._tile.set_icon(icon)
        when = moment_words(note.stamp.changed // 1_000_000) if note is not None else ""
        self._when.setText(
            self.tr("Continue where you left, {time}").format(time=when)
            if when
            else self.tr("Continue where you left")
        )
        if place is None:
            self._where.setText(title)
            self._what.set_text(file)
        else:
            words = self.tr("{queue}, task {number} of {total}")
            self._where.setText(
                words.format(
                    queue=place.queue, number=number(place.position), total=number(place.total)
                )
            )
            self._what.set_text(f"{file}, {place.key}")
        self._show_state(place)
        self.setAccessibleName(f"{self._when.text()}: {self._where.text()}, {self._what.text}")

    def _show_state(self, place: Place | None) -> None:
        self._below.setVisible(place is not None)
        if place is None:
            return
        look = state_look(place.status)
        self._state.set_badge(status_word(place.status), look.badge or "neutral", look.icon)
        self._rest.setText(", ".join(self._counts(place)))

    def _counts(self, place: Place) -> list[str]:
        words = []
        if place.regions == 1:
            words.append(self.tr("1 region"))
        elif place.regions:
            words.append(self.tr("{count} regions").format(count=number(place.regions)))
        if place.answers == 1:
            words.append(self.tr("1 answer"))
        elif place.answers:
            words.append(self.tr("{count} answers").format(count=number(place.answers)))
        if place.predictions == 1:
            words.append(self.tr("1 prediction to look at"))
        elif place.predictions:
            text = self.tr("{count} predictions to look at")
            words.append(text.format(count=number(place.predictions)))
        return words


class QueueCard(Pressable):
    """One queue of the open project: how far it is and what waits in it; a press opens it."""

    def __init__(self, queue: QueueRow, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.queue = queue
        self._icon = icon
        self._counts = of_total(queue.done, queue.tasks)
        left = queue.tasks - queue.done
        if not queue.tasks:
            self._left = self.tr("No tasks so far")
        elif left:
            self._left = self.tr("{count} to do").format(count=number(left))
        else:
            self._left = self.tr("All done")
        self._badge = self._what_waits()
        self.setText(queue.title)
        spoken = [queue.title, self._counts, self._left, self._badge[0] if self._badge else ""]
        self.setAccessibleName(", ".join(word for word in spoken if word))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _what_waits(self) -> tuple[str, BadgeKind, str] | None:
        queue = self.queue
        if queue.conflict:
            return self.tr("In conflict"), "warn", "git-compare"
        returned = queue.statuses.get("returned", 0)
        if returned:
            words = self.tr("{count} returned").format(count=number(returned))
            return words, "warn", "corner-up-left"
        flagged = queue.statuses.get("flagged", 0)
        if flagged:
            return self.tr("{count} flagged").format(count=number(flagged)), "danger", "flag"
        return None

    def sizeHint(self) -> QSize:
        theme = self.theme
        height = theme.line("ui_strong") + theme.line("ui") + _BAR_HEIGHT + 4 * _GAP
        return QSize(240, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, box = self.theme, self.theme.tokens, self.rect()
        painter = painter_for(self)
        fill = t.pressed if self.isDown() else self.hovered(t.surface, t.hover)
        draw_panel(painter, box, fill, t.border, t.sizes.radius_panel)

        def at(x: int, y: int, width: int, height: int) -> QRect:
            return placed(painter, box, QRect(x, y, max(0, width), height))

        top, line = _GAP, theme.line("ui_strong")
        side = theme.icon_px()
        inner = box.width() - 2 * _GAP
        draw_icon(painter, theme, at(_GAP, top, side, line), self._icon, "text")
        right = _GAP + inner
        if self._badge is not None:
            words, kind, icon = self._badge
            size = badge_size(theme, words, icon)
            right -= size.width()
            y = top + (line - size.height()) // 2
            place = at(right, y, size.width(), size.height())
            draw_badge(painter, theme, place, words, kind, icon)
            right -= 8
        x = _GAP + side + 8
        draw_text(painter, theme, at(x, top, right - x, line), self.text(), t.text, "ui_strong")
        y = top + line + _GAP
        self._paint_bar(painter, at(_GAP, y, inner, _BAR_HEIGHT))
        y += _BAR_HEIGHT + _GAP
        line = theme.line("ui")
        width = min(inner // 2, text_width(theme, self._counts) + 1)
        draw_text(painter, theme, at(_GAP, y, width, line), self._counts, t.text_2)
        rest = at(_GAP + width + 8, y, inner - width - 8, line)
        ends = Qt.AlignmentFlag.AlignRight
        draw_text(painter, theme, rest, self._left, t.text_2, align=ends)
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRect) -> None:
        t, queue = self.theme.tokens, self.queue
        rim = t.border if t.is_high_contrast else None
        draw_panel(painter, bar, t.pressed, rim, _BAR_HEIGHT / 2)
        if queue.done and queue.tasks:
            width = max(_BAR_HEIGHT // 2, bar.width() * queue.done // queue.tasks)
            done = placed(painter, bar, QRect(bar.x(), bar.y(), width, bar.height()))
            draw_panel(painter, done, t.accent, None, _BAR_HEIGHT / 2)
