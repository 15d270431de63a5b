"""The shape of a sound at every scale: least, greatest and RMS of blocks of it, each four times the last.

A pyramid is made in slices that a worker takes one by one, and can be looked at from another thread
meanwhile: first a sparse overview, then what is being looked at, then the rest. What is not known yet
is NaN.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from labeler.media.audio import Floats, Shorts

__all__ = ["CHUNK", "Columns", "Peaks", "base_of", "columns_of"]

Ints = NDArray[np.int64]

CHUNK = 1 << 20
"""Frames that are read, and become known, together."""
_BASE = 256
_STEP = 4
_MOST_BLOCKS = 8 << 20
"""Blocks of the finest level: beyond them the blocks are longer (six bytes a block)."""
_FINE = 4
"""A column is made of at least so many blocks, so that no sample is drawn a quarter of one away."""
_FULL = np.float32(1 / 32768)


class Columns(NamedTuple):
    """Least, greatest and root mean square of the samples of each column, −1 to 1; NaN is unknown."""

    low: Floats
    high: Floats
    rms: Floats


def base_of(frames: int, rows: int) -> int:
    """Frames in a block of the finest level: 256, more for what would not fit into memory."""
    base = _BASE
    while base < CHUNK and -(-frames // base) * rows > _MOST_BLOCKS:
        base *= _STEP
    return base


def columns_of(samples: Floats, start: int, edges: Ints) -> Columns:
    """Columns of samples at hand, of which the first is frame ``start``; unknown where they end."""
    count = len(edges) - 1
    low, high, rms = (np.full(count, np.nan, np.float32) for _ in range(3))
    places = np.clip(edges - start, 0, len(samples))
    filled = places[1:] > places[:-1]
    if filled.any():
        cuts = places[:-1][filled]
        end = places[1:][filled][-1]
        within = samples[:end]
        low[filled] = np.minimum.reduceat(within, cuts)
        high[filled] = np.maximum.reduceat(within, cuts)
        squares = np.add.reduceat(np.square(within, dtype=np.float64), cuts)
        rms[filled] = np.sqrt(squares / np.diff(np.append(cuts, end)))
    return Columns(low, high, rms)


class _Level(NamedTuple):
    """One level: blocks of ``size`` frames as (rows, blocks)."""

    size: int
    low: Shorts
    high: Shorts
    rms: Shorts


class Peaks:
    """The pyramid of one recording. A row is a channel, or the mean of all where there is one row.

    One thread writes (``put``, ``put_overview``), any may look: what is not put yet is not looked at.
    """

    def __init__(self, rate: int, frames: int, rows: int = 1) -> None:
        self.rate = rate
        self.frames = frames
        self.rows = rows
        self.base = base_of(frames, rows)
        self.known = np.zeros(-(-frames // CHUNK), np.bool_)
        self.levels: list[_Level] = []
        size = self.base
        while size <= CHUNK:
            blocks = -(-frames // size)
            self.levels.append(
                _Level(size, *(np.zeros((rows, blocks), np.int16) for _ in range(3)))
            )
            size *= _STEP
        self._overview: tuple[Ints, Shorts] = (
            np.zeros(0, np.int64),
            np.zeros((3, rows, 0), np.int16),
        )

    @property
    def complete(self) -> bool:
        """Whether all of it is known."""
        return bool(self.known.all())

    def put(self, chunk: int, frames: Shorts) -> None:
        """Take in a whole chunk: its frames as (frames, rows), shorter only at the end."""
        finest = self.levels[0]
        at = chunk * (CHUNK // self.base)
        blocks = -(-len(frames) // self.base)
        part = slice(at, at + blocks)
        starts = np.arange(0, len(frames), self.base)
        by_row = np.ascontiguousarray(frames.T)
        whole = len(frames) // self.base
        for row, samples in enumerate(by_row):
            # Equal blocks as a table: some times faster than cutting at places.
            table = samples[: whole * self.base].reshape(whole, self.base)
            _fill(finest, row, slice(at, at + whole), table)
            if whole < blocks:
                _fill(finest, row, slice(at + whole, at + blocks), samples[None, starts[-1] :])
        self._raise(part)
        self.known[chunk] = True

    def fill_levels(self) -> None:
        """Make every level of the finest one; then all of it is known."""
        self._raise(slice(0, self.levels[0].low.shape[1]))
        self.known[:] = True

    def _raise(self, part: slice) -> None:
        """Make the levels above the finest where these of its blocks lie."""
        first, end = part.start, part.stop
        for below, level in zip(self.levels, self.levels[1:], strict=False):
            cuts = np.arange(0, end - first, _STEP)
            into = slice(first // _STEP, first // _STEP + len(cuts))
            level.low[:, into] = np.minimum.reduceat(below.low[:, first:end], cuts, axis=1)
            level.high[:, into] = np.maximum.reduceat(below.high[:, first:end], cuts, axis=1)
            squares = np.square(below.rms[:, first:end], dtype=np.float32)
            counts = np.diff(np.append(cuts, end - first))
            mean = np.add.reduceat(squares, cuts, axis=1) / counts
            level.rms[:, into] = np.rint(np.sqrt(mean)).astype(np.int16)
            first, end = into.start, into.stop

    def put_overview(self, places: Ints, peaks: Shorts) -> None:
        """Take the overview: places in order, and (3, rows, places) least, greatest and RMS there."""
        self._overview = places, peaks

    def columns(self, edges: Ints, row: int = 0) -> Columns:
        """One column for each two neighbours of ``edges``, which are frame numbers in order.

        From the coarsest level that has four blocks to a column; a column narrower than a block
        of the finest shows the block it lies in, so for those read samples. Where only the overview
        is there, each column has what was read nearest to it.
        """
        count = len(edges) - 1
        if count <= 0:
            nothing = np.zeros(0, np.float32)
            return Columns(nothing, nothing, nothing)
        width = max(1, int(edges[-1] - edges[0]) // count)
        level = self.levels[0]
        for one in self.levels[1:]:
            if one.size * _FINE <= width:
                level = one
        starts, ends = self._blocks(edges, level.size)
        inside = (edges[1:] > 0) & (edges[:-1] < self.frames) & (edges[1:] > edges[:-1])
        known = inside & self._are_known(starts, ends, level.size)
        low, high, rms = (np.full(count, np.nan, np.float32) for _ in range(3))
        if known.any():
            first, end = int(starts[known].min()), int(ends[known].max())
            cuts = _cuts(starts[known] - first, ends[known] - first)
            part = slice(first, end)
            low[known] = _reduced(np.minimum, level.low[row, part], cuts) * _FULL
            high[known] = _reduced(np.maximum, level.high[row, part], cuts) * _FULL
            squares = np.square(level.rms[row, part], dtype=np.float32)
            blocks = (ends - starts)[known]
            rms[known] = np.sqrt(_reduced(np.add, squares, cuts) / blocks) * _FULL
        columns = Columns(low, high, rms)
        if not known.all():
            self._sketch(columns, edges, inside & ~known, row)
        return columns

    def _blocks(self, edges: Ints, size: int) -> tuple[Ints, Ints]:
        """First block and the one after the last of each column; every block is in one column only,
        but that a column always has one."""
        last = max(1, -(-self.frames // size))
        nearest = np.clip((edges + size // 2) // size, 0, last)
        starts, ends = nearest[:-1], nearest[1:]
        narrow = ends <= starts
        if narrow.any():
            inner = np.clip((edges[:-1] + edges[1:]) // 2 // size, 0, last - 1)
            starts = np.where(narrow, inner, starts)
            ends = np.where(narrow, inner + 1, ends)
        return starts, ends

    def _are_known(self, starts: Ints, ends: Ints, size: int) -> NDArray[np.bool_]:
        if self.complete:
            return np.ones(len(starts), np.bool_)
        so_far = np.concatenate([[0], np.cumsum(self.known)])
        most = len(self.known)
        first = np.clip(starts * size // CHUNK, 0, most)
        end = np.clip(-(-ends * size // CHUNK), 0, most)
        known: NDArray[np.bool_] = so_far[end] - so_far[first] == end - first
        return known

    def _sketch(self, columns: Columns, edges: Ints, wanted: NDArray[np.bool_], row: int) -> None:
        """Fill columns that are not known from what of the overview lies nearest, if it lies near."""
        places, peaks = self._overview
        if not len(places) or not wanted.any():
            return
        middles = (edges[:-1] + edges[1:]) // 2
        after = np.clip(np.searchsorted(places, middles), 0, len(places) - 1)
        before = np.maximum(after - 1, 0)
        nearer = np.abs(places[before] - middles) <= np.abs(places[after] - middles)
        nearest = np.where(nearer, before, after)
        width = int(edges[-1] - edges[0]) // (len(edges) - 1)
        near = max(width, self.frames // len(places))
        wanted = wanted & (np.abs(places[nearest] - middles) <= near)
        for into, of in zip(columns, peaks[:, row], strict=True):
            into[wanted] = of[nearest[wanted]] * _FULL


def _fill(level: _Level, row: int, part: slice, table: Shorts) -> None:
    level.low[row, part] = table.min(axis=1)
    level.high[row, part] = table.max(axis=1)
    floats = table.astype(np.float32)
    mean = np.einsum("ij,ij->i", floats, floats) / table.shape[1]
    level.rms[row, part] = np.minimum(np.rint(np.sqrt(mean)), 32767).astype(np.int16)


def _cuts(starts: Ints, ends: Ints) -> Ints:
    """Starts and ends in turn, as ``reduceat`` takes them: every other result is a column's."""
    cuts = np.empty(2 * len(starts), np.int64)
    cuts[0::2] = starts
    cuts[1::2] = ends
    return cuts


def _reduced(reduce: np.ufunc, values: NDArray[Any], cuts: Ints) -> NDArray[Any]:
    # The end of the last column may be that of the values, and is no place to cut at.
    padded = np.append(values, values[-1:])
    columns: NDArray[Any] = reduce.reduceat(padded, cuts)[::2]
    return columns
