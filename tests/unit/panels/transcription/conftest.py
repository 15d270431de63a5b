"""Recordings and transcripts for the tests of the panel's Qt-free half."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

sys.path.insert(0, str(Path(__file__).parent))

from made_transcripts import problems, read, regions_of, tasks

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real recordings beside the checkout; the test is left out where there is none."""
    if not DATA.is_dir():
        pytest.skip("the real media are not beside the checkout")
    return DATA / "audio"


@pytest.fixture(scope="session")
def wav() -> Callable[[float], bytes]:
    """A silent WAV of so many seconds at 8 kHz."""

    def make(seconds: float) -> bytes:
        into = io.BytesIO()
        soundfile.write(into, np.zeros(round(seconds * 8_000)), 8_000, format="WAV")
        return into.getvalue()

    return make


@pytest.fixture
def regions(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """The regions in one file of these bytes; problems are none unless they are expected."""

    def of(reader: Any, raw: bytes | str, name: str, *, faults: int = 0) -> list[dict[str, Any]]:
        path = tmp_path / name
        path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        rows = read(reader, path)
        assert len(problems(rows)) == faults, problems(rows)
        (task,) = tasks(rows)
        return regions_of(task)

    return of
