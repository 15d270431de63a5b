"""What an import takes, what it skips and where it says so."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from carried import Carrier, codes, counts
from hypothesis import given
from hypothesis import strategies as st

from labeler.exchange.reading import canonical_content
from labeler.exchange.reports import PROBLEMS_KEPT
from labeler.model.content import Content, Part
from labeler.model.json import canonical
from labeler.model.problems import Refusal

GOOD = {"id": "a", "text": "a good day"}
BAD = {"id": "b", "text": "a bad day", "sentiment": "negative"}


def test_the_same_source_twice_adds_nothing(carrier: Carrier) -> None:
    source = carrier.rows("s.jsonl", GOOD, BAD, {"text": "x"}, {"text": "x"})
    assert counts(carrier.take(source)) == (4, 1, 0)
    strands = "SELECT count(*) FROM strand"
    before = carrier.project.file.row(strands)
    again = carrier.take(source)
    assert counts(again) == (0, 0, 4)
    assert again.problems == ()
    assert carrier.project.file.row(strands) == before
    assert carrier.project.check() == []


def test_equal_rows_are_as_many_tasks_whatever_batch_they_fall_into(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1,200 rows, every third of them "x": 400 tasks of it, and 800 others."""
    rows = [{"text": "x" if n % 3 == 0 else f"text {n}"} for n in range(1200)]
    source = carrier.rows("s.jsonl", *rows)
    assert counts(carrier.take(source)) == (1200, 0, 0)
    equal = [key for key in carrier.task_keys() if key.endswith("#400")]
    assert len(equal) == 1
    monkeypatch.setattr("labeler.exchange.intake._FIRST", 7)
    monkeypatch.setattr("labeler.exchange.intake._LARGEST", 50)
    assert counts(carrier.take(source)) == (0, 0, 1200)


def test_equal_rows_of_two_files_are_the_same_tasks(carrier: Carrier) -> None:
    one = carrier.rows("in/one.jsonl", {"text": "x"}, {"text": "x"})
    two = carrier.rows("in/two.jsonl", {"text": "x"}, {"text": "y"}, {"text": "x"}, {"text": "x"})
    assert counts(carrier.take(one)) == (2, 0, 0)
    assert counts(carrier.take(two)) == (2, 0, 2)
    assert counts(carrier.take(one.parent)) == (0, 0, 6)


def test_one_id_with_other_content_is_kept_as_another_task_and_told(carrier: Carrier) -> None:
    source = carrier.rows("s.jsonl", GOOD, {"id": "a", "text": "something else"}, GOOD)
    report = carrier.take(source)
    assert counts(report) == (2, 0, 1)
    assert codes(report) == [("s.jsonl:2", "key_double")]
    with pytest.raises(Refusal, match="means 2 tasks"):
        carrier.task("a")


def test_a_bad_line_is_told_and_the_others_go_in(carrier: Carrier) -> None:
    source = carrier.rows("s.jsonl", GOOD, "{not json", BAD, '["a list"]', {"id": "e"})
    report = carrier.take(source)
    assert counts(report) == (2, 1, 3)
    assert codes(report) == [
        ("s.jsonl:2", "json_syntax"),
        ("s.jsonl:4", "row_not_table"),
        ("s.jsonl:5", "column_missing"),
    ]


def test_a_wrong_value_is_told_with_its_path_and_its_task_goes_in(carrier: Carrier) -> None:
    source = carrier.rows("s.jsonl", {**GOOD, "sentiment": "splendid"})
    report = carrier.take(source)
    assert (report.tasks, report.annotations) == (1, 0)
    (problem,) = report.problems
    assert problem.where.startswith("s.jsonl:1")
    assert "splendid" in problem.message


