"""Where the picture lies on the surface: zoom, place, and the way between the two coordinates.

Image coordinates are pixels of the displayed picture with (0, 0) at its top-left corner; screen
coordinates are logical pixels of the surface. The picture's corner always lies on a device pixel, so
that what was drawn once can be shifted when it is panned.
"""

from __future__ import annotations

__all__ = ["MAX_ZOOM", "MIN_ZOOM", "View"]

MIN_ZOOM, MAX_ZOOM = 0.01, 64.0
_MARGIN = 16
"""Logical pixels left free round a picture that is fitted to less than its whole."""


class View:
    """One picture in one viewport; ``zoom`` is logical screen pixels per picture pixel.

    At 1.0 a picture pixel is one logical pixel. Where the picture is smaller than the viewport it is
    centred; where it is larger it can be panned until its edge reaches the middle.
    """

    def __init__(self) -> None:
        self.width = self.height = 0
        self.room = (1, 1)
        self.dpr = 1.0
        self.zoom = 1.0
        self.left = self.top = 0.0
        self.fitted = True
        """Whether the whole picture is shown and goes on being shown when the room changes."""

    @property
    def empty(self) -> bool:
        """Whether there is no picture, or nothing is known of its size."""
        return self.width <= 0 or self.height <= 0

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole picture is seen."""
        if self.empty:
            return 1.0
        zoom = min(self.room[0] / self.width, self.room[1] / self.height)
        return min(max(zoom, MIN_ZOOM), MAX_ZOOM)

    @property
    def nudge(self) -> int:
        """Whole picture pixels of the smallest step that can be seen: 1, more where it is shown small."""
        return max(1, round(1 / self.zoom))

    @property
    def centre(self) -> tuple[float, float]:
        """The picture's point in the middle of the viewport."""
        return self.to_image(self.room[0] / 2, self.room[1] / 2)

    @property
    def shows_all(self) -> bool:
        """Whether no part of the picture is out of sight."""
        return (
            self.left >= -0.5
            and self.top >= -0.5
            and self.left + self.width * self.zoom <= self.room[0] + 0.5
            and self.top + self.height * self.zoom <= self.room[1] + 0.5
        )

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """A point of the picture on the surface."""
        return self.left + x * self.zoom, self.top + y * self.zoom

    def to_image(self, x: float, y: float) -> tuple[float, float]:
        """A point of the surface in the picture, which may lie outside it."""
        return (x - self.left) / self.zoom, (y - self.top) / self.zoom

    def in_sight(self) -> tuple[float, float, float, float]:
        """The part of the picture's plane that is seen: left, top, right, bottom."""
        return (*self.to_image(0, 0), *self.to_image(*self.room))

    def set_picture(self, width: int, height: int) -> None:
        """Another picture of this size, fitted."""
        self.width, self.height = width, height
        self.fit()

    def set_room(self, width: int, height: int, dpr: float) -> None:
        """The viewport became another; what was in its middle stays there."""
        centre = self.centre
        self.room, self.dpr = (max(1, width), max(1, height)), dpr
        if self.fitted:
            self.fit()
        else:
            self.look_at(*centre)

    def fit(self) -> None:
        """Show the whole picture."""
        self.zoom = self.fit_zoom
        self.left = self.top = 0.0
        self._settle()
        self.fitted = True

    def zoom_to(self, zoom: float, x: float, y: float) -> None:
        """Another zoom, with the picture's point under the screen point (x, y) left where it is."""
        at = self.to_image(x, y)
        self.zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        self.left, self.top = x - at[0] * self.zoom, y - at[1] * self.zoom
        self._settle()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by screen pixels, as far as it goes."""
        self.left += dx
        self.top += dy
        self._settle()

    def look_at(self, x: float, y: float, zoom: float | None = None) -> None:
        """Put a point of the picture into the middle, at another zoom if one is given."""
        if zoom is not None:
            self.zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        self.left = self.room[0] / 2 - x * self.zoom
        self.top = self.room[1] / 2 - y * self.zoom
        self._settle()

    def show_rect(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Bring a part of the picture into sight with the least panning; whether anything moved."""
        x0, y0 = self.to_screen(left, top)
        x1, y1 = self.to_screen(right, bottom)
        dx = _least(x0, x1, self.room[0])
        dy = _least(y0, y1, self.room[1])
        if not dx and not dy:
            return False
        self.pan(dx, dy)
        return True

    def zoom_on(self, left: float, top: float, right: float, bottom: float) -> None:
        """Make a part of the picture fill most of the viewport."""
        wide, high = max(right - left, 1.0), max(bottom - top, 1.0)
        zoom = 0.6 * min(self.room[0] / wide, self.room[1] / high)
        self.look_at((left + right) / 2, (top + bottom) / 2, zoom)

    def _settle(self) -> None:
        """Keep the picture within reach and its corner on a device pixel."""
        self.fitted = False
        self.left = self._held(self.left, self.width * self.zoom, self.room[0])
        self.top = self._held(self.top, self.height * self.zoom, self.room[1])

    def _held(self, start: float, length: float, room: int) -> float:
        if length <= room:
            start = (room - length) / 2
        else:
            start = min(max(start, room / 2 - length), room / 2)
        return round(start * self.dpr) / self.dpr


def _least(start: float, end: float, room: int) -> float:
    """How far to move [start, end] so that it lies in [0, room] with a margin, if it can."""
    low, high = min(_MARGIN, room / 4), max(room - _MARGIN, room * 3 / 4)
    if start >= 0 and end <= room:
        return 0.0
    if end - start > high - low:
        # Larger than the room: its beginning counts, and some of it in sight is enough.
        return 0.0 if start < high and end > low else low - start
    return low - start if start < low else high - end
