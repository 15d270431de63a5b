"""How long the window and the commands take to come, from the start of their process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import peers
import pytest
from board import Beside, Board, child, seconds
from made import Data

RUNS = 7
HEAVY = ("PySide6", "shiboken6", "cv2", "numpy", "PIL", "soundfile", "sqlite_utils", "pyqtgraph")
"""What a command has no use for that only says what is in a project."""


def test_window(board: Board, tmp_path: Path) -> None:
    child("app_window", tmp_path)  # the first start of a machine reads the disk
    app = [child("app_window", tmp_path) for _ in range(RUNS)]
    bare = [child("bare_window") for _ in range(RUNS)]
    middle = RUNS // 2
    board.add(
        "window shown after process start",
        "s",
        [one["seconds"] for one in app],
        Beside("bare QMainWindow", sorted(one["seconds"] for one in bare)[middle]),
        *peers.WINDOW_S,
        target=0.6,
    )
    board.add(
        "memory with the window shown",
        "MB",
        [one["mb"] for one in app],
        Beside("bare QMainWindow", sorted(one["mb"] for one in bare)[middle]),
        *peers.WINDOW_MB,
        target=150,
    )


def _command(*words: str) -> list[float]:
    def run() -> None:
        subprocess.run([sys.executable, *words], check=True, capture_output=True)

    return seconds(run, 9)


@pytest.fixture(scope="module")
def bare() -> tuple[Beside, Beside]:
    """The interpreter alone, and with the library that reads the command line."""
    nothing, click = sorted(_command("-c", "pass"))[4], sorted(_command("-c", "import click"))[4]
    return Beside("python -c 'import click'", click), Beside("python -c pass", nothing)


def _loaded(*words: str) -> set[str]:
    """Names of all modules a command has loaded, as the interpreter itself tells."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "labeler", *words],
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [line for line in told.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_commands(board: Board, data: Data, bare: tuple[Beside, Beside]) -> None:
    few = str(data.labelled(1000))
    many = str(data.largest())
    for name, words in {
        "labeler --version": ("--version",),
        "labeler info, 1k tasks": ("info", few),
        "labeler info, largest project": ("info", many),
        "labeler tasks --limit 20, largest": ("tasks", many, "--limit", "20"),
    }.items():
        board.add(name, "s", _command("-m", "labeler", *words), *bare, target=0.2)


@pytest.mark.parametrize("words", [("--version",), ("info",), ("formats",)])
def test_a_command_loads_neither_qt_nor_decoders(words: tuple[str, ...], data: Data) -> None:
    given = (*words, str(data.labelled(1000))) if words == ("info",) else words
    loaded = _loaded(*given)
    assert "labeler" in loaded
    assert loaded.isdisjoint(HEAVY)
