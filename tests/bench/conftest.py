"""What the figures share: the board, the data, and the table at the end."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from board import Board
from made import Data

_SIZES = {"full": 1_000_000, "small": 100_000}
_BUILD = Path(__file__).resolve().parents[2] / "build"
_BOARD = pytest.StashKey[Board]()


def pytest_configure(config: pytest.Config) -> None:
    """``BENCH=small`` measures on a tenth of the data."""
    size = os.environ.get("BENCH", "full")
    if size not in _SIZES:
        raise pytest.UsageError(f"BENCH is one of {', '.join(_SIZES)}, not {size!r}")
    # An installation is compiled; where that is off, every start would compile the house anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    config.stash[_BOARD] = Board(size)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Making the largest file takes minutes; no figure may be cut off by the tests' bound."""
    for item in items:
        item.add_marker(pytest.mark.timeout(0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table and write it."""
    board = terminalreporter.config.stash[_BOARD]
    if board.figures:
        terminalreporter.section(f"figures, {board.size} size")
        terminalreporter.write_line(board.table())
        board.write(_BUILD / "bench.json")
        terminalreporter.write_line(f"written to {_BUILD.name}/bench.json")


@pytest.fixture(scope="session")
def board(request: pytest.FixtureRequest) -> Board:
    """Where figures go."""
    return request.config.stash[_BOARD]


@pytest.fixture(scope="session")
def data(board: Board) -> Iterator[Data]:
    """The data, at the size that was asked for."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Data(_BUILD / "bench-data", Path(folder), _SIZES[board.size])
