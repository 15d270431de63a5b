"""Files of media: known by a few of their bytes, opened below their folder and nowhere else."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeler.model.problems import Refusal
from labeler.work.media_files import MediaFolder, leads_out


def h(*fields: bytes) -> bytes:
    """H as DESIGN says it: BLAKE2b-128 over fields, each with its length in 8 bytes before it."""
    hasher = hashlib.blake2b(digest_size=16)
    for field in fields:
        hasher.update(len(field).to_bytes(8, "big") + field)
    return hasher.digest()


def bytes_of(size: int) -> bytes:
    """Bytes that tell every place from its neighbours, whatever the stretch."""
    return b"".join(number.to_bytes(4, "big") for number in range(size // 4 + 1))[:size]


# Where the middle stretch begins and the last one, worked out by hand: (size - 4096) // 2, size - 4096.
@pytest.mark.parametrize(
    ("size", "middle", "last"),
    [
        (0, 0, 0),
        (1, 0, 0),
        (4095, 0, 0),
        (4096, 0, 0),
        (4097, 0, 1),
        (4100, 2, 4),
        (8192, 2048, 4096),
        (12_287, 4095, 8191),
        (12_288, 4096, 8192),
        (12_289, 4096, 8193),
        (100_001, 47_952, 95_905),
    ],
)
def test_a_fingerprint_is_of_size_and_three_stretches(
    tmp_path: Path, size: int, middle: int, last: int
) -> None:
    raw = bytes_of(size)
    (tmp_path / "a").write_bytes(raw)
    stretches = (raw[:4096], raw[middle : middle + 4096], raw[last : last + 4096])
    expected = h(b"medium", str(size).encode(), *stretches)
    assert MediaFolder(tmp_path).fingerprint("a") == (size, expected)


def test_a_file_far_larger_than_memory_is_known_at_once(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as stream:
        stream.truncate(1 << 40)
    zeros = bytes(4096)
    expected = h(b"medium", b"1099511627776", zeros, zeros, zeros)
    assert MediaFolder(tmp_path).fingerprint("a") == (1 << 40, expected)


@pytest.mark.parametrize(
    "path",
    [
        *("", "..", "../a", "a/..", "a/../b", "/a", "//a/b", "a\0b"),
        *("C:", "C:a", "C:/a", "c:\\a", "\\a", "\\\\host\\share\\a", "a\\..\\..\\b", "..\\a"),
    ],
)
def test_a_path_that_leads_out_on_any_system_leads_out(path: str) -> None:
    assert leads_out(path)


@pytest.mark.parametrize("path", ["a", "a/b", "a b/ü.png", "..a", "a..", "a/..b/c", "...", "a/./b"])
def test_a_plain_path_does_not(path: str) -> None:
    assert not leads_out(path)


@pytest.mark.parametrize(
    "path",
    [
        *("con", "NUL", "a/aux.png", "a/com1", "LPT9.txt", "con .wav", "nul:", "conin$"),
        *("a.png:stream", "a/b:c/d", "a. ", "a/b.", "a\nb"),
    ],
)
def test_what_is_no_plain_file_on_windows_leads_out_there_alone(path: str) -> None:
    """The names Windows reserves, by its own documentation of file names."""
    assert leads_out(path, on_windows=True)
    assert not leads_out(path, on_windows=False)


@pytest.mark.parametrize("path", ["console.png", "a/com", "com10.wav", "nullable", "a/./b", "a b"])
def test_a_name_that_only_begins_like_a_device_is_plain_on_windows(path: str) -> None:
    assert not leads_out(path, on_windows=True)


@given(st.text(st.sampled_from("ab./\\:\0~"), max_size=8))
def test_whatever_does_not_lead_out_stays_below(path: str) -> None:
    if not leads_out(path):
        there = os.path.normpath(os.path.join("/place", path))  # noqa: PTH118 - the oracle
        assert there == "/place" or there.startswith("/place/")


@pytest.fixture
def folder(tmp_path: Path) -> MediaFolder:
    (tmp_path / "photos" / "cam").mkdir(parents=True)
    (tmp_path / "photos" / "a.png").write_bytes(b"inside")
    (tmp_path / "secret").write_bytes(b"outside")
    return MediaFolder(tmp_path / "photos")


def refused(folder: MediaFolder, path: str) -> str:
    with pytest.raises(Refusal) as caught:
        folder.stream(path)
    return caught.value.problem.code


def test_a_file_is_opened(folder: MediaFolder) -> None:
    with folder.stream("a.png") as stream:
        assert stream.read() == b"inside"
        assert stream.seekable()


def test_what_is_not_there_is_said(folder: MediaFolder) -> None:
    assert refused(folder, "b.png") == "file_missing"
    assert refused(folder, "a.png/b") == "file_missing"
    assert refused(folder, "no/b.png") == "file_missing"
    assert refused(folder, "cam") == "medium_special"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links(folder: MediaFolder, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    (photos / "in").symlink_to("a.png")
    (photos / "out").symlink_to(tmp_path / "secret")
    (photos / "up").symlink_to(tmp_path, target_is_directory=True)
    (photos / "gone").symlink_to("nowhere")
    (photos / "loop").symlink_to("loop2")
    (photos / "loop2").symlink_to("loop")
    (photos / "ring").symlink_to(photos, target_is_directory=True)
    with folder.stream("in") as stream:
        assert stream.read() == b"inside"
    with folder.stream("ring/ring/a.png") as stream:
        assert stream.read() == b"inside"
    assert refused(folder, "out") == "medium_outside"
    assert refused(folder, "up/secret") == "medium_outside"
    assert refused(folder, "gone") == "file_missing"
    assert refused(folder, "loop") in ("file_unreadable", "medium_special", "file_missing")
    assert folder.size("in") == folder.size("a.png") == 6
    assert folder.size("out") == folder.size("up/secret") == folder.size("loop") == -1


def test_a_folder_that_is_itself_a_link_is_a_folder(folder: MediaFolder, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(tmp_path / "photos", target_is_directory=True)
    with MediaFolder(tmp_path / "linked").stream("a.png") as stream:
        assert stream.read() == b"inside"


def test_a_neighbour_whose_name_begins_alike_is_outside(tmp_path: Path) -> None:
    for name in ("photos", "photos-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.png").write_bytes(b"x")
    (tmp_path / "photos" / "link").symlink_to(tmp_path / "photos-old" / "a.png")
    assert refused(MediaFolder(tmp_path / "photos"), "link") == "medium_outside"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(folder: MediaFolder, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "photos" / "pipe")
    assert refused(folder, "pipe") == "medium_special"


@pytest.mark.usefixtures("modes_hold")
def test_what_may_not_be_read_is_said(folder: MediaFolder, tmp_path: Path) -> None:
    (tmp_path / "photos" / "a.png").chmod(0)
    assert refused(folder, "a.png") == "file_permission"


def test_no_descriptor_is_left_open(folder: MediaFolder) -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("nothing here counts descriptors")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for path in ("a.png", "b.png", "cam", "../secret"):
        for call in (folder.fingerprint, lambda one: folder.stream(one).close()):
            try:
                call(path)
            except Refusal:
                continue
    assert len(list(Path("/proc/self/fd").iterdir())) == before
