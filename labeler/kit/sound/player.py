"""The player: plays a stretch of a medium, tells where it is, and goes on silently without a device.

Positions are integer microseconds of the medium. One plan (``Plan``) says both what is heard and where
the playhead is, so they cannot drift apart: sound is not decoded a second time by a media player with
a clock of its own (whose positions come every 50 ms and whose seeks land on packets).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from labeler.kit.sound.feeder import Feeder, PcmSource, Plan
from labeler.kit.sound.output import ClockOutput, NoDevice, Output, device_output

__all__ = ["SPEEDS", "Player"]

SPEEDS = (0.25, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""The speeds offered; any from the first to the last can be set."""

_SECOND = 1_000_000
_TICK_MS = 16


class Player(QObject):
    """Plays one source at a time.

    ``moved`` carries the position, at every frame of the screen while playing and at every seek;
    ``playing_changed`` whether it plays; ``ended`` fires when it came to the end by itself;
    ``muted_changed`` carries why nothing is heard, empty where sound is heard again. ``output`` makes
    the place of sound when it is first needed (a test brings its own).
    """

    moved = Signal(object)
    playing_changed = Signal(bool)
    ended = Signal()
    muted_changed = Signal(str)

    def __init__(
        self, output: Callable[[], Output] = device_output, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make_output = output
        self._output: Output | None = None
        self._muted = ""
        self._source: PcmSource | None = None
        self._plan: Plan | None = None
        self._position = 0
        self._speed = 1.0
        self._heard_before = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    # what is so

    @property
    def source(self) -> PcmSource | None:
        """What is played, or None."""
        return self._source

    @property
    def duration(self) -> int:
        """How long the source is."""
        return self._time(self._source.frames) if self._source is not None else 0

    @property
    def position(self) -> int:
        """Where it is now; while playing, what is heard now."""
        if self._plan is not None:
            self._position = self._time(round(self._plan.source_at(self._heard())))
        return self._position

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._plan is not None

    @property
    def looping(self) -> bool:
        """Whether what plays starts over at its end."""
        return self._plan is not None and self._plan.again is not None

    @property
    def speed(self) -> float:
        """How many times faster than normal it plays."""
        return self._speed

    @property
    def muted(self) -> str:
        """Why nothing is heard, empty where it is (or nothing was played yet)."""
        return self._muted

    # what can be done

    def set_output(self, output: Callable[[], Output]) -> None:
        """Be heard at another place from the next start on."""
        self._make_output = output
        self._output = None

    def warm(self) -> None:
        """Look for the place of sound now, so that the first key does not wait for it.

        Loading Qt Multimedia takes a tenth of a second, once.
        """
        if self._output is None:
            try:
                self._output = self._make_output()
            except NoDevice as reason:
                self._output = ClockOutput()
                self._say_muted(str(reason))

    def set_source(self, source: PcmSource | None) -> None:
        """Play another medium, from its beginning; stops."""
        self.pause()
        self._source = source
        self.seek(0)

    def play(self, start: int | None = None, end: int | None = None) -> None:
        """Play from ``start`` (else from where it is) to ``end`` (else to the end of the medium)."""
        self._begin(self.position if start is None else start, end, None, 0)

    def loop(self, start: int, end: int, gap: int, begin: int | None = None) -> None:
        """Play a stretch again and again, with ``gap`` microseconds of silence before each round.

        The first round begins at ``begin``, if that lies in the stretch.
        """
        first = begin if begin is not None and start <= begin < end else start
        self._begin(first, end, start, gap)

    def pause(self) -> None:
        """Stop where it is."""
        if self._plan is None:
            return
        position = self.position
        self._halt()
        self._position = position
        self.moved.emit(position)
        self.playing_changed.emit(False)

    def seek(self, time: int) -> None:
        """Go to a time; what plays goes on from there to the end of the medium."""
        time = max(0, min(self.duration, time))
        if self._plan is None:
            self._position = time
            self.moved.emit(time)
        else:
            self._begin(time, None, None, 0)

    def set_speed(self, speed: float) -> None:
        """Play slower or faster from now on, 0.25 to 3 times; the pitch stays."""
        speed = max(SPEEDS[0], min(SPEEDS[-1], speed))
        if speed == self._speed:
            return
        plan, here = self._plan, self.position
        self._speed = speed
        if plan is not None:
            again = None if plan.again is None else self._time(plan.again)
            gap = round(plan.gap / plan_rate(self._source) * _SECOND)
            self._begin(here, self._time(plan.end), again, gap)

    def close(self) -> None:
        """Stop, and let go of medium and device."""
        self.pause()
        self._source = None
        self._position = 0
        if self._output is not None:
            self._output.stop()

    # inside

    def _frame(self, time: int) -> int:
        return round(time * plan_rate(self._source) / _SECOND)

    def _time(self, frame: int) -> int:
        return round(frame * _SECOND / plan_rate(self._source))

    def _begin(self, start: int, end: int | None, again: int | None, gap: int) -> None:
        source = self._source
        if source is None:
            return
        was_playing = self._plan is not None
        self._halt()
        last = source.frames if end is None else min(source.frames, self._frame(end))
        first = max(0, self._frame(start))
        if first >= last:
            self._position = self._time(last)
            self.moved.emit(self._position)
            if was_playing:
                self.playing_changed.emit(False)
            return
        plan = Plan(
            first,
            last,
            self._speed,
            None if again is None else self._frame(again),
            round(gap * source.rate / _SECOND),
        )
        self._position = self._time(first)
        self._start(source, plan)
        self._plan = plan
        self._timer.start()
        self.moved.emit(self._position)
        if not was_playing:
            self.playing_changed.emit(True)

    def _start(self, source: PcmSource, plan: Plan) -> None:
        self._heard_before = 0.0
        feeder = Feeder(source, plan)
        try:
            # A device may have come since: it is asked for anew where there was none.
            if self._output is None or self._muted:
                self._output = self._make_output()
            self._output.start(feeder)
        except NoDevice as reason:
            self._silent(str(reason), feeder)
        else:
            self._say_muted("")

    def _silent(self, reason: str, feeder: Feeder) -> None:
        if self._output is not None:
            self._output.stop()
        self._output = ClockOutput()
        self._output.start(feeder)
        self._say_muted(reason)

    def _say_muted(self, reason: str) -> None:
        if reason != self._muted:
            self._muted = reason
            self.muted_changed.emit(reason)

    def _heard(self) -> float:
        """Frames of the plan that were heard."""
        if self._output is None:
            return 0.0
        return (self._heard_before + self._output.heard()) * plan_rate(self._source)

    def _halt(self) -> None:
        self._timer.stop()
        self._plan = None
        if self._output is not None:
            self._output.stop()

    def _tick(self) -> None:
        plan, source, output = self._plan, self._source, self._output
        if plan is None or source is None or output is None:
            return
        if output.failed:
            # The device went away in the middle: the clock goes on from here.
            heard, reason = self._heard_before + output.heard(), output.failed
            self._silent(reason, Feeder(source, plan))
            self._heard_before = heard
        total = plan.total
        if total is not None and self._heard() >= total:
            self._halt()
            self._position = self._time(plan.end)
            self.moved.emit(self._position)
            self.playing_changed.emit(False)
            self.ended.emit()
        else:
            self.moved.emit(self.position)


def plan_rate(source: PcmSource | None) -> int:
    """Frames a second of a source; of none, as many as leave times what they are."""
    return source.rate if source is not None else _SECOND
