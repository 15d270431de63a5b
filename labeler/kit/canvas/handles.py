"""The eight handles of a rectangle: where they are, which one a hand means, what pulling one does."""

from __future__ import annotations

from math import cos, hypot, radians, sin

from PySide6.QtCore import Qt

from labeler.kit.canvas.shapes import Geometry

__all__ = ["HANDLES", "cursor_of", "handle_at", "handle_points", "pulled"]

HANDLES: dict[str, tuple[int, int]] = {
    "nw": (-1, -1),
    "n": (0, -1),
    "ne": (1, -1),
    "e": (1, 0),
    "se": (1, 1),
    "s": (0, 1),
    "sw": (-1, 1),
    "w": (-1, 0),
}
"""Each handle with the side it lies on, across and down: −1 first, 0 middle, 1 last."""

_MIDDLES_FROM = 32
"""Logical pixels a side must have for a handle in its middle."""
_CURSORS = (
    Qt.CursorShape.SizeHorCursor,
    Qt.CursorShape.SizeFDiagCursor,
    Qt.CursorShape.SizeVerCursor,
    Qt.CursorShape.SizeBDiagCursor,
)


def handle_points(geometry: Geometry, zoom: float) -> dict[str, tuple[float, float]]:
    """Where the handles lie in the picture; those in the middle of short sides are left out."""
    middle_x, middle_y = geometry.x + geometry.width / 2, geometry.y + geometry.height / 2
    found = {}
    for name, (across, down) in HANDLES.items():
        if across == 0 and geometry.width * zoom < _MIDDLES_FROM:
            continue
        if down == 0 and geometry.height * zoom < _MIDDLES_FROM:
            continue
        dx, dy = _turned(across * geometry.width / 2, down * geometry.height / 2, geometry.rotation)
        found[name] = (middle_x + dx, middle_y + dy)
    return found


def handle_at(geometry: Geometry, x: float, y: float, zoom: float, hit: float) -> str:
    """The handle a hand at (x, y) in the picture means, "" for none.

    ``hit`` is the side of a handle's target in logical pixels. Inwards a target takes no more than a
    third of the side, so that a small rectangle can still be taken by its middle.
    """
    reach = hit / 2 / zoom
    best, nearest = "", float("inf")
    middle_x, middle_y = geometry.x + geometry.width / 2, geometry.y + geometry.height / 2
    # In the rectangle's own axes, from its middle.
    at_x, at_y = _turned(x - middle_x, y - middle_y, -geometry.rotation)
    for name in handle_points(geometry, zoom):
        across, down = HANDLES[name]
        dx = at_x - across * geometry.width / 2
        dy = at_y - down * geometry.height / 2
        inward_x = min(reach, geometry.width / 3) if across else reach
        inward_y = min(reach, geometry.height / 3) if down else reach
        if abs(dx) > (inward_x if dx * across < 0 else reach):
            continue
        if abs(dy) > (inward_y if dy * down < 0 else reach):
            continue
        distance = hypot(dx, dy)
        if distance < nearest:
            best, nearest = name, distance
    return best


def pulled(geometry: Geometry, handle: str, dx: float, dy: float, least: float) -> Geometry:
    """The rectangle with a handle moved by (dx, dy) in the picture; the opposite side stays.

    A side pulled beyond the opposite one turns over; no side is shorter than ``least``.
    """
    across, down = HANDLES[handle]
    along_x, along_y = _turned(dx, dy, -geometry.rotation)
    left, right = _pulled_side(across, along_x, geometry.width, least)
    top, bottom = _pulled_side(down, along_y, geometry.height, least)
    # The new middle, in the old rectangle's axes, turned back into the picture's.
    shift_x, shift_y = _turned((left + right) / 2, (top + bottom) / 2, geometry.rotation)
    middle_x = geometry.x + geometry.width / 2 + shift_x
    middle_y = geometry.y + geometry.height / 2 + shift_y
    width, height = right - left, bottom - top
    return Geometry(middle_x - width / 2, middle_y - height / 2, width, height, geometry.rotation)


def cursor_of(handle: str, rotation: float) -> Qt.CursorShape:
    """The pointer's shape over a handle: the way it can be pulled, nearest to an eighth turn."""
    across, down = HANDLES[handle]
    eighth = {(1, 0): 0, (1, 1): 1, (0, 1): 2, (-1, 1): 3}
    turn = eighth.get((across, down), eighth.get((-across, -down), 0))
    return _CURSORS[(turn + round(rotation / 45)) % 4]


def _pulled_side(side: int, by: float, length: float, least: float) -> tuple[float, float]:
    """Both ends of a side from its middle, one of them moved."""
    low, high = -length / 2, length / 2
    if side < 0:
        low += by
    elif side > 0:
        high += by
    if low > high:
        low, high = high, low
    if high - low < least:
        if side < 0:
            low = high - least
        elif side > 0:
            high = low + least
    return low, high


def _turned(x: float, y: float, degrees: float) -> tuple[float, float]:
    if degrees % 360 == 0:
        return x, y
    turn = radians(degrees)
    return x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)
