"""What the tests of the comparison panel share: a queue, reading what a test wrote, writing a value."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labeler.api import (
    ExportFormat,
    ImportFormat,
    Problem,
    QueueConfig,
    ReadOptions,
    TaskIn,
    TaskOut,
    WriteOptions,
)
from labeler.panels.comparison.content import ComparisonContent

sys.path.insert(0, str(Path(__file__).parent))

CONFIG = {
    "labels": [{"id": "wrong", "name": "Factually wrong", "types": ["span"]}],
    "questions": [
        {"id": "preference", "kind": "preference", "title": "Which is better"},
        {"id": "accuracy", "kind": "preference"},
        {"id": "ranking", "kind": "ranking"},
        {"id": "clarity", "kind": "scale", "scope": "part:response"},
        {"id": "why", "kind": "text", "title": "Reasons"},
    ],
}


@pytest.fixture(scope="session")
def config() -> QueueConfig:
    return msgspec.convert(CONFIG, QueueConfig)


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


@pytest.fixture
def read(tmp_path: Path, config: QueueConfig) -> Read:
    """Reads bytes, lines of JSON or a path with a format; settings by keyword."""

    def reading(
        format_: type[ImportFormat],
        source: bytes | list[Any] | Path,
        name: str = "in.jsonl",
        queue: QueueConfig | None = None,
        **settings: Any,
    ) -> Reading:
        if isinstance(source, list):
            source = msgspec.json.Encoder().encode_lines(source)
        if isinstance(source, bytes):
            path = tmp_path / name
            path.write_bytes(source)
        else:
            path = source
        told = {f"comparison.{key}": value for key, value in settings.items()}
        return Reading(list(format_().read(path, ReadOptions(queue or config, settings=told))))

    return reading


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


@pytest.fixture
def write(tmp_path: Path, config: QueueConfig) -> Write:
    """Writes tasks with a format; settings by keyword."""

    def writing(
        format_: type[ExportFormat],
        tasks: Iterable[TaskOut],
        queue: QueueConfig | None = None,
        **settings: Any,
    ) -> Writing:
        told = {f"comparison.{key}": value for key, value in settings.items()}
        options = WriteOptions(queue or config, settings=told)
        target = tmp_path / f"out{len(list(tmp_path.iterdir()))}.jsonl"
        [path] = format_().write(iter(tasks), target, options)
        assert path == target
        return Writing(path, options.dropped)

    return writing
