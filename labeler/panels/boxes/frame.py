"""The image with what floats over it, and what stands in its place where it cannot be shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.kit.canvas import CanvasSurface, Minimap, Readout
from labeler.kit.controls.button import Button
from labeler.kit.controls.notice import EmptyState
from labeler.kit.prediction_bar import PredictionBar
from labeler.kit.theme import Themed
from labeler.panels.boxes.shown import Shown

__all__ = ["ImageFrame"]

_EDGE = 12
_MOST = 0.7
"""The share of the width the prediction bar and the readout take at most."""


class ImageFrame(Themed, QWidget):
    """Lays the prediction bar, the readout and the overview over the surface, 12 px from its edge.

    While something is drawn or dragged they are out of the way. ``show_reason`` puts a placeholder
    in the place of all of it. ``reading`` is set while a picture takes its time: the readout says so.
    ``wanted`` carries the id of a command a button stands for.
    """

    wanted = Signal(str)

    def __init__(self, surface: CanvasSurface, parent: QWidget) -> None:
        super().__init__(parent)
        self.init_theme()
        self.surface = surface
        surface.setParent(self)
        self.bar = PredictionBar("boxes", self)
        self.bar.add_tool("minus", self.tr("Less sure predictions too"), "boxes.looser")
        self.bar.add_tool("plus", self.tr("Only surer predictions"), "boxes.stricter")
        self.readout = Readout(self)
        self.minimap = Minimap(surface, self)
        self.minimap_wanted = True
        self.bar_wanted = False
        self.reading = False
        self._aside = False
        self.placeholder = _Placeholder(self)
        self.placeholder.hide()
        surface.view_changed.connect(self.place)
        surface.busy_changed.connect(self._move_aside)
        self.bar.wanted.connect(self.wanted)
        for button, command in (
            (self.placeholder.flag, "work.flag"),
            (self.placeholder.skip, "work.skip"),
        ):
            button.setProperty("command", command)
            button.clicked.connect(self._pressed)

    @property
    def reason(self) -> str:
        """Why no image is shown, "" where one is."""
        return self.placeholder.reason

    def show_reason(self, name: str, reason: str, note: str = "") -> None:
        """Say which image cannot be shown and why; an empty reason takes the placeholder away."""
        self.placeholder.say(name, reason, note)
        self.placeholder.setVisible(bool(reason))
        self.place()

    def show_predictions(self, shown: Shown, *, changeable: bool) -> None:
        """Say in the bar what is still proposed, by whom, and from which score on."""
        self.bar_wanted = shown.has_predictions
        if self.bar_wanted:
            words = list(shown.authors)
            if shown.least > 0:
                score = shown.score_text(shown.least)
                words.append(self.tr("{score} and up").format(score=score))
            counts = (len(shown.open), len(shown.chosen_open()), len(shown.rejected))
            self.bar.show_open(*counts, words, changeable=changeable)
        self.place()

    def name_keys(self, key_text: Callable[[str], str]) -> None:
        """Print the keys in force on all buttons."""
        self.bar.name_keys(key_text)
        self.placeholder.flag.set_key(key_text("work.flag"))
        self.placeholder.skip.set_key(key_text("work.skip"))
        self.place()

    def place(self) -> None:
        """Put everything where it belongs, and show what is wanted now."""
        room = self.rect()
        self.surface.setGeometry(room)
        self.placeholder.setGeometry(room)
        free = not self.reason and not self._aside
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        most = max(0, round(room.width() * _MOST) - 2 * _EDGE)
        if room.width() < 720:
            most = max(0, room.width() - 2 * _EDGE)
        bar = self.bar.sizeHint()
        self._put(
            self.bar, QSize(min(bar.width(), most), bar.height()), at_end=not mirrored, low=False
        )
        map_size = self.minimap.sizeHint()
        has_map = self.minimap_wanted and self.minimap.wanted and not self.reason
        left = room.width() - 3 * _EDGE - (map_size.width() if has_map else 0)
        wide = self.readout.fitting_width(left)
        self._put(self.readout, QSize(wide, self.readout.sizeHint().height()), at_end=mirrored)
        self._put(self.minimap, map_size, at_end=not mirrored)
        self.bar.setVisible(free and self.bar_wanted)
        self.readout.setVisible(not self.reason and (self.reading or not self.surface.view.empty))
        self.minimap.setVisible(has_map and free)
        for one in (self.bar, self.readout, self.minimap, self.placeholder):
            one.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.place()

    def theme_changed(self) -> None:
        super().theme_changed()
        self.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.tokens.canvas)
        painter.end()

    def _put(self, widget: QWidget, size: QSize, *, at_end: bool, low: bool = True) -> None:
        x = self.width() - size.width() - _EDGE if at_end else _EDGE
        y = self.height() - size.height() - _EDGE if low else _EDGE
        widget.setGeometry(QRect(QPoint(x, y), size))

    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.wanted.emit(str(button.property("command")))

    def _move_aside(self, busy: bool) -> None:
        self._aside = busy
        self.place()


class _Placeholder(Themed, QWidget):
    """Which image, why it is not shown, and the two ways on: flag it, or skip it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.init_theme()
        self.reason = ""
        self._state = EmptyState(self.tr("This image cannot be shown"), icon="file-x", role="warn")
        self.flag: Button = self._state.add_button(self.tr("Flag…"), "secondary")
        self.skip: Button = self._state.add_button(self.tr("Skip…"), "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._state)

    def say(self, name: str, reason: str, note: str) -> None:
        """Show the reason."""
        self.reason = reason
        text = f"{name}: {reason}" if name else reason
        self._state.set_words(self.tr("This image cannot be shown"), text, note)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.tokens.surface)
        painter.end()
