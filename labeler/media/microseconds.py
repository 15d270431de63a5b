"""Frames to microseconds and back, in whole numbers: no float touches a time."""

from __future__ import annotations

__all__ = ["MOST_FRAMES", "SECOND", "from_frames", "rounded", "to_frames"]

SECOND = 1_000_000
"""Microseconds."""


MOST_FRAMES = 1 << 50
"""No recording has so many: what tells of more does not know."""


def rounded(numerator: int, denominator: int) -> int:
    """The whole number nearest to the fraction, the even one where it lies between two."""
    whole, rest = divmod(numerator, denominator)
    twice = 2 * rest
    if twice > denominator or (twice == denominator and whole & 1):
        whole += 1
    return whole


def from_frames(frames: int, rate: int) -> int:
    """The microsecond at which this frame begins, rounded half to even."""
    return rounded(frames * SECOND, rate)


def to_frames(time: int, rate: int) -> int:
    """The frame nearest to this microsecond: to_frames(from_frames(n)) is n up to 500 kHz."""
    return rounded(time * rate, SECOND)