def test_labels_are_found_by_name_and_stored_by_id(carrier: Carrier) -> None:
    span = {"start": 2, "end": 6, "label": " Praise "}
    carrier.take(carrier.rows("s.jsonl", {**GOOD, "spans": [span], "sentiment": "Positive"}))
    value = json.loads(carrier.annotation("a").value)
    assert value["answers"] == {"sentiment": "positive"}
    (region,) = value["regions"]
    assert (region["label"], region["text"]) == ("praise", "good")


def test_labels_that_are_not_in_the_set_are_added_and_told(carrier: Carrier) -> None:
    spans = [{"start": 0, "end": 1, "label": "irony"}, {"start": 2, "end": 6, "label": "irony"}]
    report = carrier.take(carrier.rows("s.jsonl", {**GOOD, "spans": spans}))
    assert codes(report) == [("s.jsonl:1: regions[0].label", "label_added")]
    assert carrier.labels() == ["praise", "blame", "irony"]
    assert report.annotations == 1


def test_strict_labels_refuse_the_value_that_names_another(carrier: Carrier) -> None:
    span = {"start": 0, "end": 1, "label": "prais"}
    source = carrier.rows("s.jsonl", {**GOOD, "spans": [span]}, BAD)
    report = carrier.take(source, strict_labels=True)
    assert (report.tasks, report.annotations) == (2, 1)
    (problem,) = report.problems
    assert str(problem) == (
        "s.jsonl:1: regions[0].label: 'prais' is not in the label set; did you mean 'praise'?"
    )
    assert carrier.labels() == ["praise", "blame"]


def test_a_value_that_is_refused_adds_no_label(carrier: Carrier) -> None:
    span = {"start": 0, "end": 1, "label": "irony", "attributes": {"strength": 3}}
    report = carrier.take(carrier.rows("s.jsonl", {**GOOD, "spans": [span]}))
    assert report.annotations == 0
    assert {problem.code for problem in report.problems} == {"question_unknown"}
    assert carrier.labels() == ["praise", "blame"]


def test_a_renamed_label_is_found_by_its_first_name(carrier: Carrier) -> None:
    row = carrier.project.queue("texts")
    labels = tuple(msgspec.structs.replace(one, name=f"New {one.id}") for one in row.config.labels)
    config = msgspec.structs.replace(row.config, labels=labels)
    carrier.project.put_queue("texts", config, panel="sentiment", by="anna")
    span = {"start": 2, "end": 6, "label": "praise"}
    report = carrier.take(carrier.rows("s.jsonl", {**GOOD, "spans": [span]}))
    assert (report.annotations, report.problems) == (1, ())


def test_region_ids_are_the_same_in_every_copy(carrier: Carrier, fresh: object) -> None:
    spans = [{"start": 2, "end": 6, "label": "Praise"}, {"start": 2, "end": 6, "label": "Praise"}]
    source = carrier.rows("s.jsonl", {**GOOD, "spans": spans})
    carrier.take(source)
    first = json.loads(carrier.annotation("a").value)
    other = Carrier(fresh("q"), carrier.plugins, carrier.folder)  # type: ignore[operator]
    other.take(source)
    assert json.loads(other.annotation("a").value) == first
    ids = [region["id"] for region in first["regions"]]
    assert len(set(ids)) == 2


def test_values_without_content_attach_by_key(carrier: Carrier) -> None:
    carrier.take(carrier.rows("texts.jsonl", GOOD, BAD), taken="tasks")
    report = carrier.take(
        carrier.rows("marks.jsonl", {"id": "a", "sentiment": "positive"}), by="bob"
    )
    assert counts(report) == (0, 1, 0)
    assert report.problems == ()
    assert carrier.said("a") == [("work", "bob", {"answers": {"sentiment": "positive"}})]
    assert carrier.said("b") == []


