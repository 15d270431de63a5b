"""The regions of a surface as arrays: where they are, how they look, what is under a point.

Ten thousand rectangles are looked through by one mask in a fraction of a millisecond, so there is no
tree to keep up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Dot", "Geometry", "Ring", "Shape", "ShapeTable", "bounds_of", "corners_of", "differing"]

Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Ring = tuple[tuple[float, float], ...]
Dot = tuple[float, float, int]
_NOWHERE = float("nan")
_NO_PLACE = (_NOWHERE,) * 5
_FIRST_ROOM = 64


class Geometry(NamedTuple):
    """A rectangle in picture pixels; ``rotation`` is degrees clockwise about its centre."""

    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0


class Shape(NamedTuple):
    """One region to be drawn; ``geometry`` None is one that has no place on the picture.

    ``look`` is the number of a look the surface was given, ``tag`` what is written beside it. A
    ``proposed`` shape is a model's; a ``locked`` one lets the pointer through; a ``hidden`` one is
    not drawn. ``rings`` are closed lines drawn in place of the rectangle's, ``dots`` points (x, y,
    visibility 0 absent, 1 occluded, 2 visible); the rectangle then is what bounds them.
    """

    id: str
    geometry: Geometry | None
    look: int = 0
    tag: str = ""
    proposed: bool = False
    locked: bool = False
    hidden: bool = False
    rings: tuple[Ring, ...] = ()
    dots: tuple[Dot, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it is an upright rectangle and nothing else."""
        upright = self.geometry is not None and self.geometry.rotation % 360 == 0
        return upright and not self.rings and not self.dots


