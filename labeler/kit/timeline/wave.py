"""Drawing a waveform: columns of least, greatest and RMS as a raster, single samples as points.

A column of pixels stands for the samples whose time falls into it, so a click is drawn at exactly
the pixel its time has on the axis.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from labeler.kit.timeline.axis import TimeAxis

__all__ = [
    "Columns",
    "WaveCache",
    "WaveSource",
    "column_edges",
    "columns_image",
    "draw_samples",
    "wave_image",
]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_SECOND = 1_000_000
_STEMS_FROM = 6.0
"""Pixels between two samples from which each has a point and a stem."""
_POINT = 2.5
_OPAQUE_OR_NOTHING = QImage.Format.Format_ARGB32_Premultiplied
_HEADROOM = 0.94
"""Of half the height is full scale, so that a clipped wave is seen to touch nothing."""


class Columns(NamedTuple):
    """Least, greatest and root mean square of the samples of each column, −1 to 1.

    A column that is not known yet has NaN in all three.
    """

    low: Floats
    high: Floats
    rms: Floats


class WaveSource(Protocol):
    """Where a wave comes from; called on the UI thread, must answer at once with what it has."""

    def columns(self, edges: Ints) -> Columns:
        """One column for each two neighbours of ``edges``, which are sample numbers in order."""

    def samples(self, start: int, count: int) -> Floats | None:
        """These samples, all channels as one, fewer at the end; None where they are not here yet."""


def column_edges(axis: TimeAxis, count: int, scale: float = 1.0) -> Ints:
    """Where the columns of a view begin and end in samples: ``count`` + 1 numbers in order.

    ``scale`` is how many columns a pixel of the axis has (the device's pixel ratio). A sample belongs
    to the column its time falls into.
    """
    times = axis.start + np.arange(count + 1) * (axis.per_pixel / scale)
    edges: Ints = np.ceil(times * (axis.rate / _SECOND) - 1e-6).astype(np.int64)
    return edges


def wave_image(
    columns: Columns, height: int, gain: float, wave: QColor, rms: QColor, line: QColor
) -> QImage:
    """A raster as wide as there are columns: the peaks, the RMS inside, the line in the middle."""
    middle = (height - 1) / 2
    reach = middle * _HEADROOM * gain
    rows = np.arange(height, dtype=np.float32)[:, None]
    known = ~np.isnan(columns.high)
    picture = np.zeros((height, len(known)), np.uint32)
    for low, high, colour in (
        (columns.low, columns.high, wave),
        (-columns.rms, columns.rms, rms),
    ):
        top = np.where(known, np.rint(middle - np.nan_to_num(high) * reach), height)
        bottom = np.where(known, np.rint(middle - np.nan_to_num(low) * reach), -1)
        inside = (rows >= top[None, :]) & (rows <= bottom[None, :])
        picture[inside] = colour.rgba()
    # The line goes on where nothing is known yet, and shows through silence.
    row = picture[int(middle)]
    row[row == 0] = line.rgba()
    image = QImage(picture.data, picture.shape[1], height, picture.strides[0], _OPAQUE_OR_NOTHING)
    return image.copy()


def columns_image(
    place: QRect,
    source: WaveSource,
    axis: TimeAxis,
    gain: float,
    colours: tuple[QColor, QColor, QColor],
    scale: float,
) -> QImage:
    """The wave for ``place``, whose left edge is pixel 0 of the axis, at a device's own pixels."""
    count = max(1, round(place.width() * scale))
    height = max(1, round(place.height() * scale))
    columns = source.columns(column_edges(axis, count, scale))
    image = wave_image(columns, height, gain, *colours)
    image.setDevicePixelRatio(scale)
    return image


def draw_samples(
    painter: QPainter,
    place: QRect,
    source: WaveSource,
    axis: TimeAxis,
    gain: float,
    colours: tuple[QColor, QColor, QColor],
) -> bool:
    """Single samples: a line through them, each with a point and a stem where they lie apart.

    False, and nothing drawn, where the samples are not here yet.
    """
    per_sample = _SECOND / axis.rate / axis.per_pixel
    first = max(0, int(axis.start * axis.rate / _SECOND) - 1)
    count = int(place.width() / per_sample) + 4
    samples = source.samples(first, count)
    if samples is None:
        return False
    wave, point, line = colours
    middle = place.y() + (place.height() - 1) / 2
    reach = (place.height() - 1) / 2 * _HEADROOM * gain
    bounds = (place.y(), place.bottom())
    points = []
    for number, sample in enumerate(samples.tolist(), start=first):
        x = place.x() + axis.x_of(number * _SECOND / axis.rate)
        y = min(bounds[1], max(bounds[0], middle - sample * reach))
        points.append(QPointF(x, y))
    painter.save()
    painter.setClipRect(place)
    painter.fillRect(QRect(place.x(), int(middle), place.width(), 1), line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(wave, 1.5))
    painter.drawPolyline(QPolygonF(points))
    if per_sample >= _STEMS_FROM:
        painter.drawLines([QLineF(one.x(), middle, one.x(), one.y()) for one in points])
        painter.setBrush(point)
        painter.setPen(point)
        for one in points:
            painter.drawEllipse(one, _POINT, _POINT)
    painter.restore()
    return True


class WaveCache:
    """The wave as it was drawn last: what only changes marks does not draw it again."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._image: QImage | None = None
        self._version = 0

    def forget(self) -> None:
        """The source has something new."""
        self._version += 1

    def draw(
        self,
        painter: QPainter,
        place: QRect,
        source: WaveSource,
        axis: TimeAxis,
        gain: float,
        colours: tuple[QColor, QColor, QColor],
    ) -> None:
        """Draw the wave in ``place``: as columns, or single samples where they lie apart."""
        apart = _SECOND / axis.rate / axis.per_pixel
        if apart > 1 and draw_samples(painter, place, source, axis, gain, colours):
            return
        scale = painter.device().devicePixelRatioF()
        look = tuple(colour.rgba() for colour in colours)
        size = (place.width(), place.height(), scale)
        view = (axis.start, axis.per_pixel, axis.rate, axis.duration)
        key = (id(source), self._version, view, size, gain, look)
        if self._image is None or key != self._key:
            self._image = columns_image(place, source, axis, gain, colours, scale)
            self._key = key
        painter.drawImage(place.topLeft(), self._image)
