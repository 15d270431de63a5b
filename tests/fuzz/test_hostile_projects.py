"""Files that want to harm: opening refuses them, or everything they serve is what somebody wrote.

Each is opened, read, searched, worked in, checked, merged and copied in a process that has a gibibyte
of memory; no call may take five seconds of work, and nothing but a Refusal may come out.
"""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from damaged import make_project
from hostile import HOSTILE, PATHS, bomb, make

from labeler.media.apart import Apart
from labeler.model.content import MediaRef
from labeler.model.problems import OUT_OF_REACH, Problem, Refusal
from labeler.store import Project
from labeler.store.incoming import copy_as_it_is
from labeler.store.repair import repair
from labeler.work import stranger
from labeler.work.asks import here
from labeler.work.media import MediaOpener
from labeler.work.media_roots import MediaRoots
from labeler.work.opening import open_in_place

HERE = Path(__file__).parent
REFUSED = {
    "a view that never ends poses as a table",
    "a view that never ends beside the tables",
    "a trigger",
    "a generated column",
    "a virtual table",
    "a column that collates as nobody knows",
}
SOUND = {
    "a name of five megabytes",
    "a guideline full of links",
    "two hundred thousand parents",
    "people nobody introduced",
    "two thousand versions that nobody can have read",
    "a thousand versions, each of another age",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("hostile") / "made.labeler")


def test_no_file_that_wants_to_harm_does(made: Path, tmp_path: Path) -> None:
    """One process does all of them: what one left behind would show with the next."""
    command = [sys.executable, str(HERE / "hostile.py"), str(made), str(tmp_path), *HOSTILE]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    told = dict(line.rsplit(": ", 1) for line in done.stdout.splitlines())
    assert told.keys() == HOSTILE.keys()
    assert {name for name, outcome in told.items() if outcome == "refused"} == REFUSED
    assert {name for name, outcome in told.items() if outcome == "sound"} == SOUND


