"""The program in a process of its own: what it loads, and how it ends whatever happens around it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Runs = Callable[..., "subprocess.CompletedProcess[bytes]"]

HEAVY = {
    *("PySide6", "shiboken6", "cv2", "numpy", "PIL", "soundfile", "rich", "sqlite_utils"),
    *("pyqtgraph", "psutil", "importlib.metadata", "charset_normalizer", "regex", "asyncio"),
}
MODULES = """
import sys
from labeler.__main__ import main
sys.argv = ["labeler", *sys.argv[1:]]
try:
    main()
finally:
    print("\\n".join(sys.modules), file=sys.stderr)
"""


@pytest.fixture
def runs(tmp_path: Path, checkout: Path) -> Runs:
    """Runs the program; further variables by name."""

    def run(
        *words: object, program: tuple[str, ...] = ("-m", "labeler"), **more: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *program, *map(str, words)],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(checkout), **more},
        )

    return run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """A folder with a project of 3,000 texts, the first in letters that not every terminal has."""
    folder = tmp_path_factory.mktemp("made")
    rows = [{"id": "süß", "text": "Größe, 大きい, 😊"}]
    rows += [{"id": f"k{n}", "text": f"text {n}"} for n in range(2999)]
    source = folder / "texts.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for words in (
        ("new", "Umfrage 1.labeler", "--template", "sentiment"),
        ("import", "Umfrage 1.labeler", "texts.jsonl", "--format", "text-jsonl"),
    ):
        subprocess.run(
            [sys.executable, "-m", "labeler", *words],
            check=True,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(checkout), "XDG_CONFIG_HOME": str(folder)},
        )
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """The project for one test, with what was imported beside it."""
    shutil.copyfile(made / "texts.jsonl", tmp_path / "texts.jsonl")
    return Path(shutil.copyfile(made / "Umfrage 1.labeler", tmp_path / "Umfrage 1.labeler"))


@pytest.mark.parametrize(
    "words",
    [
        ("info", "P"),
        ("info", "P", "--json"),
        ("tasks", "P", "--limit", "1"),
        ("show", "P", "k1"),
        ("next", "P", "--by", "anna"),
        ("conflicts", "P"),
        ("queue", "P"),
        ("templates",),
        ("formats",),
        ("plugins",),
        ("--help",),
        ("import", "--help"),
        ("export", "P", "out.jsonl", "--format", "text-jsonl", "--source", "all"),
        ("export", "P", "native.jsonl", "--format", "native"),
        ("import", "P", "texts.jsonl", "--format", "text-jsonl"),
    ],
    ids=" ".join,
)
def test_a_command_loads_nothing_heavy(runs: Runs, project: Path, words: tuple[str, ...]) -> None:
    done = runs(*(project if word == "P" else word for word in words), program=("-c", MODULES))
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.decode().split())
    assert "labeler.cli.main" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8", "utf-16"])
def test_any_terminal_gets_an_answer(runs: Runs, project: Path, encoding: str) -> None:
    for words in (("show", project, "süß"), ("tasks", project), ("info", project)):
        done = runs(*words, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        # click takes a stream that says ASCII for one that nobody has set up, and speaks UTF-8.
        done.stdout.decode("utf-8" if encoding == "ascii" else encoding)
    done = runs("show", project, "süß", "--json", PYTHONIOENCODING=encoding)
    assert json.loads(done.stdout.decode(encoding))["content"]["text"] == "Größe, 大きい, 😊"
    done = runs("show", project, "groß", PYTHONIOENCODING=encoding)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_reader_that_stops_listening_is_no_crash(
    project: Path, tmp_path: Path, checkout: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "labeler", "tasks", str(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 2
    assert told.splitlines() == ["the output was closed before all of it was written"]


INTERRUPTIBLE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from labeler.__main__ import main
sys.argv = ["labeler", *sys.argv[1:]]
main()
"""
"""A shell lets what it starts in the background ignore the signal, and all that this starts."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal for a child")
def test_an_interrupted_import_keeps_its_batches_and_can_be_run_again(
    runs: Runs, project: Path, tmp_path: Path, checkout: Path
) -> None:
    source = tmp_path / "many.jsonl"
    rows = (json.dumps({"id": f"m{n}", "text": f"many {n}"}) + "\n" for n in range(80_000))
    with source.open("w", encoding="utf-8") as file:
        file.writelines(rows)
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", INTERRUPTIBLE, "import", str(project), str(source)),
            *("--format", "text-jsonl"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )
    # Until a batch of it is in the file; who asks the file itself waits for its writer again and again.
    before = project.stat().st_size
    while project.stat().st_size < before + 200_000:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.002)
            pytest.fail("the import ended before it could be interrupted")
    process.send_signal(signal.SIGINT)
    out, told = process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert told.decode().splitlines() == ["interrupted; what was complete by then stays"]
    assert json.loads(runs("check", project, "--json").stdout)["ok"] is True
    done = json.loads(runs("import", project, source, "--format", "text-jsonl", "--json").stdout)
    assert done["problems"] == []
    assert done["tasks"] + done["skipped"] == 80_000
    assert done["skipped"] > 0
    assert json.loads(runs("info", project, "--json").stdout)["tasks"] == 83_000


LIMITED = """
import os, resource, sys
size = os.path.getsize(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 400_000, size + 400_000))
from labeler.__main__ import main
sys.argv = ["labeler", *sys.argv[1:]]
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit for a process's files is POSIX")
def test_a_full_disk_is_one_line_and_the_project_stays_sound(
    runs: Runs, project: Path, tmp_path: Path
) -> None:
    """The file may grow by 400 kB; the import needs some megabytes."""
    source = tmp_path / "more.jsonl"
    rows = (json.dumps({"id": f"m{n}", "text": f"more {n} " * 30}) + "\n" for n in range(20_000))
    source.write_text("".join(rows), encoding="utf-8")
    words = ("import", project, source, "--format", "text-jsonl")
    done = runs(*words, program=("-c", LIMITED))
    assert done.returncode == 2, done.stderr
    assert done.stdout == b""
    assert len(done.stderr.splitlines()) == 1
    assert json.loads(runs("check", project, "--json").stdout)["ok"] is True
    again = runs(*words)
    assert again.returncode == 0, again.stderr
    assert json.loads(runs("info", project, "--json").stdout)["tasks"] == 23_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize("watched", [True, False])
