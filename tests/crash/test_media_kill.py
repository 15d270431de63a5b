"""An import that takes media in, killed at any moment, leaves no half medium behind that counts."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import pytest
from asked import THOROUGH
from killing import killed_at

from labeler.exchange import ExportOptions, here, run_native_export
from labeler.model.queue import read_config
from labeler.store import Project

FILES = 60 if THOROUGH else 20
SMALL_BATCHES = (
    "from labeler.exchange import intake\n"
    "intake._FIRST = intake._LARGEST = 3\n"
    "from labeler.__main__ import main\n"
    "main()\n"
)
"""The program, with a transaction for every three files, so that few of them are many batches too."""
LATER_S = 0.05
"""A kill comes up to so much later than the file has grown by some media."""
PROGRAM = ("-m", "labeler") if THOROUGH else ("-c", SMALL_BATCHES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of a few bytes up to some parts, a tenth of them equal."""
    folder = tmp_path_factory.mktemp("media") / "photos"
    folder.mkdir()
    chosen = random.Random(7)
    for number in range(FILES):
        size = chosen.choice((0, 10, 200_000, 1 << 20, 2_500_000))
        raw = b"the very same" if number % 10 == 0 else chosen.randbytes(size)
        (folder / f"{number:03d}.pic").write_bytes(raw)
    return folder


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project without tasks."""
    path = tmp_path_factory.mktemp("empty") / "empty.labeler"
    project = Project.create(path, handle="ada")
    project.put_queue("album", read_config(b"{}"), panel="album", by="ada")
    project.close()
    return path


def start(project: Path, folder: Path, checkout: Path) -> subprocess.Popen[bytes]:
    """The real command, in a process of its own."""
    words = ["import", str(project), str(folder), "--format", "album", "--media", "embed"]
    plugins = checkout / "tests" / "e2e" / "plugins"
    return subprocess.Popen(
        [sys.executable, *PROGRAM, *words, "--by", "ada"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(checkout), "LABELER_PLUGINS": str(plugins)},
    )


def lines(path: Path) -> list[str]:
    """Everything in a project, its media too, as its native export says it."""
    target = path.with_suffix(".jsonl")
    target.unlink(missing_ok=True)
    project = Project.open(path)
    run_native_export(here(project), target, None, ExportOptions("all"))
    project.close()
    return target.read_text(encoding="utf-8").splitlines()


def whole_media(project: Project, folder: Path) -> int:
    """How many media are in; each is what its file is."""
    count = 0
    for (path,) in project.file.rows("SELECT path FROM media"):
        found = project.media.find("photos", path)
        assert found is not None
        assert found.here
        parts = range(len(project.media.parts(found.hash)))
        raw = b"".join(project.media.part(found.hash, number) for number in parts)
        assert raw == (folder / path).read_bytes()
        assert found.hash == blake2b(raw, digest_size=32).digest()
        count += 1
    return count


@pytest.mark.timeout(0)
def test_a_killed_import_of_media_is_sound_and_finishes_when_it_is_run_again(
    empty: Path, folder: Path, checkout: Path, tmp_path: Path, kills: int
) -> None:
    reference = tmp_path / "reference.labeler"
    shutil.copyfile(empty, reference)
    process = start(reference, folder, checkout)
    _, told = process.communicate()
    assert process.returncode == 0, told
    wanted = lines(reference)
    assert sum('{"medium"' in line for line in wanted) == FILES
    assert json.loads(wanted[-1])["task"]["of_medium"]

    chosen = random.Random(20_261_121)
    path = tmp_path / "p.labeler"
    shutil.copyfile(empty, path)
    smallest, size = path.stat().st_size, reference.stat().st_size
    killed = half = loose = 0
    while killed < kills:
        process = start(path, folder, checkout)
        was_killed = killed_at(
            process, path, chosen.randint(smallest, size), chosen.uniform(0, LATER_S)
        )
        killed += was_killed
        project = Project.open(path)
        problems = project.check()
        count = whole_media(project, folder)
        stored = project.file.row("SELECT count(DISTINCT hash) FROM blob WHERE length(hash)=32")[0]
        project.file.close()
        assert problems == []
        half += 0 < count < FILES
        loose += stored > count
        if not was_killed or chosen.random() < 0.3:
            process = start(path, folder, checkout)
            _, told = process.communicate()
            assert process.returncode == 0, told
            assert lines(path) == wanted
            shutil.copyfile(empty, path)
    assert half + loose or kills < 20
    print(f"{killed} kills, {half} with some media in, {loose} with bytes nobody names yet")