def test_a_path_that_leads_out_is_refused_before_anything_is_touched(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows the touch alone would send a person's credentials to another machine."""
    path = make("media that lead out", made, tmp_path / "p.labeler")
    (tmp_path / "secret").write_bytes(b"secret")
    project = Project.open(path, read_only=True)
    touched: list[str] = []
    real = os.open

    def watched(file: object, *rest: object, **more: object) -> int:
        touched.append(os.fspath(file) if isinstance(file, (str, Path)) else repr(file))
        return real(file, *rest, **more)  # type: ignore[arg-type]

    roots = MediaRoots()
    for root in PATHS:
        roots.tell(project.uid.hex(), root, tmp_path / "media")
    opener = MediaOpener(here(project), project.uid.hex(), path, roots)
    monkeypatch.setattr(os, "open", watched)
    for number, one in enumerate(PATHS):
        with pytest.raises(Refusal) as refusal:
            opener.open(MediaRef(path=one, root=PATHS[-number - 1]))
        assert refusal.value.problem.code in OUT_OF_REACH | {"file_unreadable", "medium_name"}
    monkeypatch.undo()
    project.file.close()
    below = str(tmp_path / "media")
    assert [one for one in touched if "secret" in one or "host" in one] == []
    assert [one for one in touched if os.path.isabs(one) and not one.startswith(below)] == []  # noqa: PTH117


def test_people_nobody_introduced_are_shown_as_they_are(made: Path, tmp_path: Path) -> None:
    path = make("people nobody introduced", made, tmp_path / "p.labeler")
    project = Project.open(path)
    full = project.task(project.query.find("k3"))
    (unknown,) = {one.author for one in full.annotations} - {"anna", "ben", "m1"}
    assert set(unknown) <= set("0123456789ABCDEFabcdef")
    assert len(unknown) == 32
    assert project.check() == []
    project.close()


# ------------------------------------------------------------------------- what lies beside the file


def journal_naming(path: Path, victim: Path) -> bytes:
    """A hot journal of one page whose super-journal is another file (SQLite's file format, 3)."""
    magic = bytes.fromhex("d9d505f920a163d7")
    raw, nonce, name = path.read_bytes(), 7, os.fsencode(victim)
    page = raw[:4096]
    # The checksum is the nonce and every 200th byte from the end of the page on, but for the first.
    checksum = nonce + sum(page[at] for at in range(4096 - 200, 0, -200))
    head = magic + struct.pack(">5I", 1, nonce, len(raw) // 4096, 512, 4096)
    lock_page = (1 << 30) // 4096 + 1
    told = struct.pack(">I", lock_page) + name + struct.pack(">2I", len(name), sum(name)) + magic
    return head.ljust(512, b"\0") + struct.pack(">I", 1) + page + struct.pack(">I", checksum) + told


DOORS: dict[str, Callable[[Path, Path, Path], object]] = {
    "open": lambda path, _made, _out: Project.open(path),
    "merge": lambda path, made, _out: Project.open(made).merge(path),
    "copy": lambda path, _made, out: copy_as_it_is(path, out),
    "repair": lambda path, _made, out: repair(path, out),
    "open by a link": lambda path, _made, _out: Project.open(linked(path)),
}


def linked(path: Path) -> Path:
    link = path.with_name("link.labeler")
    link.symlink_to(path)
    return link


@pytest.mark.parametrize("door", DOORS)
def test_a_journal_that_names_another_file_takes_it_through_no_door(
    made: Path, tmp_path: Path, door: str
) -> None:
    """SQLite deletes the file that a journal names as its super-journal, whatever file it is."""
    victim, path = tmp_path / "thesis.txt", tmp_path / "p.labeler"
    mine = tmp_path / "mine.labeler"
    victim.write_text("years of work")
    for copy in (path, mine):
        shutil.copyfile(made, copy)
    (tmp_path / "p.labeler-journal").write_bytes(journal_naming(path, victim))
    with pytest.raises(Refusal, match="could do harm; move it away"):
        DOORS[door](path, mine, tmp_path / "out.labeler")
    assert victim.read_text() == "years of work"
    assert path.read_bytes() == made.read_bytes()


def test_the_first_look_follows_no_journal_that_names_another_file(
    made: Path, tmp_path: Path
) -> None:
    victim, path = tmp_path / "thesis.txt", tmp_path / "p.labeler"
    victim.write_text("years of work")
    shutil.copyfile(made, path)
    (tmp_path / "p.labeler-journal").write_bytes(journal_naming(path, victim))
    stranger.look_apart(path)
    assert victim.read_text() == "years of work"


def test_the_journal_of_the_test_is_one_that_sqlite_follows(made: Path, tmp_path: Path) -> None:
    victim, path = tmp_path / "thesis.txt", tmp_path / "p.labeler"
    victim.write_text("years of work")
    shutil.copyfile(made, path)
    (tmp_path / "p.labeler-journal").write_bytes(journal_naming(path, victim))
    connection = sqlite3.connect(path)
    connection.execute("SELECT count(*) FROM op").fetchall()
    connection.close()
    assert not victim.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_a_journals_place_is_waited_for_by_nobody(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.labeler"
    shutil.copyfile(made, path)
    os.mkfifo(tmp_path / "p.labeler-journal")
    with pytest.raises(Refusal, match="could do harm"):
        Project.open(path)


def test_a_log_beside_a_file_without_one_is_not_left_in_force(made: Path, tmp_path: Path) -> None:
    """SQLite reads a write-ahead log whatever the head of the file says."""
    path = tmp_path / "p.labeler"
    shutil.copyfile(made, path)
    (tmp_path / "p.labeler-wal").write_bytes(bytes(range(256)) * 200)
    with pytest.raises(Refusal, match="WAL"):
        Project.open(path)
    told: list[Problem] = []
    project = open_in_place(path, note=told.append)
    assert [one.code for one in told] == ["file_wal_left"]
    assert project.check() == []
    project.file.close()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["p.labeler"]


# ---------------------------------------------------------------- a process that looks before we do


def looking(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Let the process that looks first do this; the path is its last argument."""
    monkeypatch.setattr(stranger, "program", lambda: [sys.executable, "-c", words])


def test_a_sound_file_passes_the_process_that_looks_first(made: Path) -> None:
    before = made.read_bytes()
    stranger.look_apart(made)
    assert made.read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a process to its memory")
def test_a_file_that_unpacks_to_more_than_the_memory_is_not_opened(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two guidelines of 40 MB in a process of 192 MB; what it opens is a file of a megabyte."""
    path = bomb(tmp_path / "bomb.labeler", 2, 40)
    assert path.stat().st_size < 4 << 20
    looking(
        monkeypatch,
        "import sys, pathlib; from labeler.work import stranger as s; "
        "s.MEMORY_BYTES = 192 << 20; s.look_here(pathlib.Path(sys.argv[-1])); print('{\"ok\":true}')",
    )
    stranger.look_apart(made)
    with pytest.raises(Refusal, match="not opened here"):
        stranger.look_apart(path)


@pytest.mark.parametrize(
    "words", ["import os; os.abort()", "print('nonsense')", "import time; time.sleep(600)"]
)
def test_a_process_that_ends_of_a_file_ends_alone(
    made: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    looking(monkeypatch, words)
    monkeypatch.setattr(stranger, "SECONDS", 0.1)
    monkeypatch.setattr(stranger, "_START_S", 0.2)
    with pytest.raises(Refusal, match="not opened here"):
        stranger.look_apart(made)


# ------------------------------------------------------------------------------------------ images


def png(width: int, height: int) -> bytes:
    """A PNG of zeros (PNG 1.2, section 4): a few kilobytes for any size."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\x00\x00\x00"
    row = bytes(1 + 4 * width)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(min(height, 200))) + packer.flush()
    chunks = [(b"IHDR", head), (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(raw).to_bytes(4, "big") + kind + raw + zlib.crc32(kind + raw).to_bytes(4, "big")
        for kind, raw in chunks
    )


@pytest.mark.parametrize("side", [15_000, 2**31 - 1])
def test_an_image_is_refused_by_its_head_before_anything_is_decoded(side: int) -> None:
    """15,000 squared are 225 megapixels, 900 MB of RGBA before anything is done with them."""
    apart = Apart()
    with pytest.raises(Refusal, match=r"MB|damaged|kind"):
        apart.read(io.BytesIO(png(side, side) if side < 20_000 else _claims(side)), where="a")
    apart.close()


def _claims(side: int) -> bytes:
    raw = png(8, 8)
    head = b"IHDR" + side.to_bytes(4, "big") * 2 + raw[24:29]
    return raw[:12] + head + zlib.crc32(head).to_bytes(4, "big") + raw[33:]
