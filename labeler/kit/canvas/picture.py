"""A decoded picture at several sizes, drawn smoothly when made smaller and as pixels when magnified."""

from __future__ import annotations

from math import ceil, floor

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from labeler.api import Problem

__all__ = ["Picture", "make_picture"]

Pixels = npt.NDArray[np.uint8]
_SMALLEST = 512
"""Pictures are halved until their longer side is below twice this."""


class Picture:
    """One upright picture; ``width`` and ``height`` are those of the whole, in pixels.

    ``whole`` tells whether its largest level has them all, ``final`` whether a larger one is still
    being read. ``notes`` say what was done to it to show it.
    """

    def __init__(
        self,
        levels: list[tuple[Pixels, QImage]],
        width: int,
        height: int,
        notes: tuple[Problem, ...] = (),
        final: bool = True,
    ) -> None:
        # The images lie in the arrays' memory, so both are kept.
        self._levels = levels
        self.width, self.height = width, height
        self.notes, self.final = notes, final

    @property
    def whole(self) -> bool:
        """Whether every pixel is there."""
        return self._levels[0][1].width() >= self.width

    @property
    def size(self) -> int:
        """Bytes of memory it takes."""
        return sum(pixels.nbytes for pixels, _ in self._levels)

    def pixel(self, x: int, y: int) -> tuple[int, int, int] | None:
        """Red, green and blue of a pixel, or None outside or where only a reduced one is there."""
        if not self.whole or not (0 <= x < self.width and 0 <= y < self.height):
            return None
        colour = self._levels[0][1].pixelColor(x, y)
        return colour.red(), colour.green(), colour.blue()

    def draw(self, painter: QPainter, clip: QRect, scale: float, left: float, top: float) -> None:
        """Draw what lies in ``clip`` with a painter in device pixels.

        ``scale`` is device pixels per picture pixel, (left, top) where the picture's corner lies.
        """
        image = self._level(scale)
        factor = scale * self.width / image.width()
        x0 = max(0, floor((clip.left() - left) / factor) - 1)
        y0 = max(0, floor((clip.top() - top) / factor) - 1)
        x1 = min(image.width(), ceil((clip.right() + 1 - left) / factor) + 1)
        y1 = min(image.height(), ceil((clip.bottom() + 1 - top) / factor) + 1)
        if x1 <= x0 or y1 <= y0:
            return
        # Only the part in sight is handed over: at 64 times its size the rest would lie beyond
        # what the painter's fixed-point coordinates reach.
        source = QRectF(x0, y0, x1 - x0, y1 - y0)
        target = QRectF(
            left + x0 * factor, top + y0 * factor, (x1 - x0) * factor, (y1 - y0) * factor
        )
        painter.save()
        painter.setClipRect(clip)
        # Where it is magnified its pixels are what is judged.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, factor < 1.0)
        painter.drawImage(target, image, source, Qt.ImageConversionFlag.AutoColor)
        painter.restore()

    def thumbnail(self, width: int, height: int) -> QImage:
        """The whole picture in exactly this size, in pixels."""
        image = self._levels[-1][1]
        for _, level in self._levels:
            if level.width() >= width:
                image = level
        return image.scaled(
            width,
            height,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )

    def _level(self, scale: float) -> QImage:
        """The smallest level that has at least as many pixels as are drawn."""
        image = self._levels[0][1]
        for _, level in self._levels:
            if level.width() >= self.width * scale:
                image = level
        return image


def make_picture(
    pixels: Pixels,
    width: int = 0,
    height: int = 0,
    *,
    notes: tuple[Problem, ...] = (),
    final: bool = True,
) -> Picture:
    """A picture of decoded pixels, (h, w) grey, (h, w, 3) RGB or (h, w, 4) RGBA, upright.

    ``width`` and ``height`` are those of the whole where the pixels are a reduced version of it.
    What is transparent is laid on white. May be called in a worker.
    """
    first = _opaque(pixels)
    levels = [first]
    while max(levels[-1].shape[:2]) >= 2 * _SMALLEST:
        high, wide = levels[-1].shape[:2]
        half = (max(1, wide // 2), max(1, high // 2))
        smaller = cv2.resize(levels[-1], half, interpolation=cv2.INTER_AREA)
        levels.append(np.ascontiguousarray(smaller, dtype=np.uint8))
    pairs = [(level, _image(level)) for level in levels]
    return Picture(pairs, width or first.shape[1], height or first.shape[0], notes, final)


def _opaque(pixels: Pixels) -> Pixels:
    """The pixels as BGRA without transparency, which is how the screen wants them."""
    if pixels.ndim == 2:
        found = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGRA)
    elif pixels.shape[2] == 1:
        found = cv2.cvtColor(np.ascontiguousarray(pixels[..., 0]), cv2.COLOR_GRAY2BGRA)
    elif pixels.shape[2] == 3:
        found = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA)
    else:
        found = cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGRA)
        alpha = found[..., 3:].astype(np.uint16)
        if alpha.min() < 255:
            mixed = found[..., :3] * alpha + 255 * (255 - alpha)
            found[..., :3] = (mixed + 127) // 255
            found[..., 3] = 255
    return np.ascontiguousarray(found, dtype=np.uint8)


def _image(level: Pixels) -> QImage:
    high, wide = level.shape[:2]
    return QImage(level.data, wide, high, level.strides[0], QImage.Format.Format_RGB32)
