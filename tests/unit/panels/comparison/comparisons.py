"""Contents and judged tasks as the tests of the comparison formats want them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from labeler.api import AnnotationOut, Context, Problem, TaskIn, TaskOut, Value
from labeler.panels.comparison.content import ComparisonContent, Response, Turn


class Reading:
    """What one reading of a source gave."""

    def __init__(self, found: list[TaskIn | Problem]) -> None:
        self.tasks = [one for one in found if isinstance(one, TaskIn)]
        self.problems = [one for one in found if isinstance(one, Problem)]

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(problem.code, problem.where) for problem in self.problems]

    def content(self, number: int = 0) -> ComparisonContent:
        content = self.tasks[number].content
        assert isinstance(content, ComparisonContent)
        return content

    def value(self, number: int = 0) -> Any:
        [annotation] = self.tasks[number].annotations
        return msgspec.json.decode(annotation.value)


Read = Callable[..., Reading]


class Writing:
    """What one export gave: the rows of its one file, and what was dropped."""

    def __init__(self, path: Path, dropped: dict[str, int]) -> None:
        self.path = path
        self.raw = path.read_bytes()
        self.dropped = dropped

    @property
    def rows(self) -> list[Any]:
        return [msgspec.json.decode(line) for line in self.raw.split(b"\n") if line]


Write = Callable[..., Writing]


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
