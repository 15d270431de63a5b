"""A copy of file and journal taken at any moment of a write is the project as it was before it.

That is what a power cut leaves, and what a backup program finds that comes by in the middle.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from labeler.model.problems import Refusal
from labeler.model.queue import read_config
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint

BEFORE = 300
WRITTEN = 2000
CONFIG = b'{"questions": [{"id": "note", "kind": "text"}]}'


def tasks(first: int, count: int) -> list[NewTask]:
    contents = [
        msgspec.json.encode({"text": f"text {n} " * 20}) for n in range(first, first + count)
    ]
    return [
        NewTask(f"k{first + n}", one, content_fingerprint(one)) for n, one in enumerate(contents)
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of some texts, as it was before the write."""
    path = tmp_path_factory.mktemp("power") / "before.labeler"
    project = Project.create(path, handle="anna")
    project.put_queue("texts", read_config(CONFIG), panel="texts", by="anna")
    project.bulk("texts", by="anna").tasks(tasks(0, BEFORE))
    project.close()
    return path


Moment = tuple[Path, Path]
"""A copy of the file and one of its journal, taken at the same moment."""


@pytest.fixture(scope="module")
def moments(made: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Moment]:
    """Copies taken while one transaction writes so much that it reaches the file before the commit."""
    folder = tmp_path_factory.mktemp("moments")
    path = folder / "p.labeler"
    shutil.copyfile(made, path)
    journal = Path(f"{path}-journal")
    project = Project.open(path)
    project.file.connection.execute("PRAGMA cache_size=20")
    chance = random.Random(5)
    taken: list[Moment] = []

    def look() -> int:
        if journal.exists() and chance.random() < 0.02:
            copy = folder / f"{len(taken)}.labeler"
            shutil.copyfile(path, copy)
            shutil.copyfile(journal, folder / f"{len(taken)}.journal")
            taken.append((copy, folder / f"{len(taken)}.journal"))
        return 0

    project.file.connection.set_progress_handler(look, 200)
    project.bulk("texts", by="anna").tasks(tasks(BEFORE, WRITTEN))
    project.file.connection.set_progress_handler(None, 0)
    project.close()
    return taken


def opened(folder: Path, file: Path, journal: bytes | None) -> Path:
    """The file and its journal under the names they had."""
    path = folder / "p.labeler"
    shutil.copyfile(file, path)
    hot = Path(f"{path}-journal")
    hot.unlink(missing_ok=True)
    if journal is not None:
        hot.write_bytes(journal)
    return path


def assert_as_before(path: Path) -> None:
    project = Project.open(path)
    assert project.queue("texts").tasks == BEFORE
    assert project.check() == []
    project.close()


def test_every_moment_of_a_write_is_rolled_back_whole(
    moments: list[Moment], made: Path, tmp_path: Path
) -> None:
    spilled = [file for file, _ in moments if file.read_bytes() != made.read_bytes()]
    assert len(spilled) > 5, "the transaction never reached the file: nothing is proved"
    for file, journal in moments:
        assert_as_before(opened(tmp_path, file, journal.read_bytes()))


TORN: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut": lambda raw, chance: raw[: chance.randrange(len(raw))],
    "its end zeros": lambda raw, chance: _ended(raw, chance, bytes),
    "its end noise": lambda raw, chance: _ended(raw, chance, chance.randbytes),
    "a sector lost": lambda raw, chance: _sector(raw, chance),
}


def _ended(raw: bytes, chance: random.Random, fill: Callable[[int], bytes]) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + fill(len(raw) - at)


def _sector(raw: bytes, chance: random.Random) -> bytes:
    at = 512 * chance.randrange(len(raw) // 512)
    return raw[:at] + bytes(512) + raw[at + 512 :]


@pytest.mark.parametrize("how", TORN)
def test_a_journal_that_was_not_yet_on_the_disk_spoils_nothing(
    moments: list[Moment], made: Path, tmp_path: Path, how: str
) -> None:
    """While the journal is being written the file has not been touched."""
    chance = random.Random(how)
    for _, journal in moments[:12]:
        torn = TORN[how](journal.read_bytes(), chance)
        assert_as_before(opened(tmp_path, made, torn))


def test_a_copy_without_its_journal_is_refused_or_told_by_a_check(
    moments: list[Moment], made: Path, tmp_path: Path
) -> None:
    """What a synchronising folder may do; half a write must never pass for a sound file."""
    for file, _ in moments:
        if file.read_bytes() == made.read_bytes():
            continue
        path = opened(tmp_path, file, None)
        try:
            project = Project.open(path)
        except Refusal:
            continue
        try:
            whole = project.check() == [] and project.queue("texts").tasks in (
                BEFORE,
                BEFORE + WRITTEN,
            )
            damaged = project.check() != []
            assert whole or damaged
        except Refusal:
            pass
        finally:
            project.file.close()
