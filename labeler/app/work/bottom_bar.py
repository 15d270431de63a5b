"""The bar below: how far the queue is, the person's time, and what ends a task."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.commands import Commands
from labeler.app.words import duration, number, stopwatch
from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.progress import ProgressBar
from labeler.kit.controls.section import Plain
from labeler.kit.controls.text import Divider, IconMark, Text
from labeler.kit.editor import CanRun

__all__ = ["BottomBar"]

_EDGE, _GAP = 12, 8


class BottomBar(Plain):
    """48 px, never wraps: with little room the active time goes first, then today, then the bar."""

    wanted = Signal(str)

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="top", parent=parent)
        self._commands = commands
        self.setAccessibleName(self.tr("Progress and ending a task"))
        self.bar = ProgressBar(name=self.tr("Done in this queue"))
        self.done = Text("", "ui_strong")
        self.total = Text("", role="text_2")
        self.today = Text("", role="text_2")
        self.mark = IconMark("timer", "text_2", 16)
        self.time = Text("00:00", "mono")
        self.time.setAccessibleName(self.tr("Time on this task"))
        self.active = Text("", role="text_2")
        self.pause = IconButton("pause", self.tr("Pause"))
        self.flag = Button(self.tr("Flag"), "quiet", icon="flag")
        self.skip = Button(self.tr("Skip"), "quiet", icon="skip-forward")
        self.submit = Button(self.tr("Submit and next"), "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.bar)
        row.addSpacing(4)
        figures = QHBoxLayout()
        figures.setSpacing(4)
        figures.addWidget(self.done)
        figures.addWidget(self.total)
        row.addLayout(figures)
        row.addWidget(self.today)
        self._line = Divider(upright=True)
        row.addSpacing(4)
        row.addWidget(self._line)
        row.addSpacing(4)
        row.addWidget(self.mark)
        row.addWidget(self.time)
        row.addWidget(self.active)
        row.addWidget(self.pause)
        row.addStretch(1)
        row.addWidget(self.flag)
        row.addWidget(self.skip)
        row.addSpacing(4)
        row.addWidget(self.submit)
        self._row = row
        for button, command in (
            (self.pause, "work.pause"),
            (self.flag, "work.flag"),
            (self.skip, "work.skip"),
            (self.submit, "work.submit"),
        ):
            button.setProperty("command", command)
            button.clicked.connect(self._pressed)
        self._going_on = False
        self._counts = (-1, -1, -1)
        self._allowed: tuple[CanRun, CanRun, bool] | None = None
        self._times = ("", "", False)
        self.theme_changed()
        self.name_keys()

    def name_keys(self) -> None:
        """Show the keys in force."""
        keys = self._commands.key_text
        self.flag.set_key(keys("work.flag"))
        self.skip.set_key(keys("work.skip"))
        self.submit.set_key(keys("work.submit"))

    def set_counts(self, done: int, total: int, today: int) -> None:
        """How many tasks of the queue are done, and how many the person ended today."""
        if (done, total, today) == self._counts:
            return
        self._counts = (done, total, today)
        self.bar.set_progress(done, total)
        self.done.setText(number(done))
        self.total.setText(self.tr("of {total}").format(total=number(total)))
        self.today.setText(self.tr("Today {count}").format(count=number(today)))
        self._fit()

    def set_times(self, task_ms: int, day_ms: int, *, paused: bool) -> None:
        """The time on this task and the day's, in milliseconds."""
        times = (stopwatch(task_ms), duration(day_ms), paused)
        if times == self._times:
            return
        self._times = times
        self.time.setText(times[0])
        self.time.set_role("text_2" if paused else "text")
        self.active.setText(
            self.tr("Paused") if paused else self.tr("Active {time}").format(time=times[1])
        )
        self.pause.set_icon("play" if paused else "pause")
        name = self.tr("Go on") if paused else self.tr("Pause")
        self.pause.set_name(name, self._commands.key_text("work.pause"))

    def set_allowed(self, submit: CanRun, finish: CanRun, *, going_on: bool) -> None:
        """What may be done; ``going_on``: the task is finished, and the primary button leads on."""
        if (submit, finish, going_on) == self._allowed:
            return
        self._allowed = (submit, finish, going_on)
        if going_on != self._going_on:
            self._going_on = going_on
            words = self.tr("Next open task") if going_on else self.tr("Submit and next")
            self.submit.setText(words)
        self.submit.setEnabled(submit.ok or going_on)
        self.submit.setToolTip("" if submit.ok or going_on else submit.reason)
        for button in (self.flag, self.skip):
            button.setEnabled(finish.ok)
            button.setToolTip(finish.reason)
        self._fit()

    def set_task_shown(self, shown: bool) -> None:
        """Whether there is a task to be ended and timed."""
        for widget in (
            self._line,
            self.mark,
            self.time,
            self.active,
            self.pause,
            self.flag,
            self.skip,
            self.submit,
        ):
            widget.setVisible(shown)
        self._fit()

    def theme_changed(self) -> None:
        self.setFixedHeight(self.theme.height("bottom_bar"))
        super().theme_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what there is no room for, the least needed first."""
        room = self.width() - 2 * _EDGE - 32
        timed = self.time.isVisibleTo(self)
        kept = [self.bar, self.done, self.total]
        if timed:
            kept += [self.mark, self.time, self.pause, self.flag, self.skip, self.submit]
        needed = sum(widget.sizeHint().width() + _GAP for widget in kept)
        for widget, wanted in ((self.today, True), (self.active, timed)):
            width = widget.sizeHint().width() + _GAP
            fits = wanted and needed + width <= room
            widget.setVisible(fits)
            needed += width if fits else 0
        self.bar.setVisible(needed <= room)

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(str(sender.property("command")))
