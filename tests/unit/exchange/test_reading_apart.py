"""A large source is read in a second process, and it makes no difference but to the time."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import pytest
from carried import CONFIG
from readers import Dying, Failing, Looking, Rows, Waiting, Wrong

from labeler.exchange import ExportOptions, ImportOptions, here, run_import, run_native_export
from labeler.exchange import reading_apart as apart
from labeler.exchange.intake import PlainRows
from labeler.exchange.needs import Stopped
from labeler.exchange.reading import Element, Reading, rows_of
from labeler.model.problems import Problem
from labeler.model.queue import QueueConfig, read_config
from labeler.plugins import Plugins
from labeler.plugins.guard import Guard
from labeler.plugins.guests import GuardedReader
from labeler.store import Project

posix = pytest.mark.skipif(os.name == "nt", reason="there are no signals and groups like these")
SAMPLE = "projects/sample"
FILES = {
    "rows.csv": "id,text,sentiment\na,one,positive\nb,two,nonsense\n,three,\nd,four,positive,more\n",
    "rows.tsv": 'id\ttext\nx\t"a\nb"\ny\tcaf\xe9\n',
    "plain.txt": "a text\n",
    "latin.txt": b"caf\xe9 \xff\xfe\n",
    "said.srt": "1\n00:00:01,000 --> 00:00:02,000\nhello\n\n2\nnonsense\n",
    "cut.TextGrid": 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n1\n<exists>\n1\n',
    "box.xml": "<annotation><filename>beach.jpg</filename><object><name>sea</name></object></annotation>",
    "data.yaml": "names: [sea, sand]\ntrain: images\n",
    "labels/beach.txt": "0 0.5 0.5 0.1 0.1\n7 a b c d\n",
    "half.json": '{"images": [{"id": 1, "file_name": "../x.jpg"}, {"id": 2}], "annotations": [{"id"',
    "empty.jsonl": "",
    "deep.jsonl": "[" * 2000 + "\n\0\n" + '{"id": "k", "text": "twice"}\n' * 2,
}


def one_by_one(elements: Iterator[Element] | list[Element]) -> list[Any]:
    """The elements, plain rows as the rows they are."""
    found: list[Any] = []
    for one in elements:
        found += one.rows() if isinstance(one, PlainRows) else [one]
    return found


def sent(reading: Reading) -> list[Any]:
    """The elements as they come out of what the second process sends."""
    stream = io.BytesIO()
    sender = apart._Sender(stream, reading.queue)
    for one in rows_of(reading, sender.told):
        sender.add(one)
    sender.end()
    stream.seek(0)
    found: list[Any] = []
    while True:
        message = pickle.loads(stream.read(int.from_bytes(stream.read(8), "little")))
        if message is None:
            assert not stream.read()
            return found
        found += one_by_one(message) if isinstance(message, list) else []


@pytest.fixture
def mixed(tmp_path: Path, checkout: Path) -> Path:
    """A folder with something for every format, sound and broken."""
    folder = tmp_path / "mixed"
    shutil.copytree(checkout / SAMPLE, folder)
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("latin-1"))
    for path in [*folder.rglob("*.json*"), *folder.rglob("*.jpg"), *folder.rglob("*.flac")]:
        raw = path.read_bytes()
        path.with_name(f"broken-{path.name}").write_bytes(raw[: len(raw) // 2])
    return folder


def reading_of(reader: Any, source: Path, **more: Any) -> Reading:
    """A reading by Anna into a queue that has seven tasks."""
    folder = (source if source.is_dir() else source.parent).absolute()
    settings: Mapping[str, Any] = {}
    queue = (b"p" * 16, "texts", 7)
    return Reading(
        *(reader, source, folder, "root", source / "no.labeler", QueueConfig(), settings, "anna"),
        **{"queue": queue, **more},
    )


FORMATS = [
    (entry.id, entry.panel) for entry in Plugins.load(safe_mode=True).formats() if entry.import_
]


@pytest.mark.parametrize(("form", "panel"), FORMATS)
def test_what_is_sent_is_what_is_read_in_every_format(
    form: str, panel: str, mixed: Path, plugins: Plugins
) -> None:
    reader = plugins.reader(plugins.format(form, panel))
    reading = reading_of(reader, mixed)
    read = list(rows_of(reading))
    assert read
    assert sent(reading) == read
    assert type(pickle.loads(pickle.dumps(reader))) is type(reader._reader)  # type: ignore[attr-defined]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every source is large."""
    monkeypatch.setattr(apart, "_BYTES", 0)
    monkeypatch.setattr(apart, "_FILES", 0)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "s.rows"
    path.write_bytes(b"rows")
    return path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were started."""
    pids: list[int] = []
    start = subprocess.Popen

    def noted(*args: Any, **kwargs: Any) -> Any:
        process = start(*args, **kwargs)
        pids.append(process.pid)
        return process

    monkeypatch.setattr(subprocess, "Popen", noted)
    return pids


@pytest.mark.parametrize(("form", "panel"), [("text-jsonl", "sentiment"), ("coco", "boxes")])
@pytest.mark.usefixtures("large")
def test_a_project_says_the_same_whichever_process_has_read(
    form: str,
    panel: str,
    mixed: Path,
    plugins: Plugins,
    tmp_path: Path,
    started: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    empty = Project.create(tmp_path / "0.labeler", handle="anna")
    empty.put_queue("q", read_config(CONFIG), panel=panel, by="anna")
    reports, lines = [], []
    for way in ("apart", "here"):
        empty.copy_to(tmp_path / f"{way}.labeler")
        if way == "here":
            monkeypatch.setattr(apart, "is_large", lambda _source: False)
        project = Project.open(tmp_path / f"{way}.labeler")
        reader = plugins.reader(plugins.format(form, panel))
        ask, options = here(project), ImportOptions(by="anna")
        reports.append(run_import(ask, plugins, reader, [mixed, mixed], "q", options))
        written = run_native_export(ask, tmp_path / way, None, ExportOptions(source="all"))
        lines.append([path.read_bytes() for path in written.files])
        assert project.check() == []
        project.close()
    empty.close()
    assert len(started) >= 2
    assert reports[0] == reports[1]
    assert reports[0].tasks
    assert lines[0] == lines[1]


@pytest.mark.usefixtures("large")
@posix
def test_the_second_process_knows_no_window_and_hears_no_key(
    source: Path, started: list[int]
) -> None:
    told: list[tuple[int, int]] = []
    elements = list(
        apart.elements_of(reading_of(Looking(3000), source), lambda *one: told.append(one))
    )
    seen = elements.pop()
    assert isinstance(seen, Problem)
    assert seen.params["qt"] == ""
    assert [seen.params["pid"]] == started
    assert seen.params["group"] != os.getpgrp()  # Ctrl+C at the terminal is for this group
    assert one_by_one(elements) == list(rows_of(reading_of(Rows(3000), source)))
    assert any(isinstance(one, PlainRows) for one in elements)
    assert told[-1][1] == 3000
    assert not psutil.pid_exists(started[0])


@pytest.mark.usefixtures("large")
@posix
@pytest.mark.parametrize("reader", [Dying(3000), Wrong(3000)])
def test_where_the_second_process_ends_early_this_one_reads_on(
    reader: Rows, source: Path, started: list[int]
) -> None:
    expected = list(rows_of(reading_of(Rows(3000), source)))
    found = one_by_one(apart.elements_of(reading_of(reader, source)))
    assert found[:3000] == expected
    assert found[3000:] == (["nonsense"] if isinstance(reader, Wrong) else [])
    assert len(started) == 1
    assert not psutil.pid_exists(started[0])


@pytest.mark.usefixtures("large")
def test_a_guest_that_fails_is_blamed_here_and_its_rows_stand(
    source: Path, tmp_path: Path, started: list[int]
) -> None:
    guard = Guard("guest", tmp_path)
    elements = one_by_one(
        apart.elements_of(reading_of(GuardedReader(Failing(3000), guard, "rows"), source))
    )
    assert len(elements) == 2501
    assert elements[-1].code == "plugin_failed"
    assert [failure.error for failure in guard.failures] == ["ZeroDivisionError: a guest's mistake"]
    assert len(started) == 1


@pytest.mark.usefixtures("large")
def test_a_reader_the_second_process_cannot_import_is_read_here(
    source: Path, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one from a plugin folder, whose module has a name of this run."""
    module = types.ModuleType("a_plugin_of_this_run")
    module.Folder = type("Folder", (Rows,), {"__module__": module.__name__})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    reading = reading_of(module.Folder(5), source)  # type: ignore[attr-defined]
    assert len(list(apart.elements_of(reading))) == 5
    assert len(started) == 1


