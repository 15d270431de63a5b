"""What an export writes, what it leaves out, and that a refused one leaves nothing."""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
from collections.abc import Callable

import pytest
from carried import Carrier

from labeler.model.problems import Refusal
from labeler.store import Project

TEXTS = [{"id": f"k{n}", "text": f"text {n}"} for n in range(6)]


@pytest.fixture
def worked(carrier: Carrier) -> Carrier:
    """Six texts: k0 and k1 by Anna, k1 by Bob too, k2 skipped, k3 flagged, k4 gold and predicted."""
    carrier.take(carrier.rows("texts.jsonl", *TEXTS))
    for key, by, status, answer in [
        ("k0", "anna", "submitted", "positive"),
        ("k1", "anna", "submitted", "negative"),
        ("k1", "bob", "submitted", "positive"),
        ("k2", "anna", "skipped", ""),
        ("k3", "anna", "flagged", "positive"),
    ]:
        value = {"answers": {"sentiment": answer}} if answer else {}
        carrier.project.sign_in(by)
        carrier.project.annotate(
            carrier.project.query.find(key),
            author=by,
            value=json.dumps(value).encode(),
            status=status,
            reason="not my language" if status == "skipped" else "",
        )
    marks = carrier.rows("marks.jsonl", {**TEXTS[4], "sentiment": "negative"})
    carrier.take(marks, taken="predictions", by="lexicon")
    carrier.take(marks, taken="gold")
    return carrier


