"""Whatever a file holds, an import ends, says what it skipped, and leaves the project sound."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labeler.exchange import (
    ExportOptions,
    ImportOptions,
    here,
    new_project,
    run_import,
    run_native_export,
    run_native_import,
)
from labeler.model.problems import Refusal
from labeler.plugins import Plugins
from labeler.store import Project

ROWS = [
    {"id": "a", "text": "good day", "sentiment": "positive"},
    {"id": "b", "text": "bad day", "spans": [{"start": 0, "end": 3, "label": "negative"}]},
    {"id": "b", "text": "another", "sentiment": "Negative", "by": "bob", "layer": "prediction"},
    {"text": "same", "layer": "gold", "sentiment": "neutral"},
    {"text": "same", "stars": [1, 2.0, None]},
    {"id": "c", "sentiment": "positive", "status": "flagged"},
    {"id": "d", "text": "Größe 😊", "spans": [{"start": 6, "end": 7, "label": "nie gehört"}]},
]
FRUITFUL = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    return Plugins.load(safe_mode=True)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.labeler"
    new_project(path, "sentiment", handle="ada").close()
    return path


@pytest.fixture(scope="module")
def rows() -> bytes:
    return "".join(json.dumps(row) + "\n" for row in ROWS).encode()


@pytest.fixture(scope="module")
def native(
    empty: Path, plugins: Plugins, rows: bytes, tmp_path_factory: pytest.TempPathFactory
) -> bytes:
    folder = tmp_path_factory.mktemp("native")
    (folder / "rows.jsonl").write_bytes(rows)
    shutil.copyfile(empty, folder / "p.labeler")
    project = Project.open(folder / "p.labeler")
    reader = plugins.reader(plugins.format("text-jsonl"))
    sources = [folder / "rows.jsonl"]
    run_import(here(project), plugins, reader, sources, "sentiment", ImportOptions(by="ada"))
    run_native_export(here(project), folder / "n.jsonl", None, ExportOptions("all"))
    project.close()
    return (folder / "n.jsonl").read_bytes()


@st.composite
def damaged(draw: st.DrawFn, raw: bytes) -> bytes:
    """The file with bytes changed, cut out, doubled, or put in from elsewhere in it."""
    found = bytearray(raw)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(found)))
        end = draw(st.integers(start, min(len(found), start + 40)))
        other = draw(st.integers(0, len(found)))
        pieces = st.sampled_from(
            [b"", b"\n", b"\0", b"\xff", b'"', b"{}", b"null", b"1e400", b"-1", b"[[", b'"\\ud800"']
        )
        found[start:end] = draw(
            pieces | st.binary(max_size=4) | st.just(bytes(found[other : other + 30]))
        )
    return bytes(found)


@pytest.fixture
def project(empty: Path, tmp_path: Path) -> Iterator[Project]:
    yield from _opened(empty, tmp_path / "p.labeler")


def _opened(empty: Path, path: Path) -> Iterator[Project]:
    shutil.copyfile(empty, path)
    project = Project.open(path)
    try:
        yield project
    finally:
        project.close()


def _take(project: Project, plugins: Plugins, source: Path, form: str) -> tuple[int, int] | None:
    options = ImportOptions(by="ada")
    try:
        if form == "native":
            report = run_native_import(here(project), plugins, [source], None, options)
        else:
            reader = plugins.reader(plugins.format(form))
            report = run_import(here(project), plugins, reader, [source], "sentiment", options)
    except Refusal:
        return None
    assert report.skipped >= 0
    assert all(problem.message and "\n" not in problem.where for problem in report.problems)
    return report.tasks, report.annotations


def _withstands(empty: Path, plugins: Plugins, folder: Path, raw: bytes, form: str) -> None:
    source = folder / f"damaged.{'csv' if form == 'text-csv' else 'jsonl'}"
    source.write_bytes(raw)
    for project in _opened(empty, folder / "p.labeler"):
        first = _take(project, plugins, source, form)
        assert project.check() == []
        again = _take(project, plugins, source, form)
        assert again in ((0, 0), None)
        assert (first is None) == (again is None)
        target = folder / "out.jsonl"
        target.unlink(missing_ok=True)
        run_native_export(here(project), target, None, ExportOptions("all"))


@FRUITFUL
@given(data=st.data())
def test_damaged_json_lines(
    empty: Path, plugins: Plugins, rows: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    _withstands(empty, plugins, tmp_path, data.draw(damaged(rows)), "text-jsonl")


@FRUITFUL
@given(data=st.data())
def test_damaged_native_lines(
    empty: Path, plugins: Plugins, native: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    _withstands(empty, plugins, tmp_path, data.draw(damaged(native)), "native")


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "a", "sentiment", "positive", "\0", "gold", "ſ", "x" * 300]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


def _places(tree: object) -> Iterator[tuple[object, object]]:
    """Every container in the tree with each of its keys."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield tree, key
            yield from _places(value)
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield tree, number
            yield from _places(value)


@FRUITFUL
@given(data=st.data())
def test_native_lines_that_say_something_else(
    empty: Path, plugins: Plugins, native: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    lines = [json.loads(line) for line in native.splitlines()]
    for _ in range(data.draw(st.integers(1, 3))):
        line = data.draw(st.sampled_from(lines[1:]))
        places = list(_places(line))
        if not places:
            continue
        holder, key = data.draw(st.sampled_from(places))
        if data.draw(st.booleans()):
            holder[key] = data.draw(ODD)  # type: ignore[index]
        elif isinstance(holder, dict):
            del holder[key]
    raw = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    _withstands(empty, plugins, tmp_path, raw, "native")


@FRUITFUL
@given(raw=st.binary(max_size=300))
def test_bytes_of_any_kind(empty: Path, plugins: Plugins, tmp_path: Path, raw: bytes) -> None:
    for form in ("text-jsonl", "text-csv", "native"):
        _withstands(empty, plugins, tmp_path, raw, form)