@pytest.mark.usefixtures("large")
def test_a_reader_that_cannot_travel_is_read_here(source: Path, started: list[int]) -> None:
    reader = Rows(5)
    reader.at = lambda number: None  # type: ignore[method-assign]
    assert len(list(apart.elements_of(reading_of(reader, source)))) == 5
    assert started == []


@pytest.mark.usefixtures("large")
def test_where_no_process_can_be_started_this_one_reads(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(source))
    assert len(list(apart.elements_of(reading_of(Rows(5), source)))) == 5
    monkeypatch.setattr(sys, "executable", None)
    assert len(list(apart.elements_of(reading_of(Rows(5), source)))) == 5


@pytest.mark.usefixtures("large")
@posix
def test_an_import_is_stopped_while_nothing_comes(source: Path, started: list[int]) -> None:
    """The second process waits for ever; nor does it outlive the import."""
    had: list[Element] = []
    elements = apart.elements_of(reading_of(Waiting(3000), source), None, lambda: bool(had))
    with pytest.raises(Stopped):
        had.extend(elements)
    assert len(one_by_one(had)) >= 2000
    assert not psutil.pid_exists(started[0])


@pytest.mark.usefixtures("large")
def test_who_lets_go_of_the_rows_leaves_no_process_and_no_thread(
    source: Path, started: list[int]
) -> None:
    before = {thread.ident for thread in threading.enumerate()}
    with contextlib.closing(apart.elements_of(reading_of(Rows(100_000), source))) as elements:
        next(elements)
        assert psutil.pid_exists(started[0])
    assert not psutil.pid_exists(started[0])
    assert {thread.ident for thread in threading.enumerate()} <= before


