"""Where a ruler has its ticks, and how times are written: whole steps a person would choose."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Tick", "clock_text", "decimals_of", "step_for", "ticks"]

_SECOND = 1_000_000
_STEPS: tuple[int, ...] = (
    *(base * power for power in (1, 10, 100, 1000, 10_000, 100_000) for base in (1, 2, 5)),
    *(seconds * _SECOND for seconds in (1, 2, 5, 10, 15, 30)),
    *(minutes * 60 * _SECOND for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * 3600 * _SECOND for hours in (1, 2, 4, 12, 24, 48, 120, 240)),
)
"""Microseconds between two ticks with a time."""


class Tick(NamedTuple):
    """One line of a ruler; ``text`` is empty for those between."""

    time: int
    text: str


def step_for(per_pixel: float, room: float) -> int:
    """The least step, in microseconds, that leaves ``room`` pixels between two ticks."""
    return next((step for step in _STEPS if step >= room * per_pixel), _STEPS[-1])


def decimals_of(step: int) -> int:
    """How many digits after the seconds tell two neighbours of this step apart, 0 to 6."""
    digits = 0
    while digits < 6 and step % int(10 ** (6 - digits)):
        digits += 1
    return digits


def _between(step: int) -> int:
    """The step of the small ticks: fourths or fifths, whichever is a whole one; tenths never."""
    leading = step
    while leading % 10 == 0:
        leading //= 10
    parts = 4 if leading in (2, 4, 12, 36, 72, 6, 18, 9) else 5
    return step // parts if step % parts == 0 and step >= parts else step


def ticks(start: float, end: float, per_pixel: float, room: float) -> list[Tick]:
    """The ticks from ``start`` to ``end``: those with a time at least ``room`` pixels apart."""
    step = step_for(per_pixel, room)
    small = _between(step)
    decimals = decimals_of(step)
    first = max(0, int(start // small) * small)
    return [
        Tick(time, clock_text(time, decimals) if time % step == 0 else "")
        for time in range(first, int(end) + small, small)
    ]


def clock_text(time: int, decimals: int = 3) -> str:
    """A time as a clock tells it: ``0:12.310``, ``1:02:03``; cut, not rounded, to the decimals."""
    seconds, rest = divmod(max(0, time), _SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{text}.{rest:06}"[: len(text) + 1 + decimals] if decimals else text
