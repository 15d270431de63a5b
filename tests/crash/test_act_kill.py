"""Whatever people do to a project can be killed at any call to the disk, and done again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from acts import ACTS

HERE = Path(__file__).parent


@pytest.mark.timeout(0)
def test_an_act_that_is_killed_spoils_nothing_and_can_be_done_again(
    acted_on: Path, disk: Path, tmp_path: Path, checkout: Path, kills: int
) -> None:
    folder = tmp_path / "disk"
    done = subprocess.run(
        [sys.executable, HERE / "killed_hands.py", acted_on, folder, "20", str(kills)],
        env={
            **os.environ,
            "LD_PRELOAD": str(disk),
            "DISK_UNDER": str(folder),
            "PYTHONPATH": str(checkout),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    counts = {line.split()[0]: int(line.split()[1]) for line in done.stdout.splitlines()}
    assert counts.keys() == ACTS.keys()
    assert sum(counts.values()) == kills
    assert min(counts.values()) > 0
    print(done.stdout)
