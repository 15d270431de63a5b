"""The crash tests share what remembers a person's gestures, and a disk that does as it is told."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.fixture(scope="session")
def kills() -> int:
    """How often a crash test kills."""
    from asked import KILLS

    return KILLS


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library to preload; tests skip where there is no Linux or no compiler."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("needs Linux and a C compiler (cc)")
    library = tmp_path_factory.mktemp("disk") / "disk.so"
    words = ["-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "disk.c"), "-ldl"]
    subprocess.run([compiler, *words, "-lpthread"], check=True)
    return library


@pytest.fixture(scope="session")
def acted_on(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every act of ``acts.py`` can be done; to be copied."""
    from acts import prepare

    folder = tmp_path_factory.mktemp("acts")
    prepare(folder)
    return folder
