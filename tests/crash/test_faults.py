"""A disk that refuses at its n-th call, is full, read-only, or whose file goes away: nothing is lost.

Every act ends with an exit code and one line, leaves sound files, nothing half done under a target's
name, and can be done again. At a desk the work stays on it, and is written when there is room again.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from acts import ACTS, SAID, sound
from asked import THOROUGH
from gestures import AllRegions

from labeler.model.problems import Problem, Refusal
from labeler.store import Project
from labeler.work.desk import Desk
from labeler.work.lane import Lane

HERE = Path(__file__).parent
FEW = {
    **{"annotate": 23, "import": 29, "merge": 67, "handout": 211, "settle": 29},
    **{"backup": 31, "rotate": 31, "repair": 251, "migrate": 307, "give_back": 151, "desk": 67},
}
"""How many calls lie between two faults, where nobody asked for every one of them."""


FAULTS = [
    pytest.param(error, stays, id=f"{errno.errorcode[error]}-{stays}")
    for error in (errno.EIO, errno.ENOSPC)
    for stays in ("once", "stays")
    if THOROUGH or (error == errno.EIO) == (stays == "once")
]
"""Which error, and whether every later call meets it too; each of both where not all are asked for."""


@pytest.mark.timeout(0)
@pytest.mark.parametrize(("error", "stays"), FAULTS)
def test_whatever_call_the_disk_refuses_nothing_is_lost_nor_half_there(
    acted_on: Path, disk: Path, tmp_path: Path, checkout: Path, error: int, stays: str
) -> None:
    assert FEW.keys() == {*ACTS, "desk"}
    folder = tmp_path / "disk"
    offset = 3 if stays == "once" else 7
    acts = [f"{name}:1:1" if THOROUGH else f"{name}:{offset}:{step}" for name, step in FEW.items()]
    done = subprocess.run(
        [sys.executable, HERE / "faulty_hands.py", acted_on, folder, str(error), stays, *acts],
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
    met = dict(line.split() for line in done.stdout.splitlines())
    assert met.keys() == FEW.keys()
    assert min(map(int, met.values())) >= (40 if THOROUGH else 1), met
    print(done.stdout)


# at the desk


class Sitting:
    """Anna at a task of a project, and what she is told of the disk."""

    def __init__(self, path: Path) -> None:
        self.told: list[float | Problem] = []
        self.lane = Lane(lambda: Project.open(path))
        anna = self.lane.call(lambda project: project.sign_in("anna"))
        self.desk = Desk(self.lane, anna, AllRegions(), self.told.append)
        self.seat = self.desk.open(self.lane.call(lambda project: project.query.find("k3")))

    def answer(self, word: str) -> None:
        """Answer, and wait until that is written or refused."""
        value = self.seat.draft.value.with_answer("sentiment", word)
        self.desk.emit(value, "Answer")
        self.desk.settle()

    @property
    def refused(self) -> list[str]:
        """The codes of what kept work from being saved."""
        return [one.code for one in self.told if isinstance(one, Problem)]

    def kept(self) -> bool:
        """Whether the work is on the desk and owed to the file."""
        return self.seat.draft.unwritten and self.seat.draft.value.answers == {
            "sentiment": "negative"
        }


def drafted(path: Path) -> str:
    """What the file has as Anna's answer."""

    def asked(project: Project) -> str:
        from labeler.store.drafting import value_at_cursor

        row = project.query.find("k3")
        draft = project.open_draft(row, project.person("anna"), take=False)
        return value_at_cursor(draft).decode()

    found: str = sound(path, asked)
    return found


@pytest.fixture
def path(acted_on: Path, tmp_path: Path) -> Path:
    """A project of its own."""
    target = tmp_path / "p.labeler"
    shutil.copyfile(acted_on / "p.labeler", target)
    return target


