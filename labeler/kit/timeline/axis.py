"""The time axis: which stretch of time is in sight, and at which pixel each microsecond is drawn.

Everything that shows time (ruler, wave, lanes, minimap, playhead) asks one axis, so that they agree.
"""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QObject, Signal

__all__ = ["TimeAxis"]

_SECOND = 1_000_000
_WIDEST_SAMPLE = 24
"""Pixels between two samples at the greatest zoom."""
_MARGIN = 0.04
"""Of the width, left free at both sides of what is brought into view."""


class TimeAxis(QObject):
    """Maps microseconds of a medium to pixels of a view that begins at pixel 0.

    ``start`` is the time at pixel 0 and ``per_pixel`` how many microseconds a pixel holds; both are
    floats, times handed out are integers. ``changed`` fires when either, the width or the duration
    became another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._duration = 0
        self._rate = 48_000
        self._width = 1
        self._start = 0.0
        self._per_pixel = 1.0
        self._whole = True

    # what is so

    @property
    def duration(self) -> int:
        """How long the medium is, in microseconds."""
        return self._duration

    @property
    def rate(self) -> int:
        """Samples a second of the medium: how far one can zoom in."""
        return self._rate

    @property
    def width(self) -> int:
        """Pixels of the view, at least 1."""
        return self._width

    @property
    def start(self) -> float:
        """The time at pixel 0."""
        return self._start

    @property
    def end(self) -> float:
        """The time at the first pixel beyond the view."""
        return self._start + self._width * self._per_pixel

    @property
    def per_pixel(self) -> float:
        """Microseconds in a pixel."""
        return self._per_pixel

    @property
    def whole(self) -> bool:
        """Whether all of the medium is in sight, and stays so when the view grows."""
        return self._whole

    @property
    def finest(self) -> float:
        """The least a pixel can hold."""
        return _SECOND / self._rate / _WIDEST_SAMPLE

    @property
    def coarsest(self) -> float:
        """The most a pixel holds: all of the medium in sight."""
        return max(self.finest, self._duration / self._width)

    def x_of(self, time: float) -> float:
        """Where a time is drawn; the pixel that shows it is its floor."""
        return (time - self._start) / self._per_pixel

    def pixel_of(self, time: float) -> int:
        """The pixel that shows a time."""
        return floor((time - self._start) / self._per_pixel)

    def at(self, x: float) -> int:
        """The time at a place, rounded to a microsecond, within the medium."""
        return max(0, min(self._duration, round(self._start + x * self._per_pixel)))

    def sample_time(self, x: float) -> int:
        """The time, in microseconds, of the sample nearest to a place."""
        sample = round((self._start + x * self._per_pixel) * self._rate / _SECOND)
        return max(0, min(self._duration, round(sample * _SECOND / self._rate)))

    # what is changed

    def set_medium(self, duration: int, rate: int) -> None:
        """Another medium: all of it is in sight."""
        self._duration, self._rate = max(0, duration), max(1, rate)
        self._whole = True
        self._put(0.0, self.coarsest)

    def set_duration(self, duration: int) -> None:
        """The same medium turned out longer or shorter; what is in sight stays."""
        if duration != self._duration:
            self._duration = max(0, duration)
            self._put(self._start, self._per_pixel)

    def set_width(self, width: int) -> None:
        """The view has another width; its left edge stays."""
        if width != self._width:
            self._width = max(1, width)
            self._put(self._start, self._per_pixel)

    def set_view(self, start: float, per_pixel: float) -> None:
        """Show time from ``start`` on, as much as fits, within the medium."""
        self._whole = per_pixel >= self.coarsest
        self._put(start, per_pixel)

    def fit(self) -> None:
        """Show all of it."""
        self._whole = True
        self._put(0.0, self.coarsest)

    def zoom(self, factor: float, x: float) -> None:
        """Zoom in by a factor (out below 1); the time at ``x`` stays where it is."""
        time = self._start + x * self._per_pixel
        wanted = max(self.finest, min(self.coarsest, self._per_pixel / factor))
        self._whole = wanted >= self.coarsest
        self._put(time - x * wanted, wanted)

    def scroll(self, pixels: float) -> None:
        """Move the view to later times by so many pixels."""
        self._put(self._start + pixels * self._per_pixel, self._per_pixel)

    def show(self, start: float, end: float) -> None:
        """Make a stretch fill the view, with a little room at both sides."""
        length = max(end - start, self.finest)
        per_pixel = length / (self._width * (1 - 2 * _MARGIN))
        self.set_view(start - self._width * _MARGIN * per_pixel, per_pixel)

    def reveal(self, start: float, end: float | None = None) -> None:
        """Bring a stretch (or a moment) into view, moving as little as it takes."""
        last = start if end is None else end
        edge = self._width * _MARGIN * self._per_pixel
        room = self._width * self._per_pixel - 2 * edge
        if start >= self._start and last <= self.end:
            return
        if last - start > room or start < self._start:
            self._put(start - edge, self._per_pixel)
        else:
            self._put(last + edge - self._width * self._per_pixel, self._per_pixel)

    def follow(self, time: float) -> None:
        """Turn the page when the playhead runs out of sight; it is then near the left edge."""
        if not self._start <= time < self.end:
            self._put(time - self._width * _MARGIN * self._per_pixel, self._per_pixel)

    def _put(self, start: float, per_pixel: float) -> None:
        if self._whole:
            start, per_pixel = 0.0, self.coarsest
        per_pixel = max(self.finest, min(self.coarsest, per_pixel))
        last = self._duration - self._width * per_pixel
        self._start = max(0.0, min(start, last))
        self._per_pixel = per_pixel
        self.changed.emit()
