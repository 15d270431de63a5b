"""The bar below the wave: play, where it is, the keys that make segments, rewind, speed, loop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.section import Plain
from labeler.kit.controls.select import Select
from labeler.kit.controls.text import ElidedText, IconMark, Text
from labeler.kit.paint import draw_text, painter_for, text_width
from labeler.kit.sound.player import SPEEDS
from labeler.kit.theme import Themed
from labeler.kit.timeline import clock_text

__all__ = ["Transport"]

_EDGE, _GAP = 12, 8
_STATUS = 160
"""Pixels in which the reason for silence is read before other things go."""
_REWINDS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)


class _Clock(Themed, QWidget):
    """Where the playhead is, in digits that do not move."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._time = 0
        self._widest = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.init_theme()

    def set_time(self, time: int) -> None:
        """Show another time."""
        if time // 1000 != self._time // 1000:
            self._time = time
            self.update()

    def set_longest(self, time: int) -> None:
        """Leave room for times up to this one."""
        self._widest = time
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        text = clock_text(max(self._widest, self._time))
        return QSize(text_width(self.theme, text, "mono") + 2, self.theme.height("control_compact"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        ink = self.theme.tokens.text
        draw_text(painter, self.theme, self.rect(), clock_text(self._time), ink, "mono")
        painter.end()


class Transport(Plain):
    """Buttons carry the id of their command in ``pressed``; ``speed_set`` and ``rewind_set`` numbers."""

    pressed = Signal(str)
    speed_set = Signal(float)
    rewind_set = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", edges="bottom", parent=parent)
        self.setAccessibleName(self.tr("Playing"))
        self.play = Button("", "secondary", icon="play", compact=True)
        self.clock = _Clock(self.tr("Position"), self)
        self.length = Text("", role="text_2")
        self.start = Button(self.tr("Start"), "quiet", compact=True)
        self.end = Button(self.tr("End"), "quiet", compact=True)
        self.split = Button(self.tr("Split"), "quiet", compact=True)
        self.loop = IconButton("refresh-cw", self.tr("Loop the segment"), checkable=True)
        self.mute = IconMark("circle-slash")
        self.status = ElidedText("", role="text_2")
        self._back_title = Text(self.tr("Back"), role="text_2")
        self.back = Select(name=self.tr("Back on resume"))
        self._speed_title = Text(self.tr("Speed"), role="text_2")
        self.speed = Select(name=self.tr("Speed"))
        self._fill()
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 6, _EDGE, 7)
        row.setSpacing(_GAP)
        # It says itself what goes where room is short, and never makes a window wider.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        first: tuple[QWidget, ...] = (self.play, self.clock, self.length, self.mute)
        then: tuple[QWidget, ...] = (self.start, self.end, self.split, self._back_title, self.back)
        last: tuple[QWidget, ...] = (self._speed_title, self.speed, self.loop)
        self._fixed = (*first, *then, *last)
        for widget in first:
            row.addWidget(widget)
        row.addWidget(self.status, 1)
        row.addStretch(0)
        for widget in (*then, *last):
            row.addWidget(widget)
        for button, command in (
            (self.play, "play_pause"),
            (self.start, "start"),
            (self.end, "end"),
            (self.split, "split"),
            (self.loop, "loop"),
        ):
            # The caret stays in the text while a hand presses here.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("command", f"transcription.{command}")
            button.clicked.connect(self._clicked)
        self.back.activated.connect(self._back_chosen)
        self.speed.activated.connect(self._speed_chosen)
        self.set_playing(False)
        self.set_muted("")

    def _fill(self) -> None:
        locale = QLocale()
        for seconds in _REWINDS:
            words = self.tr("{seconds} s").format(seconds=locale.toString(seconds, "g", 3))
            self.back.addItem(words, seconds)
        for speed in SPEEDS:
            self.speed.addItem(f"{locale.toString(speed, 'g', 3)}×", speed)

    def set_keys(self, key_text: Callable[[str], str]) -> None:
        """Show the keys in force."""
        for button in (self.play, self.start, self.end, self.split):
            button.set_key(key_text(str(button.property("command"))))
        self.loop.set_name(self.tr("Loop the segment"), key_text("transcription.loop"))
        self.set_playing(self._playing)

    def set_playing(self, playing: bool) -> None:
        """Say whether it plays."""
        self._playing = playing
        words = self.tr("Pause") if playing else self.tr("Play")
        self.play.set_icon("pause" if playing else "play")
        self.play.setAccessibleName(words)
        self.play.setToolTip(words)

    def set_pending(self, pending: bool) -> None:
        """Say whether a segment was begun: its end is what comes next."""
        self.end.set_kind("secondary" if pending else "quiet")

    def set_duration(self, duration: int) -> None:
        """Say how long the recording is."""
        self.clock.set_longest(duration)
        words = self.tr("of {length}").format(length=clock_text(duration)) if duration else ""
        self.length.setText(words)
        self._arrange()

    def set_loop(self, on: bool) -> None:
        """Say whether segments start over."""
        self.loop.setChecked(on)

    def set_speed(self, speed: float) -> None:
        """Say how fast it plays."""
        found = self.speed.findData(speed)
        if found < 0:
            self.speed.addItem(f"{QLocale().toString(speed, 'g', 3)}×", speed)
            found = self.speed.count() - 1
        self.speed.setCurrentIndex(found)

    def set_rewind(self, seconds: float) -> None:
        """Say how far a pause goes back."""
        found = self.back.findData(seconds)
        if found < 0:
            words = self.tr("{seconds} s").format(seconds=QLocale().toString(seconds, "g", 3))
            self.back.addItem(words, seconds)
            found = self.back.count() - 1
        self.back.setCurrentIndex(found)

    def set_muted(self, words: str) -> None:
        """Say why nothing is heard, nothing where it is."""
        self.mute.setVisible(bool(words))
        self.status.set_text(words)
        self.status.setToolTip(words)
        self.status.setAccessibleName(words)
        self._arrange()

    def set_enabled(self, *, playable: bool, editable: bool) -> None:
        """Let it be played, and segments be made."""
        for one in (self.play, self.speed, self.back, self.loop):
            one.setEnabled(playable)
        for button in (self.start, self.end, self.split):
            button.setEnabled(playable and editable)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def theme_changed(self) -> None:
        super().theme_changed()
        if hasattr(self, "speed"):
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        """Where room is short, what is least needed goes first."""
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self._back_title, self.back),
            (self._speed_title,),
            (self.length,),
            (self.split,),
            (self.end, self.start),
        )
        for group in groups:
            for widget in group:
                widget.setVisible(True)
        for group in groups:
            if self._wanted() <= self.width():
                return
            for widget in group:
                widget.setVisible(False)

    def _wanted(self) -> int:
        shown = [one.sizeHint().width() for one in self._fixed if not one.isHidden()]
        said = min(self.status.sizeHint().width(), _STATUS) if self.status.text else 0
        return sum(shown) + said + _GAP * (len(shown) + 2) + 2 * _EDGE

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QWidget):
            self.pressed.emit(str(button.property("command")))

    def _back_chosen(self) -> None:
        self.rewind_set.emit(float(self.back.currentData()))

    def _speed_chosen(self) -> None:
        self.speed_set.emit(float(self.speed.currentData()))