def test_progress_is_a_bar_for_who_looks_and_nothing_else(
    project: Path, tmp_path: Path, checkout: Path, watched: bool
) -> None:
    import pty

    source = tmp_path / "many.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(f'{{"id":"m{n}","text":"many {n}"}}\n' for n in range(60_000))
    terminal, end = pty.openpty() if watched else os.pipe()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "labeler", "import", str(project), str(source)),
            *("--format", "text-jsonl", "--json"),
        ],
        stdout=subprocess.PIPE,
        stderr=end,
        env={**os.environ, "PYTHONPATH": str(checkout), "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(end)
    shown = bytearray()
    while True:
        try:
            some = os.read(terminal, 65536)
        except OSError:  # how a pseudo-terminal says that nobody is there any more
            break
        if not some:
            break
        shown += some
    os.close(terminal)
    assert process.stdout is not None
    with process.stdout:
        assert json.loads(process.stdout.read())["tasks"] == 60_000
    assert process.wait() == 0
    assert (b"Import" in shown and b"%" in shown) if watched else shown == b""


def test_a_path_alone_means_the_app(checkout: Path) -> None:
    """Nobody opens a window here: what is called is looked at, not run."""
    import click

    from labeler.__main__ import FIRST
    from labeler.cli.main import command_group

    group = command_group(FIRST, "open")
    context = click.Context(group)
    assert isinstance(group, click.Group)
    for words in (["p.labeler"], ["some/where"], ["open", "p.labeler"]):
        name, command, rest = group.resolve_command(context, list(words))
        assert (name, rest) == ("open", words[-1:])
        assert command is group.get_command(context, "open")