class ShapeTable:
    """Shapes in order, later ones above earlier ones.

    ``geometry`` has a row (x, y, width, height, rotation) for each, ``bounds`` (left, top, right,
    bottom) of it as drawn; rows of shapes without a place are not numbers and never found.
    """

    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.rows: dict[str, int] = {}
        self._reserve(_FIRST_ROOM)

    def __len__(self) -> int:
        return len(self.shapes)

    @property
    def geometry(self) -> Floats:
        """(n, 5) of x, y, width, height, rotation."""
        return self._geometry[: len(self.shapes)]

    @property
    def bounds(self) -> Floats:
        """(n, 4) of left, top, right, bottom."""
        return self._bounds[: len(self.shapes)]

    @property
    def looks(self) -> npt.NDArray[np.int32]:
        """(n,) numbers of looks."""
        return self._looks[: len(self.shapes)]

    @property
    def drawn(self) -> npt.NDArray[np.bool_]:
        """(n,) whether a shape is drawn at all."""
        return self._drawn[: len(self.shapes)]

    @property
    def proposed(self) -> npt.NDArray[np.bool_]:
        """(n,) whether a shape is a model's."""
        return self._proposed[: len(self.shapes)]

    @property
    def plain(self) -> npt.NDArray[np.bool_]:
        """(n,) whether a shape is an upright rectangle and nothing else."""
        return self._plain[: len(self.shapes)]

    @property
    def catches(self) -> npt.NDArray[np.bool_]:
        """(n,) whether a shape takes the pointer: drawn and not locked."""
        return self._catches[: len(self.shapes)]

    def shape(self, ident: str) -> Shape | None:
        """The shape with this id, or None."""
        row = self.rows.get(ident)
        return None if row is None else self.shapes[row]

    def set_all(self, shapes: Iterable[Shape]) -> None:
        """Hold these shapes and no others."""
        self.replace(0, len(self.shapes), list(shapes))

    def replace(self, start: int, end: int, shapes: Sequence[Shape]) -> None:
        """Put shapes in the place of rows ``start`` to ``end`` (exclusive)."""
        before, after = len(self.shapes), len(self.shapes) - (end - start) + len(shapes)
        if after > len(self._geometry):
            self._grow(2 * after)
        moved = after - before
        if moved and end < before:
            for array in self._arrays():
                array[end + moved : after] = array[end:before].copy()
        for row, one in enumerate(self.shapes[start:end], start):
            # One that went elsewhere is no longer this row's to forget.
            if self.rows.get(one.id) == row:
                del self.rows[one.id]
        self.shapes[start:end] = shapes
        # All behind them as well, where these are more or fewer than those were.
        last = after if moved else start + len(shapes)
        self.rows.update((self.shapes[row].id, row) for row in range(start, last))
        self._fill(start, shapes)

    def under(self, x: float, y: float, reach: float = 0.0) -> list[int]:
        """Rows that hold a point of the picture, the smallest first; ``reach`` widens them all.

        A point on a rotated shape is looked at in its own axes.
        """
        bounds, catches = self.bounds, self.catches
        near = np.flatnonzero(
            catches
            & (bounds[:, 0] - reach <= x)
            & (bounds[:, 2] + reach >= x)
            & (bounds[:, 1] - reach <= y)
            & (bounds[:, 3] + reach >= y)
        )
        if not len(near):
            return []
        near = near[self._inside(near, x, y, reach)]
        areas = self.geometry[near, 2] * self.geometry[near, 3]
        # Of equals the upper one is nearer to the hand.
        return [int(row) for row in near[np.lexsort((-near, areas))]]

    def on_outline(self, x: float, y: float, reach: float) -> list[int]:
        """Rows whose outline passes within ``reach`` picture pixels of a point, the smallest first."""
        found = self.under(x, y, reach)
        if not found:
            return []
        rows = np.asarray(found, dtype=np.intp)
        deep = self._inside(rows, x, y, -reach)
        return [row for row, within in zip(found, deep, strict=True) if not within]

    def within(self, left: float, top: float, right: float, bottom: float) -> list[int]:
        """Rows that lie wholly in a part of the picture, in order."""
        bounds = self.bounds
        found = (
            self.catches
            & (bounds[:, 0] >= left)
            & (bounds[:, 1] >= top)
            & (bounds[:, 2] <= right)
            & (bounds[:, 3] <= bottom)
        )
        return [int(row) for row in np.flatnonzero(found)]

    def meeting(self, left: float, top: float, right: float, bottom: float) -> Rows:
        """Rows of drawn shapes that touch a part of the picture, in order."""
        bounds = self.bounds
        return np.flatnonzero(
            self.drawn
            & (bounds[:, 0] <= right)
            & (bounds[:, 2] >= left)
            & (bounds[:, 1] <= bottom)
            & (bounds[:, 3] >= top)
        )

    def locked_in(self, left: float, top: float, right: float, bottom: float) -> list[int]:
        """Rows of locked shapes that touch a part of the picture, in order; none of a model's."""
        locked = np.flatnonzero(self.drawn & ~self.catches & ~self.proposed)
        if not len(locked):
            return []
        seen = self.meeting(left, top, right, bottom)
        return [int(row) for row in np.intersect1d(locked, seen, assume_unique=True)]

    # ------------------------------------------------------------------------------------- inside

    def _arrays(self) -> tuple[npt.NDArray[np.generic], ...]:
        return (
            self._geometry,
            self._bounds,
            self._looks,
            self._drawn,
            self._proposed,
            self._plain,
            self._catches,
        )

    def _reserve(self, room: int) -> None:
        self._geometry = np.full((room, 5), _NOWHERE)
        self._bounds = np.full((room, 4), _NOWHERE)
        self._looks = np.zeros(room, np.int32)
        self._drawn = np.zeros(room, np.bool_)
        self._proposed = np.zeros(room, np.bool_)
        self._plain = np.zeros(room, np.bool_)
        self._catches = np.zeros(room, np.bool_)

    def _grow(self, room: int) -> None:
        held = self._arrays()
        count = len(self.shapes)
        self._reserve(room)
        for new, old in zip(self._arrays(), held, strict=True):
            new[:count] = old[:count]

    def _fill(self, start: int, shapes: Sequence[Shape]) -> None:
        if not shapes:
            return
        rows = slice(start, start + len(shapes))
        # Column by column: ten thousand shapes are a task that is shown, while somebody waits.
        _, places, looks, _, proposed, locked, hidden, rings, dots = zip(*shapes, strict=True)
        geometry = self._geometry[rows]
        for number, column in enumerate(zip(*(one or _NO_PLACE for one in places), strict=True)):
            geometry[:, number] = column
        self._looks[rows] = looks
        self._proposed[rows] = proposed
        somewhere = ~np.isnan(geometry[:, 0])
        drawn = somewhere & ~np.asarray(hidden, np.bool_)
        self._drawn[rows] = drawn
        self._catches[rows] = drawn & ~np.asarray(locked, np.bool_)
        lined, dotted = (
            np.fromiter(map(bool, one), np.bool_, len(shapes)) for one in (rings, dots)
        )
        self._plain[rows] = ~lined & ~dotted & (geometry[:, 4] % 360 == 0)
        self._bounds[rows] = _bounds_of_all(geometry)

    def _inside(self, rows: Rows, x: float, y: float, reach: float) -> npt.NDArray[np.bool_]:
        """Whether a point lies in these shapes' own rectangles, widened by ``reach``."""
        found = self.geometry[rows]
        half_w, half_h = found[:, 2] / 2, found[:, 3] / 2
        dx, dy = x - found[:, 0] - half_w, y - found[:, 1] - half_h
        turn = np.radians(found[:, 4])
        along = dx * np.cos(turn) + dy * np.sin(turn)
        across = dy * np.cos(turn) - dx * np.sin(turn)
        inside: npt.NDArray[np.bool_] = (np.abs(along) <= half_w + reach) & (
            np.abs(across) <= half_h + reach
        )
        return inside