def lines(carrier: Carrier, name: str) -> list[dict[str, object]]:
    text = (carrier.folder / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_submitted_work_goes_out_and_other_work_is_counted(worked: Carrier) -> None:
    report = worked.give("out.jsonl")
    assert (report.tasks, report.annotations) == (2, 3)
    assert report.dropped == {"skipped": 1, "flagged": 1}
    assert report.files == (worked.folder / "out.jsonl",)
    assert [(row["id"], row["by"], row["sentiment"]) for row in lines(worked, "out.jsonl")] == [
        ("k0", "anna", "positive"),
        ("k1", "anna", "negative"),
        ("k1", "bob", "positive"),
    ]


@pytest.mark.parametrize(
    ("source", "by", "keys"),
    [
        ("gold", None, ["k4"]),
        ("predictions", None, ["k4"]),
        ("predictions", "lexicon", ["k4"]),
        ("consensus", None, []),
        ("accepted", None, []),
        ("submitted", "Bob", ["k1"]),
        ("all", "anna", ["k0", "k1", "k2", "k3", "k4"]),
        ("all", None, ["k0", "k1", "k1", "k2", "k3", "k4", "k4", "k5"]),
    ],
)
def test_each_source_gives_what_it_says(
    worked: Carrier, source: str, by: str | None, keys: list[str]
) -> None:
    worked.give("out.jsonl", source=source, by=by)  # type: ignore[arg-type]
    assert [row["id"] for row in lines(worked, "out.jsonl")] == keys


def test_a_reason_goes_out_with_the_work_it_is_for(worked: Carrier) -> None:
    worked.give("out.jsonl", source="all")
    (skipped,) = [row for row in lines(worked, "out.jsonl") if row["id"] == "k2"]
    assert (skipped["status"], skipped["reason"]) == ("skipped", "not my language")


def test_nobody_of_that_name_is_refused(worked: Carrier) -> None:
    with pytest.raises(Refusal, match="nobody here is called 'zoe'"):
        worked.give("out.jsonl", by="zoe")


def test_work_of_several_in_a_format_for_one_is_refused_and_nothing_is_left(
    worked: Carrier,
) -> None:
    before = sorted(worked.folder.iterdir())
    with pytest.raises(Refusal) as refused:
        worked.give("out.csv", "text-csv")
    assert refused.value.problem.code == "export_refused"
    assert refused.value.problem.where == "k1"
    assert "--by" in str(refused.value)
    assert "--source" in str(refused.value)
    assert sorted(worked.folder.iterdir()) == before
    report = worked.give("out.csv", "text-csv", by="anna")
    assert report.annotations == 2
    with (worked.folder / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["k0", "k1"]


def test_a_conflict_is_left_out_until_it_is_settled(
    worked: Carrier, fresh: Callable[[str], Project]
) -> None:
    row = worked.project.query.find("k0")
    copy = worked.folder / "copy.labeler"
    worked.project.copy_to(copy)
    other = Project.open(copy)
    other.annotate(
        other.query.find("k0"), author="anna", value=b'{"answers":{"sentiment":"negative"}}'
    )
    other.close()
    worked.project.annotate(row, author="anna", value=b'{"answers":{"note":"so"}}')
    assert worked.project.merge(copy).conflicts == 1
    report = worked.give("out.jsonl", by="anna")
    assert report.dropped["conflict"] == 1
    assert [line["id"] for line in lines(worked, "out.jsonl")] == ["k1"]
    worked.project.annotate(row, author="anna", value=b'{"answers":{"note":"settled"}}')
    assert worked.give("again.jsonl", by="anna").dropped.get("conflict") is None


@pytest.mark.parametrize("name", ["there.jsonl", "folder"])
def test_what_is_there_is_never_overwritten(worked: Carrier, name: str) -> None:
    place = worked.folder / name
    if place.suffix:
        place.write_text("mine", encoding="utf-8")
    else:
        place.mkdir()
        (place / "mine.txt").write_text("mine", encoding="utf-8")
    before = sorted(worked.folder.rglob("*"))
    with pytest.raises(Refusal, match="is there already"):
        worked.give(name)
    assert sorted(worked.folder.rglob("*")) == before
    assert "mine" in (place if place.suffix else place / "mine.txt").read_text(encoding="utf-8")


def test_an_empty_folder_may_be_filled(worked: Carrier) -> None:
    (worked.folder / "out").mkdir()
    report = worked.give("out", "native")
    assert report.files == (worked.folder / "out" / "native.jsonl",)
    assert report.files[0].is_file()


def test_a_folder_that_is_not_there_is_refused(worked: Carrier) -> None:
    with pytest.raises(Refusal, match="its folder does not exist"):
        worked.give("nowhere/out.jsonl")


def test_cancelling_leaves_nothing(worked: Carrier) -> None:
    before = sorted(worked.folder.iterdir())
    with pytest.raises(Refusal, match="stopped"):
        worked.give("out.jsonl", cancelled=lambda: True)
    assert sorted(worked.folder.iterdir()) == before


def test_progress_counts_tasks(worked: Carrier) -> None:
    told: list[tuple[int, int]] = []
    worked.give("out.jsonl", source="all", progress=lambda *one: told.append(one))
    assert told[-1] == (6, 6)
    told.clear()
    worked.give("out-native.jsonl", "native", progress=lambda *one: told.append(one))
    assert told[-1] == (6, 6)


def test_an_export_comes_back_in(worked: Carrier, fresh: Callable[[str], Project]) -> None:
    worked.give("out.jsonl", source="all")
    other = Carrier(fresh("q"), worked.plugins, worked.folder)
    other.take(worked.folder / "out.jsonl")
    for key in ("k0", "k1", "k4"):
        assert other.said(key) == worked.said(key)
    assert other.task_keys() == worked.task_keys()


FULL = """
import resource, sys
from pathlib import Path
from labeler.exchange import ExportOptions, here, run_export, run_native_export
from labeler.model.problems import Refusal
from labeler.plugins import Plugins
from labeler.store import Project

project = Project.open(Path(sys.argv[1]))
plugins = Plugins.load(safe_mode=True)
writer = plugins.writer(plugins.format("text-jsonl", "sentiment"))
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
for run in (
    lambda: run_native_export(here(project), Path(sys.argv[2]), None, ExportOptions("all")),
    lambda: run_export(
        here(project), plugins, writer, Path(sys.argv[2]), "texts", ExportOptions("all")
    ),
):
    try:
        run()
    except Refusal as refusal:
        print(refusal.problem.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit for a process's files is POSIX")
def test_a_full_disk_leaves_no_half_file(worked: Carrier) -> None:
    """The process may write 2,000 bytes to a file; the export needs more."""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    more = [{"id": f"m{n}", "text": f"text {n} " * 20} for n in range(50)]
    worked.take(worked.rows("more.jsonl", *more))
    copy = worked.folder / "copy.labeler"
    worked.project.copy_to(copy)
    place = worked.folder / "out"
    place.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(copy), str(place / "out.jsonl")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["disk_error", "disk_error"]
    assert list(place.iterdir()) == []


def test_the_place_s_own_name_is_what_the_format_sees(worked: Carrier) -> None:
    """A format may name things by its target; a name for the time being must not show in them."""
    worked.give("Meine Texte.jsonl")
    assert (worked.folder / "Meine Texte.jsonl").is_file()
