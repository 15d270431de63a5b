"""Where the shipped projects and help pages lie, and how their files are read."""

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


def _rows(path: Path) -> list[dict[str, Any]]:
    # Split at LF only: a text may hold other line separators.
    lines = path.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == "", f"{path.name} ends with a newline"
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def projects() -> Path:
    return ROOT / "projects"


@pytest.fixture(scope="session")
def help_folder() -> Path:
    return ROOT / "resources" / "help" / "en"


@pytest.fixture(scope="session")
def sample(projects: Path) -> Path:
    return projects / "sample"


@pytest.fixture(scope="session")
def texts(sample: Path) -> list[dict[str, Any]]:
    return _rows(sample / "texts.jsonl")


@pytest.fixture(scope="session", params=["predictions.jsonl", "gold.jsonl"])
def judged(sample: Path, request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """The rows of a file that brings answers and spans for some of the texts."""
    return _rows(sample / request.param)
