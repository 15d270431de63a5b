"""A merge killed at any moment leaves a sound file; merged again it is whole, and nothing is double."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from asked import THOROUGH
from killing import killed_at

from labeler.exchange import new_project
from labeler.model.codec import Codec
from labeler.model.regions import REGION_TYPES
from labeler.store import Project
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint
from labeler.work.draft import Draft

TASKS = 3_000 if THOROUGH else 1_500
LATER_S = 0.1
"""A kill comes up to so much later than the file has grown by some batches."""


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project of a hundred texts, and a copy with more, all of them annotated and fifty begun."""
    folder = tmp_path_factory.mktemp("copies")
    mine, theirs = folder / "mine.labeler", folder / "theirs.labeler"
    project = new_project(mine, "sentiment", handle="ada")
    tasks = []
    for number in range(TASKS):
        content = msgspec.json.encode({"text": f"text {number}"})
        tasks.append(NewTask(f"k{number}", content, content_fingerprint(content)))
    project.bulk("sentiment", by="ada").tasks(tasks[:100])
    project.close()
    shutil.copyfile(mine, theirs)
    project = Project.open(theirs)
    bulk = project.bulk("sentiment", by="ben")
    added = bulk.tasks(tasks)
    said = b'{"answers":{"sentiment":"positive"}}'
    bulk.annotations([NewAnnotation(one.uid, "work", "ben", said) for one in added])
    person = project.sign_in("carla")
    for number in range(50):
        row = project.query.find(f"k{number}")
        draft = Draft(project.open_draft(row, person), Codec(REGION_TYPES))
        draft.emit(draft.value.with_answer("sentiment", "neutral"), "Neutral")
        batch = draft.take_batch()
        assert batch is not None
        project.write_steps(row, person, draft.row, batch.steps, batch.cursor, batch.saved)
    project.file.close()
    return mine, theirs


SMALL_BATCHES = (
    "from labeler.store import taking_batch\n"
    "taking_batch.BATCH_S, taking_batch.SLICE = 0.0, 200\n"
    "from labeler.__main__ import main\n"
    "main()\n"
)
"""The program, with a transaction for every 200 ops: all of them would fit into one."""


def start(project: Path, other: Path, checkout: Path) -> subprocess.Popen[bytes]:
    """The real command, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", SMALL_BATCHES, "merge", str(project), str(other)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )


def truth(path: Path) -> tuple[list[bytes], dict[str, int], int]:
    """The hashes of all ops, the counts the caches give, and the drafts; the file must be sound."""
    project = Project.open(path)
    try:
        assert project.check() == []
        names = [row[0] for row in project.file.rows("SELECT h FROM op ORDER BY h")]
        drafts = sum(len(project.drafts_along(project.query.find(f"k{n}"))) for n in range(50))
        return names, project.query.counts(), drafts
    finally:
        project.file.close()


@pytest.mark.timeout(0)
def test_a_killed_merge_is_sound_and_is_finished_by_merging_again(
    copies: tuple[Path, Path], checkout: Path, tmp_path: Path, kills: int
) -> None:
    mine, theirs = copies
    path = tmp_path / "p.labeler"
    shutil.copyfile(mine, path)
    process = start(path, theirs, checkout)
    _, told = process.communicate()
    assert process.returncode == 0, told
    wanted = truth(path)
    size = path.stat().st_size
    assert wanted[1] == {"tasks": TASKS, "annotations": TASKS, "conflicts": 0}
    assert wanted[2] == 50
    chosen = random.Random(20_261_122)
    shutil.copyfile(mine, path)
    killed = halves = finished = 0
    before: set[bytes] = set()
    while killed < kills:
        process = start(path, theirs, checkout)
        grown = path.stat().st_size
        was_killed = killed_at(
            process, path, chosen.randint(grown, max(grown, size)), chosen.uniform(0, LATER_S)
        )
        killed += was_killed
        names, _, _ = truth(path)
        here = set(names)
        assert before <= here <= set(wanted[0])
        halves += len(before) < len(here) < len(wanted[0])
        before = here
        if not was_killed or here == set(wanted[0]):
            if was_killed:
                process = start(path, theirs, checkout)
                process.communicate()
            assert process.returncode == 0
            assert truth(path) == wanted
            finished += 1
            shutil.copyfile(mine, path)
            before = set()
    process = start(path, theirs, checkout)
    process.communicate()
    assert truth(path) == wanted
    assert halves or kills < 20
    print(f"{killed} kills, {halves} with a part of it in, {finished + 1} finished afterwards")