def test_values_for_a_task_that_comes_later_wait_for_it(carrier: Carrier) -> None:
    marks = carrier.rows("marks.jsonl", {"id": "a", "sentiment": "positive"})
    report = carrier.take(marks, by="bob")
    assert counts(report) == (1, 1, 0)
    assert codes(report) == [("marks.jsonl:1", "task_made")]
    assert carrier.task("a").row.status == "missing"
    filled = carrier.take(carrier.rows("texts.jsonl", GOOD))
    assert counts(filled) == (1, 0, 0)
    assert filled.problems == ()
    assert carrier.said("a") == [("work", "bob", {"answers": {"sentiment": "positive"}})]
    assert counts(carrier.take(marks, by="bob")) == (0, 0, 1)
    assert carrier.task_keys() == ["a"]
    assert carrier.project.check() == []


def test_values_for_a_key_that_means_two_tasks_are_kept_as_a_conflict(carrier: Carrier) -> None:
    carrier.take(carrier.rows("t.jsonl", GOOD, {"id": "a", "text": "another"}))
    report = carrier.take(carrier.rows("m.jsonl", {"id": "a", "sentiment": "positive"}))
    assert report.annotations == 1
    assert carrier.project.query.counts()["conflicts"] == 1


def test_predictions_are_the_model_s_and_gold_is_gold(carrier: Carrier) -> None:
    source = carrier.rows("s.jsonl", {**GOOD, "sentiment": "positive"})
    assert counts(carrier.take(source, taken="tasks")) == (1, 0, 0)
    assert counts(carrier.take(source, taken="predictions", by="lexicon")) == (0, 1, 0)
    assert counts(carrier.take(source, taken="gold")) == (0, 1, 0)
    assert [(layer, by) for layer, by, _ in carrier.said("a")] == [
        ("prediction", "lexicon"),
        ("gold", "anna"),
    ]
    kinds = {person.handle: person.kind for person in carrier.project.people()}
    assert kinds == {"anna": "person", "lexicon": "model"}
    assert carrier.task("a").row.status == "open"


def test_gold_is_written_in_a_strand_of_its_own(carrier: Carrier) -> None:
    """Else the gaps a hand-out leaves would tell which tasks have gold."""
    rows = [{"id": f"k{n}", "text": f"text {n}", "sentiment": "positive"} for n in range(40)]
    carrier.take(carrier.rows("s.jsonl", *rows), taken="gold")
    kinds = carrier.project.file.rows(
        "SELECT DISTINCT op.strand, ent.kind FROM op JOIN ent ON ent.id=op.ent WHERE ent.kind IN (6,7)"
    )
    assert len(kinds) == 2
    assert len({strand for strand, _ in kinds}) == 2


def test_gold_of_rows_without_keys_finds_its_tasks_again(carrier: Carrier) -> None:
    rows = [{"text": "x", "sentiment": word} for word in ("positive", "negative", "positive")]
    report = carrier.take(carrier.rows("s.jsonl", *rows), taken="gold")
    assert counts(report) == (3, 3, 0)
    found = [carrier.said(key)[0][2]["answers"]["sentiment"] for key in carrier.task_keys()]
    assert found == ["positive", "negative", "positive"]
    assert counts(carrier.take(carrier.rows("s.jsonl", *rows), taken="gold")) == (0, 0, 3)


def test_what_a_file_says_of_its_author_counts_before_the_caller(carrier: Carrier) -> None:
    carrier.take(carrier.rows("s.jsonl", {**BAD, "by": "carla"}), by="bob")
    assert [by for _, by, _ in carrier.said("b")] == ["carla"]


def test_an_older_value_never_comes_back(carrier: Carrier) -> None:
    source = carrier.rows("s.jsonl", BAD)
    carrier.take(source)
    row = carrier.project.query.find("b")
    carrier.project.annotate(row, author="anna", value=b'{"answers":{"sentiment":"positive"}}')
    report = carrier.take(source)
    assert counts(report) == (0, 0, 1)
    assert codes(report) == [("s.jsonl:1", "older_value")]
    assert carrier.said("b")[0][2] == {"answers": {"sentiment": "positive"}}
    assert carrier.project.conflicts() == []


