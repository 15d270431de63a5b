"""The panels the contract is tried on: every one that is found, and the example from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "example_panel"
PACKAGE = "labeler_example_tokens"


def pip(*words: str) -> None:
    """Run pip offline in this test's interpreter."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            *words,
            "--no-deps",
            "--no-index",
            "--disable-pip-version-check",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PIP_CONFIG_FILE": os.devnull},
    )
    assert done.returncode == 0, done.stdout + done.stderr
