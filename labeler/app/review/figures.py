"""Figures in words: geometry, times and whatever else a stored body holds, told without its JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

__all__ = ["figure", "plain", "region_words", "time_words"]

_MOST_POINTS = 8
_HEAD = frozenset({"id", "type", "label", "attributes", "on", "score", "origin", "extra"})


def figure(value: float) -> str:
    """A number with the marks of the language, to a thousandth."""
    locale = QLocale()
    if isinstance(value, int) or float(value).is_integer():
        return locale.toString(int(value))
    text = locale.toString(float(value), "f", 3)
    return text.rstrip("0").rstrip(locale.decimalPoint())


def time_words(microseconds: int) -> str:
    """``0:14.444``, with hours where there are any."""
    seconds, rest = divmod(int(microseconds), 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    short = f"{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return f"{hours}:{short}.{rest // 1000:03d}" if hours else f"{short}.{rest // 1000:03d}"


def region_words(region: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    """Where a region is and what it says; ``name_of`` names a region it points at."""
    tr = QCoreApplication.translate
    kind = str(region.get("type", ""))
    rest = {key: one for key, one in region.items() if key not in _HEAD}
    told: list[str] = []
    try:
        if kind == "segment" or (kind == "" and "speaker" in rest):
            pattern = tr("Conflicts", "{start} to {end}")
            start, end = time_words(rest.pop("start")), time_words(rest.pop("end"))
            told.append(pattern.format(start=start, end=end))
        elif kind == "point":
            told.append(time_words(rest.pop("at")))
        elif kind in ("box", "mask"):
            told.append(_rectangle(rest))
            rest.pop("counts", None)
        elif kind == "polygon":
            told.append(_rings(rest.pop("rings")))
        elif kind in ("span", "aspect", "claim", "lines"):
            told += _stretch(rest)
        elif kind == "relation":
            pattern = tr("Conflicts", "from {start} to {end}")
            ends = [str(rest.pop(name)) for name in ("from", "to")]
            told.append(pattern.format(start=name_of(ends[0]), end=name_of(ends[1])))
    except (KeyError, TypeError, ValueError):
        rest = {key: one for key, one in region.items() if key not in _HEAD}
        told = []
    told += [
        plain(one) if key == "text" else f"{_word(key)} {plain(one)}" for key, one in rest.items()
    ]
    marks = region.get("attributes")
    if marks:
        told.append(plain(marks))
    return ", ".join(one for one in told if one)


def _rectangle(rest: dict[str, Any]) -> str:
    tr = QCoreApplication.translate
    pattern = tr("Conflicts", "x {x}, y {y}, {width} × {height}")
    words = pattern.format(
        **{name: figure(rest.pop(name, 0)) for name in ("x", "y", "width", "height")}
    )
    turned = rest.pop("rotation", 0)
    if turned:
        words += ", " + tr("Conflicts", "turned {angle}°").format(angle=figure(turned))
    return words


def _rings(rings: Sequence[Sequence[Sequence[float]]]) -> str:
    tr = QCoreApplication.translate
    points = [(float(x), float(y)) for ring in rings for x, y in ring]
    if len(points) <= _MOST_POINTS:
        return "; ".join(f"{figure(x)} {figure(y)}" for x, y in points)
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    frame = _rectangle({"x": left, "y": top, "width": width, "height": height})
    pattern = tr("Conflicts", "{count} points within {frame}")
    return pattern.format(count=figure(len(points)), frame=frame)


def _stretch(rest: dict[str, Any]) -> list[str]:
    tr = QCoreApplication.translate
    told = []
    text = rest.pop("text", "")
    if text:
        told.append(tr("Conflicts", "“{text}”").format(text=text))
    start, end = rest.pop("start", None), rest.pop("end", None)
    if start is not None and end is not None:
        pattern = tr("Conflicts", "{start} to {end}")
        told.append(pattern.format(start=figure(start), end=figure(end)))
    return told


def plain(value: Any) -> str:
    """Anything that is stored, as words: tables as names with what they say, lists with commas."""
    tr = QCoreApplication.translate
    if value is None:
        return tr("Conflicts", "nothing")
    if isinstance(value, bool):
        return tr("Conflicts", "yes") if value else tr("Conflicts", "no")
    if isinstance(value, int | float):
        return figure(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return ", ".join(f"{_word(str(key))} {_inside(one)}" for key, one in value.items())
    if isinstance(value, Sequence):
        return ", ".join(_inside(one) for one in value)
    return str(value)


def _inside(value: Any) -> str:
    words = plain(value)
    return f"({words})" if isinstance(value, Mapping) and len(value) > 1 else words


def _word(key: str) -> str:
    """The name of a stored field as people say it; one that nobody knows as it is stored."""
    tr = QCoreApplication.translate
    match key:
        case "name":
            return tr("Conflicts", "name")
        case "title":
            return tr("Conflicts", "title")
        case "colour":
            return tr("Conflicts", "colour")
        case "key":
            return tr("Conflicts", "key")
        case "types":
            return tr("Conflicts", "types")
        case "retired":
            return tr("Conflicts", "retired")
        case "kind":
            return tr("Conflicts", "kind")
        case "required":
            return tr("Conflicts", "required")
        case "choices":
            return tr("Conflicts", "choices")
        case "minimum":
            return tr("Conflicts", "at least")
        case "maximum":
            return tr("Conflicts", "at most")
        case "scope":
            return tr("Conflicts", "asked of")
        case "rule":
            return tr("Conflicts", "rule")
        case "text":
            return tr("Conflicts", "text")
    return key.replace("_", " ")