def test_another_value_of_the_same_person_is_a_conflict_and_both_are_kept(
    carrier: Carrier,
) -> None:
    carrier.take(carrier.rows("s.jsonl", BAD))
    report = carrier.take(carrier.rows("t.jsonl", {**BAD, "sentiment": "positive"}))
    assert counts(report) == (0, 1, 0)
    (conflict,) = carrier.project.conflicts()
    found = {version.value["answers"]["sentiment"] for version in conflict.versions}
    assert found == {"positive", "negative"}


def test_a_dry_run_says_the_same_and_changes_nothing(carrier: Carrier) -> None:
    span = {"start": 2, "end": 6, "label": "irony"}
    source = carrier.rows("s.jsonl", {**GOOD, "spans": [span]}, BAD, "{bad")
    before = carrier.project.path.read_bytes()
    dry = carrier.take(source, dry_run=True)
    assert carrier.project.path.read_bytes() == before
    assert carrier.take(source) == dry
    assert counts(dry) == (2, 2, 1)


def test_meta_and_the_source_are_kept(carrier: Carrier) -> None:
    carrier.take(carrier.rows("in/s.jsonl", {**GOOD, "stars": 4, "shop": {"town": "Celle"}}))
    task = carrier.task("a")
    assert task.meta == {"stars": 4, "shop": {"town": "Celle"}}
    assert task.source == "s.jsonl"


def test_a_hostile_file_does_not_fill_the_report(carrier: Carrier) -> None:
    source = carrier.written("s.jsonl", b"{bad\n" * 5000 + b'["x"]\n' * 20)
    report = carrier.take(source)
    assert report.skipped == 5020
    assert len(report.problems) == PROBLEMS_KEPT + 1
    assert report.counts == {"json_syntax": 5000, "row_not_table": 20}
    assert report.problems[-1].message == (
        "and 4020 more problems: 4000 × json_syntax, 20 × row_not_table"
    )


def test_a_source_that_is_not_there_refuses_all_before_anything_is_read(carrier: Carrier) -> None:
    good = carrier.rows("s.jsonl", GOOD)
    with pytest.raises(Refusal, match=r"gone\.jsonl: there is no such file"):
        carrier.take(good, carrier.folder / "gone.jsonl")
    assert carrier.task_keys() == []


def test_a_folder_without_a_file_of_the_format_is_refused(carrier: Carrier) -> None:
    (carrier.folder / "empty").mkdir()
    with pytest.raises(Refusal):
        carrier.take(carrier.folder / "empty")


def test_one_unreadable_source_among_others_is_told(carrier: Carrier) -> None:
    (carrier.folder / "empty").mkdir()
    report = carrier.take(carrier.folder / "empty", carrier.rows("s.jsonl", GOOD))
    assert counts(report) == (1, 0, 1)
    assert [problem.code for problem in report.problems] == ["file_missing"]


