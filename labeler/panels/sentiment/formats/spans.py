"""Spans as a row brings them, checked against its text; one that does not fit is told and left out."""

from __future__ import annotations

from typing import Any

import msgspec

from labeler.api import Json, Problem, Span

__all__ = ["spans_of"]


def spans_of(
    raw: Json, text: str | None, place: str, found: list[Problem]
) -> list[dict[str, Any]] | None:
    """The spans in ``raw`` as regions in JSON, labels as they are named; None if it is no list.

    Offsets are code points of ``text``, the end exclusive. A span that ends past the text, or says
    that it covers other words than it does, is a Problem and left out: it is never moved.
    ``text`` is None where the row does not bring it; then nothing can be compared.
    """
    if not isinstance(raw, list):
        reason = "the spans are a list of tables with start, end and label"
        found.append(Problem("value_invalid", place, {"reason": reason}))
        return None
    regions: list[dict[str, Any]] = []
    ids: set[str] = set()
    for number, one in enumerate(raw):
        path = f"{place}[{number}]"
        problem = _fault(one, text, path, ids)
        if problem is not None:
            found.append(problem)
            continue
        region = {"type": "span", **one}
        if text is not None:
            region["text"] = text[one["start"] : one["end"]]
        regions.append(region)
        if one.get("id"):
            ids.add(one["id"])
    return regions


def _fault(one: Json, text: str | None, path: str, ids: set[str]) -> Problem | None:
    if not isinstance(one, dict):
        return _invalid(path, "a span is a table with start, end and label")
    kind = one.get("type", "span")
    if kind != "span":
        return Problem("region_type", f"{path}.type", {"type": str(kind), "hint": ""})
    try:
        span = msgspec.convert(one, Span)
    except (msgspec.ValidationError, ValueError) as error:
        reason, _, where = str(error).partition(" - at `$")
        return _invalid(path + where.rstrip("`"), reason[:1].lower() + reason[1:])
    for field, reason in span.faults():
        return _invalid(f"{path}.{field}", reason)
    if span.id and span.id in ids:
        return Problem("region_id_double", f"{path}.id", {"id": span.id})
    if text is None:
        return None
    if span.end > len(text):
        params = {"start": span.start, "end": span.end, "length": len(text)}
        return Problem("span_range", f"{path}.end", params)
    covered = text[span.start : span.end]
    if span.text and span.text != covered:
        return Problem("span_text", f"{path}.text", {"found": covered, "told": span.text})
    return None


def _invalid(path: str, reason: str) -> Problem:
    return Problem("region_invalid", path, {"reason": reason})
