"""Projects to carry things in and out of, through the real panel and its real formats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from carried import CONFIG, Carrier

from labeler.model.queue import read_config
from labeler.plugins import Plugins
from labeler.store import Project


@pytest.fixture(scope="session")
def plugins() -> Plugins:
    """Our own panels."""
    return Plugins.load(safe_mode=True)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[str], Project]]:
    """Makes projects of one empty queue; Anna is their person."""
    made: list[Project] = []

    def make(name: str) -> Project:
        project = Project.create(tmp_path / f"{name}.labeler", handle="anna")
        project.put_queue("texts", read_config(CONFIG), panel="sentiment", by="anna")
        made.append(project)
        return project

    yield make
    for project in made:
        project.close()


@pytest.fixture
def carrier(fresh: Callable[[str], Project], plugins: Plugins, tmp_path: Path) -> Carrier:
    """A project with everything at hand to import and export."""
    return Carrier(fresh("p"), plugins, tmp_path)
