"""One line of a YOLO label file as a region: ``class x y width height``, or a class and an outline.

Numbers are shares of the displayed image, a box is told by its middle. What else a line may be (a
pose, a tracked or scored box) shows by how many numbers it has.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import msgspec

from labeler.api import Box, Polygon, Problem, Region
from labeler.panels.boxes.formats.fitting import fitted
from labeler.panels.boxes.formats.frames import Frame, turned

__all__ = ["Line", "read_line"]

_DECIMALS = 4
"""Of a pixel: six decimals of a share, which most files have, are no more exact than that."""
_FAR = 2.0
"""Shares beyond this are no shares: somebody wrote pixels."""

_NUMBER = "{word!r} is no number"
_CLASS = "{word!r} is no number of a class"
_SHORT = "a line has a class and at least four numbers, this one has {count}"
_PIXELS = "{number} is no share of the image: the coordinates are to be divided by its size"
_POSE = "a pose: its box is taken in, its {count} points are not"


class Line(NamedTuple):
    """A region, its class, and what the line turned out to be (``box``, ``pose``, ``outline``)."""

    region: Region
    number: int
    kind: str


def read_line(
    text: str, frame: Frame, points: int, where: str, found: list[Problem]
) -> Line | None:
    """The line as a region in pixels; None where it is none. Problems are added to ``found``.

    ``points`` is how many numbers a pose has besides its box, 0 where the set is of no poses.
    """
    words = text.split()
    numbers: list[float] = []
    for at, word in enumerate(words):
        try:
            number = float(word)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or "_" in word:
            code, sentence = ("yolo_number", _NUMBER) if at else ("yolo_class", _CLASS)
            found.append(Problem(code, where, {"word": word[:40]}, sentence))
            return None
        numbers.append(number)
    if len(numbers) < 5:
        found.append(Problem("yolo_short", where, {"count": len(numbers) - 1}, _SHORT))
        return None
    number = numbers[0]
    if number < 0 or number != int(number):
        found.append(Problem("yolo_class", where, {"word": words[0][:40]}, _CLASS))
        return None
    shares = numbers[1:]
    score: float | None = None
    track: int | None = None
    kind = "box"
    if points and len(shares) in (4 + points, 5 + points):
        params = {"count": points}
        found.append(Problem("yolo_pose", where, params, _POSE))
        shares, kind = shares[:4], "pose"
    elif len(shares) >= 6:
        kind = "outline"
    if len(shares) % 2:
        # Behind a box or outline: how sure a model is, or the number of a track.
        last = words[len(shares)]
        if last.isdecimal() and last not in ("0", "1"):
            track = int(last)
        elif 0 <= shares[-1] <= 1:
            score = shares[-1]
        shares = shares[:-1]
    far = next((one for one in shares if abs(one) > _FAR), None)
    if far is not None:
        found.append(Problem("yolo_pixels", where, {"number": far}, _PIXELS))
        return None
    region = _outline(shares, frame) if kind == "outline" else _box(shares, frame)
    shown = turned(region, frame.orientation, frame.width, frame.height)
    fit = fitted(shown, *frame.shown, where, found)
    if fit is None:
        return None
    return Line(_with(fit, score, track), int(number), kind)


def _with(region: Region, score: float | None, track: int | None) -> Region:
    extra = {"yolo": {"track": track}} if track is not None else {}
    if score is None and not extra:
        return region
    return msgspec.structs.replace(region, score=score, extra=extra)


def _box(shares: list[float], frame: Frame) -> Region:
    middle_x, middle_y, width, height = shares
    return Box(
        x=round((middle_x - width / 2) * frame.width, _DECIMALS),
        y=round((middle_y - height / 2) * frame.height, _DECIMALS),
        width=round(width * frame.width, _DECIMALS),
        height=round(height * frame.height, _DECIMALS),
    )


def _outline(shares: list[float], frame: Frame) -> Region:
    ring = tuple(
        (round(x * frame.width, _DECIMALS), round(y * frame.height, _DECIMALS))
        for x, y in zip(shares[0::2], shares[1::2], strict=True)
    )
    if len(ring) == 4:
        box = _upright(ring)
        if box is not None:
            return box
    return Polygon(rings=(ring,))


def _upright(ring: tuple[tuple[float, float], ...]) -> Box | None:
    """The box of an outline that is one: how boxes stand in a file that has outlines too."""
    xs, ys = sorted({x for x, _ in ring}), sorted({y for _, y in ring})
    corners = {(x, y) for x in xs for y in ys}
    if len(xs) != 2 or len(ys) != 2 or set(ring) != corners:
        return None
    if ring[0][0] != ring[1][0] and ring[0][1] != ring[1][1]:
        return None  # it crosses itself
    x, y = xs[0], ys[0]
    width, height = round(xs[1] - x, _DECIMALS), round(ys[1] - y, _DECIMALS)
    return Box(x=x, y=y, width=width, height=height)
