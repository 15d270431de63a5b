"""An import killed at any moment leaves a sound file; run again it finishes, and nothing is double."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from asked import THOROUGH
from killing import killed_at

from labeler.exchange import ExportOptions, here, new_project, run_native_export
from labeler.store import Project

ROWS = 20_000 if THOROUGH else 4_000
SMALL_BATCHES = (
    "from labeler.exchange import intake\n"
    "intake._FIRST = intake._LARGEST = 250\n"
    "from labeler.__main__ import main\n"
    "main()\n"
)
"""The program, with a transaction for every 250 rows, so that few rows are many batches too."""
LATER_S = 0.1
"""A kill comes up to so much later than the file has grown by some batches."""
PROGRAM = ("-m", "labeler") if THOROUGH else ("-c", SMALL_BATCHES)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows with and without ids, equal rows, a value on every fourth, gold on every tenth."""
    path = tmp_path_factory.mktemp("source") / "rows.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(ROWS):
            row: dict[str, object] = {"text": f"text {number}, with some words after it"}
            if number % 3:
                row["id"] = f"k{number}"
            elif number % 9 == 0:
                row["text"] = "the very same words"
            if number % 4 == 0:
                row["sentiment"] = ("positive", "neutral", "negative")[number // 4 % 3]
            if number % 20 == 0:
                row["layer"] = "gold"
                row["by"] = "carla"
            file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project without tasks."""
    path = tmp_path_factory.mktemp("empty") / "empty.labeler"
    new_project(path, "sentiment", handle="ada").close()
    return path


def start(project: Path, source: Path, checkout: Path) -> subprocess.Popen[bytes]:
    """The real command, in a process of its own."""
    words = ["import", str(project), str(source), "--format", "text-jsonl", "--by", "ada"]
    return subprocess.Popen(
        [sys.executable, *PROGRAM, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )


def finish(project: Path, source: Path, checkout: Path) -> None:
    """Run the command to its end."""
    process = start(project, source, checkout)
    _, told = process.communicate()
    assert process.returncode == 0, told


def lines(path: Path) -> list[str]:
    """Everything in a project, as its native export says it."""
    target = path.with_suffix(".jsonl")
    target.unlink(missing_ok=True)
    project = Project.open(path)
    run_native_export(here(project), target, None, ExportOptions("all"))
    project.close()
    return target.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def reference(
    empty: Path, source: Path, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[str], int]:
    """What an import gives that nobody disturbs, and how large the file becomes."""
    path = tmp_path_factory.mktemp("reference") / "p.labeler"
    shutil.copyfile(empty, path)
    process = start(path, source, checkout)
    out, told = process.communicate()
    assert process.returncode == 0, told
    assert out.decode() == f"{ROWS} tasks and {ROWS // 4} annotations added, 0 rows skipped\n"
    return lines(path), path.stat().st_size


@pytest.mark.timeout(0)
def test_a_killed_import_is_sound_and_finishes_when_it_is_run_again(
    empty: Path,
    source: Path,
    reference: tuple[list[str], int],
    checkout: Path,
    tmp_path: Path,
    kills: int,
) -> None:
    wanted, size = reference
    chosen = random.Random(20_261_121)
    path = tmp_path / "p.labeler"
    shutil.copyfile(empty, path)
    smallest = path.stat().st_size
    killed = finished = before = found_half = 0
    while killed < kills:
        process = start(path, source, checkout)
        killed += killed_at(
            process, path, chosen.randint(smallest, size), chosen.uniform(0, LATER_S)
        )
        project = Project.open(path)
        tasks = project.query.counts()["tasks"]
        problems = project.check()
        project.file.close()
        assert problems == []
        assert before <= tasks <= ROWS
        found_half += 0 < tasks < ROWS
        before = tasks
        if process.returncode == 0 or chosen.random() < 0.3:
            finish(path, source, checkout)
            assert lines(path) == wanted
            finished += 1
            shutil.copyfile(empty, path)
            before = 0
    finish(path, source, checkout)
    assert lines(path) == wanted
    assert found_half or kills < 20
    print(f"{killed} kills, {found_half} with some tasks in, {finished + 1} finished afterwards")
