"""The example from outside, built and installed once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "example_panel"))

from installing import build_wheel, install


@pytest.fixture(scope="session")
def example_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's wheel."""
    return build_wheel(tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="session")
def example_site(example_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to import from that holds the installed example and nothing else."""
    return install(example_wheel, tmp_path_factory.mktemp("site"))
