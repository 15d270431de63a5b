"""What the tests of the comparison panel share: a queue, reading what a test wrote, writing a value."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labeler.api import (
    ExportFormat,
    ImportFormat,
    QueueConfig,
    ReadOptions,
    TaskOut,
    WriteOptions,
)

sys.path.insert(0, str(Path(__file__).parent))

from comparisons import Read, Reading, Write, Writing

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
