"""Bad input of every kind the issue names: what is sound goes in, the rest is told with its place."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from carried import Carrier, codes, counts

from labeler.model.problems import Refusal

GOOD = b'{"id":"good","text":"good"}\n'


def test_ragged_rows(carrier: Carrier) -> None:
    table = "id,text,sentiment\na,one,positive\nb,two\nc,three,negative,more\nd,four,\n"
    report = carrier.take(carrier.written("t.csv", table), form="text-csv")
    assert report.tasks == 2
    assert report.skipped == 2
    assert [code for _, code in codes(report)] == ["row_ragged", "row_ragged"]
    assert [where for where, _ in codes(report)] == ["t.csv:3", "t.csv:4"]
    assert carrier.task_keys() == ["a", "d"]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(carrier: Carrier, codec: str) -> None:
    table = "id,text\na,süß\n".encode(codec)
    assert counts(carrier.take(carrier.written("t.csv", table), form="text-csv")) == (1, 0, 0)
    assert json.loads(carrier.task("a").content) == {"text": "süß"}
    line = '{"id":"b","text":"大きい"}\n'.encode(codec)
    assert counts(carrier.take(carrier.written("t.jsonl", line))) == (1, 0, 0)
    assert json.loads(carrier.task("b").content) == {"text": "大きい"}


def test_nul_bytes(carrier: Carrier) -> None:
    source = carrier.written("s.jsonl", b'{"id":"a","text":"x\0y"}\n' + GOOD)
    report = carrier.take(source)
    assert counts(report) == (1, 0, 1)
    assert codes(report) == [("s.jsonl:1", "row_nul")]


def test_a_nul_that_json_may_hold_is_kept(carrier: Carrier) -> None:
    carrier.take(carrier.rows("s.jsonl", {"id": "a\0b", "text": "x\0y"}))
    assert json.loads(carrier.task("a\0b").content) == {"text": "x\0y"}
    assert carrier.project.check() == []


def test_mixed_encodings(carrier: Carrier) -> None:
    lines = ['{"id":"a","text":"größer"}', '{"id":"b","text":"schön"}', '{"id":"c","text":"süß"}']
    raw = b"\n".join([lines[0].encode(), lines[1].encode("cp1252"), lines[2].encode()])
    report = carrier.take(carrier.written("s.jsonl", raw))
    assert counts(report) == (2, 0, 1)
    assert codes(report) == [("s.jsonl:2", "encoding_mixed")]


def test_a_guessed_encoding_is_told_and_nothing_is_lost(carrier: Carrier) -> None:
    text = "Das Frühstück war schön, die Größe der Zimmer überraschte uns angenehm. " * 5
    source = carrier.written("s.txt", text.encode("cp1252"))
    report = carrier.take(source, form="text-files")
    assert counts(report) == (1, 0, 0)
    assert codes(report) == [("s.txt", "encoding_guessed")]
    assert json.loads(carrier.task("s.txt").content) == {"text": text}


def test_a_span_past_the_end(carrier: Carrier) -> None:
    spans = [{"start": 0, "end": 4, "label": "Praise"}, {"start": 0, "end": 5, "label": "Praise"}]
    report = carrier.take(carrier.rows("s.jsonl", {"id": "a", "text": "text", "spans": spans}))
    assert report.tasks == 1
    (problem,) = report.problems
    assert problem.code == "span_range"
    assert problem.where.startswith("s.jsonl:1")
    assert "which ends at 4" in problem.message


def test_ids_of_every_kind(carrier: Carrier) -> None:
    long = "k" * 3000
    rows = [{"id": n, "text": f"{n}"} for n in (7, -1, 0, 10**30, "ünï", " x ", long)]
    report = carrier.take(carrier.rows("s.jsonl", *rows))
    assert report.tasks == len(rows)
    assert "7" in carrier.task_keys()
    assert counts(carrier.take(carrier.folder / "s.jsonl"))[:2] == (0, 0)
    assert carrier.project.check() == []


def test_many_rows_of_one_id_take_no_longer_than_others(carrier: Carrier) -> None:
    """5,000 texts under one id: looking at all the others for each would be 12 million looks."""
    rows = [{"id": "same", "text": f"text {n}"} for n in range(5000)]
    report = carrier.take(carrier.rows("s.jsonl", *rows))
    assert counts(report) == (5000, 0, 0)
    assert report.counts == {"key_double": 4999}


BIG = """
import resource, sys
from pathlib import Path
from labeler.exchange import ImportOptions, here, run_import
from labeler.plugins import Plugins
from labeler.store import Project

project = Project.open(Path(sys.argv[1]))
plugins = Plugins.load(safe_mode=True)
reader = plugins.reader(plugins.format("text-jsonl", "sentiment"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = run_import(
    here(project), plugins, reader, [Path(sys.argv[2])], "texts", ImportOptions(by="anna")
)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(report.tasks, report.skipped, *(problem.code for problem in report.problems))
print(after - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is told in kilobytes on Linux")
def test_a_line_of_50_mb(carrier: Carrier) -> None:
    """The line is skipped and told, and not kept: the peak grows by less than the line is long."""
    assert resource.RUSAGE_SELF == 0
    line = b'{"id":"a","text":"' + b"x" * 50_000_000 + b'"}\n'
    source = carrier.written("s.jsonl", line + GOOD)
    copy = carrier.folder / "copy.labeler"
    carrier.project.copy_to(copy)
    done = subprocess.run(
        [sys.executable, "-c", BIG, str(copy), str(source)],
        capture_output=True,
        text=True,
        check=True,
    )
    said, grown = done.stdout.splitlines()
    assert said == "1 1 row_too_long"
    assert int(grown) < 60_000


def test_a_file_renamed_underneath_is_refused_and_nothing_is_written(carrier: Carrier) -> None:
    source = carrier.written("s.jsonl", GOOD)
    path = carrier.project.path
    moved = path.with_name("moved.labeler")
    path.rename(moved)
    before = moved.read_bytes()
    try:
        with pytest.raises(Refusal) as refused:
            carrier.take(source)
        assert refused.value.problem.code == "file_moved"
        assert moved.read_bytes() == before
        assert not Path(path).exists()
    finally:
        moved.rename(path)
