"""Times of other programs to whole microseconds and back: rounded half to even, never through a float."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

__all__ = [
    "GREATEST",
    "clock_text",
    "milliseconds",
    "seconds_text",
    "to_microseconds",
    "to_whole_milliseconds",
]

GREATEST = 10**15
"""Microseconds, some thirty years: no recording is longer."""

_ONE = Decimal(1)


def to_microseconds(seconds: str | float) -> int:
    """Seconds as a file writes them, to the nearest microsecond; raises ValueError on what is none.

    Of a float its shortest decimal form is meant: 20.24 is 20.24, not the binary number beside it.
    """
    return _scaled(seconds, 6)


def to_whole_milliseconds(seconds: str | float) -> int:
    """Microseconds of seconds that were rounded to milliseconds first; raises ValueError.

    For programs whose floats carry noise: 20.240000000002 and 20.24 are the same moment.
    """
    return _scaled(seconds, 3) * 1000


def _scaled(seconds: str | float, places: int) -> int:
    if isinstance(seconds, bool):
        raise ValueError(f"{seconds!r} is no time")
    try:
        number = Decimal(str(seconds))
        # What is far too large is seen before it is written out in digits.
        if not number.is_finite() or abs(number) > GREATEST:
            raise ValueError(f"{seconds} is no time")
        return int(number.scaleb(places).quantize(_ONE, ROUND_HALF_EVEN))
    except InvalidOperation:
        raise ValueError(f"{seconds!r} is no number") from None


def milliseconds(time: int) -> int:
    """Microseconds to the nearest millisecond, half to even."""
    whole, rest = divmod(time, 1000)
    return whole + (rest > 500 or (rest == 500 and whole % 2 == 1))


def seconds_text(time: int) -> str:
    """Microseconds as seconds, exactly: ``12.34``, ``0``."""
    whole, rest = divmod(time, 1_000_000)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".") if rest else str(whole)


def clock_text(time: int, point: str = ".") -> str:
    """Microseconds as ``01:02:03.456``, rounded to milliseconds."""
    seconds, thousandths = divmod(milliseconds(time), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{thousandths:03}"
