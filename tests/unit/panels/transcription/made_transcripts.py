"""Files read and tasks written, for the tests of the panel's formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from labeler.api import (
    AnnotationOut,
    Context,
    MediaRef,
    Problem,
    QueueConfig,
    ReadOptions,
    Region,
    TaskIn,
    TaskOut,
    Value,
    WriteOptions,
)
from labeler.media.probe import probe
from labeler.panels.transcription.task import AudioContent

CONFIG = msgspec.convert(
    {
        "labels": [{"id": "laughter", "name": "Laughter"}],
        "questions": [
            {"id": "quality", "kind": "choice", "choices": [{"id": "clear"}, {"id": "poor"}]},
            {"id": "marks", "kind": "choices", "scope": "region", "choices": [{"id": "unclear"}]},
        ],
    },
    QueueConfig,
)

Rows = list[TaskIn | Problem]


def read(reader: Any, source: Path, **more: Any) -> Rows:
    return list(reader.read(source, ReadOptions(CONFIG, root="calls", probe=probe, **more)))


def problems(rows: Rows) -> list[tuple[str, str]]:
    return [(one.where, one.message) for one in rows if isinstance(one, Problem)]


def tasks(rows: Rows) -> list[TaskIn]:
    return [one for one in rows if isinstance(one, TaskIn)]


def regions_of(task: TaskIn) -> list[dict[str, Any]]:
    (annotation,) = task.annotations
    found: list[dict[str, Any]] = msgspec.json.decode(annotation.value)["regions"]
    return found


def task_out(
    regions: Sequence[Region], key: str = "calls/a.wav", duration: int = 0, **answers: Any
) -> TaskOut:
    """A task with one annotation, as a writer gets it."""
    value = Value(tuple(regions), answers)
    content = AudioContent(audio=MediaRef(key, "calls"), duration=duration)
    annotation = AnnotationOut("1", "work", "ada", "submitted", value, b"{}", Context())
    raw = msgspec.json.encode(content)
    return TaskOut("0" * 32, key, "calls", content, raw, {}, "submitted", (annotation,))


def written(
    writer: Any, outs: Sequence[TaskOut], target: Path, **settings: Any
) -> tuple[list[Path], dict[str, int]]:
    """The files written, and what was left behind."""
    options = WriteOptions(CONFIG, settings=settings)
    paths = list(writer.write(iter(outs), target, options))
    return paths, options.dropped
