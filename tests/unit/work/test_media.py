"""One opener for everybody: the folder that was told, the project's own, the bytes in it."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

import pytest

from labeler.model.content import MediaRef
from labeler.model.problems import Refusal
from labeler.model.queue import read_config
from labeler.store import Project
from labeler.store.bulk import NewTask
from labeler.store.media_rows import BlobPart, NewMedium
from labeler.work.asks import here as asks_here
from labeler.work.lane import Lane
from labeler.work.media import MediaOpener
from labeler.work.media_roots import MediaRoots

PART = 1 << 20
LARGE = random.Random(3).randbytes(2 * PART + 777)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a large medium and an empty one in it, and one by reference."""
    path = tmp_path_factory.mktemp("made") / "p.labeler"
    project = Project.create(path, handle="anna")
    project.put_queue("q", read_config(b"{}"), panel="pictures", by="anna")
    media = [NewMedium("photos", "by-reference.png", 4, "image/png", b"r" * 16)]
    for name, raw in (("large.png", LARGE), ("empty.png", b"")):
        digest = blake2b(raw, digest_size=32).digest()
        cut = [raw[at : at + PART] for at in range(0, len(raw), PART)] or [b""]
        project.media.put_parts([BlobPart(digest, n, data) for n, data in enumerate(cut)])
        media.append(NewMedium("photos", name, len(raw), "image/png", digest[:16], digest))
    project.bulk("q", by="anna").add([NewTask("k", b"{}", b"f")], media)
    project.close()
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy of it, in a folder of its own."""
    (tmp_path / "work").mkdir()
    return Path(shutil.copyfile(made, tmp_path / "work" / "p.labeler"))


@pytest.fixture
def lane(path: Path) -> Iterator[Lane]:
    made = Lane(lambda: Project.open(path))
    yield made
    made.close()


@pytest.fixture
def roots() -> MediaRoots:
    return MediaRoots()


@pytest.fixture
def opener(lane: Lane, roots: MediaRoots) -> MediaOpener:
    return MediaOpener(lane.call, uid(lane), lane.path, roots)


def uid(lane: Lane) -> str:
    return lane.call(lambda project: project.uid.hex())


def code(opener: MediaOpener, ref: MediaRef) -> str:
    with pytest.raises(Refusal) as caught:
        opener.open(ref)
    return caught.value.problem.code


REFERENCE = MediaRef(path="by-reference.png", root="photos")


def test_the_folder_that_was_told_counts(
    opener: MediaOpener, lane: Lane, roots: MediaRoots, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    for folder, raw in ((told, b"told"), (tmp_path / "work" / "photos", b"beside")):
        folder.mkdir()
        (folder / "by-reference.png").write_bytes(raw)
    with opener.open(REFERENCE) as stream:
        assert stream.read() == b"beside"
    roots.tell(uid(lane), "photos", told)
    with opener.open(REFERENCE) as stream:
        assert stream.read() == b"told"
    (told / "by-reference.png").unlink()
    with pytest.raises(Refusal) as caught:
        opener.open(REFERENCE)
    assert caught.value.problem.where == str(told / "by-reference.png")


def test_a_folder_that_is_gone_gives_way_to_the_one_beside_the_project(
    opener: MediaOpener, lane: Lane, roots: MediaRoots, tmp_path: Path
) -> None:
    roots.tell(uid(lane), "photos", tmp_path / "gone")
    (tmp_path / "work" / "by-reference.png").write_bytes(b"in the project's own folder")
    with opener.open(REFERENCE) as stream:
        assert stream.read() == b"in the project's own folder"


def test_what_nobody_placed_is_named_as_the_project_names_it(opener: MediaOpener) -> None:
    with pytest.raises(Refusal) as caught:
        opener.open(REFERENCE)
    assert caught.value.problem.code == "file_missing"
    assert caught.value.problem.where == "photos/by-reference.png"


@pytest.mark.parametrize("name", ["../p.labeler", "/etc/hostname", "a/../../x", "C:\\x", ""])
def test_a_path_that_leads_out_is_never_opened(opener: MediaOpener, name: str) -> None:
    assert code(opener, MediaRef(path=name, root="photos")) == "medium_outside"
    assert code(opener, MediaRef(path=name, root="photos", embedded=True)) == "medium_outside"


@pytest.mark.parametrize("root", ["..", "../..", "/etc", "photos/..", "a/b", "C:"])
def test_nor_does_a_root_lead_out(opener: MediaOpener, root: str, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    assert code(opener, MediaRef(path="secret.png", root=root)) == "file_missing"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_out_of_the_root_is_not_followed(opener: MediaOpener, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "work" / "photos").mkdir()
    (tmp_path / "work" / "photos" / "by-reference.png").symlink_to(tmp_path / "secret.png")
    assert code(opener, REFERENCE) == "medium_outside"


@pytest.mark.skipif(sys.platform == "win32", reason="locks are the system's there")
def test_the_project_itself_is_no_medium_and_keeps_its_locks(
    opener: MediaOpener, lane: Lane, path: Path
) -> None:
    """To close a file once more that SQLite has open would drop the locks SQLite has on it."""
    (path.parent / "same.png").hardlink_to(path)
    (path.parent / "link.png").symlink_to(path)

    def refused(project: Project) -> list[str]:
        with project.file.writing():
            found = []
            for name in ("p.labeler", "same.png", "link.png"):
                here = MediaOpener(asks_here(project), project.uid.hex(), path, MediaRoots())
                found.append(code(here, MediaRef(path=name)))
            script = (
                "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute(sys.argv[2])"
            )
            words = [sys.executable, "-c", script, str(path), "BEGIN IMMEDIATE"]
            ended = subprocess.run(words, capture_output=True, check=False, text=True)
            found.append(ended.stderr.rpartition(": ")[2].strip())
            (path.parent / "same.png").unlink()
            return found

    assert lane.call(refused) == [*["medium_special"] * 3, "database is locked"]


# in the project


EMBEDDED = MediaRef(path="large.png", root="photos", embedded=True)


def test_bytes_in_the_project_are_read_as_a_file_is(opener: MediaOpener) -> None:
    with opener.open(EMBEDDED) as stream:
        assert stream.seekable()
        assert stream.read() == LARGE
        assert stream.read() == b""


def test_it_goes_where_a_file_would_go(opener: MediaOpener) -> None:
    chosen, like = random.Random(5), io.BytesIO(LARGE)
    with opener.open(EMBEDDED) as stream:
        for _ in range(300):
            whence = chosen.choice((io.SEEK_SET, io.SEEK_CUR, io.SEEK_END))
            offset = chosen.randint(-PART, 3 * PART) if whence else chosen.randint(0, 3 * PART)
            if like.seek(0, io.SEEK_CUR) + offset < 0 and whence == io.SEEK_CUR:
                continue
            if whence == io.SEEK_END and len(LARGE) + offset < 0:
                continue
            assert stream.seek(offset, whence) == like.seek(offset, whence)
            count = chosen.choice((0, 1, 10, 70_000, PART + 1))
            assert stream.read(count) == like.read(count)
            assert stream.tell() == like.tell()


def test_before_its_start_there_is_nothing(opener: MediaOpener) -> None:
    with opener.open(EMBEDDED) as stream, pytest.raises(OSError, match="before the start"):
        stream.seek(-1)


def test_an_empty_medium_is_empty(opener: MediaOpener) -> None:
    with opener.open(MediaRef(path="empty.png", root="photos", embedded=True)) as stream:
        assert stream.read() == b""


def test_a_part_at_a_time_is_asked_for(path: Path, lane: Lane, roots: MediaRoots) -> None:
    asked: list[object] = []

    def ask(work: Callable[[Project], object], /) -> object:
        found = lane.call(work)
        asked.append(found)
        return found

    opener = MediaOpener(ask, uid(lane), path, roots)  # type: ignore[arg-type]
    with opener.open(EMBEDDED) as stream:
        asked.clear()
        stream.seek(PART + 5)
        assert stream.read(10) == LARGE[PART + 5 : PART + 15]
        stream.seek(PART + 500_000)
        stream.read(10)
    assert [len(one) for one in asked if isinstance(one, bytes)] == [PART]


def test_a_copy_that_brought_the_bytes_needs_no_folder(opener: MediaOpener) -> None:
    """As in a hand-out: the content says reference, the bytes came along."""
    with opener.open(MediaRef(path="large.png", root="photos")) as stream:
        assert stream.read() == LARGE


def test_what_was_to_be_in_the_project_and_is_not_is_said(opener: MediaOpener, lane: Lane) -> None:
    assert code(opener, MediaRef(path="no.png", root="photos", embedded=True)) == "medium_absent"
    lane.call(
        lambda project: project.file.connection.execute("DELETE FROM blob WHERE part=0").rowcount
    )
    assert code(opener, EMBEDDED) == "medium_absent"


def test_bytes_that_go_while_they_are_read_are_an_os_error(opener: MediaOpener, lane: Lane) -> None:
    with opener.open(EMBEDDED) as stream:
        lane.call(lambda project: project.file.connection.execute("DELETE FROM blob").rowcount)
        with pytest.raises(OSError, match="missing"):
            stream.read()


def test_a_closed_project_is_an_error_a_reader_knows(path: Path, roots: MediaRoots) -> None:
    lane = Lane(lambda: Project.open(path))
    opener = MediaOpener(lane.call, uid(lane), path, roots)
    stream = opener.open(EMBEDDED)
    lane.close()
    with pytest.raises(OSError, match="closed"):
        stream.read()
    assert code(opener, EMBEDDED) == "file_unreadable"


def test_many_threads_read_at_once(opener: MediaOpener) -> None:
    found: list[bool] = []

    def read() -> None:
        with opener.open(EMBEDDED) as stream:
            found.append(stream.read() == LARGE)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [True] * 8
