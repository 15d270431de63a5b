"""Building and installing the example as anybody would, offline, into a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent
PACKAGE = "labeler_example_tokens"
SOURCE = EXAMPLE / "src" / PACKAGE


def pip(*words: str) -> None:
    """Run pip in this test's interpreter; it may not look anything up."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words, "--no-index", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PIP_CONFIG_FILE": os.devnull},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def build_wheel(folder: Path) -> Path:
    """The example's wheel, built from a copy of its source by the back end that is installed."""
    source = folder / "source"
    shutil.copytree(EXAMPLE, source, ignore=shutil.ignore_patterns("__pycache__"))
    pip("wheel", str(source), "--no-deps", "--no-build-isolation", "-w", str(folder / "wheels"))
    (wheel,) = (folder / "wheels").iterdir()
    return wheel


def install(wheel: Path, site: Path) -> Path:
    """Install the wheel into a folder, which becomes a place to import from; returns the folder."""
    pip("install", str(wheel), "--no-deps", "--target", str(site))
    return site


def drop_into(folder: Path, name: str = "tokens") -> Path:
    """Copy the package into a plugin folder under another name; returns the plugin folder."""
    shutil.copytree(SOURCE, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder
