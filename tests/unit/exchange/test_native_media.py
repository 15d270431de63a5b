"""Media in native exports: references travel, and so do the bytes a project has taken in."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pictured import FolderFormat, PicturePanels

from labeler.api import AnnotationIn
from labeler.exchange import (
    ExportOptions,
    ImportOptions,
    ImportReport,
    here,
    run_import,
    run_native_export,
    run_native_import,
)
from labeler.model.queue import read_config
from labeler.store import Project

PART = 1 << 20
LARGE = bytes(range(256)) * 4096 * 2 + b"and a little"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, raw in (("a.png", b"small"), ("b.png", LARGE), ("c.png", b""), ("d.png", b"small")):
        (folder / name).write_bytes(raw)
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[str], Project]]:
    made: list[Project] = []

    def make(name: str) -> Project:
        project = Project.create(tmp_path / f"{name}.labeler", handle="anna")
        project.put_queue("pictures", read_config(b"{}"), panel="pictures", by="anna")
        made.append(project)
        return project

    yield make
    for project in made:
        project.close()


def taken(project: Project, photos: Path, *, embed: bool) -> Project:
    answers = {"a.png": AnnotationIn(b'{"answers":{"fine":"yes"}}', "a.png")}
    reader = FolderFormat(answers, more=("b.png",))
    options = ImportOptions(by="anna", embed=embed)
    run_import(here(project), PicturePanels(), reader, [photos], "pictures", options)
    return project


def written(project: Project, path: Path) -> list[str]:
    report = run_native_export(here(project), path, None, ExportOptions(source="all"))
    assert report.dropped == {}
    return path.read_text().splitlines()


def read(project: Project, path: Path, **options: object) -> ImportReport:
    chosen = ImportOptions(by="anna", **options)  # type: ignore[arg-type]
    return run_native_import(here(project), PicturePanels(), [path], None, chosen)


def stored(project: Project, path: str) -> bytes | None:
    found = project.media.find("photos", path)
    assert found is not None
    if not found.hash:
        return None
    lengths = project.media.parts(found.hash)
    return b"".join(project.media.part(found.hash, number) for number in range(len(lengths)))


def without_ids(lines: list[str]) -> list[object]:
    trees = [json.loads(line) for line in lines]
    for tree in trees:
        for one in (tree.get("task", {}), *tree.get("task", {}).get("annotations", ())):
            one.pop("id", None)
    return trees


@pytest.mark.parametrize("embed", [False, True])
def test_what_goes_out_comes_in_again(
    fresh: Callable[[str], Project], photos: Path, tmp_path: Path, embed: bool
) -> None:
    one, other = taken(fresh("one"), photos, embed=embed), fresh("other")
    lines = written(one, tmp_path / "one.jsonl")
    report = read(other, tmp_path / "one.jsonl")
    assert (report.tasks, report.annotations, report.problems) == (4, 1, ())
    assert without_ids(written(other, tmp_path / "other.jsonl")) == without_ids(lines)
    for path in ("a.png", "b.png", "c.png"):
        raw = (photos / path).read_bytes()
        assert stored(other, path) == (raw if embed else None)
        found = other.media.find("photos", path)
        assert found is not None
        assert (found.size, found.mime) == (len(raw), "image/png")
    assert other.check() == []
    again = read(other, tmp_path / "one.jsonl")
    assert (again.tasks, again.annotations, again.problems) == (0, 0, ())


def test_a_task_is_the_same_task_whichever_way_it_came(
    fresh: Callable[[str], Project], photos: Path, tmp_path: Path
) -> None:
    one = taken(fresh("one"), photos, embed=False)
    other = fresh("other")
    written(one, tmp_path / "one.jsonl")
    read(other, tmp_path / "one.jsonl")
    before = other.query.counts()["tasks"]
    taken(other, photos, embed=False)
    assert other.query.counts()["tasks"] == before == 4
    assert read(one, tmp_path / "one.jsonl").tasks == 0


def test_each_medium_and_its_bytes_stand_once(
    fresh: Callable[[str], Project], photos: Path, tmp_path: Path
) -> None:
    lines = written(taken(fresh("one"), photos, embed=True), tmp_path / "one.jsonl")
    trees = [json.loads(line) for line in lines]
    named = [tree["medium"]["path"] for tree in trees if "medium" in tree]
    assert named == ["a.png", "b.png", "c.png", "d.png"]
    parts = [tree["bytes"]["part"] for tree in trees if "bytes" in tree]
    assert parts == [0, 0, 1, 2, 0], "d.png has the bytes of a.png"
    assert max(len(line) for line in lines) < 2 * PART


def damaged(lines: list[str], change: Callable[[list[dict[str, object]]], object]) -> str:
    trees = [json.loads(line) for line in lines]
    change(trees)
    return "".join(json.dumps(tree) + "\n" for tree in trees)


def of(trees: list[dict[str, object]], what: str) -> list[int]:
    return [number for number, tree in enumerate(trees) if what in tree]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda trees: trees.pop(of(trees, "bytes")[2]), "medium_damaged"),
        (lambda trees: trees[of(trees, "bytes")[2]]["bytes"].update(data="!!"), "value_invalid"),
        (lambda trees: trees[of(trees, "bytes")[2]]["bytes"].update(part=7), "medium_damaged"),
        (lambda trees: trees[of(trees, "bytes")[2]]["bytes"].update(part=-1), "medium_damaged"),
        (
            lambda trees: trees[of(trees, "bytes")[2]]["bytes"].update(
                data=base64.b64encode(bytes(PART)).decode()
            ),
            "medium_damaged",
        ),
        (
            lambda trees: trees[of(trees, "bytes")[2]]["bytes"].update(
                data=base64.b64encode(bytes(PART + 1)).decode()
            ),
            "medium_damaged",
        ),
        (lambda trees: trees[of(trees, "medium")[1]]["medium"].update(size=5), "medium_damaged"),
        (
            lambda trees: trees[of(trees, "medium")[1]]["medium"].update(hash="ab" * 32),
            "medium_damaged",
        ),
        (
            lambda trees: [trees.pop(at) for at in reversed(of(trees, "bytes")[1:4])],
            "medium_absent",
        ),
    ],
)
def test_bytes_that_are_not_those_are_not_taken_in(
    fresh: Callable[[str], Project],
    photos: Path,
    tmp_path: Path,
    change: Callable[[list[dict[str, object]]], object],
    code: str,
) -> None:
    lines = written(taken(fresh("one"), photos, embed=True), tmp_path / "one.jsonl")
    (tmp_path / "bad.jsonl").write_text(damaged(lines, change))
    other = fresh("other")
    report = read(other, tmp_path / "bad.jsonl")
    assert report.tasks == 4
    assert code in [problem.code for problem in report.problems]
    assert stored(other, "b.png") is None
    assert stored(other, "a.png") == b"small"
    assert other.check() == []
    assert read(other, tmp_path / "one.jsonl").problems == ()
    assert stored(other, "b.png") == LARGE, "the whole file mends it"


@pytest.mark.parametrize(
    "fields",
    [
        {"path": "../a.png"},
        {"path": "/a.png"},
        {"path": ""},
        {"size": -1},
        {"size": 1 << 70},
        {"fingerprint": "xyz"},
        {"hash": "00"},
        {"size": (1 << 30) + 1},
    ],
)
def test_a_medium_that_cannot_be_is_told_and_the_task_goes_in(
    fresh: Callable[[str], Project], photos: Path, tmp_path: Path, fields: dict[str, object]
) -> None:
    lines = written(taken(fresh("one"), photos, embed=True), tmp_path / "one.jsonl")

    def change(trees: list[dict[str, object]]) -> None:
        trees[of(trees, "medium")[0]]["medium"].update(fields)  # type: ignore[attr-defined]

    (tmp_path / "bad.jsonl").write_text(damaged(lines, change))
    other = fresh("other")
    report = read(other, tmp_path / "bad.jsonl")
    assert report.tasks == 4
    assert "value_invalid" in [problem.code for problem in report.problems]
    assert other.media.find("photos", "a.png") is None
    assert other.check() == []


@pytest.mark.parametrize("fingerprint", ["", "00", "zz" * 16, "00" * 17])
def test_a_fingerprint_that_is_none_is_refused_by_line(
    fresh: Callable[[str], Project], photos: Path, tmp_path: Path, fingerprint: str
) -> None:
    lines = written(taken(fresh("one"), photos, embed=False), tmp_path / "one.jsonl")

    def change(trees: list[dict[str, object]]) -> None:
        trees[of(trees, "task")[0]]["task"].update(fingerprint=fingerprint)  # type: ignore[attr-defined]

    (tmp_path / "bad.jsonl").write_text(damaged(lines, change))
    report = read(fresh("other"), tmp_path / "bad.jsonl")
    assert (report.tasks, [problem.code for problem in report.problems]) == (3, ["content_invalid"])


def test_another_file_of_a_name_that_was_taken_in_is_not_mistaken_for_it(
    fresh: Callable[[str], Project], photos: Path, tmp_path: Path
) -> None:
    one = taken(fresh("one"), photos, embed=True)
    written(one, tmp_path / "one.jsonl")
    (photos / "a.png").write_bytes(b"quite another")
    other = taken(fresh("other"), photos, embed=True)
    report = read(other, tmp_path / "one.jsonl")
    assert [problem.code for problem in report.problems].count("medium_other") == 1
    assert (report.tasks, report.annotations) == (0, 0)
    assert stored(other, "a.png") == b"quite another"


def test_a_dry_run_takes_nothing_in(
    fresh: Callable[[str], Project], photos: Path, tmp_path: Path
) -> None:
    written(taken(fresh("one"), photos, embed=True), tmp_path / "one.jsonl")
    other = fresh("other")
    assert read(other, tmp_path / "one.jsonl", dry_run=True).tasks == 4
    assert other.file.row("SELECT count(*) FROM blob") == (0,)


def test_neither_way_holds_a_whole_large_medium(
    fresh: Callable[[str], Project], photos: Path, tmp_path: Path
) -> None:
    import tracemalloc

    with (photos / "b.png").open("wb") as stream:
        stream.truncate(48 << 20)
    one, other = taken(fresh("one"), photos, embed=True), fresh("other")
    tracemalloc.start()
    written_ = tmp_path / "one.jsonl"
    run_native_export(here(one), written_, None, ExportOptions(source="all"))
    read(other, written_)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 32 << 20