def differing(before: Sequence[Shape], after: Sequence[Shape]) -> tuple[list[int], list[int]]:
    """Which of the shapes before are gone or another, and which of those after are new or another.

    Where those that stay lie in another order, what is above what is another: then all of them.
    """
    if len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        rows = [row for row, (old, new) in pairs if old is not new and old != new]
        if all(before[row].id == after[row].id for row in rows):
            return rows, rows
    old_ids, new_ids = {one.id: one for one in before}, {one.id: one for one in after}
    stay = [one for one in old_ids if one in new_ids]
    if stay != [one for one in new_ids if one in old_ids]:
        return list(range(len(before))), list(range(len(after)))
    return (
        [row for row, one in enumerate(before) if new_ids.get(one.id) != one],
        [row for row, one in enumerate(after) if old_ids.get(one.id) != one],
    )


def corners_of(geometry: Geometry) -> tuple[tuple[float, float], ...]:
    """The four corners as drawn, from the rectangle's own top-left clockwise."""
    found = _corners(np.asarray([geometry], np.float64))[0]
    return tuple((float(x), float(y)) for x, y in found)


def bounds_of(geometry: Geometry) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a rectangle as drawn."""
    x, y, width, height, rotation = geometry
    if rotation % 360 == 0:
        return x, y, x + width, y + height
    corners = corners_of(geometry)
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def _bounds_of_all(geometry: Floats) -> Floats:
    """(n, 4) left, top, right, bottom of (n, 5) rectangles as drawn."""
    found = np.column_stack(
        (
            geometry[:, 0],
            geometry[:, 1],
            geometry[:, 0] + geometry[:, 2],
            geometry[:, 1] + geometry[:, 3],
        )
    )
    turned = np.flatnonzero(geometry[:, 4] % 360 > 0)
    if len(turned):
        corners = _corners(geometry[turned])
        found[turned] = np.concatenate((corners.min(axis=1), corners.max(axis=1)), axis=1)
    return found


def _corners(geometry: Floats) -> Floats:
    """(n, 4, 2) corners of (n, 5) rectangles."""
    half = geometry[:, 2:4] / 2
    middle = geometry[:, 0:2] + half
    signs = np.asarray([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64)
    flat = signs[None] * half[:, None]
    turn = np.radians(geometry[:, 4])[:, None]
    x = flat[..., 0] * np.cos(turn) - flat[..., 1] * np.sin(turn)
    y = flat[..., 0] * np.sin(turn) + flat[..., 1] * np.cos(turn)
    found: Floats = np.stack((x, y), axis=-1) + middle[:, None]
    return found
