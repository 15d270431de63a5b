"""Contents and judged tasks as the tests of the comparison formats want them."""

from __future__ import annotations

from typing import Any

import msgspec

from labeler.api import AnnotationOut, Context, TaskOut, Value
from labeler.panels.comparison.content import ComparisonContent, Response, Turn


def pair(
    prompt: str = "2+3?", first: str = "5", second: str = "6", **more: Any
) -> ComparisonContent:
    """A prompt with two responses, r1 and r2."""
    return ComparisonContent(
        turns=(Turn(id="t1", role="user", text=prompt),),
        responses=(Response(id="r1", text=first), Response(id="r2", text=second)),
        **more,
    )


def several(*texts: str, prompt: str = "Name a gas.") -> ComparisonContent:
    """A prompt with responses a, b, c …"""
    return ComparisonContent(
        turns=(Turn(id="t1", role="user", text=prompt),),
        responses=tuple(
            Response(id=chr(97 + number), text=text) for number, text in enumerate(texts)
        ),
    )


def task(
    content: ComparisonContent | None,
    *answers: dict[str, Any],
    status: str = "submitted",
    **more: Any,
) -> TaskOut:
    """A task with an annotation for each table of answers, by ann0, ann1 …"""
    annotations = tuple(
        AnnotationOut(
            id=f"{number:032x}",
            layer="work",
            author=f"ann{number}",
            status=status,
            value=Value((), one),
            raw=msgspec.json.encode({"answers": one}),
            context=Context(),
        )
        for number, one in enumerate(answers)
    )
    return TaskOut(
        id="0" * 32,
        key=more.pop("key", "k"),
        queue="comparison",
        content=content,
        raw=b"" if content is None else msgspec.json.encode(content),
        meta=more.pop("meta", {}),
        status=status,
        annotations=annotations,
    )
