"""The doctor in the installation of these tests, which has everything, Qt too."""

from __future__ import annotations

import json
import subprocess
import sys


def test_the_doctor_finds_this_installation_whole() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "labeler", "doctor", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["ok"] is True
    found = {check["name"]: check["found"] for check in told["checks"]}
    assert found["PySide6"] == "there, for the app's windows"
    assert {f"plugin {name}" for name in ("boxes", "comparison", "sentiment", "transcription")} <= {
        *found
    }