@pytest.mark.usefixtures("large")
def test_no_more_waits_than_it_may(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six megabytes of rows through sixty thousand bytes of room, and a stretch that is being read."""
    monkeypatch.setattr(apart, "_AHEAD", 60_000)
    most: list[int] = []
    take = apart._Apart.next

    def noted(self: apart._Apart, seconds: float) -> bytes | None:
        most.append(self._bytes)
        return take(self, seconds)

    monkeypatch.setattr(apart._Apart, "next", noted)
    rows = list(apart.elements_of(reading_of(Rows(60, 100_000), source)))
    assert len(one_by_one(rows)) == 60
    assert max(most) < 60_000 + 2 * (apart._STRETCH_BYTES + 200_000)


@posix
def test_the_second_process_ends_with_the_first(source: Path) -> None:
    """Killed, not asked: what is left notices by itself."""
    code = f"""
import sys
sys.path[:] = {sys.path!r}
from pathlib import Path
from readers import Waiting
from test_reading_apart import reading_of
from labeler.exchange import reading_apart as apart
apart._BYTES = 0
reading = reading_of(Waiting(3000), Path({str(source)!r}))
for one in apart.elements_of(reading):
    print("row", flush=True)
"""
    first = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert first.stdout is not None
    with first:
        assert first.stdout.readline()
        (second,) = psutil.Process(first.pid).children()
        first.send_signal(signal.SIGKILL)
        psutil.wait_procs([second], timeout=30)
        assert not second.is_running()


@pytest.mark.parametrize(
    ("files", "size", "name", "is_large"),
    [
        (3, 10, "a.txt", False),
        (4, 10, "a.txt", True),  # forty bytes
        (3, 100, "a.jpg", False),  # of a picture only the head is read
        (5, 1, "a.jpg", True),
    ],
)
def test_what_is_large_is_many_files_or_many_bytes_to_read(
    files: int,
    size: int,
    name: str,
    is_large: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "_BYTES", 40)
    monkeypatch.setattr(apart, "_FILES", 5)
    for number in range(files):
        path = tmp_path / f"{number}" / name
        path.parent.mkdir()
        path.write_bytes(b"x" * size)
    assert apart.is_large(tmp_path) is is_large
    assert apart.is_large(tmp_path / "0" / name) is (size >= 40)
    assert not apart.is_large(tmp_path / "nowhere")


def test_a_small_source_starts_nothing(source: Path, started: list[int]) -> None:
    assert len(list(apart.elements_of(reading_of(Rows(5), source)))) == 5
    assert started == []
