"""A search index killed at any moment is gone on with, and then finds what a scan finds."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from labeler.model.queue import QueueConfig
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.store.indexed_listing import IndexedListing
from labeler.store.indexing import Indexing

TASKS = 2500
MAKE = """
import sys
from pathlib import Path
from labeler.store import Project
from labeler.store.indexing import Indexing
project = Project.open(Path(sys.argv[1]), read_only=True)
index = Indexing(project.file, Path(sys.argv[2]))
print("begun", flush=True)
while not index.step(0).ready:
    pass
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of some thousand texts."""
    path = tmp_path_factory.mktemp("index") / "p.labeler"
    project = Project.create(path, title="Killed", handle="anna")
    project.put_queue("texts", QueueConfig(), panel="sentiment", by="anna")
    tasks = []
    for number in range(TASKS):
        raw = msgspec.json.encode({"text": f"text {number} of some {number % 7} words"})
        tasks.append(NewTask(f"k{number}", raw, content_fingerprint(raw)))
    project.bulk("texts", by="anna").tasks(tasks)
    project.close()
    return path


def keys(project: Project, text: str) -> list[str]:
    """What a search finds, to its end."""
    listing = project.query.listing(search=text)
    while not listing.find_more():
        pass
    return [row.key for row in listing.tasks(0, TASKS)]


def test_an_index_killed_at_any_moment_finds_what_a_scan_finds(
    path: Path, tmp_path: Path, checkout: Path, kills: int
) -> None:
    chosen = random.Random(5)
    # It is a cache: what a kill could cost is time.
    for _ in range(max(2, kills // 10)):
        maker = subprocess.Popen(
            [sys.executable, "-c", MAKE, str(path), str(tmp_path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(checkout)},
        )
        assert maker.stdout is not None
        assert maker.stdout.readline().strip() == b"begun"
        time.sleep(chosen.uniform(0, 0.3))
        maker.kill()
        maker.wait()
        maker.stdout.close()
    project = Project.open(path, read_only=True)
    scanned = {text: keys(project, text) for text in ("text", "3 words", '"some 5"', "k41")}
    index = Indexing(project.file, tmp_path)
    while not index.step().ready:
        assert index.state().problem is None
    project.query.index = index
    for text, expected in scanned.items():
        assert isinstance(project.query.listing(search=text), IndexedListing)
        assert keys(project, text) == expected
    index.close()
    project.file.close()