@pytest.fixture
def small(acted_on: Path, tmp_path: Path) -> Iterator[Path]:
    """A project on a disk of one mebibyte."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only the administrator mounts a small disk")
    folder = tmp_path / "small"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("nothing may be mounted here")
    try:
        shutil.copyfile(acted_on / "p.labeler", folder / "p.labeler")
        yield folder / "p.labeler"
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Fill a disk to its last byte; the file that does."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as stream:
        for size in (65536, 512):
            with contextlib.suppress(OSError):
                while stream.write(bytes(size)):
                    pass
    return path


def test_work_on_a_full_disk_stays_and_is_written_when_there_is_room(small: Path) -> None:
    sitting = Sitting(small)
    sitting.answer("positive")
    filler = fill(small.parent)
    sitting.answer("negative")
    assert sitting.refused == ["disk_full"]
    assert sitting.kept()
    filler.unlink()
    sitting.desk.settle()
    assert not sitting.seat.draft.unwritten
    sitting.lane.close()
    assert drafted(small) == (SAID % b"negative").decode()


@pytest.mark.parametrize("act", ["backup", "handout"])
def test_an_output_that_finds_no_room_leaves_nothing(acted_on: Path, small: Path, act: str) -> None:
    folder = small.parent
    for name in ("value.json", "entity"):
        shutil.copyfile(acted_on / name, folder / name)
    room = bytes(160 * 1024)
    (folder / "room").write_bytes(room)
    fill(folder)
    (folder / "room").unlink()
    before = {one.name for one in folder.iterdir()}
    assert ACTS[act].do(folder) == 2
    assert {one.name for one in folder.iterdir()} == before


def test_a_limit_of_size_stops_a_write_and_harms_nothing(path: Path, tmp_path: Path) -> None:
    """RLIMIT_FSIZE, as a quota does: the write fails, and so does every later one."""
    script = tmp_path / "limited.py"
    script.write_text(
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from acts import ACTS\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "size = (Path(sys.argv[1]) / 'p.labeler').stat().st_size + 8192\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))\n"
        "sys.exit(ACTS['import'].do(Path(sys.argv[1])))\n"
    )
    chance = random.Random(3)
    (tmp_path / "more.jsonl").write_text(
        "\n".join(f'{{"id": "m{n}", "text": "{chance.randbytes(600).hex()}"}}' for n in range(60))
    )
    done = subprocess.run(
        [sys.executable, script, tmp_path],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent.parent)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert str(path) in done.stderr
    assert sound(path, lambda project: project.query.counts()["tasks"]) == 30
    assert ACTS["import"].do(tmp_path) == 0
    assert sound(path, lambda project: project.query.counts()["tasks"]) == 90


def renamed(path: Path) -> Callable[[], Path]:
    moved = path.rename(path.with_name("moved.labeler"))
    return lambda: moved.rename(path)


def replaced(path: Path) -> Callable[[], Path]:
    """Another file takes the name, as a synchronised folder does it; ours is kept aside."""
    aside = path.with_name("aside.labeler")
    os.link(path, aside)
    copy = path.with_name("incoming")
    shutil.copyfile(path, copy)
    copy.replace(path)
    return lambda: aside.replace(path)


@pytest.mark.parametrize("how", [renamed, replaced])
def test_a_file_that_goes_away_under_the_work_takes_none_of_it(
    path: Path, how: Callable[[Path], Callable[[], Path]]
) -> None:
    sitting = Sitting(path)
    sitting.answer("positive")
    back = how(path)
    left = {one: one.read_bytes() for one in path.parent.glob("*.labeler")}
    sitting.answer("negative")
    assert sitting.refused == ["file_moved"]
    assert sitting.kept()
    assert {one: one.read_bytes() for one in path.parent.glob("*.labeler")} == left
    back()
    sitting.desk.settle()
    assert not sitting.seat.draft.unwritten
    sitting.lane.close()
    assert drafted(path) == (SAID % b"negative").decode()


def test_a_deleted_file_is_said_and_the_work_can_be_saved_elsewhere(path: Path) -> None:
    from labeler.app.work.elsewhere import save_elsewhere, what_is_owed

    sitting = Sitting(path)
    sitting.answer("positive")
    path.unlink()
    sitting.answer("negative")
    assert sitting.refused == ["file_moved"]
    assert sitting.kept()
    owed = what_is_owed(sitting.desk)
    elsewhere = path.with_name("elsewhere.labeler")
    save_elsewhere(sitting.lane, sitting.desk.person, owed, elsewhere)
    with pytest.raises(Refusal, match="renamed, moved or deleted"):
        sitting.lane.close()
    assert drafted(elsewhere) == (SAID % b"negative").decode()


@pytest.mark.usefixtures("modes_hold")
def test_a_folder_that_becomes_read_only_keeps_the_work_on_the_desk(path: Path) -> None:
    sitting = Sitting(path)
    sitting.answer("positive")
    path.parent.chmod(0o555)
    try:
        sitting.answer("negative")
    finally:
        path.parent.chmod(0o755)
    assert sitting.refused in (["disk_error"], ["file_read_only"])
    assert sitting.kept()
    sitting.desk.settle()
    assert not sitting.seat.draft.unwritten
    sitting.lane.close()
    assert drafted(path) == (SAID % b"negative").decode()
