"""The core's own tests run in an interpreter in which Qt cannot be imported, and only there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dev
import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def without_qt(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the interpreter of this test with these words as `make test` runs the core's tests."""
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, **dev.no_qt()},
        check=False,
    )


@pytest.mark.parametrize("package", ["PySide6", "PySide6.QtCore", "shiboken6", "pyqtgraph"])
def test_the_blocker_really_blocks(package: str) -> None:
    done = without_qt("-c", f"import {package}")
    assert done.returncode == 1
    assert f"ModuleNotFoundError: No module named '{package.split('.')[0]}" in done.stderr


def test_a_child_process_of_the_core_has_no_qt_either() -> None:
    child = (
        "import subprocess as s, sys; sys.exit(s.call([sys.executable, '-c', 'import PySide6']))"
    )
    done = without_qt("-c", child)
    assert done.returncode == 1
    assert "No module named 'PySide6'" in done.stderr


@pytest.mark.parametrize("spread", [[], ["-n", "1"]])
def test_a_test_that_needs_qt_fails_in_this_run(tmp_path: Path, spread: list[str]) -> None:
    needy = tmp_path / "test_needy.py"
    needy.write_text("def test_needs_qt():\n    import PySide6.QtWidgets\n", encoding="utf-8")
    done = without_qt(*dev.pytest_without_qt(*spread, str(needy)))
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    assert "No module named 'PySide6" in done.stdout


def test_make_test_runs_the_core_without_qt_and_all_the_rest_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs: list[tuple[list[str], dict[str, str]]] = []

    def call(words: list[str], **variables: str) -> int:
        runs.append((words, variables))
        return len(runs) - 1  # the first run passes, the second does not

    monkeypatch.setattr(dev, "call", call)
    monkeypatch.setattr(dev, "set_up", lambda _kind: None)
    assert dev.test([]) == 1
    (core, blocked), (rest, seen) = runs
    rooms = {str(CHECKOUT / "tests" / "unit" / room) for room in dev.CORE}
    asked = {word for word in core if word in rooms}
    assert blocked.items() >= dev.no_qt().items()
    assert seen.keys().isdisjoint(dev.no_qt())
    assert {word.removeprefix("--ignore=") for word in rest if "--ignore" in word} == asked
    assert {"model", "api", "store", "media", "work", "exchange", "plugins", "cli"} <= {
        Path(room).name for room in asked
    }


def test_no_test_of_the_core_is_left_out_for_want_of_qt() -> None:
    for folder in dev.core_tests():
        for path in folder.rglob("test_*.py"):
            assert 'importorskip("PySide6' not in path.read_text(encoding="utf-8"), path
