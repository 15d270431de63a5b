"""A power cut at any moment takes no act of which it was said that it is done, and spoils no file."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from acts import ACTS
from rebuilding import Call, Disk, read_log

from labeler.model.problems import Refusal

HERE = Path(__file__).parent
DONE = ("annotate", "settle", "import", "merge", "backup", "rotate", "handout", "migrate")


def logged(
    acted_on: Path, disk: Path, folder: Path, checkout: Path, acts: tuple[str, ...], careful: str
) -> list[Call]:
    """What doing these acts one after the other called."""
    shutil.copytree(acted_on, folder)
    log = folder.with_name("log")
    done = subprocess.run(
        [sys.executable, HERE / "power_hands.py", folder, careful, *acts],
        env={
            **os.environ,
            "LD_PRELOAD": str(disk),
            "DISK_UNDER": str(folder),
            "DISK_LOG": str(log),
            "PYTHONPATH": str(checkout),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return read_log(log)


def cuts(
    acted_on: Path, folder: Path, calls: list[Call], count: int, chance: random.Random
) -> list[str]:
    """Cut the power so often, at moments of chance, and look; what was lost or spoiled, in words."""
    before = {
        str(folder / one.name): one.read_bytes() for one in acted_on.iterdir() if one.is_file()
    }
    moments = sorted(chance.randrange(len(calls) + 1) for _ in range(count))
    disk, at, wrong = Disk(before), 0, []
    for moment in moments:
        for call in calls[at:moment]:
            disk.call(call)
        at = moment
        wild = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        shutil.rmtree(folder)
        (folder / "backups").mkdir(parents=True)
        for name, content in disk.cut(chance, wild).items():
            Path(name).write_bytes(content)
        for act in ACTS:
            if act == "repair":
                continue
            try:
                done = ACTS[act].done(folder)
            except (AssertionError, Refusal) as error:
                wrong.append(f"call {moment}, wild {wild}, {act}: {error}")
                continue
            if act in disk.said and not done:
                wrong.append(f"call {moment}, wild {wild}: {act} was done, and is not")
    return wrong


@pytest.mark.timeout(0)
def test_a_power_cut_takes_nothing_that_was_said_to_be_done(
    acted_on: Path, disk: Path, tmp_path: Path, checkout: Path, kills: int
) -> None:
    chance = random.Random(1)
    folder = tmp_path / "disk"
    calls = logged(acted_on, disk, folder, checkout, DONE, "EXTRA")
    count = kills // 2 if kills <= 20 else kills * 8
    wrong = cuts(acted_on, folder, calls, count, chance)
    assert wrong == []
    print(f"{count} power cuts within {len(calls)} calls")


@pytest.mark.parametrize("careless", ["OFF", "FULL"])
def test_less_care_is_found_out(
    acted_on: Path, disk: Path, tmp_path: Path, checkout: Path, careless: str
) -> None:
    """Without syncs files are spoiled; without one of the folder a commit can be taken back."""
    folder = tmp_path / "disk"
    calls = logged(acted_on, disk, folder, checkout, ("annotate", "settle"), careless)
    for seed in range(40):
        if cuts(acted_on, folder, calls, 4, random.Random(seed)):
            return
    pytest.fail("nothing was found")
