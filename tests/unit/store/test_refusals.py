"""What is no project, or none of ours, is refused in one line and left as it was."""

from __future__ import annotations

import contextlib
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from labeler.model.problems import Refusal
from labeler.store import Project

Copy = Callable[[str], Path]


def refused(path: Path) -> str:
    """The code of the refusal, after seeing that the file was not touched."""
    before = b""
    with contextlib.suppress(OSError):  # it is no file, or may not be read
        before = path.read_bytes()
    with pytest.raises(Refusal) as caught:
        Project.open(path, timeout=0.2)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    if before:
        assert path.read_bytes() == before
    return caught.value.problem.code


def patch(path: Path, at: int, raw: bytes) -> Path:
    """The file with bytes overwritten."""
    with path.open("r+b") as stream:
        stream.seek(at)
        stream.write(raw)
    return path


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.labeler") == "file_missing"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == "file_directory"


def test_what_is_not_sqlite_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.labeler"
    path.write_text("Dear all, " * 50)
    assert refused(path) == "file_not_sqlite"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.labeler"
    path.touch()
    assert refused(path) == "file_empty"


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.labeler"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cards(id INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()
    assert refused(path) == "file_foreign"


@pytest.mark.parametrize("user_version", [2000, 2001, 2**31])
def test_a_newer_format_is_refused(copy: Copy, user_version: int) -> None:
    # user_version stands at byte 60 of the header, big endian (SQLite's file format, 1.3)
    path = patch(copy("newer.labeler"), 60, struct.pack(">I", user_version))
    assert refused(path) == "file_newer"


def test_a_damaged_header_is_refused(copy: Copy) -> None:
    # the page size, a power of two, stands at byte 16
    assert refused(patch(copy("a.labeler"), 16, b"\x03\x07")) == "file_damaged"


def test_a_file_cut_within_its_header_is_refused(copy: Copy) -> None:
    path = copy("cut.labeler")
    path.write_bytes(path.read_bytes()[:60])
    assert refused(path) == "file_damaged"


def test_a_file_cut_within_its_pages_is_refused(copy: Copy) -> None:
    path = copy("cut.labeler")
    path.write_bytes(path.read_bytes()[:4096])
    assert refused(path) == "file_damaged"


def test_wal_left_by_another_program_is_refused(copy: Copy) -> None:
    path = copy("wal.labeler")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    assert refused(path) == "file_wal"


@pytest.mark.usefixtures("modes_hold")
def test_no_permission_is_refused(copy: Copy) -> None:
    path = copy("secret.labeler")
    path.chmod(0)
    assert refused(path) == "file_forbidden"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE more(b, a INTEGER GENERATED ALWAYS AS (1))",
        "CREATE INDEX i ON op(hlc)",
        "DROP INDEX task_key",
        "ALTER TABLE who ADD COLUMN evil TEXT",
    ],
)
def test_tables_this_program_did_not_make_are_refused(copy: Copy, statement: str) -> None:
    path = copy("p.labeler")
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert refused(path) in ("file_schema", "file_damaged")


def test_a_file_another_program_holds_is_refused(copy: Copy) -> None:
    path = copy("held.labeler")
    script = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN EXCLUSIVE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert refused(path) == "file_locked"
        assert holder.stdin is not None
        holder.stdin.close()
    Project.open(path).file.close()


def test_a_new_project_never_overwrites(copy: Copy) -> None:
    path = copy("mine.labeler")
    before = path.read_bytes()
    with pytest.raises(Refusal) as caught:
        Project.create(path, handle="anna")
    assert caught.value.problem.code == "file_exists"
    assert path.read_bytes() == before


def test_a_new_project_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        Project.create(tmp_path / "no" / "p.labeler", handle="anna")
    assert list(tmp_path.iterdir()) == []


def test_a_file_renamed_while_open_refuses_writes_and_loses_nothing(copy: Copy) -> None:
    path = copy("here.labeler")
    project = Project.open(path)
    path.rename(path.with_name("there.labeler"))
    with pytest.raises(Refusal) as caught:
        project.annotate(project.query.find("k0"), author="anna", value=b"{}")
    assert caught.value.problem.code == "file_moved"
    project.file.close()
    assert Project.open(path.with_name("there.labeler")).check() == []


def test_a_file_deleted_while_open_refuses_writes(copy: Copy) -> None:
    path = copy("here.labeler")
    project = Project.open(path)
    path.unlink()
    with pytest.raises(Refusal) as caught:
        project.sign_in("ben")
    assert caught.value.problem.code == "file_moved"
    assert not path.exists()
    project.file.close()


def test_a_full_disk_refuses_and_keeps_what_was_there(copy: Copy) -> None:
    path = copy("full.labeler")
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from labeler.model.problems import Refusal\n"
        "from labeler.store import Project\n"
        "p = Project.open(Path(sys.argv[1]))\n"
        "p.annotate(p.query.find('k0'), author='anna', value=b'{}')\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "size = Path(sys.argv[1]).stat().st_size\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "try:\n"
        "    p.annotate(p.query.find('k1'), author='anna',\n"
        '               value=b\'{"answers":{"a":"\' + bytes(range(48, 58)) * 99999 + b\'"}}\')\n'
        "except Refusal as refusal:\n"
        "    print(refusal.problem.code)\n"
        "print(p.query.find('k0').status, p.query.find('k1').status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["disk_error", "submitted", "open"], done.stderr
    project = Project.open(path)
    assert project.check() == []
    assert project.query.find("k0").status == "submitted"
    project.file.close()
