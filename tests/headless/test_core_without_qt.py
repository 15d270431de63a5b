"""The core's own tests, run again in an interpreter in which Qt cannot be imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
UNIT = HERE.parent / "unit"
CORE = ("model", "api", "store", "media", "quality", "work", "exchange", "team", "plugins", "cli")


def without_qt(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the interpreter of this test with these words where Qt cannot be imported."""
    variables = {
        **os.environ,
        "PYTHONPATH": str(HERE / "without_qt"),
        # pytest-qt imports Qt, so no plugin is loaded but the two that the core's tests use.
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env=variables,
        check=False,
    )


def pytest_without_qt(*words: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with these words where Qt cannot be imported."""
    config = ["-c", str(HERE / "core.ini"), f"--rootdir={CHECKOUT}", f"--confcutdir={CHECKOUT}"]
    plugins = ["-p", "_hypothesis_pytestplugin", "-p", "pytest_timeout", "-p", "no:cacheprovider"]
    return without_qt("-m", "pytest", *config, *plugins, *words)


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


def test_a_test_that_needs_qt_fails_in_this_run(tmp_path: Path) -> None:
    needy = tmp_path / "test_needy.py"
    needy.write_text("def test_needs_qt():\n    import PySide6.QtWidgets\n", encoding="utf-8")
    done = pytest_without_qt(str(needy))
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    assert "No module named 'PySide6" in done.stdout


@pytest.mark.timeout(900)
@pytest.mark.parametrize("room", [name for name in CORE if any((UNIT / name).rglob("test_*.py"))])
def test_the_core_passes_where_qt_cannot_be_imported(room: str) -> None:
    done = pytest_without_qt(str(UNIT / room))
    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr


def test_most_of_the_core_has_tests() -> None:
    assert {"model", "api", "store", "media", "work", "exchange", "cli"} <= {
        name for name in CORE if any((UNIT / name).rglob("test_*.py"))
    }
