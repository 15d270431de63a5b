"""What the tests of the sentiment panel share: a queue, and reading a text written for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labeler.api import ImportFormat, Problem, QueueConfig, ReadOptions, TaskIn

CONFIG = {
    "labels": [
        {"id": "pos", "name": "Positive", "key": "P", "types": ["span"]},
        {"id": "neg", "name": "Negative", "key": "O", "types": ["span"]},
    ],
    "questions": [
        {
            "id": "sentiment",
            "kind": "choice",
            "title": "Sentiment of the whole text",
            "choices": [
                {"id": "positive", "title": "Positive", "key": "1"},
                {"id": "neutral", "title": "Neutral", "key": "2"},
                {"id": "negative", "title": "Negative", "key": "3"},
            ],
        },
        {"id": "valence", "kind": "scale", "minimum": -3, "maximum": 3},
        {
            "id": "marks",
            "kind": "choices",
            "title": "Marks",
            "choices": [{"id": "sarcastic"}, {"id": "ad", "title": "Advertising; paid"}],
        },
        {"id": "note", "kind": "text"},
        {"id": "tone", "kind": "scale", "scope": "part:text", "minimum": 1, "maximum": 5},
    ],
}


@pytest.fixture(scope="session")
def config() -> QueueConfig:
    return msgspec.convert(CONFIG, QueueConfig)


class Reading:
    """What one reading of a file gave."""

    def __init__(self, found: list[TaskIn | Problem]) -> None:
        self.tasks = [one for one in found if isinstance(one, TaskIn)]
        self.problems = [one for one in found if isinstance(one, Problem)]

    @property
    def texts(self) -> list[str]:
        return [task.content.text for task in self.tasks]

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(problem.code, problem.where) for problem in self.problems]

    def value(self, number: int = 0) -> Any:
        [annotation] = self.tasks[number].annotations
        return msgspec.json.decode(annotation.value)


@pytest.fixture
def read(tmp_path: Path, config: QueueConfig) -> Callable[..., Reading]:
    """Reads bytes, or a path, with a format; settings by keyword (``line_per_task=True``)."""

    def reading(
        format_: type[ImportFormat], source: bytes | Path, name: str = "", **settings: Any
    ) -> Reading:
        if isinstance(source, bytes):
            path = tmp_path / (name or f"in{getattr(format_, 'extensions', ('.jsonl',))[0]}")
            path.write_bytes(source)
        else:
            path = source
        options = ReadOptions(
            config, settings={f"sentiment.{key}": value for key, value in settings.items()}
        )
        return Reading(list(format_().read(path, options)))

    return reading
