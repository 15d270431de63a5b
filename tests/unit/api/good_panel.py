"""A panel that keeps the contract; the tests break it one promise at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from labeler.api import (
    EMPTY,
    AnnotationIn,
    Content,
    Part,
    Problem,
    QueueConfig,
    Region,
    TaskIn,
    Value,
    freeze,
)


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """A keyed child."""

    id: str
    text: str = ""


class Mark(Region, tag="mark", frozen=True, kw_only=True):
    """A mark on a letter."""

    CHILDREN: ClassVar[tuple[str, str] | None] = ("notes", "id")
    TEXTS: ClassVar[tuple[str, ...]] = ("text",)

    at: int
    text: str = ""
    notes: tuple[Note, ...] = ()
    more: dict[str, int] = EMPTY

    def __post_init__(self) -> None:
        super().__post_init__()
        msgspec.structs.force_setattr(self, "more", freeze(self.more))

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.at < 0:
            yield "at", "it must not be negative"

    def ends(self) -> tuple[str, ...]:
        return ()


class Words(Content, frozen=True, kw_only=True, omit_defaults=True):
    """A text."""

    text: str

    def parts(self) -> tuple[Part, ...]:
        return (Part("text", "text", text=self.text), Part("tail", "text", parent="text"))


class Task:
    """The Qt-free half."""

    region_types: Sequence[type[Region]] = (Mark,)
    content_type: type[Content] = Words

    def summary(self, content: Any) -> str:
        return " ".join(content.text.split())

    def complete(self, content: Any, value: Value) -> Value:
        done = [
            msgspec.structs.replace(one, text=content.text[one.at])
            if isinstance(one, Mark) and not one.text and 0 <= one.at < len(content.text)
            else one
            for one in value.regions
        ]
        if all(new is old for new, old in zip(done, value.regions, strict=True)):
            return value
        return Value(tuple(done), value.answers)

    def check(self, content: Any, value: Value, config: QueueConfig) -> Iterable[Problem]:
        for number, one in enumerate(value.regions):
            if isinstance(one, Mark) and one.at >= len(content.text):
                yield Problem("late", f"regions[{number}].at", {}, "the mark is behind the text")

    def distance(self, content: Any, one: Any, other: Any) -> float:
        return 0.0 if one.at == other.at else 1.0


class Lines:
    """A format: one JSON task a line."""

    holds_one = False

    def read(self, source: Path, options: Any) -> Iterator[TaskIn | Problem]:
        for number, line in enumerate(source.read_bytes().splitlines(), 1):
            where = f"{source}:{number}"
            try:
                row = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
                content = msgspec.json.decode(row["content"], type=Words)
                people = msgspec.json.decode(row["people"], type=list[dict[str, Any]])
            except (KeyError, ValueError, RecursionError, msgspec.DecodeError) as error:
                yield Problem("row_not_table", where, {"reason": str(error)[:99]})
                continue
            yield TaskIn(
                msgspec.json.decode(row["key"]),
                content,
                where,
                msgspec.json.decode(row["meta"]),
                tuple(
                    AnnotationIn(
                        msgspec.json.encode(one["value"]),
                        where,
                        one["layer"],
                        one["by"],
                        one["status"],
                    )
                    for one in people
                ),
            )

    def write(self, tasks: Iterable[Any], target: Path, options: Any) -> Iterable[Path]:
        lines = []
        for task in tasks:
            if task.content is None:
                options.drop("content")
                continue
            people = [
                {
                    "value": msgspec.Raw(one.raw),
                    "layer": one.layer,
                    "by": one.author,
                    "status": one.status,
                }
                for one in task.annotations
            ]
            row = {"key": task.key, "content": task.content, "meta": task.meta, "people": people}
            lines.append(msgspec.json.encode(row))
        target.write_bytes(b"\n".join(lines))
        return [target]
