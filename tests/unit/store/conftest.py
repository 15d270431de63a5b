"""Projects to test on: made once, copied for each test."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from made import CONFIG, text_task

from labeler.model.queue import read_config
from labeler.store import Project


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of six tasks, k0 to k5, with one person, Anna."""
    path = tmp_path_factory.mktemp("made") / "made.labeler"
    project = Project.create(path, title="Pets", handle="Anna", name="Anna Brandt")
    project.put_queue("texts", read_config(CONFIG), panel="sentiment", title="Texts", by="anna")
    project.bulk("texts", by="anna").tasks([text_task(f"k{n}", f"text {n}") for n in range(6)])
    project.close()
    return path


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a copy of the project under a name."""

    def make(name: str = "p.labeler") -> Path:
        target = tmp_path / name
        shutil.copyfile(made, target)
        return target

    return make


@pytest.fixture
def project(copy: Callable[[str], Path]) -> Iterator[Project]:
    """An open copy of the project."""
    opened = Project.open(copy("p.labeler"))
    yield opened
    opened.file.close()
