"""Masks as bitmaps: runs of set and unset pixels to an array and back, and outlines filled in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from labeler.api import Mask

__all__ = ["Bitmap", "bitmap", "bits_of_runs", "raster", "runs_of_bits", "set_pixels"]

Bitmap = npt.NDArray[np.bool_]


def set_pixels(mask: Mask) -> int:
    """How many pixels of the mask are set."""
    return sum(mask.counts[1::2])


def bits_of_runs(counts: Sequence[int]) -> Bitmap:
    """Runs that begin with unset pixels, one behind the other."""
    return np.repeat(np.arange(len(counts)) % 2 == 1, np.asarray(counts, dtype=np.int64))


def runs_of_bits(bits: Bitmap) -> list[int]:
    """The runs of a row of bits, beginning with unset ones; without runs of 0 but for the first."""
    if not len(bits):
        return []
    turns = np.flatnonzero(bits[1:] != bits[:-1]) + 1
    runs: list[int] = np.diff(np.concatenate([[0], turns, [len(bits)]])).tolist()
    return [0, *runs] if bits[0] else runs


def bitmap(mask: Mask) -> Bitmap:
    """The mask's own pixels as an array of height × width."""
    return bits_of_runs(mask.counts).reshape(mask.height, mask.width)


def raster(
    rings: Sequence[Sequence[tuple[float, float]]], x: int, y: int, width: int, height: int
) -> Bitmap:
    """The pixels of a window whose middles lie inside the rings, filled even-odd.

    The window has its corner at (x, y); the array is height × width.
    """
    turns = np.zeros((height, width + 1), dtype=np.int64)
    for ring in rings:
        for (ax, ay), (bx, by) in zip((*ring[-1:], *ring[:-1]), ring, strict=True):
            if ay == by:
                continue
            (ux, uy), (lx, ly) = ((ax, ay), (bx, by)) if ay < by else ((bx, by), (ax, ay))
            # Rows whose middle lies from the upper end (taken in) to the lower (left out).
            first = max(0, int(np.ceil(uy - y - 0.5)))
            last = min(height, int(np.ceil(ly - y - 0.5)))
            if first >= last:
                continue
            rows = np.arange(first, last)
            across = ux + (lx - ux) / (ly - uy) * (rows + y + 0.5 - uy)
            columns = np.clip(np.ceil(across - x - 0.5), 0, width).astype(np.int64)
            np.add.at(turns, (rows, columns), 1)
    inside: Bitmap = np.cumsum(turns, axis=1)[:, :width] % 2 == 1
    return inside
