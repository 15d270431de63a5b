"""Where real recordings lie, if they are there."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real media beside the checkout; the test is left out where there is none."""
    if not DATA.is_dir():
        pytest.skip("the real media are not beside the checkout")
    return DATA
