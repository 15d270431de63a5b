"""Where media lie: kept by every process that says so, and lost by none."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from labeler.work.media_roots import MediaRoots, roots_file

ONE, OTHER = "1" * 32, "2" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "media_roots.json"


def test_what_is_told_is_there_for_the_next_run(path: Path, tmp_path: Path) -> None:
    MediaRoots(path).tell(ONE, "photos", tmp_path)
    later = MediaRoots(path)
    assert later.folder(ONE, "photos") == tmp_path
    assert later.folders(ONE) == {"photos": tmp_path}
    assert later.folder(OTHER, "photos") is None
    assert later.folder(ONE, "sounds") is None


def test_a_folder_is_kept_as_an_absolute_path(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    MediaRoots(path).tell(ONE, "photos", Path("here"))
    assert MediaRoots(path).folder(ONE, "photos") == tmp_path / "here"


def test_a_root_can_be_forgotten(path: Path, tmp_path: Path) -> None:
    roots = MediaRoots(path)
    roots.tell(ONE, "photos", tmp_path)
    roots.tell(ONE, "photos", None)
    assert MediaRoots(path).folders(ONE) == {}


def test_what_another_run_says_is_seen(path: Path, tmp_path: Path) -> None:
    one, other = MediaRoots(path), MediaRoots(path)
    one.tell(ONE, "photos", tmp_path)
    assert other.folder(ONE, "photos") == tmp_path
    other.tell(ONE, "photos", tmp_path / "moved")
    assert one.folder(ONE, "photos") == tmp_path / "moved"


def test_without_a_file_it_is_kept_for_this_run(tmp_path: Path) -> None:
    roots = MediaRoots()
    roots.tell(ONE, "photos", tmp_path)
    assert roots.folder(ONE, "photos") == tmp_path


def test_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from labeler.work.media_roots import MediaRoots\n"
        "roots = MediaRoots(Path(sys.argv[1]))\n"
        "for n in range(25): roots.tell('1' * 32, f'{sys.argv[2]}-{n}', Path(f'/media/{n}'))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path), str(number)])
        for number in range(4)
    ]
    assert [one.wait(60) for one in running] == [0] * 4
    assert len(MediaRoots(path).folders(ONE)) == 100


def test_threads_that_write_at_once_lose_nothing(path: Path) -> None:
    roots = MediaRoots(path)

    def tell(name: str) -> None:
        for number in range(10):
            roots.tell(ONE, f"{name}-{number}", Path("/media"))

    threads = [threading.Thread(target=tell, args=(name,)) for name in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(MediaRoots(path).folders(ONE)) == 40


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"version": 1}',
        b'{"version": 1, "projects": {"1": ["/"]}}',
        b'{"version": 1, "projects": {"1": {"photos": 7}}}',
        b'{"version": 2, "projects": {}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_counts_as_empty_and_is_set_aside(
    path: Path, tmp_path: Path, damaged: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(damaged)
    roots = MediaRoots(path)
    assert roots.folders(ONE) == {}
    assert str(path) in roots.problem
    (aside,) = path.parent.glob("*broken*")
    assert aside.read_bytes() == damaged
    roots.tell(ONE, "photos", tmp_path)
    assert MediaRoots(path).folder(ONE, "photos") == tmp_path
    path.write_bytes(b"again")
    assert MediaRoots(path).folders(ONE) == {}
    assert len(list(path.parent.glob("*broken*"))) == 2


def test_a_file_that_cannot_be_written_is_an_error_and_nothing_is_believed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    roots = MediaRoots(tmp_path / "file" / "media_roots.json")
    with pytest.raises(OSError, match="file"):
        roots.tell(ONE, "photos", tmp_path)
    assert roots.folder(ONE, "photos") is None


def test_a_folder_whose_name_is_no_text_comes_back_as_it_was(path: Path) -> None:
    folder = Path("/media/bad\udcff")
    MediaRoots(path).tell(ONE, "photos", folder)
    assert MediaRoots(path).folder(ONE, "photos") == folder


def test_the_file_is_one_a_person_can_read(path: Path, tmp_path: Path) -> None:
    MediaRoots(path).tell(ONE, "photos", tmp_path)
    tree = json.loads(path.read_text("ascii"))
    assert tree == {"version": 1, "projects": {ONE: {"photos": str(tmp_path)}}}


def test_it_lies_in_the_persons_own_folder(own_folders: Path) -> None:
    if sys.platform == "linux":
        assert roots_file().is_relative_to(own_folders)
    assert roots_file().name == "media_roots.json"