@pytest.mark.usefixtures("modes_hold")
def test_an_unreadable_folder_is_told(carrier: Carrier) -> None:
    carrier.rows("in/ok.jsonl", GOOD)
    locked = carrier.rows("in/locked/s.jsonl", BAD).parent
    locked.chmod(0)
    try:
        report = carrier.take(carrier.folder / "in")
    finally:
        locked.chmod(0o755)
    assert counts(report) == (1, 0, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_is_escaped(carrier: Carrier) -> None:
    folder = carrier.folder / "in"
    folder.mkdir()
    name = os.fsencode(folder) + b"/caf\xe9.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(b"a text")
    report = carrier.take(folder, form="text-files")
    assert report.tasks == 1
    assert carrier.task_keys() == ["caf\\udce9.txt"]
    assert counts(carrier.take(folder, form="text-files")) == (0, 0, 1)


def test_cancelling_keeps_what_was_complete(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labeler.exchange.intake._FIRST", 100)
    monkeypatch.setattr("labeler.exchange.intake._LARGEST", 100)
    rows = [{"id": f"k{n}", "text": f"text {n}"} for n in range(2000)]
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    source = carrier.rows("s.jsonl", *rows)
    report = carrier.take(source, cancelled=cancelled)
    assert report.stopped
    assert 0 < report.tasks < 2000
    assert len(carrier.task_keys()) == report.tasks
    rest = carrier.take(source)
    assert rest.tasks == 2000 - report.tasks
    assert carrier.project.check() == []


def test_progress_goes_on_and_ends_at_the_end(carrier: Carrier) -> None:
    one = carrier.rows("one.jsonl", *[{"text": f"one {n}"} for n in range(50)])
    two = carrier.rows("two.jsonl", *[{"text": f"two {n}"} for n in range(50)])
    told: list[tuple[int, int]] = []
    carrier.take(one, two, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (2000, 2000)


def test_batches_are_complete_in_themselves(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a second process sees between two batches is a sound project with all of the first."""
    monkeypatch.setattr("labeler.exchange.intake._FIRST", 10)
    monkeypatch.setattr("labeler.exchange.intake._LARGEST", 10)
    seen: list[int] = []

    def look(_done: int, _total: int) -> None:
        seen.append(len(carrier.task_keys()))
        assert carrier.project.check() == []

    rows = [{"id": f"k{n}", "text": f"text {n}", "sentiment": "positive"} for n in range(30)]
    for start in range(0, 30, 10):
        carrier.take(carrier.rows(f"{start}.jsonl", *rows[: start + 10]), progress=look)
    assert seen[-1] <= 30
    assert len(carrier.task_keys()) == 30


class Numbers(Content, frozen=True, kw_only=True, omit_defaults=True):
    """Content with everything that can be written in two ways."""

    text: str
    size: float = 0
    parts: dict[str, float] = {}


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a content that holds more than texts."""

    text: str
    size: float | None = None
    more: dict[str, Any] = {}


class Pieces(Content, frozen=True, kw_only=True, omit_defaults=True):
    """A content of parts that are values of their own."""

    pieces: tuple[Piece, ...]
    first: Piece | None = None
    names: dict[str, str] = {}

    def parts(self) -> tuple[Part, ...]:
        return ()


class Words(Content, frozen=True, kw_only=True, omit_defaults=True):
    """Content of words only."""

    zulu: str
    alpha: str = ""


TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.text(),
    st.floats(),
    st.dictionaries(st.text(), st.floats(), max_size=3),
    st.dictionaries(st.text(), TREES, max_size=3),
)
def test_content_is_encoded_canonically_by_the_short_way_too(
    text: str, size: float, parts: dict[str, float], extra: dict[str, object]
) -> None:
    for make in (
        lambda: Numbers(text=text, size=size, parts=parts, extra=extra),
        lambda: Words(zulu=text, alpha=text[:2], extra=extra),
        lambda: Pieces(pieces=(Piece(text=text), Piece(text="", size=size)), names={"a": text}),
        lambda: Pieces(pieces=(Piece(text=text, more=extra),), names={text: "1.0"}),
        lambda: Pieces(pieces=(Piece(text="1.0"),), first=Piece(text=text, size=size)),
        lambda: Pieces(pieces=(Piece(text="1e5"),), first=None),
    ):
        try:
            content = make()
            wanted = canonical(msgspec.to_builtins(content))
        except ValueError:  # not finite
            continue
        assert canonical_content(content) == wanted


def test_numbers_that_are_not_finite_are_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        canonical_content(Numbers(text="", size=float("nan")))


def test_the_project_s_own_refusal_is_not_taken_for_the_reader_s(carrier: Carrier) -> None:
    source = carrier.rows("s.jsonl", *[{"text": f"t {n}"} for n in range(10)])
    moved = carrier.project.path.with_name("elsewhere.labeler")
    Path(carrier.project.path).rename(moved)
    try:
        with pytest.raises(Refusal, match="renamed, moved or deleted"):
            carrier.take(source)
    finally:
        moved.rename(carrier.project.path)
