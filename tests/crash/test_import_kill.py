"""An import killed at any moment leaves a sound file; run again it finishes, and nothing is double."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from labeler.exchange import ExportOptions, here, new_project, run_native_export
from labeler.store import Project

ROWS = 20_000


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
        [sys.executable, "-m", "labeler", *words],
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
) -> tuple[list[str], float]:
    """What an import gives that nobody disturbs, and how many seconds it takes."""
    path = tmp_path_factory.mktemp("reference") / "p.labeler"
    shutil.copyfile(empty, path)
    began = time.monotonic()
    process = start(path, source, checkout)
    out, told = process.communicate()
    assert process.returncode == 0, told
    assert out.decode() == f"{ROWS} tasks and 5000 annotations added, 0 rows skipped\n"
    return lines(path), time.monotonic() - began


@pytest.mark.timeout(0)
def test_a_killed_import_is_sound_and_finishes_when_it_is_run_again(
    empty: Path,
    source: Path,
    reference: tuple[list[str], float],
    checkout: Path,
    tmp_path: Path,
    kills: int,
) -> None:
    wanted, seconds = reference
    chosen = random.Random(20_261_121)
    path = tmp_path / "p.labeler"
    shutil.copyfile(empty, path)
    killed = finished = before = 0
    found_half = 0
    while killed < kills:
        process = start(path, source, checkout)
        try:
            process.communicate(timeout=chosen.uniform(0.1, seconds))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            killed += 1
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
    print(f"{killed} kills, {found_half} with some tasks in, {finished + 1} finished afterwards")
